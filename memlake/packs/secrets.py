"""Finds passwords, keys, PINs and codes in a text: by their form, or by the words that are said beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from memlake.packs.lexicon import Hit, fold
from memlake.packs.values import Place, is_odd, is_year, known, numbers, quoted, shapes, tokens

_REACH = 110  # characters from a word to its secret, at most
_FAR = 160  # what looks like a secret in any case
_NEAR = 30
_BESIDE = 60
_LIST_REACH = 240
_ONCE = re.compile(
    r"(?<![A-Za-z0-9])(?:[a-z]{4,6}(?:-[a-z]{4,6}){1,5}|[A-Z]{3,6}(?:-[A-Z]{3,6}){1,5}"
    r"|[A-Za-z0-9]{3,10}(?:[- ](?=[A-Za-z]{0,9}\d)[A-Za-z0-9]{3,10}){0,9})(?![A-Za-z0-9])"
)
_RUN = re.compile(r"[^\W\d_]{2,20}(?:[ ,、・\u3000]{1,2}(?:\d{1,2}[.)]? ?)?[^\W\d_]{2,20}){10,59}")
_ARTIFICIAL = re.compile(r"\d\D*\d|[!#$%&*+=?^~_.-]")
_SERIAL = re.compile(r"[A-Z0-9-]+")
_RUN_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_RUN_WORDS = 11
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ„“\"«¿¡]|\s*$)|[。！？\n]")
_LONG = re.compile(r"(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9/])|(?<=/)[A-Za-z0-9+_-]{32,}={0,2}")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_RANDOM_DIGITS = 3
_FEWEST_WORDS = 4
_BEFORE_BESIDE = (",", ";", ":", "/", "(", "-", ".", "")


class Secret(NamedTuple):
    """A secret in a text: where, and what it is."""

    start: int
    end: int
    kind: str


class _Cue(NamedTuple):
    """A word for a secret, its text with and without case, the sentence around it, and the other words there."""

    text: str
    plain: str
    start: int
    end: int
    first: int
    last: int
    beside: Collection[str]

    @property
    def word(self) -> str:
        return self.plain[self.start : self.end]

    @property
    def reach(self) -> int:
        return min(self.last, self.end + _REACH)

    @property
    def back(self) -> int:
        return max(self.first, self.start - _REACH)


def secrets(text: str) -> Iterator[Secret]:
    """Yield the secrets in a text; they may overlap."""
    yield from _by_form(text)
    plain = fold(text)
    for place in shapes(text, plain):
        if not _ADDRESS.search(text, 0, place[0]):
            yield Secret(*place, "what looks like a password")
    hits = known().cues.find(text).hits
    if not hits:
        return
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    for cue, name in _cues(text, plain, hits, ends):
        kind = _KINDS[name].format(text[cue.start : cue.end])
        for place in _FINDERS[name](cue):
            yield Secret(*place, kind)


def _cues(text: str, plain: str, hits: Iterable[Hit], ends: Iterable[int]) -> Iterator[tuple[_Cue, str]]:
    for first, last in zip(ends, [*ends][1:], strict=False):
        inside = [hit for hit in hits if first <= hit.start < last]
        beside = {hit.name for hit in inside}
        for hit in inside:
            if hit.name in _FINDERS:
                yield _Cue(text, plain, hit.start, hit.end, first, last, beside), hit.name


def _by_form(text: str) -> Iterator[Secret]:
    for kind, pattern in known().formats.items():
        for found in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex else 0
            yield Secret(found.start(group), found.end(group), kind)
    for found in _LONG.finditer(text):
        token, before = found[0], text[max(0, found.start() - _REACH) : found.start()]
        has_cases = token != token.lower() and token != token.upper()
        if has_cases and sum(map(str.isdigit, token)) >= _RANDOM_DIGITS and not _ADDRESS.search(before):
            yield Secret(found.start(), found.end(), "a long random text")


def _passwords(cue: _Cue) -> Iterator[Place]:
    """Yield what is said to be a password: in quotation marks, like one, in figures, or plain words."""
    if _is_no_password(cue):
        return
    text, end = cue.text, cue.reach
    behind = [
        *quoted(text, cue.end, end),
        *tokens(text, cue.end, end, is_strict=False),
        *(place for place in numbers(text, cue.end, end) if _is_alone(cue, place)),
        *_spans("spoken", cue, cue.end, end),
        *tokens(text, end, min(len(text), cue.end + _FAR), is_strict=True),
    ]
    plain = list(chain(_said(cue), _announced(cue), _changed(cue)))
    yield from behind
    yield from plain
    if not behind and not plain:
        yield from _ahead(cue)


def _is_no_password(cue: _Cue) -> bool:
    signs = known().signs
    return bool(
        signs["no_noun"].match(cue.plain, cue.end)
        or signs["no_secret_word"].fullmatch(cue.plain, max(0, cue.start - 1), cue.end + 1)
        or signs["no_noun_before"].search(cue.plain, max(0, cue.start - _NEAR), cue.start)
    )


def _said(cue: _Cue) -> Iterator[Place]:
    """Yield plain words that are said to be the secret, behind the word for it."""
    signs = known().signs
    for sign in ("says", "says_ja"):
        for found in signs[sign].finditer(cue.plain, cue.end, cue.reach):
            if _may_be_one(found["value"]):
                yield found.span("value")
    before = cue.plain[max(0, cue.start - _NEAR) : cue.start]
    is_announced = before.rstrip()[-1:] in _BEFORE_BESIDE or signs["used"].search(before) or cue.word in _SHORT
    beside = ("beside",) if signs["plural"].fullmatch(cue.word) else ("beside", "beside_words")
    for sign in beside if is_announced else ():
        directly = signs[sign].match(cue.plain, cue.end, cue.reach)
        if directly and _may_be_one(directly["value"]) and not _has_filler(directly["value"]):
            yield directly.span("value")
    last = signs["set_last"].search(cue.plain, cue.end, cue.reach)
    if last and _may_be_one(last["value"]):
        yield last.span("value")
    if signs["question"].search(cue.word):
        yield from (found.span("value") for found in signs["answer"].finditer(cue.plain, cue.end, cue.reach))


def _announced(cue: _Cue) -> Iterator[Place]:
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


def _guards(cue: _Cue) -> Iterator[Place]:
    """Yield what is said to those who watch a house."""
    for found in known().signs["guard_says"].finditer(cue.plain, cue.first, cue.last):
        group = "value" if found["value"] else "last"
        if _may_be_one(found[group]):
            yield found.span(group)


def _everywhere(cue: _Cue) -> Iterator[Place]:
    """Yield what looks like a password and is used everywhere."""
    for place in tokens(cue.text, max(cue.first, cue.start - _BESIDE), min(cue.last, cue.end + _BESIDE), is_strict=True):
        if not known().signs["hyphened"].fullmatch(cue.plain, *place):
            yield place


def _spelled(cue: _Cue) -> Iterator[Place]:
    """Yield what is said together with how it is spelled."""
    found = known().signs["spelled"].search(cue.plain, cue.back, cue.start)
    if found and _may_be_one(found["value"]):
        yield found.span("value")


def _changed(cue: _Cue) -> Iterator[Place]:
    """Yield what a secret was and what it became."""
    signs = known().signs
    if signs["changes"].search(cue.plain, cue.first, cue.last):
        for found in signs["changed"].finditer(cue.plain, cue.first, cue.last):
            groups = ("old", "new") if found["old"] else ("old_ja", "new_ja")
            if not any(signs["no_secret"].fullmatch(found[group]) for group in groups):
                yield from (found.span(group) for group in groups if _may_be_one(found[group]))
    for found in signs["former"].finditer(cue.plain, cue.first, cue.last):
        group = "value" if found["value"] else "ja"
        if _may_be_one(found[group]) and not (found.start(group) < cue.end and cue.start < found.end(group)):
            yield found.span(group)


def _ahead(cue: _Cue) -> Iterator[Place]:
    """Yield a secret before the word for it."""
    signs = known().signs
    if signs["question"].search(cue.word):
        answers = signs["says"].finditer(cue.plain, cue.first, cue.start)
        yield from (found.span("value") for found in answers if _may_be_one(found["value"]))
    for sign in ("before", "as_one", "as_one_ja"):
        found = signs[sign].search(cue.plain, cue.back, cue.start)
        if found:
            group = next(name for name in found.re.groupindex if found[name])
            if _may_be_one(found[group]):
                yield found.span(group)
    for place in chain(
        quoted(cue.text, cue.back, cue.start),
        tokens(cue.text, cue.back, cue.start, is_strict=True),
        numbers(cue.text, cue.back, cue.start),
    ):
        if _FITS_AHEAD.match(cue.plain, place[1]) or signs["opens"].match(cue.plain, place[1]):
            yield place


_FITS_AHEAD = re.compile(
    r"[\"”»’'」』]?,? ?(?:(?:is|was|as|ist|war|als|es|era|como|est|comme|e|come|to)(?!\w)|[はがを]|という)"
)


def _may_be_one(words: str) -> bool:
    first = words.split(maxsplit=1)[0].strip("'\"").rstrip(",")
    signs = known().signs
    return bool(first) and not signs["no_word"].fullmatch(first) and not signs["participle"].fullmatch(words)


def _spans(sign: str, cue: _Cue, begin: int, end: int) -> Iterator[Place]:
    return (found.span() for found in known().signs[sign].finditer(cue.plain, begin, end))


def _keys(cue: _Cue) -> Iterator[Place]:
    """Yield what is said to be a key; that of a network is a password."""
    if "network" in cue.beside:
        yield from _passwords(cue)
        return
    yield from tokens(cue.text, cue.end, cue.reach, is_strict=True)
    stated = known().signs["stated_key"].match(cue.plain, cue.end)
    if stated:
        yield stated.span("value" if stated["value"] else "short")
    if not known().signs["no_key"].search(cue.plain, cue.first, cue.last):
        yield from _spans("random", cue, cue.end, cue.reach)
    for place in tokens(cue.text, cue.back, cue.start, is_strict=True):
        if _FITS_AHEAD.match(cue.plain, place[1]):
            yield place


def _logins(cue: _Cue) -> Iterator[Place]:
    """Yield what opens a login beside a name."""
    begin = max(cue.first, cue.start - _NEAR) if not cue.text[cue.start].isascii() else cue.end
    yield from tokens(cue.text, begin, cue.reach, is_strict=True)
    for found in known().signs["pair"].finditer(cue.plain, cue.end, cue.reach):
        yield found.span("value" if found["value"] else "single")
    said = known().signs["root_says"].match(cue.plain, cue.end) if cue.word in _OWNERS else None
    if said and _may_be_one(said["value"]):
        yield said.span("value")


def _networks(cue: _Cue) -> Iterator[Place]:
    """Yield what a network is said to be opened with: in quotation marks, or behind a colon."""
    yield from quoted(cue.text, cue.end, cue.reach)
    yield from _spans("network_key", cue, cue.end, cue.reach)
    found = known().signs["network_says"].match(cue.plain, cue.end)
    if found and _may_be_one(found["value"]) and not any(map(known().signs["clause"].fullmatch, found["value"].split())):
        yield found.span("value")


def _codes(cue: _Cue) -> Iterator[Place]:
    """Yield the figures of a PIN or code, behind the word for it, or else before it."""
    if _is_no_code(cue):
        return
    found = [
        place
        for place in numbers(cue.text, cue.end, cue.reach)
        if _is_linked(cue, place)
        or (place[0] - cue.end <= _BESIDE and cue.word[-1] != "s" and not is_year(cue.text[slice(*place)]) and _is_alone(cue, place))
    ]
    found += [place for place in tokens(cue.text, cue.end, cue.reach, is_strict=True) if _is_serial(cue, place)]
    found += _turns(cue)
    found += _spans("spoken", cue, cue.end, cue.reach)
    found += quoted(cue.text, cue.end, cue.reach)
    yield from found
    yield from _changed_figures(cue)
    if not found:
        yield from _figures_ahead(cue)
        following = cue.last + _BESIDE
        yield from (place for place in numbers(cue.text, cue.last, following) if _is_linked(cue, place))


def _is_serial(cue: _Cue, place: Place) -> bool:
    """Tell whether a token of capitals and figures is what a word is about."""
    return _SERIAL.fullmatch(cue.text, *place) is not None and _is_linked(cue, place)


def _maybe_numbers(cue: _Cue) -> Iterator[Place]:
    """Yield figures that are said to be the number of something that opens."""
    if {"lock", "place", "typed"} & set(cue.beside):
        yield from _maybe_codes(cue)


def _maybe_codes(cue: _Cue) -> Iterator[Place]:
    """Yield the figures that are said to be a code of whatever kind."""
    if _is_no_code(cue):
        return
    if "network" in cue.beside:
        yield from _passwords(cue)
    for place in numbers(cue.text, cue.end, cue.reach):
        if _is_linked(cue, place) and _is_alone(cue, place):
            yield place
    yield from _changed_figures(cue)
    if {"lock", "place", "typed"} & set(cue.beside):
        yield from _spans("spoken", cue, cue.end, cue.reach)
        yield from _figures_ahead(cue)


def _is_no_code(cue: _Cue) -> bool:
    signs = known().signs
    return bool(
        signs["no_code"].search(cue.plain, max(cue.first, cue.start - _NEAR), cue.start)
        or signs["no_code_word"].fullmatch(cue.word)
        or signs["no_code_behind"].match(cue.plain, cue.end)
    )


def _changed_figures(cue: _Cue) -> Iterator[Place]:
    for low, high in _changed(cue):
        yield from numbers(cue.text, low, high)


def _figures_ahead(cue: _Cue) -> Iterator[Place]:
    for place in numbers(cue.text, cue.back, cue.start):
        between = cue.plain[place[1] : cue.start]
        if _FITS_AHEAD.match(between) or not between.strip() or _opens(cue, place):
            yield place


def _locks(cue: _Cue) -> Iterator[Place]:
    """Yield the figures for a lock or an alarm: beside the word, or said to open it."""
    signs = known().signs
    if signs["no_code_behind"].match(cue.plain, cue.end):
        return
    for place in numbers(cue.text, cue.end, cue.reach):
        figures = cue.text[slice(*place)]
        if _is_alone(cue, place) and (_is_linked(cue, place) or is_odd(figures)):
            yield place
    yield from _opening_figures(cue)
    yield from _turns(cue)
    word = signs["typed_word"].search(cue.plain, cue.end, cue.reach)
    if word and _may_be_one(word["value"] or word["ja"]):
        yield word.span("value" if word["value"] else "ja")
    for found in signs["spoken"].finditer(cue.plain, cue.end, cue.reach):
        if signs["link"].search(cue.plain, max(cue.end, found.start() - _NEAR), found.start()):
            yield found.span()
    for place in quoted(cue.text, cue.end, cue.reach):
        if cue.word.startswith("alarm") or signs["opening"].search(cue.plain, place[0] - _NEAR, place[0] - 1):
            yield place


def _places(cue: _Cue) -> Iterator[Place]:
    """Yield the figures, or what stands in quotation marks, with which a door or a device is said to open."""
    signs = known().signs
    if signs["no_code_behind"].match(cue.plain, cue.end):
        return
    for place in numbers(cue.text, cue.end, cue.reach):
        figures = cue.text[slice(*place)]
        between = cue.plain[max(cue.end, place[0] - _NEAR) : place[0]]
        is_clear = not is_year(figures) or "with" in between or "mit" in between or "con" in between
        is_said = is_clear and (signs["opening"].search(between) or _stands_for(cue, between, figures))
        if _is_alone(cue, place) and (is_said or (is_odd(figures) and place[0] - cue.end <= _BESIDE)):
            yield place
    yield from _opening_figures(cue)
    if signs["account"].search(cue.plain, cue.first, cue.last):
        for place in quoted(cue.text, cue.end, cue.reach):
            if signs["opening"].search(cue.plain, max(0, place[0] - _NEAR), place[0] - 1):
                yield place
        yield from (place for place in quoted(cue.text, cue.first, cue.start) if _opens(cue, place))
    for place in tokens(cue.text, cue.end, cue.reach, is_strict=True):
        is_used = signs["with_figures"].search(cue.plain, max(0, place[0] - _NEAR), place[0])
        if is_used and _ARTIFICIAL.search(cue.text, *place):
            yield place


def _stands_for(cue: _Cue, between: str, figures: str) -> bool:
    """Tell whether a sentence, or a part of it, is nothing but a place and its figures: "Haustür 1357"."""
    if between.strip() or len(figures) < 4:  # noqa: PLR2004 - three figures are the number of a door
        return False
    return known().signs["part"].search(cue.plain, cue.back, cue.start) is not None


def _opening_figures(cue: _Cue) -> Iterator[Place]:
    """Yield figures that are said to open something, before the word for it."""
    signs = known().signs
    for place in numbers(cue.text, cue.first, cue.start):
        is_used = signs["with_figures"].search(cue.plain, max(cue.first, place[0] - _NEAR), place[0])
        if _opens(cue, place) or (is_used and _is_alone(cue, place)):
            yield place


def _turns(cue: _Cue) -> Iterator[Place]:
    """Yield all figures where a lock is turned to the left and to the right."""
    if len(known().signs["turns"].findall(cue.plain, cue.first, cue.last)) > 1:
        yield from _spans("turned", cue, cue.first, cue.last)


def _opens(cue: _Cue, place: Place) -> bool:
    return known().signs["opens"].match(cue.plain, place[1], cue.last) is not None


def _typed(cue: _Cue) -> Iterator[Place]:
    """Yield figures that are typed, where something is there to open, or beside the keys # and *."""
    for place in chain(numbers(cue.text, cue.end, cue.reach), numbers(cue.text, cue.back, cue.start)):
        is_beside = place[0] - cue.end <= _NEAR if place[0] >= cue.end else cue.start - place[1] <= _NEAR
        is_opener = {"lock", "place"} & set(cue.beside) or cue.word in _KEYS
        if is_beside and _is_alone(cue, place) and (is_opener or is_odd(cue.text[slice(*place)])):
            yield place


