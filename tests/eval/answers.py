"""What a lake answers about where memories came from, beside the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from eval.exports import Truth
from eval.scoring import Answer, Candidate, Judged

import memlake

_SOURCES = "select memory_id, conversation_id, confidence, said_by from memory_sources"
_CANDIDATES = """
    select c.memory_id, c.conversation_id, c.message_id, case when m.role = 'assistant' then m.created_at end
    from memory_source_candidates c
    left join messages m using (account_key, conversation_id, message_id)
    order by c.memory_id, c.rank
"""


class _Found(NamedTuple):
    """A candidate as the lake tells it; `answered_at` only where the assistant said it."""

    conversation_id: str
    message_id: str
    answered_at: datetime | None


def judged(lake: Path, truths: Sequence[Truth]) -> list[Judged]:
    """Return each memory with what the lake says of it now; raises `KeyError` for one that the lake lacks."""
    opened = memlake.Lake(lake)
    candidates = defaultdict[str, list[_Found]](list)
    for memory_id, *found in opened.sql(_CANDIDATES).iter_rows():
        candidates[memory_id].append(_Found(*found))
    sources = {memory_id: source for memory_id, *source in opened.sql(_SOURCES).iter_rows()}
    return [_judged(truth, sources[truth.memory_id], candidates[truth.memory_id]) for truth in truths]


def _judged(truth: Truth, source: Sequence[Any], candidates: Sequence[_Found]) -> Judged:
    conversation_id, confidence, said_by = source
    answer = Answer(
        candidates=tuple(_candidate(truth, found) for found in candidates),
        conversation_id=conversation_id,
        confidence=confidence,
        said_by=said_by,
    )
    return Judged(truth=truth, answer=answer)


def _candidate(truth: Truth, found: _Found) -> Candidate:
    is_later = truth.said_at is not None and found.answered_at is not None and found.answered_at > truth.said_at
    return Candidate(conversation_id=found.conversation_id, message_id=found.message_id, is_later_answer=is_later)
