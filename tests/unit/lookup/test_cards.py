"""Cards: what the lake knows of the sources of memories, and of a text that is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.lakes import change, empty_lake, open_lake
from support.talks import MULES, TALKS, THEREMIN, archive, sources

import memlake
from memlake.lookup.cards import runner_up, source_card, source_cards
from memlake.lookup.report import SourceCandidate, SourceCard


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which two memories were looked up."""
    lake = archive(tmp_path_factory.mktemp("cards"), TALKS, [THEREMIN, MULES])
    sources(lake)
    return lake


def candidate(rank: int, conversation_id: str) -> SourceCandidate:
    """Return a candidate."""
    return SourceCandidate(
        rank=rank,
        conversation_id=conversation_id,
        title=None,
        url=None,
        message_id=None,
        message_at=None,
        score=0.1,
        excerpt=None,
    )


def test_the_runner_up_is_the_best_of_another_talk() -> None:
    """None if there is no other."""
    one, again, other = candidate(1, "c1"), candidate(2, "c1"), candidate(3, "c2")
    assert runner_up((one, again, other)) == other
    assert runner_up((one, again)) is None
    assert runner_up(()) is None


def test_an_empty_lake_has_no_cards() -> None:
    """Neither an error."""
    with empty_lake() as database:
        assert source_cards(database) == []


def test_a_memory_that_was_not_looked_up_has_a_bare_card(tmp_path: Path) -> None:
    """It says so."""
    with open_lake(archive(tmp_path, TALKS, [THEREMIN])) as database:
        (card,) = source_cards(database)
    assert (card.level, card.confidence, card.why, card.state) == (None, None, "not looked up yet", "active")
    assert (card.candidates, card.steps, card.runner_up) == ((), (), None)
    assert (card.quote_before, card.quote_after) == ("", "")


def test_a_card_has_candidates_and_steps(lake: Path) -> None:
    """In their order, with the beginnings of the messages."""
    with open_lake(lake) as database:
        (account_key,) = {card.account_key for card in source_cards(database)}
        found = source_card(database, str(account_key), "theremin")
    assert [each.rank for each in found.candidates] == list(range(1, len(found.candidates) + 1))
    assert found.candidates[0].excerpt == "I am learning the theremin."
    assert found.candidates[0].conversation_id == found.conversation_id == "best"
    assert found.runner_up is not None
    assert found.runner_up.conversation_id == "second"
    assert found.steps


def test_a_text_has_the_card_that_its_memory_has(lake: Path) -> None:
    """Place, quote and neighbours."""
    memory = memlake.Lake(lake).source_of("theremin")
    assert isinstance(memory, SourceCard)
    text = memlake.Lake(lake).where_said("User is learning the theremin.")
    for name in ("conversation_id", "title", "url", "message_id", "message_at", "quote", "quote_before", "said_by"):
        assert getattr(text, name) == getattr(memory, name), name
    assert text.candidates[0].excerpt == memory.candidates[0].excerpt


def test_a_quote_that_is_not_there_has_no_neighbours(lake: Path) -> None:
    """Its message has changed since."""
    change(lake, "update raw.lookups set quote = 'something else' where memory_id = 'mules'")
    with open_lake(lake) as database:
        found = {card.memory_id: card for card in source_cards(database)}["mules"]
    assert (found.quote_before, found.quote_after) == ("", "")
