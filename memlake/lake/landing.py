"""Lands one export: its records once each, every sighting of them, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from memlake.lake.catalog import next_record_key
from memlake.lake.connection import Database
from memlake.lake.frames import frame_of
from memlake.model import RAW_TABLES, FieldShape, Ignored, Parsed, Reject, Row

Place = tuple[int, int]
"""A record's place in its export: member key, and row number from 1 inside that file."""

Identity = tuple[str, str]
"""What makes a record the same one again: its entity and the sha256 of its bytes."""

_BATCH_ROWS = 2_048  # frames of this size stay in the processor's cache
_EXCERPT_BYTES = 200


class _Known(NamedTuple):
    record_key: int
    parser_version: int


class _RowBatch(NamedTuple):
    rows: list[Row]
    record_keys: list[int]


class _RecordRow(NamedTuple):
    record_key: int
    provider: str
    entity: str
    record_sha256: str
    parser_version: int
    shape_keys: list[int]


class _SightingRow(NamedTuple):
    export_key: int
    member_key: int
    row_number: int
    record_key: int | None
    disposition: str
    reason: str | None


class _RejectRow(NamedTuple):
    export_key: int
    member_key: int
    row_number: int
    reason: str
    excerpt: str


class _ShapeRow(NamedTuple):
    shape_key: int
    provider: str
    place: str
    fields: tuple[str, ...]


class _ReplacedRow(NamedTuple):
    old_key: int
    new_key: int


class Landing:
    """Takes one export's records in any number of files; `finish` writes what is left.

    A record is known by its hash. One that an older parser version read is read again, and what that
    version said is replaced in every export that holds the record.
    """

    def __init__(self, database: Database, *, export_key: int, provider: str, parser_version: int) -> None:
        self._database = database
        self._export_key = export_key
        self._provider = provider
        self._parser_version = parser_version
        self._known = _load_known(database, provider)
        self._next_record_key = next_record_key(database)
        self._shape_keys = _load_shape_keys(database, provider)
        self._batches = {kind: _RowBatch([], []) for kind in RAW_TABLES}
        self._records: list[_RecordRow] = []
        self._sightings: list[_SightingRow] = []
        self._rejects: list[_RejectRow] = []
        self._new_shapes: list[_ShapeRow] = []
        self._seen_keys: set[int] = set()
        self._replaced_keys: dict[int, int] = {}

    def knows(self, entity: str, record_sha256: str) -> bool:
        """Tell whether these bytes were read before, by whichever parser version."""
        return (entity, record_sha256) in self._known

    def recall(self, place: Place, identity: Identity) -> bool:
        """Note a record that is known already, in this export too or only in others; False: it has to be read."""
        known = self._known.get(identity)
        if known is None or known.parser_version != self._parser_version:
            return False
        if known.record_key in self._seen_keys:
            self._see(place, known.record_key, "duplicate", "the same record stands in this export twice")
        else:
            self._seen_keys.add(known.record_key)
            self._see(place, known.record_key, "kept", None)
        return True

    def store(self, place: Place, identity: Identity, parsed: Parsed) -> None:
        """Land what a record says that is new, or that an older parser version read."""
        record_key = self._next_record_key
        self._next_record_key += 1
        stale = self._known.get(identity)
        if stale:
            self._replaced_keys[stale.record_key] = record_key
        self._known[identity] = _Known(record_key, self._parser_version)
        self._seen_keys.add(record_key)
        new_shapes = [shape for shape in parsed.shapes if shape not in self._shape_keys]
        for shape in sorted(new_shapes):  # a set has another order in each process
            self._shape_keys[shape] = len(self._shape_keys) + 1
            self._new_shapes.append(_ShapeRow(self._shape_keys[shape], self._provider, *shape))
        shape_keys = sorted(self._shape_keys[shape] for shape in parsed.shapes)
        self._records.append(_RecordRow(record_key, self._provider, *identity, self._parser_version, shape_keys))
        self._see(place, record_key, "kept", None)
        for kind, rows in parsed.rows.items():
            batch = self._batches[kind]
            batch.rows.extend(rows)
            batch.record_keys.extend(repeat(record_key, len(rows)))
            if len(batch.rows) >= _BATCH_ROWS:
                self._flush(kind)

    def ignore(self, place: Place, ignored: Ignored) -> None:
        """Note a record that a rule leaves out."""
        self._see(place, None, "ignored", ignored.rule)

    def reject(self, place: Place, reject: Reject, data: bytes) -> None:
        """Keep a record that could not be read, with its reason and its beginning."""
        excerpt = data[:_EXCERPT_BYTES].decode("utf-8", "replace").replace("\x00", "\ufffd")
        self._see(place, None, "rejected", reject.reason)
        self._rejects.append(_RejectRow(self._export_key, *place, reject.reason, excerpt))

    def finish(self) -> None:
        """Write what is left, and let go of what older parser versions said."""
        for kind in self._batches:
            self._flush(kind)
        self._append("records", _RecordRow, self._records)
        self._append("sightings", _SightingRow, self._sightings)
        self._append("rejects", _RejectRow, self._rejects)
        self._append("shapes", _ShapeRow, self._new_shapes)
        if self._replaced_keys:
            _replace_records(self._database, self._replaced_keys)

    def _see(self, place: Place, record_key: int | None, disposition: str, reason: str | None) -> None:
        self._sightings.append(_SightingRow(self._export_key, *place, record_key, disposition, reason))

    def _flush(self, kind: type[Row]) -> None:
        batch = self._batches[kind]
        if batch.rows:
            frame = frame_of(kind, batch.rows, record_key=batch.record_keys)
            self._database.append(f"raw.{RAW_TABLES[kind]}", frame)
            batch.rows.clear()
            batch.record_keys.clear()

    def _append(self, table: str, kind: type[NamedTuple], rows: Sequence[NamedTuple]) -> None:
        if rows:
            self._database.append(f"raw.{table}", frame_of(kind, rows))


