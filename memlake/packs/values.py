"""What the values of secrets look like: quotations, what looks like a password, figures, figures in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from memlake.packs.lexicon import Lexicon, packaged_toml

Place = tuple[int, int]

_NEAR = 30
_LETTERS = "A-Z_a-z\u00aa-\u00ff\u0100-\u024f\u0370-\u06ff"
_TOKEN = re.compile(rf"[!#-&*-+./0-9:=?@\\^~{_LETTERS}-]{{4,80}}")
_WRAPPED = re.compile(
    r"[\"“„«「『](?P<value>[^\"“”„«»「」『』\n]{2,120})[\"”“»」』]"
    r"|(?<!\w)[‘'`](?P<single>[^\"‘’'`\n]{3,120})['’`](?!\w)"
)
_UNIT = (
    r"(?:[mck]?m|[km]?g|[cm]?l|ms|[MGT]B|[MG]bit|px|dpi|[kMG]?Hz|[kM]?W|[kM]Wh|mAh|euros?|eur|dollars?|pounds?|Franken|pesos"
    r"|points?|Punkte\w*|puntos|years?|days?|hours?|minutes?|people|pages?|words?|metres?|meters?|Meter|metros|Quadratmeter"
    r"|miles?|Jahre|Tage|Stunden|Minuten|Seiten|Leute|Zimmer|Euro|Wörter|años|días|horas|minutos|páginas|palabras"
    r"|ans|jours|anos|dias|square|sq)\b|m²|[²°年円人個時分秒月日件枚台本冊歳度点回階号匹語字行万]"
)
_FIGURES = re.compile(
    r"(?<![A-Za-z0-9€$£/_-])(?<!\d[.,: -])(?<!==)"
    r"(?:[#*＃＊]?\d(?:(?: ?[-–] ?| )?\d){2,11}(?:#\d{1,6})?[A-Z]?[#*!＃＊]{0,2}|[A-Z]-?\d{3,8}[A-Z]?"
    r"|\d{1,2}(?:[./]\d{1,2}){2,4}|\d{1,2}(?:, ?\d{1,2}){2,5}|\d{1,4}[A-Z]\d{1,4}|[*＊]\d{2}#?"
    r"|\d{2,8}(?:[#*]\d{1,8}){1,4}[#*]?|\d(?:[#*]\d{1,8}){2,4}[#*]?"
    r"|(?=(?:[A-Z0-9-]*\d){2})[A-Z0-9]{1,4}(?:-[A-Z0-9]{1,4}){2,6}"
    r"|(?![A-Z]{2,}\d{1,2}\b)(?=[A-Z]{0,5}\d[A-Z]{0,5}\d)(?=\d{0,7}[A-Z])[A-Z0-9]{4,9}[#*]?|\d{7,10}[A-Z])"
    rf"(?![A-Za-z0-9%€$£]|[ -]?\d|[.,:]\d|\.?-[a-z]| ?(?:{_UNIT}))"
)
_ODD = re.compile(r"[#*＃＊]|^0\d{3,5}$|^[A-Z\d]{1,3}(?:-[A-Z\d]{1,3}){2,}$|^[A-Z]?\d+[A-Z]")
_KEYED = re.compile(
    r"(?<![\w#*+.,/-])[#*]?\d{3,8}(?:[#*]\d{1,4})?[#*](?![\w*#])|(?<![\w*#])\*\d{2,8}#?(?![\w*#])"
    r"|(?<![\w*#,./-])\d{2,4}[#*]\d{2,4}(?![\w*#-])"
)
_TURNED = re.compile(r"(?<![\w.,/-])\d\d-\d\d-\d\d(?![\w/-]|[.,]\d)")
_PERHAPS_DATE = re.compile(r"[0-3]\d-[01]\d-\d\d|[01]\d-[0-3]\d-\d\d|\d\d-[01]\d-[0-3]\d")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|\d\d-\d\d-(?:19|20)\d\d")
_SINCE = re.compile(
    r"(?:\b(?:in|since|until|from|of|by|circa|seit|bis|im|vom|ab|anno|desde|en|hasta|de|del|depuis|dès|em|até)|(?:spring"
    r"|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|jahr"
    r"|sommer|herbst|frühjahr|januar|februar|märz|mai|juni|juli|oktober|dezember|año))\s$",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<!asks )(?<!ask )\b(?:at|for|by|around|um|gegen|a las|las|à|às)\s$", re.IGNORECASE)
_CLOCK = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_NO_TOKEN = re.compile(
    r"(?:https?:|www\.|//?|\.{1,2}/).*|[\w.+-]+@[\w-]+\.[a-z]{2,}|\d+(?:st|nd|rd|th|er|km|kg|cm|mm|h|min)"
    r"|\d+(?:st|nd|rd|th)?-[^\W\d_]{3,12}|[A-Z]{2}\d{2}[A-Z0-9]{11,30}|[\d.:,/-]+"
)
_MODEL = re.compile(
    r"#?[0-9A-Fa-f]{3,8}|[0-9a-f]{7,}|v?\d+(?:[.:,/-]\d+)*\w{0,3}|[A-Z]{1,6}-?\d{1,4}[a-z]?|[A-Z][a-z]{1,7}-?\d{1,2}"
)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}(?!\w)")
_INNER_SIGN = re.compile(r"\w[!@#$%&*+=?^~]+\w|\w-\w+-\w")
_LOOSE_SIGN = re.compile(r"\w[_.]+\w")
_EDGES = "\"'`“”„«»()[]{}<>.,:;/"
_FEWEST_SIGNS = 5
_FEWEST_STRICT_SIGNS = 6
_YEARS = range(1700, 2100)


class Known(NamedTuple):
    """What secrets.toml holds: forms of keys, the words for secrets, and how a value stands beside them."""

    formats: Mapping[str, re.Pattern[str]]
    cues: Lexicon
    signs: Mapping[str, re.Pattern[str]]


@cache
def known() -> Known:
    """Return what is known of secrets."""
    table = packaged_toml("secrets.toml")
    formats = {name: re.compile(pattern, re.ASCII) for name, pattern in table["formats"].items()}
    cues = {name: {"any": _each_once(words.values())} for name, words in table["cues"].items()}
    return Known(formats, Lexicon(cues), {name: re.compile(one) for name, one in table["signs"].items()})


def _each_once(lists: Iterable[str]) -> str:
    """Return the phrases of some lists as one: languages share words."""
    return ",".join(dict.fromkeys(" ".join(phrase.split()) for words in lists for phrase in words.split(",")))


def quoted(text: str, begin: int, end: int) -> Iterator[Place]:
    """Yield where something stands in quotation marks, without these."""
    for found in _WRAPPED.finditer(text, begin, end):
        yield found.span("value" if found["value"] else "single")


def tokens(text: str, begin: int, end: int, *, is_strict: bool) -> Iterator[Place]:
    """Yield where something looks like a password or key."""
    for found in _TOKEN.finditer(text, begin, end):
        token = found[0].strip(_EDGES)
        if token and _is_like_one(token, is_strict=is_strict):
            start = found.start() + found[0].index(token)
            yield start, start + len(token)


def shapes(text: str, plain: str) -> Iterator[Place]:
    """Yield what looks like a password, or like the figures of a lock, though nothing calls it one."""
    signs = known().signs
    yield from (found.span() for found in _KEYED.finditer(text))
    yield from (found.span() for found in _TURNED.finditer(text) if not _PERHAPS_DATE.fullmatch(found[0]))
    for found in _TOKEN.finditer(text):
        token = found[0].strip(_EDGES)
        if not signs["shape"].fullmatch(token) or _NO_TOKEN.fullmatch(found[0]) or _UUID.fullmatch(token):
            continue
        start = found.start() + found[0].find(token)
        is_known = signs["no_shape"].fullmatch(token.casefold()) or signs["no_secret"].fullmatch(token.casefold())
        if not is_known and not signs["handle"].search(plain, max(0, start - _NEAR), start):
            yield start, start + len(token)


def numbers(text: str, begin: int, end: int) -> Iterator[Place]:
    """Yield where figures are that may open something: no years, no dates."""
    for found in _FIGURES.finditer(text, begin, end):
        digits, before = found[0], text[max(0, found.start() - _NEAR) : found.start()]
        is_since = is_year(digits) and _SINCE.search(before)
        is_hour = _CLOCK.fullmatch(digits) and _AT.search(before)
        is_colour = _COLOUR.match(text, found.start()) or _COLOUR.match(text, max(0, found.start() - 1))
        if not is_since and not is_hour and not is_colour and not _DATE.fullmatch(digits):
            yield found.start(), found.end()


def is_year(figures: str) -> bool:
    """Tell whether figures may be those of a year."""
    return figures.isdecimal() and int(figures) in _YEARS


def is_uuid(token: str) -> bool:
    """Tell whether a token is an id that programmes give to things."""
    return _UUID.fullmatch(token) is not None


def is_odd(figures: str) -> bool:
    """Tell whether figures are written as only those of locks are: 0815, 7719#, 34-12-71."""
    return _ODD.search(figures) is not None


def _is_like_one(token: str, *, is_strict: bool) -> bool:
    if len(token) < (_FEWEST_STRICT_SIGNS if is_strict else _FEWEST_SIGNS) or _NO_TOKEN.fullmatch(token):
        return False
    if is_strict and _MODEL.fullmatch(token):
        return False
    if _UUID.fullmatch(token) or known().signs["no_secret"].fullmatch(token.casefold()):
        return False
    has_letter = any(sign.isalpha() for sign in token)
    has_digit = any(sign.isdigit() for sign in token)
    has_sign = _INNER_SIGN.search(token) is not None or (not is_strict and _LOOSE_SIGN.search(token) is not None)
    return has_letter and (has_digit or has_sign)
