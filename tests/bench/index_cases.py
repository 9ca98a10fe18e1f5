"""The bench's cases of the search index: built, opened, asked, its size, and the same by a table of words in DuckDB.

They belong to the table of the lookup, which runs them on a lake that it has made. As a program, this opens the index
of a lake, made or caught up as it needs, or asks it for the candidates of all memories, and prints what that took:

    python tests/bench/index_cases.py open lake
    python tests/bench/index_cases.py ask lake
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

from cases import Case, Goal, cpu_over, goal_cells, peak_mb, wall_ms
from measured import Cost, measure_self_timed

BUILD = "search index from nothing"
NOTHING_NEW = "search index, nothing new"
ASKED = "search index, asked for all memories"

_HERE = Path(__file__).parent
_TEXT_MB_A_SECOND = 30  # of CPU; goals are upper limits, so the case counts the seconds for each 30 MB
_MAX_SIZE_RATIO = 0.4


def index_cases(lake: Path) -> tuple[Case, ...]:
    """Return the cases in the order of a round, for a lake of which only the folder `search/` is touched."""
    program = (sys.executable, _HERE / "index_cases.py")
    table = (sys.executable, _HERE / "word_table.py")
    file = lake.with_name("words.duckdb")
    return (
        Case(
            name=BUILD,
            prepare=partial(_remove_index, lake),
            command=(*program, "open", lake),
            goals=(_seconds_for(text_megabytes(lake)), peak_mb(1_000)),
            run=measure_self_timed,
        ),
        Case(name=NOTHING_NEW, command=(*program, "open", lake), goals=(wall_ms(10),), run=measure_self_timed),
        Case(name=ASKED, command=(*program, "ask", lake), goals=(wall_ms(),), run=measure_self_timed),
        Case(
            name="table of words, built",
            command=(*table, "build", lake, file),
            goals=(cpu_over(BUILD),),
            run=measure_self_timed,
        ),
        Case(
            name="table of words, asked for all memories",
            command=(*table, "ask", lake, file),
            goals=(cpu_over(ASKED),),
            run=measure_self_timed,
        ),
    )


def index_row(lake: Path) -> tuple[str, ...]:
    """Return the cells that tell how big the index is beside the text it finds."""
    size_mb = sum(path.stat().st_size for path in (lake / "search").rglob("*") if path.is_file()) / 1e6
    cells = goal_cells(size_mb / text_megabytes(lake), "x text", _MAX_SIZE_RATIO)
    return (f"search index of {size_mb:.0f} MB", "", "", "", *cells)


def text_megabytes(lake: Path) -> float:
    """Return how much text the messages of a lake hold; another process asks, so that this one stays small."""
    command = (sys.executable, _HERE / "database.py", lake / "memlake.duckdb")
    held = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return float(held["text_bytes"]) / 1e6


def _seconds_for(megabytes: float) -> Goal:
    def seconds(mine: Cost, _its: Cost) -> float:
        return mine.cpu_seconds / megabytes * _TEXT_MB_A_SECOND

    return Goal(unit=f"CPU s for {_TEXT_MB_A_SECOND} MB", limit=1.0, figure=seconds)


def _remove_index(lake: Path) -> None:
    shutil.rmtree(lake / "search", ignore_errors=True)


def _open(lake: Path) -> dict[str, float]:
    from memlake.lake.fulltext_opening import open_caught_up  # noqa: PLC0415 - the process that measures others stays small
    from memlake.lake.layout import Layout  # noqa: PLC0415

    cpu_began, wall_began = process_time(), perf_counter()
    open_caught_up(Layout(lake)).close()
    return {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}


def _ask(lake: Path) -> dict[str, float]:
    from memlake.lake.fulltext_opening import open_caught_up  # noqa: PLC0415
    from memlake.lake.layout import Layout  # noqa: PLC0415
    from memlake.lake.reader import open_lake  # noqa: PLC0415
    from memlake.lookup.archive import asked_memories  # noqa: PLC0415
    from memlake.lookup.question import questions  # noqa: PLC0415
    from memlake.lookup.shortlist import shortlist  # noqa: PLC0415

    with open_caught_up(Layout(lake)) as index, open_lake(Layout(lake)) as database:
        cpu_began, wall_began = process_time(), perf_counter()
        for account_key, memories in asked_memories(database).items():
            for question in questions([memory.content for memory in memories], index, own_names=()):
                shortlist(question, index, account=account_key, near=())
        return {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}


def main() -> None:
    """Do the work that is named on the lake that is named."""
    work = {"open": _open, "ask": _ask}[sys.argv[1]]
    sys.stdout.write(json.dumps(work(Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
