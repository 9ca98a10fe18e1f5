"""Prose memory: each statement is one memory while its words change, and only a changed fact is a change."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.lakes import ask, lake_of, relations, take_in
from support.prose import (
    CELLO,
    CELLO_AGAIN,
    FIFTEEN_GOATS,
    GOATS,
    GOATS_AGAIN,
    GOATS_AND_CELLO,
    THESIS,
    Prose,
    changed,
    ids,
    lake_of_months,
    months,
    prose_export,
    said,
    statement_id,
    states,
    wordings,
)

import memlake
from memlake.hashing import short_hash


@pytest.fixture(scope="module")
def reworded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which a statement has other words in the second month and others facts in the third."""
    folder = tmp_path_factory.mktemp("reworded")
    return lake_of_months(folder, said(GOATS, CELLO), said(CELLO, GOATS_AGAIN), said(CELLO, FIFTEEN_GOATS))


def test_statement_is_named_after_its_earliest_words(reworded: Path) -> None:
    """By account and text; its channel is prose, and who made it is the assistant."""
    assert ids(reworded) == {FIFTEEN_GOATS: statement_id(GOATS), CELLO: statement_id(CELLO)}
    assert ask(
        reworded, "select distinct channel, channels, state, state_basis, enabled, origin, scope from memories"
    ) == [("prose", ["prose"], "active", "prose", None, "auto", "account")]


def test_rewording_is_a_version_and_no_change(reworded: Path) -> None:
    """Only the change of the number is one, with its reason."""
    assert wordings(reworded, FIFTEEN_GOATS) == [(GOATS, 2, 3), (GOATS_AGAIN, 3, 4), (FIFTEEN_GOATS, 4, None)]
    assert changed(reworded) == [("edited", GOATS_AGAIN, FIFTEEN_GOATS, 3, 4)]
    ((reason,),) = ask(reworded, "select reason from memory_changes where change_kind = 'edited'")
    assert reason == "number: twelve → fifteen"


def test_only_a_changed_fact_makes_a_memory_edited(reworded: Path, tmp_path: Path) -> None:
    """Other words leave open whether it ever was."""
    assert dict(ask(reworded, "select content, is_edited from memories")) == {FIFTEEN_GOATS: True, CELLO: None}
    lake = lake_of_months(tmp_path, GOATS, GOATS_AGAIN)
    assert ask(lake, "select content, is_edited from memories") == [(GOATS_AGAIN, None)]


def test_diff_is_silent_about_other_words(reworded: Path) -> None:
    """Unless it is asked for them."""
    folder = reworded.parent
    silent = memlake_here("diff", "2025-02", "2025-03", "--exit-code", "--short", cwd=folder)
    shown = memlake_here("diff", "2025-02", "2025-03", "--rewordings", "--short", cwd=folder)

    assert (silent.exit_code, silent.stdout) == (0, "")
    (line,) = shown.stdout.splitlines()
    assert line.startswith("~ ")
    assert memlake_here("diff", "2025-03", "2025-04", "--exit-code", cwd=folder).exit_code == 4


def test_diff_from_python_tells_rewordings_when_asked(reworded: Path) -> None:
    """With both wordings, and of no other memory."""
    found = memlake.diff("2025-02", "2025-03", lake=reworded, with_rewordings=True)

    assert memlake.diff("2025-02", "2025-03", lake=reworded).changes == ()
    assert [(one.change_kind, one.content_before, one.content_after) for one in found.changes] == [
        ("reworded", GOATS, GOATS_AGAIN)
    ]


def test_diff_over_several_exports_tells_the_changed_fact_once(reworded: Path) -> None:
    """From the first wording to the last, forwards and backwards; of an export against itself nothing."""
    sql = "select change_kind, content_before, content_after from memory_changes($a, $b)"

    assert ask(reworded, sql, a="2025-02-01", b="2025-04-01") == [("edited", GOATS, FIFTEEN_GOATS)]
    assert ask(reworded, sql, a="2025-04-01", b="2025-02-01") == [("edited", FIFTEEN_GOATS, GOATS)]
    assert ask(reworded, sql, a="2025-03-01", b="2025-02-01") == []
    for month in ("2025-02-01", "2025-03-01", "2025-04-01"):
        assert ask(reworded, sql, a=month, b=month) == []
        assert memlake.diff(month, month, lake=reworded, with_rewordings=True).changes == ()


