"""What every provider owes; each is found by itself, and its samples by their folders' names."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.deliveries import open_only
from support.lakes import open_lake
from support.samples import sample_folders

import memlake
from memlake.exports import read_shape
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
    file, records = first_list_of_objects(later)
    records[0]["surprise"] = 1
    file.write_text(json.dumps(records), encoding="utf-8")

    memlake.ingest(folder, lake=tmp_path / "lake", account="noa")
    (receipt,) = memlake.ingest(
        later, lake=tmp_path / "lake", account="noa", exported_at=datetime(2030, 1, 1, tzinfo=UTC)
    ).exports

    (new_field,) = receipt.fields.new
    assert new_field.endswith(".surprise")


def first_list_of_objects(folder: Path) -> tuple[Path, list[dict[str, object]]]:
    """Return the first JSON file that is a list whose first element is an object, and that list."""
    for file in sorted(folder.rglob("*.json")):
        value = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return file, value
    pytest.fail(f"no list of objects in {folder.name}")
