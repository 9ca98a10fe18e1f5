"""Looking sources up: the same whatever the order and however often, with probabilities that add up."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.chatgpt import Json, bio_call, user
from support.lakes import ask, export_folder, lake_of
from support.talks import cards, chosen, saved, sources, talk

import memlake

FACTS = {
    "theremin": "I am learning the theremin.",
    "mules": "In Asturias we keep mules.",
    "boat": "We live on a houseboat in Utrecht.",
}
REMEMBERED = {
    "theremin": "User is learning the theremin.",
    "mules": "User keeps mules in Asturias.",
    "boat": "User lives on a houseboat in Utrecht.",
    "blank": "User",
    "unsaid": "User owns a zeppelin.",
}
A_FEW = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def told(draw: st.DrawFn) -> list[Json]:
    """Draw a few talks about a few facts, some said often, some saved by a call."""
    each = st.tuples(st.sampled_from(sorted(FACTS)), st.sampled_from([3, 20, 20.5, 90]), st.booleans())
    said = draw(st.lists(each, min_size=1, max_size=5, unique=True))
    return [
        talk(
            f"{fact}-{day}-{is_saved}",
            day,
            user(FACTS[fact]),
            *(bio_call(REMEMBERED[fact]) if is_saved else []),
        )
        for fact, day, is_saved in said
    ]


@st.composite
def remembered(draw: st.DrawFn) -> list[Json]:
    """Draw a list of memories, dated or not."""
    names = draw(st.lists(st.sampled_from(sorted(REMEMBERED)), unique=True, min_size=1))
    return [saved(name, REMEMBERED[name], draw(st.sampled_from([None, 3.1, 20.1, 500]))) for name in names]


def exports_of(folder: Path, *parts: tuple[Sequence[object], Sequence[object]]) -> list[Path]:
    """Write an export a month for each part: talks and memories."""
    return [
        export_folder(folder, f"export-2026-{month:02}-01", conversations=talks, memories=memories, user="ida")
        for month, (talks, memories) in enumerate(parts, start=1)
    ]


@A_FEW
@given(st.tuples(told(), remembered()), st.tuples(told(), remembered()))
def test_the_order_of_exports_and_a_second_lookup_change_nothing(
    first: tuple[list[Json], list[Json]], second: tuple[list[Json], list[Json]]
) -> None:
    """A lookup between the two exports is no matter either."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        earlier, later = exports_of(folder, (first[0], first[1]), second)
        forwards, backwards = folder / "forwards", lake_of(folder / "backwards", later, earlier)
        lake_of(forwards, earlier)
        sources(forwards)
        lake_of(forwards, later)
        report = memlake.lookup_sources(forwards)

        assert chosen(cards(report)) == chosen(sources(backwards))
        assert cards(report) == sources(forwards) == sources(forwards, again=True)
        assert memlake.lookup_sources(forwards).summary.looked_up_count == 0
        for card in report.cards:
            assert [candidate.rank for candidate in card.candidates] == list(range(1, len(card.candidates) + 1))
        looked_up = ask(
            forwards,
            "select sum(score), count(*), min(rank), max(rank), count(distinct rank) "
            "from raw.lookup_candidates group by account_key, memory_id",
        )
        for total, count, lowest, highest, distinct in looked_up:
            assert 0 <= total <= 1 + 1e-6 * count
            assert (lowest, highest, distinct) == (1, count, count)
