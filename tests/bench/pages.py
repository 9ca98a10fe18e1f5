"""Make all pages of Markdown of a lake once, keeping none; print what it took as JSON, how many a second on stderr.

python tests/bench/pages.py .bench/chatgpt/500M/scratch/lake
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from memlake.archive.markdown import markdown_files
from memlake.archive.scope import Scope
from memlake.lake.connection import Database


def main() -> None:
    """Make the pages, and time that without opening the lake."""
    page_count = conversation_count = byte_count = 0
    with Database(Path(sys.argv[1]) / "memlake.duckdb", read_only=True) as database:
        cpu_began, wall_began = process_time(), perf_counter()
        for page in markdown_files(database, Scope()):
            page_count += 1
            conversation_count += page.path.startswith("conversations/")
            byte_count += len(page.data)
        timed = {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}
    a_second = conversation_count / timed["cpu_seconds"]
    sys.stderr.write(
        f"{page_count:,} pages of {byte_count / 1e6:,.0f} MB; {conversation_count:,} conversations, "
        f"{a_second:,.0f} a CPU second\n"
    )
    sys.stdout.write(json.dumps(timed))


if __name__ == "__main__":
    main()
