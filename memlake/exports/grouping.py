"""Turn paths into units (ZIPs, folders, loose files) and units into groups, one group per delivery."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from memlake.errors import ExportError
from memlake.exports.containers import file_member, looks_like_zip, walk
from memlake.exports.delivery import Refusal
from memlake.exports.manifests import DeliveryManifest, plain_name, read_manifest
from memlake.exports.safety import PROSE_SUFFIXES, is_clutter, is_data_name, is_text_name, is_zip_name

_PAGE_SUFFIXES = (".html", ".htm")
_COPY_MARK = r"(?: ?\(\d+\))?"
_BATCH = re.compile(r"(?P<stem>.+-batch-)(?P<number>\d{4})" + _COPY_MARK, re.IGNORECASE)
_OPEN_ENDED = ("part", "shard")
_PART = re.compile(r"(?P<stem>[a-z]+(?:_[a-z]+)*-)(?P<number>\d{3})" + _COPY_MARK, re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One container. `name` is what a person calls it, `outer_names` the containers around it, nearest first."""

    kind: Literal["zip", "folder", "file"]
    path: Path
    name: str
    outer_names: tuple[str, ...] = ()
    origin: Path  # the path of the file that a person passed; differs for a ZIP inside a ZIP

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return self.name if self.kind == "folder" else Path(self.name).stem


@dataclass(slots=True, kw_only=True)
class Group:
    """The units of one delivery, its manifest, and the parts that are not here.

    `is_open_ended`: its parts are numbered, and nothing says how many there are.
    """

    units: list[Unit] = field(default_factory=list)
    manifest_path: Path | None = None
    manifest: DeliveryManifest | None = None
    missing_parts: list[str] = field(default_factory=list)
    is_open_ended: bool = False


