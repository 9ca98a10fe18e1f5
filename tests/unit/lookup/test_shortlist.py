"""Short lists and passages: which messages are looked at closely, what is known of them, and when chats were."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pytest
from support.chatgpt import START, bio_call, user
from support.lakes import open_lake
from support.talks import DAY, archive, small_talk, talk

from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout
from memlake.lookup.archive import calendars, conversation_numbers
from memlake.lookup.passages import read_passages
from memlake.lookup.question import questions
from memlake.lookup.shortlist import CLOSELY_READ, Calendar, shortlist

CALENDAR = Calendar(began=(0.0, 5 * DAY, 9 * DAY), ended=(DAY, 6 * DAY, 9 * DAY), numbers=(7, 3, 5))
LECTURE = "The theremin, and again the theremin: theremin lessons."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which the assistant says a word more often than the user."""
    talks = [talk(f"c{day}", day, "What now?", LECTURE) for day in reversed(range(40))]
    talks.append(talk("mine", 50, user("Ok."), user("I play the theremin."), *bio_call("User plays the theremin.")))
    talks.append(talk("weak", 60, "Playing is fun.", "Is it?"))
    return archive(tmp_path_factory.mktemp("shortlist"), [*small_talk(), *talks], [])


@pytest.fixture(scope="module")
def index(folder: Path) -> Iterator[MessageIndex]:
    """Give its index."""
    with open_caught_up(Layout(folder)) as opened:
        yield opened


@pytest.fixture
def database(folder: Path, index: MessageIndex) -> Iterator[Database]:
    """Give its database."""
    assert index.message_count
    with open_lake(folder) as opened:
        yield opened


def listed(
    index: MessageIndex, content: str, near: Sequence[int] = (), rejected: Collection[str] = ()
) -> tuple[list[str], dict[str, float]]:
    """Return the short list of a memory as conversations and messages, and the strengths of the conversations."""
    account = index.conversations["account_key"][0]
    (question,) = questions([content], index, own_names=())
    found = shortlist(question, index, account=account, near=near, rejected=rejected)
    assert set(found.numbers) <= found.found
    rows = index.messages(found.numbers).iter_rows(named=True)
    ids = dict(index.conversations.select("conversation_number", "conversation_id").iter_rows())
    strengths = {ids[number]: strength for number, strength in found.chats.items()}
    return [f"{row['conversation_id']}/{row['message_id']}" for row in rows], strengths


def test_long_answers_do_not_crowd_out_the_user(index: MessageIndex) -> None:
    """The user's best message comes first, however many others say as much."""
    found, _ = listed(index, "User plays the theremin.")
    assert found[0] == "mine/n2"
    assert "c0/n2" in found
    assert len(found) == CLOSELY_READ


def test_of_equal_messages_the_oldest_are_on_the_list(index: MessageIndex) -> None:
    """Forty talks have the same answer; newer ones were indexed first."""
    found, _ = listed(index, "User has lessons.")
    assert found == [f"c{day}/n2" for day in range(CLOSELY_READ)]


def test_talks_near_the_date_are_on_the_list(index: MessageIndex) -> None:
    """However little they share; others with as little may not be."""
    number = conversation_numbers(index)[index.conversations["account_key"][0], "c39"]
    assert "c39/n2" in listed(index, "User has a theremin lessons diary", near=[number])[0]
    assert "c39/n2" not in listed(index, "User has a theremin lessons diary")[0]


def test_what_nobody_sees_and_what_was_rejected_is_not_on_the_list(index: MessageIndex) -> None:
    """The call of the memory tool has all words; a rejected talk has them too."""
    assert "mine/n3" not in listed(index, "User plays the theremin.")[0]
    assert not any(place.startswith("mine/") for place in listed(index, "Plays theremin.", rejected=["mine"])[0])


