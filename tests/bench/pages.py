"""Make all pages of Markdown of a lake once, keeping none; print what it took as JSON, how many a second on stderr.

python tests/bench/pages.py .bench/chatgpt/500M/scratch/lake
python tests/bench/pages.py .bench/chatgpt/500M/scratch/lake --texts
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from memlake.archive.markdown import markdown_files
from memlake.archive.markdown.talks import conversation_heads, conversations_with_messages
from memlake.archive.scope import Scope
from memlake.lake.connection import Database


def main() -> None:
    """Make the pages, and time that without opening the lake."""
    parser = argparse.ArgumentParser(description="Time the pages of Markdown of a lake.")
    parser.add_argument("lake", type=Path)
    parser.add_argument("--texts", action="store_true", help="instead, read the same messages and join their texts")
    options = parser.parse_args()
    with Database(options.lake / "memlake.duckdb", read_only=True) as database:
        cpu_began, wall_began = process_time(), perf_counter()
        sizes = list(_sizes_of_texts(database) if options.texts else _sizes_of_pages(database))
        timed = {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}
    a_second = len(sizes) / timed["cpu_seconds"]
    sys.stderr.write(f"{len(sizes):,} conversations, {sum(sizes) / 1e6:,.0f} MB, {a_second:,.0f} a CPU second\n")
    sys.stdout.write(json.dumps(timed))


def _sizes_of_pages(database: Database) -> Iterator[int]:
    """Yield the sizes of conversations' pages, in bytes; the other pages are made, too."""
    for page in markdown_files(database, Scope()):
        if page.path.startswith("conversations/"):
            yield len(page.data)


def _sizes_of_texts(database: Database) -> Iterator[int]:
    database.limit_memory()
    for _, messages in conversations_with_messages(database, conversation_heads(database, Scope())):
        yield len("\n\n".join([message.text for message in messages]).encode())


if __name__ == "__main__":
    main()