def test_list_as_it_stood_has_the_words_of_then(reworded: Path) -> None:
    """In other words it was there all along; between two exports that differ in a fact it is open which one held."""
    for moment, text, is_uncertain in [
        ("2025-02-01 00:00:00+00", GOATS, False),
        ("2025-02-10 00:00:00+00", GOATS, False),
        ("2025-03-01 00:00:00+00", GOATS_AGAIN, False),
        ("2025-03-10 00:00:00+00", GOATS_AGAIN, True),
        ("2025-04-01 00:00:00+00", FIFTEEN_GOATS, False),
    ]:
        found = ask(reworded, "select content, is_uncertain from memories_as_of($moment)", moment=moment)
        assert (text, is_uncertain) in found
        assert len(found) == 2


def test_history_shows_every_wording(reworded: Path) -> None:
    """Of one memory and of the whole list."""
    folder = reworded.parent
    life = memlake_here("history", "goats", cwd=folder)
    whole = memlake_here("history", cwd=folder)

    assert (life.exit_code, whole.exit_code) == (0, 0)
    told = [line.split()[:3] for line in life.stdout.splitlines() if line.startswith("by 2025")]
    assert told == [["by", "2025-02-01", "listed"], ["by", "2025-03-01", "reworded"], ["by", "2025-04-01", "edited"]]
    assert "number: twelve → fifteen" in life.stdout
    assert FIFTEEN_GOATS in whole.stdout


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("Works with Marta on the harbour museum.", "Works with Pedro on the harbour museum.", "name: marta → pedro"),
        ("Eats fish and cheese for dinner.", "Does not eat fish and cheese for dinner.", "denied now: "),
        ("The thesis is due on 3 May 2026.", "The thesis is due on 9 June 2026.", "number: 3 → 9; date: may → june"),
    ],
    ids=["name", "denial", "date"],
)
def test_changed_fact_is_an_edit_with_its_reason(tmp_path: Path, before: str, after: str, reason: str) -> None:
    """In one row, of one memory."""
    lake = lake_of_months(tmp_path, said(before, CELLO), said(after, CELLO))

    ((kind, told),) = ask(lake, "select change_kind, reason from memory_changes where from_export_id is not null")
    assert kind == "edited"
    assert told.casefold().startswith(reason)
    assert ids(lake) == {after: statement_id(before), CELLO: statement_id(CELLO)}


@pytest.fixture(scope="module")
def vanishing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which statements vanish, one of which returns in other words."""
    folder = tmp_path_factory.mktemp("vanishing")
    return lake_of_months(folder, said(GOATS, CELLO, THESIS), said(GOATS, CELLO), CELLO, None, said(CELLO, GOATS_AGAIN))


def test_vanished_statement_is_deleted_with_its_window(vanishing: Path) -> None:
    """From the export that shows it last to the first that shows its text without it."""
    assert [change for change in changed(vanishing) if change[0] == "deleted"] == [
        ("deleted", THESIS, None, 2, 3),
        ("deleted", GOATS, None, 3, 4),
    ]
    sql = "select state, state_basis, month(deleted_after), month(deleted_before) from memories where content = $text"
    assert ask(vanishing, sql, text=THESIS) == [("deleted", "prose", 2, 3)]


def test_statement_that_returns_is_restored(vanishing: Path) -> None:
    """It is the memory that it was, whatever its words, and has a gap between its versions."""
    assert changed(vanishing)[-1] == ("restored", GOATS, GOATS_AGAIN, 4, 6)
    assert wordings(vanishing, GOATS_AGAIN) == [(GOATS, 2, 4), (GOATS_AGAIN, 6, None)]
    assert ids(vanishing)[GOATS_AGAIN] == statement_id(GOATS)
    assert states(vanishing)[GOATS_AGAIN] == ("active", "prose")


def test_merged_and_split_statements_report_nothing(tmp_path: Path) -> None:
    """Two in one sentence, two again, and one in two sentences are no changes."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), GOATS_AND_CELLO, said(CELLO_AGAIN, GOATS_AGAIN))

    assert changed(lake) == []
    assert ids(lake) == {GOATS_AGAIN: statement_id(GOATS), CELLO_AGAIN: statement_id(CELLO)}
    split = lake_of_months(tmp_path / "split", GOATS_AND_CELLO, said(GOATS, CELLO))
    assert changed(split) == []
    assert ids(split) == {f"{GOATS} {CELLO}": statement_id(GOATS_AND_CELLO)}


