"""The labelled people of the evaluation: what each said in which conversation, and what is remembered of it.

One file a person, in `people/`. `turns` of a source count from 0 in its conversation; a memory without a source was
said in none of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

FOLDER = Path(__file__).with_name("people")
HELD_OUT = frozenset({"ruth", "jonas", "lin", "lucia"})
"""The third that nothing is ever fitted on."""

Kind = Literal["verbatim", "near", "paraphrase", "inferred", "unsaid"]
Speaker = Literal["user", "assistant"]
SaidBy = Literal["user", "document", "assistant", "nobody"]

_MOST_SOURCE_TURNS = 3
_KEYS = {
    "person": {"name", "language", "conversations", "memories"},
    "conversation": {"id", "title", "started_at", "turns"},
    "turn": {"by", "text"},
    "memory": {"id", "text", "kind", "said_by", "source"},
    "source": {"conversation", "turns"},
}


class BadPersonError(Exception):
    """A person's file breaks the rules of its format; the message lists every breach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message of a conversation."""

    by: Speaker
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One conversation of a person."""

    key: str
    title: str
    started_at: datetime
    turns: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """One memory; `talk` and `turns` are where it was first said, `None` and empty for what never was."""

    key: str
    text: str
    kind: Kind
    said_by: SaidBy
    talk: str | None
    turns: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented person; `key` is the name of the file."""

    key: str
    name: str
    language: str
    talks: tuple[Talk, ...]
    memories: tuple[Remembered, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether nothing may be fitted on this person."""
        return self.key in HELD_OUT


def person_keys() -> tuple[str, ...]:
    """Return the names of all files, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def development_people() -> tuple[Person, ...]:
    """Return the people that may be fitted on."""
    return load_people([key for key in person_keys() if key not in HELD_OUT])


def held_out_people() -> tuple[Person, ...]:
    """Return the people that are only ever scored."""
    return load_people(sorted(HELD_OUT))


def load_people(keys: Sequence[str]) -> tuple[Person, ...]:
    """Return the people of these files; raises `BadPersonError` where one is not as it should be."""
    return tuple(map(load_person, keys))


@cache
def load_person(key: str) -> Person:
    """Return one person; raises `BadPersonError`."""
    return read_person(key, (FOLDER / f"{key}.json").read_bytes())


def read_person(key: str, content: bytes) -> Person:
    """Turn the content of a file into a person; raises `BadPersonError` with all that is wrong with it."""
    document = json.loads(content)
    breaches = [*_misshapen(document)] or [*_inconsistent(document)]
    if breaches:
        raise BadPersonError(f"{key}: {'; '.join(breaches)}")
    return Person(
        key=key,
        name=document["name"],
        language=document["language"],
        talks=tuple(_talk(talk) for talk in document["conversations"]),
        memories=tuple(_remembered(memory) for memory in document["memories"]),
    )


def _talk(talk: dict[str, Any]) -> Talk:
    return Talk(
        key=talk["id"],
        title=talk["title"],
        started_at=datetime.fromisoformat(talk["started_at"]),
        turns=tuple(Said(by=turn["by"], text=turn["text"]) for turn in talk["turns"]),
    )


def _remembered(memory: dict[str, Any]) -> Remembered:
    source = memory["source"]
    return Remembered(
        key=memory["id"],
        text=memory["text"],
        kind=memory["kind"],
        said_by=memory["said_by"],
        talk=source["conversation"] if source else None,
        turns=tuple(source["turns"]) if source else (),
    )


def _misshapen(document: dict[str, Any]) -> Iterator[str]:
    """Yield which objects have other keys than they should."""
    if set(document) != _KEYS["person"]:
        yield f"keys of the person: {sorted(document)}"
        return
    for talk in document["conversations"]:
        if set(talk) != _KEYS["conversation"]:
            yield f"keys of conversation {talk.get('id')}: {sorted(talk)}"
        elif any(set(turn) != _KEYS["turn"] for turn in talk["turns"]):
            yield f"keys of a turn of {talk['id']}"
    for memory in document["memories"]:
        if set(memory) != _KEYS["memory"]:
            yield f"keys of memory {memory.get('id')}: {sorted(memory)}"
        elif memory["source"] and set(memory["source"]) != _KEYS["source"]:
            yield f"keys of the source of {memory['id']}"


def _inconsistent(document: dict[str, Any]) -> Iterator[str]:
    """Yield which values contradict the rules or one another."""
    for name in ("conversations", "memories"):
        counts = Counter(entry["id"] for entry in document[name])
        yield from (f"{count} {name} are {key}" for key, count in counts.items() if count > 1)
    if not document["name"].strip() or not document["language"].strip():
        yield "no name or no language"
    talks = {talk["id"]: talk for talk in document["conversations"]}
    for talk in talks.values():
        yield from _faults_of_talk(talk)
    for memory in document["memories"]:
        yield from _faults_of_memory(memory, talks)


def _faults_of_talk(talk: dict[str, Any]) -> Iterator[str]:
    if _utc_time(talk["started_at"]) is None:
        yield f"{talk['id']}: {talk['started_at']!r} is no time in UTC"
    speakers = [turn["by"] for turn in talk["turns"]]
    if not speakers or set(speakers) - set(get_args(Speaker)):
        yield f"{talk['id']}: speakers {sorted(set(speakers))}"
    if any(former == latter for former, latter in pairwise(speakers)):
        yield f"{talk['id']}: two turns in a row are by the same"
    if not all(turn["text"].strip() for turn in talk["turns"]):
        yield f"{talk['id']}: an empty turn"


def _faults_of_memory(memory: dict[str, Any], talks: dict[str, dict[str, Any]]) -> Iterator[str]:
    key, source, said_by = memory["id"], memory["source"], memory["said_by"]
    if not memory["text"].strip():
        yield f"{key}: no text"
    if memory["kind"] not in get_args(Kind) or said_by not in get_args(SaidBy):
        yield f"{key}: kind {memory['kind']!r}, said_by {said_by!r}"
    if len({source is None, memory["kind"] == "unsaid", said_by == "nobody"}) > 1:
        yield f"{key}: source, kind and said_by disagree"
    if source is None:
        return
    if source["conversation"] not in talks:
        yield f"{key}: no conversation {source['conversation']}"
        return
    turns, numbers = talks[source["conversation"]]["turns"], source["turns"]
    if not 1 <= len(set(numbers)) == len(numbers) <= _MOST_SOURCE_TURNS:
        yield f"{key}: turns {numbers}"
    elif not all(0 <= number < len(turns) for number in numbers):
        yield f"{key}: a turn of {numbers} is out of range"
    elif any(turns[number]["by"] != ("assistant" if said_by == "assistant" else "user") for number in numbers):
        yield f"{key}: a turn of {numbers} is not by who said it"


def _utc_time(words: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        return None
    return moment if moment.tzinfo == UTC else None
