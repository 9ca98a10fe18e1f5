"""JSON over several lines, as jq lays it out."""

from __future__ import annotations

import json

import pytest

from memlake.query.jq.spelling import laid_out

VALUES = [
    [],
    {},
    [[], {}, [[]]],
    {"a": {"b": [1, -2.5, True, None]}, "c": "d"},
    ['quotes " and \\ and [x] {y}: z, \\"', "\u2028", "\n"],
    {'"': {"\\": []}},
]


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("indent", ["  ", "\t", "       "])
def test_values_are_laid_out_as_python_does(value: object, indent: str) -> None:
    """The house of both is the same, down to the empty list."""
    compact = json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    assert laid_out(compact, indent) == json.dumps(value, indent=indent, ensure_ascii=False)


@pytest.mark.parametrize("compact", ["1.10", "1E+1000", '"[1,2]"', "null"])
def test_what_holds_nothing_stays_on_its_line(compact: str) -> None:
    """Numbers keep the spelling that libjq gave them."""
    assert laid_out(compact, "  ") == compact


def test_numbers_in_lists_keep_their_spelling() -> None:
    """No digit is lost by laying out."""
    assert laid_out("[1.10,100000000000000000001]", " ") == "[\n 1.10,\n 100000000000000000001\n]"
