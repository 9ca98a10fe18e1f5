"""Lists written down in any form come back exactly, and whatever is pasted gives rows or a reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple, get_type_hints

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from memlake.jsontext import JsonBytes
from memlake.model import MemoryRow, Parsed, Reject
from memlake.provider import FileShape
from memlake.providers.dump import PROVIDER, parse
from memlake.providers.dump.dates import split_trailing
from memlake.times import to_datetime

GOLDEN_LISTS = [
    path.read_bytes()
    for path in sorted((Path(__file__).parents[1] / "golden" / "dumps").iterdir())
    if not path.name.endswith(".expected.json")
]
CHARACTERS = "abcXYZ019 -\u2013—:;,.!?\"'()[]{}*_`#|/\\&%$€éñßжя日本語한🥐\u200d"
ODD_PIECES = [
    *(
        "\0",
        "\r",
        "\n\n",
        "\t",
        "```",
        "```json",
        "[",
        "]",
        "(",
        "|",
        "- ",
        "1. ",
        "# ",
        "**",
        "> ",
        '"',
        "{",
        "}",
        ",",
    ),
    *(
        "[2025-05-02]",
        "[unknown] - ",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ud83d",
        "None",
        "You said:",
        "ChatGPT said:",
        "<html>",
    ),
]


class Note(NamedTuple):
    """A memory before it is written down."""

    text: str
    day: str | None


Form = Callable[[Sequence[Note]], str]


def dated(note: Note, *, dash: str = "-") -> str:
    """Write one note as the prompt asks for it."""
    return f"[{note.day or 'unknown'}] {dash} {note.text}"


FORMS_WITH_DATES: dict[str, Form] = {
    "prompt": lambda notes: "\n".join(
        ["Here is the list:", "", "```", *map(dated, notes), "```", "", "That's everything."]
    ),
    "long dash": lambda notes: "\n".join(dated(note, dash="—") for note in notes),
    "bullets": lambda notes: "\n".join(f"* {dated(note)}" for note in notes),
    "context": lambda notes: "\n\n".join(f"{n}. [{note.day or 'n/a'}]. {note.text}" for n, note in enumerate(notes, 1)),
    "behind": lambda notes: "\n".join(
        f"- {note.text} (saved {note.day})" if note.day else f"- {note.text}" for note in notes
    ),
    "table": lambda notes: "\n".join(
        ["| Date | Memory |", "|---|---|", *(f"| {note.day or 'n/a'} | {escaped(note.text)} |" for note in notes)]
    ),
    "objects": lambda notes: json.dumps([{"date": note.day, "content": note.text} for note in notes]),
    "lines": lambda notes: "\n".join(json.dumps({"memory": note.text, "saved": note.day}) for note in notes),
    "records": lambda notes: "\n".join(f"- date: {note.day or 'unknown'}\n  content: {note.text}" for note in notes),
}
FORMS_WITHOUT_DATES: dict[str, Form] = {
    "dashes": lambda notes: "\n".join(f"- {note.text}" for note in notes),
    "dots": lambda notes: "My notes:\n\n" + "\n".join(f"• {note.text}" for note in notes),
    "numbers": lambda notes: "\n".join(f"{number}) {note.text}" for number, note in enumerate(notes, 1)),
    "headings": lambda notes: "\n\n".join(f"## Part {number}\n- {note.text}" for number, note in enumerate(notes)),
    "bare": lambda notes: "\n".join(note.text for note in notes),
    "texts": lambda notes: json.dumps([note.text for note in notes], ensure_ascii=False),
    "categories": lambda notes: json.dumps(
        {"One": [note.text for note in notes[:1]], "Two": [n.text for n in notes[1:]]}
    ),
    "windows": lambda notes: "\ufeff" + "\r\n".join(f"- {note.text}" for note in notes) + "\r\n",
}


def escaped(text: str) -> str:
    """Write a text into a table's cell."""
    return text.replace("|", "\\|")


def is_plain(text: str) -> bool:
    """Say whether a text has no end that would be taken for a date or a mark, and no more than two sentences."""
    return (
        split_trailing(text) == (text, None) and sum(text.count(end) for end in ".!?") <= 2 and not text.endswith("\\")
    )


TEXTS = (
    st.text(CHARACTERS, max_size=90)
    .map(lambda text: f"User likes {' '.join(text.split())}".strip())
    .filter(is_plain)
    .filter(lambda text: text != "User likes")
)
DAYS = st.none() | st.dates(min_value=to_datetime(946_684_800_000_000).date()).filter(lambda day: day.year < 2100).map(
    str
)
NOTES = st.lists(
    st.builds(Note, text=TEXTS.filter(lambda text: not text.endswith(("?", ":"))), day=DAYS), min_size=1, max_size=6
)


