"""Numbers, dates and other counted words of a statement, in one spelling whatever its language."""

from __future__ import annotations

import re
from typing import NamedTuple

from memlake.history.prose.digits import in_digits
from memlake.history.prose.folding import fold, is_unspaced
from memlake.history.prose.vocabulary import CALENDAR, SCALES, calendar

_DOTTED_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})?(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")
_SLASHED_MONTH = re.compile(r"(?<!\d)(\d{1,2})/((?:19|20)\d\d)(?!\d)")
_ENGLISH_MAY = re.compile(
    r"(?:\b(?:in|by|until|since|from|of|on|mid|late|early|this|next|last|for)|\d)[\s-]May\b|\bMay \d"
)
_CJK_MONTH = re.compile(r"(\d{1,2})\s?[\u6708\uc6d4]")
_DATES = (
    (_ISO_DATE, ("year", "month", "day")),
    (_DOTTED_DATE, ("day", "month", "year")),
    (_SLASHED_MONTH, ("month", "year")),
    (_CJK_MONTH, ("month",)),
)
_KINDS = ("number", "month", "day", "season", "side")
_LONGEST_SCALE = 12
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SCALE = re.compile(r"\s?([^\W\d_]+)")
_CJK_NUMBER = re.compile(
    r"[\u3007\u4e24\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343]+"
    r"(?=[\u4eba\u5e74\u65e5\u56de\u540d\u672c\u518a\u53f0\u4ef6\u6b73\u624d\u5339\u500b\u679a\u5ea6\u6642\u5206\u793e"
    r"\u8ed2\u3064\u9031\u30f6\u304b\u5c81\u4e2a\u6b21\u5468\u4f4d\u5bb6\u53ea\u5143\u5757])"
)
_CJK_DIGITS = {sign: value for value, sign in enumerate("\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d")}
_CJK_DIGITS["\u4e24"] = 2
_CJK_TENS = {"\u5341": 10, "\u767e": 100, "\u5343": 1000}
_WORD = re.compile(r"[^\W\d_]+(?:-feiras?)?")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_THOUSANDS_AND_CENTS = re.compile(r"([1-9]\d{0,2}(?:[.,]\d{3})+)[.,](\d{1,2})")
_DECIMAL = re.compile(r"\d+[.,]\d+")


class Counted(NamedTuple):
    """One thing that a text counts or dates: of which class (number, month, day, season, side), and which."""

    kind: str
    value: str


def counted(text: str, language: str | None = None) -> frozenset[Counted]:
    """Return the numbers of a text, its months, days of the week, seasons and sides.

    What only some languages count with ("due", "dos") is left out where the language is unknown.
    """
    dates, rest = _dates(in_digits(fold(text), language))
    found = set(dates)
    if _ENGLISH_MAY.search(text):
        found.add(Counted("month", "5"))
    for number in _NUMBER.finditer(rest):
        found.add(Counted("number", _scaled(number[0], rest[number.end() : number.end() + _LONGEST_SCALE])))
    found |= {Counted("number", _cjk_value(number[0])) for number in _CJK_NUMBER.finditer(rest)}
    found |= {Counted(*named) for word in _WORD.findall(rest) if (named := calendar(word, language))}
    if is_unspaced(rest):
        found |= {Counted(*named) for word, named in CALENDAR.items() if is_unspaced(word) and word in rest}
    return frozenset(found)


def counts_changed(before: str, after: str, *, language: str) -> tuple[str, str] | None:
    """Return what a text counted or dated and what it does now; `None` if nothing was replaced by another.

    A number that is only left out or added is no change: every rewording is shorter or longer.
    """
    old, new = counted(before, language), counted(after, language)
    for kind in _KINDS:
        gone = sorted(one.value for one in old - new if one.kind == kind)
        came = sorted(one.value for one in new - old if one.kind == kind)
        if gone and came:
            return ", ".join(gone), ", ".join(came)
    return None


def _dates(text: str) -> tuple[set[Counted], str]:
    """Return what the dates in figures of a text say, and the text without them."""
    found: set[Counted] = set()
    for pattern, parts in _DATES:
        for date in pattern.finditer(text):
            found |= {
                Counted("month" if part == "month" else "number", str(int(value)))
                for part, value in zip(parts, date.groups(), strict=True)
                if value
            }
        text = pattern.sub(" ", text)
    return found, text


def _scaled(number: str, follower: str) -> str:
    value = _value(number)
    scale = _SCALE.match(follower)
    if value is None:
        return number
    if scale:
        word = scale[1]
        value *= SCALES.get(word) or SCALES.get(word[0], 1) if is_unspaced(word) else SCALES.get(word, 1)
    return f"{value:.6g}" if value % 1 else str(int(value))


def _value(number: str) -> float | None:
    """Return what digits mean: three after a mark are thousands, else it is a decimal mark; a time has no value."""
    if number.isdigit():
        return float(number)
    if _THOUSANDS.fullmatch(number):
        return float(re.sub(r"[.,]", "", number))
    if with_cents := _THOUSANDS_AND_CENTS.fullmatch(number):
        return float(re.sub(r"[.,]", "", with_cents[1]) + "." + with_cents[2])
    return float(number.replace(",", ".")) if _DECIMAL.fullmatch(number) else None


def _cjk_value(signs: str) -> str:
    total = current = 0
    for sign in signs:
        if sign in _CJK_TENS:
            total += (current or 1) * _CJK_TENS[sign]
            current = 0
        else:
            current = current * 10 + _CJK_DIGITS[sign]
    return str(total + current)
