"""The date that somebody wrote beside a memory: in figures, in words, or "unknown"."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from memlake.providers.dump.words import APPROXIMATELY, COLONS, FILLERS, MONTHS, SAVED, STATE_MARKERS, UNKNOWN_DATES
from memlake.times import EARLIEST_US, LATEST_US, time_us, to_us


class Stated(NamedTuple):
    """The first moment of a stated day, month or year; both are `None` where a label states no date that is sure."""

    at_us: int | None = None
    basis: str | None = None  # stated, stated_month, stated_year


NO_DATE = Stated()

_LONGEST_LABEL = 60
_DRESSING = " \t*_`~"
_BRACKETS = {"[": "]", "(": ")", "【": "】", "［": "］", "（": "）", "〔": "〕", "{": "}"}
_OPENING_OF = {closing: opening for opening, closing in _BRACKETS.items()}
_ROUND = ("(", "（")
_UNDRESSED = r"(?:[*_`]+(?=\s))?\s*"
_SEPARATOR = re.compile(
    r"[*_`]*\s*(?:[-\u2013\u2014\u2212|→=>]+(?=\s|\Z)|[.:,](?=[*_`\s]|\Z)|[\u2013\u2014|：→]|-(?=[^\W\d]))?"
    + _UNDRESSED
)
_BARE_SEPARATOR = re.compile(
    r"[*_`]*(?:\s+[-\u2013\u2014\u2212|→=>]+(?:\s+|\Z)|\s*[\u2013\u2014|]\s*|\t\s*|[:：](?=\D)\s*|(?<=\d{4}-\d\d-\d\d),\s*)"
    + _UNDRESSED
)
_TAIL_DASH = re.compile(r"\s[-\u2013\u2014]\s(?=\D)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[\d:.,]*\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_CLOCK = re.compile(r"[T,\s]+(?:at |um |à |às )?\d{1,2}:\d{2}\S*(?:\s?(?:am|pm|utc|gmt|uhr|z))?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.年년\u2010-\u2012]\s?(\d{1,2})(?:\s?[-/.月월\u2010-\u2012]\s?(\d{1,2}))?[일日.]?"
)
_YEAR_MONTH_CJK = re.compile(r"(\d{4})\s?[年년](?:\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?)?")
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"\d{4}")
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_EITHER_FIRST = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.](\d{4})")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_IN_WORDS = re.compile(r"(?:\d{1,4}+(?:st|nd|rd|th|er|º|ª|°|\.)?|[^\W\d_]++\.?|[\s,])++", re.IGNORECASE)
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "º", "ª"))
_LAST_MONTH = 12


def read_date(words: str) -> Stated | None:
    """Return what a label states; `None` if it is no date, and no word for an unknown one either.

    A day and a month in figures with the year last are sure only if one of them is above 12, or set apart by dots,
    as no English writer does. A time with a zone is taken as it is; of one without, only the day is sure.
    """
    if len(words) > _LONGEST_LABEL:
        return None
    words = words.strip(_DRESSING)
    if words.casefold() in UNKNOWN_DATES:
        return NO_DATE
    words = _without(APPROXIMATELY, _without(SAVED, words))
    if words.casefold() in UNKNOWN_DATES:
        return NO_DATE
    if not _FIGURE.search(words):
        return None
    if _MOMENT.fullmatch(words):
        return _moment(words)
    return _day_or_longer(_CLOCK.sub("", words).strip(" ,"))


def split_leading(text: str) -> tuple[str, Stated | None]:
    """Split an entry into what it says and the date before it; what only looks like a label stays in the text."""
    opening = text.lstrip(_DRESSING)[:1]
    if opening in _BRACKETS:
        start = text.index(opening)
        end = text.find(_BRACKETS[opening], start, start + _LONGEST_LABEL + 2)
        stated = _first_of(text[start + 1 : end]) if end > 0 else None
        gap = _SEPARATOR.match(text, end + 1) if stated else None
        if stated is None or gap is None:
            return text, None
        is_apart = gap[0].strip(_DRESSING) != "" or opening not in _ROUND
        return (text[gap.end() :], stated) if is_apart or stated.basis == "stated" else (text, None)
    return _split_bare(text)


def split_trailing(text: str, *, also_in_brackets: bool = False) -> tuple[str, Stated | None]:
    """Split an entry into what it says and the date behind it, marks of scripts taken off.

    A date in round brackets is a label only if it says so ("saved 2025-05-02") or the caller knows.
    """
    stated: Stated | None = None
    while True:
        rest, label, opening = _last_bracket(text)
        if label.strip().casefold() in STATE_MARKERS and rest:
            text = rest
            continue
        found = read_date(label) if rest and stated is None else None
        is_sure = found is not NO_DATE or " " in label.strip()
        is_label = _says_saved(label) or (is_sure and (opening not in _ROUND or also_in_brackets))
        if found is None or not is_label:
            break
        text, stated = rest, found
    return (text, stated) if stated else _split_tail(text)


def _without(introduction: re.Pattern[str], words: str) -> str:
    found = introduction.match(words)
    return words[found.end() :].strip(_DRESSING) if found else words


def _first_of(label: str) -> Stated | None:
    """Read a label in brackets; of several dates in it ("2025-05-02, updated 2025-06-01") the first."""
    stated = read_date(label)
    if stated is not None:
        return stated
    first = re.split(r"[;,|]|\s[-\u2013\u2014/→]\s|\s(?:to|bis|updated)\s", label, maxsplit=1)[0]
    stated = read_date(first)
    return None if stated is None or stated.at_us is None or first.isdigit() else stated


def _split_bare(text: str) -> tuple[str, Stated | None]:
    for gap in _BARE_SEPARATOR.finditer(text, 0, _LONGEST_LABEL):
        stated = read_date(text[: gap.start()])
        if stated is None:
            continue
        is_colon = gap[0].strip(_DRESSING) in COLONS
        is_day = stated.basis == "stated" or (stated is NO_DATE and text[gap.start() - 1].isdigit())
        is_label = stated.basis != "stated_year" and not is_colon and gap.start() > 1
        if is_day or is_label:
            return text[gap.end() :], stated
    return text, None


def _last_bracket(text: str) -> tuple[str, str, str]:
    """Return the text before a bracket at its end, what is in it, and how it opens."""
    ended = text.rstrip(" .*_`")
    dressing = "*_`" if text.rstrip(" .") != ended else ""
    opening = _OPENING_OF.get(ended[-1:], "")
    start = ended.rfind(opening, max(0, len(ended) - _LONGEST_LABEL - 2)) if opening else -1
    return (ended[:start].rstrip(f" {dressing}"), ended[start + 1 : -1], opening) if start >= 0 else ("", "", "")


def _split_tail(text: str) -> tuple[str, Stated | None]:
    """Take off " — saved 2025-05-02"."""
    tail_start = max(0, len(text) - _LONGEST_LABEL)
    for dash in _TAIL_DASH.finditer(text, tail_start):
        label = text[dash.end() :].strip(" .*_`")
        if dash.start() and _says_saved(label) and (stated := read_date(label)):
            return text[: dash.start()].rstrip(), stated
    return text, None


def _says_saved(label: str) -> bool:
    return SAVED.match(label.lstrip(_DRESSING)) is not None


def _moment(words: str) -> Stated | None:
    iso = re.sub(r"\s?(?:utc|gmt|z)$", "+00:00", words.replace(",", "."), flags=re.IGNORECASE)
    at_us = time_us(re.sub(r"\s(?=[+-]\d{2}:?\d{2}$)", "", iso))
    return None if at_us is None else Stated(at_us, "stated")


def _day_or_longer(words: str) -> Stated | None:
    if found := _YEAR_FIRST.fullmatch(words) or _YEAR_MONTH_CJK.fullmatch(words):
        return _stated(found[1], found[2], found[3])
    if _YEAR.fullmatch(words):
        return _stated(words, None, None)
    if found := _DAY_FIRST.fullmatch(words):
        return _stated(found[3], found[2], found[1])
    if found := _MONTH_YEAR.fullmatch(words):
        return _stated(found[2], found[1], None)
    if found := _EITHER_FIRST.fullmatch(words):
        return _either_first(found[1], found[2], found[3])
    return _in_words(words) if _IN_WORDS.fullmatch(words) else None


def _either_first(first: str, second: str, year: str) -> Stated | None:
    if int(first) > _LAST_MONTH or first == second:
        return _stated(year, second, first)
    if int(second) > _LAST_MONTH:
        return _stated(year, first, second)
    return NO_DATE if _stated(year, second, first) else None


def _in_words(words: str) -> Stated | None:
    parts = [part.casefold() for part in _WORDS.findall(words)]
    parts = [part for part in parts if part not in FILLERS and part not in _ORDINALS]
    months = [str(MONTHS[part]) for part in parts if part in MONTHS]
    figures = [part for part in parts if part.isdigit()]
    years = [part for part in figures if len(part) == len("2025")]
    days = [part for part in figures if len(part) <= len("31")]
    is_date = len(months) == len(years) == 1 and len(days) <= 1 and len(parts) == len(years + months + days)
    return _stated(years[0], months[0], next(iter(days), None)) if is_date else None


def _stated(year: str, month: str | None, day: str | None) -> Stated | None:
    """Return the first moment of a day, month or year; `None` where there is no such day."""
    try:
        at_us = to_us(datetime(int(year), int(month or 1), int(day or 1)))  # noqa: DTZ001 - a date without a zone is UTC
    except ValueError:
        return None
    basis = "stated" if day else "stated_month" if month else "stated_year"
    return Stated(at_us, basis) if EARLIEST_US <= at_us < LATEST_US else None
