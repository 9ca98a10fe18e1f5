"""The lake's schema: base tables by numbered migrations, everything else derived from SQL files."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from memlake.errors import LakeUnavailableError
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_DEPLOYED = ("tables", "views", "macros")
_DROPPED_AS = {"tables": ("table",), "views": ("view",), "macros": ("macro table", "macro")}


def latest_version() -> int:
    """Return the number of the newest migration that this memlake knows."""
    return sqlfiles.migrations()[-1][0]


def schema_version(database: Database) -> int:
    """Return the number of the last migration a lake has had; 0 for an empty file."""
    if database.value("select 1 from duckdb_schemas() where schema_name = 'raw'") is None:
        return 0
    return database.number("select schema_version from raw.lake_state")


def refuse_newer(database: Database) -> None:
    """Raise `LakeUnavailableError` if a newer memlake has changed this lake."""
    version = schema_version(database)
    if version > latest_version():
        raise LakeUnavailableError(
            f"{database.path.parent} was made by a newer memlake (schema {version}, this one knows {latest_version()})",
            hint="update memlake, for instance with: pipx upgrade memlake",
        )


def migrate(database: Database, *, until: int | None = None) -> None:
    """Bring the base tables up to date, or only to a version; each migration runs once, in order."""
    refuse_newer(database)
    done = schema_version(database)
    for number, script in sqlfiles.migrations():
        if done < number <= (until or latest_version()):
            database.run(script)
            database.run("update raw.lake_state set schema_version = $number", {"number": number})


def is_derived_current(database: Database) -> bool:
    """Tell whether views, macros and derived tables were made by these SQL files."""
    return database.value("select derived_version from raw.lake_state") == sqlfiles.derived_version()


def derive(database: Database, *, fill: Mapping[str, Callable[[Database], None]] | None = None) -> None:
    """Compute the derived tables again; redeploy views, macros and comments when their SQL changed.

    `fill` names the tables that SQL makes empty, each with what fills it before anything reads it.
    """
    is_current = is_derived_current(database)
    if not is_current:
        _drop_former(database)
    made: list[sqlfiles.SqlFile] = []
    for file in sqlfiles.load(*_DEPLOYED):
        if file.kind == "tables" or not is_current:
            database.run(file.body)
            made.append(file)
            if fill and file.name in fill:
                fill[file.name](database)
    _comment(database, made)
    if not is_current:
        _register(database, made)
    database.run("update raw.lake_state set derived_version = $hash", {"hash": sqlfiles.derived_version()})


def failed_checks(database: Database) -> list[str]:
    """Run the data tests; return what those that found something stand for, with their first row."""
    failed = []
    for file in sqlfiles.load("checks"):
        rows = database.query(file.body).rows
        if rows:
            failed.append(f"{file.description} ({len(rows)} rows, the first: {rows[0]})")
    return failed


def column_meanings(file: sqlfiles.SqlFile, columns: list[str]) -> dict[str, str]:
    """Return what each column of a relation means: its own words, else those of the common dictionary."""
    common = _common_columns()
    return {column: file.columns.get(column) or common[column] for column in columns if column in file.columns | common}


@cache
def _common_columns() -> dict[str, str]:
    return tomllib.loads((sqlfiles.sql_folder() / "columns.toml").read_text(encoding="utf-8"))


def _comment(database: Database, files: Sequence[sqlfiles.SqlFile]) -> None:
    """Let relations and macros explain themselves; in one go, for each statement alone costs as much as a small query.

    Lower tiers stay silent: they are for maintainers, who read the files.
    """
    found = database.query("select table_name, column_name from duckdb_columns() where schema_name = 'main'").rows
    columns: dict[str, list[str]] = {}
    for relation, column in found:
        columns.setdefault(relation, []).append(column)
    statements = []
    for file in files:
        if "." not in file.name:
            statements.append(f"comment on {file.object_type} {file.name} is {_literal(file.comment)}")
            meanings = {} if file.kind == "macros" else column_meanings(file, columns[file.name])
            statements += [f"comment on column {file.name}.{name} is {_literal(it)}" for name, it in meanings.items()]
    database.run(";\n".join(statements))


def _drop_former(database: Database) -> None:
    """Remove what older versions deployed and no file makes any more; what users made is never touched."""
    current = {(file.kind, file.name) for file in sqlfiles.load(*_DEPLOYED)}
    for kind, name in database.query("select kind, name from raw.deployed").rows:
        if (kind, name) not in current:
            for object_type in _DROPPED_AS[kind]:
                database.run(f"drop {object_type} if exists {name}")
    database.run("delete from raw.deployed")


def _register(database: Database, files: Sequence[sqlfiles.SqlFile]) -> None:
    """Note what was made and, for `help()`, what it is for; the columns of a macro are its parameters."""
    database.run(
        "insert into raw.deployed by name select unnest($kinds) as kind, unnest($names) as name, "
        "unnest($grains) as grain, unnest($examples) as example, unnest($abouts) as about",
        {
            "kinds": [file.kind for file in files],
            "names": [file.name for file in files],
            "grains": [file.grain for file in files],
            "examples": [next(iter(file.examples), None) for file in files],
            "abouts": [file.description for file in files],
        },
    )
    database.run(
        "update raw.deployed set columns = found.columns from ("
        "select table_name, list(column_name order by column_index) as columns from duckdb_columns() "
        "where schema_name = 'main' group by table_name"
        ") found where found.table_name = name and kind <> 'macros'"
    )
    database.run(
        "update raw.deployed set columns = found.parameters from duckdb_functions() found "
        "where found.schema_name = 'main' and not found.internal and found.function_name = name and kind = 'macros'"
    )


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