def test_the_talk_that_has_most_of_it_is_the_strongest(index: MessageIndex) -> None:
    """All others are compared with it."""
    _, strengths = listed(index, "User plays the theremin.")
    assert strengths["mine"] == max(strengths.values()) == 1.0
    assert 0 < strengths["weak"] < 1.0


def test_a_memory_without_words_has_an_empty_list(index: MessageIndex) -> None:
    """As one has whose words nobody said."""
    assert listed(index, "User") == listed(index, "Zeppelins over Zanzibar", near=[0, 1]) == ([], {})


def test_near_are_the_talks_of_two_days_before() -> None:
    """And what began within the hour after; a date may be early."""
    assert CALENDAR.near(6 * DAY) == [3]
    assert CALENDAR.near(9 * DAY - 60) == [5]
    assert CALENDAR.near(8 * DAY) == []
    assert CALENDAR.near(-DAY) == []
    assert Calendar((), (), ()).near(0.0) == []


def test_shares_are_of_all_talks() -> None:
    """None without any."""
    assert CALENDAR.share_between(0.0, 5 * DAY) == pytest.approx(1 / 3)
    assert CALENDAR.share_between(-DAY, 10 * DAY) == 1.0
    assert Calendar((), (), ()).share_between(0.0, 1.0) == 0.0


def test_a_calendar_is_in_the_order_of_time(database: Database, index: MessageIndex) -> None:
    """With the numbers of the index."""
    ((account_key, calendar),) = calendars(database, index).items()
    numbers = conversation_numbers(index)
    assert list(calendar.began) == sorted(calendar.began)
    assert calendar.numbers[-1] == numbers[account_key, "small-15"]
    assert calendar.began[0] == START


def test_passages_know_their_neighbours(database: Database, index: MessageIndex) -> None:
    """Within their conversation; what was not fetched is unknown."""
    key = index.conversations["account_key"][0], "mine"
    own = conversation_numbers(index)[key]
    first = next(
        number
        for number in range(index.message_count)
        if index.messages([number])["conversation_number"].to_list() == [own]
    )
    passages = read_passages(database, index, [first + 1, 10_000], words={"theremin", "play", "cello", "ok"})

    said = [passages.get(number) for number in range(first, first + 3)]
    assert [each and each.text for each in said] == ["Ok.", "I play the theremin.", "User plays the theremin."]
    assert [each and each.is_spoken for each in said] == [True, True, False]
    assert [each and each.is_by_user for each in said] == [True, True, False]
    assert [each and each.first_words for each in said] == [{"ok"}, frozenset(), {"theremin"}]
    before, itself, _ = said
    assert before is not None
    assert itself is not None
    assert itself.words == {"theremin", "play"}
    assert (itself.word_count, itself.message_id, itself.conversation_id) == (4, "n2", "mine")
    assert itself.said_at == START + 50 * DAY + 10
    assert passages.spoken_neighbour(itself, -1) == before
    assert passages.spoken_neighbour(itself, 1) is None
    assert passages.spoken_neighbour(itself, -2) is None
    assert passages.spoken_neighbour(itself, 40) is None
    assert passages.without([before.number]).spoken_neighbour(itself, -1) is None
    assert passages.get(10_000) is None


def test_of_what_stands_around_only_the_beginning_counts(tmp_path: Path) -> None:
    """Whether it was read as a whole for another memory or not."""
    long = "word " * 400 + "theremin"
    lake = archive(tmp_path, [talk("c", 0, long, "Aha.")], [])
    with open_caught_up(Layout(lake)) as opened, open_lake(lake) as database:
        alone = read_passages(database, opened, [1], words={"theremin", "word"})
        together = read_passages(database, opened, [0, 1], words={"theremin", "word"})

    neighbours = [each for found in (alone, together) if (each := found.get(0))]
    assert [each.first_words for each in neighbours] == [{"word"}, {"word"}]
    assert [each.words for each in neighbours] == [{"word"}, {"word", "theremin"}]
    assert [len(each.text) for each in neighbours] == [800, len(long)]
