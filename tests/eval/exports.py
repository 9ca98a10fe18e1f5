"""Exports of labelled people, and the truth about each memory in them.

The same person in another variant has the same ids and, where memories are dated, learnt them at the same time, so
that what differs between two variants is what the variant is about. Ids are hashes: their order tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal
from uuid import NAMESPACE_URL, uuid5

from eval.noise import noise_talks
from eval.people import Kind, Person, Remembered, SaidBy, Talk
from support.chatgpt import START, Turn, assistant, conversation, user
from support.lakes import Json, export_folder
from support.monthly import listed
from support.zips import write_zip

Variant = Literal["undated", "listed", "dated", "late", "gone"]
VARIANTS: dict[Variant, str] = {
    "undated": "no dates, the list shuffled",
    "listed": "no dates, the list in the order in which the memories were learnt",
    "dated": "created 0 to 6 hours after the source was said",
    "late": "created 30 to 365 days later, as if edited",
    "gone": "as dated, and a quarter of the source conversations is not in the export",
}

_EXPORTED_ON = "2026-10-01"  # after everything that anybody says or saves
_MESSAGE_EVERY = timedelta(minutes=1)
_LEARNT_WITHIN_SECONDS = 6 * 3_600
_EDITED_AFTER_DAYS = (30, 365)
_GONE_SHARE = 0.25
_UNDATED: tuple[Variant, ...] = ("undated", "listed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """One memory of an export and where it came from: a conversation in that export, or nowhere.

    `said_by` is `nobody` where the export does not hold the source; `said_at` is the last message that says it.
    """

    memory_id: str
    person: str
    language: str
    text: str
    kind: Kind
    said_by: SaidBy
    conversation_id: str | None
    message_ids: frozenset[str]
    said_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledExport:
    """An export, a folder or a ZIP, with the truth about its memories in the order of its list."""

    path: Path
    truths: tuple[Truth, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Learnt:
    """A memory, and when the assistant learnt it; what was never said has such a time too."""

    person: Person
    memory: Remembered
    at: datetime


def write_export(
    people: Sequence[Person],
    folder: Path,
    variant: Variant,
    *,
    noise_count: int = 0,
    noise_from: Sequence[Person] = (),
    is_zipped: bool = False,
    seed: int = 1,
) -> LabelledExport:
    """Write one account's export, of one person or of several as if they were one, into a folder.

    `noise_count` conversations come on top that no memory is from: what people of `noise_from` who are not in the
    account said and were told, recombined; without such people, texts of invented words.
    """
    name = "-".join(["-".join(person.key for person in people), variant, _EXPORTED_ON])
    learnt = _in_list_order([_learnt(person, memory, seed) for person in people for memory in person.memories], variant)
    gone = {person.key: _gone_talks(person, seed) if variant == "gone" else frozenset() for person in people}
    talks = [(person.key, talk) for person in people for talk in person.talks if talk.key not in gone[person.key]]
    strangers = [person for person in noise_from if person not in people]
    talks += [("noise", talk) for talk in noise_talks(noise_count, strangers, _span(talks), seed)]
    newest_first = sorted(talks, key=lambda talk: talk[1].started_at, reverse=True)
    path = export_folder(
        folder,
        name,
        conversations=[_conversation(owner, talk) for owner, talk in newest_first],
        memories=[_listed(entry, variant, seed) for entry in learnt],
        user=f"user-{'-'.join(person.key for person in people)}",
    )
    if is_zipped:
        files = {file.name: file.read_bytes() for file in sorted(path.iterdir())}
        path = write_zip(folder / f"{name}.zip", files)
    return LabelledExport(path=path, truths=tuple(_truth(entry, gone[entry.person.key]) for entry in learnt))


def conversation_id(owner: str, talk: str) -> str:
    """Return the id that a conversation of a person has in every export."""
    return _id(owner, talk)


def message_id(owner: str, talk: str, turn: int) -> str:
    """Return the id that a message of a person has in every export."""
    return _id(owner, talk, str(turn))


def memory_id(owner: str, memory: str) -> str:
    """Return the id that a memory of a person has in every export."""
    return _id(owner, "memory", memory)


def _id(*path: str) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(path)))


def _at(talk: Talk, turn: int) -> datetime:
    return talk.started_at + turn * _MESSAGE_EVERY


def _learnt(person: Person, memory: Remembered, seed: int) -> _Learnt:
    """Return when a memory was learnt: soon after its source, or after any conversation of that person."""
    rng = _rng(seed, person.key, memory.key)
    talks = {talk.key: talk for talk in person.talks}
    talk = talks[memory.talk] if memory.talk else rng.choice(person.talks)
    turn = max(memory.turns, default=len(talk.turns) - 1)
    later = timedelta(seconds=rng.randrange(_LEARNT_WITHIN_SECONDS))
    return _Learnt(person=person, memory=memory, at=_at(talk, turn) + later)


def _in_list_order(learnt: list[_Learnt], variant: Variant) -> list[_Learnt]:
    if variant == "listed":
        return sorted(learnt, key=lambda entry: entry.at)
    return sorted(learnt, key=lambda entry: _id("list order", entry.person.key, entry.memory.key))


def _gone_talks(person: Person, seed: int) -> frozenset[str]:
    """Return the conversations that the export lacks: a quarter of those that are a source."""
    sources = sorted({memory.talk for memory in person.memories if memory.talk})
    return frozenset(_rng(seed, person.key, "gone").sample(sources, round(len(sources) * _GONE_SHARE)))


def _span(talks: Sequence[tuple[str, Talk]]) -> tuple[datetime, datetime]:
    times = [talk.started_at for _, talk in talks]
    return min(times), max(times)


def _conversation(owner: str, talk: Talk) -> Json:
    turns = list(_turns(owner, talk))
    begun = talk.started_at.timestamp()
    ended = _at(talk, len(turns) - 1).timestamp()
    own_id = conversation_id(owner, talk.key)
    return conversation(own_id, *turns, title=talk.title, create_time=begun, update_time=ended)


def _turns(owner: str, talk: Talk) -> Iterator[Turn]:
    for number, said in enumerate(talk.turns):
        turn = user(said.text) if said.by == "user" else assistant(said.text)
        yield replace(turn, key=message_id(owner, talk.key, number), at=_at(talk, number).timestamp() - START)


def _listed(entry: _Learnt, variant: Variant, seed: int) -> Json:
    own_id = memory_id(entry.person.key, entry.memory.key)
    if variant in _UNDATED:
        return listed(own_id, entry.memory.text)
    created_at = entry.at
    if variant == "late":
        days = _rng(seed, entry.person.key, entry.memory.key, "late").uniform(*_EDITED_AFTER_DAYS)
        created_at += timedelta(days=days)
    return listed(own_id, entry.memory.text, created_at=created_at.isoformat())


def _truth(entry: _Learnt, gone: frozenset[str]) -> Truth:
    person, memory = entry.person, entry.memory
    is_there = memory.talk is not None and memory.talk not in gone
    talk = next((talk for talk in person.talks if is_there and talk.key == memory.talk), None)
    return Truth(
        memory_id=memory_id(person.key, memory.key),
        person=person.key,
        language=person.language,
        text=memory.text,
        kind=memory.kind,
        said_by=memory.said_by if talk else "nobody",
        conversation_id=conversation_id(person.key, talk.key) if talk else None,
        message_ids=frozenset(message_id(person.key, talk.key, turn) for turn in memory.turns) if talk else frozenset(),
        said_at=_at(talk, max(memory.turns)) if talk else None,
    )


def _rng(seed: int, *path: str) -> Random:
    return Random("/".join([str(seed), *path]))  # noqa: S311 - repeatable, not secret
