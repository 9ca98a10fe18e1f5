"""A memory that is a line of the list of edits and a statement of prose, too: each tells where the other is silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.editing import CELLO, COFFEE, TEA, add, chat, lake_with, remove, replace, view
from support.lakes import ask, lake_of
from support.prose import Prose, prose_export, said
from support.talks import assert_sound

from memlake.jobs.history import memories_in_force, timelines

SAVED = chat("c1", "2025-01-10", add(TEA))
LATER = chat("c9", "2025-03-20")


def day(column: str) -> str:
    """Return SQL for month and day of a time."""
    return f"strftime({column}, '%m-%d')"


def as_of(lake: Path, moment: str) -> list[tuple[object, ...]]:
    """Return text and certainty of what was remembered on a day."""
    return ask(lake, "select content, is_uncertain from memories_as_of($moment) order by content", moment=moment)


def sights(lake: Path) -> dict[str, list[str]]:
    """Return what each export shows of each memory, by its text."""
    (account,) = timelines(lake)
    return {memory.content: [glimpse.sight for glimpse in memory.glimpses] for memory in account.memories}


def runs(lake: Path, text: str) -> list[tuple[object, ...]]:
    """Return text, begin, basis and end of the versions of the memory that a text is now."""
    return ask(
        lake,
        f"select v.content, {day('v.valid_from')}, valid_from_basis, {day('v.valid_to')} from memory_versions v "
        "join memories m using (account_key, memory_id) where m.content = $text order by version_number",
        text=text,
    )


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake with a line that stands in the second of three texts, and goes on without the third."""
    folder = tmp_path_factory.mktemp("saved")
    texts = [Prose(CELLO), Prose(said(TEA, CELLO)), Prose(CELLO)]
    exports = [
        prose_export(folder, f"ida-2025-{month}-01", text, conversations=[SAVED, LATER])
        for month, text in zip(("02", "04", "06"), texts, strict=True)
    ]
    lake = lake_of(folder / "lake", *exports)
    assert_sound(lake)
    return lake


def test_life_begins_with_the_save_and_outlasts_the_text(saved: Path) -> None:
    """One version, since the words are the same all along."""
    assert runs(saved, TEA) == [(TEA, "01-10", "event", None)]
    sql = "select state, state_basis, state_reason from memories where content = $text"
    assert ask(saved, sql, text=TEA) == [
        ("active", "recorded", "no longer in the text, but still in the list of edits")
    ]


def test_line_is_in_the_list_as_it_stood_before_any_text_has_it(saved: Path) -> None:
    """Certain, as the calls tell, and not there before the save."""
    assert as_of(saved, "2025-01-05") == []
    assert as_of(saved, "2025-01-15") == [(TEA, False)]
    assert as_of(saved, "2025-03-01") == [(TEA, False), (CELLO, False)]
    known = memories_in_force(saved, "c9")
    assert not isinstance(known, list)
    assert (TEA, "no list tells whether it was on") in [(one.content, one.why) for one in known.memories]


def test_whole_list_over_time_shows_what_only_the_edits_have(saved: Path) -> None:
    """As saved, neither on nor missing."""
    assert sights(saved) == {TEA: ["saved", "on", "saved"], CELLO: ["on", "on", "on"]}


def test_changes_of_the_text_say_what_the_edits_know(saved: Path) -> None:
    """It is new in the text, and gone from it, and was saved all the while."""
    rows = ask(
        saved,
        "select change_kind, reason from memory_changes where coalesce(content_after, content_before) = $text "
        "order by changed_before",
        text=TEA,
    )
    assert rows == [
        ("new", "in the list of edits since 2025-01-10"),
        ("deleted", "no longer in the text; still in the list of edits"),
    ]


def test_line_without_a_text_is_saved_from_its_call_to_the_next(tmp_path: Path) -> None:
    """Its deletion has the time of the call, and until then it was there for certain."""
    calls = [chat("c1", "2025-02-10", add(TEA)), chat("c2", "2025-05-10", remove(1))]
    exports = [
        prose_export(tmp_path, f"ida-2025-{month}-01", Prose(CELLO), conversations=calls)
        for month in ("02", "04", "06")
    ]
    lake = lake_of(tmp_path / "lake", *exports)

    assert sights(lake)[TEA] == ["not_listed", "saved", "not_listed"]
    assert as_of(lake, "2025-05-01") == [(TEA, False), (CELLO, False)]
    sql = f"select {day('deleted_after')}, {day('deleted_before')}, {day('deleted_at')} from memories"
    assert ask(lake, f"{sql} where content = $text", text=TEA) == [("02-10", "05-10", "05-10")]


def test_line_that_a_later_list_lacks_is_certain_until_it_was_shown(tmp_path: Path) -> None:
    """When it went nobody tells."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-02-10", add(TEA), add(CELLO)),
        chat("c2", "2025-03-10", view(TEA, CELLO)),
        chat("c3", "2025-05-10", view(CELLO)),
    )

    assert as_of(lake, "2025-03-01") == [(TEA, False), (CELLO, False)]
    assert as_of(lake, "2025-04-01") == [(TEA, True), (CELLO, False)]


def test_words_of_a_replaced_line_stand_before_the_text_with_the_next(tmp_path: Path) -> None:
    """The text has the newer words, the version before it those of the first call."""
    calls = [SAVED, chat("c2", "2025-03-10", replace(1, COFFEE))]
    lake = lake_of(tmp_path / "lake", prose_export(tmp_path, "ida-2025-05-01", Prose(COFFEE), conversations=calls))

    assert runs(lake, COFFEE) == [(TEA, "01-10", "event", "03-10"), (COFFEE, "03-10", "event", None)]


def test_deletion_from_the_text_that_a_call_explains_has_its_time(tmp_path: Path) -> None:
    """The line went by the call, and the next text has it no longer."""
    calls = [SAVED, chat("c2", "2025-03-10", remove(1))]
    lake = lake_of(
        tmp_path / "lake",
        prose_export(tmp_path, "ida-2025-02-01", Prose(said(TEA, CELLO)), conversations=calls),
        prose_export(tmp_path, "ida-2025-04-01", Prose(CELLO)),
    )

    assert runs(lake, TEA) == [(TEA, "01-10", "event", "03-10")]
    assert ask(lake, f"select state, {day('deleted_at')} from memories where content = $text", text=TEA) == [
        ("deleted", "03-10")
    ]


def test_line_that_is_there_twice_is_one_version(tmp_path: Path) -> None:
    """Until the last of the two is gone."""
    lake = lake_with(
        tmp_path, chat("c1", "2025-02-10", add(TEA), add(TEA)), chat("c2", "2025-03-10", remove(1)),
        chat("c3", "2025-04-10", remove(1)),
    )  # fmt: skip

    assert runs(lake, TEA) == [(TEA, "02-10", "event", "04-10")]


def test_lines_have_the_numbers_that_they_have_now(tmp_path: Path) -> None:
    """Those before them went, and a list shows one that stands in between."""
    lake = lake_with(
        tmp_path,
        chat("c1", "2025-02-10", add(TEA), add(COFFEE), add(CELLO)),
        chat("c2", "2025-03-10", remove(1)),
        chat("c3", "2025-04-10", view(COFFEE, "Likes salt.", CELLO)),
    )

    assert ask(lake, "select line_number_now, content from memory_edits order by 1 nulls last") == [
        (1, COFFEE),
        (2, "Likes salt."),
        (3, CELLO),
        (None, TEA),
    ]
