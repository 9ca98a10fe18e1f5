"""Habits of an archive: dates and places in the list count as far as the texts bear them out, and never break."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from memlake.lookup.habits import LAGS, Case, lag_backgrounds, lag_between, settle
from memlake.lookup.shortlist import Calendar

DAY = 86_400.0
CHATS = 60
CALENDAR = Calendar(
    began=tuple(DAY * day for day in range(CHATS)),
    ended=tuple(DAY * day + 600 for day in range(CHATS)),
    numbers=tuple(range(CHATS)),
)
NOWHERE = Calendar((), (), ())


def case(
    points: dict[int, float], *, saved: float | None = None, calendar: Calendar = CALENDAR, none: float = 0.0
) -> Case:
    """Return a memory with the points of the chats it may come from, each said by the user on the chat's own day."""
    return Case(
        points=list(points.values()),
        none_points=none,
        conversations=list(points),
        messages=[100 + chat for chat in points],
        lags=[lag_between(saved, DAY * chat) for chat in points],
        by_user=[True] * len(points),
        lag_backgrounds=lag_backgrounds(saved, calendar),
    )


def settled(cases: Sequence[Case], calendar: Calendar = CALENDAR) -> list[dict[int, float]]:
    """Return the probability of each chat for each memory."""
    settle(cases, calendar=calendar, crowding=1.0)
    for one in cases:
        assert sum(one.shares) == pytest.approx(1.0)
        assert len(one.shares) == len(one.conversations) + 1
    return [one.by_conversation() for one in cases]


def sure(chat: int, *, saved: float | None = None) -> Case:
    """Return a memory that the texts make sure."""
    return case({chat: 9.0, (chat + 30) % CHATS: 0.0}, saved=saved)


def test_a_lag_lies_between_two_dates() -> None:
    """Long ones come last, and where a date is missing there is none."""
    lags = [lag_between(days * DAY, 0.0) for days in (-3.0, 0.0, 1.0, 3.0, 50.0, 1_000.0)]
    assert lags == sorted(lag for lag in lags if lag is not None)
    assert (lags[0], lags[-1]) == (0, len(LAGS))
    assert lag_between(None, 0.0) is None
    assert lag_between(0.0, None) is None


@pytest.mark.parametrize("calendar", [CALENDAR, NOWHERE])
def test_lags_of_all_conversations_are_shares(calendar: Calendar) -> None:
    """None is zero, so that no lag is impossible."""
    shares = lag_backgrounds(30 * DAY, calendar)
    assert sum(shares) == pytest.approx(1.0)
    assert len(shares) == len(LAGS) + 1
    assert min(shares) > 0
    assert lag_backgrounds(None, calendar) == []


def test_a_fitting_date_decides_between_equal_texts() -> None:
    """The chat shortly before the memory was saved."""
    found = settled(
        [*(sure(chat, saved=DAY * chat + 60) for chat in range(8)), case({10: 3, 40: 3}, saved=40 * DAY + 60)]
    )
    assert found[-1][40] > 0.8
    assert found[-1][10] < 0.2


def test_dates_that_the_texts_contradict_lose_their_say() -> None:
    """After thirty memories with the date of an import."""
    asked = {10: 3.0, 59: 3.0}
    right = settled([*(sure(chat, saved=DAY * chat + 60) for chat in range(30)), case(asked, saved=59 * DAY + 60)])
    wrong = settled([*(sure(chat, saved=59 * DAY + 60) for chat in range(30)), case(asked, saved=59 * DAY + 60)])
    assert right[-1][59] > wrong[-1][59]


@pytest.mark.parametrize(("place", "expected"), [(2, 7), (12, 52)])
def test_a_list_in_order_draws_a_memory_to_its_neighbours(place: int, expected: int) -> None:
    """Chats between those of the memories beside it."""
    chats = [2, 5, 9, 12, 15, 20, 25, 30, 35, 40, 44, 50, 54, 57]
    cases = [sure(chat) for chat in chats]
    cases.insert(place, case({7: 3.0, 52: 3.0}))
    found = settled(cases)[place]
    assert found[expected] > 0.5 > found[59 - expected]


def test_a_shuffled_list_draws_less() -> None:
    """Its neighbours tell little."""
    ordered = [2, 5, 9, 12, 15, 20, 25, 30, 35, 40, 44, 50, 54, 57]
    shuffled = [2, 40, 5, 9, 57, 12, 54, 15, 35, 50, 20, 44, 25, 30]

    def drawn(chats: list[int]) -> float:
        cases = [sure(chat) for chat in chats]
        cases.insert(chats.index(5) + 1, case({7: 3.0, 52: 3.0}))
        found = settled(cases)[chats.index(5) + 1]
        return found[7] / found[52]

    assert drawn(ordered) > drawn(shuffled)


def test_a_known_source_draws_like_a_sure_one() -> None:
    """What is recorded or confirmed counts as certain for its neighbours, whatever its own text says."""

    def drawn(known: int | None) -> float:
        cases = [case({chat: 1.0, 59 - chat: 1.0}) for chat in (10, 11, 12)]
        cases[0].known, cases[2].known = known, known and known + 2
        return settled(cases)[1][11]

    assert drawn(10) > drawn(None)


def test_a_known_source_is_certain_for_others() -> None:
    """Even one that is no candidate."""
    one, other = case({3: 1.0}), case({4: 1.0})
    one.known, other.known = 3, 44
    assert settled([one, other]) == [{3: 1.0}, {44: 1.0}]


def test_one_message_is_seldom_the_source_of_many() -> None:
    """A list that repeats all memories loses against the chats in which they were said."""
    cases = [case({chat: 2.0, 59: 2.2}, none=-4.0) for chat in range(10)]
    found = settled(cases)
    assert all(each[chat] > each[59] for chat, each in enumerate(found))
    assert all(one.extra["crowd"][1] < one.extra["crowd"][0] <= 0 for one in cases)


def test_the_user_is_believed_before_the_assistant() -> None:
    """With equal texts."""
    one = case({3: 2.0, 4: 2.0})
    one.by_user = [False, True]
    found = settled([one])[0]
    assert found[4] > found[3]


def test_undated_chats_have_no_place_in_time() -> None:
    """Neither an advantage nor a fault."""
    one = case({3: 2.0, 900: 2.0})
    settled([sure(2), one, sure(4)])
    assert one.extra["list_place"][1] == 0.0
    assert one.extra["date"] == [0.0, 0.0]


@pytest.mark.parametrize("calendar", [NOWHERE, Calendar((0.0,), (1.0,), (0,)), CALENDAR])
@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_the_smallest_archives_settle(calendar: Calendar, count: int) -> None:
    """No memory, no chat, no candidate."""
    cases = [
        case({0: 1.0}, saved=number * DAY, calendar=calendar) if number % 2 else case({}, calendar=calendar)
        for number in range(count)
    ]
    found = settled(cases, calendar)
    assert all(each == {} for each in found[::2])
    assert all(math.isfinite(points) for one in cases for kind in one.extra.values() for points in kind)


def test_settling_twice_is_settling_once() -> None:
    """It starts anew."""
    cases = [sure(chat, saved=DAY * chat) for chat in (1, 2, 3)]
    assert settled(cases) == settled(cases)


def test_extreme_points_stay_finite() -> None:
    """Texts may speak for something however loudly."""
    found = settled([case({1: 900.0, 2: -900.0}, none=-900.0), case({1: -900.0}, none=900.0)])
    assert found[0][1] == pytest.approx(1.0)
    assert found[1][1] == pytest.approx(0.0)
