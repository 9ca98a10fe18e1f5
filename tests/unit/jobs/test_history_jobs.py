"""What changed between exports and what was known when, as Python asks for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.chatgpt import bio_call, conversation, numbered, user
from support.commandline import memlake_here
from support.lakes import Json, export_folder, lake_of, memory

import memlake
from memlake.errors import MemlakeError, UsageError
from memlake.jobs.browse import MemoryCard
from memlake.jobs.history import ConversationMemories, MemoryConversations, memories_as_of

ONE = "user-1@example.org"
TEA, GREEN_TEA = "Likes a cup of tea.", "Likes a cup of green tea."
DOG, CHESS, CELLO = "Has a dog.", "Plays chess.", "Plays the cello."
CHATS: list[Json] = [conversation("c-tea", *numbered(user("hello")), title="Tea time")]
BEFORE, LATER = "2024-12-01T12:00:00Z", "2025-02-20T12:00:00Z"
LISTS: dict[str, list[Json] | None] = {
    "2025-01-01": [
        memory("m-tea", TEA, BEFORE),
        memory("m-dog", DOG, BEFORE),
        memory("m-chess", CHESS, BEFORE, enabled=False),
    ],
    "2025-02-01": None,
    "2025-03-01": [
        memory("m-tea", GREEN_TEA, BEFORE),
        memory("m-chess", CHESS, BEFORE),
        memory("m-cello", CELLO, LATER),
    ],
    "2025-04-01": [],
    "2025-05-01": [
        memory("m-tea", GREEN_TEA, BEFORE),
        memory("m-chess", CHESS, BEFORE),
        memory("m-dog", DOG, BEFORE),
    ],
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> memlake.Lake:
    """Return a lake with five exports of one account and one of another; tests only read it."""
    folder = tmp_path_factory.mktemp("history")
    exports = [
        export_folder(folder, f"one-{date}", conversations=CHATS, memories=memories, user="user-1")
        for date, memories in LISTS.items()
    ]
    other = export_folder(folder, "other-2025-02-15", memories=[memory("m-tea", TEA, BEFORE)], user="user-2")
    return memlake.Lake(lake_of(folder / "lake", *exports, other))


def kinds(difference: memlake.MemoryDiff) -> dict[str | None, str]:
    """Return the kind of change of each memory; the whole list's stands under nothing."""
    return {change.memory_id: change.change_kind for change in difference.changes}


def test_a_difference_is_counted(lake: memlake.Lake) -> None:
    """Between two whole lists each memory has its kinds, and the rest is unchanged."""
    difference = lake.diff("2025-01-01", "2025-03-01", account="user-1@example.org")

    assert kinds(difference) == {"m-tea": "edited", "m-dog": "deleted", "m-chess": "enabled", "m-cello": "new"}
    assert difference.counts == {"edited": 1, "deleted": 1, "enabled": 1, "new": 1}
    assert (difference.unchanged_count, difference.is_comparable) == (0, True)
    assert (difference.before.file_name, difference.after.memory_count) == ("one-2025-01-01", 3)


def test_an_export_does_not_differ_from_itself(lake: memlake.Lake) -> None:
    """All of it is unchanged."""
    difference = lake.diff("2025-03-01", "2025-03-01", account="user-1@example.org")

    assert (difference.changes, difference.counts, difference.unchanged_count) == ((), {}, 3)


def test_the_default_is_the_last_but_one_against_the_latest(lake: memlake.Lake) -> None:
    """After an empty list the list came back, with every memory that is in it now."""
    difference = memlake.diff(lake=lake.folder, account="user-1@example.org")

    assert kinds(difference) == {None: "list_returned"} | dict.fromkeys(("m-tea", "m-chess", "m-dog"), "restored")
    assert difference.unchanged_count == 0


