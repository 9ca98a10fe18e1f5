"""Reads what is known of the sources of memories back from the lake, for people and programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import orjson

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.links import LookupRow
from memlake.lookup.finding import Finding
from memlake.lookup.report import EvidenceStep, SourceCandidate, SourceCard

_AROUND = 80
_EXCERPT = 200
_MOST_CANDIDATES = 10


def source_cards(database: Database) -> list[SourceCard]:
    """Return a card for every memory of the lake, the newest first; of candidates nothing is quoted."""
    candidates = _candidates(database)
    found = database.query(sqlfiles.report("source_cards"))
    cards = []
    for row in found.rows:
        values = dict(zip(found.columns, row, strict=True))
        explanation = orjson.loads(values.pop("explanation") or "[]")
        own = candidates.get((values["account_key"], values["memory_id"]), ())
        cards.append(
            SourceCard(
                **values,
                runner_up=runner_up(own),
                candidates=own,
                steps=tuple(EvidenceStep(**step) for step in explanation),
            )
        )
    return cards


def source_card(database: Database, account_key: str, memory_id: str) -> SourceCard:
    """Return the card of one memory, its candidates with the beginnings of their messages."""
    card = next(
        card for card in source_cards(database) if (card.account_key, card.memory_id) == (account_key, memory_id)
    )
    key: dict[str, object] = {"account_key": account_key, "memory_id": memory_id}
    excerpts = dict(database.query(sqlfiles.report("source_excerpts"), key).rows)
    candidates = tuple(replace(one, excerpt=excerpts.get(one.rank)) for one in card.candidates)
    return replace(card, candidates=candidates, runner_up=runner_up(candidates))


def text_card(database: Database, row: LookupRow, finding: Finding) -> SourceCard:
    """Return the card of a text that is no memory, from what was found just now."""
    chats = {
        conversation_id: (title, url)
        for conversation_id, title, url in database.query(
            "select conversation_id, title, url from conversations where account_key = $account_key",
            {"account_key": row.account_key},
        ).rows
    }
    candidates = tuple(
        SourceCandidate(
            rank=rank,
            conversation_id=passage.conversation_id,
            title=chats[passage.conversation_id][0],
            url=chats[passage.conversation_id][1],
            message_id=passage.message_id,
            message_at=_time(passage.said_at),
            score=scored.probability,
            excerpt=passage.text[:_EXCERPT],
        )
        for rank, scored in enumerate(finding.candidates[:_MOST_CANDIDATES], start=1)
        for passage in [scored.evidence.passage]
    )
    title, url = chats[row.conversation_id] if row.conversation_id else (None, None)
    message = finding.best.evidence.passage.text if finding.best and row.quote else ""
    start, end = row.quote_start or 0, row.quote_end or 0
    return SourceCard(
        account_key=row.account_key,
        memory_id=None,
        content=row.content,
        state=None,
        level=row.level,
        confidence=row.confidence,
        conversation_id=row.conversation_id,
        title=title,
        url=url,
        message_id=row.message_id,
        message_at=candidates[0].message_at if row.conversation_id else None,
        quote=row.quote,
        quote_before=message[max(0, start - _AROUND) : start],
        quote_after=message[end : end + _AROUND],
        said_by=row.said_by,
        event_message_id=None,
        is_confirmed=False,
        why=row.why,
        runner_up=runner_up(candidates),
        candidates=candidates,
        steps=tuple(EvidenceStep(**step) for step in orjson.loads(row.explanation)),
    )


def runner_up(candidates: tuple[SourceCandidate, ...]) -> SourceCandidate | None:
    """Return the best candidate of another conversation than the best."""
    return next((one for one in candidates if one.conversation_id != candidates[0].conversation_id), None)


def _candidates(database: Database) -> dict[tuple[str, str], tuple[SourceCandidate, ...]]:
    rows = database.query(sqlfiles.report("source_candidates")).rows
    return {
        key: tuple(
            SourceCandidate(
                rank=rank,
                conversation_id=conversation_id,
                title=title,
                url=url,
                message_id=message_id,
                message_at=message_at,
                score=score or 0.0,
                excerpt=None,
            )
            for _, _, rank, conversation_id, title, url, message_id, message_at, score in group
        )
        for key, group in groupby(rows, key=lambda row: (str(row[0]), str(row[1])))
    }


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
