"""Finds passwords, keys, PINs and codes in a text: by their form, or by the words that are said before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from memlake.packs.lexicon import fold, packaged_toml

_REACH = 90  # characters from a word to its secret, at most
_FAR = 160  # what looks like a secret in any case
_NEAR = 30
_LIST_REACH = 240
_TOKEN = re.compile(r"[!#-&*-+./0-9:=?@A-Z\\^_a-z~\u00a1-\u024f-]{4,80}")
_WRAPPED = re.compile(
    r"[\"“„«「『](?P<value>[^\"“”„«»「」『』\n]{3,120})[\"”“»」』]"
    r"|(?<!\w)[‘'`](?P<single>[^\"‘’'`\n]{3,120})['’`](?!\w)"
)
_UNIT = (
    r"(?:[mck]?m|[km]?g|ml|ms|[MGT]B|px|k?Hz|euros?|years?|days?|people|pages?|Jahre|Tage|Seiten|Leute|años|días|páginas"
    r"|ans|jours|anos|dias)\b|[年円人個時分秒月日件枚]"
)
_FIGURES = re.compile(
    r"(?<![A-Za-z0-9€$£/-])(?<!\d[.,:])"
    r"(?:[#*]?\d(?:[ -]?\d){2,9}(?:#\d{1,6})?[A-Z]?[#*!]{0,2}|[A-Z]-?\d{3,8}[A-Z]?|"
    r"\d{1,2}(?:[./]\d{1,2}){2,4}|\d{1,4}[A-Z]\d{1,4})"
    rf"(?![A-Za-z0-9%€$£]|[ -]?\d|[.,:]\d| ?(?:{_UNIT}))"
)
_ONCE = re.compile(
    r"(?<![A-Za-z0-9])(?:[a-z]{4,6}(?:-[a-z]{4,6}){1,5}|[A-Z]{3,6}(?:-[A-Z]{3,6}){1,5}"
    r"|[A-Za-z0-9]{3,10}(?:[- ](?=[A-Za-z]{0,9}\d)[A-Za-z0-9]{3,10}){0,9})(?![A-Za-z0-9])"
)
_RUN = re.compile(r"[^\W\d_]{2,20}(?:[ ,、\u3000]{1,2}(?:\d{1,2}[.)]? ?)?[^\W\d_]{2,20}){11,35}")
_RUN_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_RUN_WORDS = 10
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-ZÀ-Þ])|[。！？\n]")
_LONG = re.compile(r"(?<![A-Za-z0-9+/_.-])[A-Za-z0-9+/_-]{32,}={0,2}(?![A-Za-z0-9/])|(?<=/)[A-Za-z0-9+_-]{32,}={0,2}")
_ADDRESS = re.compile(r"(?:://|www\.)\S*$")
_HEX = re.compile(r"[0-9a-fA-F]+(?:-[0-9a-fA-F]+)*")
_ODD_FIGURES = re.compile(r"[#*]|^0|\d-\d+-\d")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d\d-\d\d-(?:19|20)\d\d")
_SINCE = re.compile(r"(?:in|since|until|from|of|seit|bis|im|vom|desde|en|hasta|de|depuis|dès|em|até)\s$", re.IGNORECASE)
_AT = re.compile(r"(?:at|for|by|around|um|gegen|ab|las|à|às)\s$", re.IGNORECASE)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NO_TOKEN = re.compile(
    r"(?:https?:|www\.|//?|\.{1,2}/).*|[\w.+-]+@[\w-]+\.[a-z]{2,}|\d+(?:st|nd|rd|th|er|km|kg|cm|mm|h|min)|[\d.:,/-]+"
)
_MODEL = re.compile(
    r"#?[0-9a-f]{3,8}|[0-9a-f]{7,}|v?\d+(?:[.:,/-]\d+)*\w{0,3}|[A-Z]{1,6}-?\d{1,4}[a-z]?|[A-Z][a-z]{1,7}-?\d{1,2}"
)
_INNER_SIGN = re.compile(r"\w[!@#$%&*+=?^~]+\w|\w-\w+-\w")
_LOOSE_SIGN = re.compile(r"\w[_.]+\w")
_EDGES = "\"'`“”„«»()[]{}<>.,:;/"
_BEFORE_BESIDE = (",", ";", ":", "/", "(", "-", ".", "")
_RANDOM_DIGITS = 3
_FEWEST_SIGNS = 5
_FEWEST_STRICT_SIGNS = 6
_YEARS = range(1000, 2100)


class Secret(NamedTuple):
    """A secret in a text: where, and what it is."""

    start: int
    end: int
    kind: str


class _Known(NamedTuple):
    formats: Mapping[str, re.Pattern[str]]
    words: Mapping[str, re.Pattern[str]]
    signs: Mapping[str, re.Pattern[str]]


def secrets(text: str) -> Iterator[Secret]:
    """Yield the secrets in a text; they may overlap."""
    yield from _by_form(text)
    plain = fold(text)
    yield from _by_shape(text, plain)
    for name, find in (
        ("password", _passwords),
        ("key", _keys),
        ("login", _logins),
        ("lock", _codes),
        ("place", _openings),
        ("codes", _once),
        ("phrase", _phrases),
    ):
        for word in _known().words[name].finditer(plain):
            yield from find(text, plain, word)


def _by_form(text: str) -> Iterator[Secret]:
    for kind, pattern in _known().formats.items():
        for found in pattern.finditer(text):
            group = "value" if "value" in pattern.groupindex else 0
            yield Secret(found.start(group), found.end(group), kind)
    for found in _LONG.finditer(text):
        token, before = found[0], text[max(0, found.start() - _REACH) : found.start()]
        has_cases = token != token.lower() and token != token.upper()
        if has_cases and sum(map(str.isdigit, token)) >= _RANDOM_DIGITS and not _ADDRESS.search(before):
            yield Secret(found.start(), found.end(), "a long random text")


def _by_shape(text: str, plain: str) -> Iterator[Secret]:
    """Yield what looks like a password though nothing calls it one."""
    signs = _known().signs
    for found in _TOKEN.finditer(text):
        token = found[0].strip(_EDGES)
        start = found.start() + found[0].find(token)
        if not signs["shape"].fullmatch(token) or _NO_TOKEN.fullmatch(found[0]) or _HEX.fullmatch(token):
            continue
        before = plain[max(0, start - _NEAR) : start]
        is_known = signs["no_shape"].fullmatch(token.casefold()) or signs["no_secret"].fullmatch(token.casefold())
        if not is_known and not _ADDRESS.search(before) and not signs["handle"].search(before):
            yield Secret(start, start + len(token), "what looks like a password")


def _passwords(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    """Yield what is said to be a password: in quotation marks, like one, in figures, else a plain word beside it."""
    signs = _known().signs
    if signs["no_noun"].match(plain, word.end()):
        return
    end = _end(text, word.end())
    quoted = list(_quoted(text, word.end(), end))
    places = [*quoted, *_tokens(text, word.end(), end, is_strict=False), *_numbers(text, word.end(), end)]
    places += _tokens(text, end, min(len(text), word.end() + _FAR), is_strict=True)
    if not places:
        said = signs["plain_word"].search(plain, word.end(), end) or _beside(plain, word, end)
        said = said or signs["plain_words"].search(plain, word.end(), end)
        before = signs["before"].search(plain, max(0, word.start() - _REACH), word.start())
        places = [found.span("value") for found in (said, before) if found and _may_be_one(found["value"])]
        announced = signs["announced"].search(plain, word.end(), end)
        places += [announced.span("value")] if announced else []
    for place in places:
        yield Secret(*place, f"what “{text[word.start() : word.end()]}” says")


def _may_be_one(words: str) -> bool:
    return _known().signs["no_word"].fullmatch(words.split(maxsplit=1)[0]) is None


def _beside(plain: str, word: re.Match[str], end: int) -> re.Match[str] | None:
    """Return the word directly behind, where the word for a secret begins what is said ("…, password banana")."""
    before = plain[max(0, word.start() - _NEAR) : word.start()]
    is_announced = before.rstrip()[-1:] in _BEFORE_BESIDE or _known().signs["used"].search(before)
    return _known().signs["beside"].match(plain, word.end(), end) if is_announced else None


def _keys(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    """Yield what is said to be a key; that of a network is a password."""
    if _known().signs["network"].search(plain, max(0, word.start() - _FAR), word.end() + _FAR):
        yield from _passwords(text, plain, word)
        return
    kind = f"what “{text[word.start() : word.end()]}” says"
    for start, end in _tokens(text, word.end(), _end(text, word.end()), is_strict=True):
        yield Secret(start, end, kind)
    stated = _known().signs["stated_key"].match(plain, word.end())
    if stated:
        yield Secret(*stated.span("value" if stated["value"] else "short"), kind)


def _logins(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    begin = max(0, word.start() - _NEAR) if not text[word.start()].isascii() else word.end()
    end = _end(text, word.end())
    for token in _tokens(text, begin, end, is_strict=True):
        yield Secret(*token, "what opens a login")
    pairs = _known().signs["pair"].finditer(plain, word.end(), end)
    places = [_value(found) for found in pairs]
    if _known().signs["network"].fullmatch(word[0]):
        places += _quoted(text, word.end(), end)
    for place in places:
        yield Secret(*place, "what opens a login")


def _codes(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    """Yield the figures that open something, behind the word for it, or else before it."""
    signs = _known().signs
    before = plain[max(0, word.start() - _NEAR) : word.start()]
    is_code = signs["code_noun"].fullmatch(word[0]) is not None
    if (is_code and signs["no_lock"].search(before)) or signs["no_lock_behind"].match(plain, word.end()):
        return
    kind = f"the figures for “{text[word.start() : word.end()]}”"
    behind = _numbers(text, word.end(), _end(text, word.end()))
    ahead = _numbers(text, max(0, word.start() - _NEAR), word.start())
    found = [
        place
        for place in behind
        if _is_linked(plain, word.end(), place[0])
        or (is_code and place[0] - word.end() <= _NEAR and not _is_year(text[slice(*place)]))
    ]
    for place in found or (place for place in ahead if _is_linked(plain, 0, place[0])):
        yield Secret(*place, kind)
    if is_code:
        for said in signs["spoken"].finditer(plain, word.end(), _end(text, word.end())):
            yield Secret(*said.span(), kind)
    if word[0].startswith("alarm"):
        for place in _quoted(text, word.end(), word.end() + _REACH):
            yield Secret(*place, kind)


def _openings(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    """Yield the figures with which a door or a device is said to open."""
    for place in _numbers(text, word.end(), _end(text, word.end())):
        between = plain[max(word.end(), place[0] - _NEAR) : place[0]]
        is_clear = not _is_year(text[slice(*place)]) or "with" in between or "mit" in between
        is_end = _known().signs["after_opening"].match(plain, place[1])
        is_odd = not between.strip() and _ODD_FIGURES.search(text[slice(*place)])
        if is_end and (is_odd or (is_clear and _known().signs["opening"].search(between))):
            yield Secret(*place, f"the figures for “{text[word.start() : word.end()]}”")


def _is_linked(plain: str, begin: int, place: int) -> bool:
    """Tell whether figures are what a word is about: directly behind it, or behind a word like "is" or "with"."""
    between = plain[max(begin, place - _NEAR) : place]
    return not between.strip() or _known().signs["link"].search(between) is not None


def _once(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    del plain
    for found in _ONCE.finditer(text, word.end(), word.end() + _LIST_REACH):
        if "-" in found[0] or any(sign.isdigit() for sign in found[0]):
            yield Secret(found.start(), found.end(), "a code for once")


def _phrases(text: str, plain: str, word: re.Match[str]) -> Iterator[Secret]:
    """Yield a run of a dozen words or so that make no sentence, behind the word for it or before."""
    reach = 2 * _LIST_REACH
    for begin, end in ((word.end(), word.end() + reach), (max(0, word.start() - reach), word.start())):
        for run in _RUN.finditer(text, begin, end):
            words = list(_RUN_WORD.finditer(plain, *run.span()))
            last_filler = max(
                (n for n, one in enumerate(words) if _known().signs["filler"].fullmatch(one[0])), default=-1
            )
            if len(words) - last_filler > _FEWEST_RUN_WORDS:
                yield Secret(words[last_filler + 1].start(), run.end(), "the words of a wallet")
                return


def _quoted(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where something stands in quotation marks, without these."""
    for found in _WRAPPED.finditer(text, begin, end):
        yield _value(found)


