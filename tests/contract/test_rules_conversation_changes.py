"""What became of conversations between exports: only what the exports show, with the window in which it happened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from support.chatgpt import conversation, numbered, user
from support.lakes import ask, export_folder, lake_of
from support.months import LIVES, NEW, ON_10_FEBRUARY, RENAMED, SHORT, TURNS, changes, four_months, shards, told

NET_CHANGES = {
    ("2025-02-01", "2025-05-01"): {
        "answered again": {"continued"},
        "archived": {"archived"},
        "begun late": {"new"},
        "continued twice": {"continued"},
        "continued": {"continued"},
        "dated ahead": {"continued"},
        "late": {"new"},
        "o'renamed \"; --": {"renamed"},
        "out of a project": {"moved"},
        "renamed in the dark": {"continued", "renamed"},
        "returned": {"continued", "renamed"},
        "unarchived": {"unarchived"},
        "vanished": {"vanished"},
    },
    ("2025-03-01", "2025-05-01"): {
        "answered again": {"continued"},
        "archived and back": {"unarchived"},
        "archived": {"archived"},
        "begun late": {"new"},
        "continued twice": {"continued"},
        "in a project and out": {"moved"},
        "late": {"new"},
        "o'renamed \"; --": {"renamed"},
        "out of a project": {"moved"},
        "renamed and back": {"renamed"},
        "renamed in the dark": {"renamed"},
        "returned unchanged": {"returned"},
        "returned": {"returned"},
        "to another project": {"moved"},
        "unarchived": {"unarchived"},
    },
    ("2025-05-01", "2025-02-01"): {
        "archived": {"unarchived"},
        "begun late": {"vanished"},
        "late": {"vanished"},
        "o'renamed \"; --": {"renamed"},
        "out of a project": {"moved"},
        "renamed in the dark": {"renamed"},
        "returned": {"renamed"},
        "unarchived": {"archived"},
        "vanished": {"returned"},
    },
    ("2025-05-01", "2025-05-01"): {},
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of the four months; tests only read it."""
    folder = tmp_path_factory.mktemp("months")
    return lake_of(folder / "lake", *four_months(folder))


@pytest.mark.parametrize("conversation_id", LIVES)
def test_a_change_is_told_once_with_its_proven_window(lake: Path, conversation_id: str) -> None:
    """It lies after the last export that shows the state before, and by the first that shows the other."""
    assert changes(lake, conversation_id) == LIVES[conversation_id].changes


def test_nothing_is_told_of_conversations_that_no_dated_export_holds(lake: Path) -> None:
    """An export without a date takes no part."""
    told_of = {name for (name,) in ask(lake, "select distinct conversation_id from conversation_changes")}
    assert told_of == {*LIVES, None}


def test_the_samples_tell_their_story(sample_lake: Path) -> None:
    """As sample_exports/README.md does; the third one holds a record that cannot be read."""
    rows = ask(
        sample_lake,
        "select strftime(changed_before, '%Y-%m') as month, change_kind, count(*) "
        "from conversation_changes group by month, change_kind order by all",
    )
    assert rows == [
        ("2025-09", "new", 14),
        ("2026-01", "archived", 1),
        ("2026-01", "continued", 2),
        ("2026-01", "new", 6),
        ("2026-01", "renamed", 1),
        ("2026-01", "vanished", 1),
        ("2026-08", "continued", 1),
        ("2026-08", "new", 4),
        ("2026-08", "not_comparable", 1),
        ("2026-10", "archived", 1),
        ("2026-10", "continued", 1),
        ("2026-10", "new", 2),
        ("2026-10", "renamed", 1),
    ]


def test_an_export_that_does_not_hold_all_says_why(lake: Path) -> None:
    """Once for each, with the last export before it that does."""
    rows = ask(
        lake,
        "select t.file_name, f.file_name, c.change_type, c.conversation_id, c.reason from conversation_changes c "
        "join exports t on t.export_id = c.to_export_id left join exports f on f.export_id = c.from_export_id "
        "where c.change_kind = 'not_comparable' order by 1",
    )
    assert rows == [
        ("export-2025-04-01", "export-2025-03-01", None, None, "1 unreadable"),
        ("export-2025-05-15", "export-2025-05-01", None, None, "no conversations in this export"),
        ("undated", None, None, None, "nothing tells when this export was made; --exported-at does"),
    ]


def test_a_change_names_the_last_whole_export_before_it(lake: Path) -> None:
    """Null if there is none; one that lacks something is never it."""
    rows = ask(
        lake,
        "select distinct t.file_name, f.file_name from conversation_changes c "
        "join exports t on t.export_id = c.to_export_id left join exports f on f.export_id = c.from_export_id "
        "where c.conversation_id is not null order by 1",
    )
    assert rows == [
        ("export-2025-02-01", None),
        ("export-2025-03-01", "export-2025-02-01"),
        ("export-2025-04-01", "export-2025-03-01"),
        ("export-2025-05-01", "export-2025-03-01"),
    ]


