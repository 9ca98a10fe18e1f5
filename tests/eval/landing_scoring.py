"""How well it is told what has landed of a pack: what became of each memory against what is said about it.

Every measure is a share from 0 to 1, or left out where it has nothing to count.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.landing_people import Answer, PackedPerson, simulate

from memlake.packs.items import MemoryRef, PackItem
from memlake.packs.landing import Landing, landing


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An assistant's answer with the truth about it, and what is said about it."""

    answer: Answer
    found: Landing

    def errors(self) -> Iterator[str]:
        """Yield what is said to have landed and has not, and the other way round."""
        for landed, fate in zip(self.found.items, self.answer.fates, strict=True):
            if (landed.verdict == "missing") != (fate == "missing"):
                yield f"{fate} {landed.verdict}: {landed.item.text}\n        {' | '.join(landed.texts)}"


def judged(person: PackedPerson, seed: int) -> Judged:
    """Let an assistant take a person's pack in, and judge what it then knows."""
    answer = simulate(person, seed)
    return Judged(answer=answer, found=landing(packed(person.memories), answer.texts))


def packed(memories: Sequence[str]) -> list[PackItem]:
    """Return the items of a pack with these texts."""
    return [
        PackItem(
            number=number,
            text=text,
            saved_on=None,
            category="other",
            memories=(MemoryRef(account_key="a", memory_id=f"m{number}"),),
            placeholder_count=0,
            addressed=None,
        )
        for number, text in enumerate(memories, start=1)
    ]


def landing_figures(answers: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Return the measures over all answers and by language."""
    languages = sorted({one.answer.person.language for one in answers})
    chosen = {"all": answers} | {
        f"language {language}": [one for one in answers if one.answer.person.language == language]
        for language in languages
    }
    return {name: _measures(some) for name, some in chosen.items()}


def _measures(answers: Sequence[Judged]) -> dict[str, float]:
    pairs = [
        (fate, landed.verdict)
        for one in answers
        for landed, fate in zip(one.found.items, one.answer.fates, strict=True)
    ]
    said = [(fate, verdict) for fate, verdict in pairs if verdict != "missing"]
    true = [(fate, verdict) for fate, verdict in pairs if fate != "missing"]
    both = [(fate, verdict) for fate, verdict in said if fate != "missing"]
    others = [(text in one.answer.invented) for one in answers for text in one.found.others]
    invented = [(text in one.found.others) for one in answers for text in one.answer.invented]
    return {
        "memory_count": len(pairs),
        "landed_accuracy": _share([(fate == "missing") == (verdict == "missing") for fate, verdict in pairs]),
        "landed_precision": len(both) / len(said),
        "landed_recall": len(both) / len(true),
        "verdict_accuracy": _share([fate == verdict for fate, verdict in both]),
        "others_precision": _share(others),
        "others_recall": _share(invented),
    }


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)