def find_units(paths: Iterable[Path]) -> Iterator[Unit | Refusal]:
    """Yield the containers behind some paths, each file and folder once."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            for unit in _units_of(path):
                status = unit.path.stat()
                if (status.st_dev, status.st_ino) not in seen:
                    seen.add((status.st_dev, status.st_ino))
                    yield unit
        except ExportError as error:
            yield Refusal(file_name=path.name or str(path), error=error)
        except OSError as error:
            refusal = ExportError(f"{path} cannot be read: {error.strerror}")
            yield Refusal(file_name=path.name or str(path), error=refusal)


def unnamed_unit(path: Path, name: str) -> Unit | Refusal:
    """Return the container that a file is to which a person gave no name of its own."""
    try:
        return _file_unit(path, name, shown_as=name)
    except ExportError as error:
        return Refusal(file_name=name, error=error)


def is_numbered(stem: str) -> bool:
    """Tell whether a container is called, but for its suffix, like a numbered part of a delivery."""
    return _numbered(stem) is not None


def group_units(units: Sequence[Unit]) -> list[Group]:
    """Put units that are parts of one delivery together: named by a manifest, or numbered parts.

    A part or a manifest that was downloaded twice goes with the first of it.
    """
    groups, left = _listed_groups(units)
    left = [unit for unit in left if not any(_joins_its_twin(unit, group) for group in groups)]
    numbered: dict[tuple[str, ...], Group] = {}
    for unit in left:
        key = _part_key(unit)
        if key is None:
            groups.append(Group(units=[unit]))
        elif key in numbered:
            numbered[key].units.append(unit)
        else:
            numbered[key] = Group(units=[unit], is_open_ended=key[0] in _OPEN_ENDED)
            groups.append(numbered[key])
    for group in numbered.values():
        group.missing_parts = _gaps(group.units)
    return groups


def part_category(name: str) -> str | None:
    """Return what the name of a numbered part says that it holds: `projects` for `projects-000.zip`."""
    found = _PART.fullmatch(Path(name).stem)
    return found["stem"].rstrip("-").casefold() if found else None


def _listed_groups(units: Sequence[Unit]) -> tuple[list[Group], list[Unit]]:
    """Return a group for every manifest among some units, and the units that none of them names.

    A manifest that is there twice in a folder counts once. What stands beside it is its own; only then it takes
    namesakes elsewhere, which may be another's.
    """
    found = {unit: manifest for unit in units if (manifest := _manifest_of(unit)) is not None}
    left = [unit for unit in units if unit not in found]
    first_units = {(unit.path.parent, manifest): unit for unit, manifest in reversed(found.items())}
    manifests = {unit: manifest for unit, manifest in found.items() if unit in first_units.values()}
    parts: dict[Unit, list[Unit]] = {unit: [] for unit in manifests}
    for is_beside in (True, False):
        for unit, manifest in manifests.items():
            places = [other for other in left if is_beside is (other.path.parent == unit.path.parent)]
            claimed = _claim(manifest, parts[unit], places)
            parts[unit] += claimed
            left = [other for other in left if other not in claimed]
    groups = [
        Group(
            units=parts[unit],
            manifest_path=unit.path,
            manifest=manifest,
            missing_parts=[name for name in manifest.part_names if not _among(name, parts[unit])],
        )
        for unit, manifest in manifests.items()
    ]
    return groups, left


def _units_of(path: Path, outer_names: tuple[str, ...] = ()) -> Iterator[Unit]:
    try:
        path.stat()
    except FileNotFoundError:
        hint = "check the path; quote it if it holds spaces"
        raise ExportError(f"{path} does not exist", hint=hint) from None
    name = path.name or path.resolve().name
    if path.is_dir():
        yield from _units_in_folder(path, name, outer_names)
    elif path.is_file():
        yield _file_unit(path, name, outer_names)
    else:
        raise ExportError(f"{path} is not a regular file or folder", hint="pass a ZIP, a folder or a text file")


def _file_unit(path: Path, name: str, outer_names: tuple[str, ...] = (), *, shown_as: str | None = None) -> Unit:
    if looks_like_zip(path):
        return Unit(kind="zip", path=path, name=name, outer_names=outer_names, origin=path)
    if is_text_name(name) or _is_text(path):
        return Unit(kind="file", path=path, name=name, outer_names=outer_names, origin=path)
    hint = "pass the export's ZIP or its folder"
    raise ExportError(f"{shown_as or path} is no ZIP, JSON or text file", hint=hint)


def _units_in_folder(folder: Path, name: str, outer_names: tuple[str, ...]) -> Iterator[Unit]:
    """Yield a folder itself if export files are in it, otherwise the exports that it holds."""
    children = sorted(child for child in folder.iterdir() if not is_clutter(child.name) and not child.is_symlink())
    files = [child for child in children if child.is_file()]
    zips = [file for file in files if is_zip_name(file.name)]
    data = [file for file in files if is_data_name(file.name)]
    manifests = [file for file in data if _read_loose_manifest(file, file.name) is not None]
    whole = Unit(kind="folder", path=folder, name=name, outer_names=outer_names, origin=folder)
    if len(data) > len(manifests):
        yield whole
        return
    units: list[Unit] = []
    for child in children:
        if child in zips or child in manifests:
            units.extend(_units_of(child, (name, *outer_names)))
        elif child.is_dir() and any(True for _ in _files_below(child)):
            units.extend(_units_in_folder(child, child.name, (name, *outer_names)))
    if not units:
        dumps = [file for file in files if file.name.lower().endswith(PROSE_SUFFIXES)]
        units = [unit for file in dumps for unit in _units_of(file, (name, *outer_names))]
    if not units:
        raise ExportError(f"{folder} holds no export", hint="pass the folder with conversations.json or the ZIPs in it")
    is_unpacked_part = is_numbered(name) and len(units) == 1 and units[0].kind == "folder"
    yield from [whole] if is_unpacked_part else units


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path, name, _ in walk(folder, []) if is_text_name(name) or is_zip_name(name))


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(64 * 1024)
    if not head or b"\0" in head or path.suffix.lower() in _PAGE_SUFFIXES:
        return False
    try:
        head[: -4 or None].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 8
    return True


def _read_loose_manifest(path: Path, name: str) -> DeliveryManifest | None:
    return read_manifest(file_member(path, name, path.stat()))


def _manifest_of(unit: Unit) -> DeliveryManifest | None:
    return _read_loose_manifest(unit.path, unit.name) if unit.kind == "file" else None


def _claim(manifest: DeliveryManifest, parts: Sequence[Unit], candidates: Sequence[Unit]) -> list[Unit]:
    """Return one unit for each name in a manifest that none of its parts has yet."""
    claimed: list[Unit] = []
    for part_name in manifest.part_names:
        if not _among(part_name, parts):
            claimed += [unit for unit in candidates if _is_called(unit, part_name)][:1]
    return claimed


def _among(part_name: str, units: Iterable[Unit]) -> bool:
    return any(_is_called(unit, part_name) for unit in units)


def _is_called(unit: Unit, part_name: str) -> bool:
    """Tell whether a unit is the part that a manifest names, packed or unpacked."""
    is_packed = plain_name(unit.name) == plain_name(part_name)
    return is_packed or (unit.kind == "folder" and plain_name(unit.name) == _stem(part_name))


def _joins_its_twin(unit: Unit, group: Group) -> bool:
    """Put a ZIP with the bytes and the name of a part, but for a copy's mark, beside it; tell whether it is one."""
    is_twin = unit.kind == "zip" and any(
        part.kind == "zip"
        and plain_name(part.name) == plain_name(unit.name)
        and filecmp.cmp(part.path, unit.path, shallow=False)
        for part in group.units
    )
    if is_twin:
        group.units.append(unit)
    return is_twin


def _stem(name: str) -> str:
    return plain_name(Path(name).stem)


def _part_key(unit: Unit) -> tuple[str, ...] | None:
    """Return what the parts of one delivery have in common, or `None` for a unit on its own."""
    if found := _BATCH.fullmatch(unit.stem):
        return ("batch", found["stem"].casefold())
    if found := _PART.fullmatch(unit.stem):
        folder = str(unit.path.parent.resolve())
        return ("shard", folder, found["stem"].casefold()) if unit.kind == "file" else ("part", folder)
    return None


def _numbered(stem: str) -> re.Match[str] | None:
    return _BATCH.fullmatch(stem) or _PART.fullmatch(stem)


def _gaps(units: Iterable[Unit]) -> list[str]:
    """Return the names of numbered parts that are missing before the highest one of their stem."""
    numbers: dict[tuple[str, str], dict[int, int]] = {}
    for unit in units:
        if found := _numbered(unit.stem):
            suffix = unit.name[len(unit.stem) :]
            numbers.setdefault((found["stem"], suffix), {})[int(found["number"])] = len(found["number"])
    return [
        f"{stem}{number:0{max(known.values())}}{suffix}"
        for (stem, suffix), known in numbers.items()
        for number in range(max(known))
        if number not in known
    ]
