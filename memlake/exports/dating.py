"""Find an explicit date in the name of a ZIP or folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from memlake.times import time_us, to_us

_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{20,}", re.IGNORECASE)
_ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
_TIME = r"(?:[-_T ](\d\d)[-_.:]?(\d\d)[-_.:]?(\d\d)Z?)?"
_DATES = (
    re.compile(_ALONE.format(r"(20\d\d)[-_.](\d\d)[-_.](\d\d)" + _TIME)),
    re.compile(_ALONE.format(r"(20\d\d)(\d\d)(\d\d)" + _TIME)),
)
_EPOCH = re.compile(r"^[A-Za-z]+--(\d{10}|\d{13})(?=-)")  # data-<uuid>-<epoch>-…, without its id


def date_in_names(names: Iterable[str]) -> int | None:
    """Return the first full date, with its time if there is one, that the names state; UTC microseconds."""
    return next((found for name in names if (found := date_in_name(name)) is not None), None)


def date_in_name(name: str) -> int | None:
    """Return the date in a name; digits of ids and dates that no calendar has are none."""
    name = _IDS.sub("", name)
    for pattern in _DATES:
        for found in pattern.finditer(name):
            year, month, day, hour, minute, second = (int(part) for part in found.groups(default="0"))
            try:
                return to_us(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
            except ValueError:
                continue
    epoch = _EPOCH.match(name)
    return time_us(int(epoch[1])) if epoch else None
