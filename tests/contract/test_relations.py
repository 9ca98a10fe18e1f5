"""What the headers of the SQL files promise holds in a lake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.documents import public_relations
from support.lakes import empty_lake, open_lake

from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database
from memlake.lake.sqlfiles import SqlFile
from memlake.model import RAW_TABLES, Row

RELATIONS = {file.name: file for file in sqlfiles.load("tables") + sqlfiles.load("views")}
PUBLIC = {file.name: file for file in public_relations()}


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """Give a database with every relation and no row."""
    with empty_lake() as lake:
        yield lake


@pytest.mark.parametrize("file", RELATIONS.values(), ids=RELATIONS)
def test_every_header_states_grain_and_key(file: SqlFile) -> None:
    """Who reads a relation knows what a row is and what tells two rows apart."""
    assert file.grain
    assert file.key
    assert file.description


@pytest.mark.parametrize("file", RELATIONS.values(), ids=RELATIONS)
def test_the_key_of_a_header_is_unique(sample_lake: Path, file: SqlFile) -> None:
    """No two rows of a relation have the same key."""
    key = ", ".join(file.key)
    with open_lake(sample_lake) as lake:
        repeated = lake.query(f"select {key} from {file.name} group by {key} having count(*) > 1").rows
    assert repeated == []


@pytest.mark.parametrize("file", PUBLIC.values(), ids=PUBLIC)
def test_a_relation_explains_itself_inside_the_database(database: Database, file: SqlFile) -> None:
    """The comment of a relation, for shells and database browsers, is what its header says."""
    comment = database.value(
        "select comment from duckdb_tables() where table_name = $name and schema_name = 'main' "
        "union all select comment from duckdb_views() where view_name = $name and schema_name = 'main'",
        {"name": file.name},
    )
    assert comment == file.comment


@pytest.mark.parametrize("name", PUBLIC)
def test_every_column_explains_itself_inside_the_database(database: Database, name: str) -> None:
    """No column that people query is without a comment."""
    silent = database.query(
        "select column_name from duckdb_columns() "
        "where schema_name = 'main' and table_name = $name and coalesce(comment, '') = ''",
        {"name": name},
    ).rows
    assert silent == []


def test_nothing_else_stands_among_the_relations_for_people(database: Database) -> None:
    """A relation without a schema always comes from a file with a header."""
    found = database.query(
        "select table_name from duckdb_tables() where schema_name = 'main' "
        "union all select view_name from duckdb_views() where schema_name = 'main' and not internal"
    ).rows
    assert {name for (name,) in found} == set(PUBLIC)


@pytest.mark.parametrize("row_class", RAW_TABLES, ids=lambda row_class: row_class.__name__)
def test_a_raw_table_has_the_columns_of_its_row_class(database: Database, row_class: type[Row]) -> None:
    """The record it came from, then the fields in order; a time loses its `_us`."""
    columns = schema.columns_of(database, f"raw.{RAW_TABLES[row_class]}")
    assert columns == ["record_key", *(field.removesuffix("_us") for field in row_class._fields)]
