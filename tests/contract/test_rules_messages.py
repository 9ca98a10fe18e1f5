"""Messages and conversations: a union over all exports, each in its richest known state."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from support.chatgpt import START, Json, Turn, as_bytes, assistant, bio_call, conversation, numbered, text_content, user
from support.lakes import ask, export_folder, lake_of, misplaced_messages, relations

LONG_ID = "c-" + "x" * 10_000
ODD_IDS = ["UPPER-case", "upper-case", "with/slash", LONG_ID]
TOLD = numbered(
    user("remember that I play the cello"), *bio_call("User plays the cello."), assistant("Noted."), user("thanks")
)
SAID_BEFORE = numbered(user("a question"), assistant("an old answer"))
REGENERATED = [*SAID_BEFORE, Turn(role="assistant", content=text_content("a new answer"), key="n3").under("n1")]
ASKED = numbered(user("old words"), *bio_call("User likes tea."), assistant("Noted."))
REPHRASED = numbered(*ASKED, user("new words").under("n0"), assistant("An answer."))


class Line(NamedTuple):
    """What a test looks at in a message."""

    message_id: str
    parent_id: str | None
    position: int
    is_on_active_path: bool


def conversations_of(month: int, dialect: str) -> list[Json]:
    """Return the conversations as a classic export of February or a slim one of March tells them."""
    is_later = month == 3
    return [
        conversation("c-tools", *TOLD, dialect=dialect, title="Later title" if is_later else "Title"),
        conversation("c-gone-turn", *(TOLD[:4] if is_later else TOLD)),
        conversation("c-regenerated", *(REGENERATED if is_later else SAID_BEFORE)),
        conversation("c-rephrased", *(REPHRASED if is_later else ASKED), dialect=dialect),
        conversation("c-archived", *TOLD[:1], dialect=dialect, is_archived=is_later),
        conversation("c-once", *(TOLD if not is_later else TOLD[:4]), gizmo_id=None if is_later else "g-p-1"),
        *(conversation(each, user("hi")) for each in ODD_IDS),
    ]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of a classic export and a later one in the slim dialect."""
    folder = tmp_path_factory.mktemp("messages")
    classic = export_folder(folder, "export-2025-02-01", conversations=conversations_of(2, "classic"))
    slim = export_folder(folder, "export-2025-03-01", conversations=conversations_of(3, "slim"))
    return lake_of(folder / "lake", slim, classic)


def lines(lake: Path, conversation_id: str) -> list[Line]:
    """Return the messages of a conversation in order."""
    sql = "select message_id, parent_id, position, is_on_active_path from messages where conversation_id = $id"
    return [Line(*row) for row in ask(lake, f"{sql} order by position", id=conversation_id)]


def test_tool_calls_survive_an_export_without_them(lake: Path) -> None:
    """The call and its reply stay where they were, on the active path, although the newest export cannot show them."""
    assert lines(lake, "c-tools") == [
        Line("n1", None, 0, True),
        Line("n2", "n1", 1, True),
        Line("n3", "n2", 2, True),
        Line("n4", "n3", 3, True),
        Line("n5", "n4", 4, True),
    ]


def test_what_only_the_older_dialect_says_stays_known(lake: Path) -> None:
    """Recipient and state of a message come from the classic export; the slim one has no such columns."""
    sql = "select recipient, status from messages where conversation_id = 'c-tools' and message_id in ('n1', 'n2')"
    assert sorted(ask(lake, sql)) == [("all", "finished_successfully"), ("bio", "finished_successfully")]


def test_a_message_that_a_later_export_could_show_and_lacks_is_off_the_path(lake: Path) -> None:
    """It stays in the lake: nothing is erased."""
    assert [line.is_on_active_path for line in lines(lake, "c-gone-turn")] == [True, True, True, True, False]


def test_the_active_path_is_the_newest_one(lake: Path) -> None:
    """A regenerated answer takes the place of the older one."""
    assert lines(lake, "c-regenerated") == [
        Line("n1", None, 0, True),
        Line("n2", "n1", 1, False),
        Line("n3", "n1", 2, True),
    ]


def test_a_tool_call_leaves_the_active_path_with_the_turns_around_it(lake: Path) -> None:
    """A call below a message that was rephrased since stands on an abandoned branch."""
    on_path = {line.message_id: line.is_on_active_path for line in lines(lake, "c-rephrased")}
    assert on_path == {"n1": False, "n2": False, "n3": False, "n4": False, "n5": True, "n6": True}


