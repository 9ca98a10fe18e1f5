"""What an export has to hold so that a statement of prose that it lacks is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.editing import add, chat
from support.lakes import ask, entity, lake_of, relations, take_in
from support.prose import (
    CELLO,
    FIFTEEN_GOATS,
    GOATS,
    GOATS_AGAIN,
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
from support.talks import assert_sound
from support.zips import write_files

import memlake
from memlake.errors import ExitCode
from memlake.jobs.history import timelines

NOTES = {"/farm.md": GOATS}
PROJECT = {"p": THESIS}
WHOLE = Prose(CELLO, PROJECT, NOTES)


@pytest.mark.parametrize(
    ("later", "gone"),
    [
        pytest.param(Prose(CELLO), set(), id="only the account's text"),
        pytest.param(Prose(None, PROJECT), set(), id="only a project's text"),
        pytest.param(Prose(None, {}, NOTES), set(), id="only a file"),
        pytest.param(Prose("Is fond of marzipan.", PROJECT, NOTES), {CELLO}, id="another text of the account"),
        pytest.param(Prose(CELLO, {"q": "Is fond of marzipan."}, NOTES), {THESIS}, id="another project"),
        pytest.param(Prose(CELLO, PROJECT, {"/food.md": "Is fond of marzipan."}), {GOATS}, id="another file"),
        pytest.param(Prose(None), set(), id="no text at all"),
        pytest.param(None, set(), id="no file at all"),
    ],
)
def test_each_kind_of_text_closes_only_its_own(tmp_path: Path, later: Prose | None, gone: set[str]) -> None:
    """What an export has no text for may be there still."""
    lake = lake_of_months(tmp_path, WHOLE, later)

    assert {before for kind, before, *_ in changed(lake) if kind == "deleted"} == gone
    assert {text for text, (state, _) in states(lake).items() if state == "deleted"} == gone


def test_whole_list_over_time_does_not_tell_of_a_text_that_is_missing(tmp_path: Path) -> None:
    """A project's statement is neither there nor gone where an export holds no project's text."""
    lake = lake_of_months(tmp_path, Prose(CELLO, PROJECT), CELLO)

    (account,) = timelines(lake)
    sights = {memory.content: [glimpse.sight for glimpse in memory.glimpses] for memory in account.memories}
    assert sights == {CELLO: ["on", "on"], THESIS: ["on", "cannot_tell"]}


def test_text_that_was_missing_in_between_closes_with_the_next(tmp_path: Path) -> None:
    """The window begins with the export that showed the statement last."""
    lake = lake_of_months(tmp_path, WHOLE, CELLO, Prose(CELLO, {}, {"/farm.md": "Is fond of marzipan."}))

    assert [change for change in changed(lake) if change[0] == "deleted"] == [("deleted", GOATS, None, 2, 4)]


def test_statement_of_a_kind_of_text_that_was_missing_may_have_been_there_before(tmp_path: Path) -> None:
    """It is new in the list, but nothing proves that it was not there; what the kind's last text lacks is proven.

    A list of an earlier time has only what some text or window puts there.
    """
    notes = {"/farm.md": said(GOATS, THESIS)}
    lake = lake_of_months(tmp_path, CELLO, Prose(CELLO, {}, NOTES), CELLO, Prose(CELLO, {}, notes))

    assert changed(lake) == [("new", None, GOATS, None, 3), ("new", None, THESIS, 3, 5)]
    assert ask(lake, "select reason from memory_changes where content_after = $text", text=GOATS) == [
        ("in the first text of its kind",)
    ]
    found = ask(lake, "select content, is_uncertain from memories_as_of('2025-02-10') order by 1")
    assert found == [(CELLO, False)]
    later = ask(lake, "select content, is_uncertain from memories_as_of('2025-04-10') order by 1")
    assert later == [(GOATS, False), (CELLO, False), (THESIS, True)]


def test_emptied_text_leaves_open_whether_all_was_deleted(tmp_path: Path) -> None:
    """One fact about the whole list; the state of what was in it is unknown."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), "")

    assert changed(lake) == [("list_emptied", None, None, 2, 3)]
    assert states(lake) == dict.fromkeys((GOATS, CELLO), ("unknown", "list_emptied"))


def test_text_that_is_filled_again_is_one_fact_and_its_losses(tmp_path: Path) -> None:
    """What returns was there; what does not is deleted, in the wide window."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), "", CELLO)

    assert changed(lake) == [
        ("list_emptied", None, None, 2, 3),
        ("deleted", GOATS, None, 2, 4),
        ("list_returned", None, None, 3, 4),
    ]
    assert states(lake) == {GOATS: ("deleted", "prose"), CELLO: ("active", "prose")}


@pytest.mark.parametrize("later", [Prose(None), None], ids=["null", "no file"])
def test_missing_text_is_no_list(tmp_path: Path, later: Prose | None) -> None:
    """Nothing is emptied, and the two cannot be compared."""
    lake = lake_of_months(tmp_path, GOATS, later)

    assert [change[0] for change in changed(lake)] == ["not_comparable"]
    assert ask(lake, "select memory_coverage, memory_count from exports order by exported_at") == [
        ("complete", 1),
        ("absent", None),
    ]
    assert states(lake) == {GOATS: ("active", "prose")}


def damaged(*statements: str, cut: int = 2) -> bytes:
    """Return a file of two accounts' records, of which the second is cut short."""
    records = json.dumps([Prose(said(*statements)).record("ida"), Prose(THESIS).record("ida")])
    return records[:-cut].encode()


