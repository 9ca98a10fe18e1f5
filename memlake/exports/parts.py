"""Put the containers of one delivery together, so that the name of a file tells in which of them it is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from memlake.exports.containers import Inventory
from memlake.exports.delivery import SkippedFile
from memlake.exports.grouping import Unit, is_numbered
from memlake.exports.manifests import plain_name
from memlake.exports.safety import is_zip_name

_TOP = re.compile(r"(?:\(\d+\)/)?(?:(?P<part>[^/]+)/)?[^/]+")


def joined(parts: Sequence[tuple[str, Inventory]]) -> Inventory:
    """Return what some containers hold together; a file's name begins with its part's, which may be empty.

    Of several members with the same bytes and the same name in their parts one is kept, the others are reported:
    those of a part that was downloaded again, whatever the order. Members of one name with different bytes are all
    kept, and no two files to read have one name in the end: the second of a name stands in a folder `(2)`.
    """
    whole = Inventory()
    names = _Names()
    name_counts = Counter(member.name for _, part in parts for member in part.members)
    seen: set[tuple[str, str]] = set()
    for part_name, part in sorted(parts, key=_originals_first):
        for member in part.members:
            name = names.free(_inside(part_name, member.name))
            content = (member.name, member.sha256() if name_counts[member.name] > 1 else "")
            if content in seen:
                whole.skipped.append(SkippedFile(name=name, reason="the same file is there twice"))
            else:
                seen.add(content)
                whole.members.append(replace(member, name=name))
        whole.skipped += [replace(file, name=names.free(_inside(part_name, file.name))) for file in part.skipped]
        whole.media += [replace(file, name=_inside(part_name, file.name)) for file in part.all_media()]
    return whole


def part_names(units: Sequence[Unit]) -> list[str]:
    """Return what the files of each container are told apart by: nothing where it is the only one, or a file itself."""
    is_only = len(units) == 1
    return ["" if is_only or unit.kind == "file" else unicodedata.normalize("NFC", unit.name) for unit in units]


def is_at_top(name: str) -> bool:
    """Tell whether a file is in no folder of its part, as far as its name tells."""
    found = _TOP.fullmatch(name)
    part = found["part"] if found else None
    return found is not None and (part is None or is_zip_name(part) or is_numbered(part))


class _Names:
    """The names that are taken already."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def free(self, name: str) -> str:
        """Return a name that no other file has, and take it."""
        free = name
        while free in self._taken:
            self._counts[name] += 1
            free = f"({self._counts[name] + 1})/{name}"
        self._taken.add(free)
        return free


def _originals_first(part: tuple[str, Inventory]) -> tuple[str, int]:
    name, _ = part
    return plain_name(name), len(name)


def _inside(part_name: str, name: str) -> str:
    return f"{part_name}/{name}" if part_name else name
