"""Open any number of paths as deliveries; one that cannot be opened never stops the others."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

from memlake.errors import ExportError
from memlake.exports.containers import (
    Inventory,
    copied_members,
    looks_like_zip,
    open_file,
    open_folder,
    open_zip,
)
from memlake.exports.dating import date_in_names
from memlake.exports.delivery import Delivery, FileStamp, Limits, Member, Refusal, StatedBasis
from memlake.exports.grouping import Group, Unit, find_units, group_units, unnamed_unit
from memlake.exports.manifests import DeliveryManifest, read_manifest
from memlake.exports.parts import is_at_top, joined, part_names
from memlake.exports.safety import is_data_name, is_zip_name
from memlake.exports.streams import MemberDamagedError

_NUMBER = re.compile(r"(?:-batch)?-\d{3,4}(?: ?\(\d+\))?$", re.IGNORECASE)
_DOWNLOAD_HINT = "download the parts it lists and pass all of them together"


STANDARD_INPUT = Path("-")
_PASTED_NAME = "standard input"
_CHUNK_BYTES = 1024 * 1024


@contextmanager
def open_deliveries(
    paths: Sequence[Path], *, limits: Limits | None = None, pasted: BinaryIO | None = None
) -> Iterator[list[Delivery | Refusal]]:
    """Open ZIPs, folders and loose files as deliveries, in the order of the paths; `-` stands for what is `pasted`.

    Members can be read until the context ends: a ZIP inside a ZIP and what is pasted lie in a temporary folder.
    """
    with tempfile.TemporaryDirectory(prefix="memlake-") as scratch:
        opener = _Opener(Path(scratch), limits or Limits())
        if pasted is None or STANDARD_INPUT not in paths:
            yield opener.open_all(paths)
        else:
            others = opener.open_all([path for path in paths if path != STANDARD_INPUT])
            yield others + opener.open_pasted(pasted)


def open_copy(path: Path) -> Delivery:
    """Open a copy that the raw zone keeps. Raises `ExportError` if it cannot be read any more."""
    members = _in_order(joined([("", Inventory(members=copied_members(path)))]).members)
    return Delivery(
        file_name=path.name,
        paths=(path,),
        members=members,
        manifests=frozenset(_manifests_among(members)),
        containers=(path,),
        stamps=(FileStamp.of(path),),
    )


class _Opener:
    """Opens units once, looks into ZIPs that only hold ZIPs, and puts deliveries together."""

    def __init__(self, scratch: Path, limits: Limits) -> None:
        self._scratch = scratch
        self._limits = limits
        self._inventories: dict[Path, Inventory] = {}

    def open_all(self, paths: Sequence[Path]) -> list[Delivery | Refusal]:
        """Return one delivery or refusal for every export behind the paths."""
        return self._open_units(find_units(paths))

    def _open_units(self, found: Iterable[Unit | Refusal]) -> list[Delivery | Refusal]:
        results: list[Delivery | Refusal] = []
        units: list[Unit] = []
        for unit in found:
            if isinstance(unit, Refusal):
                results.append(unit)
                continue
            try:
                units.extend(self._open_unit(unit, depth=0))
            except ExportError as error:
                results.append(Refusal(file_name=unit.name, error=error))
            except OSError as error:
                refusal = ExportError(f"{unit.path} cannot be read: {error.strerror}")
                results.append(Refusal(file_name=unit.name, error=refusal))
        return results + [self._deliver(group) for group in group_units(units)]

    def open_pasted(self, stream: BinaryIO) -> list[Delivery | Refusal]:
        """Return what stands on standard input, as the ZIP or the loose file that it would be."""
        path = self._scratch / _PASTED_NAME
        size_bytes = 0
        with path.open("wb") as file:
            while chunk := stream.read(_CHUNK_BYTES):
                size_bytes += file.write(chunk)
                if size_bytes > self._limits.member_bytes:
                    error = ExportError("standard input is too long to be an export", hint="see --max-unpacked")
                    return [Refusal(file_name=_PASTED_NAME, error=error)]
        if not size_bytes:
            error = ExportError(
                "nothing came on standard input", hint="copy the list first, then paste it into memlake"
            )
            return [Refusal(file_name=_PASTED_NAME, error=error)]
        is_pasted = not looks_like_zip(path)
        return [
            result if isinstance(result, Refusal) else replace(result, paths=(), is_pasted=is_pasted)
            for result in self._open_units([unnamed_unit(path, _PASTED_NAME)])
        ]

    def _open_unit(self, unit: Unit, *, depth: int) -> list[Unit]:
        """Open a unit; return it, or the ZIPs in it where it holds nothing else to read."""
        if unit.kind == "zip":
            inventory = open_zip(unit.path, self._limits, file_name=unit.name)
        else:
            inventory = open_folder(unit.path) if unit.kind == "folder" else open_file(unit.path)
        self._inventories[unit.path] = inventory
        if not inventory.inner_zips or _is_export(inventory):
            return [unit]
        if depth >= self._limits.nesting_depth:
            raise ExportError(f"{unit.name} holds ZIPs within ZIPs, too deep to be an export", hint="unpack it first")
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        return [
            inner
            for number, member in enumerate([*inventory.inner_zips, *_manifests(inventory)])
            for inner in self._open_unit(self._unpack(member, unit, folder / str(number)), depth=depth + 1)
        ]

    def _unpack(self, member: Member, outer: Unit, path: Path) -> Unit:
        try:
            with member.open() as stream, path.open("wb") as target:
                target.writelines(stream)
        except MemberDamagedError as error:
            raise ExportError(f"{member.base_name} in {outer.name} {error}", hint="download it again") from error
        outer_names = (outer.name, *outer.outer_names)
        kind: Literal["zip", "file"] = "zip" if is_zip_name(member.name) else "file"
        return Unit(kind=kind, path=path, name=member.base_name, outer_names=outer_names, origin=outer.origin)

    def _deliver(self, group: Group) -> Delivery | Refusal:
        if not group.units and group.manifest is not None and group.manifest_path is not None:
            names = ", ".join(group.manifest.part_names)
            error = ExportError(
                f"{group.manifest_path} only lists the parts of an export: {names}", hint=_DOWNLOAD_HINT
            )
            return Refusal(file_name=group.manifest_path.name, error=error)
        delivery = self._assemble(group)
        if not delivery.members:
            hint = "pass the export's ZIP, or the folder with conversations.json"
            return Refusal(
                file_name=delivery.file_name,
                error=ExportError(f"{delivery.file_name} holds no export files", hint=hint),
            )
        return delivery

    def _assemble(self, group: Group) -> Delivery:
        found = [self._inventories[unit.path] for unit in group.units]
        whole = joined(list(zip(part_names(group.units), found, strict=True)))
        inside = _manifests_among(whole.members)
        manifests = [manifest for manifest in (group.manifest, *inside.values()) if manifest is not None]
        file_name = _common_name(group.units)
        names = [file_name, *(name for unit in group.units for name in (unit.name, *unit.outer_names))]
        name_date_us = date_in_names([*names, *(inventory.top_folder for inventory in found)])
        manifest_date_us = next((manifest.created_at_us for manifest in manifests if manifest.created_at_us), None)
        return Delivery(
            file_name=file_name,
            paths=tuple(dict.fromkeys(unit.origin for unit in group.units)),
            members=_in_order(whole.members),
            media=tuple(whole.media),
            skipped=tuple(whole.skipped),
            missing_parts=tuple(group.missing_parts),
            is_open_ended=group.is_open_ended,
            stated_at_us=name_date_us if manifest_date_us is None else manifest_date_us,
            stated_at_basis=_basis(manifest_date_us, name_date_us),
            member_time_us=max((m.modified_at_us for m in whole.members if m.modified_at_us is not None), default=None),
            manifests=frozenset(inside),
            containers=tuple(unit.path for unit in group.units if unit.kind != "folder"),
            stamps=tuple(dict.fromkeys(stamp for unit in group.units for stamp in self._stamps(unit))),
        )

    def _stamps(self, unit: Unit) -> list[FileStamp]:
        return [*self._inventories[unit.path].stamps, *self._inventories[unit.origin].stamps]


def _in_order(members: Iterable[Member]) -> tuple[Member, ...]:
    return tuple(sorted(members, key=lambda member: (member.base_name, member.name)))


def _manifests_among(members: Iterable[Member]) -> dict[str, DeliveryManifest]:
    found = {member.name: read_manifest(member) for member in members if is_at_top(member.name)}
    return {name: manifest for name, manifest in found.items() if manifest is not None}


def _manifests(inventory: Inventory) -> list[Member]:
    return [member for member in inventory.members if read_manifest(member) is not None]


def _is_export(inventory: Inventory) -> bool:
    """Tell whether there is data to read beside the ZIPs, other than a list of them."""
    manifests = _manifests(inventory)
    return any(is_data_name(member.name) and member not in manifests for member in inventory.members)


def _basis(manifest_date_us: int | None, name_date_us: int | None) -> StatedBasis | None:
    if manifest_date_us is not None:
        return "manifest"
    return None if name_date_us is None else "name"


def _common_name(units: Sequence[Unit]) -> str:
    """Return what a person would call a delivery: the file's name, of several parts what they have in common."""
    if len(units) == 1:
        return units[0].name
    stems = {_NUMBER.sub("", unit.stem) for unit in units}
    return stems.pop() if len(stems) == 1 else units[0].path.parent.name