def unreadable(*statements: str) -> bytes:
    """Return a file of two records, of which the second is none."""
    return json.dumps([Prose(said(*statements)).record("ida"), "damaged"]).encode()


@pytest.mark.parametrize("held", [damaged(CELLO), unreadable(CELLO)], ids=["cut short", "unreadable record"])
def test_damaged_file_closes_nothing(tmp_path: Path, held: bytes) -> None:
    """What it shows counts; what it lacks may stand in the part that cannot be read."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), held)

    assert [change[0] for change in changed(lake)] == ["not_comparable"]
    assert ask(lake, "select memory_coverage from exports order by exported_at") == [("complete",), ("partial",)]
    assert states(lake)[GOATS] == ("active", "prose")


def test_damaged_file_does_not_hide_a_deletion(tmp_path: Path) -> None:
    """The next whole text without the statement tells that it is gone."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), unreadable(CELLO), CELLO)

    assert ("deleted", GOATS, None, 2, 4) in changed(lake)
    assert states(lake)[GOATS] == ("deleted", "prose")


def test_statement_that_a_damaged_file_lacks_goes_on_as_it_was(tmp_path: Path) -> None:
    """It was never gone, so it is not restored, and other words are a version."""
    lake = lake_of_months(tmp_path, said(GOATS, CELLO), unreadable(CELLO), said(GOATS_AGAIN, CELLO))

    assert [change[0] for change in changed(lake)] == ["not_comparable"]
    assert wordings(lake, GOATS_AGAIN) == [(GOATS, 2, 4), (GOATS_AGAIN, 4, None)]


def test_file_that_cannot_be_read_at_all_is_partial(tmp_path: Path) -> None:
    """The export is taken in, with exit code 3."""
    first, second = months(tmp_path, Prose(GOATS), json.dumps([{"conversations_memory": 5}]).encode())
    lake = lake_of(tmp_path / "lake", first)
    summary = memlake.ingest(second, lake=lake)

    assert summary.exit_code is ExitCode.PARTLY_READ
    assert ask(lake, "select memory_coverage from exports order by exported_at") == [("complete",), ("partial",)]
    assert states(lake) == {GOATS: ("active", "prose")}


def undated(folder: Path, prose: Prose) -> Path:
    """Write an export that does not say when it was made."""
    return prose_export(folder, "undated", prose)


def test_undated_export_adds_evidence_only(tmp_path: Path) -> None:
    """A statement that only it has is known; nothing is gone, changed or restored by it."""
    dated = months(tmp_path, Prose(said(GOATS, CELLO)), Prose(said(FIFTEEN_GOATS)))
    lake = lake_of(tmp_path / "lake", *dated)
    before, versions = changed(lake), ask(lake, "from memory_versions order by all")
    take_in(lake, undated(tmp_path, Prose(said(GOATS_AGAIN, CELLO, THESIS))))
    assert_sound(lake)

    assert [change for change in changed(lake) if change[0] != "not_comparable"] == before
    assert set(versions) <= set(ask(lake, "from memory_versions"))
    assert states(lake) == {
        FIFTEEN_GOATS: ("active", "prose"),
        CELLO: ("deleted", "prose"),
        THESIS: ("unknown", "undated"),
    }


def test_undated_export_alone_is_known(tmp_path: Path) -> None:
    """Its statements are memories of which nothing tells since when."""
    lake = lake_of(tmp_path / "lake", undated(tmp_path, Prose(GOATS)))

    assert states(lake)[GOATS][0] == "active"
    assert wordings(lake, GOATS) == [(GOATS, None, None)]


def test_undated_export_can_be_dated(tmp_path: Path) -> None:
    """Then it is one of the sequence, as if it had been so from the beginning."""
    first, _, third = months(tmp_path, Prose(said(GOATS, CELLO, THESIS)), None, Prose(said(FIFTEEN_GOATS, THESIS)))
    between = undated(tmp_path, Prose(said(GOATS_AGAIN, THESIS)))
    lake = lake_of(tmp_path / "lake", between, first, third)
    assert memlake_here("ingest", between, "--exported-at", "2025-03-01", cwd=tmp_path, lake=lake).exit_code == 0

    assert changed(lake) == [("deleted", CELLO, None, 2, 3), ("edited", GOATS_AGAIN, FIFTEEN_GOATS, 3, 4)]