def test_an_emptied_list_is_one_fact(lake: memlake.Lake) -> None:
    """Nobody can say which memories were deleted, so none is."""
    difference = lake.diff("2025-03-01", "2025-04-01", account="user-1@example.org")

    assert kinds(difference) == {None: "list_emptied"}


@pytest.mark.parametrize(
    ("before", "after", "instead"),
    [
        ("2025-01", "2025-02", ("2025-01", "2025-03")),
        ("2025-02", "2025-03", ("2025-01", "2025-03")),
        ("2025-02", "2025-05", ("2025-01", "2025-05")),
        ("2025-05", "2025-02", ("2025-04", "2025-05")),
    ],
)
def test_what_cannot_be_compared_names_two_that_can(
    lake: memlake.Lake, before: str, after: str, instead: tuple[str, str]
) -> None:
    """Each the last whole list until then, else the next; counts would be a lie."""
    difference = lake.diff(before, after, account="user-1@example.org")
    possible = lake.diff(*instead, account="user-1@example.org")

    assert kinds(difference) == {None: "not_comparable"}
    assert (difference.is_comparable, difference.unchanged_count) == (False, None)
    assert difference.comparable_export_ids == (possible.before.export_id, possible.after.export_id)


def test_with_less_than_two_whole_lists_nothing_can_be_compared(tmp_path: Path) -> None:
    """Then no other pair is named."""
    whole = export_folder(tmp_path, "one-2025-01-01", memories=[memory("m", TEA)], user="user-1")
    without = export_folder(tmp_path, "one-2025-02-01", conversations=CHATS, user="user-1")

    assert memlake.Lake(lake_of(tmp_path / "lake", whole, without)).diff().comparable_export_ids is None


def test_several_accounts_must_be_told_apart(lake: memlake.Lake) -> None:
    """`latest` means nothing where there are two accounts."""
    with pytest.raises(UsageError, match="several accounts"):
        lake.diff()


def test_a_timeline_holds_a_glimpse_for_each_export(lake: memlake.Lake) -> None:
    """On, off, not in the list, an empty list, and no list, which tells nothing; edits are marked."""
    (timeline,) = lake.timelines(account="user-1@example.org")

    seen = {row.memory_id: [glimpse.sight for glimpse in row.glimpses] for row in timeline.memories}
    assert seen == {
        "m-tea": ["on", "cannot_tell", "on", "list_empty", "on"],
        "m-dog": ["on", "cannot_tell", "not_listed", "list_empty", "on"],
        "m-chess": ["off", "cannot_tell", "on", "list_empty", "on"],
        "m-cello": ["not_listed", "cannot_tell", "on", "list_empty", "not_listed"],
    }
    assert [
        (glimpse.memory_id, number)
        for row in timeline.memories
        for number, glimpse in enumerate(row.glimpses)
        if glimpse.is_edited
    ] == [("m-tea", 2)]


def test_every_account_has_its_own_timeline(lake: memlake.Lake) -> None:
    """The same id in two accounts is two memories."""
    assert [len(timeline.exports) for timeline in lake.timelines()] in ([5, 1], [1, 5])


def test_a_life_holds_all_that_happened(lake: memlake.Lake) -> None:
    """Also what happened to the whole list, but only while the memory was in it."""
    life = lake.history("m-dog")

    assert isinstance(life, MemoryCard)
    assert [change.change_kind for change in life.changes] == [
        "new",
        "not_comparable",
        "deleted",
        "restored",
    ]


def test_a_memory_is_found_by_a_text_that_it_had(lake: memlake.Lake) -> None:
    """Who remembers the old wording finds the memory with its new one."""
    life = lake.history("of tea", account=ONE)

    assert isinstance(life, MemoryCard)
    assert life.memory.content == GREEN_TEA


