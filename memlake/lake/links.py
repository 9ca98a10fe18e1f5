"""Where memories come from, as the lake keeps it: looked-up sources, people's decisions, quotes of recorded calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple

import polars as pl

from memlake.lake import sqlfiles
from memlake.lake.connection import Database, insert_row

Verdict = Literal["confirmed", "rejected"]

MemoryKey = tuple[str, str]
"""account_key and memory_id."""

_BATCH_ROWS = 8_192


class LookupRow(NamedTuple):
    """What a lookup found for one memory; the place is `None` where the level is none.

    `basis_key` stands for all that the result depends on: another one now means that it is out of date.
    """

    account_key: str
    memory_id: str
    content: str
    basis_key: str
    method_version: str
    level: Literal["verbatim", "near_verbatim", "paraphrase", "none"]
    confidence: float
    conversation_id: str | None
    message_id: str | None
    quote: str | None
    quote_start: int | None
    quote_end: int | None
    said_by: Literal["user", "document", "assistant", "nobody"] | None
    runner_up_conversation_id: str | None
    why: str
    explanation: str  # JSON: the steps that led to the confidence of the best candidate
    run_id: str | None


class CandidateRow(NamedTuple):
    """A message that a looked-up memory may come from; `rank` from 1, at most ten a memory."""

    account_key: str
    memory_id: str
    rank: int
    conversation_id: str
    message_id: str
    score: float
    words: float | None
    window: float | None
    spelling: float | None
    phrase: float | None
    speaker: float | None
    date: float | None
    list_place: float | None
    echo: float | None
    crowd: float | None
    method_version: str


class Decision(NamedTuple):
    """What somebody said about a conversation as the source of a memory."""

    account_key: str
    memory_id: str
    conversation_id: str
    verdict: Verdict
    decided_at: datetime


class RecordedCall(NamedTuple):
    """A recorded call that may be the origin of a memory, and the user's message that it follows."""

    account_key: str
    memory_id: str
    conversation_id: str
    event_message_id: str
    text: str
    prompt_message_id: str | None
    prompt: str | None


class EarlierMessage(NamedTuple):
    """A visible message before a recorded call, on its path; `steps` counts back from the call.

    Those of tools are what they read out of documents.
    """

    account_key: str
    conversation_id: str
    event_message_id: str
    message_id: str
    role: Literal["user", "assistant", "tool"]
    text: str
    steps: int


class RecordedQuote(NamedTuple):
    """The words before a recorded call that say what it saved; without a message where no user said it."""

    account_key: str
    memory_id: str
    conversation_id: str
    event_message_id: str
    message_id: str | None
    quote: str | None
    quote_start: int | None
    quote_end: int | None
    said_by: Literal["user", "document", "assistant", "nobody"]


_TYPES: dict[str, type[pl.DataType]] = {
    "rank": pl.Int64,
    "quote_start": pl.Int64,
    "quote_end": pl.Int64,
    **dict.fromkeys(("confidence", "score", "words", "window", "spelling"), pl.Float64),
    **dict.fromkeys(("phrase", "speaker", "date", "list_place", "echo", "crowd"), pl.Float64),
}


def stored_bases(database: Database) -> Mapping[MemoryKey, str]:
    """Return the basis on which each memory was looked up: (account_key, memory_id) -> basis_key."""
    rows = database.query("select account_key, memory_id, basis_key from raw.lookups").rows
    return {(account_key, memory_id): basis_key for account_key, memory_id, basis_key in rows}


def write_lookups(database: Database, rows: Sequence[LookupRow], candidates: Sequence[CandidateRow]) -> None:
    """Store what a lookup found; all that was found for these memories before goes.

    One row a memory; `candidates` are of memories in `rows`.
    """
    memories: dict[str, object] = {
        "accounts": [row.account_key for row in rows],
        "memories": [row.memory_id for row in rows],
    }
    for table in ("raw.lookups", "raw.lookup_candidates"):
        database.run(
            f"delete from {table} where (account_key, memory_id) in (select unnest($accounts), unnest($memories))",
            memories,
        )
    _append(database, "raw.lookups", LookupRow, rows)
    _append(database, "raw.lookup_candidates", CandidateRow, candidates)


def drop_stale_lookups(database: Database) -> None:
    """Take out what was found for memories, or in messages, that the lake no longer holds."""
    for statement in sqlfiles.report("drop_stale_lookups").split(";"):
        if statement.strip():
            database.run(statement)


def write_decision(
    database: Database,
    *,
    account_key: str,
    memory_id: str,
    conversation_id: str,
    verdict: Verdict,
    decided_at: datetime,
) -> None:
    """Keep what somebody said about one conversation as the source of one memory; a former word about it goes."""
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id, "conversation_id": conversation_id}
    database.run(
        "delete from raw.link_decisions where account_key = $account_key and memory_id = $memory_id "
        "and conversation_id = $conversation_id",
        key,
    )
    insert_row(database, "raw.link_decisions", {**key, "verdict": verdict, "decided_at": decided_at})


def decisions(database: Database) -> list[Decision]:
    """Return the decisions in force, each under the id that its memory has today."""
    rows = database.query(
        "select account_key, memory_id, conversation_id, verdict, decided_at from staging.link_verdicts "
        "order by account_key, memory_id, conversation_id"
    ).rows
    return [Decision._make(row) for row in rows]


def recorded_calls(database: Database) -> list[RecordedCall]:
    """Return the recorded calls that may be origins, each with the user's message before it."""
    return [RecordedCall._make(row) for row in database.query(sqlfiles.report("recorded_calls")).rows]


def messages_before(database: Database, calls: Sequence[RecordedCall]) -> list[EarlierMessage]:
    """Return up to 20 visible messages before each of these calls, on its path, the nearest first."""
    if not calls:
        return []
    places = sorted({(call.account_key, call.conversation_id, call.event_message_id) for call in calls})
    accounts, conversations, messages = (list(values) for values in zip(*places, strict=True))
    parameters: dict[str, object] = {"accounts": accounts, "conversations": conversations, "messages": messages}
    rows = database.query(sqlfiles.report("messages_before_calls"), parameters).rows
    return [EarlierMessage._make(row) for row in rows]


def write_recorded_quotes(database: Database, rows: Sequence[RecordedQuote]) -> None:
    """Store the quotes of all recorded links in place of those before."""
    database.run("delete from raw.recorded_quotes")
    _append(database, "raw.recorded_quotes", RecordedQuote, rows)


def _append(database: Database, table: str, kind: type[NamedTuple], rows: Sequence[NamedTuple]) -> None:
    schema = {name: _TYPES.get(name, pl.String) for name in kind._fields}
    for start in range(0, len(rows), _BATCH_ROWS):
        database.append(table, pl.DataFrame(rows[start : start + _BATCH_ROWS], schema=schema, orient="row"))
