"""Content hashes: the identity of records, exports and texts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def sha256_hex(data: bytes) -> str:
    """Return the sha256 of some bytes as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def short_hash(text: str, digits: int) -> str:
    """Return the first hex digits of a text's sha256, for ids that people read."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def content_hash(members: Iterable[tuple[str, str]]) -> str:
    """Return the identity of an export's content: its text members as (base name, sha256), in any order."""
    lines = sorted(f"{sha256}  {base_name}\n" for base_name, sha256 in members)
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
