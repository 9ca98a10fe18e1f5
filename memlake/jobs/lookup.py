"""Finds the conversation that each memory came from: index, short lists, probabilities, and the swap of the lake."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson

from memlake.errors import MemlakeError
from memlake.hashing import short_hash
from memlake.jobs.accounts import account_named
from memlake.jobs.browse import fitting
from memlake.jobs.progress import Progress
from memlake.jobs.runlog import record_run
from memlake.jobs.searching import searchable
from memlake.lake import links
from memlake.lake.connection import Database
from memlake.lake.fulltext import MessageIndex
from memlake.lake.layout import Layout
from memlake.lake.links import CandidateRow, LookupRow, Verdict
from memlake.lake.reader import open_lake
from memlake.lake.revision import guarded, only_writer, revision
from memlake.lookup.answers import answer, candidate_rows
from memlake.lookup.archive import AskedMemory, asked_memories, calendars, conversation_titles
from memlake.lookup.calibration import Calibration, calibrate
from memlake.lookup.cards import source_card, source_cards, text_card
from memlake.lookup.finding import Comparison, compare, judge
from memlake.lookup.model import built_in_model, method_version
from memlake.lookup.report import LookupOptions, LookupReport, LookupSummary, SourceCard
from memlake.lookup.shortlist import Calendar
from memlake.query.finding import Found

JOB = "lookup-sources"

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Results:
    """What one run found: rows for the lake, and on how many recorded links its probabilities were corrected."""

    rows: list[LookupRow]
    candidates: list[CandidateRow]
    calibrated_on: dict[str, int]  # account_key -> recorded links


def lookup_sources(lake: Path, *, options: LookupOptions, clock: Clock, progress: Progress) -> LookupReport:
    """Look up the memories of all accounts that have news, and return the sources of those that are asked for.

    What depends on nothing new is not looked up again. Raises `LakeError` if there is no lake.
    """
    layout = Layout(lake)
    with open_lake(layout) as database:
        account_key = account_named(database, options.account)
    count = _look_up(layout, clock=clock, progress=progress, options=options)
    with open_lake(layout) as database:
        database.limit_memory()
        cards = [
            card
            for card in source_cards(database)
            if (account_key is None or card.account_key == account_key)
            and (not options.states or card.state in options.states)
        ]
        return LookupReport(summary=_summary(database, cards, looked_up_count=count), cards=tuple(cards))


def lookup_memory(
    lake: Path, words: str, *, options: LookupOptions, clock: Clock, progress: Progress
) -> SourceCard | list[Found]:
    """Return the source of the memory that somebody means, or the choice if several fit; looks up what is new."""
    layout = Layout(lake)
    with open_lake(layout) as database:
        found = fitting(database, words, account=options.account, kinds=["memory"])
    if len(found) > 1:
        return found
    _look_up(layout, clock=clock, progress=progress, options=options)
    return _card(layout, found[0])


def lookup_text(lake: Path, text: str, *, options: LookupOptions, clock: Clock, progress: Progress) -> SourceCard:
    """Return where a text was said, as if it were a memory without a date; nothing is stored.

    With several accounts `options.account` must say which. Raises `MemlakeError` where it does not.
    """
    del clock
    layout = Layout(lake)
    with searchable(layout, progress) as (database, index):
        account_key = _only_account(database, options.account)
        asked = AskedMemory(account_key=account_key, memory_id=None, content=text)
        calendar = calendars(database, index).get(account_key, Calendar((), (), ()))
        compared = compare(database, index, [asked], calendar=calendar, report=lambda _: None)
        findings = judge(compared, calendar=calendar, model=built_in_model(), message_count=index.message_count)
        titles = conversation_titles(database)
        row = answer(findings[0], calendar=calendar, calibration=Calibration(), basis_key="", titles=titles)
        return text_card(database, row, findings[0])


def decide_link(
    lake: Path,
    memory: str,
    conversation: str,
    verdict: Verdict,
    *,
    account: str | None,
    clock: Clock,
    progress: Progress,
    wait_seconds: float = 0.0,
) -> SourceCard | list[Found]:
    """Keep that a memory came from a conversation, or that it did not, and look it up again.

    Returns the choice if several memories or conversations fit the words.
    """
    layout = Layout(lake)
    with open_lake(layout) as database:
        memories = fitting(database, memory, account=account, kinds=["memory"])
        if len(memories) > 1:
            return memories
        chats = fitting(database, conversation, account=memories[0].account_key, kinds=["conversation"])
        if len(chats) > 1:
            return chats
    with (
        only_writer(layout, job=JOB, wait_seconds=wait_seconds),
        guarded(layout, wait_seconds=wait_seconds) as guard,
        revision(layout, guard=guard) as database,
    ):
        links.write_decision(
            database,
            account_key=memories[0].account_key,
            memory_id=memories[0].item_id,
            conversation_id=chats[0].item_id,
            verdict=verdict,
            decided_at=clock(),
        )
    _look_up(layout, clock=clock, progress=progress, options=LookupOptions(wait_seconds=wait_seconds))
    return _card(layout, memories[0])


def _look_up(layout: Layout, *, clock: Clock, progress: Progress, options: LookupOptions) -> int:
    """Look up the accounts that have news, store what was found, and return how many memories that were."""
    started_at = clock()
    with only_writer(layout, job=JOB, wait_seconds=options.wait_seconds):
        with searchable(layout, progress) as (database, index):
            results = _results(database, index, progress, again=options.again)
        if not results.rows:
            return 0
        progress.step("writing the lake")
        summary = {"looked_up_count": len(results.rows), "calibrated_on": results.calibrated_on}
        with (
            guarded(layout, wait_seconds=options.wait_seconds) as guard,
            revision(layout, guard=guard) as database,
        ):
            run_id = record_run(database, job=JOB, started_at=started_at, finished_at=clock(), summary=summary)
            rows = [row._replace(run_id=run_id) for row in results.rows]
            links.write_lookups(database, rows, results.candidates)
    return len(results.rows)


def _results(database: Database, index: MessageIndex, progress: Progress, *, again: bool) -> _Results:
    results = _Results(rows=[], candidates=[], calibrated_on={})
    stale = _stale(database, index, again=again)
    if not stale:
        return results
    times, titles = calendars(database, index), conversation_titles(database)
    for account_key, (basis_key, memories) in stale.items():
        calendar = times.get(account_key, Calendar((), (), ()))
        compared = _compared(database, index, memories, calendar, progress)
        calibration = _calibration(compared, calendar, index.message_count)
        findings = judge(compared, calendar=calendar, model=built_in_model(), message_count=index.message_count)
        for finding in findings:
            results.rows.append(
                answer(finding, calendar=calendar, calibration=calibration, basis_key=basis_key, titles=titles)
            )
            results.candidates.extend(candidate_rows(finding, calibration=calibration))
        results.calibrated_on[account_key] = calibration.count
    return results


def _stale(database: Database, index: MessageIndex, *, again: bool) -> dict[str, tuple[str, list[AskedMemory]]]:
    """Return the accounts that have news, each with its basis and its memories; `again`: all accounts."""
    known, states = links.stored_bases(database), _archive_states(index)
    asked = {
        account_key: (_basis(memories, states.get(account_key, "")), memories)
        for account_key, memories in asked_memories(database).items()
    }
    return {
        account_key: (basis_key, memories)
        for account_key, (basis_key, memories) in asked.items()
        if again or any(known.get((account_key, memory.memory_id or "")) != basis_key for memory in memories)
    }


def _compared(
    database: Database, index: MessageIndex, memories: Sequence[AskedMemory], calendar: Calendar, progress: Progress
) -> list[Comparison]:
    def report(count: int) -> None:
        progress.step(f"looking up memories: {count:,} of {len(memories):,}")

    report(0)
    return compare(database, index, memories, calendar=calendar, report=report)


def _calibration(compared: Sequence[Comparison], calendar: Calendar, message_count: int) -> Calibration:
    """Hide the recorded links, look the memories up, and correct probabilities by how often that was right."""
    if not any(one.memory.recorded for one in compared):
        return Calibration()
    findings = judge(compared, calendar=calendar, model=built_in_model(), message_count=message_count, is_blind=True)
    return calibrate(
        [
            (finding.confidence, best is not None and best.evidence.passage.conversation_id == finding.memory.recorded)
            for finding in findings
            if finding.memory.recorded
            for best in [finding.best]
        ]
    )


def _archive_states(index: MessageIndex) -> Mapping[str, str]:
    """Return for each account what changes whenever its conversations do."""
    columns = index.conversations.select("account_key", "fingerprint").sort("account_key", "fingerprint")
    grouped = columns.group_by("account_key", maintain_order=True).agg("fingerprint")
    return {account_key: short_hash("".join(marks), 16) for account_key, marks in grouped.iter_rows()}


def _basis(memories: Sequence[AskedMemory], state: str) -> str:
    """Return what changes whenever the sources of an account's memories might."""
    told = [
        (
            memory.memory_id,
            memory.content,
            memory.created_at,
            memory.recorded,
            memory.confirmed,
            *sorted(memory.rejected),
        )
        for memory in memories
    ]
    return short_hash(orjson.dumps([method_version(), state, told]).decode(), 16)


