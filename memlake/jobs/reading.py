"""Reads one export into an open revision of the lake: every record counted, known ones only referenced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from memlake.collector import without_cycle_collector
from memlake.exports import Delivery, Member, RecordReader, part_category, read_shape
from memlake.hashing import sha256_hex
from memlake.jsontext import JsonBytes
from memlake.lake import catalog
from memlake.lake.connection import Database
from memlake.lake.landing import Landing
from memlake.model import Ignored, Parsed, Reject
from memlake.provider import FileRule, Match, Provider
from memlake.providers import claim, identify

_NOBODYS = Ignored("not a file that memlake reads; kept in the raw zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """How one file is read: by a provider's rule, or (without one) only for its identity."""

    member: Member
    rule: FileRule | None
    match: Match
    ignored: Ignored | None  # the whole file is left out, by this rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a delivery holds, ready to be read."""

    delivery: Delivery
    provider: Provider
    claims: tuple[Claim, ...]

    @property
    def assistant(self) -> str | None:
        """Whose memories it holds: the provider's own, or what a file says; `None` if nothing tells."""
        if not self.provider.is_any_assistants:
            return self.provider.name
        stated = {claim.match.assistant for claim in self.claims} - {None}
        return stated.pop() if len(stated) == 1 else None

    @property
    def size_bytes(self) -> int:
        """How much there is to read, unpacked."""
        return sum(claim.member.size_bytes for claim in self.claims)


def prepare(delivery: Delivery, *, provider_name: str | None) -> Reading:
    """Find out whose export it is and what each file means.

    Raises `MemlakeError` if nobody or more than one provider claims it.
    """
    shapes = {member.name: read_shape(member) for member in delivery.members}
    provider = identify(list(shapes.values()), name=provider_name)
    claims = {name: claim(provider, shape) for name, shape in shapes.items()}
    entities = {found[0].entity for found in claims.values() if found}
    return Reading(
        delivery=replace(delivery, is_prose_data=provider.is_any_assistants),
        provider=provider,
        claims=tuple(_claim(member, claims[member.name], entities) for member in delivery.members),
    )


def with_certain_identity(delivery: Delivery, *, provider_name: str | None) -> Delivery:
    """Find out whether Markdown beside other files is data, which counts for a delivery's identity, or a remark.

    Raises `MemlakeError` as `prepare` does.
    """
    return prepare(delivery, provider_name=provider_name).delivery if delivery.is_mixed else delivery


def _claim(member: Member, found: tuple[FileRule, Match] | None, entities: set[str]) -> Claim:
    nothing = Match(records="none")
    if found is None:
        return Claim(member=member, rule=None, match=nothing, ignored=_NOBODYS)
    rule, match = found
    if rule.unless_entity in entities:
        left_out = Ignored(f"the export holds {rule.unless_entity} in a file of their own")
        return Claim(member=member, rule=rule, match=nothing, ignored=left_out)
    return Claim(member=member, rule=rule, match=match, ignored=None)


def read_into(database: Database, reading: Reading, export_key: int, *, advance: Callable[[int], None]) -> str:
    """Land every record of a delivery; return the content hash of what was read.

    `advance` is told the bytes read since the last call. Raises `MemlakeError` if a container changed meanwhile.
    """
    provider = reading.provider
    landing = Landing(database, export_key=export_key, provider=provider.name, parser_version=provider.parser_version)
    sha256_by_member: dict[Member, str] = {}
    with without_cycle_collector():
        for member_key, file in enumerate(reading.claims, start=1):
            records = _FileRecords(landing, provider, file, member_key)
            reader = RecordReader(file.member, file.match, is_value=records.is_record)
            record_count = records.land_all(reader, advance)
            sha256_by_member[file.member] = reader.sha256
            catalog.add_member(database, _member_values(file, reader, export_key, member_key, record_count))
        landing.finish()
    reading.delivery.check_unchanged()
    return reading.delivery.content_sha256(known=sha256_by_member)


class _FileRecords:
    """One file's records on their way to the lake; none is hashed or decoded twice."""

    def __init__(self, landing: Landing, provider: Provider, file: Claim, member_key: int) -> None:
        self._landing = landing
        self._provider = provider
        self._file = file
        self._member_key = member_key
        self._entity = file.rule.entity if file.rule else ""
        self._record = JsonBytes(b"")
        self._sha256 = ""

    def is_record(self, data: bytes) -> bool:
        """Prove what the reader took for a record: it is known already, or one whole JSON value."""
        self._take(data)
        return self._landing.knows(self._entity, self._sha256) or self._record.is_json()

    def land_all(self, reader: RecordReader, advance: Callable[[int], None]) -> int:
        """Land every record that a reader yields; return how many the file holds."""
        row_number = 0
        bytes_told = 0
        for row_number, data in enumerate(reader, start=1):
            self._land(row_number, data)
            advance(reader.bytes_read - bytes_told)
            bytes_told = reader.bytes_read
        advance(reader.bytes_read - bytes_told)
        if self._file.ignored:
            self._landing.ignore((self._member_key, 1), self._file.ignored)
            return 1
        return row_number

    def _take(self, data: bytes) -> None:
        if data is not self._record.data:
            self._record = JsonBytes(data)
            self._sha256 = sha256_hex(data)

    def _land(self, row_number: int, data: bytes) -> None:
        self._take(data)
        landing, place, identity = self._landing, (self._member_key, row_number), (self._entity, self._sha256)
        if landing.recall(place, identity):
            return
        outcome = self._provider.parse(self._entity, self._record)
        match outcome:
            case Parsed():
                landing.store(place, identity, outcome)
            case Ignored():
                landing.ignore(place, outcome)
            case Reject():
                landing.reject(place, outcome, data)
            case _:
                assert_never(outcome)


def _member_values(
    file: Claim, reader: RecordReader, export_key: int, member_key: int, record_count: int
) -> dict[str, object]:
    status = "ignored" if file.ignored else "complete"
    return {
        "export_key": export_key,
        "member_key": member_key,
        "name": file.member.name,
        "entity": file.rule.entity if file.rule else None,
        "size_bytes": reader.size_bytes,
        "sha256": reader.sha256,
        "status": status if reader.is_whole else "partial",
        "reason": reader.reason if not reader.is_whole else file.ignored.rule if file.ignored else None,
        "record_count": record_count,
    }


def add_what_is_not_read(database: Database, reading: Reading, export_key: int) -> None:
    """Note what is only listed: media, members that were left out as unsafe, and missing parts."""
    delivery = reading.delivery
    for member_key, skipped in enumerate(delivery.skipped, start=len(reading.claims) + 1):
        catalog.add_member(
            database,
            {
                "export_key": export_key,
                "member_key": member_key,
                "name": skipped.name,
                "status": "skipped",
                "reason": skipped.reason,
                "record_count": 0,
            },
        )
    catalog.add_media(database, export_key, ((file.name, file.size_bytes) for file in delivery.media))
    for name in delivery.missing_parts:
        entity = reading.provider.part_entities.get(part_category(name) or "")
        catalog.add_missing_part(database, export_key, name, entity)
