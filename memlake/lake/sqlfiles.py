"""The SQL files that ship with memlake, and the headers that describe what they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from memlake.hashing import short_hash

_PACKAGE = Path(__file__).resolve().parent.parent
_TABLE_MACRO = re.compile(r"\bas table\b")
_HEADER_LINE = re.compile(r"--\s?(?P<text>.*)")
_PARAMETER = re.compile(r"(?P<name>\w+)\s*(?:\((?P<kind>[^)]+)\))?\s*(?:=\s*(?P<default>.*))?")
_FIELD = re.compile(r"(?P<name>relation|macro|grain|key|reads|filled|column|parameter|output|example):\s*(?P<value>.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a query is asked with, as `$name`: always a text. Without a default it must be given."""

    name: str
    kind: str | None  # what the text must be: year, whole number, text (not empty); any, if it does not say
    default: str | None
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlFile:
    """One relation or macro: its header and the statement that makes it."""

    kind: str  # tables, views, macros, checks, queries
    name: str  # as it is queried: memories, staging.exports
    grain: str
    key: tuple[str, ...]
    reads: tuple[str, ...]
    filled: tuple[str, ...]  # SQL makes it empty; memlake fills it from these
    columns: dict[str, str]  # name -> what it means
    examples: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    is_lines: bool  # the column `line` of its rows is a document, to be written as it is
    description: str
    body: str

    @property
    def reference(self) -> str:
        """How headers name it among what they read: a relation and a macro may have the same name."""
        return f"{self.name}()" if self.kind == "macros" else self.name

    @property
    def object_type(self) -> str:
        """What SQL calls the thing that the file makes."""
        if self.kind == "macros":
            return "macro table" if _TABLE_MACRO.search(self.body) else "macro"
        return self.kind.removesuffix("s")

    @property
    def comment(self) -> str:
        """What the database says about the relation."""
        grain = f"Grain: {self.grain}. " if self.grain else ""
        return f"{grain}{self.description}".strip()


def sql_folder() -> Path:
    """Return the folder of the SQL files: beside the package in a checkout, inside it in a wheel.

    The checkout wins: an editable install may leave an old copy inside site-packages.
    """
    beside = _PACKAGE.parent / "sql"
    return beside if (beside / "migrations").is_dir() else _PACKAGE / "sql"


@cache
def load(*kinds: str) -> tuple[SqlFile, ...]:
    """Return the files of some folders (`tables`, `views`, `macros`, `checks`, `queries`), each after what it reads."""
    paths = [(kind, path) for kind in kinds for path in sorted((sql_folder() / kind).glob("*.sql"))]
    files = {file.reference: file for file in (parse(kind, path) for kind, path in paths)}
    ordered: dict[str, SqlFile] = {}

    def visit(file: SqlFile) -> None:
        for reference in (*file.reads, *file.filled):
            if reference in files and reference not in ordered:
                visit(files[reference])
        ordered.setdefault(file.reference, file)

    for file in files.values():
        visit(file)
    return tuple(ordered.values())


def parse(kind: str, path: Path) -> SqlFile:
    """Read one file's header; the body is what follows the leading comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    fields: dict[str, list[str]] = {}
    description: list[str] = []
    length = 0
    for line in lines:
        header = _HEADER_LINE.fullmatch(line)
        if header is None:
            break
        length += 1
        field = _FIELD.fullmatch(header["text"])
        if field:
            fields.setdefault(field["name"], []).append(field["value"])
        else:
            description.append(header["text"].strip())
    columns = dict(_named(value) for value in fields.get("column", []))
    return SqlFile(
        kind=kind,
        name=(fields.get("relation") or fields.get("macro") or [path.stem])[0],
        grain=" ".join(fields.get("grain", [])),
        key=_words(fields.get("key", [])),
        reads=_words(fields.get("reads", [])),
        filled=_words(fields.get("filled", [])),
        columns=columns,
        examples=tuple(fields.get("example", [])),
        parameters=tuple(_parameter(value) for value in fields.get("parameter", [])),
        is_lines=fields.get("output") == ["lines"],
        description=" ".join(description).strip(),
        body="\n".join(lines[length:]).strip(),
    )


@cache
def report(name: str) -> str:
    """Return the query of one of memlake's own reports."""
    return (sql_folder() / "reports" / f"{name}.sql").read_text(encoding="utf-8")


def migrations() -> tuple[tuple[int, str], ...]:
    """Return the numbered scripts that change base tables, oldest first."""
    paths = sorted((sql_folder() / "migrations").glob("[0-9]*.sql"))
    return tuple((int(path.name.split("_")[0]), path.read_text(encoding="utf-8")) for path in paths)


@cache
def derived_version() -> str:
    """Return a hash of everything that is derived, so that a lake knows when to derive again."""
    parts = [f"{file.name}\n{file.comment}\n{file.columns}\n{file.body}" for file in load("tables", "views", "macros")]
    return short_hash("\n".join(parts), 16)


def _words(values: list[str]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _parameter(value: str) -> Parameter:
    words, meaning = _named(value)
    found = _PARAMETER.fullmatch(words)
    if found is None:
        raise ValueError(f"{words!r} is no parameter")
    return Parameter(**found.groupdict(), meaning=meaning)


def _named(value: str) -> tuple[str, str]:
    name, _, meaning = value.partition(" - ")
    return name.strip(), meaning.strip()