def test_statement_that_moves_is_the_same_memory(tmp_path: Path) -> None:
    """To another section, and from the account's text to a file of notes."""
    work = f"**Work**\n\n{said(GOATS, CELLO)}\n\n**Home**\n\n{THESIS}"
    home = f"**Work**\n\n{CELLO}\n\n**Home**\n\n{said(THESIS, GOATS)}"
    lake = lake_of_months(tmp_path, work, home, Prose(said(CELLO, THESIS), files={"/farm.md": GOATS}))

    assert changed(lake) == []
    assert ids(lake)[GOATS] == statement_id(GOATS)
    assert ask(lake, "select scope, section from memories where content = $text", text=GOATS) == [
        ("file:/farm.md", None)
    ]


def test_order_of_ingest_does_not_matter(tmp_path: Path) -> None:
    """Ids, versions and changes are those of the exports in the order of their dates."""
    exports = months(
        tmp_path, *map(Prose, (said(GOATS, CELLO), said(GOATS_AGAIN, THESIS), said(CELLO_AGAIN, FIFTEEN_GOATS)))
    )
    found = [
        relations(lake_of(tmp_path / f"lake-{number}", *order)) for number, order in enumerate(permutations(exports))
    ]

    assert len(found[0]["memories"]) == 3
    assert [number for number, each in enumerate(found) if each != found[0]] == []


def test_ingested_again_rebuilt_and_dropped(tmp_path: Path) -> None:
    """Twice is once, the raw zone tells the same again, and without an export all is as before it."""
    first, second = months(tmp_path, Prose(said(GOATS, CELLO)), Prose(said(FIFTEEN_GOATS, THESIS)))
    lake = lake_of(tmp_path / "lake", first)
    before = relations(lake)
    receipt = take_in(lake, second)
    whole = relations(lake)

    take_in(lake, first)
    take_in(lake, second)
    assert relations(lake) == whole
    memlake.Lake(lake).rebuild()
    assert relations(lake) == whole
    memlake.Lake(lake).drop_export(receipt.export_id, yes=True)
    assert relations(lake) == before


def test_accounts_have_memories_of_their_own(tmp_path: Path) -> None:
    """The same words of two people are two memories, of which one may vanish."""
    ida = months(tmp_path, Prose(said(GOATS, CELLO)), Prose(said(GOATS, CELLO)))
    eve = months(tmp_path, Prose(said(GOATS, CELLO)), Prose(CELLO), user="eve")
    lake = lake_of(tmp_path / "lake", *ida, *eve)

    assert changed(lake) == [("deleted", GOATS, None, 2, 3)]
    eve_key = f"claude:{short_hash('eve', 12)}"
    assert sorted(ask(lake, "select memory_id, state from memories where content = $text", text=GOATS)) == sorted(
        [(statement_id(GOATS), "active"), (statement_id(GOATS, account=eve_key), "deleted")]
    )


