"""What somebody may write in a call, checked before anything is done, as the command line checks its options."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from memlake.errors import UsageError
from memlake.selectors import Selector
from memlake.times import iso_period, to_datetime, to_us

_T = TypeVar("_T")


def one_of(name: str, value: _T, choices: Collection[str]) -> _T:
    """Return a value that is one of the choices. Raises `UsageError` if it is none."""
    if value not in list(choices):
        raise UsageError(f"{name}={value!r} means nothing", hint=f"choose from: {', '.join(choices)}")
    return value


def any_of(name: str, values: Sequence[_T], choices: Collection[str]) -> tuple[_T, ...]:
    """Return values that are all among the choices; one that nobody put into a list is one."""
    several: Sequence[Any] = [values] if isinstance(values, str) else values
    return tuple(one_of(name, value, choices) for value in several)


def time_of(name: str, value: object, *, is_last: bool = False) -> datetime:
    """Return a time in UTC, which one without a zone is already; of a date its midnight, or its last moment."""
    if isinstance(value, datetime):
        return to_datetime(to_us(value))
    period = iso_period(value.isoformat()) if isinstance(value, date) else None
    if period is None:
        raise UsageError(f"{name}={value!r} is no time", hint="give a datetime or a date, from 2000 on")
    return period[1] if is_last else period[0]


def selector(name: str, value: Selector | date) -> Selector:
    """Return what selects an export; a date means its end, as its words do."""
    return value if isinstance(value, str) else time_of(name, value, is_last=True)


def selectors(**named: Selector | date | None) -> list[Selector | None]:
    """Return what selects each of several exports; `None` is no choice."""
    return [None if value is None else selector(name, value) for name, value in named.items()]
