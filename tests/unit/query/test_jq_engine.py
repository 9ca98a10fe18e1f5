"""A compiled program on JSON text: what comes out, and errors as values."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from support.jq import task

from memlake.errors import MemlakeError
from memlake.query.jq import engine as engine_module
from memlake.query.jq.engine import Engine, InvalidProgramError, builtin_names, parse_argument
from memlake.query.jq.events import DocumentEnd, Event, Fault, Halt, Output, Unreadable


def events(text: str, data: bytes, **options: Any) -> list[Event]:  # noqa: ANN401 - whatever a task has
    """Return what happens when a program is run on a text, values on one line."""
    return list(Engine(task(text, **({"indent": None} | options))).run(data))


def printed(text: str, data: bytes, **options: Any) -> bytes:  # noqa: ANN401 - whatever a task has
    """Return what a program prints."""
    return b"".join(event.data for event in events(text, data, **options) if isinstance(event, Output))


def test_every_document_has_its_end() -> None:
    """What is printed stands before it."""
    assert events(".a", b'{"a":1} {"a":null}') == [
        Output(b"1\n", is_truthy=True),
        DocumentEnd(),
        Output(b"null\n", is_truthy=False),
        DocumentEnd(),
    ]


def test_an_error_ends_the_document_and_keeps_what_came_before() -> None:
    """The next document is looked at all the same."""
    assert events(".[] | .a", b'[{"a":1},2,{"a":3}] [{"a":4}]') == [
        Output(b"1\n", is_truthy=True),
        Fault('Cannot index number with string ("a")'),
        DocumentEnd(),
        Output(b"4\n", is_truthy=True),
        DocumentEnd(),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [('error("no")', "no"), ("error({a: 1})", '(not a string): {"a":1}'), ("error(null)", "(not a string): null")],
)
def test_what_a_program_throws_is_told(text: str, message: str) -> None:
    """As jq says it."""
    assert Fault(message) in events(text, b"1")


def test_text_that_is_not_json_is_told_with_its_place() -> None:
    """What came before it is kept."""
    assert events(".", b"1 {") == [
        Output(b"1\n", is_truthy=True),
        DocumentEnd(),
        Unreadable("Unfinished JSON term at EOF at line 1, column 3"),
    ]


def test_half_a_surrogate_pair_is_told() -> None:
    """What libjq cannot hold: nothing takes its place in silence."""
    (event,) = events(".", rb'"\ud83d"')

    assert isinstance(event, Unreadable)
    assert "surrogate" in event.reason


def test_bytes_that_are_not_utf_8_are_told() -> None:
    """With the first of them."""
    assert events(".", b'"a\xff"') == [Unreadable("is not UTF-8 (byte 2)")]


def test_a_text_of_more_than_two_gib_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its bytes are counted in 31 bits."""
    monkeypatch.setattr(engine_module, "MAX_DOCUMENT_BYTES", 3)

    assert events(".", b"null") == [Unreadable("is larger than 2 GiB, more than libjq reads at once")]


@pytest.mark.parametrize(
    ("text", "halt"),
    [
        ("halt", Halt(0, "")),
        ('"a" | halt_error', Halt(5, "a")),
        ("{a: 1} | halt_error(3)", Halt(3, '{"a":1}\n')),
        ("null | halt_error(258)", Halt(2, "")),
        ('try ("a" | halt_error) catch 9', Halt(5, "")),
    ],
)
def test_a_halt_stops_everything(text: str, halt: Halt) -> None:
    """Also the documents behind; a `try` around it hides its last word."""
    assert events(f"., ({text}), 2", b"1 3") == [Output(b"1\n", is_truthy=True), halt]


def test_a_halt_in_a_later_document_is_told_with_its_word() -> None:
    """What earlier ones failed with is not taken for it."""
    told = events('if . == 2 then "two" | halt_error else error("no") end', b"1 2 3")

    assert told == [Fault("no"), DocumentEnd(), Halt(5, "two")]


def test_a_code_that_is_no_number_is_an_error() -> None:
    """The program goes on with the next document."""
    told = events('if . == 2 then halt_error(1) else "a" | halt_error("x") end', b"1 2")

    assert [type(event) for event in told] == [Fault, DocumentEnd, Halt]


