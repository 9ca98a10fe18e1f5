"""The bench's fifth table: a lake into an archive, again, and back into a lake."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from cases import Case, cpu_over, markdown_table, peak_mb, run_rounds, table_rows, wall_ms
from honesty import measure_honesty
from ingest_cases import describe_export, generate
from measured import measure_self_timed
from readings import READINGS

INGEST = "ingest into a new lake"
POLARS = "the same tables by Polars"
ARCHIVE = "archive"
TEXTS = "the texts of the pages"

_HERE = Path(__file__).parent
_PROVIDER = "chatgpt"
_ROUND_COUNT = 3
_LEGEND = (
    "Polars: every relation and base table read from DuckDB and written as Parquet at zstd level 1, neither sorted nor "
    "read back; the archive holds the same tables and, without --format parquet, a page for each conversation; "
    "the texts of the pages are read from the lake in the same way, joined and thrown away"
)


def report_archive(size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the export."""
    export = generate(_PROVIDER, size, folder)
    cases = _cases(export, folder / "archive-scratch")
    costs = run_rounds(cases, round_count or _ROUND_COUNT)
    about = describe_export(measure_honesty(export, READINGS[_PROVIDER]))
    return f"{markdown_table(list(table_rows(cases, costs)))}\n\n{_LEGEND}\n{about}"


def _cases(export: Path, scratch: Path) -> tuple[Case, ...]:
    """Return the cases in the order of a round: each finds what the one before it left."""
    lake, tables, pages = scratch / "lake", scratch / "tables", scratch / "archive"
    program = (sys.executable, "-m", "memlake")
    archive = (*program, "--lake", lake, "archive")

    def start_round() -> None:
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)

    return (
        Case(
            name=INGEST, prepare=start_round, command=(*program, "--lake", lake, "ingest", export), goals=(wall_ms(),)
        ),
        Case(
            name=POLARS,
            command=(sys.executable, _HERE / "tables.py", lake / "memlake.duckdb", scratch / "peer"),
            goals=(wall_ms(),),
        ),
        Case(
            name="archive --format parquet",
            command=(*archive, tables, "--format", "parquet"),
            goals=(cpu_over(POLARS, 2.0), peak_mb(600)),
        ),
        Case(name=ARCHIVE, command=(*archive, pages), goals=(cpu_over(POLARS), peak_mb(600))),
        Case(name="archive, nothing new", command=(*archive, pages), goals=(cpu_over(ARCHIVE, 0.2),)),
        Case(
            name=TEXTS,
            command=(sys.executable, _HERE / "pages.py", lake, "--texts"),
            goals=(wall_ms(),),
            run=measure_self_timed,
        ),
        Case(
            name="pages of Markdown, not written",
            command=(sys.executable, _HERE / "pages.py", lake),
            goals=(cpu_over(TEXTS),),
            run=measure_self_timed,
        ),
        Case(name="verify", command=(*program, "verify", pages), goals=(cpu_over(ARCHIVE),)),
        Case(
            name="restore",
            command=(*program, "--lake", scratch / "restored", "restore", pages),
            goals=(cpu_over(INGEST, 1.5), peak_mb(600)),
        ),
    )
