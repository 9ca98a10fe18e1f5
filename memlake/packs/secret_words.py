"""Finds the secrets that are words or look like passwords, beside the words for passwords, keys and logins."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from memlake.packs.cues import BESIDE, FITS_AHEAD, NEAR, Cue, is_alone, may_be_one, spans
from memlake.packs.values import Place, known, numbers, quoted, tokens

_FAR = 160  # what looks like a secret in any case
_FEWEST_WORDS = 4
_BEFORE_BESIDE = (",", ";", ":", "/", "(", "-", ".", "")
_SHORT = ("pw", "pwd", "psw", "passwd", "mdp")
_OWNERS = ("root", "admin")


def passwords(cue: Cue) -> Iterator[Place]:
    """Yield what is said to be a password: in quotation marks, like one, in figures, or plain words."""
    if _is_no_password(cue):
        return
    text, end = cue.text, cue.reach
    behind = [
        *quoted(text, cue.end, end),
        *tokens(text, cue.end, end, is_strict=False),
        *(place for place in numbers(text, cue.end, end) if is_alone(cue, place)),
        *spans("spoken", cue, cue.end, end),
        *tokens(text, end, min(len(text), cue.end + _FAR), is_strict=True),
    ]
    plain = list(chain(_said(cue), _announced(cue), changed(cue)))
    yield from behind
    yield from plain
    if not behind and not plain:
        yield from _ahead(cue)


def _is_no_password(cue: Cue) -> bool:
    signs = known().signs
    return bool(
        signs["no_noun"].match(cue.plain, cue.end)
        or signs["no_secret_word"].fullmatch(cue.plain, max(0, cue.start - 1), cue.end + 1)
        or signs["no_noun_before"].search(cue.plain, max(0, cue.start - NEAR), cue.start)
    )


def _said(cue: Cue) -> Iterator[Place]:
    """Yield plain words that are said to be the secret, behind the word for it."""
    signs = known().signs
    for sign in ("says", "says_ja"):
        for found in signs[sign].finditer(cue.plain, cue.end, cue.reach):
            if may_be_one(found["value"]):
                yield found.span("value")
    before = cue.plain[max(0, cue.start - NEAR) : cue.start]
    is_announced = before.rstrip()[-1:] in _BEFORE_BESIDE or signs["used"].search(before) or cue.word in _SHORT
    beside = ("beside",) if signs["plural"].fullmatch(cue.word) else ("beside", "beside_words")
    for sign in beside if is_announced else ():
        directly = signs[sign].match(cue.plain, cue.end, cue.reach)
        if directly and may_be_one(directly["value"]) and not _has_filler(directly["value"]):
            yield directly.span("value")
    phrased = signs["phrased"].match(cue.plain, cue.end) if signs["phrase_word"].fullmatch(cue.word) else None
    if is_announced and phrased and len(phrased["value"].split()) >= _FEWEST_WORDS:
        yield phrased.span("value")
    bracketed = signs["bracketed"].match(cue.plain, cue.end, cue.reach)
    if bracketed and may_be_one(bracketed["value"]) and not _has_filler(bracketed["value"]):
        yield bracketed.span("value")
    last = signs["set_last"].search(cue.plain, cue.end, cue.reach)
    if last and may_be_one(last["value"]):
        yield last.span("value")
    if signs["question"].search(cue.word):
        yield from (found.span("value") for found in signs["answer"].finditer(cue.plain, cue.end, cue.reach))


def _announced(cue: Cue) -> Iterator[Place]:
    """Yield several words behind a colon, or that hold no little words as sentences do."""
    signs = known().signs
    found = signs["announced"].match(cue.plain, cue.end, cue.reach)
    if found:
        yield found.span("value")
    for said in signs["says"].finditer(cue.plain, cue.end, cue.reach):
        if len(said["value"].split()) >= _FEWEST_WORDS and not _has_filler(said["value"]):
            yield said.span("value")


def _has_filler(words: str) -> bool:
    return any(map(known().signs["filler"].fullmatch, words.split()))


def changed(cue: Cue) -> Iterator[Place]:
    """Yield what a secret was and what it became."""
    signs = known().signs
    if signs["changes"].search(cue.plain, cue.first, cue.last):
        for found in signs["changed"].finditer(cue.plain, cue.first, cue.last):
            groups = ("old", "new") if found["old"] else ("old_ja", "new_ja")
            if not any(signs["no_secret"].fullmatch(found[group]) for group in groups):
                yield from (found.span(group) for group in groups if may_be_one(found[group]))
    for found in signs["former"].finditer(cue.plain, cue.first, cue.last):
        group = "value" if found["value"] else "ja"
        if may_be_one(found[group]) and not (found.start(group) < cue.end and cue.start < found.end(group)):
            yield found.span(group)


def _ahead(cue: Cue) -> Iterator[Place]:
    """Yield a secret before the word for it."""
    signs = known().signs
    if signs["question"].search(cue.word):
        answers = signs["says"].finditer(cue.plain, cue.first, cue.start)
        yield from (found.span("value") for found in answers if may_be_one(found["value"]))
    for sign in ("before", "as_one", "as_one_ja"):
        found = signs[sign].search(cue.plain, cue.back, cue.start)
        if found:
            group = next(name for name in found.re.groupindex if found[name])
            if may_be_one(found[group]):
                yield found.span(group)
    for place in chain(
        quoted(cue.text, cue.back, cue.start),
        tokens(cue.text, cue.back, cue.start, is_strict=True),
        numbers(cue.text, cue.back, cue.start),
    ):
        if FITS_AHEAD.match(cue.plain, place[1]) or signs["opens"].match(cue.plain, place[1]):
            yield place


def everywhere(cue: Cue) -> Iterator[Place]:
    """Yield what looks like a password and is used everywhere."""
    for place in tokens(cue.text, max(cue.first, cue.start - BESIDE), min(cue.last, cue.end + BESIDE), is_strict=True):
        if not known().signs["hyphened"].fullmatch(cue.plain, *place):
            yield place


def spelled(cue: Cue) -> Iterator[Place]:
    """Yield what is said together with how it is spelled."""
    found = known().signs["spelled"].search(cue.plain, cue.back, cue.start)
    if found and may_be_one(found["value"]):
        yield found.span("value")


def guards(cue: Cue) -> Iterator[Place]:
    """Yield what is said to those who watch a house."""
    for found in known().signs["guard_says"].finditer(cue.plain, cue.first, cue.last):
        group = next(name for name in found.re.groupindex if found[name])
        if may_be_one(found[group]):
            yield found.span(group)


def keys(cue: Cue) -> Iterator[Place]:
    """Yield what is said to be a key; that of a network is a password."""
    if "network" in cue.beside:
        yield from passwords(cue)
        return
    yield from tokens(cue.text, cue.end, cue.reach, is_strict=True)
    stated = known().signs["stated_key"].match(cue.plain, cue.end)
    if stated:
        yield stated.span("value" if stated["value"] else "short")
    if not known().signs["no_key"].search(cue.plain, cue.first, cue.last):
        yield from spans("random", cue, cue.end, cue.reach)
    for place in tokens(cue.text, cue.back, cue.start, is_strict=True):
        if FITS_AHEAD.match(cue.plain, place[1]):
            yield place


def logins(cue: Cue) -> Iterator[Place]:
    """Yield what opens a login beside a name."""
    begin = max(cue.first, cue.start - NEAR) if not cue.text[cue.start].isascii() else cue.end
    yield from tokens(cue.text, begin, cue.reach, is_strict=True)
    for found in known().signs["pair"].finditer(cue.plain, cue.end, cue.reach):
        yield found.span("value" if found["value"] else "single")
    if known().signs["named_before"].search(cue.plain, cue.back, cue.start):
        named = known().signs["named"].match(cue.plain, cue.end)
        if named and may_be_one(named["value"]):
            yield named.span("value")
    said = known().signs["root_says"].match(cue.plain, cue.end) if cue.word in _OWNERS else None
    if said and may_be_one(said["value"]):
        yield said.span("value")


def networks(cue: Cue) -> Iterator[Place]:
    """Yield what a network is said to be opened with: in quotation marks, or behind a colon."""
    yield from quoted(cue.text, cue.end, cue.reach)
    yield from spans("network_key", cue, cue.end, cue.reach)
    found = known().signs["network_says"].match(cue.plain, cue.end)
    if found and may_be_one(found["value"]) and not any(map(known().signs["clause"].fullmatch, found["value"].split())):
        yield found.span("value")
