"""What memlake makes of the sample exports; the expected rows are beside this file, to be read like code."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.documents import public_relations
from support.lakes import open_lake
from support.samples import sample_folders

import memlake
from memlake.lake.connection import Database
from memlake.lake.sqlfiles import SqlFile

AssertGolden = Callable[[str, str], None]

NOT_SHOWN = {"account_key", "ingested_at", "text"}
"""Always the same, never the same, and long (it stands in the samples)."""


@pytest.mark.parametrize("folder", sample_folders(), ids=lambda folder: folder.name)
def test_one_sample_gives_the_expected_rows(folder: Path, tmp_path: Path, assert_golden: AssertGolden) -> None:
    """Each export alone tells what its golden file says."""
    memlake.ingest(folder, lake=tmp_path / "lake")

    assert_golden(f"{folder.name}.txt", rows_as_text(tmp_path / "lake"))


def test_the_samples_of_one_account_give_the_expected_rows(sample_lake: Path, assert_golden: AssertGolden) -> None:
    """The exports of one account add up to one story."""
    assert_golden("chatgpt-samples.txt", rows_as_text(sample_lake))


def test_all_samples_together_give_the_expected_rows(all_samples_lake: Path, assert_golden: AssertGolden) -> None:
    """Exports of several accounts, and a list that names none, stay apart or come together as they should."""
    assert_golden("all-samples.txt", rows_as_text(all_samples_lake))


def rows_as_text(lake: Path) -> str:
    """Return the rows of every relation that people query, one line of JSON each, in order of their keys."""
    with open_lake(lake) as database:
        relations = [file for file in public_relations() if file.name != "runs"]
        return "\n".join(line for file in relations for line in _relation_lines(database, file)) + "\n"


def _relation_lines(database: Database, file: SqlFile) -> Iterator[str]:
    found = database.query(f"from {file.name} order by {', '.join(file.key)}")
    yield f"-- {file.name}, rows: {len(found.rows)}"
    for row in found.as_dicts():
        shown = {column: value for column, value in row.items() if value is not None and column not in NOT_SHOWN}
        yield json.dumps(shown, ensure_ascii=False, default=str)
