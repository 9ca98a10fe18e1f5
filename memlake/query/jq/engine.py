"""The only door to libjq: a compiled program, run on JSON text, and its errors as values.

The binding raises a program's errors, knows no `halt`, and has its own spelling of numbers. So a program is wrapped in
another one, which tells all of this in what it prints: texts that begin with a sign, and libjq's own JSON behind it.
"""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from memlake.errors import MemlakeError
from memlake.query.jq.events import DocumentEnd, Event, Fault, Halt, Output, Unreadable
from memlake.query.jq.program import Program
from memlake.query.jq.spelling import laid_out
from memlake.text import replace_lone_surrogates

LIBJQ = "jq>=1.13"
MAX_DOCUMENT_BYTES = 2**31 - 1
"""As long as a text may be that libjq reads at once."""

_BLOCK_CHARS = 256 * 1024
_BEGUN, _ENDED, _TEXT, _JSON, _FAULT = "(", ")", "s", "j", "e"
_ALL_OF_IT = "memlake_documents"
_HALT = "memlake_halt"
_HALTING = (
    f"def halt: error({{{_HALT}: [0, null]}}); "
    'def halt_error($code): if ($code | type) != "number" then error("halt_error/1: number required") '
    f'else error({{{_HALT}: [$code, if . == null or type == "string" then . else tojson + "\\n" end]}}) end; '
    "def halt_error: halt_error(5); "
)
_SORTED = (
    "def memlake_sorted: "
    'if type == "object" then . as $one | reduce keys[] as $key ({}; .[$key] = ($one[$key] | memlake_sorted)) '
    'elif type == "array" then map(memlake_sorted) else . end; '
)
_HALT_ERROR_CODE = 5
_MANY_AT_ONCE = "memlake jq reads on with input only in a file of two documents, or with -n"


class InvalidProgramError(ValueError):
    """A text is not a jq program; the message is libjq's, which says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A program and how it is to be run, as jq's options say; `indent` is `None` for output on one line.

    `names` are the values of `--arg` and `--argjson`.
    """

    program: Program
    names: dict[str, object]
    input_name: str | None = None
    is_without_input: bool = False
    is_slurped: bool = False
    is_raw: bool = False
    is_sorted: bool = False
    indent: str | None = "  "
    line_end: str = "\n"

    @property
    def takes_all_documents(self) -> bool:
        """Whether the documents are one value for libjq."""
        return self.is_slurped or bool(self.program.reader_count)


class Engine:
    """A compiled program. Raises `InvalidProgramError`, and `MemlakeError` where libjq is not installed."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._arguments: dict[str, object] = {
            "ARGS": {"positional": [], "named": task.names},
            **{name: value for name, value in task.names.items() if name != "ARGS"},
        }
        self._compiled(task.program.runnable)
        self._program = self._compiled(_wrapped(task))

    def run(self, data: bytes) -> Iterator[Event]:
        """Run the program on every document of a text; what comes out is told in blocks."""
        if len(data) > MAX_DOCUMENT_BYTES:
            yield Unreadable("is larger than 2 GiB, more than libjq reads at once")
            return
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            yield Unreadable(f"is not UTF-8 (byte {error.start})")
            return
        again = text if self._task.program.may_halt else ""
        values = iter(self._program.input_text(text, slurp=self._task.takes_all_documents))
        del data, text
        yield from self._events(values, again)

    def _events(self, values: Iterator[str], again: str) -> Iterator[Event]:
        output = _Block(self._task)
        document, is_inside = 0, False
        try:
            for value in values:
                sign, rest = value[0], value[1:]
                if sign in (_TEXT, _JSON):
                    if block := output.add(sign, rest):
                        yield block
                    continue
                yield from output.flush()
                if sign == _FAULT:
                    yield _fault(rest)
                elif sign == _ENDED:
                    yield DocumentEnd()
                    document, is_inside = document + 1, False
                elif is_inside:
                    break
                else:
                    is_inside = True
        except ValueError as error:
            yield from output.flush()
            yield Unreadable(str(error).removeprefix("parse error: "))
            return
        yield from output.flush()
        if is_inside:
            yield self._halt(again, document)

    def _halt(self, text: str, document: int) -> Halt:
        """Find out how a document stopped the program, which libjq does not tell, by running it once more."""
        program = self._compiled(_wrapped(self._task, definitions=_HALTING))
        for value in program.input_text(text, slurp=self._task.takes_all_documents):
            if value == _ENDED:
                document -= 1
            elif value.startswith(f'{_FAULT}{{"{_HALT}":') and not document:
                code, message = json.loads(value[1:])[_HALT]
                return Halt(max(0, int(code)) & 0xFF, message or "")
        return Halt(
            _HALT_ERROR_CODE, ""
        )  # by a `halt_error` that a `try` around it would have caught, were it an error

    def _compiled(self, program: str) -> Any:  # noqa: ANN401 - the binding has no types
        try:
            return _binding().compile(program, args=self._arguments)
        except ValueError as error:
            raise InvalidProgramError(str(error)) from error


class _Block:
    """Values on their way out, spelled as jq spells them."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._texts: list[str] = []
        self._char_count = 0
        self._is_truthy = False

    def add(self, sign: str, value: str) -> Output | None:
        """Add a value; return a block when there is enough for one."""
        if sign == _JSON and self._task.indent is not None:
            value = laid_out(value, self._task.indent)
        self._texts += value, self._task.line_end
        self._char_count += len(value)
        self._is_truthy = sign == _TEXT or value not in ("null", "false")
        return self._taken() if self._char_count >= _BLOCK_CHARS else None

    def flush(self) -> Iterator[Output]:
        """Yield what is there, if there is anything."""
        if self._texts:
            yield self._taken()

    def _taken(self) -> Output:
        data = "".join(self._texts).encode()
        self._texts, self._char_count = [], 0
        return Output(data, self._is_truthy)


