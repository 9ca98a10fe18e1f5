"""Short ways to open deliveries and read their records in tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from memlake.exports import (
    MAX_RECORD_BYTES,
    Delivery,
    Limits,
    Member,
    RecordReader,
    Refusal,
    open_deliveries,
    read_shape,
)
from memlake.exports.streams import FileContent
from memlake.provider import Match, Provider
from memlake.providers import claim, identify

ELEMENTS = Match()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedRecord:
    """One record of a file that a provider claims, as the provider gets it."""

    file_name: str
    entity: str
    data: bytes


@contextmanager
def open_only(path: Path, *, limits: Limits | None = None) -> Iterator[Delivery]:
    """Open one path that must be exactly one delivery."""
    with open_deliveries([path], limits=limits) as found:
        (delivery,) = found
        assert isinstance(delivery, Delivery), delivery
        yield delivery


def refusal_of(*paths: Path, limits: Limits | None = None) -> Refusal:
    """Return the refusal of paths that must be exactly one refused input."""
    with open_deliveries(paths, limits=limits) as found:
        (refusal,) = found
        assert isinstance(refusal, Refusal), refusal
        return refusal


def opened_names(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Return the member names of every delivery behind some paths, by the delivery's name."""
    with open_deliveries(paths) as found:
        return {each.file_name: [m.name for m in each.members] for each in found if isinstance(each, Delivery)}


def file_member(path: Path, data: bytes) -> Member:
    """Write a file and return it as a member."""
    path.write_bytes(data)
    return Member(name=path.name, size_bytes=len(data), content=FileContent(path=path, size_bytes=len(data)))


def read_all(
    member: Member, match: Match = ELEMENTS, *, max_record_bytes: int = MAX_RECORD_BYTES
) -> tuple[list[bytes], RecordReader]:
    """Return all records of a member and the reader that has read them."""
    reader = RecordReader(member, match, max_record_bytes=max_record_bytes)
    return list(reader), reader


def claimed_records(folder: Path) -> tuple[Provider, list[ClaimedRecord]]:
    """Return the provider of an unpacked export, and each record that it is given to read."""
    with open_only(folder) as delivery:
        shapes = [read_shape(member) for member in delivery.members]
        provider = identify(shapes)
        claims = [(member, claim(provider, shape)) for member, shape in zip(delivery.members, shapes, strict=True)]
        return provider, [
            ClaimedRecord(file_name=member.name, entity=found[0].entity, data=data)
            for member, found in claims
            if found
            for data in RecordReader(member, found[1])
        ]
