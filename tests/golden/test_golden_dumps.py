"""Pasted lists of every shape, and beside each what a person reads in it: written by hand, never by `make golden`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.deliveries import file_member, read_all

from memlake.errors import ExportError
from memlake.exports import read_shape
from memlake.jsontext import JsonBytes
from memlake.model import MemoryRow, Parsed, Reject
from memlake.providers import claim, identify
from memlake.times import to_datetime

FOLDER = Path(__file__).parent / "dumps"
EXPECTED = ".expected.json"
LISTS = [path for path in sorted(FOLDER.iterdir()) if not path.name.endswith(EXPECTED)]

SHOWN_DATE = {"stated": "%Y-%m-%d", "stated_month": "%Y-%m", "stated_year": "%Y"}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_pasted_list_is_read_as_a_person_reads_it(path: Path, tmp_path: Path) -> None:
    """Each memory once and in order, with its date and its headings; or the reason why it is no list."""
    expected = json.loads(path.with_name(path.name + EXPECTED).read_text(encoding="utf-8"))

    assert reading_of(path, tmp_path) == expected


def test_every_expectation_has_its_list() -> None:
    """Enough of them, and none forgotten beside a list that was renamed."""
    names = {path.name for path in FOLDER.iterdir()}

    assert len(LISTS) >= 45
    assert names == {path.name + suffix for path in LISTS for suffix in ("", EXPECTED)}


def reading_of(path: Path, folder: Path) -> object:
    """Return what memlake makes of a file: its memories, or why it refuses them."""
    member = file_member(folder / path.name, path.read_bytes())
    shape = read_shape(member)
    try:
        provider = identify([shape])
    except ExportError as error:
        return {"refused": str(error).partition(": ")[2]}
    found = claim(provider, shape)
    assert found is not None
    records, reader = read_all(member, found[1])
    assert reader.is_whole
    return [shown for record in records for shown in _shown(provider.parse(found[0].entity, JsonBytes(record)))]


def _shown(outcome: object) -> Iterator[dict[str, str | None]]:
    if isinstance(outcome, Reject):
        yield {"rejected": outcome.reason}
        return
    assert isinstance(outcome, Parsed)
    for row in outcome.rows[MemoryRow]:
        assert isinstance(row, MemoryRow)
        yield {"text": row.content, "date": _date(row), "section": row.section}


def _date(row: MemoryRow) -> str | None:
    if row.created_at_us is None or row.created_at_basis is None:
        return None
    moment = to_datetime(row.created_at_us)
    has_time = moment.time().isoformat() != "00:00:00"
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if has_time else SHOWN_DATE[row.created_at_basis])