def test_continued_counts_the_added_messages_and_tells_when(lake: Path) -> None:
    """The time of the newest of them, where it lies inside the window; tool calls are not counted."""
    rows = ask(
        lake,
        "select conversation_id, message_count, strftime(changed_at, '%m-%d') from conversation_changes "
        "where change_kind = 'continued' order by conversation_id, changed_before",
    )
    assert rows == [
        ("answered again", 1, None),
        ("continued", 2, "02-10"),
        ("continued twice", 2, "02-10"),
        ("continued twice", 1, "04-11"),
        ("dated ahead", 1, None),
        ("renamed in the dark", 2, "02-10"),
        ("returned", 2, "02-10"),
    ]


def test_new_is_dated_by_its_creation_inside_the_window_only(lake: Path) -> None:
    """What appears late with an early time was missing before for another reason."""
    rows = ask(
        lake,
        "select conversation_id, strftime(changed_at, '%m-%d') from conversation_changes "
        "where change_kind = 'new' and conversation_id in ('unchanged', 'late', 'begun late') order by 1",
    )
    assert rows == [("begun late", "04-11"), ("late", None), ("unchanged", "01-01")]


def test_states_before_and_after_stand_beside_every_change(lake: Path) -> None:
    """Null for what was not there and for what is gone; of one that returned, what was last known."""
    rows = ask(
        lake,
        "select change_type, change_kind, title_before, title_after from conversation_changes "
        "where conversation_id = 'returned' order by changed_before, change_kind",
    )
    assert rows == [
        ("insert", "new", None, "About returned"),
        ("delete", "vanished", "About returned", None),
        ("update", "continued", "About returned", "Another title"),
        ("update", "renamed", "About returned", "Another title"),
        ("insert", "returned", "About returned", "Another title"),
    ]


def test_what_an_export_does_not_tell_is_as_it_was(lake: Path) -> None:
    """A title that is missing, or the project of a conversation that is gone."""
    rows = ask(
        lake,
        "select change_kind, title_before, title_after, project_before, project_after from conversation_changes "
        "where conversation_id in ('renamed in the dark', 'vanished', 'in a project and out') and change_kind <> 'new' "
        "order by conversation_id, changed_before",
    )
    in_project, in_dark, vanished = "About in a project and out", "About renamed in the dark", "About vanished"
    assert rows == [
        ("moved", in_project, in_project, None, "g-p-1"),
        ("moved", in_project, in_project, "g-p-1", None),
        ("continued", in_dark, in_dark, None, None),
        ("renamed", in_dark, "Another title", None, None),
        ("vanished", vanished, None, "g-p-1", None),
    ]


@pytest.mark.parametrize("pair", NET_CHANGES, ids="-".join)
def test_two_exports_differ_by_what_is_not_undone_between_them(lake: Path, pair: tuple[str, str]) -> None:
    """Either way round; an export does not differ from itself."""
    rows = ask(
        lake,
        "select conversation_id, change_kind from conversation_changes($first, $second)",
        first=pair[0],
        second=pair[1],
    )
    found: dict[str, set[str]] = {}
    for conversation_id, change_kind in rows:
        found.setdefault(conversation_id, set()).add(change_kind)
    assert found == NET_CHANGES[pair]


def test_a_difference_has_the_columns_and_windows_of_the_feed(lake: Path) -> None:
    """With the two exports in the places of those between which the feed saw it."""
    forwards = "conversation_changes('2025-02-01', '2025-05-01')"
    assert ask(lake, f"select column_name from (describe from {forwards})") == ask(
        lake, "select column_name from (describe from conversation_changes)"
    )
    rows = ask(
        lake,
        "select f.file_name, t.file_name, c.change_type, strftime(c.changed_after, '%m-%d'), "
        f"strftime(c.changed_before, '%m-%d'), strftime(c.changed_at, '%m-%d'), c.message_count from {forwards} c "
        "join exports f on f.export_id = c.from_export_id join exports t on t.export_id = c.to_export_id "
        "where c.conversation_id in ('vanished', 'continued twice', 'begun late') order by c.conversation_id",
    )
    assert rows == [
        ("export-2025-02-01", "export-2025-05-01", "insert", "03-01", "05-01", "04-11", None),
        ("export-2025-02-01", "export-2025-05-01", "update", "02-01", "05-01", "04-11", 3),
        ("export-2025-02-01", "export-2025-05-01", "delete", "02-01", "03-01", None, None),
    ]