def _wrapped(task: Task, *, definitions: str = "") -> str:
    """Return a program that tells in signs what a program prints, and where it fails, begins and ends."""
    named = (
        "null" if task.input_name is None else json.dumps(replace_lone_surrogates(task.input_name), ensure_ascii=False)
    )
    program = f"def input_filename: {named}; {definitions}{task.program.runnable}\n"
    spelled = "memlake_sorted | tojson" if task.is_sorted else "tojson"
    spelled = f'"{_JSON}" + ({spelled})'
    if task.is_raw:
        spelled = f'if type == "string" then "{_TEXT}" + . else {spelled} end'
    wrapped = (
        f'"{_BEGUN}", (try ({_with_documents(task, program)} | {spelled}) catch ("{_FAULT}" + tojson)), "{_ENDED}"'
    )
    return f"{_SORTED if task.is_sorted else ''}{wrapped}"


def _with_documents(task: Task, program: str) -> str:
    """Return a program together with what it takes for its input, and what `input` and `inputs` give it."""
    if not task.program.reader_count:
        return f"({'null | ' * task.is_without_input}{program})"
    documents = f"({'[.]' if task.is_slurped else '.'}) as ${_ALL_OF_IT}"
    first, used = ("null", 0) if task.is_without_input else (f"${_ALL_OF_IT}[:1][]", 1)
    refused = "false" if task.is_without_input else f"(${_ALL_OF_IT} | length) > 2"
    readers = (
        f"def inputs: ${_ALL_OF_IT}[{used}:][]; "
        f'def input: if {refused} then error("{_MANY_AT_ONCE}") '
        f"elif (${_ALL_OF_IT} | length) > {used} then ${_ALL_OF_IT}[{used}] "
        'else error("No more inputs") end; '
    )
    return f"({documents} | {first} | ({readers}{program}))"


def _fault(told: str) -> Fault:
    return Fault(json.loads(told) if told.startswith('"') else f"(not a string): {told}")


def parse_argument(text: str) -> object:
    """Return the value of an `--argjson`. Raises `ValueError` for what libjq cannot take over."""
    try:
        value: object = orjson.loads(text)
        json.dumps(value, allow_nan=False)
    except ValueError as error:
        raise ValueError("not JSON") from error
    return value


def builtin_names() -> list[str]:
    """Return the names of the functions that every program may call."""
    names: list[str] = _binding().first('[builtins[] | split("/")[0]] | unique', text="null")
    return names


def _binding() -> Any:  # noqa: ANN401 - the binding has no types
    try:
        import jq  # noqa: PLC0415 - only who runs a program waits for it
    except ImportError as error:
        raise MemlakeError(
            f"libjq cannot be used: {error}",
            hint=f"install it with: {shlex.join([sys.executable, '-m', 'pip', 'install', LIBJQ])}",
        ) from error
    return jq
