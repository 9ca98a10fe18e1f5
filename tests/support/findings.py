"""Pieces of a lookup for tests of its steps: messages, what speaks for them, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from memlake.lake.analysis import words_of
from memlake.lookup.archive import AskedMemory
from memlake.lookup.evidence import FEATURES, Evidence
from memlake.lookup.finding import Finding, Scored
from memlake.lookup.model import COLUMNS
from memlake.lookup.passages import Passage
from memlake.lookup.question import THE_USER, Question, Word
from memlake.lookup.sentences import Sentence, sentences_of

HABITS = ("speaker", "date", "list_place", "crowd")


def passage(text: str, conversation_id: str = "c1", **keys: Any) -> Passage:  # noqa: ANN401 - any field
    """Return a message of the user."""
    values: dict[str, Any] = {
        "number": 1,
        "conversation_number": int(conversation_id[1:]),
        "conversation_id": conversation_id,
        "message_id": "n1",
        "is_by_user": True,
        "is_spoken": True,
        "text": text,
        "sentences": sentences_of([text])[0],
        "words": frozenset(text.lower().split()),
        "first_words": frozenset(text.lower().split()),
        "said_at": 0.0,
    }
    return Passage(**values | keys)


def evidence(message: Passage, **features: Any) -> Evidence:  # noqa: ANN401 - a number, or sentences
    """Return what speaks for a message: nothing but what is given."""
    said: tuple[Sentence, ...] = features.pop("sentences", message.sentences)
    return Evidence(passage=message, sentences=said, **dict.fromkeys(FEATURES, 0.0) | features)


def question(*words: str, rarity: float = 5.0, unheard: Sequence[str] = ()) -> Question:
    """Return a question for some words, the unheard of which no message has."""
    heard = tuple(Word(word, (word,), rarity) for word in words)
    return Question(words=(*heard, *(Word(word, (), rarity) for word in unheard)), names=(), wording=words)


def scored(one: Evidence, probability: float = 0.9, **points: float) -> Scored:
    """Return a candidate; kinds of evidence without points have none."""
    return Scored(evidence=one, points=dict.fromkeys([*COLUMNS, *HABITS], 0.0) | points, probability=probability)


def found(
    content: str,
    *candidates: Scored,
    asked: Question | None = None,
    **known: Any,  # noqa: ANN401 - of the memory
) -> Finding:
    """Return what was found for a memory; candidates are given best first."""
    sums: dict[str, float] = {}
    for one in candidates:
        chat = one.evidence.passage.conversation_id
        sums[chat] = sums.get(chat, 0.0) + one.probability
    best = candidates[0].evidence.passage.conversation_id if candidates else None
    runner_up = next((one for one in candidates if one.evidence.passage.conversation_id != best), None)
    values: Mapping[str, Any] = {"account_key": "a", "memory_id": "m", "content": content} | known
    return Finding(
        memory=AskedMemory(**values),
        question=asked
        or replace(question(*content.lower().split()), wording=tuple(words_of(THE_USER.sub(" ", content)))),
        candidates=candidates,
        confidence=sums[best] if best else 0.0,
        runner_up=runner_up,
        runner_up_confidence=sums[runner_up.evidence.passage.conversation_id] if runner_up else 0.0,
    )
