"""What is recorded and what people decided: kept by every lookup, and never overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.chatgpt import assistant, bio_call, user
from support.lakes import ask
from support.talks import MULES, TALKS, THEREMIN, archive, assert_sound, card_of, cards, saved, sources, talk

import memlake
from memlake.errors import MemlakeError
from memlake.lookup.report import SourceCard


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake of two memories, of which one was said in two talks, once."""
    return archive(tmp_path_factory.mktemp("original"), TALKS, [THEREMIN, MULES])


@pytest.fixture
def lake(original: Path, tmp_path: Path) -> Path:
    """Give a copy of that lake, in which nothing was looked up."""
    return Path(shutil.copytree(original, tmp_path / "lake"))


KEPT = {
    "mules": "Asturias",
    "newts": "Trondheim",
    "geese": "Ghent",
    "llamas": "Bolzano",
    "geckos": "Tartu",
    "ferrets": "Porto",
    "marmots": "Leeds",
    "canaries": "Graz",
    "axolotls": "Nantes",
    "ibexes": "Turku",
    "alpacas": "Brno",
    "turtles": "Cork",
}
SAVES = [(name, f"User keeps {name} in {place}.") for name, place in KEPT.items()]


def saving_talks() -> list[object]:
    """Return talks in which something was saved."""
    return [
        talk(
            f"c-{name}",
            20 + 9 * number,
            user(f"Well, {text.removeprefix('User').replace('keeps', 'I keep')}"),
            *bio_call(text),
            assistant("Ok."),
        )
        for number, (name, text) in enumerate(SAVES)
    ]


def test_enough_recorded_saves_calibrate(tmp_path: Path) -> None:
    """They are recorded and stay so; hidden and looked up they tell how far the other answers can be trusted."""
    count = len(SAVES)
    lake = archive(
        tmp_path,
        [*TALKS, *saving_talks()],
        [THEREMIN, *(saved(name, text) for name, text in SAVES)],
    )

    report = memlake.lookup_sources(lake)

    assert_sound(lake)
    summary, found = report.summary, cards(report)
    assert {name: (found[name].level, found[name].confidence) for name, _ in SAVES} == dict.fromkeys(
        (name for name, _ in SAVES), ("recorded", 1.0)
    )
    assert all(found[name].conversation_id == f"c-{name}" for name, _ in SAVES)
    assert found["theremin"].conversation_id == "best"
    assert (summary.recorded_count, summary.found_count) == (count, 1)
    assert summary.expected_precision == found["theremin"].confidence
    assert summary.calibrated_on == count
    assert f"{count} recorded" in summary.calibration_note
    assert memlake.lookup_sources(lake).summary.calibration_note == summary.calibration_note


def test_a_rejected_save_calibrates_nothing(tmp_path: Path) -> None:
    """It is no truth to compare with; eleven others are too few."""
    lake = archive(tmp_path, [*TALKS, *saving_talks()], [saved(name, text) for name, text in SAVES])
    memlake.Lake(lake).decide_source("turtles", "c-turtles", "rejected")
    assert memlake.lookup_sources(lake).summary.calibrated_on == 0


def test_a_rejected_source_never_returns(lake: Path, tmp_path: Path) -> None:
    """Though it is the best: not when all is looked up again, not with an export more, not after all is read again."""
    assert sources(lake)["theremin"].conversation_id == "best"

    card = card_of(memlake.Lake(lake).decide_source("theremin", "best", "rejected"))

    assert card.conversation_id == "second"
    assert {candidate.conversation_id for candidate in card.candidates}.isdisjoint({"best"})
    for again in _everything_that_looks_up_again(lake, tmp_path):
        assert again["theremin"].conversation_id == "second"
        assert_sound(lake)


def test_a_confirmed_source_stays(lake: Path, tmp_path: Path) -> None:
    """Though it is not the best; confirming needs no lookup before."""
    card = card_of(memlake.Lake(lake).decide_source("theremin", "second", "confirmed"))

    assert (card.conversation_id, card.is_confirmed, card.confidence) == ("second", True, 1.0)
    for again in _everything_that_looks_up_again(lake, tmp_path):
        assert (again["theremin"].conversation_id, again["theremin"].is_confirmed) == ("second", True)
        assert_sound(lake)
    assert memlake.lookup_sources(lake).summary.confirmed_count == 1


def _everything_that_looks_up_again(lake: Path, folder: Path) -> Iterator[dict[str, SourceCard]]:
    archive(folder, TALKS, [THEREMIN, MULES, saved("more", "User likes tea.")], name="export-2026-04-01", lake=lake)
    yield sources(lake)
    memlake.Lake(lake).rebuild()
    yield sources(lake)
    yield sources(lake, again=True)


def test_a_decision_can_be_about_a_title(lake: Path) -> None:
    """And about words of the memory; where several fit, the choice comes back and nothing is kept."""
    opened = memlake.Lake(lake)
    memories = opened.decide_source("user", "best", "rejected")
    chats = opened.decide_source("theremin", "About small", "rejected")

    assert isinstance(memories, list)
    assert {each.item_id for each in memories} == {"theremin", "mules"}
    assert isinstance(chats, list)
    assert {each.kind for each in chats} == {"conversation"}
    assert ask(lake, "from raw.link_decisions") == []
    assert (
        card_of(opened.decide_source("learning the theremin", "About second", "confirmed")).conversation_id == "second"
    )


@pytest.mark.parametrize(("memory", "chat"), [("zeppelin", "best"), ("theremin", "zeppelin")])
def test_a_decision_about_nothing_is_refused(lake: Path, memory: str, chat: str) -> None:
    """No memory or no talk is meant."""
    with pytest.raises(MemlakeError, match="zeppelin"):
        memlake.Lake(lake).decide_source(memory, chat, "confirmed")


def test_a_rejected_save_is_looked_up_elsewhere(tmp_path: Path) -> None:
    """What was recorded counts no more."""
    told = [user("I keep mules in Asturias."), *bio_call("User keeps mules in Asturias."), assistant("Ok.")]
    lake = archive(tmp_path, [*TALKS[:-1], talk("call", 50, *told), TALKS[-1]], [MULES])
    assert sources(lake)["mules"].level == "recorded"

    card = card_of(memlake.Lake(lake).decide_source("mules", "call", "rejected"))

    assert card.conversation_id == "mules"
    assert card.level not in (None, "recorded", "none")
