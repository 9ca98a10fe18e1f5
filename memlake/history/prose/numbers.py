"""Numbers, dates and other counted words of a statement, in one spelling whatever its language."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from memlake.history.prose.digits import in_digits
from memlake.history.prose.folding import common_beginning, fold, is_unspaced
from memlake.history.prose.vocabulary import CALENDAR, ONES, SCALES, UNITS, calendar

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
_KINDS = {
    "number": ("number",),
    "date": ("month", "day", "season"),
    "side": ("side",),
    "other": ("hours", "system", "place"),
}
_LONGEST_NUMBER = 4
_TOKEN = re.compile(r"[^\W_](?:\S*[^\W_])?")
_ONE = "1"
_LONGEST_ENDING = 2
_ARTICLE = re.compile(r"(?!one\b)[^\d]")
_COUNTED_NOUN = re.compile(rf"\b(?P<number>\d+|{'|'.join(ONES)}|an?|eine[nmr]?)\s(?P<noun>[^\W\d_]{{3,}})")
_LETTERS_AT_DIGITS = re.compile(r"(\d)(?=[^\W\d_])")
_LATIN = re.compile(r"[a-z]+")
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
_WORD = re.compile(r"[^\W\d_]+(?:-(?:feiras?|time))?")
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


def counts_changed(before: str, after: str, *, language: str) -> str | None:
    """Return what a text counted or dated and what it does now, in its words; `None` if nothing was replaced.

    A number that is only left out or added is no change: every rewording is shorter or longer. Nor is one in another
    unit of the same amount.
    """
    old, new = counted(before, language), counted(after, language)
    told = []
    for name, kinds in _KINDS.items():
        gone = {one for one in old - new if one.kind in kinds}
        came = {one for one in new - old if one.kind in kinds}
        if gone and came and name == "number":
            gone, came = _without_equals(gone, came, _units(before), _units(after))
            gone, came = _without_parts(gone, came, old & new)
        if {one.kind for one in gone} & {one.kind for one in came}:
            told.append(f"{name}: {_spoken(gone, before, language)} → {_spoken(came, after, language)}")
    return "; ".join(told) or _counted_nouns_changed(before, after, language)


def counts_lost(before: str, after: str, *, language: str) -> tuple[str, ...]:
    """Return what a text counted or dated and does no longer, in its words, where nothing came for it.

    A number in words may be told by what it counts, as two daughters are by their names.
    """
    old, new = counted(before, language), counted(after, language)
    came = {one.kind for one in new - old}
    gone = [(one.kind, _place(one, before, language)[1]) for one in sorted(old - new) if one.kind not in came]
    return tuple(word for kind, word in gone if kind != "number" or any(map(str.isdigit, word)))


def _without_parts(
    gone: set[Counted], came: set[Counted], kept: frozenset[Counted]
) -> tuple[set[Counted], set[Counted]]:
    """Leave out two numbers that make up a third: "from 5 to 7" is "up by 2, to 7" in other words."""
    totals = {_number(one) for one in kept}
    pairs = [(old, new) for old in gone for new in came if _number(old) + _number(new) in totals]
    return gone - {old for old, _ in pairs}, came - {new for _, new in pairs}


def _number(one: Counted) -> float:
    """Return the value of a number, and of what is none something that makes up nothing."""
    return float(one.value) if one.kind == "number" and ":" not in one.value else math.nan


def _counted_nouns_changed(before: str, after: str, language: str) -> str | None:
    """Return of what there was another number, where one of the two is one, which is no number of its own."""
    old, new = _counted_nouns(before, language), _counted_nouns(after, language)
    for noun, one in old.items():
        for other_noun, other in new.items():
            if not _is_form(noun, other_noun) or (one[0] == _ONE) == (other[0] == _ONE):
                continue
            (_, lone), (many, _), text = (one, other, before) if one[0] == _ONE else (other, one, after)
            if not (_ARTICLE.match(lone) and Counted("number", many) in counted(text, language)):
                return f"number: {one[1]} → {other[1]}"
    return None


def _counted_nouns(text: str, language: str) -> dict[str, tuple[str, str]]:
    """Return what a text counts, each with the number and the words for both."""
    found = _COUNTED_NOUN.finditer(in_digits(fold(text), language))
    return {one["noun"]: (one["number"] if one["number"].isdigit() else _ONE, one[0]) for one in found}


def _is_form(noun: str, other: str) -> bool:
    return common_beginning(noun, other) >= max(len(noun), len(other)) - _LONGEST_ENDING


def _without_equals(
    gone: set[Counted], came: set[Counted], units: set[tuple[str, int]], others: set[tuple[str, int]]
) -> tuple[set[Counted], set[Counted]]:
    """Leave out amounts that are the same in units which the one text and the other name."""
    factors = [(one, other) for kind, one in units for other_kind, other in others if kind == other_kind]
    pairs = [
        (old, new)
        for old in gone
        for new in came
        for one, other in factors
        if one != other and _amount(old.value, one) == _amount(new.value, other) is not None
    ]
    return gone - {old for old, _ in pairs}, came - {new for _, new in pairs}


def _amount(value: str, factor: int) -> float | None:
    amount = _value(value)
    return None if amount is None else amount * factor


def _units(text: str) -> set[tuple[str, int]]:
    folded = fold(text)
    words = set(_WORD.findall(_LETTERS_AT_DIGITS.sub(r"\1 ", folded)))
    if is_unspaced(folded):
        words |= {word for word in UNITS if is_unspaced(word) and word in folded} | set(_LATIN.findall(folded))
    return {UNITS[word] for word in words if word in UNITS}


def _spoken(values: set[Counted], text: str, language: str) -> str:
    """Return how a text itself puts what it counts, in its order."""
    found = {one: _place(one, text, language) for one in values}
    return ", ".join(found[one][1] for one in sorted(values, key=lambda one: (*found[one], one)))


def _place(one: Counted, text: str, language: str) -> tuple[int, str]:
    """Return where a text says something that it counts, and the fewest words for it; else its value."""
    if is_unspaced(text):
        words = (word for word, named in CALENDAR.items() if named == one and is_unspaced(word) and word in text)
        signs = next(
            words, next((sign for sign in _CJK_NUMBER.findall(text) if _cjk_value(sign) == one.value), one.value)
        )
        return text.find(signs), signs
    words_of_text = list(_TOKEN.finditer(text))
    for length in range(1, _LONGEST_NUMBER + 1):
        for first, last in zip(words_of_text, words_of_text[length - 1 :], strict=False):
            span = text[first.start() : last.end()]
            if one in counted(span, language):
                return first.start(), span if one.kind == "number" else last[0]
    return len(text), one.value


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
        value *= SCALES.get(word) or SCALES.get(word[0] if is_unspaced(word[0]) else word, 1)
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