def _value(found: re.Match[str]) -> tuple[int, int]:
    return found.span("value" if found["value"] else "single")


def _tokens(text: str, begin: int, end: int, *, is_strict: bool) -> Iterator[tuple[int, int]]:
    """Yield where something looks like a password or key."""
    for found in _TOKEN.finditer(text, begin, end):
        token = found[0].strip(_EDGES)
        if token and _is_like_one(token, is_strict=is_strict):
            start = found.start() + found[0].index(token)
            yield start, start + len(token)


def _is_like_one(token: str, *, is_strict: bool) -> bool:
    if len(token) < (_FEWEST_STRICT_SIGNS if is_strict else _FEWEST_SIGNS) or _NO_TOKEN.fullmatch(token):
        return False
    if is_strict and _MODEL.fullmatch(token):
        return False
    if _UUID.fullmatch(token) or _known().signs["no_secret"].fullmatch(token.casefold()):
        return False
    has_letter = any(sign.isalpha() for sign in token)
    has_digit = any(sign.isdigit() for sign in token)
    has_sign = _INNER_SIGN.search(token) is not None or (not is_strict and _LOOSE_SIGN.search(token) is not None)
    return has_letter and (has_digit or has_sign)


def _numbers(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where figures are that may open something: no years, no dates."""
    for found in _FIGURES.finditer(text, begin, end):
        digits, before = found[0], text[max(0, found.start() - _NEAR) : found.start()]
        is_year = _is_year(digits) and _SINCE.search(before)
        is_hour = _CLOCK.fullmatch(digits) and _AT.search(before)
        if not is_year and not is_hour and not _DATE.fullmatch(digits):
            yield found.start(), found.end()


def _is_year(figures: str) -> bool:
    return figures.isdecimal() and int(figures) in _YEARS


def _end(text: str, begin: int) -> int:
    """Return how far the secret of a word may be."""
    found = _SENTENCE_END.search(text, begin, begin + _REACH)
    return found.start() if found else min(len(text), begin + _REACH)


@cache
def _known() -> _Known:
    table = packaged_toml("secrets.toml")
    formats = {name: re.compile(pattern, re.ASCII) for name, pattern in table["formats"].items()}
    words, signs = ({name: re.compile(one) for name, one in table[part].items()} for part in ("words", "signs"))
    return _Known(formats, words, signs)
