"""Findings: candidates in order, with points that add up and what is known hidden where it has to be."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from support.findings import evidence, passage, question

from memlake.lookup.archive import AskedMemory
from memlake.lookup.evidence import Evidence
from memlake.lookup.finding import Comparison, Finding, judge
from memlake.lookup.model import built_in_model
from memlake.lookup.shortlist import Calendar

DAY = 86_400.0
CALENDAR = Calendar(
    began=tuple(DAY * day for day in range(20)),
    ended=tuple(DAY * day for day in range(20)),
    numbers=tuple(range(1, 21)),
)
LIKE = {"words": 1.0, "window": 1.0, "chat": 1.0, "sentence": 1.0, "letters": 0.9, "order": 0.9, "length": 2.0}


def message(chat: int, number: int = 0, **keys: float | None) -> Evidence:
    """Return evidence that speaks clearly for a message of a chat, which was on the day of its number."""
    values = {"said_at": DAY * (chat - 1), "number": number or 10 * chat, "message_id": f"n{number}"} | keys
    return evidence(passage("I play the theremin", f"c{chat}", **values), **LIKE)


def asked(*candidates: Evidence, **known: object) -> Comparison:
    """Return a memory with its candidates."""
    memory = AskedMemory(account_key="a", memory_id="m", content="Plays the theremin")
    return Comparison(memory=replace(memory, **known), question=question("play", "theremin"), evidence=candidates)  # type: ignore[arg-type]


def judged(*memories: Comparison, is_blind: bool = False) -> list[Finding]:
    """Judge some memories by the built-in weights."""
    return judge(memories, calendar=CALENDAR, model=built_in_model(), message_count=200, is_blind=is_blind)


def chats(finding: Finding) -> list[str]:
    """Return the conversations of the candidates."""
    return [one.evidence.passage.conversation_id for one in finding.candidates]


def test_points_explain_probabilities() -> None:
    """Two candidates differ in their log odds by what their points differ."""
    (finding,) = judged(asked(message(3), replace(message(9), words=0.4, first_person=1.0), created_at=9 * DAY))
    first, second = finding.candidates
    difference = sum(first.points.values()) - sum(second.points.values())
    assert difference == pytest.approx(math.log(first.probability / second.probability))


def test_messages_of_one_talk_stand_together() -> None:
    """The best talk first, by all that its messages say."""
    (finding,) = judged(asked(message(5, 50), message(2, 20), message(5, 51), replace(message(2, 21), words=0.2)))
    assert chats(finding) == ["c5", "c5", "c2", "c2"]
    assert finding.runner_up is not None
    assert finding.runner_up.evidence.passage.conversation_id == "c2"
    assert finding.confidence == pytest.approx(sum(one.probability for one in finding.candidates[:2]))
    assert 0 < finding.runner_up_confidence < finding.confidence < 1


@pytest.mark.parametrize("times", [(5.0, 4.0), (None, 4.0), (4.0, 4.0)])
def test_of_equal_talks_the_older_is_first(times: tuple[float | None, float]) -> None:
    """One without a time comes last, and of one time the first by its id; never by its number."""
    one, other = (
        replace(message(chat), passage=replace(message(chat).passage, said_at=at, conversation_number=30 - chat))
        for chat, at in zip((7, 4), times, strict=True)
    )
    (finding,) = judged(asked(one, other))
    assert chats(finding) == ["c4", "c7"]


def test_nothing_found_is_a_finding() -> None:
    """Without a best candidate."""
    (finding,) = judged(asked())
    assert (finding.best, finding.confidence, finding.runner_up, finding.runner_up_confidence) == (None, 0.0, None, 0.0)
    assert judged() == []


@pytest.mark.parametrize("known", ["recorded", "confirmed"])
def test_what_is_known_helps_its_neighbours_unless_it_is_hidden(known: str) -> None:
    """To see how well it would have been found."""
    sides = [asked(message(9), message(19), **{known: "c9"}) for _ in range(2)]
    memories = [sides[0], asked(message(9, 99), message(19, 199)), sides[1]]
    seen, hidden = judged(*memories)[1], judged(*memories, is_blind=True)[1]
    assert chats(seen)[0] == "c9"
    assert seen.confidence > hidden.confidence


def test_a_known_talk_that_is_no_candidate_changes_nothing() -> None:
    """It may have no word of the memory."""
    plain, known = judged(asked(message(9), message(4))), judged(asked(message(9), message(4), recorded="c77"))
    assert [one.probability for one in plain[0].candidates] == [one.probability for one in known[0].candidates]


def test_what_was_confirmed_counts_before_what_was_recorded() -> None:
    """Else the one that there is."""
    memory = AskedMemory(account_key="a", memory_id="m", content="x", recorded="c1", confirmed="c2")
    assert memory.known == "c2"
    assert replace(memory, confirmed=None).known == "c1"
    assert replace(memory, confirmed=None, recorded=None).known is None
