"""`pack.json`: what a pack holds, for the check after it was brought to its target, and for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path

import orjson

from memlake.errors import MemlakeError
from memlake.folders.files import FileEntry, FolderKind, is_inside, sealed
from memlake.folders.typed import read_as
from memlake.packs.items import Limits, OverLong, PackItem, TargetName

RECORD_NAME = "pack.json"
PACK = FolderKind(noun="pack", listing_name=RECORD_NAME, is_edited=True)
_PACK_VERSION = 1
_OWN_HASH = "pack_sha256"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a pack was chosen from a lake; of a pack that another one left over, all is empty."""

    as_of: str | None = None
    states: tuple[str, ...] = ()
    account_key: str | None = None
    categories: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRecord:
    """All that a pack says about itself; `left_out` and `placeholders` count by class what was withheld."""

    pack_version: int = _PACK_VERSION
    memlake_version: str
    target: TargetName
    written_at: datetime
    limits: Limits
    recipe: Recipe
    left_out: Mapping[str, int]
    placeholders: Mapping[str, int]
    items: tuple[PackItem, ...]
    over_long: tuple[OverLong, ...]
    parts: tuple[str, ...]
    files: tuple[FileEntry, ...]

    def to_bytes(self) -> bytes:
        """Return it as JSON that ends with its own hash; the same record has the same bytes."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["items"] = [item.tellable for item in self.items]
        return sealed(values, _OWN_HASH)


def read_record(folder: Path) -> PackRecord | None:
    """Return what the pack in a folder says about itself, `None` if there is none.

    Raises `MemlakeError` if that is not what memlake wrote, or a newer memlake wrote it.
    """
    path = folder / RECORD_NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise MemlakeError(f"{path} cannot be read: {error.strerror}", hint="name the folder of a pack") from error
    try:
        value = orjson.loads(data)
        version = value["pack_version"]
        if not isinstance(version, int) or version <= _PACK_VERSION:
            kept = {name: found for name, found in value.items() if name != _OWN_HASH}
            record: PackRecord = read_as(PackRecord, kept)
            if record.to_bytes() == data and all(is_inside(file.path) for file in record.files):
                return record
            raise ValueError  # noqa: TRY301 - damaged, as what cannot be read at all
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MemlakeError(
            f"{path} is damaged, or not written by memlake", hint="make the pack again, in another folder"
        ) from error
    raise MemlakeError(
        f"{path} was written by a newer memlake", hint="update memlake, for instance with: pipx upgrade memlake"
    )