def test_same_sentence_in_two_texts_is_two_memories(tmp_path: Path) -> None:
    """Each is closed by its own text."""
    lake = lake_of_months(
        tmp_path, Prose(said(GOATS, CELLO), projects={"p": said(GOATS, THESIS)}), Prose(CELLO, projects={"p": GOATS})
    )

    assert sorted(
        ask(lake, "select memory_id, scope, state from memories where content = $text", text=GOATS)
    ) == sorted(
        [
            (statement_id(GOATS), "account", "deleted"),
            (statement_id(GOATS, scope="project:p"), "project:p", "active"),
        ]
    )


def test_texts_are_kept_whole(tmp_path: Path) -> None:
    """As each export holds them, with the time that a file states."""
    text = f"**Farm**\n\n- {GOATS}\n- {CELLO}\n"
    lake = lake_of(
        tmp_path / "lake", prose_export(tmp_path, "ida-2025-02-01", Prose(text, {"p": THESIS}, {"/a.md": GOATS}))
    )

    assert ask(lake, "select scope, text, statement_count from memory_texts order by scope") == [
        ("account", text, 2),
        ("file:/a.md", GOATS, 1),
        ("project:p", THESIS, 1),
    ]


def test_fact_that_changes_and_changes_back_is_told_each_time(tmp_path: Path) -> None:
    """Over both, in other words than at first, nothing but words is another."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), said(FIFTEEN_GOATS, CELLO), said(GOATS_AGAIN, CELLO))
    sql = "select change_kind, content_after from memory_changes($a, $b)"

    assert changed(lake) == [("edited", GOATS, FIFTEEN_GOATS, 2, 3), ("edited", FIFTEEN_GOATS, GOATS_AGAIN, 3, 4)]
    assert ask(lake, sql, a="2025-02-01", b="2025-04-01") == []
    over_both = memlake.diff("2025-02-01", "2025-04-01", lake=lake, with_rewordings=True)
    assert [(one.change_kind, one.content_after) for one in over_both.changes] == [("reworded", GOATS_AGAIN)]


def test_statements_without_a_date_stand_in_the_order_of_their_text(tmp_path: Path) -> None:
    """In the list as it is and as it stood; `THESIS` would be the first by its id."""
    lake = lake_of_months(tmp_path, said(CELLO, THESIS, GOATS), said(CELLO, THESIS, GOATS_AGAIN))

    now = [one.content for one in memlake.Lake(lake).memories()]
    then = [one.content for one in memlake.Lake(lake).memories_as_of(datetime(2025, 2, 10, tzinfo=UTC))]
    assert (now, then) == ([CELLO, THESIS, GOATS_AGAIN], [CELLO, THESIS, GOATS])


def test_merged_statements_say_whose_sentence_they_share(tmp_path: Path) -> None:
    """Where the list shows one sentence for two memories; before and after they are apart."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), said(GOATS_AND_CELLO, THESIS))
    goats, cello = statement_id(GOATS), statement_id(CELLO)
    sql = "select memory_id, merged_with from {} order by merged_with is null, memory_id"
    merged = sorted([(goats, [cello]), (cello, [goats])])

    assert ask(lake, sql.format("memories"))[:2] == merged
    assert ask(lake, sql.format("memories_as_of('2025-03-01')"))[:2] == merged
    assert {pair[1] for pair in ask(lake, sql.format("memories_as_of('2025-02-01')"))} == {None}
    for words in (["list"], ["list", "--as-of", "2025-03-01"]):
        page = memlake_here(*words, cwd=tmp_path).stdout
        assert page.count("one sentence with prose-") == 2


def test_what_the_first_text_says_is_not_listed_before_it(tmp_path: Path) -> None:
    """Nothing tells since when; of what a later text has first, the text before tells that it is at most so old."""
    lake = lake_of_months(tmp_path, CELLO, said(CELLO, THESIS))
    sql = "select content, is_uncertain from memories_as_of($moment) order by 1"

    assert ask(lake, sql, moment="2025-01-10") == []
    assert ask(lake, sql, moment="2025-02-10") == [(CELLO, False), (THESIS, True)]
    assert "the first list is of 2025-02-01" in memlake_here("list", "--as-of", "2025-01-10", cwd=tmp_path).stdout
