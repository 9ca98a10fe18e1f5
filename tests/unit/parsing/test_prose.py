"""Prose memory as statements: headings, bullets, sentences, code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memlake.parsing.prose import Statement, statements

ACCOUNT = """\
**Work context**

Noa is a backend developer at Quai Neuf. She leads
a team of **five**.

**Brief history**

*Recent months*

Noa moved to Lyon.

*Earlier context:*

She lived in Porto.

# Top of mind ##
Learning the cello.
"""


def test_headings_name_the_section_of_a_statement() -> None:
    """Bold lines are headings, italic ones stand below them, and hash marks above all; lines of a paragraph are one."""
    assert statements(ACCOUNT) == [
        Statement("Work context", "Noa is a backend developer at Quai Neuf."),
        Statement("Work context", "She leads a team of **five**."),
        Statement("Brief history / Recent months", "Noa moved to Lyon."),
        Statement("Brief history / Earlier context", "She lived in Porto."),
        Statement("Top of mind", "Learning the cello."),
    ]


def test_bullets_are_statements_of_their_own() -> None:
    """Several lines, several sentences, numbers; what ends with a colon is about those below."""
    text = (
        "Intro:\n- **Role**: developer. Likes it.\n* Projects:\n  - Tidewatch\n    in Go\n  - Atlas\n"
        "1. Cello\n2) Choir\n\n> - quoted\n\nAfter.\n"
    )

    assert statements(text) == [
        Statement(None, "Intro:"),
        Statement(None, "**Role**: developer."),
        Statement(None, "Likes it."),
        Statement("Projects", "Tidewatch in Go"),
        Statement("Projects", "Atlas"),
        Statement(None, "Cello"),
        Statement(None, "Choir"),
        Statement(None, "quoted"),
        Statement(None, "After."),
    ]


@pytest.mark.parametrize("line", ["---", "***", "___", "====", "", "   ", "#", "## **"])
def test_lines_that_only_divide_are_no_statements(line: str) -> None:
    """They end a paragraph, and that is all."""
    found = [statement.content for statement in statements(f"One\n{line}\nTwo")]

    assert found == ["One", "Two"] or (line.startswith("#") and "One" in found[0])


def test_underscores_make_headings_too() -> None:
    """Markdown has two spellings."""
    assert statements("__Work__\n\n_Now_\n\nWrites.") == [Statement("Work / Now", "Writes.")]


def test_code_is_one_statement() -> None:
    """Verbatim between its fences, also where the closing one is missing."""
    assert statements("A.\n```py\nx = 1. B\n\n# c\n```\nD.") == [
        Statement(None, "A."),
        Statement(None, "```py\nx = 1. B\n\n# c\n```"),
        Statement(None, "D."),
    ]
    assert statements("~~~\nopen") == [Statement(None, "~~~\nopen")]


@given(st.text(alphabet="ab.!?。[]()*_#-–>`'\"“”„ \n\t1", max_size=300))
def test_every_letter_of_a_text_is_in_a_statement_or_a_heading(text: str) -> None:
    """Nothing is lost, whatever the Markdown."""
    kept = "".join(f"{statement.section or ''}{statement.content}" for statement in statements(text))

    assert {letter for letter in text if letter in "ab"} >= {letter for letter in kept if letter in "ab"}
    assert sum(statement.content.count("b") for statement in statements(text)) <= text.count("b")


@pytest.mark.parametrize("piece", [". ", "a", "[a ", ".", "。」", "- ", "\n", "**a**\n", '."'])
def test_no_text_takes_long(piece: str) -> None:
    """The time grows with the length and no faster: a thousand times the text in a few thousand times the time."""
    statements(piece * 200_000)
    statements(f".{' ' * 300_000}")
