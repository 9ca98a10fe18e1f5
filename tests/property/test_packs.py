"""What is true of every pack, whatever the memories say."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.packs import items

from memlake.packs.addressed import words_to_the_reader
from memlake.packs.items import Limits, PackItem
from memlake.packs.landing import landing
from memlake.packs.lines import cut, length, one_line
from memlake.packs.targets import TARGETS

_SIGNS = st.characters() | st.sampled_from(" \n\t.。、'\"[]-#\u200b\u200d\u202e\u0301\U000e0041猫😀é")
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
_TEXTS = st.text(_SIGNS, min_size=1, max_size=300)
_SENTENCES = st.lists(
    st.sampled_from(["Plays the cello.", "Lives in Lyon since 2020.", "犬を飼っている。", "Mag Tee!", "Usa Linux"]),
    min_size=1,
    max_size=8,
).map(" ".join)


def packed(texts: list[str]) -> list[PackItem]:
    """Return the items of a pack with these texts, those that say something."""
    some = items(*filter(None, map(one_line, texts)))
    return [replace(one, addressed=words_to_the_reader(one.text)) for one in some]


@given(_TEXTS)
def test_a_line_is_one_line_however_one_looks_at_it(text: str) -> None:
    """No program and no person sees it end, turn or hide anything; cleaning it again changes nothing."""
    line = one_line(text)

    assert len(line.splitlines()) <= 1
    assert {unicodedata.category(sign) for sign in line if sign not in "\u200c\u200d"}.isdisjoint(_UNSEEN)
    assert one_line(line) == line
    assert not set(line) & set("\u200b\u202e\u2066\u2028\x00\x1b\ufeff")


@given(_TEXTS, st.integers(min_value=2, max_value=60))
def test_pieces_fit_and_nothing_is_lost(text: str, most: int) -> None:
    """All signs of a text are in its pieces, in their order."""
    line = one_line(text)

    found = cut(line, most)

    assert all(length(piece) <= most for piece in found.pieces)
    assert "".join("".join(found.pieces).split()) == "".join(line.split())


@pytest.mark.parametrize("target", list(TARGETS))
@given(texts=st.lists(_TEXTS, max_size=40), max_items=st.integers(min_value=1, max_value=9))
def test_every_item_is_in_one_part_or_more_and_no_part_is_too_long(
    target: str, texts: list[str], max_items: int
) -> None:
    """Numbers tell which; a part has no more lines than it may."""
    some = packed(texts)
    known = next(one for one in TARGETS.values() if one.name == target)

    parts = known.compile(some, Limits(max_items=max_items, max_length=known.limits.max_length)).parts

    assert {number for part in parts for number in part.item_numbers} == {one.number for one in some}
    for part in parts:
        lines = [line for line in part.text.splitlines() if line.startswith("[")]
        assert part.field or len(lines) <= max_items


@given(st.lists(_TEXTS, max_size=40))
def test_every_line_for_claude_is_a_dated_memory_and_fits(texts: list[str]) -> None:
    """Behind the first sentence there is nothing else."""
    for part in TARGETS["claude"].compile(packed(texts), Limits(max_items=30, max_length=120)).parts:
        first, blank, *lines = part.text.removesuffix("\n").split("\n")
        assert ("another assistant" in first, blank) == (True, "")
        assert all(line.startswith("[unknown] - ") and length(line) <= 120 for line in lines)


@given(st.lists(_TEXTS, max_size=40))
def test_fields_for_chatgpt_fit(texts: list[str]) -> None:
    """As a web page counts."""
    parts = TARGETS["chatgpt"].compile(packed(texts), Limits(max_items=20, max_length=200)).parts

    assert all(length(part.text) <= 200 for part in parts if part.field)


@given(st.lists(_SENTENCES, max_size=12, unique=True), st.randoms(use_true_random=False))
def test_a_pack_that_comes_back_has_landed(texts: list[str], chance: Random) -> None:
    """In any order, every item is verbatim, and nothing else is known."""
    some = packed(texts)
    back = [one.text for one in some]
    chance.shuffle(back)

    found = landing(some, back)

    assert {one.verdict for one in found.items} <= {"verbatim"}
    assert found.others == ()


@given(st.lists(_SENTENCES, max_size=8), st.lists(_SENTENCES, max_size=8))
def test_statements_are_an_items_or_others(texts: list[str], known: list[str]) -> None:
    """None is both; none is lost but what leads on or is a part of what is missing, which names no statement."""
    found = landing(packed(texts), known)

    named = {text for one in found.items for text in one.texts}
    assert named.isdisjoint(found.others)
    assert all((one.verdict == "missing") == (not one.texts) for one in found.items)
    unnamed = set(map(one_line, known)) - named.union(found.others)
    has_missing = any(one.verdict == "missing" for one in found.items)
    assert named.union(found.others) <= set(map(one_line, known))
    assert has_missing or all(line.endswith((":", "\uff1a")) for line in unnamed)