_SHORT = ("pw", "pwd", "psw", "passwd", "mdp")
_OWNERS = ("root", "admin")
_KEYS = ("hash", "star", "raute", "rautetaste", "sterntaste", "almohadilla", "asterisco", "シャープ", "米印")


def _is_linked(cue: _Cue, place: Place) -> bool:
    """Tell whether figures are what a word is about: directly behind it, or behind a word like "is" or "with"."""
    between = cue.plain[max(cue.end, place[0] - _NEAR) : place[0]]
    return not between.strip() or known().signs["link"].search(between) is not None


def _is_alone(cue: _Cue, place: Place) -> bool:
    """Tell whether figures count nothing."""
    return known().signs["after_code"].match(cue.plain, place[1]) is not None


def _once(cue: _Cue) -> Iterator[Place]:
    for found in _ONCE.finditer(cue.text, cue.end, cue.end + _LIST_REACH):
        if "-" in found[0] or any(sign.isdigit() for sign in found[0]):
            yield found.span()


def _phrases(cue: _Cue) -> Iterator[Place]:
    """Yield a run of a dozen words or so that make no sentence, behind the word for it or before."""
    reach = 2 * _LIST_REACH
    for begin, end in ((cue.end, cue.end + reach), (max(0, cue.start - reach), cue.start)):
        for run in _RUN.finditer(cue.text, begin, end):
            yield from _runs(cue.plain, *run.span())


