"""Finds passwords, keys, PINs and codes in a text: by their form, or by the words that are said beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from memlake.packs import secret_figures, secret_lists, secret_words
from memlake.packs.cues import Cue
from memlake.packs.lexicon import Hit, fold
from memlake.packs.secret_net import Sentence, caught
from memlake.packs.values import Place, known, shapes

_REACH = 240  # characters from a word to the ends of what is read with it, at most
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ„“\"«¿¡]|\s*$)|[。！？\n]")
_LONG = re.compile(r"(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9/])|(?<=/)[A-Za-z0-9+_-]{32,}={0,2}")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_RANDOM_DIGITS = 3


class Secret(NamedTuple):
    """A secret in a text: where, and what it is."""

    start: int
    end: int
    kind: str


def secrets(text: str) -> Iterator[Secret]:
    """Yield the secrets in a text; they may overlap."""
    yield from _by_form(text)
    plain = fold(text)
    for place in shapes(text, plain):
        if not _ADDRESS.search(text, 0, place[0]):
            yield Secret(*place, "what looks like a password")
    hits = sorted(known().cues.find(text).hits, key=lambda hit: hit.start)
    ends = [0, *(found.end() for found in _SENTENCE_END.finditer(text)), len(text)]
    for sentence in _sentences(text, plain, hits, ends):
        for place in caught(sentence):
            if not _ADDRESS.search(text, 0, place[0]):
                yield Secret(*place, "what opens something")
    for cue, name in _cues(text, plain, [hit for hit in hits if hit.name in _FINDERS], ends):
        kind = _KINDS[name].format(text[cue.start : cue.end])
        for place in _FINDERS[name](cue):
            yield Secret(*place, kind)


def _sentences(text: str, plain: str, hits: Iterable[Hit], ends: Sequence[int]) -> Iterator[Sentence]:
    inside = {number: list(some) for number, some in groupby(hits, lambda hit: bisect_right(ends, hit.start))}
    for number, (start, end) in enumerate(pairwise(ends), start=1):
        some = inside.get(number, ())
        yield Sentence(text, plain, start, end, some, {hit.name for hit in some})


def _cues(text: str, plain: str, hits: Iterable[Hit], ends: Sequence[int]) -> Iterator[tuple[Cue, str]]:
    for sentence, inside in groupby(hits, lambda hit: bisect_right(ends, hit.start)):
        cues = sorted(inside, key=lambda hit: (hit.start, -hit.end))
        beside = {cue.name for cue in cues}
        ended: dict[str, int] = {}
        for cue in cues:
            if cue.start < ended.get(cue.name, 0):  # inside a longer one: 暗証 in 暗証番号
                continue
            ended[cue.name] = cue.end
            first = max(ends[sentence - 1], cue.start - _REACH)
            last = min(ends[min(sentence, len(ends) - 1)], cue.end + _REACH)
            yield Cue(text, plain, cue.start, cue.end, first, last, beside), cue.name


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


_FINDERS: Mapping[str, Callable[[Cue], Iterator[Place]]] = {
    "password": secret_words.passwords,
    "key": secret_words.keys,
    "login": secret_words.logins,
    "network": secret_words.networks,
    "guard": secret_words.guards,
    "everywhere": secret_words.everywhere,
    "spelling": secret_words.spelled,
    "code": secret_figures.codes,
    "maybe_code": secret_figures.maybe_codes,
    "maybe_number": secret_figures.maybe_numbers,
    "lock": secret_figures.locks,
    "place": secret_figures.places,
    "typed": secret_figures.typed,
    "once": secret_lists.codes_for_once,
    "phrase": secret_lists.phrases,
}
_KINDS: Mapping[str, str] = dict.fromkeys(("password", "key", "network", "guard", "spelling"), "what “{}” says") | {
    "login": "what opens a login",
    "everywhere": "what is used everywhere",
    "once": "a code for once",
    "phrase": "the words of a wallet",
    **dict.fromkeys(("code", "maybe_code", "maybe_number", "lock", "place", "typed"), "the figures for “{}”"),
}
