"""What every provider owes; each is found by itself, and its samples by their folders' names."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.deliveries import ClaimedRecord, claimed_records, open_only
from support.lakes import open_lake
from support.mutations import assert_rows_typed, mutated
from support.samples import sample_folders

import memlake
from memlake.exports import read_shape
from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject
from memlake.provider import Provider
from memlake.providers import identify, providers

SAMPLES = pytest.mark.parametrize("folder", sample_folders(), ids=lambda folder: folder.name)


def provider_of(folder: Path) -> str:
    """Return whose export a sample's name says it is."""
    return folder.name.split("-")[0]


def test_every_provider_has_a_sample() -> None:
    """Nobody has to trust a provider that shows no export."""
    assert {provider.name for provider in providers()} == {provider_of(folder) for folder in sample_folders()}


@SAMPLES
def test_exactly_one_provider_claims_a_sample(folder: Path) -> None:
    """`identify` refuses what nobody or more than one provider claims."""
    with open_only(folder) as delivery:
        shapes = [read_shape(member) for member in delivery.members]

    assert identify(shapes).name == provider_of(folder)


@SAMPLES
def test_every_record_of_a_sample_is_accounted_for(folder: Path, tmp_path: Path) -> None:
    """Records in = stored + unchanged + duplicate + ignored + rejected, in each file."""
    (receipt,) = memlake.ingest(folder, lake=tmp_path).exports

    assert receipt.files
    for file in receipt.files:
        assert file.records == file.stored + file.unchanged + file.duplicate + file.ignored + file.rejected, file


def test_the_samples_of_a_provider_hold_one_malformed_record(all_samples_lake: Path) -> None:
    """One record cannot be read, so that everybody can see what happens then."""
    with open_lake(all_samples_lake) as lake:
        rejected = lake.query(
            "select x.provider, count(*) from rejects join exports x using (export_id) group by 1"
        ).rows

    assert dict(rejected) == {provider.name: 1 for provider in providers()}


@SAMPLES
def test_a_field_that_nobody_has_seen_before_is_reported(folder: Path, tmp_path: Path) -> None:
    """A provider that starts to export something new does not go unnoticed."""
    later = tmp_path / provider_of(folder)
    shutil.copytree(folder, later)
    add_field_to_a_record(later)

    memlake.ingest(folder, lake=tmp_path / "lake", account="noa")
    (receipt,) = memlake.ingest(
        later, lake=tmp_path / "lake", account="noa", exported_at=datetime(2030, 1, 1, tzinfo=UTC)
    ).exports

    (new_field,) = receipt.fields.new
    assert new_field.endswith(".surprise")


@SAMPLES
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_mutated_record_of_a_sample_gives_an_answer(folder: Path, data: st.DataObject) -> None:
    """Whatever is wrong with a record: rows of the right types, or a reason, and never an exception."""
    provider, records = readable_records(folder)
    record = data.draw(st.sampled_from(list(records)))
    spoiled = data.draw(spoiled_bytes(record.data))

    outcome = provider.parse(record.entity, JsonBytes(spoiled))

    assert isinstance(outcome, Parsed | Ignored | Reject)
    if isinstance(outcome, Parsed):
        assert_rows_typed(outcome)


@cache
def readable_records(folder: Path) -> tuple[Provider, dict[ClaimedRecord, Parsed]]:
    """Return the provider of a sample, and what it makes of those records that it turns into rows."""
    provider, records = claimed_records(folder)
    outcomes = {record: provider.parse(record.entity, JsonBytes(record.data)) for record in records}
    return provider, {record: outcome for record, outcome in outcomes.items() if isinstance(outcome, Parsed)}


@st.composite
def spoiled_bytes(draw: st.DrawFn, data: bytes) -> bytes:
    """Draw a record with something wrong: mostly values where it is JSON, else a piece of its bytes."""
    record = JsonBytes(data)
    if record.is_json() and draw(st.integers(0, 4)):
        return json.dumps(mutated(draw, record.value())).encode()
    start = draw(st.integers(0, len(data)))
    return data[:start] + draw(st.binary(max_size=20)) + data[draw(st.integers(start, len(data))) :]


def add_field_to_a_record(folder: Path) -> None:
    """Give the first record of an unpacked export whose fields its provider reports one more."""
    _, records = readable_records(folder)
    record = next(record.data for record, outcome in records.items() if outcome.shapes)
    file = next(file for file in sorted(folder.rglob("*.*")) if file.is_file() and record in file.read_bytes())
    file.write_bytes(file.read_bytes().replace(record, b'{"surprise": 1, ' + record[1:], 1))
