"""The bench's fourth table: the published reverse lookup in the jq language, against the program jq."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

from cases import Case, markdown_table, memory_over, narrate, run_rounds, table_rows, wall_ms, wall_over
from honesty import measure_honesty
from ingest_cases import describe_export, generate
from readings import READINGS

JQ = "jq, reverse lookup"

_PROVIDER = "chatgpt"
_FILE = "conversations.json"
_ROUND_COUNT = 3
_OPTIONS = ("-r", "--arg", "q", "TypeScript for the new API")
_REVERSE_LOOKUP = (
    '.[] | select(.mapping != null) | .mapping[] | select(.message.content.content_type == "text") '
    '| select((.message.content.parts // []) | any(type == "string" and test($q; "i"))) | .message.id'
)
_LEGEND = (
    "jq reads the unpacked file, memlake jq the ZIP, with as many processes as there are processors, up to four; "
    "memory is that of the largest process"
)


def report_jq(size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the export."""
    export = generate(_PROVIDER, size, folder)
    cases = _cases(export, _unpacked(export))
    costs = run_rounds(cases, round_count or _ROUND_COUNT)
    about = describe_export(measure_honesty(export, READINGS[_PROVIDER]))
    return f"{markdown_table(list(table_rows(cases, costs)))}\n\n{_LEGEND}\n{about}"


def _cases(export: Path, unpacked: Path) -> tuple[Case, ...]:
    """Return the cases; those of jq itself only where it is installed."""
    ours = (sys.executable, "-m", "memlake", "jq")
    compared = Case(
        name="memlake jq, reverse lookup",
        command=(*ours, *_OPTIONS, _REVERSE_LOOKUP, export),
        goals=(wall_over(JQ, 1.5), memory_over(JQ, 0.2)),
    )
    whole = Case(name="memlake jq, whole document", command=(*ours, "length", export), goals=(wall_over(JQ),))
    jq = shutil.which("jq")
    if jq is None:
        narrate("the program jq is not installed: nothing to compare with")
        return compared, whole
    return Case(name=JQ, command=(jq, *_OPTIONS, _REVERSE_LOOKUP, unpacked), goals=(wall_ms(),)), compared, whole


def _unpacked(export: Path) -> Path:
    target = export.with_suffix(".unpacked") / _FILE
    if not target.exists():
        narrate("unpacking it")
        target.parent.mkdir(exist_ok=True)
        unfinished = target.with_suffix(".part")
        with zipfile.ZipFile(export) as archive, archive.open(_FILE) as member, unfinished.open("wb") as file:
            shutil.copyfileobj(member, file, 1024 * 1024)
        unfinished.replace(target)
    return target
