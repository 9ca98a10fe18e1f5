"""What a lake holds, whether it is sound, and what it can and cannot answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from memlake.jobs.exports import ExportState, export_states
from memlake.jobs.kept import kept_files
from memlake.lake import catalog, rawzone, schema, sqlfiles
from memlake.lake.catalog import ExportEntry
from memlake.lake.connection import Database
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.packs.private import CLASSES, Detector
from memlake.providers import prompts, providers
from memlake.query.memories import list_memories

_LISTS_TO_COMPARE = 2
_IN_FORCE = ("active", "disabled")

Verdict = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountState:
    """How much of one account the lake holds."""

    account_key: str
    provider: str
    label: str | None
    export_count: int
    export_with_conversations_count: int
    whole_list_count: int
    comparable_list_count: int  # whole and dated
    part_list_count: int
    newest_list_count: int | None  # memories in the newest whole list
    tool_layer_count: int
    first_export_at: datetime | None
    last_export_at: datetime | None
    memory_count: int
    likely_count: int
    conversation_count: int
    message_count: int
    event_count: int
    recorded_source_count: int  # memories whose conversation is recorded
    inferred_source_count: int  # those for which lookup found one
    unfound_source_count: int  # and those for which it found none


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A question that people bring, whether an account's exports can answer it, and why."""

    account_key: str
    question: str
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateCount:
    """How many memories of an account that are in force hold something private of one class."""

    account_key: str
    private_class: str
    memory_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeStatus:
    """Everything `memlake status` shows. `problems` is empty for a sound lake.

    `without_text` are the exports whose own text did not come along when the lake was made of an archive: everything
    can be asked, but only `at_their_place` can be read again, which lie where they were taken in from.
    """

    lake: str
    database_bytes: int
    accounts: tuple[AccountState, ...]
    exports: tuple[ExportState, ...]
    answers: tuple[Answer, ...]
    private: tuple[PrivateCount, ...]  # those above zero
    problems: tuple[str, ...]
    without_text: tuple[str, ...]
    at_their_place: tuple[str, ...]
    never_exported: dict[str, tuple[str, ...]]  # by provider


def status(lake: Path) -> LakeStatus:
    """Look at a lake without changing it."""
    layout = Layout(lake)
    with open_lake(layout) as database:
        accounts = tuple(AccountState(**row) for row in database.query(sqlfiles.report("status_accounts")).as_dicts())
        without_text, lost = _gone_texts(layout, database)
        missing = kept_files(layout, without_text)[1]
        present = {account.provider for account in accounts}
        return LakeStatus(
            lake=str(layout.folder.resolve()),
            database_bytes=layout.database.stat().st_size,
            accounts=accounts,
            exports=tuple(export_states(database)),
            answers=tuple(answer for account in accounts for answer in _answers(account)),
            private=tuple(_private(database)),
            problems=(*schema.failed_checks(database), *(_lost_text(layout, name) for name in lost)),
            without_text=tuple(entry.file_name for entry in without_text),
            at_their_place=tuple(entry.file_name for entry in without_text if entry not in missing),
            never_exported={
                provider.name: provider.never_exported for provider in providers() if provider.name in present
            },
        )


def _private(database: Database) -> Iterator[PrivateCount]:
    detector = Detector()
    counts = Counter(
        (memory.account_key, label)
        for memory in list_memories(database, states=_IN_FORCE)
        for label in CLASSES
        if detector.find(memory.content, [label])
    )
    for (account_key, label), count in sorted(counts.items()):
        yield PrivateCount(account_key=account_key, private_class=label, memory_count=count)


def _answers(account: AccountState) -> list[Answer]:
    return [
        Answer(account_key=account.account_key, question=question, verdict=verdict, why=why)
        for question, (verdict, why) in (
            ("what the assistant remembers", _remembers(account)),
            ("what was changed or deleted", _changed(account)),
            ("which conversation saved a memory", _sources(account)),
            ("what was said in chats", _chats(account)),
        )
    ]


def _remembers(account: AccountState) -> tuple[Verdict, str]:
    if account.newest_list_count == 0 and account.memory_count:
        return "partly", "the newest memory list is empty: deleted or switched off, the export cannot tell"
    if account.whole_list_count:
        return "yes", f"{account.whole_list_count} of {account.export_count} exports hold the whole memory list"
    if account.part_list_count:
        return "partly", f"{_count(account.part_list_count, 'export')} with a memory list, none with the whole of it"
    if account.event_count:
        return "partly", "no export holds the memory list, but save events in chats show what was saved"
    why = "no export holds the memory list or save events"
    return "no", f"{why}; memlake prompt {account.provider} asks for it" if account.provider in prompts() else why


def _changed(account: AccountState) -> tuple[Verdict, str]:
    whole_count, export_count = account.comparable_list_count, account.export_count
    if whole_count >= _LISTS_TO_COMPARE:
        if whole_count == export_count:
            return "yes", f"all {export_count} exports hold the whole memory list"
        return "partly", f"{whole_count} of {export_count} exports hold the whole memory list, the others cannot tell"
    why = "only one export holds the whole memory list" if whole_count else "no export with a date holds the whole list"
    if account.event_count:
        return "partly", f"{why}, but calls in chats show what was saved and forgotten"
    return "no", f"{why}; it takes two to compare"


def _sources(account: AccountState) -> tuple[Verdict, str]:
    if not account.export_with_conversations_count:
        return "no", "no export holds conversations"
    if not account.memory_count:
        return "no", "; ".join(["no memories are known", *_gaps_of_the_tool_layer(account)])
    counts = [f"recorded for {account.recorded_source_count} of {account.memory_count}"]
    if account.inferred_source_count:
        counts.append(f"found by their words for {account.inferred_source_count}")
    if account.unfound_source_count:
        counts.append(f"not found for {account.unfound_source_count}")
    reasons = [", ".join(counts), *_gaps_of_the_tool_layer(account)]
    known_count = account.recorded_source_count + account.inferred_source_count
    if known_count + account.unfound_source_count < account.memory_count:
        reasons.append("memlake lookup-sources looks for the others")
    is_whole = known_count == account.memory_count and len(reasons) == 1
    return "yes" if is_whole else "partly" if known_count else "no", "; ".join(reasons)


def _gaps_of_the_tool_layer(account: AccountState) -> Iterator[str]:
    if account.tool_layer_count == 0:
        yield "no export has the tool layer: save events can only come from older exports"
    elif account.tool_layer_count < account.export_with_conversations_count:
        yield "some exports have no tool layer: newer save events are not recorded in them"


def _chats(account: AccountState) -> tuple[Verdict, str]:
    if account.conversation_count:
        messages, conversations = account.message_count, account.conversation_count
        return "yes", f"{_count(messages, 'message')} in {_count(conversations, 'conversation')}"
    return "no", "no export holds conversations"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _gone_texts(layout: Layout, database: Database) -> tuple[list[ExportEntry], list[str]]:
    """Return the exports whose text a restored lake never had, and those whose text got lost."""
    left_behind = rawzone.left_behind(layout)
    gone = [entry for entry in catalog.entries(database) if rawzone.is_gone(layout, entry.raw_file)]
    without_text = [entry for entry in gone if entry.raw_file in left_behind]
    return without_text, [entry.file_name for entry in gone if entry.raw_file not in left_behind]


def _lost_text(layout: Layout, file_name: str) -> str:
    return f"the kept copy of {file_name} is missing from {layout.raw_zone}; to put it back, ingest the export again"
