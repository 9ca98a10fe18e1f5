"""Short lists and passages: which messages are looked at closely, what is known of them, and when chats were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from support.chatgpt import START, bio_call, user
from support.lakes import open_lake
from support.talks import DAY, archive, small_talk, talk

from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex, open_caught_up
from memlake.lake.layout import Layout
from memlake.lookup.archive import calendars, conversation_numbers
from memlake.lookup.passages import Passages
from memlake.lookup.question import questions
from memlake.lookup.shortlist import Calendar, shortlist

CALENDAR = Calendar(began=(0.0, 5 * DAY, 9 * DAY), ended=(DAY, 6 * DAY, 9 * DAY), numbers=(7, 3, 5))
LECTURE = "The theremin, and again the theremin: theremin lessons."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which the assistant says a word more often than the user."""
    talks = [talk(f"c{day}", day, "What now?", LECTURE) for day in range(40)]
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


def listed(index: MessageIndex, content: str, near: Sequence[int] = ()) -> dict[str, float]:
    """Return the short list of a memory, by conversation and message."""
    account = index.conversations["account_key"][0]
    (question,) = questions([content], index, own_names=())
    found = shortlist(question, index, account=account, near=near)
    rows = index.messages(sorted(found)).iter_rows(named=True)
    return {f"{row['conversation_id']}/{row['message_id']}": found[row["message_number"]] for row in rows}


def test_long_answers_do_not_crowd_out_the_user(index: MessageIndex) -> None:
    """Each speaker has a list, and the best of each counts 1."""
    found = listed(index, "User plays the theremin.")
    assert found["mine/n2"] == 1.0
    assert 1.0 in {score for place, score in found.items() if place != "mine/n2"}
    assert all(0 < score <= 1.0 for score in found.values())
    assert len(found) < 40


def test_talks_near_the_date_are_on_the_list(index: MessageIndex) -> None:
    """However little they share; others with as little may not be."""
    number = conversation_numbers(index)[index.conversations["account_key"][0], "c39"]
    assert "c39/n2" in listed(index, "User has a theremin lessons diary", near=[number])


def test_a_memory_without_words_has_an_empty_list(index: MessageIndex) -> None:
    """As one has whose words nobody said."""
    assert listed(index, "User") == listed(index, "Zeppelins over Zanzibar", near=[0, 1]) == {}


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
    passages = Passages(database, index)
    passages.fetch({number: {"theremin"} for number in range(first - 1, first + 5)})
    passages.fetch({first + 1: {"play", "cello"}, 10_000: {"play"}})

    said = [passages.get(number) for number in range(first, first + 3)]
    assert [each and each.text for each in said] == ["Ok.", "I play the theremin.", "User plays the theremin."]
    assert [each and each.is_spoken for each in said] == [True, True, False]
    assert [each and each.is_by_user for each in said] == [True, True, False]
    assert said[1] is not None
    assert said[1].counts == {"theremin": 1, "play": 1}
    assert (said[1].word_count, said[1].message_id, said[1].conversation_id) == (4, "n2", "mine")
    assert said[1].created_at == START + 50 * DAY + 10
    assert passages.neighbour(said[1], -1) == said[0]
    assert passages.neighbour(said[1], -2) is None
    assert passages.neighbour(said[1], 40) is None
    assert passages.get(10_000) is None


def test_of_a_long_message_only_the_beginning_is_read(database: Database, index: MessageIndex) -> None:
    """Unless it is there already; nothing can be asked for too."""
    passages = Passages(database, index)
    passages.fetch({})
    passages.fetch({0: {"hello"}, 1: {"bleed"}}, most_characters=5)
    passages.fetch({0: {"hello"}, 1: {"bleed"}})

    first = passages.get(0)
    assert first is not None
    assert (first.text, first.counts, first.word_count) == ("Hello", {"hello": 1}, 1)
