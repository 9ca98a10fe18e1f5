"""The labelled people of the prose evaluation: what was known of each at three times, and which statement is which.

One file a person, in `prose/`: exports, each some texts of headed statements, and between one export and the next a
rewrite, whose links say what became of every statement. All people are invented.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).with_name("prose")

Kind = Literal["same", "reworded", "moved", "changed", "merged", "split"]
Fact = Literal["number", "name", "negation", "word"]
Style = Literal["sentences", "bullets"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """One statement as it should be cut out of its text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Statements under one heading, which is Markdown as it stands; none under a heading of headings."""

    heading: str
    style: Style
    statements: tuple[Labelled, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text of an export, such as a project's."""

    scope: str
    sections: tuple[Section, ...]

    @property
    def statements(self) -> tuple[Labelled, ...]:
        """All statements, in order."""
        return tuple(statement for section in self.sections for statement in section.statements)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueLink:
    """Statements of one export and what they are in the next; `fact`: which sort changed, and then it is one each."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    kind: Kind
    fact: Fact | None

    @property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Each statement before with each one after."""
        return frozenset((before, after) for before in self.before for after in self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """What became of the statements of the export at one place in the next one that is labelled."""

    before_place: int
    after_place: int
    links: tuple[TrueLink, ...]
    dropped: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProsePerson:
    """One invented person; nothing is ever fitted on one that is held out."""

    name: str
    language: str
    is_held_out: bool
    exports: tuple[tuple[Text, ...], ...]
    rewrites: tuple[Rewrite, ...]


def prose_names() -> tuple[str, ...]:
    """Return the names of all people, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def load_prose_people(names: Sequence[str]) -> tuple[ProsePerson, ...]:
    """Return the people of these names."""
    return tuple(map(load_prose_person, names))


@cache
def load_prose_person(name: str) -> ProsePerson:
    """Return one person; raises `KeyError` where a file is not as it should be."""
    document = json.loads((FOLDER / f"{name}.json").read_bytes())
    return ProsePerson(
        name=document["name"],
        language=document["language"],
        is_held_out=document["held_out"],
        exports=tuple(tuple(map(_text, export["texts"])) for export in document["exports"]),
        rewrites=tuple(map(_rewrite, document["rewrites"])),
    )


def markdown(text: Text, language: str) -> str:
    """Return a text as an export holds it: headings, paragraphs and bullets."""
    return "\n\n".join(block for section in text.sections for block in _blocks(section, language)) + "\n"


def _blocks(section: Section, language: str) -> list[str]:
    texts = [statement.text for statement in section.statements]
    if not texts:
        return [section.heading]
    if section.style == "bullets":
        return [section.heading, "\n".join(f"- {text}" for text in texts)]
    return [section.heading, ("" if language == "ja" else " ").join(texts)]


def _text(text: dict[str, Any]) -> Text:
    return Text(scope=text["scope"], sections=tuple(map(_section, text["sections"])))


def _section(section: dict[str, Any]) -> Section:
    return Section(
        heading=section["heading"],
        style=section["style"],
        statements=tuple(Labelled(key=one["id"], text=one["text"]) for one in section["statements"]),
    )


def _rewrite(rewrite: dict[str, Any]) -> Rewrite:
    return Rewrite(
        before_place=rewrite["from"],
        after_place=rewrite["to"],
        links=tuple(map(_link, rewrite["links"])),
        dropped=tuple(rewrite["dropped"]),
        new=tuple(rewrite["new"]),
    )


def _link(link: dict[str, Any]) -> TrueLink:
    return TrueLink(before=tuple(link["before"]), after=tuple(link["after"]), kind=link["kind"], fact=link.get("fact"))