def test_a_difference_may_be_read_backwards(lake: Path) -> None:
    """States change places, windows do not, and no reason is given."""
    rows = ask(
        lake,
        "select change_type, title_before, title_after, strftime(changed_after, '%m-%d'), "
        "strftime(changed_before, '%m-%d'), changed_at, reason from conversation_changes('2025-05-01', '2025-02-01') "
        "where conversation_id in ('vanished', 'begun late', 'renamed in the dark') order by conversation_id",
    )
    assert rows == [
        ("delete", "About begun late", None, "03-01", "05-01", None, None),
        ("update", "Another title", "About renamed in the dark", "02-01", "05-01", None, None),
        ("insert", "About vanished", "About vanished", "02-01", "03-01", None, None),
    ]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        pytest.param("export-2025-04-01", "export-2025-05-01", "1 unreadable", id="partial"),
        pytest.param("export-2025-05-01", "export-2025-05-15", "no conversations in this export", id="absent"),
        pytest.param("undated", "undated", "nothing tells when this export was made; --exported-at does", id="undated"),
    ],
)
def test_exports_that_do_not_hold_all_cannot_be_compared(lake: Path, first: str, second: str, reason: str) -> None:
    """One row says which export is to blame, and why."""
    ids = dict(ask(lake, "select file_name, export_id from exports"))
    sql = "select conversation_id, change_kind, reason from conversation_changes($first, $second)"
    blamed = second if first == "export-2025-05-01" else first
    assert ask(lake, sql, first=ids[first], second=ids[second]) == [
        (None, "not_comparable", f"{ids[blamed]}: {reason}")
    ]


def test_an_export_is_named_by_the_beginning_of_its_id(lake: Path) -> None:
    """One that fits no export or several is an error."""
    (whole,) = [row for (row,) in ask(lake, "select export_id from exports where file_name = 'export-2025-02-01'")]
    sql = "select count(*) from conversation_changes($first, '2025-05-01')"
    assert ask(lake, sql, first=whole[:6]) == ask(lake, sql, first="2025-02-01")
    for words in ("", "nothing"):
        with pytest.raises(duckdb.InvalidInputException, match="fit"):
            ask(lake, sql, first=words)


def test_a_conversation_that_an_export_holds_twice_is_one(tmp_path: Path) -> None:
    """The last one tells the title, and the messages of both are known."""
    first = [
        told(*TURNS[:4], title="Old").record("c1", "classic"),
        told(*TURNS[:1], title="New").record("c1", "classic"),
    ]
    second = [told(*TURNS, title="Old").record("c1", "classic"), first[1], first[1]]
    third = [told(*TURNS[:4], title="New", nothing=1).record("c1", "classic")]
    exports = [
        export_folder(tmp_path, f"export-2025-0{number}-01", files=shards(records), user="user-1")
        for number, records in enumerate((first, second, third), start=2)
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    assert changes(lake, "c1") == (NEW, ("continued", "02-01", "03-01"))


def test_the_same_id_in_two_accounts_is_two_conversations(tmp_path: Path) -> None:
    """Neither account's exports tell anything about the other's, and they are not compared."""
    told_records = [
        (2, "user-1", [SHORT.record("c1", "classic")]),
        (3, "user-2", [RENAMED.record("c1", "classic")]),
        (4, "user-1", [SHORT.record("c1", "classic")]),
        (6, "user-1", []),
    ]
    exports = [
        export_folder(tmp_path, f"{owner}-2025-0{number}-01", conversations=records, user=owner)
        for number, owner, records in told_records
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    assert changes(lake, "c1") == (NEW, ("new", None, "03-01"), ("vanished", "04-01", "06-01"))
    (one, _), (other, _) = ask(lake, "select export_id, file_name from exports order by file_name desc limit 2")
    rows = ask(lake, "select change_kind, reason from conversation_changes($one, $other)", one=one, other=other)
    assert rows == [("not_comparable", "they are of two accounts")]


def test_exports_of_one_time_have_an_order_and_a_note(tmp_path: Path) -> None:
    """The id decides which comes first; that this is not known is said."""
    states = {"a": SHORT, "b": RENAMED}
    exports = [
        export_folder(
            tmp_path / name, "export-2025-02-01", conversations=[state.record("c1", "classic")], user="user-1"
        )
        for name, state in states.items()
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    first, second = [export_id for (export_id,) in ask(lake, "select export_id from exports order by export_id")]
    rows = ask(lake, "select to_export_id, reason from conversation_changes where change_kind in ('new', 'renamed')")
    assert sorted(rows) == [
        (first, "no export before it held all conversations"),
        (second, f"made at the same time as export {first}: which came first is not known"),
    ]


def test_a_lower_bound_of_a_date_ends_no_window(tmp_path: Path) -> None:
    """One that is dated by its newest record was made later than that, but before one that holds something newer."""
    late = replace(user("bye"), at=ON_10_FEBRUARY)
    later = replace(user("again"), at=ON_10_FEBRUARY + 30 * 86_400)
    exports = [
        export_folder(tmp_path, name, conversations=[record], user="user-1")
        for name, record in (
            ("export-2025-02-01", conversation("c1", user("hi"))),
            ("bounded", conversation("c1", *numbered(user("hi"), late), title="Second")),
            ("export-2025-04-01", conversation("c1", *numbered(user("hi"), late, later), title="Third")),
        )
    ]
    lake = lake_of(tmp_path / "lake", *exports[:2])
    open_ended = changes(lake, "c1")
    lake_of(lake, exports[2])
    assert open_ended == (NEW, ("continued", "02-01", None), ("renamed", "02-01", None))
    assert changes(lake, "c1") == (
        NEW,
        ("continued", "02-01", "04-01"),
        ("continued", "02-10", "04-01"),
        ("renamed", "02-01", "04-01"),
        ("renamed", "02-10", "04-01"),
    )
