"""What a provider is: a declarative value that says which files are its own and what they mean.

`exports` shows each file's shape, a provider claims it by a `FileRule`, and `parse` turns one record's
bytes into rows. Nothing here reads files or knows the lake; see `providers/README.md` for how to add one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject

FileKind = Literal["array", "object", "empty", "lines", "html", "text", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileShape:
    """What one text file looks like from its beginning.

    `kind`: `array` and `object` are JSON, `empty` is `[]`, `{}` or nothing at all, `lines` is JSON Lines.
    `keys`: of the first objects in an array or in lines, or of the object itself.
    `inner`: for an object, the keys of the first objects in each list it holds; a list in an object inside it has
    a key with a dot.
    `head`: the first 64 KiB as text, for files that are not JSON and where a list holds no objects.
    """

    base_name: str
    kind: FileKind
    keys: frozenset[str] = frozenset()
    inner: dict[str, frozenset[str]] = field(default_factory=dict)
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """How to read a file that a rule claims.

    `records`: `elements` of the array (or of the list under `list_key`, as `FileShape.inner` calls it), the `whole`
    file as one record, one `excerpt` that starts at `marker` (nothing else of the file is kept in memory), or `none`.
    `assistant`: whose memories a file says it holds, where its provider cannot know.
    `refusal`: why a file that is recognised is nothing to read; it refuses an export that holds nothing else.
    """

    records: Literal["elements", "whole", "excerpt", "none"] = "elements"
    list_key: str | None = None
    marker: bytes = b""
    assistant: str | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule:
    """Claims one kind of file, by its shape.

    `match` answers `None` for somebody else's file. `empty_names` are the file names (shell patterns)
    under which an *empty* file is this entity: emptiness has no shape. `is_proof`: this file alone
    shows whose export it is; the others are claimed only beside one that does. `unless_entity`: the file
    is not read where the export also holds this entity.
    """

    entity: str
    match: Callable[[FileShape], Match | None]
    empty_names: tuple[str, ...] = ()
    is_proof: bool = False
    unless_entity: str | None = None


def rule_for_name(entity: str, name: str) -> FileRule:
    """Make the rule for a file that is known by its name alone, and read as one record."""

    def match(shape: FileShape) -> Match | None:
        is_known = shape.kind in ("array", "object", "lines") and shape.base_name.casefold() == name
        return Match(records="whole") if is_known else None

    return FileRule(entity=entity, match=match, empty_names=(name,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An assistant whose exports memlake can read.

    `parse(entity, record)` gets the verbatim bytes of one record, never raises on bad data, and is pure.
    `parser_version` counts up whenever `parse` says something else about the same bytes.
    `part_entities` says which entity is in the part `<category>-NNN` of a delivery, by category.
    `known_fields` lists, for each place of a `FieldShape`, the keys that its dialects are known to have.
    `never_exported` names what no export of this provider contains, for people.
    `guide` tells how to get the export; `prompts` are, by assistant, what to paste to get its memory list.
    `is_any_assistants`: its files can hold what any assistant remembers, and prove nothing beside those of a
    provider that knows its own.
    """

    name: str
    title: str
    parser_version: int
    rules: tuple[FileRule, ...]
    parse: Callable[[str, JsonBytes], Parsed | Ignored | Reject]
    guide: str
    prompts: dict[str, str]
    is_any_assistants: bool = False
    part_entities: dict[str, str] = field(default_factory=dict)
    known_fields: dict[str, frozenset[str]] = field(default_factory=dict)
    never_exported: tuple[str, ...] = ()
