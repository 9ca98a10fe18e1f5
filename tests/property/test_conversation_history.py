"""Whatever happened to conversations and whatever exports show of it: no change is told that did not happen."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.chatgpt import START, Json, assistant, bio_call, conversation, user
from support.lakes import export_folder, lake_of, open_lake

DAY = 86_400
DAYS = 60
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
"""Exports are made at midnight, everything else happens at noon."""

_MESSAGES_A_DAY = 2  # and one of a tool, which does not count

Difference = tuple[str, str, int | None]
"""A conversation's id, the kind of change, and how many messages were added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is true of a conversation at the beginning of a day."""

    title: str
    project_id: str | None = None
    is_archived: bool = False
    is_there: bool = True
    message_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """What is done to a conversation: on which day it begins, and what on which later one."""

    first_day: int
    events: tuple[tuple[int, str], ...]

    def at(self, day: int) -> State | None:
        """Return what is true at the beginning of a day; None before it began."""
        if day <= self.first_day:
            return None
        state = State(title="Title", message_days=(self.first_day,))
        for event_day, event in sorted(self.events):
            if self.first_day < event_day < day:
                state = _after(state, event_day, event)
        return state


@dataclass(frozen=True, slots=True)
class Delivery:
    """An export: when it is made, in which dialect, and what of the conversations it holds."""

    day: int
    dialect: str
    holds: str  # all, some, none, undated


def _after(state: State, day: int, event: str) -> State:
    if event in ("deleted", "restored"):
        return replace(state, is_there=event == "restored")
    if not state.is_there:
        return state
    return {
        "continued": replace(state, message_days=(*state.message_days, day)),
        "renamed": replace(state, title=f"Title of day {day}"),
        "archived": replace(state, is_archived=not state.is_archived),
        "moved": replace(state, project_id=None if state.project_id else f"g-p-{day}"),
    }[event]


