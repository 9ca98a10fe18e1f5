"""The labelled people of the landing evaluation, and an assistant that takes their packs in as assistants do.

One file a person, in `landing/`: what is packed, each memory with the words that an assistant would find for it, what
it would say of several in one sentence, and what it would make up. All people are invented.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).with_name("landing")

Fate = Literal["verbatim", "reworded", "merged", "missing"]

_MERGED_SHARE = 0.5
_FATES: dict[Fate, float] = {"verbatim": 0.3, "reworded": 0.45, "missing": 0.25}
_INVENTED = (3, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPerson:
    """One invented person; nothing is ever fitted on one that is held out.

    `wordings` are by the place of a memory, `merged` are places with the text that says all of them.
    """

    name: str
    language: str
    is_held_out: bool
    memories: tuple[str, ...]
    wordings: tuple[str, ...]
    merged: tuple[tuple[tuple[int, ...], str], ...]
    invented: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an assistant knows after a pack was brought in, and what became of each memory of it, by its place."""

    person: PackedPerson
    texts: tuple[str, ...]
    fates: tuple[Fate, ...]
    invented: frozenset[str]


def packed_names() -> tuple[str, ...]:
    """Return the names of all people, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def load_packed_people(names: Sequence[str]) -> tuple[PackedPerson, ...]:
    """Return the people of these names."""
    return tuple(map(load_packed_person, names))


@cache
def load_packed_person(name: str) -> PackedPerson:
    """Return one person; raises `KeyError` where a file is not as it should be."""
    document = json.loads((FOLDER / f"{name}.json").read_bytes())
    return PackedPerson(
        name=document["name"],
        language=document["language"],
        is_held_out=document["held_out"],
        memories=tuple(memory for memory, _ in document["memories"]),
        wordings=tuple(wording for _, wording in document["memories"]),
        merged=tuple((tuple(places), text) for places, text in document["merged"]),
        invented=tuple(document["invented"]),
    )


def simulate(person: PackedPerson, seed: int) -> Answer:
    """Let an assistant take a person's pack in: it keeps, rewords, merges, drops and invents, the same for one seed."""
    chance = random.Random(f"{person.name} {seed}")  # noqa: S311 - no secret depends on it
    fates: dict[int, Fate] = {}
    texts = []
    for places, text in person.merged:
        if chance.random() < _MERGED_SHARE:
            fates |= dict.fromkeys(places, "merged")
            texts.append(text)
    for place, (memory, wording) in enumerate(zip(person.memories, person.wordings, strict=True)):
        if place in fates:
            continue
        fates[place] = chance.choices(list(_FATES), weights=list(_FATES.values()))[0]
        if fates[place] != "missing":
            texts.append(memory if fates[place] == "verbatim" else wording)
    invented = chance.sample(person.invented, chance.randint(*_INVENTED))
    texts += invented
    chance.shuffle(texts)
    return Answer(
        person=person,
        texts=tuple(texts),
        fates=tuple(fates[place] for place in range(len(person.memories))),
        invented=frozenset(invented),
    )
