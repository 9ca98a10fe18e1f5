"""What the invented accounts of all assistants have in common: a plan, and conversations that are told one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import NamedTuple, Protocol

JsonObject = dict[str, object]

GIANT_FROM_BYTES = 500_000_000  # an export of this size holds one conversation far longer than the others
CONTINUED_AT = datetime(2026, 5, 15, tzinfo=UTC).timestamp()

_NEW_SHARE = 0.01  # of next month's conversations are new
_SPAN_SECONDS = 3 * 365 * 86_400.0
_NEWEST_AT = datetime(2026, 4, 29, tzinfo=UTC).timestamp()
_EXPORTED_AT, _NEXT_EXPORTED_AT = datetime(2026, 5, 1, 9, 30, tzinfo=UTC), datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
_ENCODERS: dict[str, Callable[[object], str]] = {
    "escaped": json.dumps,
    "compact": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
}
STYLES = tuple(_ENCODERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """Everything that decides an export's bytes. `size_bytes` is that of `conversations.json`, roughly."""

    size_bytes: int
    provider: str = "chatgpt"
    changed_share: float = 0.0
    style: str = "escaped"
    seed: int = 1

    @property
    def exported_at(self) -> datetime:
        """When the export was made."""
        return _NEXT_EXPORTED_AT if self.changed_share else _EXPORTED_AT

    def encoded(self, value: object) -> bytes:
        """Return a value as this plan's style writes it."""
        return _ENCODERS[self.style](value).encode()

    def is_continued(self, index: int) -> bool:
        """Say for every n-th conversation that it was continued, so that the share is exact."""
        return int((index + 1) * self.changed_share) > int(index * self.changed_share)


class Told(NamedTuple):
    """A conversation: its record as it stands now, and what goes on with it."""

    record: Callable[[], JsonObject]
    go_on: Callable[[], None]


class Account(Protocol):
    """Somebody's account: tells its conversations, and gathers meanwhile what the smaller files will hold."""

    @property
    def conversation_count(self) -> int:
        """About how many conversations there will be."""

    def tell(self, index: int) -> Told:
        """Return conversation `index`; it does not depend on the other ones. Negative ones are next month's."""

    def small_files(self) -> dict[str, object]:
        """Return the values of all files but `conversations.json`, once that is told."""


def told_records(plan: ExportPlan, account: Account) -> Iterator[bytes]:
    """Yield the elements of `conversations.json`, newest conversation first."""
    if plan.changed_share:
        for index in range(-max(2, round(account.conversation_count * _NEW_SHARE)), 0):
            yield plan.encoded(account.tell(index).record())
    told_bytes, index = 0, 0
    while told_bytes < plan.size_bytes:
        told = account.tell(index)
        record = plan.encoded(told.record())
        told_bytes += len(record)
        if plan.is_continued(index):
            told.go_on()
            record = plan.encoded(told.record())
        yield record
        index += 1


def started_at(index: int, conversation_count: int) -> float:
    """Return when conversation `index` began: the first one last, the negative ones after the export before."""
    return (_NEWEST_AT if index >= 0 else CONTINUED_AT) - _SPAN_SECONDS * index / conversation_count


def random_uuid(rng: Random) -> str:
    """Return a random UUID."""
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
