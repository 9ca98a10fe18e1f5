"""What changed between exports, and what was known when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from memlake.history import validity
from memlake.history.changes import ConversationDiff, MemoryDiff, conversation_diff, memory_diff
from memlake.history.exports import ExportPoint, export_points
from memlake.history.pairs import ExportPair, newest_pair
from memlake.history.timeline import Timeline, timeline
from memlake.history.validity import ConversationWithMemory, MemoryAsOf, MemoryInForce
from memlake.jobs.accounts import account_named
from memlake.jobs.browse import MemoryCard, fitting, memory_card
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.query.conversations import ConversationHead, conversation_head
from memlake.query.finding import Found
from memlake.query.memories import ListedMemory, one_memory
from memlake.selectors import Selector, select_exports


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationMemories:
    """A conversation with the memories that were in force during it, the certain ones first."""

    conversation: ConversationHead
    memories: tuple[MemoryInForce, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryConversations:
    """A memory with the conversations that it was in force in, oldest first."""

    memory: ListedMemory
    conversations: tuple[ConversationWithMemory, ...]


def diff_memories(
    lake: Path,
    before: Selector | None = None,
    after: Selector | None = None,
    *,
    account: str | None = None,
    with_rewordings: bool = False,
) -> MemoryDiff:
    """Compare the memory lists of two exports of one account; see `memlake.selectors` for what selects one.

    Without a choice they are the newest two whose lists can be compared, if there are such.
    """
    with open_lake(Layout(lake)) as database:
        exports = _exports(database, account)
        pair = _pair(before, after, exports, lambda export: export.is_whole)
        return memory_diff(database, pair, exports=exports, with_rewordings=with_rewordings)


def diff_conversations(
    lake: Path, before: Selector | None = None, after: Selector | None = None, *, account: str | None = None
) -> ConversationDiff:
    """Compare the conversations of two exports of one account, chosen as by `diff_memories`."""
    with open_lake(Layout(lake)) as database:
        exports = _exports(database, account)
        return conversation_diff(database, _pair(before, after, exports, lambda export: export.has_all_conversations))


def timelines(lake: Path, *, account: str | None = None) -> list[Timeline]:
    """Return the whole memory list over time, of one account or each."""
    with open_lake(Layout(lake)) as database:
        return [
            timeline(database, account_key, tuple(exports))
            for account_key, exports in groupby(_exports(database, account), key=attrgetter("account_key"))
        ]


def life_of(lake: Path, words: str, *, account: str | None = None) -> MemoryCard | list[Found]:
    """Return the memory that somebody means with all that happened to it, or the choice if several fit."""
    with open_lake(Layout(lake)) as database:
        found = fitting(database, words, account=account, kinds=["memory"])
        return found if len(found) > 1 else memory_card(database, found[0])


def memories_as_of(
    lake: Path,
    moment: datetime,
    *,
    account: str | None = None,
    channel: str | None = None,
    text: str | None = None,
    states: Sequence[str] = (),
) -> list[MemoryAsOf]:
    """Return the memories as they stood at a time, oldest first; `states` are active or disabled, none means both."""
    with open_lake(Layout(lake)) as database:
        return validity.memories_as_of(
            database,
            moment,
            account_key=account_named(database, account),
            channel=channel,
            text=text,
            states=states,
        )


def first_list_after(lake: Path, moment: datetime, *, account: str | None = None) -> datetime | None:
    """Return when the first whole list was made, if that is after `moment`."""
    with open_lake(Layout(lake)) as database:
        exports = _exports(database, account)
        first = min((one.exported_at for one in exports if one.is_whole and one.exported_at), default=None)
        return first if first is not None and moment < first else None


def memories_in_force(lake: Path, words: str, *, account: str | None = None) -> ConversationMemories | list[Found]:
    """Return what the conversation that somebody means knew when it answered, or the choice if several fit."""
    with open_lake(Layout(lake)) as database:
        found = fitting(database, words, account=account, kinds=["conversation"], option_for_others="--conversations")
        if len(found) > 1:
            return found
        key = found[0].account_key, found[0].item_id
        return ConversationMemories(
            conversation=conversation_head(database, *key),
            memories=tuple(validity.memories_in_force(database, *key)),
        )


def conversations_with(lake: Path, words: str, *, account: str | None = None) -> MemoryConversations | list[Found]:
    """Return every conversation that the memory somebody means was in force in, or the choice if several fit."""
    with open_lake(Layout(lake)) as database:
        found = fitting(database, words, account=account, kinds=["memory"], option_for_others="--memories")
        if len(found) > 1:
            return found
        key = found[0].account_key, found[0].item_id
        return MemoryConversations(
            memory=one_memory(database, *key),
            conversations=tuple(validity.conversations_with_memory(database, *key)),
        )


def _exports(database: Database, account: str | None) -> list[ExportPoint]:
    return export_points(database, account_key=account_named(database, account))


def _pair(
    before: Selector | None,
    after: Selector | None,
    exports: Sequence[ExportPoint],
    is_comparable: Callable[[ExportPoint], bool],
) -> ExportPair:
    if after is None:
        (chosen,) = select_exports([before or "latest"], exports)
        of_account = [export for export in exports if export.account_key == chosen.account_key]
        if pair := newest_pair(of_account, is_comparable, before=chosen if before else None):
            return pair
    first, second = select_exports([before or "latest~1", after or "latest"], exports)
    return ExportPair(before=first, after=second)
