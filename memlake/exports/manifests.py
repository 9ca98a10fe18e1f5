"""Delivery manifests: a JSON file that lists the parts of one delivery (`data_files[].filename`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from memlake.exports.delivery import Member
from memlake.exports.streams import MemberDamagedError
from memlake.jsontext import InvalidJsonError, decode_json
from memlake.times import time_us

_MAX_BYTES = 1024 * 1024
_LIST_KEY = b'"data_files"'
_COPY_MARK = re.compile(r" ?\(\d+\)(?=\.[A-Za-z0-9]+$|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryManifest:
    """Which parts a delivery has and when it was made."""

    part_names: tuple[str, ...]
    created_at_us: int | None


def read_manifest(member: Member) -> DeliveryManifest | None:
    """Return what a delivery manifest says; `None` for any other file."""
    if member.size_bytes > _MAX_BYTES or not member.base_name.lower().endswith(".json"):
        return None
    try:
        with member.open() as stream:
            data = stream.read()
        content = decode_json(data) if _LIST_KEY in data else None
    except (MemberDamagedError, InvalidJsonError):
        return None
    if not isinstance(content, dict) or not isinstance(content.get("data_files"), list):
        return None
    files = [file for file in content["data_files"] if isinstance(file, dict)]
    names = [file["filename"] for file in files if isinstance(file.get("filename"), str)]
    if not names:
        return None
    return DeliveryManifest(part_names=tuple(names), created_at_us=time_us(content.get("created_at")))


def plain_name(name: str) -> str:
    """Return a part's name as the manifest spells it, without the `(1)` of a repeated download."""
    return _COPY_MARK.sub("", name).casefold()