def drop_export(database: Database, export_key: int) -> None:
    """Take one export out: its sightings, and every record that no other export holds."""
    for table in ("exports", "members", "media", "missing_parts", "sightings", "rejects"):
        database.run(f"delete from raw.{table} where export_key = $key", {"key": export_key})
    _delete_unseen_records(database)


def empty_records(database: Database) -> None:
    """Take out everything that was read, to be read again; exports, their dates and their media stay."""
    for table in (*RAW_TABLES.values(), "records", "shapes", "sightings", "rejects"):
        database.run(f"delete from raw.{table}")
    database.run("delete from raw.members where status <> 'skipped'")


def _delete_unseen_records(database: Database) -> None:
    seen = "select record_key from raw.sightings where record_key is not null"
    for table in (*RAW_TABLES.values(), "records"):
        database.run(f"delete from raw.{table} where record_key not in ({seen})")


def _replace_records(database: Database, replaced_keys: dict[int, int]) -> None:
    database.run("create temp table replaced_records (old_key bigint, new_key bigint)")
    database.append("replaced_records", frame_of(_ReplacedRow, [_ReplacedRow(*pair) for pair in replaced_keys.items()]))
    database.run("update raw.sightings set record_key = new_key from replaced_records where record_key = old_key")
    database.run("drop table replaced_records")
    _delete_unseen_records(database)


def _load_known(database: Database, provider: str) -> dict[tuple[str, str], _Known]:
    found = database.query(
        "select entity, record_sha256, record_key, parser_version from raw.records where provider = $provider",
        {"provider": provider},
    )
    return {(entity, sha256): _Known(key, version) for entity, sha256, key, version in found.rows}


def _load_shape_keys(database: Database, provider: str) -> dict[FieldShape, int]:
    found = database.query(
        "select place, fields, shape_key from raw.shapes where provider = $provider", {"provider": provider}
    )
    return {(place, tuple(fields)): key for place, fields, key in found.rows}
