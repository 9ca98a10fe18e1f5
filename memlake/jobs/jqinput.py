"""What a jq program reads: a file here, a file of an export, a relation of the lake, or standard input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from memlake.errors import ExportError, UsageError
from memlake.exports import Delivery, Member, Refusal, open_deliveries
from memlake.exports.containers import looks_like_zip
from memlake.query.jq.sources import (
    CONVERSATION_FILE,
    JSON_SUFFIXES,
    MEMORY_FILE,
    RELATIONS,
    Source,
    members_called,
    source_of_members,
    source_of_stream,
)

if TYPE_CHECKING:
    from memlake.jobs.jqlake import Holdings

STANDARD_INPUT = "-"
_LATEST = "latest:"
_PASSABLE_SUFFIXES = (*JSON_SUFFIXES, ".zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where input is looked for: a lake, of it one account or all, and what stands on standard input.

    `is_all` adds deleted memories and likely saves.
    """

    lake: Path
    stdin: BinaryIO
    account: str | None = None
    is_all: bool = False


@contextmanager
def open_source(words: str, place: Place) -> Iterator[Source]:
    """Open what somebody means by some words; it can be read until the context ends.

    Raises `MemlakeError` if nothing is called so, or it cannot be read.
    """
    with ExitStack() as stack:
        yield _found(words, place, stack)


def _found(words: str, place: Place, stack: ExitStack) -> Source:
    container, _, member = words.rpartition(":")
    if words == STANDARD_INPUT:
        return source_of_stream(place.stdin, "standard input")
    if words in RELATIONS:
        return _holdings(place, stack).relation(words)
    if words.startswith(_LATEST):
        return _holdings(place, stack).newest(words.removeprefix(_LATEST))
    if _exists(words):
        return _at(Path(words), None, stack)
    if container and _exists(container):
        return _at(Path(container), member, stack)
    if words in (MEMORY_FILE, CONVERSATION_FILE):
        holdings = _holdings(place, stack)
        return holdings.newest_held(words) or holdings.in_shape_of(words)
    raise _unknown(words)


def _holdings(place: Place, stack: ExitStack) -> Holdings:
    from memlake.jobs.jqlake import Holdings  # noqa: PLC0415 - who passes a file need not wait for DuckDB and Polars

    return Holdings(place.lake, stack, account=place.account, is_all=place.is_all)


def _exists(words: str) -> bool:
    try:
        return Path(words).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _unknown(words: str) -> UsageError:
    here = [path.name for path in Path().iterdir() if path.suffix.lower() in _PASSABLE_SUFFIXES]
    close = get_close_matches(words, [*RELATIONS, MEMORY_FILE, CONVERSATION_FILE, *here], n=1)
    hint = f"did you mean {close[0]}?" if close else f"there are: {', '.join(RELATIONS)}, {_LATEST}FILE, - and files"
    return UsageError(f"no input is called {words!r}, and there is no such file", hint=hint)


def _at(path: Path, member_name: str | None, stack: ExitStack) -> Source:
    """Open a file here: JSON as it stands, of an export the member with a name, else its conversations."""
    try:
        if not path.is_dir() and not looks_like_zip(path):
            return source_of_stream(stack.enter_context(path.open("rb")), str(path), file_name=str(path))
    except OSError as failed:
        raise ExportError(f"{path} cannot be read: {failed.strerror}") from failed
    match stack.enter_context(open_deliveries([path])):
        case [Delivery() as delivery]:
            return source_of_members(*_chosen(delivery.members, member_name, path))
        case [Refusal(error=error)]:
            raise error
        case deliveries:
            raise UsageError(f"{path} holds {len(deliveries)} exports", hint="name one of them")


def _chosen(members: Sequence[Member], wanted: str | None, path: Path) -> tuple[str, list[Member]]:
    """Return what is meant of an export at a path: its name and its members."""
    names = [member.name for member in members if member.name.lower().endswith(JSON_SUFFIXES)]
    name = wanted or (names[0] if len(names) == 1 else CONVERSATION_FILE)
    if found := members_called(members, name):
        return name, found
    choice = f"name one as in {path}:{names[0]}; there are: {', '.join(names)}" if names else "there is no JSON in it"
    raise UsageError(f"{path} holds no {name}", hint=choice)