def test_same_content_at_a_later_date_is_another_sighting(tmp_path: Path) -> None:
    """What was there on both days was there in between."""
    first, second = months(tmp_path, Prose(said(GOATS, CELLO)), Prose(GOATS))
    lake = lake_of(tmp_path / "lake", first, second)
    for day in ("2025-02-10", "2025-02-20"):
        assert memlake_here("ingest", first, "--exported-at", day, cwd=tmp_path, lake=lake).exit_code == 0

    assert len(ask(lake, "from exports")) == 4
    ((after, before),) = ask(
        lake,
        "select strftime(changed_after, '%m-%d'), strftime(changed_before, '%m-%d') from memory_changes "
        "where change_kind = 'deleted'",
    )
    assert (after, before) == ("02-20", "03-01")


def test_diff_over_an_export_without_a_text_tells_nothing_of_it(tmp_path: Path) -> None:
    """Notes in files that the second export has no place for are not gone."""
    lake = lake_of_months(tmp_path, WHOLE, CELLO, Prose(CELLO, {}, {"/farm.md": FIFTEEN_GOATS}))
    sql = "select change_kind, content_before, content_after from memory_changes($a, $b)"

    assert ask(lake, sql, a="2025-02-01", b="2025-03-01") == []
    assert ask(lake, sql, a="2025-02-01", b="2025-04-01") == [("edited", GOATS, FIFTEEN_GOATS)]


def test_statement_of_a_deleted_project_is_gone(tmp_path: Path) -> None:
    """As long as any project has a text."""
    lake = lake_of_months(tmp_path, Prose(CELLO, {"p": THESIS, "q": GOATS}), Prose(CELLO, {"q": GOATS}))

    assert changed(lake) == [("deleted", THESIS, None, 2, 3)]


def test_statement_that_a_call_saved_has_a_recorded_source(tmp_path: Path) -> None:
    """Prose and call are one memory, with both channels, right after the ingest."""
    export = prose_export(
        tmp_path,
        "ida-2025-03-02",
        Prose(said(GOATS, CELLO)),
        conversations=[chat("c1", "2025-03-01", add(GOATS), prompt="I keep twelve goats near Turku.")],
    )
    lake = lake_of(tmp_path / "lake", export)

    assert ids(lake) == {GOATS: statement_id(GOATS), CELLO: statement_id(CELLO)}
    sql = "select channels, level, conversation_id, event_message_id, said_by from memory_sources join memories"
    assert ask(lake, f"{sql} using (memory_id) where content = $text", text=GOATS) == [
        (["prose", "event"], "recorded", "c1", "m2", "user")
    ]


def test_decision_about_a_source_survives_new_words_and_older_exports(tmp_path: Path) -> None:
    """It was made about what is the same statement, whatever it is called after an older export came."""
    talks = [
        chat("c1", "2025-01-05", prompt="We have a farm with goats near Turku."),
        chat("c2", "2025-01-06", prompt="Is a goat a good pet?"),
    ]
    older, middle, newer = months(
        tmp_path, Prose(GOATS_AGAIN), Prose(GOATS), Prose(FIFTEEN_GOATS), conversations=[talks, talks, talks]
    )
    lake = lake_of(tmp_path / "lake", middle)
    assert memlake_here("lookup-sources", "--confirm", "goats", "c2", cwd=tmp_path, lake=lake).exit_code == 0
    sql = "select memory_id, conversation_id, is_confirmed from memory_sources"
    assert ask(lake, sql) == [(statement_id(GOATS), "c2", True)]

    take_in(lake, newer)
    assert ask(lake, sql) == [(statement_id(GOATS), "c2", True)]
    take_in(lake, older)
    assert ask(lake, sql) == [(statement_id(GOATS_AGAIN), "c2", True)]
    memlake.lookup_sources(lake)
    assert ask(lake, sql) == [(statement_id(GOATS_AGAIN), "c2", True)]


def test_record_as_a_bare_object_tells_the_same(tmp_path: Path) -> None:
    """One file for each account is the newer layout."""
    prose = Prose(said(GOATS, CELLO), PROJECT, NOTES)
    array = prose_export(tmp_path / "array", "ida-2025-02-01", prose)
    bare = write_files(
        tmp_path / "bare" / "ida-2025-02-01",
        {
            "users.json": (array / "users.json").read_bytes(),
            "memories/ida.json": json.dumps(prose.record("ida")).encode(),
        },
    )
    found = [relations(lake_of(tmp_path / path.parent.name / "lake", path)) for path in (array, bare)]

    for relation in ("memories", "memory_versions"):
        assert found[0][relation] == found[1][relation]


def test_receipt_does_not_count_a_missing_kind_of_text_as_vanished(tmp_path: Path) -> None:
    """A project's statement may be there still; one of the account's is gone."""
    first, second = months(tmp_path, Prose(said(CELLO, GOATS), {"p": THESIS}), Prose(CELLO))
    lake = lake_of(tmp_path / "lake", first)

    assert entity(take_in(lake, second), "memories").vanished == 1