def test_title_and_archived_flag_are_those_of_the_newest_export(lake: Path) -> None:
    """Whatever the order of ingest."""
    assert ask(lake, "select title from conversations where conversation_id = 'c-tools'") == [("Later title",)]
    assert ask(lake, "select is_archived from conversations where conversation_id = 'c-archived'") == [(True,)]


def test_a_value_that_the_newest_export_lacks_stays_known(lake: Path) -> None:
    """The project of a conversation was told once."""
    assert ask(lake, "select project_id from conversations where conversation_id = 'c-once'") == [("g-p-1",)]


def test_a_conversation_counts_every_message_that_was_ever_seen(lake: Path) -> None:
    """message_count agrees with the relation messages, for conversations told once and more often."""
    counted = ask(
        lake,
        "select conversation_id from conversations c where message_count <> (select count(*) from messages m "
        "where m.account_key = c.account_key and m.conversation_id = c.conversation_id)",
    )
    assert counted == []


def test_every_parent_stands_before_its_answers(lake: Path) -> None:
    """Positions count from 0 without gaps, parents first, over the union of all exports."""
    assert misplaced_messages(lake) == []


@pytest.mark.parametrize("conversation_id", ODD_IDS, ids=["upper", "lower", "slash", "long"])
def test_an_id_is_kept_to_the_letter(lake: Path, conversation_id: str) -> None:
    """Upper case, slashes and ten thousand characters included; the message n1 is in each of them."""
    assert ask(lake, "select message_count from conversations where conversation_id = $id", id=conversation_id) == [
        (1,)
    ]
    assert [line.message_id for line in lines(lake, conversation_id)] == ["n1"]


def test_two_records_of_one_state_tell_what_one_tells(tmp_path: Path) -> None:
    """The way of merging several records and the short cut for a single one agree in every column."""
    branches = numbered(
        user("a question"),
        *bio_call("User plays the cello."),
        assistant("one").saying(create_time=START - 5),
        assistant("two").under("n1").saying(create_time=None),
        user("early root").under("n0").saying(create_time=None),
        user("and?").under("n5"),
    )
    record = conversation("c1", *branches, current_node="n7")
    sole = export_folder(tmp_path, "sole-2025-02-01", conversations=[record], user="user-1")
    other = record | {"nothing": 1}
    twice = export_folder(tmp_path, "twice-2025-02-01", conversations=[other, record], user="user-1")

    fast, slow = lake_of(tmp_path / "fast", sole), lake_of(tmp_path / "slow", twice)

    assert ask(slow, "select count(*) from staging.merged_messages") == [(7,)]
    assert ask(fast, "select count(*) from staging.merged_messages") == [(0,)]
    same = [name for name in relations(fast) if not name.startswith("export") and not name.endswith("_changes")]
    assert {name: relations(slow)[name] for name in same} == {name: relations(fast)[name] for name in same}


def test_a_conversation_vanishes_only_from_a_later_export_that_is_whole(tmp_path: Path) -> None:
    """One that is damaged or has no date cannot show that something is gone; a dated whole one can."""
    both = [conversation("c1", user("hi")), conversation("c2", user("hi"))]
    first = export_folder(tmp_path, "export-2025-02-01", conversations=both, user="user-1")
    damaged = export_folder(tmp_path, "export-2025-03-01", conversations=[both[0], "damaged"], user="user-1")
    undated = export_folder(tmp_path, "undated", conversations=[], user="user-1")
    whole = export_folder(tmp_path, "export-2025-04-01", conversations=both[:1], user="user-1")
    lake = lake_of(tmp_path / "lake", first, damaged, undated)
    vanished = "select conversation_id from conversations where is_vanished"

    before = ask(lake, vanished)
    lake_of(lake, whole)

    assert before == []
    assert ask(lake, vanished) == [("c2",)]


def test_ratings_of_one_message_id_in_two_conversations_stay_apart(tmp_path: Path) -> None:
    """Message ids are unique only inside a conversation."""
    ratings = [
        {"id": "n1", "conversation_id": "c1", "rating": "thumbs_up"},
        {"id": "n1", "conversation_id": "c2", "rating": "thumbs_down"},
    ]
    both = [conversation("c1", user("hi")), conversation("c2", user("hi"))]
    export = export_folder(tmp_path, conversations=both, files={"message_feedback.json": as_bytes(ratings)})

    lake = lake_of(tmp_path / "lake", export)

    rows = ask(lake, "select conversation_id, rating from message_feedback order by 1")
    assert rows == [("c1", "thumbs_up"), ("c2", "thumbs_down")]