def test_every_call_to_forget_belongs_to_a_life(tmp_path: Path) -> None:
    """Also of a user who has no list at all, and one that changed nothing."""
    turns = [*bio_call("User likes tea."), user("no"), *bio_call("Forget that User likes tea."), user("hm")]
    chats = [conversation("c-tea", *numbered(*turns, *bio_call("Forget that User likes tea.")), title="Tea time")]
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=chats, user="user-1")))

    life = lake.history("likes tea")
    pages = [memlake_here(command, "likes tea", cwd=tmp_path).stdout for command in ("history", "show")]

    assert isinstance(life, MemoryCard)
    assert [(call.conversation_id, call.title) for call in life.forgettings] == [("c-tea", "Tea time")] * 2
    assert [page.count('2025-01-01  forgotten  in "Tea time"') for page in pages] == [2, 2]


def test_a_life_is_only_of_a_memory(lake: memlake.Lake) -> None:
    """Words that only fit a conversation fit nothing; several memories are a choice."""
    choice = lake.history("a cup of")
    assert isinstance(choice, list)
    assert len(choice) == 2
    with pytest.raises(MemlakeError, match="no memory fits 'Tea time'"):
        lake.history("Tea time")


def test_the_list_as_of_a_time(lake: memlake.Lake) -> None:
    """Between two lists that differ it is open what was there."""
    then = lake.memories_as_of(datetime(2025, 2, 10, tzinfo=UTC), account="user-1@example.org", text="dog")

    (dog,) = then
    assert (dog.memory_id, dog.is_uncertain) == ("m-dog", True)
    assert [one.memory_id for one in lake.memories_as_of(datetime(2025, 2, 15, tzinfo=UTC), text=TEA)] == [
        "m-tea",
        "m-tea",
    ]


def test_the_list_as_of_a_time_can_be_narrowed_down(lake: memlake.Lake) -> None:
    """To what was on or off then, whatever it is now, and to where memories were seen."""
    first_list = datetime(2025, 1, 1, tzinfo=UTC)

    found = {
        state: [one.memory_id for one in memories_as_of(lake.folder, first_list, account=ONE, states=[state])]
        for state in ("active", "disabled")
    }

    assert found == {"active": ["m-tea", "m-dog"], "disabled": ["m-chess"]}
    assert len(memories_as_of(lake.folder, first_list, account=ONE, channel="memory_file")) == 3
    assert memories_as_of(lake.folder, first_list, account=ONE, channel="event") == []


def test_what_a_conversation_knew_and_who_knew_a_memory(lake: memlake.Lake) -> None:
    """What was listed before it, and not what was off; asked the other way round it is the same."""
    known = lake.memories_in_force("Tea time")
    used = lake.conversations_with("m-dog")

    assert isinstance(known, ConversationMemories)
    assert {one.memory_id for one in known.memories} == {"m-tea", "m-dog"}
    assert isinstance(used, MemoryConversations)
    assert (used.memory.content, [one.conversation_id for one in used.conversations]) == (DOG, ["c-tea"])
    assert isinstance(lake.conversations_with("a cup of"), list)


def test_several_conversations_are_a_choice(tmp_path: Path) -> None:
    """Nothing is guessed."""
    chats = [conversation(key, *numbered(user("hello")), title="Tea time") for key in ("c-1", "c-2")]
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=chats, user="user-1")))

    choice = lake.memories_in_force("tea")

    assert isinstance(choice, list)
    assert [found.item_id for found in choice] == ["c-1", "c-2"]


def test_conversations_are_compared_too(tmp_path: Path) -> None:
    """A new one and one that has vanished."""
    first, second = (
        export_folder(
            tmp_path,
            f"one-2025-0{month}-01",
            conversations=[conversation(key, *numbered(user("hello")), title=key)],
            user="user-1",
        )
        for month, key in ((1, "c-1"), (2, "c-2"))
    )

    difference = memlake.Lake(lake_of(tmp_path / "lake", first, second)).diff_conversations()

    assert {change.conversation_id: change.change_kind for change in difference.changes} == {
        "c-1": "vanished",
        "c-2": "new",
    }
    assert difference.is_comparable
