"""Small archives to look sources up in: talks of an invented person, what is remembered of them, and the answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from support.chatgpt import START, Json, Turn, assistant, conversation, user
from support.lakes import ask, export_folder, memory, open_lake, take_in

import memlake
from memlake.lake import schema
from memlake.lookup.report import LookupReport, SourceCard
from memlake.times import to_datetime

DAY = 86_400.0

_SUBJECTS = (
    ("the boiler makes a rattling noise at night", "Bleed the radiators first, then look at the pump."),
    ("how do I fold a fitted sheet", "Tuck one corner into the other and lay it flat."),
    ("translate good evening into Finnish", "That is hyvää iltaa."),
    ("a name for a grey tomcat", "Perhaps Basalt, Pebble or Ash."),
    ("why is the sky red at dusk", "The light takes a longer way through the air."),
    ("plan a weekend in Ghent by train", "See the altarpiece, walk the canals, eat waffles."),
    ("the difference between yarn and twine", "Twine is stronger, yarn is softer."),
    ("fix a squeaking hinge", "A drop of oil on the pin is enough."),
    ("how long do beans have to soak", "Eight hours in cold water."),
    ("write a toast for a retirement party", "Raise your glasses to forty years of patience."),
    ("is basalt heavier than granite", "A little, since it holds more iron."),
    ("which knot holds a hammock", "A tree strap with a becket hitch."),
    ("clean a cast iron pan", "Hot water, a brush and a film of oil."),
    ("explain compound interest with an example", "A hundred at five percent is about 163 after ten years."),
    ("sow radishes in March or April", "As soon as the soil can be worked."),
    ("draft a complaint about a late parcel", "Dear team, my parcel is a week late."),
)


def talk(conversation_id: str, day: float, *said: str | Turn, **keys: object) -> Json:
    """Return a conversation that begins so many days after the first one; texts are the user's and answers in turn."""
    speakers = (user, assistant)
    turns = [speakers[place % 2](each) if isinstance(each, str) else each for place, each in enumerate(said)]
    began_at = START + day * DAY
    timed = [replace(turn, at=day * DAY + 10 * place if turn.at == -1 else turn.at) for place, turn in enumerate(turns)]
    return conversation(conversation_id, *timed, create_time=began_at, update_time=began_at + 10 * len(turns)) | keys


def small_talk(*, first_day: float = 0.0, step: float = 7.0, name: str = "small") -> list[Json]:
    """Return talks about things that nobody remembers, a week apart, so that words are rare and dates are usual."""
    return [
        talk(
            f"{name}-{number}", first_day + step * number, f"Hello, {asked}?", answered, "Thanks, that helps.", "Sure."
        )
        for number, (asked, answered) in enumerate(_SUBJECTS)
    ]


def saved(memory_id: str, content: str, day: float | None = None, **keys: object) -> Json:
    """Return an element of a memory list that was made so many days after the first talk, if ever."""
    return memory(memory_id, content, None if day is None else moment(day), **keys)


def moment(day: float) -> str:
    """Return the time so many days after the first talk, as exports write it."""
    return to_datetime(round((START + day * DAY) * 1_000_000)).isoformat()


def archive(
    folder: Path,
    talks: Iterable[object],
    memories: Sequence[object],
    *,
    name: str = "export-2026-01-01",
    user_id: str = "ida",
    lake: Path | None = None,
) -> Path:
    """Take an export of talks and memories into a lake, a new one unless it is given, and return the lake."""
    place = lake or folder / "lake"
    take_in(
        place, export_folder(folder, f"{user_id}-{name}", conversations=list(talks), memories=memories, user=user_id)
    )
    return place


def cards(report: LookupReport) -> dict[str, SourceCard]:
    """Return the cards of one account by memory."""
    return {str(card.memory_id): card for card in report.cards}


def sources(lake: Path, *, again: bool = False) -> dict[str, SourceCard]:
    """Look up the sources of a lake's memories and return them by memory."""
    return cards(memlake.lookup_sources(lake, again=again))


def looked_up(folder: Path, talks: Iterable[object], memories: Sequence[object]) -> dict[str, SourceCard]:
    """Make a lake of some talks among small talk, look the memories up and return their sources by memory."""
    return sources(archive(folder, [*small_talk(), *talks], memories))


def chosen(found: dict[str, SourceCard]) -> dict[str, str | None]:
    """Return the conversation that each memory came from."""
    return {memory_id: card.conversation_id for memory_id, card in found.items()}


def runs(lake: Path) -> int:
    """Return how many lookups a lake keeps account of."""
    ((count,),) = ask(lake, "select count(*) from raw.runs where job = 'lookup-sources'")
    return int(count)


def card_of(found: object) -> SourceCard:
    """Return an answer that is no choice."""
    assert isinstance(found, SourceCard)
    return found


def assert_sound(lake: Path) -> None:
    """Pass all data tests of a lake."""
    with open_lake(lake) as database:
        assert schema.failed_checks(database) == []


THEREMIN, MULES = saved("theremin", "User is learning the theremin."), saved("mules", "User keeps mules in Asturias.")
TALKS = [
    *small_talk(),
    talk("best", 20, "I am learning the theremin.", "Good luck!"),
    talk("second", 40, "Where can I buy a theremin? Learning it is fun.", "In a shop."),
    talk("mules", 60, "In Asturias we keep mules.", "How many?"),
]
