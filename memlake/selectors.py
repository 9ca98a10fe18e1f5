"""Which export somebody means by `latest~1`, a date or the beginning of an id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from memlake.errors import MemlakeError, UsageError
from memlake.times import iso_period, to_datetime, to_us

_LATEST = re.compile(r"latest(?:~(?P<steps_back>\d{1,6}))?")
_SEE_ALL = "memlake exports shows them with their ids and dates"

Selector = str | datetime


class Selectable(Protocol):
    """An export as far as selectors know it."""

    @property
    def export_id(self) -> str:
        """Its whole id."""

    @property
    def account_key(self) -> str:
        """Whose export it is."""

    @property
    def exported_at(self) -> datetime | None:
        """When it was made; `None` if nothing tells."""


AnExport = TypeVar("AnExport", bound=Selectable)


def select_exports(
    selectors: Sequence[Selector], exports: Sequence[AnExport], *, command: str = "memlake diff"
) -> list[AnExport]:
    """Return the exports that selectors mean, all of one account, in the order of the selectors.

    `exports` stand in order, oldest first. A selector is `latest`, `latest~N` (N steps back), a time or an ISO date
    (the newest export made by then; a day and a month last until their end), or an id or the beginning of one.
    Exports without a date have no place in the order: only an id means them. `command` is what an account can be
    added to, for the hint.
    Raises `UsageError` if one means nothing or several, or if they do not settle which account is meant;
    `MemlakeError` if a pair is asked for and the one before the only export is meant.
    """
    meanings = [_meaning(selector) for selector in selectors]
    named = {words: _by_id(words, exports) for words in meanings if isinstance(words, str)}
    accounts = {export.account_key for export in named.values() or exports}
    if len(accounts) > 1:
        account_key = Counter(export.account_key for export in exports).most_common(1)[0][0]
        raise UsageError(
            f"the exports are of {'different' if named else 'several'} accounts: {', '.join(sorted(accounts))}",
            hint="choose exports of one account" if named else f"choose one: {command} --account {account_key}",
        )
    dated = [export for export in exports if export.account_key in accounts and export.exported_at is not None]
    is_pair = len(meanings) > 1
    return [
        named[meaning] if isinstance(meaning, str) else _in_time(meaning, dated, is_pair=is_pair)
        for meaning in meanings
    ]


def _meaning(selector: Selector) -> int | datetime | str:
    """Return how many steps back a selector means, or a time, or the beginning of an id."""
    if isinstance(selector, datetime):
        return to_datetime(to_us(selector))
    if latest := _LATEST.fullmatch(selector):
        return int(latest["steps_back"] or 0)
    period = iso_period(selector)
    return period[1] if period else selector.lower()


def _by_id(words: str, exports: Sequence[AnExport]) -> AnExport:
    fitting = [export for export in exports if words and export.export_id.startswith(words)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        ids = ", ".join(export.export_id for export in fitting)
        raise UsageError(f"several exports begin with {words!r}: {ids}", hint="write more of the id")
    raise UsageError(
        f"no export is called {words!r}; write latest, latest~1, a date or the beginning of an id", hint=_SEE_ALL
    )


def _in_time(meaning: int | datetime, dated: Sequence[AnExport], *, is_pair: bool) -> AnExport:
    """Return what a number of steps back or a time means among the exports that have a date."""
    if not dated:
        raise UsageError("no export has a date", hint=f"choose one by its id: {_SEE_ALL}")
    if isinstance(meaning, int):
        return _steps_back(meaning, dated, is_pair=is_pair)
    made_by_then = [export for export in dated if export.exported_at and export.exported_at <= meaning]
    if made_by_then:
        return made_by_then[-1]
    raise UsageError(
        f"no export was made by {meaning:%Y-%m-%d}; the oldest is of {dated[0].exported_at:%Y-%m-%d}", hint=_SEE_ALL
    )


def _steps_back(steps_back: int, dated: Sequence[AnExport], *, is_pair: bool) -> AnExport:
    if steps_back < len(dated):
        return dated[-1 - steps_back]
    if len(dated) == 1 and is_pair:
        raise MemlakeError(
            "there is only one export with a date, and a difference takes two",
            hint="take in another with: memlake ingest EXPORT.zip",
        )
    how_many = "is only one export" if len(dated) == 1 else f"are only {len(dated)} exports"
    raise UsageError(f"latest~{steps_back}: there {how_many} with a date", hint=_SEE_ALL)
