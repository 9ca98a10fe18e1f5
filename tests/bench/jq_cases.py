"""The bench's table of questions: the published reverse lookup against the program jq, and queries with a name."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from asked import REVERSE_LOOKUP, taken_in, unpacked
from cases import Case, markdown_table, memory_over, narrate, run_rounds, table_rows, wall_ms, wall_over
from honesty import measure_honesty
from ingest_cases import describe_export, generate
from readings import READINGS

JQ = "jq, reverse lookup"

_PROVIDER = "chatgpt"
_ROUND_COUNT = 3
_TEXT = "TypeScript for the new API"
_OPTIONS = ("-r", "--arg", "q", _TEXT)
_SAMPLES = Path(__file__).parents[2] / "sample_exports"
_REPORTS = (
    *("capacity", "count", "decision-memories", "memories-per-month", "unsaid"),
    *("untouched", "usage", "without-source"),
)
_LEGEND = (
    "jq reads the unpacked file, memlake jq the ZIP, with as many processes as there are processors, up to four; "
    "memory is that of the largest process; each query is asked of a lake of the same export, in a process of its own"
)


def report_jq(size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the export."""
    export = generate(_PROVIDER, size, folder)
    lake = taken_in(folder / "lookup-lake", export)
    samples = taken_in(folder / "sample-lake", *sorted(_SAMPLES.glob("chatgpt-*")))
    cases = (*_jq_cases(export), *_query_cases(lake, samples))
    costs = run_rounds(cases, round_count or _ROUND_COUNT)
    about = describe_export(measure_honesty(export, READINGS[_PROVIDER]))
    return f"{markdown_table(list(table_rows(cases, costs)))}\n\n{_LEGEND}\n{about}"


def _jq_cases(export: Path) -> tuple[Case, ...]:
    """Return the cases of the language; those of jq itself only where it is installed."""
    ours = (sys.executable, "-m", "memlake", "jq")
    compared = Case(
        name="memlake jq, reverse lookup",
        command=(*ours, *_OPTIONS, REVERSE_LOOKUP, export),
        goals=(wall_over(JQ, 1.5), memory_over(JQ, 0.2)),
    )
    whole = Case(name="memlake jq, whole document", command=(*ours, "length", export), goals=(wall_over(JQ),))
    jq = shutil.which("jq")
    if jq is None:
        narrate("the program jq is not installed: nothing to compare with")
        return compared, whole
    command = (jq, *_OPTIONS, REVERSE_LOOKUP, unpacked(export))
    return Case(name=JQ, command=command, goals=(wall_ms(),)), compared, whole


def _query_cases(lake: Path, samples: Path) -> tuple[Case, ...]:
    memlake = (sys.executable, "-m", "memlake", "--lake")
    return (
        Case(
            name="memlake query find",
            command=(*memlake, lake, "query", "find", "-p", f"text={_TEXT}"),
            goals=(wall_over(JQ, 0.05),),
        ),
        *(
            Case(name=f"memlake query {name}", command=(*memlake, lake, "query", name), goals=(wall_ms(1_000),))
            for name in _REPORTS
        ),
        Case(
            name="memlake query count, the samples",
            command=(*memlake, samples, "query", "count"),
            goals=(wall_ms(400),),
        ),
    )
