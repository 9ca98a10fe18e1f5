"""Reads one export into an open revision of the lake: every record counted, known ones only referenced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from memlake.errors import MemlakeError
from memlake.exports import Delivery, Member, RecordReader
from memlake.hashing import content_hash, sha256_hex
from memlake.lake import catalog
from memlake.lake.connection import Database
from memlake.lake.landing import Landing
from memlake.model import Ignored, Reject
from memlake.provider import FileRule, Match, Provider

UNKNOWN_FILE = Ignored("not a file that memlake reads; kept in the raw zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a provider says about one file; without a rule it is nobody's."""

    member: Member
    rule: FileRule | None
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a delivery holds, ready to be read."""

    delivery: Delivery
    provider: Provider
    claims: tuple[Claim, ...]

    @property
    def entities(self) -> frozenset[str]:
        """The kinds of things the delivery holds."""
        return frozenset(claim.rule.entity for claim in self.claims if claim.rule)

    @property
    def size_bytes(self) -> int:
        """How much there is to read, unpacked."""
        return sum(claim.member.size_bytes for claim in self.claims)


def read_into(
    database: Database,
    reading: Reading,
    export_key: int,
    *,
    advance: Callable[[int], None],
) -> str:
    """Land every record of a delivery; return the content hash of what was read.

    Raises `RuntimeError` if a record got lost: the run must then be undone.
    """
    landing = Landing(
        database,
        export_key=export_key,
        provider=reading.provider.name,
        parser_version=reading.provider.parser_version,
    )
    hashes = []
    for member_key, claim in enumerate(reading.claims, start=1):
        reader = _read_member(landing, reading.provider, claim, member_key, advance=advance)
        hashes.append((claim.member.base_name, reader.sha256))
        catalog.add_member(database, _member_values(export_key, member_key, claim, reader))
    landing.finish()
    return content_hash(hashes)


def _read_member(
    landing: Landing, provider: Provider, claim: Claim, member_key: int, *, advance: Callable[[int], None]
) -> ...:
    ...
