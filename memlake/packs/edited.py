"""Parts of a pack that are not as they were written any more, and what they still hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from memlake.folders.writing import Comparison
from memlake.packs.items import PackItem, PackPart
from memlake.packs.plain import QUOTED_LABEL, item_text

_BEFORE = re.compile(rf"(?:\[[^\]]*\] - |- )(?:{re.escape(QUOTED_LABEL)} )?")
_BETWEEN = re.compile(r'[\s"]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPart:
    """A part that somebody changed and that stays so: the items it was written with, and those that it lacks now."""

    path: str
    item_count: int
    lacking: tuple[int, ...]


def edited_parts(
    folder: Path, parts: Sequence[PackPart], items: Sequence[PackItem], written: Comparison
) -> Iterator[EditedPart]:
    """Yield the parts in a folder that a pack left alone although they are not what it would write."""
    texts = {part.path: part.text for part in parts}
    for part in parts:
        if part.path in written.unchanged:
            texts[part.path] = (folder / part.path).read_bytes().decode(errors="replace")
    is_edited = {part.path: texts[part.path] != part.text for part in parts}
    if any(is_edited.values()):
        held = _held(texts.values(), items)
        for part in parts:
            if is_edited[part.path]:
                lacking = tuple(number for number in part.item_numbers if number not in held)
                yield EditedPart(path=part.path, item_count=len(part.item_numbers), lacking=lacking)


def _held(texts: Iterable[str], items: Sequence[PackItem]) -> frozenset[int]:
    """Return the numbers of the items that stand in texts, in whatever lines; what is cut goes on in the next line."""
    lines = [line for text in texts for line in text.splitlines()]
    begun = [(found, line) for line in lines if (found := _BEFORE.match(line))]
    places = [_bare("".join(lines)), _bare("".join(line[found.end() :] for found, line in begun))]
    told = {item.number: _bare(_BEFORE.sub("", f"- {item_text(item)}", count=1)) for item in items}
    return frozenset(number for number, text in told.items() if any(text in place for place in places))


def _bare(text: str) -> str:
    return _BETWEEN.sub("", text)
