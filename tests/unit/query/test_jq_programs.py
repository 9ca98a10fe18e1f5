"""What can be seen of a jq program without running it."""

from __future__ import annotations

import pytest

from memlake.query.jq.program import Program

BY_RECORD = [
    ".[]",
    " . [ ] ",
    ".[] | .a",
    ".[] | .a, .b",
    ".[]|first(.a[])",
    ".[]? | .a",
    ".[].a",
    ".[].a.b?",
    ".[][]",
    ".[][]? | .x",
    ".[] | . as $x | $x | limit(3; .a[])",
    ".[] | reduce .a[] as $x (0; . + $x)",
    ".[] | label $out | .a, break $out",
    ".[] | def f: .a; f",
    ".[] | halt_error",
    '.[] | "input"',
    r'.[] | "\(.a) (inputs) \(.b | "x\(1)")"',
    ".[] | .input | .inputs",
    "# input\n.[] | .a # inputs",
    "def f: .a; .[] | f",
    "def f(g; $x): def h: 1; g + h; def k: (def l: 2; l); .[] | k",
    "def f: {a: [1, (2; 3)]}; .[] | f",
    '.[] | "a | b" | test("\\\\")',
    ".[] | .a |= 1",
]
AS_A_WHOLE = [
    ".",
    "length",
    "",
    "# nothing",
    "def f: .[];",
    '"x", (.[] | .a)',
    ".[] , 1",
    ".[] | input",
    ".[] | [inputs]",
    ".[] | input_line_number",
    ".[] | $__loc__",
    r'.[] | "\(input)"',
    ".[] as $x | $x",
    ".[] // 1",
    ".[] + 1",
    ".[] |= 1",
    ".[] and true",
    ".[0] | .a",
    ".[][0] | .a",
    ".[][.x] | .a",
    ".[].a?? | .b",
    "[.[] | .a]",
    "(.[] | .a)",
    "limit(3; .[] | .a)",
    "first(.[])",
    "label $out | .[] | break $out",
    "reduce .[] as $x (0; . + 1)",
    "try .[] catch .",
    "..[] | .a",
    "-.[] | .a",
    'import "a" as a; .[] | .a',
]


@pytest.mark.parametrize("text", BY_RECORD)
def test_a_program_that_pipes_each_element_on_is_run_record_by_record(text: str) -> None:
    """Slices of the list then give, one after the other, what the whole list gives."""
    assert Program(text).is_by_record


@pytest.mark.parametrize("text", AS_A_WHOLE)
def test_every_other_program_gets_the_whole_document(text: str) -> None:
    """Also one that only looks as if it took element by element."""
    assert not Program(text).is_by_record


@pytest.mark.parametrize(("text", "count"), [("input, inputs", 2), ('"input" | .inputs', 0), (r'"\(input)"', 1)])
def test_places_where_more_input_is_taken_are_counted(text: str, count: int) -> None:
    """In what is interpolated as well, not in strings and fields."""
    assert Program(text).reader_count == count


def test_a_program_tells_what_it_may_do() -> None:
    """Names in strings do not count."""
    loud = Program("debug | halt | input_filename")
    quiet = Program('"debug | halt | input_filename"')

    assert (loud.may_speak, loud.may_halt, loud.may_ask_for_name) == (True, True, True)
    assert (quiet.may_speak, quiet.may_halt, quiet.may_ask_for_name) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "runnable"), [("", "\n."), ("def f: 1;", "def f: 1;\n."), ("# x", "# x\n."), (".a", ".a")]
)
def test_a_program_that_does_nothing_passes_its_input_on(text: str, runnable: str) -> None:
    """As in jq, though libjq itself refuses it."""
    assert Program(text).runnable == runnable
