"""The labelled people are valid, many and various, and a file that breaks a rule is refused by name."""

from __future__ import annotations

import copy
import json
from collections import Counter
from typing import Any

import pytest
from eval.people import (
    HELD_OUT,
    BadPersonError,
    Person,
    development_people,
    held_out_people,
    load_people,
    person_keys,
    read_person,
)

_VALID: dict[str, Any] = {
    "name": "Kim",
    "language": "en",
    "conversations": [
        {
            "id": "c1",
            "title": "Bees",
            "started_at": "2025-01-01T12:00:00Z",
            "turns": [{"by": "user", "text": "I keep bees."}, {"by": "assistant", "text": "Lovely."}],
        }
    ],
    "memories": [
        {
            "id": "m1",
            "text": "Keeps bees.",
            "kind": "near",
            "said_by": "user",
            "source": {"conversation": "c1", "turns": [0]},
        },
        {"id": "m2", "text": "Sells honey.", "kind": "unsaid", "said_by": "nobody", "source": None},
    ],
}


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    """Return everybody; reading checks every rule."""
    return load_people(person_keys())


def test_there_are_enough_memories_in_enough_languages(people: tuple[Person, ...]) -> None:
    """A figure over fewer would tell more about chance than about lookup."""
    assert sum(len(person.memories) for person in people) >= 400
    assert len({person.language for person in people}) >= 4


@pytest.mark.parametrize(
    ("kind", "lowest", "highest"),
    [
        ("verbatim", 0.08, 0.16),
        ("near", 0.18, 0.28),
        ("paraphrase", 0.35, 0.45),
        ("inferred", 0.10, 0.20),
        ("unsaid", 0.07, 0.13),
    ],
)
def test_kinds_are_spread_as_in_life(people: tuple[Person, ...], kind: str, lowest: float, highest: float) -> None:
    """Most memories are reworded, a few are word for word, some were never said."""
    kinds = [memory.kind for person in people for memory in person.memories]

    assert lowest <= kinds.count(kind) / len(kinds) <= highest  # type: ignore[arg-type]


def test_nearly_all_was_said_by_the_person(people: tuple[Person, ...]) -> None:
    """Some facts stand in what they pasted, a few only in what the assistant answered."""
    counts = Counter(memory.said_by for person in people for memory in person.memories if memory.talk)

    assert counts["user"] >= 0.8 * counts.total()
    assert counts["document"] > counts["assistant"] > 0


def test_a_third_of_the_people_is_never_fitted_on(people: tuple[Person, ...]) -> None:
    """Every person is in one of the two parts, and both speak English and other languages."""
    development, held_out = development_people(), held_out_people()

    assert {person.key for person in held_out} == HELD_OUT
    assert sorted([*development, *held_out], key=lambda person: person.key) == list(people)
    assert all(person.is_held_out == (person in held_out) for person in people)
    assert 0.25 <= len(held_out) / len(people) <= 0.4
    assert all(len({person.language for person in part} - {"en"}) >= 3 for part in (development, held_out))


def test_valid_file_is_read_whole() -> None:
    """Places count from 0, and what was never said has none."""
    person = read_person("kim", json.dumps(_VALID).encode())

    assert [(memory.talk, memory.turns) for memory in person.memories] == [("c1", (0,)), (None, ())]
    assert [said.by for said in person.talks[0].turns] == ["user", "assistant"]


@pytest.mark.parametrize(
    ("place", "value", "complaint"),
    [
        (("name",), " ", "no name or no language"),
        (("extra",), 1, "keys of the person"),
        (("conversations", 0, "mood"), "good", "keys of conversation c1"),
        (("conversations", 0, "turns", 0, "at"), 1, "keys of a turn of c1"),
        (("conversations", 0, "started_at"), "2025-01-01T12:00:00", "is no time in UTC"),
        (("conversations", 0, "started_at"), "yesterday", "is no time in UTC"),
        (("conversations", 0, "turns"), [], "c1: speakers"),
        (("conversations", 0, "turns", 1, "by"), "user", "two turns in a row"),
        (("conversations", 0, "turns", 1, "by"), "tool", "c1: speakers"),
        (("conversations", 0, "turns", 1, "text"), "\n", "an empty turn"),
        (("memories", 1, "id"), "m1", "2 memories are m1"),
        (("memories", 0, "pinned"), True, "keys of memory m1"),
        (("memories", 0, "source", "quote"), "I keep", "keys of the source of m1"),
        (("memories", 0, "text"), "", "m1: no text"),
        (("memories", 0, "kind"), "guess", "m1: kind 'guess'"),
        (("memories", 0, "kind"), "unsaid", "m1: source, kind and said_by disagree"),
        (("memories", 1, "said_by"), "user", "m2: source, kind and said_by disagree"),
        (("memories", 0, "source", "conversation"), "c9", "m1: no conversation c9"),
        (("memories", 0, "source", "turns"), [], "m1: turns []"),
        (("memories", 0, "source", "turns"), [0, 0], "m1: turns [0, 0]"),
        (("memories", 0, "source", "turns"), [2], "out of range"),
        (("memories", 0, "source", "turns"), [1], "is not by who said it"),
    ],
)
def test_breach_of_a_rule_is_named(place: tuple[Any, ...], value: object, complaint: str) -> None:
    """Who labels a new person is told what is wrong and where."""
    document = copy.deepcopy(_VALID)
    holder: Any = document
    for step in place[:-1]:
        holder = holder[step]
    holder[place[-1]] = value

    with pytest.raises(BadPersonError, match="kim") as refused:
        read_person("kim", json.dumps(document).encode())

    assert complaint in str(refused.value)
