"""Every query that the documents show can be typed as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.documents import ROOT, sql_blocks
from support.lakes import open_lake

from memlake.lake import sqlfiles

HEADER_EXAMPLES = [
    pytest.param(example, id=file.name)
    for kind in ("tables", "views", "macros")
    for file in sqlfiles.load(kind)
    for example in file.examples
]
HANDWRITTEN = (ROOT / "sql" / "README.md", ROOT / "README.md")
DOCUMENT_EXAMPLES = [
    pytest.param(sql, id=f"{document.relative_to(ROOT)}-{number}")
    for document in HANDWRITTEN
    for number, sql in enumerate(sql_blocks(document), start=1)
]


@pytest.mark.parametrize("sql", HEADER_EXAMPLES)
def test_the_example_of_a_header_runs(sample_lake: Path, sql: str) -> None:
    """The example that the data dictionary shows for a relation names relations and columns that exist."""
    with open_lake(sample_lake) as lake:
        assert lake.query(sql).columns


@pytest.mark.parametrize("sql", DOCUMENT_EXAMPLES)
def test_a_query_of_the_documents_finds_something(sample_lake: Path, sql: str) -> None:
    """A worked example answers with rows on the sample exports, so that a reader can try it."""
    with open_lake(sample_lake) as lake:
        assert lake.query(sql).rows


def test_every_public_relation_has_an_example() -> None:
    """The data dictionary shows one query for each relation that people ask."""
    silent = [
        file.name
        for kind in ("tables", "views")
        for file in sqlfiles.load(kind)
        if "." not in file.name and not file.examples
    ]
    assert silent == []
