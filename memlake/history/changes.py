"""What differs between two exports, and what happened to one memory over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memlake.history.exports import ExportPoint
from memlake.history.pairs import ExportPair
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

ChangeType = Literal["insert", "update", "delete"]
MEMORY_KINDS = ("new", "restored", "recreated", "reidentified", "deleted", "edited", "enabled", "disabled")
CONVERSATION_KINDS = ("new", "returned", "vanished", "continued", "renamed", "moved", "archived", "unarchived")
NOT_COMPARABLE = "not_comparable"
REWORDED = "reworded"
_LISTS_NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryChange:
    """One kind of difference of one memory; without `memory_id` a fact about the whole list.

    It happened after `changed_after` and by `changed_before` (`None`: not known); `changed_at` is what the provider
    or a recorded call states.
    """

    account_key: str
    memory_id: str | None
    from_export_id: str | None
    to_export_id: str
    change_type: ChangeType | None
    change_kind: str
    changed_after: datetime | None
    changed_before: datetime | None
    changed_at: datetime | None
    content_before: str | None
    content_after: str | None
    enabled_before: bool | None
    enabled_after: bool | None
    reason: str | None

    @property
    def is_of_former_id(self) -> bool:
        """Tell whether it is only the end of an id, whose memory goes on under another."""
        return (self.change_kind, self.change_type) == ("reidentified", "delete")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationChange:
    """One kind of difference of one conversation; without `conversation_id` a fact about a whole export."""

    account_key: str
    conversation_id: str | None
    from_export_id: str | None
    to_export_id: str
    change_type: ChangeType | None
    change_kind: str
    changed_after: datetime | None
    changed_before: datetime | None
    changed_at: datetime | None
    title_before: str | None
    title_after: str | None
    project_before: str | None
    project_after: str | None
    message_count: int | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDiff:
    """How the memory list of the export `after` differs from that of the export `before`."""

    before: ExportPoint
    after: ExportPoint
    skipped: tuple[ExportPoint, ...]  # newer ones that cannot be compared, where nobody chose the two
    counts: dict[str, int]  # changes by kind
    unchanged_count: int | None  # None where the two cannot be compared
    reworded_count: int  # of the unchanged: prose in other words
    changes: tuple[MemoryChange, ...]
    comparable_export_ids: tuple[str, str] | None  # two that can be compared, where these cannot

    @property
    def is_comparable(self) -> bool:
        """Tell whether both exports hold the whole list."""
        return NOT_COMPARABLE not in self.counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationDiff:
    """How the conversations of the export `after` differ from those of the export `before`."""

    before: ExportPoint
    after: ExportPoint
    skipped: tuple[ExportPoint, ...]  # newer ones that cannot be compared, where nobody chose the two
    counts: dict[str, int]  # changes by kind
    changes: tuple[ConversationChange, ...]

    @property
    def is_comparable(self) -> bool:
        """Tell whether both exports hold all conversations."""
        return NOT_COMPARABLE not in self.counts


def memory_diff(
    database: Database,
    pair: ExportPair,
    *,
    exports: Sequence[ExportPoint],
    with_rewordings: bool = False,
) -> MemoryDiff:
    """Compare the memory lists of two exports; `exports` are all that could be compared instead, oldest first.

    Prose in other words is no change; `with_rewordings` it is listed among them all the same, of the kind `reworded`.
    """
    found = database.query(sqlfiles.report("diff_memories"), _ids(pair)).as_dicts()
    has_prose = database.value("select 1 from staging.prose_kinds limit 1") is not None
    reworded = database.query(sqlfiles.report("diff_rewordings"), _ids(pair)).as_dicts() if has_prose else []
    changes = tuple(MemoryChange(**row) for row in [*found, *(reworded if with_rewordings else ())])
    counts = dict(Counter(change.change_kind for change in changes if not change.is_of_former_id))
    is_comparable = NOT_COMPARABLE not in counts
    return MemoryDiff(
        before=pair.before,
        after=pair.after,
        skipped=pair.skipped,
        counts=counts,
        unchanged_count=_unchanged_count(pair.after, changes) if is_comparable else None,
        reworded_count=len(reworded),
        changes=changes,
        comparable_export_ids=None if is_comparable else _comparable(pair, exports),
    )


def conversation_diff(database: Database, pair: ExportPair) -> ConversationDiff:
    """Compare the conversations of two exports."""
    found = database.query(sqlfiles.report("diff_conversations"), _ids(pair)).as_dicts()
    changes = tuple(ConversationChange(**row) for row in found)
    counts = dict(Counter(change.change_kind for change in changes))
    return ConversationDiff(before=pair.before, after=pair.after, skipped=pair.skipped, counts=counts, changes=changes)


def changes_of_memory(database: Database, account_key: str, memory_id: str) -> tuple[MemoryChange, ...]:
    """Return what happened to a memory and, while it was listed, to the whole list; oldest first."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    rows = database.query(sqlfiles.report("changes_of_memory"), key).as_dicts()
    return tuple(MemoryChange(**row) for row in rows)


def _ids(pair: ExportPair) -> dict[str, object]:
    return {"before_export": pair.before.export_id, "after_export": pair.after.export_id}


def _unchanged_count(after: ExportPoint, changes: Iterable[MemoryChange]) -> int:
    """Return how many memories of the later list are as they were, at least in what they say."""
    changed = {
        change.memory_id
        for change in changes
        if change.change_type in ("insert", "update") and change.change_kind != REWORDED
    }
    return (after.memory_count or 0) - len(changed)


def _comparable(pair: ExportPair, exports: Sequence[ExportPoint]) -> tuple[str, str] | None:
    """Return two whole lists near two exports: each the last one until then, else the next that there is."""
    of_account = [export for export in exports if export.account_key == pair.after.account_key]
    whole = [place for place, export in enumerate(of_account) if export.is_whole]
    if len(whole) < _LISTS_NEEDED:
        return None
    first_place = _last_until(of_account.index(pair.before), whole[:-1])
    later = [place for place in whole if place > first_place]
    return of_account[first_place].export_id, of_account[_last_until(of_account.index(pair.after), later)].export_id


def _last_until(place: int, whole: Sequence[int]) -> int:
    """Return the place of the last whole list up to another place, else the first."""
    return max((one for one in whole if one <= place), default=whole[0])