def rows_of(text: str) -> list[MemoryRow]:
    """Return what memlake reads in a text."""
    outcome = parse("memory_dump", JsonBytes(text.encode()))
    assert isinstance(outcome, Parsed), outcome
    return [row for row in outcome.rows[MemoryRow] if isinstance(row, MemoryRow)]


@pytest.mark.parametrize("form", FORMS_WITH_DATES.values(), ids=list(FORMS_WITH_DATES))
@settings(max_examples=120, deadline=None)
@given(notes=NOTES)
def test_list_with_dates_comes_back_exactly(form: Form, notes: list[Note]) -> None:
    """No entry lost, none invented, each with its date."""
    found = rows_of(form(notes))

    assert [row.content for row in found] == [note.text for note in notes]
    days = [row.created_at_us and to_datetime(row.created_at_us).date().isoformat() for row in found]
    assert days == [note.day for note in notes]


@pytest.mark.parametrize("form", FORMS_WITHOUT_DATES.values(), ids=list(FORMS_WITHOUT_DATES))
@settings(max_examples=120, deadline=None)
@given(notes=NOTES)
def test_list_without_dates_comes_back_exactly(form: Form, notes: list[Note]) -> None:
    """Whatever the texts hold: dashes, colons, brackets, marks of Markdown, other scripts."""
    assert [row.content for row in rows_of(form(notes))] == [note.text for note in notes]


@settings(max_examples=120, deadline=None)
@given(notes=NOTES, width=st.integers(20, 80), indent=st.sampled_from(["  ", "    ", ""]))
def test_wrapped_list_comes_back_exactly(notes: list[Note], width: int, indent: str) -> None:
    """Lines that go on with an entry, below its text or not; none of them begins as an entry does."""
    entries = [wrap(note.text, width, break_long_words=False, break_on_hyphens=False) for note in notes]
    assume(all(line[0].isalpha() for lines in entries for line in lines[1:]))

    found = rows_of("\n".join(f"- {f'{chr(10)}{indent}'.join(lines)}" for lines in entries))

    assert [row.content for row in found] == [note.text for note in notes]


@st.composite
def spoilt_lists(draw: st.DrawFn) -> bytes:
    """Draw a list with pieces cut out, doubled or put in."""
    data = draw(st.sampled_from(GOLDEN_LISTS))
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        piece = draw(
            st.sampled_from(ODD_PIECES).map(lambda odd: odd.encode("utf-8", "surrogatepass")) | st.just(data[place:])
        )
        data = data[:place] + piece[:2_000] + data[place + length :]
    return data


JSON_VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["", "[2025-05-02] - x", "a\nb", "None"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["content", "memories", "date", "Work", "2025-05-02", "1", "tags", "id"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


def assert_answer(data: bytes) -> None:
    """Check that bytes give rows of the declared types with contents that can be stored, or a reason."""
    outcome = parse("memory_dump", JsonBytes(data))
    if isinstance(outcome, Reject):
        return
    assert isinstance(outcome, Parsed)
    assert [row.position for row in outcome.rows[MemoryRow] if isinstance(row, MemoryRow)] == [
        *range(len(outcome.rows[MemoryRow]))
    ]
    for row in outcome.rows[MemoryRow]:
        assert isinstance(row, MemoryRow)
        assert row.content.strip() == row.content != ""
        assert "\0" not in row.content
        row.content.encode()
        assert (row.created_at_us is None) == (row.created_at_basis is None)
        for name, hint in get_type_hints(MemoryRow).items():
            assert type(getattr(row, name)) in getattr(hint, "__args__", (hint,)), name


@settings(max_examples=300, deadline=None)
@given(spoilt_lists())
def test_spoilt_list_never_raises(data: bytes) -> None:
    """Nor does its recognition."""
    assert_answer(data)
    for rule in PROVIDER.rules:
        rule.match(FileShape(base_name="a.txt", kind="text", head=data.decode("utf-8", "replace")))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
def test_arbitrary_bytes_never_raise(data: bytes) -> None:
    """Rows or a reason."""
    assert_answer(data)


@settings(max_examples=200, deadline=None)
@given(JSON_VALUES)
def test_arbitrary_json_never_raises(value: object) -> None:
    """Whatever stands where a text or a date should."""
    assert_answer(json.dumps(value).encode())
