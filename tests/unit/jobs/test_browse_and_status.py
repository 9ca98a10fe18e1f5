"""Looking into a lake: memories, cards, and what it can and cannot answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import as_bytes, assistant, bio_call, conversation, numbered, user
from support.lakes import Json, export_folder, lake_of, memory

import memlake
from memlake.errors import MemlakeError, UsageError
from memlake.jobs.browse import MemoryCard
from memlake.query.conversations import ConversationCard

CALLS: list[Json] = [conversation("c-tea", *numbered(user("hi"), *bio_call("User likes tea."), assistant("Noted.")))]
NO_CALLS: list[Json] = [conversation("c-chat", user("hi"), dialect="slim")]
NO_TOOL_LAYER = "no export has the tool layer: save events can only come from older exports"
SAVED_WHERE = "which conversation saved a memory"
LISTED = [memory("m-cello", "User plays the cello."), memory("m-dog", "User has a dog.")]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> memlake.Lake:
    """Return a lake of two accounts; tests only read it."""
    folder = tmp_path_factory.mktemp("browse")
    one = export_folder(folder, "one", conversations=CALLS, memories=LISTED, user="user-1")
    other = export_folder(folder, "other", conversations=NO_CALLS, memories=LISTED[:1], user="user-2")
    return memlake.Lake(lake_of(folder / "lake", one, other))


def test_memories_can_be_narrowed_down(lake: memlake.Lake) -> None:
    """By account, channel, words and state."""
    assert len(lake.memories()) == 4
    assert [found.memory_id for found in lake.memories(account="user-2@example.org")] == ["m-cello"]
    assert [found.content for found in lake.memories(channel="event")] == ["User likes tea."]
    assert [found.memory_id for found in lake.memories(text="DOG")] == ["m-dog"]
    assert len(lake.memories(states=["active", "deleted"])) == 3
    assert lake.memories(states=["deleted"]) == []


def test_a_memory_is_shown_with_its_sightings(lake: memlake.Lake) -> None:
    """By the beginning of its id."""
    card = lake.show("m-do")
    assert isinstance(card, MemoryCard)
    assert [sighting.file_name for sighting in card.sightings] == ["one"]


def test_a_conversation_is_shown_with_its_messages(lake: memlake.Lake) -> None:
    """By its id."""
    card = lake.show("c-tea")
    assert isinstance(card, ConversationCard)
    assert len(card.turns) == 4


def test_what_fits_several_things_is_a_choice(lake: memlake.Lake) -> None:
    """Two accounts have a memory of that id; with the account there is only one."""
    choice = lake.show("m-cello")
    assert isinstance(choice, list)
    assert len(choice) == 2
    assert isinstance(lake.show("m-cello", account="user-1@example.org"), MemoryCard)


def test_what_fits_nothing_is_said(lake: memlake.Lake) -> None:
    """With the way to the ids."""
    with pytest.raises(MemlakeError, match="no memory and no conversation") as caught:
        lake.show("zebra")
    assert "memlake list" in str(caught.value.hint)


def test_a_beginning_of_several_accounts_is_refused(lake: memlake.Lake) -> None:
    """When reading, too."""
    with pytest.raises(UsageError, match="several accounts"):
        lake.memories(account="chatgpt:")


def test_a_query_answers_as_a_frame(lake: memlake.Lake) -> None:
    """With parameters; the lake is named when it is shown."""
    frame = lake.sql("select content from memories where memory_id = $id", id="m-dog")
    assert frame.to_dicts() == [{"content": "User has a dog."}]
    assert str(lake.folder) in repr(lake)


@pytest.mark.parametrize(
    ("exports", "verdicts"),
    [
        pytest.param([{"conversations": CALLS, "memories": LISTED}], ["yes", "partly", "partly", "yes"], id="all"),
        pytest.param([{"conversations": CALLS}], ["partly", "partly", "yes", "yes"], id="calls-only"),
        pytest.param([{"conversations": NO_CALLS}], ["no", "no", "no", "yes"], id="slim-only"),
        pytest.param([{"memories": LISTED}, {"memories": LISTED[:1]}], ["yes", "yes", "no", "no"], id="two-lists"),
        pytest.param(
            [{"memories": LISTED}, {"memories": LISTED[:1]}, {"conversations": []}],
            ["yes", "partly", "no", "no"],
            id="two-lists-of-three",
        ),
        pytest.param([{"memories": LISTED}, {"conversations": []}], ["yes", "no", "no", "no"], id="empty-chats"),
        pytest.param(
            [{"files": {"memory.json": as_bytes([*LISTED, 7])}}], ["partly", "no", "no", "no"], id="part-of-a-list"
        ),
        pytest.param(
            [{"conversations": CALLS}, {"conversations": NO_CALLS}],
            ["partly", "partly", "partly", "yes"],
            id="both-dialects",
        ),
    ],
)
def test_status_says_what_can_be_answered(tmp_path: Path, exports: list[Json], verdicts: list[str]) -> None:
    """What is remembered, from which conversation, what changed, and what was said; each with its reason."""
    folders = [
        export_folder(tmp_path, f"export-2025-0{month}-01", user="user-1", **export)  # type: ignore[arg-type]
        for month, export in enumerate(exports, start=2)
    ]
    status = memlake.Lake(lake_of(tmp_path / "lake", *folders)).status()
    assert [answer.verdict for answer in status.answers] == verdicts
    assert all(answer.why for answer in status.answers)
    assert status.problems == ()


@pytest.mark.parametrize(
    ("export", "why"),
    [
        ({"conversations": CALLS}, "recorded for 1 of 1"),
        (
            {"conversations": CALLS, "memories": LISTED},
            "recorded for 1 of 3; memlake lookup-sources looks for the others",
        ),
        (
            {"conversations": NO_CALLS, "memories": LISTED},
            f"recorded for 0 of 2; {NO_TOOL_LAYER}; memlake lookup-sources looks for the others",
        ),
        (
            {"conversations": NO_CALLS},
            f"no memories are known; {NO_TOOL_LAYER}",
        ),
        ({"conversations": [conversation("c-1", user("hi"))]}, "no memories are known"),
    ],
)
def test_status_counts_the_memories_whose_source_is_recorded(tmp_path: Path, export: Json, why: str) -> None:
    """That some are recorded does not mean that all are."""
    lake = take_in_one(tmp_path, export)
    assert {answer.question: answer.why for answer in lake.status().answers}[SAVED_WHERE] == why


def test_status_counts_what_lookup_found_and_did_not_find(tmp_path: Path) -> None:
    """Once it has looked, nobody is sent to look again."""
    said = conversation("c-dog", *numbered(user("I have a dog called Miso, a beagle of five years."), assistant("Ah.")))
    listed = [memory("m-dog", "User has a dog called Miso, a beagle of five years."), *LISTED[:1]]
    lake = take_in_one(tmp_path, {"conversations": [*CALLS, said], "memories": listed})

    lake.lookup_sources()

    (answer,) = [answer for answer in lake.status().answers if answer.question == SAVED_WHERE]
    assert (answer.verdict, answer.why) == (
        "partly",
        "recorded for 1 of 3, found by their words for 1, not found for 1",
    )


def take_in_one(folder: Path, export: Json) -> memlake.Lake:
    """Return a lake of one export."""
    written = export_folder(folder, user="user-1", **export)  # type: ignore[arg-type]
    return memlake.Lake(lake_of(folder / "lake", written))
