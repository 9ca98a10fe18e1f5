"""From what stands in a list to memories: labels, markers and quotation marks off, dates read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from memlake.model import MemoryRow
from memlake.providers.dump.dates import NO_DATE, Stated, read_date, split_leading, split_trailing
from memlake.providers.dump.lines import INVISIBLE
from memlake.providers.dump.words import NOTHING
from memlake.text import replace_lone_surrogates, text_key

_QUOTES = {'"': '"', "\u201c": "\u201d", "\u201e": "\u201c", "\u00ab": "\u00bb", "\u300c": "\u300d", "'": "'"}
_EDGES = INVISIBLE + "\r\n\v\f\x85\u2028\u2029"
_EMPHASIS = ("**", "__", "*", "_")
_NUMBERING = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_DATE_BEFORE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(?=[^\W\d_a-z])")
_TALLY = re.compile(r"\s\(\d{1,4}\)\Z")
_NUMBERED = re.compile(r"(?:memory|entry|fact|item|no\.?)?\s?#?\d{1,4}[.:]?", re.IGNORECASE)
_FIELDS_OF_TEXT = ("content", "memory", "text", "fact")
_FIELDS_OF_DATE = ("date", "saved", "saved_at", "created", "created_at")
_FIELD = re.compile(
    r"[*_]*(date|saved|saved_at|created|created_at|content|memory|text|fact|category)[*_]*\s?[:=]\s?[*_]*"
)
_DATE_FIELD = re.compile(
    r"[(*_]*+(?:date|saved|stored|added|created|datum|fecha|data)\b[^:：\n]{0,12}[:：]", re.IGNORECASE
)


class Found(NamedTuple):
    """What stands at one place of a list, with the headings above it, and its date if that stands elsewhere."""

    text: str
    section: tuple[str, ...] = ()
    stated: Stated | None = None


class Entry(NamedTuple):
    """One memory of a list, clean; without a text where a list has only a label."""

    text: str
    section: tuple[str, ...]
    stated: Stated


def clean_entries(found: Sequence[Found]) -> list[Entry]:
    """Return the memories among what was found, in order; what only says that there is none is left out.

    What all entries have around them is the list's way of writing, not theirs: quotation marks, a date in front
    without anything behind it, a date in round brackets at the end.
    """
    if len(found) > 1 and all(_DATE_BEFORE.match(place.text) for place in found):
        found = [place._replace(text=_DATE_BEFORE.sub(r"[\1] ", place.text, count=1)) for place in found]
    has_dates_behind = len(found) > 1 and all(_has_date_behind(place.text) for place in found)
    entries = [_entry(place, has_dates_behind=has_dates_behind) for place in found]
    entries = [entry for entry in entries if not NOTHING.fullmatch(entry.text[:100])]
    if all(_is_quoted(entry.text) for entry in entries if entry.text):
        return [entry._replace(text=entry.text.rstrip(",")[1:-1].strip(_EDGES)) for entry in entries]
    return entries


def memory_row(entry: Entry, *, position: int, seen_at_us: int | None) -> MemoryRow:
    """Make the row of one memory; nobody knows more of it than what the list says."""
    return MemoryRow(
        channel="dump",
        memory_id=None,
        text_key=text_key(entry.text),
        content=entry.text,
        enabled=None,
        created_at_us=entry.stated.at_us,
        created_at_basis=entry.stated.basis,
        updated_at_us=None,
        position=position,
        conversation_id=None,
        message_id=None,
        seen_at_us=seen_at_us,
        section=" / ".join(entry.section) or None,
    )


def without_emphasis(text: str) -> str:
    """Return a text that is bold or italic from end to end without its marks."""
    for mark in _EMPHASIS:
        inner = text[len(mark) : -len(mark)]
        if text.startswith(mark) and text.endswith(mark) and inner and mark not in inner:
            text = inner
    return text


def read_record(lines: Sequence[str], section: tuple[str, ...]) -> Found | None:
    """Read an entry that is written as "date: …" and "content: …", one a line; `None` if it is not."""
    fields: dict[str, str] = {}
    for line in lines[1:] if lines and _NUMBERED.fullmatch(lines[0]) else lines:
        key = _FIELD.match(line.casefold())
        if key is None:
            return None
        fields[key[1]] = without_quotes(line[key.end() :].strip(_EDGES))
    text = next((fields[key] for key in _FIELDS_OF_TEXT if fields.get(key)), None)
    if text is None or len(fields) == 1:
        return None
    date = next((fields[key] for key in _FIELDS_OF_DATE if key in fields), "")
    return Found(text, (*section, fields["category"]) if fields.get("category") else section, read_date(date))


def date_field(line: str) -> Stated | None:
    """Return what a line states that only says when its entry was saved."""
    key = _DATE_FIELD.match(line)
    return read_date(line[key.end() :]) if key else None


def without_quotes(text: str) -> str:
    """Return a text without the quotation marks that hold all of it."""
    return text[1:-1] if _is_quoted(text) and not text.endswith(",") else text


def _entry(place: Found, *, has_dates_behind: bool) -> Entry:
    text = without_emphasis(replace_lone_surrogates(place.text).replace("\0", "").strip(_EDGES))
    stated = place.stated
    if stated in (None, NO_DATE):
        text, stated = split_leading(text)
        text, behind = split_trailing(text, also_in_brackets=has_dates_behind)
        stated = behind if stated in (None, NO_DATE) else stated
    names: list[str] = []
    for name in place.section:
        dated = read_date(name.strip("[]()"))
        if _NUMBERED.fullmatch(name) and dated is None:
            continue
        if dated is None or dated == NO_DATE:
            names.append(_TALLY.sub("", _NUMBERING.sub("", name)).replace("**", "").replace("__", ""))
        else:
            stated = dated if stated in (None, NO_DATE) else stated
    return Entry(
        text=without_emphasis(text.strip(_EDGES)).strip(_EDGES),
        section=tuple(filter(None, names)),
        stated=stated or NO_DATE,
    )


def _has_date_behind(text: str) -> bool:
    return split_trailing(text, also_in_brackets=True)[1] is not None


def _is_quoted(text: str) -> bool:
    text = text.rstrip(",")
    closing = _QUOTES.get(text[:1])
    return closing is not None and len(text) > 1 and text.endswith(closing) and not {text[0], closing} & set(text[1:-1])
