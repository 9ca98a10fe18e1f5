"""What the headers of the SQL files promise holds in a lake."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.claude_delivery import as_json, chat, delivered, parts
from support.documents import public_relations
from support.lakes import ask, empty_lake, open_lake, take_in

from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.sqlfiles import SqlFile
from memlake.model import RAW_TABLES, Row

RELATIONS = {file.name: file for file in sqlfiles.load("tables") + sqlfiles.load("views")}
KEYED = {file.reference: file for file in sqlfiles.load("tables", "views", "macros") if file.key}
PUBLIC = {file.name: file for file in public_relations()}


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    """Give a database with every relation and no row."""
    with empty_lake() as lake:
        yield lake


@pytest.fixture(scope="module")
def every_kind_of_export(all_samples_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of all samples and of a delivery in parts, with records in two of them that cannot be read."""
    folder = tmp_path_factory.mktemp("parts")
    lake = shutil.copytree(all_samples_lake, folder / "lake")
    damaged = {
        f"conversations-00{number}.zip": {"conversations.json": as_json([chat(f"c{number}"), "bad"])}
        for number in range(2)
    }
    take_in(lake, delivered(folder / "delivery", parts() | damaged))
    return lake


@pytest.mark.parametrize("file", RELATIONS.values(), ids=RELATIONS)
def test_every_header_states_grain_and_key(file: SqlFile) -> None:
    """Who reads a relation knows what a row is and what tells two rows apart."""
    assert file.grain
    assert file.key
    assert file.description


@pytest.mark.parametrize("file", KEYED.values(), ids=KEYED)
def test_the_key_of_a_header_is_unique(every_kind_of_export: Path, file: SqlFile) -> None:
    """No two rows of a relation, or of what a macro answers to its example, have the same key."""
    key = ", ".join(file.key)
    relation = file.examples[0].removeprefix("from ") if file.kind == "macros" else file.name
    with open_lake(every_kind_of_export) as lake:
        repeated = lake.query(f"select {key} from {relation} group by {key} having count(*) > 1").rows
    assert repeated == []


def test_the_balance_of_every_file_is_even(every_kind_of_export: Path) -> None:
    """In each part of a delivery: records = kept + duplicate + ignored + rejected."""
    uneven = ask(
        every_kind_of_export,
        "from export_files('') where records <> kept + duplicate + ignored + rejected and status <> 'skipped'",
    )
    assert uneven == []


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
    columns = [name for name, *_ in database.query(f"describe raw.{RAW_TABLES[row_class]}").rows]
    assert columns == ["record_key", *(field.removesuffix("_us") for field in row_class._fields)]