lives = st.lists(
    st.builds(
        Life,
        st.integers(0, DAYS // 2),
        st.lists(
            st.tuples(
                st.integers(0, DAYS),
                st.sampled_from(["continued", "renamed", "archived", "moved", "deleted", "restored"]),
            ),
            max_size=6,
            unique_by=lambda event: event[0],
        ).map(tuple),
    ),
    min_size=4,
    max_size=8,
)
deliveries = st.lists(
    st.builds(
        Delivery,
        st.integers(1, DAYS),
        st.sampled_from(["classic", "slim"]),
        st.sampled_from(["all", "all", "all", "some", "none", "undated"]),
    ),
    min_size=3,
    max_size=5,
    unique_by=lambda delivery: delivery.day,
)


@dataclass(frozen=True, slots=True)
class Account:
    """What truly happened to some conversations, and the exports that tell of it in the order in which they come."""

    lives: Sequence[Life]
    deliveries: Sequence[Delivery]

    @property
    def whole_days(self) -> list[int]:
        """The days of the exports that hold all conversations."""
        return [delivery.day for delivery in self.deliveries if delivery.holds == "all"]

    @property
    def has_one_dialect(self) -> bool:
        """Whether every export can tell the same."""
        return len({delivery.dialect for delivery in self.deliveries}) == 1

    def at(self, conversation_id: str, day: int | None) -> State | None:
        """Return what is true of a conversation; None before it began, and while it is deleted."""
        state = None if day is None else self.lives[int(conversation_id[1:])].at(day)
        return state if state and state.is_there else None

    def held(self, delivery: Delivery) -> dict[str, State]:
        """Return the conversations in an export."""
        ids = [f"c{number}" for number in range(len(self.lives))]
        there = {each: state for each in ids if (state := self.at(each, delivery.day))}
        kept = {"all": list(there), "undated": list(there), "some": list(there)[::2], "none": []}[delivery.holds]
        return {conversation_id: there[conversation_id] for conversation_id in kept}

    def was_seen(self, conversation_id: str, day: int) -> bool:
        """Whether an export that is made by then, and has a date, holds a conversation."""
        return any(
            conversation_id in self.held(delivery)
            for delivery in self.deliveries
            if delivery.day <= day and delivery.holds != "undated"
        )

    def differences(self, first: int, second: int) -> set[Difference]:
        """Return what turns the conversations of one day into those of another: id, kind, added messages."""
        found: set[Difference] = set()
        for number in range(len(self.lives)):
            conversation_id = f"c{number}"
            old, new = self.at(conversation_id, first), self.at(conversation_id, second)
            if old and new:
                added_count = _MESSAGES_A_DAY * (len(new.message_days) - len(old.message_days))
                kinds = _kinds(old, new) | ({"continued"} if added_count > 0 else set())
                found |= {(conversation_id, kind, added_count if kind == "continued" else None) for kind in kinds}
            elif new:
                is_known = second < first or self.was_seen(conversation_id, first)
                found.add((conversation_id, "returned" if is_known else "new", None))
            elif old:
                found.add((conversation_id, "vanished", None))
        return found


def _kinds(old: State, new: State) -> set[str]:
    kinds = {
        "renamed": old.title != new.title,
        "archived": new.is_archived and not old.is_archived,
        "unarchived": old.is_archived and not new.is_archived,
        "moved": old.project_id != new.project_id,
    }
    return {kind for kind, happened in kinds.items() if happened}


def _record(conversation_id: str, state: State, delivery: Delivery) -> Json:
    """Return a conversation as an export tells it."""
    is_undated = delivery.holds == "undated"
    turns = [
        replace(turn, key=f"{turn.role}-{day}", at=None if is_undated or turn.role == "tool" else float(day * DAY))
        for day in state.message_days
        for turn in (user("and?"), *bio_call("User asks.")[1:], assistant("Noted."))
    ]
    project_key = "gizmo_id" if delivery.dialect == "classic" else "conversation_template_id"
    keys: Json = {
        "title": state.title,
        "is_archived": state.is_archived,
        "create_time": None if is_undated else START + state.message_days[0] * DAY,
        "update_time": None,
        project_key: state.project_id,
    }
    return conversation(conversation_id, *turns, dialect=delivery.dialect, **keys)


def _write(folder: Path, account: Account, delivery: Delivery) -> Path:
    records: list[object] = [_record(each, state, delivery) for each, state in account.held(delivery).items()]
    name = "undated" if delivery.holds == "undated" else f"export-{_date(delivery.day)}"
    return export_folder(
        folder / str(delivery.day),
        name,
        conversations=None if delivery.holds == "none" else records + ["damaged"] * (delivery.holds == "some"),
        memories=[],
        user="user-1",
    )


def _date(day: int) -> str:
    return f"{FIRST_DAY + timedelta(days=day):%Y-%m-%d}"


def _day(at: datetime | None) -> int | None:
    """Return how many midnights have passed by a time."""
    return None if at is None else (at - FIRST_DAY).days


def _is_true(account: Account, change: Json) -> bool:
    """Tell whether a change of the feed happened inside its window, from the state that it names to the other."""
    conversation_id, kind = str(change["conversation_id"]), change["change_kind"]
    after, before = _day(change["changed_after"]), _day(change["changed_before"])  # type: ignore[arg-type]
    old, new = account.at(conversation_id, after), account.at(conversation_id, before)
    if kind in ("new", "returned"):
        return old is None and new is not None and new.title == change["title_after"]
    if kind == "vanished":
        return old is not None and new is None and change["title_after"] is None
    if old is None or new is None:
        return False
    if kind == "continued":
        added_days = new.message_days[len(old.message_days) :]
        is_timed = _day(change["changed_at"]) == added_days[-1]  # type: ignore[arg-type]
        return is_timed and change["message_count"] == _MESSAGES_A_DAY * len(added_days)
    names = (change["title_before"], change["title_after"], change["project_before"], change["project_after"])
    shown = {"renamed": (old.title, new.title, *names[2:]), "moved": (*names[:2], old.project_id, new.project_id)}
    return kind in _kinds(old, new) and names == shown.get(str(kind), names)


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(account=st.builds(Account, lives, deliveries))
def test_history_tells_what_happened_and_nothing_else(account: Account) -> None:
    """Every window holds the true change, and two whole exports differ by all that happened between them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lake = lake_of(folder / "lake", *[_write(folder, account, delivery) for delivery in account.deliveries])
        with open_lake(lake) as database:
            feed = database.query("from conversation_changes where change_type is not null").as_dicts()
            found = {
                (first, second): database.query(
                    "select conversation_id, change_kind, message_count from conversation_changes($first, $second)",
                    {"first": _date(first), "second": _date(second)},
                ).rows
                for first, second in product(account.whole_days, repeat=2)
            }

    def is_comparable(row: Difference) -> bool:
        return account.has_one_dialect or row[1] != "moved"  # no project in another dialect says nothing

    assert [change for change in feed if not _is_true(account, change)] == []
    for (first, second), rows in found.items():
        expected = account.differences(first, second)
        assert sorted(filter(is_comparable, rows)) == sorted(filter(is_comparable, expected))
