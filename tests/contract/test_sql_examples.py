"""Every query that the documents show can be typed as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.documents import ROOT, public_relations, sql_blocks
from support.lakes import open_lake

from memlake.lake import sqlfiles

HEADER_EXAMPLES = [
    pytest.param(example, id=file.name)
    for kind in ("tables", "views", "macros")
    for file in sqlfiles.load(kind)
    for example in file.examples
]
HANDWRITTEN_EXAMPLES = [
    pytest.param(sql, id=f"{document}-{number}")
    for document in ("README.md", "sql/README.md")
    for number, sql in enumerate(sql_blocks((ROOT / document).read_text(encoding="utf-8")), start=1)
]


@pytest.mark.parametrize("sql", HEADER_EXAMPLES + HANDWRITTEN_EXAMPLES)
def test_an_example_finds_something_in_the_samples(sample_lake: Path, all_samples_lake: Path, sql: str) -> None:
    """A reader who took in the sample exports, of one provider or all, gets an answer to every query that is shown."""
    with open_lake(sample_lake) as lake:
        found = lake.query(sql).rows
    if not found:
        with open_lake(all_samples_lake) as lake:
            found = lake.query(sql).rows

    assert found


def test_every_public_relation_has_an_example() -> None:
    """The data dictionary shows a query for each relation that people ask."""
    assert [file.name for file in public_relations() if not file.examples] == []