def _runs(plain: str, begin: int, end: int) -> Iterator[Place]:
    words: list[Place] = []
    for found in [*_RUN_WORD.finditer(plain, begin, end), None]:
        if found is not None and not known().signs["filler"].fullmatch(found[0]):
            words.append(found.span())
            continue
        if len(words) >= _FEWEST_RUN_WORDS:
            yield words[0][0], words[-1][1]
        words = []


_FINDERS: Mapping[str, Callable[[_Cue], Iterator[Place]]] = {
    "password": _passwords,
    "key": _keys,
    "login": _logins,
    "network": _networks,
    "guard": _guards,
    "everywhere": _everywhere,
    "spelling": _spelled,
    "code": _codes,
    "maybe_code": _maybe_codes,
    "maybe_number": _maybe_numbers,
    "lock": _locks,
    "place": _places,
    "typed": _typed,
    "once": _once,
    "phrase": _phrases,
}
_KINDS: Mapping[str, str] = dict.fromkeys(("password", "key", "network", "guard", "spelling"), "what “{}” says") | {
    "login": "what opens a login",
    "everywhere": "what is used everywhere",
    "once": "a code for once",
    "phrase": "the words of a wallet",
    **dict.fromkeys(("code", "maybe_code", "maybe_number", "lock", "place", "typed"), "the figures for “{}”"),
}
