"""Labelled memories: their categories, what is private in them, and how much of both is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from eval.baseline import Figures

from memlake.packs.categories import CATEGORIES, categorise
from memlake.packs.private import CLASSES, Detector

FOLDER = Path(__file__).with_name("packs")

Section = Literal["development", "held-out"]

_FILES: dict[Section, str] = {"development": "tuning*", "held-out": "held"}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMemory:
    """A labelled memory and what was found. Without a category, what is private in it was asked, and only then.

    `private` are labels with the texts that they are about, `missed` those that no span covers, `false_labels` classes
    of which something was found, and nothing is.
    """

    text: str
    language: str
    category: str | None
    found_category: str
    why: str
    private: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]
    false_labels: tuple[str, ...]


def judged_memories(section: Section) -> Iterator[JudgedMemory]:
    """Yield the memories of a section, judged."""
    detector = Detector()
    for name in ("categories", "private"):
        for labelled in labelled_memories(section, name):
            yield judge(labelled, detector)


def labelled_memories(section: Section, kind: str) -> Iterator[dict[str, object]]:
    """Yield the memories of a section that are labelled with `categories`, or with what is `private` in them."""
    for file in sorted(FOLDER.glob(f"{_FILES[section]}-{kind}.json")):
        yield from json.loads(file.read_bytes())


def judge(labelled: dict[str, object], detector: Detector) -> JudgedMemory:
    """Sort a memory, or search what is private in it, and compare with its labels."""
    text = str(labelled["text"])
    category = labelled.get("category")
    spans = labelled.get("spans")
    private = [(str(span["class"]), str(span["text"])) for span in spans] if isinstance(spans, list) else []
    told = categorise(text)
    covered = {label: _covered(text, detector, label) for label in CLASSES} if category is None else {}
    return JudgedMemory(
        text=text,
        language=str(labelled["language"]),
        category=None if category is None else str(category),
        found_category=told.category,
        why=told.reason,
        private=tuple(private),
        missed=tuple((label, part) for label, part in private if not _is_covered(text, part, covered[label])),
        false_labels=tuple(label for label, places in covered.items() if places and label not in dict(private)),
    )


def packs_figures(judged: Sequence[JudgedMemory]) -> Figures:
    """Return the measures of all memories and of each language."""
    languages = sorted({memory.language for memory in judged})
    groups = {"all": list(judged)}
    groups |= {f"language {one}": [memory for memory in judged if memory.language == one] for one in languages}
    return {name: dict(_measures(memories)) for name, memories in groups.items()}


def confusion(judged: Sequence[JudgedMemory]) -> str:
    """Return how often each category was taken for each, a line for each that is right."""
    counts = Counter((memory.category, memory.found_category) for memory in judged if memory.category)
    lines = [["", *CATEGORIES], ["---"] + ["---:"] * len(CATEGORIES)]
    lines += [[right, *(str(counts[right, found] or "") for found in CATEGORIES)] for right in CATEGORIES]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _measures(memories: Sequence[JudgedMemory]) -> Iterator[tuple[str, float]]:
    sorted_memories = [memory for memory in memories if memory.category]
    searched = [memory for memory in memories if not memory.category]
    yield "sorted_count", len(sorted_memories)
    yield "category_accuracy", _share(memory.found_category == memory.category for memory in sorted_memories)
    yield "private_count", len(searched)
    for label in CLASSES:
        missed = Counter(one for memory in searched for one, _ in memory.missed)[label]
        count = Counter(one for memory in searched for one, _ in memory.private)[label]
        yield f"{label}_recall", 1 - missed / count if count else 1.0
        without = [memory for memory in searched if label not in dict(memory.private)]
        yield f"{label}_false", _share(label in memory.false_labels for memory in without)


def _covered(text: str, detector: Detector, label: str) -> set[int]:
    return {place for span in detector.find(text, [label]) for place in range(span.start, span.end)}


def _is_covered(text: str, part: str, places: set[int]) -> bool:
    start = text.index(part)
    return places.issuperset(range(start, start + len(part)))


def _share(values: Iterator[bool]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0
