"""Finds the secrets that are figures: beside the words for PINs, codes, locks, and what they open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from memlake.packs.cues import BESIDE, FITS_AHEAD, NEAR, Cue, is_alone, is_linked, may_be_one, opens, spans
from memlake.packs.secret_words import changed, passwords
from memlake.packs.values import Place, is_odd, is_year, known, numbers, quoted, tokens

_ARTIFICIAL = re.compile(r"\d\D*\d|[!#$%&*+=?^~_.-]")
_SERIAL = re.compile(r"[A-Z0-9-]+")
_KEYS = ("hash", "star", "raute", "rautetaste", "sterntaste", "almohadilla", "asterisco", "シャープ", "米印")
_MOST_FIGURES = 6
_FEWEST_FIGURES = 4  # three are the number of a door


def codes(cue: Cue) -> Iterator[Place]:
    """Yield the figures of a PIN or code, behind the word for it, or else before it."""
    if _is_no_code(cue):
        return
    found = [
        place
        for place in numbers(cue.text, cue.end, cue.reach)
        if is_linked(cue, place)
        or (
            place[0] - cue.end <= BESIDE
            and cue.word[-1] != "s"
            and not is_year(cue.text[slice(*place)])
            and is_alone(cue, place)
        )
    ]
    found += [place for place in tokens(cue.text, cue.end, cue.reach, is_strict=True) if _is_serial(cue, place)]
    found += _turns(cue)
    found += spans("spoken", cue, cue.end, cue.reach)
    found += quoted(cue.text, cue.end, cue.reach)
    yield from found
    yield from _changed_figures(cue)
    if not found:
        yield from _figures_ahead(cue)
        following = cue.last + BESIDE
        yield from (place for place in numbers(cue.text, cue.last, following) if is_linked(cue, place))


def _is_serial(cue: Cue, place: Place) -> bool:
    """Tell whether a token of capitals and figures is what a word is about."""
    return _SERIAL.fullmatch(cue.text, *place) is not None and is_linked(cue, place)


def maybe_numbers(cue: Cue) -> Iterator[Place]:
    """Yield figures that are said to be the number of something that opens."""
    if {"lock", "place", "typed"} & set(cue.beside):
        yield from maybe_codes(cue)


def maybe_codes(cue: Cue) -> Iterator[Place]:
    """Yield the figures that are said to be a code of whatever kind."""
    if _is_no_code(cue):
        return
    if "network" in cue.beside:
        yield from passwords(cue)
    for place in numbers(cue.text, cue.end, cue.reach):
        if is_linked(cue, place) and is_alone(cue, place):
            yield place
    yield from _changed_figures(cue)
    if {"lock", "place", "typed"} & set(cue.beside):
        yield from spans("spoken", cue, cue.end, cue.reach)
        yield from _figures_ahead(cue)


def _is_no_code(cue: Cue) -> bool:
    signs = known().signs
    return bool(
        signs["no_code"].search(cue.plain, max(cue.first, cue.start - NEAR), cue.start)
        or signs["no_code_word"].fullmatch(cue.word)
        or signs["no_code_behind"].match(cue.plain, cue.end)
    )


def _changed_figures(cue: Cue) -> Iterator[Place]:
    for low, high in changed(cue):
        yield from numbers(cue.text, low, high)


def _figures_ahead(cue: Cue) -> Iterator[Place]:
    for place in numbers(cue.text, cue.back, cue.start):
        between = cue.plain[place[1] : cue.start]
        if FITS_AHEAD.match(between) or not between.strip() or opens(cue, place):
            yield place


def locks(cue: Cue) -> Iterator[Place]:
    """Yield the figures for a lock or an alarm: beside the word, or said to open it."""
    signs = known().signs
    if signs["no_code_behind"].match(cue.plain, cue.end):
        return
    for place in numbers(cue.text, cue.end, cue.reach):
        figures = cue.text[slice(*place)]
        if is_alone(cue, place) and (is_linked(cue, place) or is_odd(figures)):
            yield place
    yield from _opening_figures(cue)
    yield from _turns(cue)
    word = signs["typed_word"].search(cue.plain, cue.end, cue.reach)
    if word and may_be_one(word["value"] or word["ja"]):
        yield word.span("value" if word["value"] else "ja")
    for found in signs["spoken"].finditer(cue.plain, cue.end, cue.reach):
        if signs["link"].search(cue.plain, max(cue.end, found.start() - NEAR), found.start()):
            yield found.span()
    for place in quoted(cue.text, cue.end, cue.reach):
        if cue.word.startswith("alarm") or signs["opening"].search(cue.plain, place[0] - NEAR, place[0] - 1):
            yield place


def places(cue: Cue) -> Iterator[Place]:
    """Yield the figures, or what stands in quotation marks, with which a door or a device is said to open."""
    signs = known().signs
    if signs["no_code_behind"].match(cue.plain, cue.end):
        return
    for place in numbers(cue.text, cue.end, cue.reach):
        figures = cue.text[slice(*place)]
        between = cue.plain[max(cue.end, place[0] - NEAR) : place[0]]
        is_clear = not is_year(figures) or "with" in between or "mit" in between or "con" in between
        is_said = is_clear and (
            signs["opening"].search(between) or _stands_for(cue, between, figures) or _is_code_like(cue, place)
        )
        if is_alone(cue, place) and (is_said or (is_odd(figures) and place[0] - cue.end <= BESIDE)):
            yield place
    yield from _opening_figures(cue)
    if signs["account"].search(cue.plain, cue.first, cue.last):
        for place in quoted(cue.text, cue.end, cue.reach):
            if signs["opening"].search(cue.plain, max(0, place[0] - NEAR), place[0] - 1):
                yield place
        yield from (place for place in quoted(cue.text, cue.first, cue.start) if opens(cue, place))
    for place in tokens(cue.text, cue.end, cue.reach, is_strict=True):
        is_used = signs["with_figures"].search(cue.plain, max(0, place[0] - NEAR), place[0])
        if is_used and _ARTIFICIAL.search(cue.text, *place):
            yield place


def _is_code_like(cue: Cue, place: Place) -> bool:
    """Tell whether figures are as many as those of codes, and nothing says of what else they are the number."""
    begin, end = place
    figures = cue.text[begin:end]
    if not figures.isdecimal() or figures.endswith("00") or not _FEWEST_FIGURES <= len(figures) <= _MOST_FIGURES:
        return False
    before = cue.text[cue.end : begin].split()
    is_name = not before or before[-1] != before[-1].lower()  # "Nokia 3310"
    is_counted = known().signs["counted"].search(cue.plain, max(0, begin - NEAR), begin)
    return begin - cue.end <= BESIDE and not is_name and not is_counted


def _stands_for(cue: Cue, between: str, figures: str) -> bool:
    """Tell whether a sentence, or a part of it, is nothing but a place and its figures: "Haustür 1357"."""
    if between.strip() or len(figures) < _FEWEST_FIGURES:
        return False
    return known().signs["part"].search(cue.plain, cue.back, cue.start) is not None


def _opening_figures(cue: Cue) -> Iterator[Place]:
    """Yield figures that are said to open something, before the word for it."""
    signs = known().signs
    for place in numbers(cue.text, cue.first, cue.start):
        is_used = signs["with_figures"].search(cue.plain, max(cue.first, place[0] - NEAR), place[0])
        if opens(cue, place) or (is_used and is_alone(cue, place)):
            yield place


def _turns(cue: Cue) -> Iterator[Place]:
    """Yield all figures where a lock is turned to the left and to the right."""
    if len(known().signs["turns"].findall(cue.plain, cue.first, cue.last)) > 1:
        yield from spans("turned", cue, cue.first, cue.last)


def typed(cue: Cue) -> Iterator[Place]:
    """Yield figures that are typed, where something is there to open, or beside the keys # and *."""
    for place in chain(numbers(cue.text, cue.end, cue.reach), numbers(cue.text, cue.back, cue.start)):
        is_beside = place[0] - cue.end <= NEAR if place[0] >= cue.end else cue.start - place[1] <= NEAR
        is_opener = {"lock", "place"} & set(cue.beside) or cue.word in _KEYS
        if is_beside and is_alone(cue, place) and (is_opener or is_odd(cue.text[slice(*place)])):
            yield place
