"""Events: only recorded calls, on every branch, united over all exports."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import START, assistant, bio_call, conversation, numbered, user
from support.lakes import ask, export_folder, lake_of

MANY_LINES = "User plays the cello.\nUser has a dog.\nUser lives in Lyon."
CALLS = numbered(
    user("remember these"),
    *bio_call("User likes tea."),
    *bio_call(MANY_LINES),
    *bio_call("Forget that the user likes tea."),
    *bio_call("ignore"),
    assistant("Noted."),
)
BRANCHES = numbered(
    user("remember tea"),
    *bio_call("User likes green tea."),
    assistant("Noted."),
    user("remember coffee").under("n0"),
    *bio_call("User likes coffee."),
    assistant("Noted."),
)
LATER_CALL = numbered(*CALLS, user("and juice"), *bio_call("User likes juice."))


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of two classic exports and a slim one between them."""
    folder = tmp_path_factory.mktemp("events")
    told = [conversation("c-calls", *CALLS), conversation("c-branches", *BRANCHES)]
    slim = [conversation("c-calls", *CALLS, dialect="slim"), conversation("c-branches", *BRANCHES[:1], dialect="slim")]
    later = [conversation("c-calls", *LATER_CALL), conversation("c-branches", *BRANCHES, title="Renamed")]
    months = {"2025-02-01": told, "2025-03-01": slim, "2025-04-01": later}
    exports = [export_folder(folder, f"export-{day}", conversations=found) for day, found in months.items()]
    return lake_of(folder / "lake", *exports)


def test_every_kind_of_call_is_an_event(lake: Path) -> None:
    """Saves, a save of several lines as one event with its whole text, a forget, and a call that did nothing."""
    sql = "select message_id, event_index, action, content from memory_events where conversation_id = 'c-calls'"
    assert ask(lake, f"{sql} order by occurred_at limit 4") == [
        ("n2", 0, "save", "User likes tea."),
        ("n4", 0, "save", MANY_LINES),
        ("n6", 0, "forget", "Forget that the user likes tea."),
        ("n8", 0, "noop", "ignore"),
    ]


def test_calls_are_united_over_exports_and_counted_once(lake: Path) -> None:
    """A call that each export tells again is one event; one that only the newest tells is there too."""
    counted = ask(lake, "select content, count(*) from memory_events where action = 'save' group by content order by 1")
    assert counted == [
        (text, 1)
        for text in sorted(
            ["User likes coffee.", "User likes green tea.", "User likes juice.", "User likes tea.", MANY_LINES]
        )
    ]


def test_a_call_on_an_abandoned_branch_counts(lake: Path) -> None:
    """The memory was saved, whatever became of the branch."""
    found = ask(
        lake,
        "select v.content, m.is_on_active_path from memory_events v "
        "join messages m using (conversation_id, message_id) where conversation_id = 'c-branches' order by v.content",
    )
    assert found == [("User likes coffee.", True), ("User likes green tea.", False)]


def test_an_event_has_the_time_of_its_call(lake: Path) -> None:
    """In UTC, to the second."""
    sql = "select epoch(occurred_at) from memory_events where message_id = 'n2' and conversation_id = 'c-calls'"
    assert ask(lake, sql) == [(START + 20,)]


def test_a_forget_and_a_noop_are_no_memories(lake: Path) -> None:
    """Only saves make memories; each line of a save of several is one, since no list says otherwise."""
    contents = [
        content for (content,) in ask(lake, "select content from memories where channel <> 'likely' order by 1")
    ]
    assert contents == [
        "User has a dog.",
        "User likes coffee.",
        "User likes green tea.",
        "User likes juice.",
        "User likes tea.",
        "User lives in Lyon.",
        "User plays the cello.",
    ]
