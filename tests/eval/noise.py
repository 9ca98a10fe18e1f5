"""Conversations that no memory is from, to make an account as big as real ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random

from eval.people import Person, Said, Speaker, Talk
from vocabulary import Prose, make_vocabulary

_VOCABULARY_SEED = 1
_FEWEST_ANSWERS, _MOST_ANSWERS = 2, 10
_USER_BYTES, _ASSISTANT_BYTES = 160, 900  # what people and assistants say at a time, on average


def noise_talks(count: int, donors: Sequence[Person], span: tuple[datetime, datetime], seed: int) -> Iterator[Talk]:
    """Yield so many conversations, begun at random within a span of time.

    Each takes its turns from anywhere in what donors of one language said and were told; without donors it is made
    of the bench's invented words.
    """
    for number in range(count):
        rng = Random(f"{seed}/noise/{number}")  # noqa: S311 - repeatable, not secret
        answers = rng.randint(_FEWEST_ANSWERS, _MOST_ANSWERS)
        title, turns = _recombined(donors, answers, rng) if donors else _invented(answers, rng)
        started_at = span[0] + rng.random() * (span[1] - span[0])
        yield Talk(key=str(number), title=title, started_at=started_at, turns=turns)


def _recombined(donors: Sequence[Person], answers: int, rng: Random) -> tuple[str, tuple[Said, ...]]:
    language = rng.choice(donors).language
    talks = [talk for donor in donors if donor.language == language for talk in donor.talks]
    return rng.choice(talks).title, tuple(
        Said(by=by, text=_any_text(talks, by, rng)) for _ in range(answers) for by in ("user", "assistant")
    )


def _any_text(talks: Sequence[Talk], by: Speaker, rng: Random) -> str:
    return rng.choice([turn.text for turn in rng.choice(talks).turns if turn.by == by])


def _invented(answers: int, rng: Random) -> tuple[str, tuple[Said, ...]]:
    prose = Prose(make_vocabulary(_VOCABULARY_SEED), rng)
    turns: list[Said] = []
    for _ in range(answers):
        turns.append(Said(by="user", text=prose.text(rng.expovariate(1 / _USER_BYTES))))
        turns.append(Said(by="assistant", text=prose.text(rng.expovariate(1 / _ASSISTANT_BYTES))))
    return prose.title(), tuple(turns)
