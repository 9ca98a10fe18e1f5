"""Reasons: why a message is the source, why none is, and the steps that led there, in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from support.findings import evidence, found, passage, question, scored

from memlake.lookup.reasons import steps, why, why_not
from memlake.lookup.shortlist import Calendar

DAY = 86_400.0
CALENDAR = Calendar(began=(100 * DAY, 200 * DAY), ended=(101 * DAY, 201 * DAY), numbers=(1, 2))
NOWHERE = Calendar((), (), ())
KEY = ("a", "c1")
MESSAGE = passage("I play the theremin", said_at=200 * DAY)
TITLE = "Strings \x1b[31m and wires"


def test_steps_are_told_from_the_strongest() -> None:
    """What counts next to nothing is left out."""
    candidate = scored(evidence(MESSAGE), words=1.0, window=-3.0, speaker=2.0, date=0.001)
    told = steps(found("plays theremin", candidate), candidate)
    assert [step.points for step in told] == [-3.0, 2.0, 1.0]
    assert all(step.name and step.detail for step in told)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_every_kind_of_evidence_has_its_words(sign: float) -> None:
    """For and against, without two that say the same."""
    one = evidence(MESSAGE, echo=float(sign < 0), alignment=0.5)
    points = dict.fromkeys(scored(one).points, sign)
    candidate = scored(one, **points)

    told = steps(found("plays theremin", candidate, created_at=201 * DAY), candidate)

    assert len({step.name for step in told}) == len({step.detail for step in told}) == len(points)


@pytest.mark.parametrize("said_by", [True, False])
def test_the_speaker_is_told(said_by: bool) -> None:  # noqa: FBT001 - a parameter
    """The user or the assistant."""
    candidate = scored(evidence(passage("theremin", is_by_user=said_by)), speaker=1.0)
    (step,) = steps(found("theremin", candidate), candidate)
    assert ("you" in step.detail) == said_by
    assert ("assistant" in step.detail) != said_by


@pytest.mark.parametrize(
    ("created_at", "said_at", "expected"),
    [
        (None, 0.0, "no date"),
        (0.0, None, "no date"),
        (0.0, 0.0, "as it was saved"),
        (60.0, 0.0, "1 minute before"),
        (7_200.0, 0.0, "2 hours before"),
        (9 * DAY, 0.0, "9 days before"),
        (0.0, 3 * DAY, "3 days after"),
    ],
)
def test_a_lag_is_told(created_at: float | None, said_at: float | None, expected: str) -> None:
    """In the largest unit that fits."""
    candidate = scored(evidence(passage("theremin", said_at=said_at)), date=1.0)
    (step,) = steps(found("theremin", candidate, created_at=created_at), candidate)
    assert expected in step.detail


def test_the_reason_begins_with_the_words() -> None:
    """The rarest first, and few; then what speaks for it strongly, each once, and nothing that speaks against it."""
    asked = question("play", "theremin", "the", "i", "cello")
    candidate = scored(evidence(MESSAGE), words=2.0, speaker=1.0, window=-2.0, date=0.01, crowd=5.0, echo=5.0)
    told = why(found("x", candidate, asked=asked), candidate)

    first, *others = told.split("; ")
    assert "'theremin'" in first
    assert "cello" not in told
    assert others == ["said by you"]


def test_a_source_may_share_no_word() -> None:
    """Its neighbours said it."""
    candidate = scored(evidence(MESSAGE), window=2.0)
    assert "none of its words" in why(found("zeppelin", candidate), candidate)


def test_words_are_inert() -> None:
    """A memory of somebody else steers no terminal, nor does a title."""
    asked = question("a\x1b[31mb\u202e")
    candidate = scored(evidence(passage("x", words=frozenset({"a\x1b[31mb\u202e"}))))
    told = why(found("x", candidate, asked=asked), candidate)
    told += why_not(found("x", candidate, asked=asked), CALENDAR, titles={KEY: TITLE})
    assert {"\x1b", "\u202e"}.isdisjoint(told)


@pytest.mark.parametrize(
    ("content", "expected"), [(" \n", "no text"), ("User", "no word"), ("zeppelin", "none of its words")]
)
def test_what_cannot_be_searched_says_why(content: str, expected: str) -> None:
    """Nothing is close to it."""
    asked = question(unheard=["zeppelin"]) if content == "zeppelin" else question()
    told = why_not(found(content, asked=asked), NOWHERE, titles={})
    assert expected in told
    assert "closest" not in told


def test_common_words_are_too_generic() -> None:
    """But rare ones that nobody said clearly are not."""
    candidate = scored(evidence(MESSAGE), probability=0.3)
    told = [
        why_not(found("x", candidate, asked=question("play", rarity=rarity)), NOWHERE, titles={KEY: "T"})
        for rarity in (0.5, 40.0)
    ]
    assert ["generic" in each for each in told] == [True, False]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(50, "before the oldest"), (150, "two days"), (200.5, "temporary chat"), (None, "")],
)
def test_the_date_may_be_the_reason(day: float | None, expected: str) -> None:
    """Older than all talks, in a gap, or with talks that do not say it."""
    candidate = scored(evidence(MESSAGE), probability=0.3)
    moment = None if day is None else day * DAY
    told = why_not(
        found("x", candidate, asked=question("theremin", rarity=40.0), created_at=moment), CALENDAR, titles={KEY: "T"}
    )
    assert expected in told
    assert "closest" in told


def test_a_date_says_little_about_what_is_generic_anyway() -> None:
    """Talks of its days are there, and the words are too common to tell."""
    candidate = scored(evidence(MESSAGE), probability=0.3)
    finding = found("x", candidate, asked=question("play", rarity=0.5), created_at=200.5 * DAY)
    told = why_not(finding, CALENDAR, titles={KEY: "T"})
    assert "generic" in told
    assert "temporary chat" not in told


def test_rewritten_memories_say_so() -> None:
    """Providers that keep prose reword it all the time."""
    assert "rewrites" in why_not(found("x", channel="prose"), NOWHERE, titles={})


@pytest.mark.parametrize(
    ("title", "expected"), [("T" * 90, "T" * 60), (None, "without a title"), ("", "without a title")]
)
def test_the_closest_talk_is_named(title: str | None, expected: str) -> None:
    """With its probability; one that is next to impossible is not."""
    close, far = (scored(evidence(MESSAGE), probability=probability) for probability in (0.3, 0.001))
    told = why_not(found("theremin", close), NOWHERE, titles={KEY: title})
    assert expected in told
    assert "30 %" in told
    assert "T" * 61 not in told
    assert "closest" not in why_not(found("theremin", far), NOWHERE, titles={KEY: title})


def test_what_was_rejected_is_told_first() -> None:
    """With the way back; that no talk of those days says it would be untrue."""
    candidate = scored(evidence(MESSAGE), probability=0.3)
    asked = question("theremin", rarity=40.0)
    known: dict[str, Any] = {"created_at": 200.5 * DAY, "rejected": frozenset({"c2", "c1"})}
    told = why_not(found("x", candidate, asked=asked, **known), CALENDAR, titles={KEY: "Strings"})
    assert told.startswith('you rejected "Strings", a chat without a title, which --confirm takes back; ')
    assert "none says it clearly" not in told


def test_what_was_said_in_many_talks_is_said() -> None:
    """Only nobody can tell from which of them it is."""
    candidate = scored(evidence(MESSAGE), probability=0.1)
    told = why_not(found("I play the theremin", candidate), NOWHERE, titles={})
    assert told.startswith("you said it word for word")


def test_there_always_is_a_reason() -> None:
    """Also where nothing is close and nothing is odd."""
    assert (
        why_not(found("theremin", asked=question("theremin", rarity=40.0)), NOWHERE, titles={}) == "no message says it"
    )
