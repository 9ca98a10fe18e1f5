"""What stands in fences: the list itself, or a bit of code that a memory holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memlake.providers.dump.lines import Line

LIST_LANGUAGES = frozenset(
    ("", "text", "txt", "plaintext", "plain", "markdown", "md", "json", "jsonl", "yaml", "yml", "csv", "memory")
)
_CODE_INDENT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some lines of a text that belong together: inside one fence, or between two."""

    lines: Sequence[Line]
    is_fenced: bool = False
    is_list: bool = False


def pieces(lines: Sequence[Line]) -> list[Piece]:
    """Cut a text at its fences, and tell which of them hold a list.

    A list in a fence is all of the list: around it stand only headings and words to the reader. Where no fence holds
    one, a fence is code that an entry quotes, and its lines go on with that entry.
    """
    cut = list(_cut(lines))
    outside_items = any(line.is_item for piece in cut if not piece.is_fenced for line in piece.lines)
    lists = [piece for piece in cut if piece.is_list]
    if lists and (not outside_items or any(_has_marks(piece.lines) for piece in lists)):
        return [piece for piece in cut if piece.is_list or not piece.is_fenced]
    flat = [line for piece in cut for line in (map(_as_code, piece.lines) if piece.is_fenced else piece.lines)]
    return [Piece(lines=flat, is_list=True)]


def _cut(lines: Sequence[Line]) -> Iterator[Piece]:
    begun: list[Line] = []
    opening: Line | None = None
    for line in lines:
        is_fence = line.kind == "fence"
        closes = is_fence and opening is not None and not line.text and line.marker.startswith(opening.marker)
        if not is_fence or (opening is not None and not closes):
            begun.append(line)
            continue
        yield _piece(begun, opening)
        begun, opening = [], None if closes else line
    yield _piece(begun, opening)


def _piece(lines: list[Line], opening: Line | None) -> Piece:
    is_list = opening is not None and opening.text in LIST_LANGUAGES and any(line.kind != "blank" for line in lines)
    return Piece(lines=lines, is_fenced=opening is not None, is_list=is_list)


def _has_marks(lines: Sequence[Line]) -> bool:
    first = next(line for line in lines if line.kind != "blank")
    return any(line.is_item or line.kind == "row" for line in lines) or first.text.startswith(("{", "["))


def _as_code(line: Line) -> Line:
    if line.kind == "blank":
        return line
    return Line("plain", f"{line.marker} {line.text}".strip(), line.indent + _CODE_INDENT)