def _only_account(database: Database, words: str | None) -> str:
    account_key = account_named(database, words)
    if account_key is not None:
        return account_key
    keys = [str(key) for (key,) in database.query("select account_key from accounts order by account_key").rows]
    if len(keys) == 1:
        return keys[0]
    if not keys:
        raise MemlakeError("the lake holds no account", hint="take in an export: memlake ingest EXPORT.zip")
    raise MemlakeError("there are several accounts", hint=f"choose one with --account: {', '.join(keys)}")


def _card(layout: Layout, found: Found) -> SourceCard:
    with open_lake(layout) as database:
        return source_card(database, found.account_key, found.item_id)


def _summary(database: Database, cards: Sequence[SourceCard], *, looked_up_count: int) -> LookupSummary:
    found = [
        card for card in cards if card.level in ("verbatim", "near_verbatim", "paraphrase") and not card.is_confirmed
    ]
    calibrated_on = _last_calibration(database, {card.account_key or "" for card in cards})
    sure = [card.confidence for card in found if card.confidence is not None]
    return LookupSummary(
        memory_count=len(cards),
        recorded_count=sum(card.level == "recorded" and not card.is_confirmed for card in cards),
        confirmed_count=sum(card.is_confirmed for card in cards),
        found_count=len(found),
        none_count=sum(card.level == "none" for card in cards),
        unsaid_count=sum(card.said_by in ("document", "assistant", "nobody") for card in cards),
        looked_up_count=looked_up_count,
        expected_precision=sum(sure) / len(sure) if sure else None,
        calibrated_on=calibrated_on,
        calibration_note=(
            f"probabilities were corrected on {calibrated_on} recorded saves of this archive, hidden and looked up"
            if calibrated_on
            else "probabilities are the built-in ones: this archive has too few recorded saves to correct them"
        ),
    )


def _last_calibration(database: Database, account_keys: Collection[str]) -> int:
    """Return on how many recorded links the probabilities of these accounts were corrected, when last looked up."""
    newest: dict[str, int] = {}
    runs = "select summary from raw.runs where job = $job order by started_at, run_id"
    for (summary,) in database.query(runs, {"job": JOB}).rows:
        newest.update(orjson.loads(summary)["calibrated_on"])
    return sum(newest.get(account_key, 0) for account_key in account_keys)
