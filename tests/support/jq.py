"""The program jq beside `memlake jq`: the same words, the same file, what each prints."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from support.programs import program

from memlake.jobs.jq import JqRun, Note, Problem, Told
from memlake.jobs.jqinput import Place
from memlake.query.jq.engine import Task
from memlake.query.jq.events import Output
from memlake.query.jq.program import Program
from memlake.query.jq.sources import TextSource

_MARKDOWN_LIST = (
    r'"# ChatGPT Memory Archive\n", '
    r'(.[] | "- **\(.created_at[:10])** \(if .enabled then "" else "(disabled) " end)\(.content)")'
)
RECIPES = (
    ("length",),
    ("-r", ".[] | select(.enabled) | .content"),
    ("-r", r'.[] | select(.enabled == false) | "\(.updated_at) \(.content)"'),
    ("-r", '.[] | select(.created_at | startswith("2025")) | .content'),
    ("-r", _MARKDOWN_LIST),
)
"""What is published for `memory.json`: options and program."""

REVERSE_LOOKUP = (
    '.[] | select(.mapping != null) | .mapping[] | select(.message.content.content_type == "text") '
    '| select((.message.content.parts // []) | any(type == "string" and test($q; "i"))) | .message.id'
)
"""What is published for `conversations.json`, with `-r --arg q TEXT`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a program left behind."""

    exit_code: int
    stdout: bytes


def jq_program(*words: str, text: bytes) -> Ran:
    """Run the program jq on a text; without it skip, or fail in CI."""
    found = subprocess.run([program("jq"), *words], input=text, capture_output=True, check=False)
    return Ran(exit_code=found.returncode, stdout=found.stdout)


def task(text: str, **options: Any) -> Task:  # noqa: ANN401 - whatever a task has
    """Return a program with options."""
    return Task(program=Program(text), **({"names": {}} | options))


def run_of(
    text: str,
    words: str = "-",
    *,
    stdin: bytes = b"",
    lake: Path = Path("no-lake"),
    is_all: bool = False,
    account: str | None = None,
    is_exit_of_values: bool = False,
    **options: Any,  # noqa: ANN401 - whatever a task has
) -> JqRun:
    """Return a run that reads standard input, unless words say what else."""
    place = Place(lake=lake, stdin=BytesIO(stdin), is_all=is_all, account=account)
    return JqRun(task(text, **options), words, place, is_exit_of_values=is_exit_of_values)


def finished(run: JqRun) -> tuple[Ran, list[str]]:
    """Run it to the end; return what it left behind, and what people were told."""
    return _finished(run, list(run))


def finished_by_record(run: JqRun, text: bytes, *, piece_bytes: int) -> Ran:
    """Run it on a text by record, with pieces of some size."""
    chunks = (text[begin : begin + 7] for begin in range(0, len(text), 7))
    source = TextSource(name="text", chunks=chunks, piece_bytes=piece_bytes)
    return _finished(run, list(run._by_record(source)))[0]


def finished_whole(run: JqRun, text: bytes) -> Ran:
    """Run it on a text as it stands."""
    return _finished(run, list(run._told(run._engine.run(text), "text")))[0]


def _finished(run: JqRun, told: list[Told]) -> tuple[Ran, list[str]]:
    stdout = b"".join(one.data for one in told if isinstance(one, Output))
    said = [one.text for one in told if isinstance(one, Note | Problem)]
    return Ran(exit_code=run.exit_code, stdout=stdout), said
