"""The numbered list of edits, replayed: which texts stood in which line, from which call to which."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from memlake.history.edits import replay
from memlake.lake.edits import Edit, EditCall
from memlake.text import text_key

START = datetime(2026, 1, 1, tzinfo=UTC)

Told = tuple[str, str | None, int | None, list[str] | None]
"""Action, text, line number and shown lines of a call."""


def add(text: str) -> Told:
    """Return a call that appends a line."""
    return "save", text, None, None


def replace(line: int | None, text: str) -> Told:
    """Return a call that writes another text into a line."""
    return "replace", text, line, None


def remove(line: int) -> Told:
    """Return a call that takes a line away."""
    return "forget", None, line, None


def remove_text(text: str | None) -> Told:
    """Return a call that takes a line away by its text."""
    return "forget", text, None, None


def view(*lines: str) -> Told:
    """Return a call that shows all lines."""
    return "list", None, None, list(lines)


def calls(*told: Told) -> Iterator[EditCall]:
    """Yield calls a day apart, each in a message named after its number, from 1."""
    for number, (action, content, line_number, listed) in enumerate(told, start=1):
        yield EditCall(
            conversation_id=f"c{number}",
            message_id=f"m{number}",
            event_index=0,
            action=action,
            content=content,
            text_key=None if content is None else text_key(content),
            line_number=line_number,
            occurred_at=START + timedelta(days=number),
            listed=None if listed is None else tuple((line, text_key(line)) for line in listed),
        )


def edits(*told: Told) -> list[Edit]:
    """Return what the calls add up to."""
    return replay(calls(*told))


def standing(*told: Told) -> list[str | None]:
    """Return the texts that are there in the end."""
    return [edit.content for edit in edits(*told) if edit.ended_by is None]


def fates(*told: Told) -> list[tuple[str | None, str, str | None]]:
    """Return each text with what began and what ended it."""
    return [(edit.content, edit.begun_by, edit.ended_by) for edit in edits(*told)]


def test_no_calls_make_no_list() -> None:
    """Nobody edited anything."""
    assert edits() == []


def test_added_line_tells_its_call() -> None:
    """It stands until some call ends it."""
    assert edits(add("tea")) == [
        Edit(
            entry_number=1,
            version_number=1,
            line_number=1,
            line_number_now=1,
            content="tea",
            text_key=text_key("tea"),
            root_text_key=text_key("tea"),
            begun_by="save",
            begun_at=START + timedelta(days=1),
            conversation_id="c1",
            message_id="m1",
            event_index=0,
            ended_by=None,
            ended_at=None,
            end_conversation_id=None,
            end_message_id=None,
            end_event_index=None,
        )
    ]


def test_replaced_text_is_the_next_version_of_its_line() -> None:
    """The call that wrote it ended the one before; the root stays that of the first text."""
    former, latter = edits(add("tea"), replace(1, "coffee"))

    assert (former.entry_number, former.version_number, former.ended_by) == (1, 1, "replace")
    assert (former.ended_at, former.end_conversation_id, former.end_message_id, former.end_event_index) == (
        *(START + timedelta(days=2), "c2", "m2"),
        0,
    )
    assert (latter.entry_number, latter.version_number, latter.begun_by, latter.message_id) == (1, 2, "replace", "m2")
    assert latter.root_text_key == text_key("tea")


def test_lines_move_up_where_one_is_removed() -> None:
    """Later numbers mean the lines as they stand then; a line keeps the number that it was written with."""
    found = edits(add("tea"), add("cello"), add("goats"), remove(1), replace(2, "sheep"), add("bees"))

    assert [(edit.entry_number, edit.line_number, edit.content, edit.ended_by) for edit in found] == [
        (1, 1, "tea", "forget"),
        (2, 2, "cello", None),
        (3, 3, "goats", "replace"),
        (3, 2, "sheep", None),
        (4, 3, "bees", None),
    ]


def test_line_is_removed_by_its_text() -> None:
    """The last one of that text; one that is not there, and no text at all, remove nothing."""
    assert fates(add("tea"), add("tea"), remove_text("TEA"), remove_text("cello"), remove_text(None)) == [
        ("tea", "save", None),
        ("tea", "save", "forget"),
    ]
    assert standing(remove(1), add("tea"), replace(2, "cello"), remove_text(None)) == ["tea", "cello"]


def test_replacing_without_a_line_changes_nothing() -> None:
    """Which text it was meant for is not known."""
    assert standing(add("tea"), replace(None, "tea")) == ["tea"]


def test_line_that_no_call_wrote_has_no_text() -> None:
    """It was written where no export shows it, as were those before it; what replaces it begins a text of its own."""
    first, unknown, replacing = edits(replace(2, "coffee"))

    assert (first.line_number, first.content, first.begun_by, first.begun_at, first.ended_by) == (
        *(1, None, "unknown"),
        *(None, None),
    )
    assert (unknown.line_number, unknown.content, unknown.text_key, unknown.ended_by) == (2, None, None, "replace")
    assert (replacing.content, replacing.version_number, replacing.root_text_key) == ("coffee", 2, text_key("coffee"))


def test_unknown_line_can_be_removed() -> None:
    """What stood in it is not known."""
    assert fates(add("tea"), remove(3)) == [
        ("tea", "save", None),
        (None, "unknown", None),
        (None, "unknown", "forget"),
    ]


@pytest.mark.parametrize("number", [1_001, 10**17])
def test_number_that_no_list_reaches_is_no_line(number: int) -> None:
    """The list does not grow to it."""
    assert fates(add("tea"), remove(number), replace(number, "coffee")) == [("tea", "save", None)]


def test_shown_list_takes_away_what_it_lacks() -> None:
    """Somebody removed it elsewhere, and no call tells when."""
    found = edits(add("tea"), add("cello"), view("cello"), remove(1))

    assert [(edit.content, edit.ended_by, edit.end_message_id) for edit in found] == [
        ("tea", "list", "m3"),
        ("cello", "forget", "m4"),
    ]


def test_shown_list_adds_what_no_call_wrote() -> None:
    """It begins with the call that shows it, and takes its place in the order."""
    found = edits(add("tea"), view("goats", "tea"), remove(1))

    assert [(edit.content, edit.begun_by, edit.message_id, edit.ended_by) for edit in found] == [
        ("tea", "save", "m1", None),
        ("goats", "list", "m2", "forget"),
    ]


def test_shown_list_tells_the_text_of_unknown_lines() -> None:
    """Known texts are found first, what is left are the unknown ones in their order."""
    found = edits(replace(3, "tea"), view("goats", "cello", "tea"))

    assert [(edit.content, edit.begun_by, edit.root_text_key) for edit in found if edit.ended_by is None] == [
        ("goats", "list", text_key("goats")),
        ("cello", "list", text_key("cello")),
        ("tea", "replace", text_key("tea")),
    ]


def test_shown_list_that_says_the_same_changes_nothing() -> None:
    """Whatever its spelling."""
    told = [add("Tea"), add("tea"), replace(1, "cello")]

    assert edits(*told, view(" CELLO", "tea")) == edits(*told)


def test_empty_list_takes_everything_away() -> None:
    """A call that shows no list takes nothing."""
    assert standing(add("tea"), view()) == []
    assert standing(add("tea"), ("list", None, None, None)) == ["tea"]


def test_call_without_a_time_dates_nothing() -> None:
    """It does what it says all the same."""
    (call,) = calls(add("tea"))
    (found,) = replay([call._replace(occurred_at=None)])

    assert (found.content, found.begun_at, found.message_id) == ("tea", None, "m1")


def test_thirty_edits_and_their_removal_leave_nothing() -> None:
    """As many as the assistant keeps."""
    texts = [f"line {number}" for number in range(30)]

    assert standing(*map(add, texts)) == texts
    assert standing(*map(add, texts), *[remove(1)] * 30) == []