def test_strings_are_raw_when_asked_for() -> None:
    """Only strings on their own."""
    assert printed('"a\nb", ["c"]', b"1", is_raw=True) == b'a\nb\n["c"]\n'


def test_keys_are_sorted_on_every_level() -> None:
    """By their code points, as jq does; user definitions do not interfere."""
    data = '{"b":[{"é":1,"z":2,"a":3}],"a":{}}'.encode()

    assert printed("def map(f): 0; .", data, is_sorted=True) == '{"a":{},"b":[{"a":3,"z":2,"é":1}]}\n'.encode()


def test_numbers_are_spelled_by_libjq() -> None:
    """As they were written, unless something was computed with them."""
    numbers = b"[1.10,1e3,100000000000000000001,-0]"

    assert printed(".", numbers) == b"[1.10,1E+3,100000000000000000001,-0]\n"
    assert printed("map(. + 0)", numbers) == b"[1.1,1000,1e+20,0]\n"


def test_many_values_come_in_blocks() -> None:
    """Nobody has to wait for the end, which may never come."""
    blocks = Engine(task('repeat("x" * 1000)')).run(b"null")

    block = next(blocks)
    assert isinstance(block, Output)
    assert len(block.data) > 100_000


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("[inputs]", {"is_without_input": True}, b"[1,2,3]\n"),
        ("input", {"is_without_input": True}, b"1\n"),
        ("[., [inputs]]", {}, b"[1,[2,3]]\n"),
        ("[inputs]", {"is_slurped": True}, b"[]\n"),
        ("[inputs]", {"is_slurped": True, "is_without_input": True}, b"[[1,2,3]]\n"),
        (".", {"is_slurped": True}, b"[1,2,3]\n"),
    ],
)
def test_inputs_are_the_documents_that_are_left(text: str, options: dict[str, object], expected: bytes) -> None:
    """All of them with `-n`, all but the first without."""
    assert printed(text, b"1 2 3", **options) == expected


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"1", Fault("No more inputs")),
        (b"1 2", Output(b"2\n", is_truthy=True)),
        (b"1 2 3", Fault("memlake jq reads on with input only in a file of two documents, or with -n")),
    ],
)
def test_input_is_the_next_document(data: bytes, told: Event) -> None:
    """Which one that is can be told for two documents only."""
    assert events("input", data)[0] == told


def test_a_text_without_documents_gives_nothing() -> None:
    """With `inputs` as without it."""
    assert events(".", b" ") == []
    assert events(".,inputs", b"") == [DocumentEnd()]


def test_named_values_are_there_together_as_well() -> None:
    """In `$ARGS`, as in jq."""
    assert printed("$a, $ARGS", b"1", names={"a": "x"}) == b'"x"\n{"positional":[],"named":{"a":"x"}}\n'


@pytest.mark.parametrize("name", ["memory.json", 'a "b" \\(1).json', "caf\udce9"])
def test_a_program_knows_what_its_input_is_called(name: str) -> None:
    """Whatever the name is made of."""
    expected = name.replace("\udce9", "\ufffd")

    assert printed("input_filename", b"1", input_name=name, is_raw=True) == f"{expected}\n".encode()


@pytest.mark.parametrize("text", [".[", "1)|(2", "nope", "$q", '"a'])
def test_what_is_no_program_is_refused(text: str) -> None:
    """Also what would be one inside of another."""
    with pytest.raises(InvalidProgramError, match="line 1, column"):
        Engine(task(text))


def test_the_functions_of_libjq_are_known() -> None:
    """For who misspells one."""
    assert {"length", "test", "halt_error"} <= set(builtin_names())


@pytest.mark.parametrize("text", ["{", "NaN", "1e1000", r'"\ud83d"', ""])
def test_values_that_are_not_json_are_refused(text: str) -> None:
    """They would end the whole process."""
    with pytest.raises(ValueError, match="not JSON"):
        parse_argument(text)


def test_who_lacks_libjq_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the pip of this very Python."""
    monkeypatch.setitem(sys.modules, "jq", None)

    with pytest.raises(MemlakeError, match="libjq cannot be used") as raised:
        Engine(task("."))

    assert raised.value.hint == f"install it with: {sys.executable} -m pip install 'jq>=1.13'"
