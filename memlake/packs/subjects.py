"""Whom or what a memory is about where its words do not say it: the titles of the text that it stands in do."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from memlake.packs.lexicon import fold, packaged_toml

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_LETTER = re.compile(r"[^\W\d_]")
_BETWEEN_HEADINGS = " / "


class Subject(NamedTuple):
    """Somebody or something else than the user; `is_person` where the titles put it among people."""

    name: str
    is_person: bool


class _Titles(NamedTuple):
    user: frozenset[str]
    people: frozenset[str]


def subject_of(
    scope: str | None, section: str | None, *, names: Collection[str], projects: Mapping[str, str]
) -> Subject | None:
    """Return what a statement is about by its text's scope and the headings above it; `None`: about the user.

    `names` are what the user is called, `projects` has the names of projects by their ids.
    """
    kind, _, place = (scope or "").partition(":")
    headings = section.split(_BETWEEN_HEADINGS) if section else []
    path = PurePosixPath(place) if kind == "file" else None
    title = path.stem if path else projects.get(place, "") if kind == "project" else ""
    above = [*(path.parent.parts if path else ()), title, *headings]
    known = _titles()
    own = {_key(name) for name in names}
    is_person = any(_key(one) in known.people for one in above)
    is_apart = is_person or title != ""  # else headings are what a text about the user is sorted by
    titles = _titled(title, headings) if is_apart else []
    told = [one for one in titles if _tells(one, known, own)]
    return Subject(_BETWEEN_HEADINGS.join(told), is_person) if told else None


def with_subject(subject: str | None, text: str) -> str:
    """Return a text that says what it is about."""
    if subject is None or re.search(rf"(?<!\w){re.escape(_key(subject))}(?!\w)", _key(text)):
        return text
    return f"{subject}: {text}"


def _titled(title: str, headings: Iterable[str]) -> list[str]:
    """Return the titles above a statement from the outermost on, the file's own only where no heading says it."""
    headings = list(headings)
    words = set(_key(title).split())
    is_said = any(words <= said or said <= words for heading in headings if (said := set(_key(heading).split())))
    shown = title if any(map(str.isupper, title)) else _BETWEEN_WORDS.sub(" ", title).title()
    return headings if is_said else [shown, *headings]


def _tells(title: str, known: _Titles, own: Collection[str]) -> bool:
    key = _key(title)
    is_general = key in known.user or key in known.people or key.partition(" ")[0] in own
    return _LETTER.search(key) is not None and not is_general


def _key(title: str) -> str:
    return _BETWEEN_WORDS.sub(" ", fold(title)).strip()


@cache
def _titles() -> _Titles:
    tables = packaged_toml("subjects.toml")
    user, people = (
        frozenset(_key(title) for titles in tables[name].values() for title in titles.split(","))
        for name in ("user", "people")
    )
    return _Titles(user, people)
