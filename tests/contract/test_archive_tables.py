"""The tables of an archive, as other programs read them: the same rows, types and order as in the lake."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import polars as pl
import pytest
from support.archives import archive_of, bytes_in
from support.chatgpt import assistant, conversation, user
from support.lakes import ask, export_folder, lake_of, memory, open_lake

import memlake
from memlake.archive import datasets
from memlake.archive.datasets import ABOUT_CONVERSATIONS, ABOUT_EXPORTS, ABOUT_MEMORIES
from memlake.lake import encoding, relations
from memlake.lake.relations import public_relations

ODD_TEXTS = (
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "a\0b",
    'plain, "quoted"\nline',
    "\u202eright",
    "1-2",
)


@pytest.fixture(scope="module")
def archive(all_samples_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive of all samples, in every format; tests only read it."""
    return archive_of(all_samples_lake, tmp_path_factory.mktemp("archive") / "archive")


@pytest.fixture
def odd_lake(tmp_path: Path) -> Path:
    """Return a lake whose memories are what spreadsheets, terminals and databases stumble over."""
    memories = [memory(f"m{number}", text) for number, text in enumerate(ODD_TEXTS)]
    return lake_of(tmp_path / "lake", export_folder(tmp_path, memories=memories, user="user-1"))


def in_lake(lake: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of every relation for people, account by account in the order of its key."""
    with open_lake(lake) as database:
        found = {}
        for relation in public_relations(database):
            order = ", ".join(dict.fromkeys([*(["account_key"] if relation.is_by_account else []), *relation.key]))
            found[relation.name] = database.query(f"from {relation.name} order by {order}").rows
    return found


def in_parquet(archive: Path, relation: str, columns: str = "*") -> list[tuple[Any, ...]]:
    """Return what DuckDB reads in the Parquet files of a relation, in their order."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        files = str(archive / "parquet" / relation / "**" / "*.parquet")
        return connection.execute(
            f"select {columns} from read_parquet($files, hive_partitioning = true)", {"files": files}
        ).fetchall()


def test_every_relation_is_about_memories_conversations_or_exports(all_samples_lake: Path) -> None:
    """A new relation must say which, or `--only` could not tell."""
    with open_lake(all_samples_lake) as database:
        names = sorted(relation.name for relation in public_relations(database))

    assert sorted([*ABOUT_MEMORIES, *ABOUT_CONVERSATIONS, *ABOUT_EXPORTS]) == names


def test_duckdb_reads_what_the_lake_holds(archive: Path, all_samples_lake: Path) -> None:
    """Rows, values, their order and their types; the account comes from the path."""
    for name, rows in in_lake(all_samples_lake).items():
        columns = ", ".join(f'"{column[0]}"' for column in ask(all_samples_lake, f"describe {name}"))
        assert in_parquet(archive, name, columns) == rows, name


def test_polars_reads_times_as_times(archive: Path, all_samples_lake: Path) -> None:
    """A time is one in UTC to the microsecond, a list a list, the account a text."""
    frame = pl.read_parquet(archive / "parquet" / "memories")

    assert frame.schema["created_at"] == pl.Datetime("us", "UTC")
    assert frame.schema["channels"] == pl.List(pl.String())
    accounts = [key for (key,) in ask(all_samples_lake, "select account_key from accounts order by all")]
    assert sorted(frame["account_key"].unique()) == accounts


def test_pandas_and_pyarrow_read_it(archive: Path, all_samples_lake: Path) -> None:
    """The readers most people have."""
    dataset = pytest.importorskip("pyarrow.dataset", reason="pyarrow is not installed")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    count = ask(all_samples_lake, "select count(*) from messages")[0][0]

    table = dataset.dataset(str(archive / "parquet" / "messages"), partitioning="hive").to_table()
    frame = pandas.read_parquet(archive / "parquet" / "messages")

    assert (table.num_rows, len(frame)) == (count, count)
    assert str(table.schema.field("created_at").type) == "timestamp[us, tz=UTC]"
    assert str(frame["created_at"].dt.tz) == "UTC"


def test_a_parquet_file_says_what_it_is(archive: Path) -> None:
    """Compression, and as key-value metadata the relation with its grain, its key and the schema's version."""
    with duckdb.connect() as connection:
        file = str(next((archive / "parquet" / "messages").rglob("*.parquet")))
        codecs = connection.execute("select distinct compression from parquet_metadata($file)", {"file": file})
        assert codecs.fetchall() == [("ZSTD",)]
        said = connection.execute(
            "select key::varchar, value::varchar from parquet_kv_metadata($file)", {"file": file}
        ).fetchall()
    manifest = orjson.loads((archive / "MANIFEST.json").read_bytes())
    found = {name: value for name, value in said if name.startswith("memlake.")}
    assert found == {
        "memlake.relation": "messages",
        "memlake.grain": "one row per message, in its richest known state",
        "memlake.key": "account_key, conversation_id, message_id",
        "memlake.schema_version": str(manifest["origin"]["schema_version"]),
    }


def test_a_long_relation_comes_in_parts(
    all_samples_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part is much longer than another, and together they are the relation in its order."""
    monkeypatch.setattr(relations, "PART_ROWS", 20)
    monkeypatch.setattr(datasets, "PART_ROWS", 20)

    folder = archive_of(all_samples_lake, tmp_path / "archive")

    parts = sorted((folder / "parquet" / "messages").rglob("*.parquet"))
    assert len(parts) > 10
    for name, rows in in_lake(all_samples_lake).items():
        columns = ", ".join(f'"{column[0]}"' for column in ask(all_samples_lake, f"describe {name}"))
        assert in_parquet(folder, name, columns) == rows, name
    assert memlake.verify(folder).problems == ()
    memlake.restore(folder, lake=tmp_path / "restored")
    assert in_lake(tmp_path / "restored") == in_lake(all_samples_lake)


@pytest.mark.parametrize(("name", "reader"), [("csv", "read_csv"), ("jsonl", "read_json")])
def test_no_part_of_a_long_relation_looks_like_the_whole(
    all_samples_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, reader: str
) -> None:
    """Parts lie in a folder, in the order of their names; what fits into one file is one file."""
    monkeypatch.setattr(datasets, "PART_ROWS", 60)

    folder = archive_of(all_samples_lake, tmp_path / "archive") / name

    assert not (folder / f"messages.{name}").exists()
    assert (folder / f"accounts.{name}").is_file()
    parts = sorted((folder / "messages").iterdir())
    assert [part.name for part in parts[:2]] == [f"part-0001.{name}", f"part-0002.{name}"]
    with duckdb.connect() as connection:
        found = connection.execute(f"select position from {reader}('{folder}/messages/*.{name}')").fetchall()
    assert found == ask(
        all_samples_lake, "select position from messages order by account_key, conversation_id, message_id"
    )


def test_json_lines_hold_the_same(archive: Path, all_samples_lake: Path) -> None:
    """One object a row, in order; times as ISO 8601 with a Z."""
    lines = (archive / "jsonl" / "memories.jsonl").read_bytes().splitlines()
    rows = [orjson.loads(line) for line in lines]

    expected = in_lake(all_samples_lake)["memories"]
    assert [(row["account_key"], row["memory_id"], row["content"], row["channels"]) for row in rows] == [
        (row[0], row[1], row[4], row[3]) for row in expected
    ]
    times = [datetime.fromisoformat(row["created_at"]).astimezone(UTC) for row in rows if row["created_at"]]
    assert times == [row[9] for row in expected if row[9]]


def test_csv_tells_null_from_empty_and_lists_apart(archive: Path, all_samples_lake: Path) -> None:
    """DuckDB reads the same rows from it."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        found = connection.execute(
            "select account_key, memory_id, content, cast(channels as json)::varchar[], created_at from "
            "read_csv($file, header = true, types = {'created_at': 'timestamptz'})",
            {"file": str(archive / "csv" / "memories.csv")},
        ).fetchall()

    assert found == [(row[0], row[1], row[4], row[3], row[9]) for row in in_lake(all_samples_lake)["memories"]]


def test_a_csv_is_verbatim_unless_told_otherwise(odd_lake: Path, tmp_path: Path) -> None:
    """With `--safe-csv` no cell begins as a formula does; the manifest says which it is."""
    spelled: dict[bool, list[str]] = {}
    said = {}
    for is_safe in (False, True):
        folder = tmp_path / f"safe-{is_safe}"
        memlake.Lake(odd_lake).archive(folder, formats=("csv",), safe_csv=is_safe)
        rows = csv.DictReader(io.StringIO((folder / "csv" / "memories.csv").read_text("utf-8"), newline=""))
        spelled[is_safe] = [row["content"] for row in rows]
        said[is_safe] = orjson.loads((folder / "MANIFEST.json").read_bytes())["origin"]["recipe"]["csv_cells"]
        assert memlake.verify(folder).problems == ()

    assert spelled[False] == list(ODD_TEXTS)
    assert spelled[True] == [
        "'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "' =1", "a\u2400b", ODD_TEXTS[7], ODD_TEXTS[8], "1-2"
    ]  # fmt: skip
    assert said == {False: "verbatim", True: "neutralised"}


def test_only_memories_leaves_conversations_out(all_samples_lake: Path, tmp_path: Path) -> None:
    """And the other way round; what tells of exports is in both, base tables in neither."""
    held = {}
    for only in ("memories", "conversations"):
        memlake.Lake(all_samples_lake).archive(tmp_path / only, formats=("parquet",), only=only)
        held[only] = {path.name for path in (tmp_path / only / "parquet").iterdir()}
        assert not (tmp_path / only / "base").exists()

    assert held["memories"] == ABOUT_MEMORIES | ABOUT_EXPORTS
    assert held["conversations"] == ABOUT_CONVERSATIONS | ABOUT_EXPORTS


def test_one_account_tells_nothing_of_another(all_samples_lake: Path, tmp_path: Path) -> None:
    """Not even which exports it has, or what was done to the lake."""
    accounts = [key for (key,) in ask(all_samples_lake, "select account_key from accounts order by all")]
    memlake.Lake(all_samples_lake).archive(tmp_path / "archive", formats=("jsonl",), account=accounts[0])

    text = b"".join(bytes_in(tmp_path / "archive").values()).decode()

    hidden = ask(all_samples_lake, "select export_id from exports where account_key <> $key", key=accounts[0])
    assert accounts[0] in text
    assert [word for word in (accounts[1], *(export_id for (export_id,) in hidden)) if word in text] == []
    assert not (tmp_path / "archive" / "jsonl" / "runs.jsonl").exists()


def test_since_keeps_what_began_or_changed_then(tmp_path: Path) -> None:
    """An old conversation that went on counts, as does one without a date."""
    day = datetime(2025, 6, 1, tzinfo=UTC)
    talks = [
        conversation(
            name, user("hi"), assistant("ho"), create_time=started.timestamp(), update_time=started.timestamp()
        )
        for name, started in (("old", day.replace(year=2024)), ("new", day.replace(month=7)))
    ]
    memories = [
        memory("m-old", "Likes tea.", "2024-01-01T00:00:00Z"),
        memory("m-new", "Likes rain.", "2025-08-01T00:00:00Z"),
        memory("m-undated", "Likes wind.", None),
    ]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=talks, memories=memories, user="user-1"))

    memlake.Lake(lake).archive(tmp_path / "archive", formats=("parquet",), since=day)

    assert in_parquet(tmp_path / "archive", "conversations", "conversation_id") == [("new",)]
    assert {key for (key,) in in_parquet(tmp_path / "archive", "messages", "distinct conversation_id")} == {"new"}
    assert in_parquet(tmp_path / "archive", "memories", "memory_id") == [("m-new",), ("m-undated",)]


def test_every_type_in_the_lake_is_told_from_others(all_samples_lake: Path) -> None:
    """A manifest names types as DuckDB does; a file whose columns have others is noticed."""
    with open_lake(all_samples_lake) as database:
        for relation in [*public_relations(database), *relations.base_tables(database)]:
            frame = database.frame(f"from {relation.name} limit 0")
            assert encoding.are_types(frame.schema, relation.columns), relation.name
            assert not encoding.are_types(frame.schema, dict.fromkeys(relation.columns, "BLOB")), relation.name


def test_pages_and_tables_show_the_same_changes_since_a_time(all_samples_lake: Path, tmp_path: Path) -> None:
    """Those that an export of that time shows, or one of which nobody knows the time."""
    since = datetime(2026, 3, 1, tzinfo=UTC)

    memlake.Lake(all_samples_lake).archive(tmp_path / "archive", since=since)

    exports = "select export_id from exports where exported_at >= '2026-03-01' or exported_at is null"
    page = (tmp_path / "archive" / "changes.md").read_text(encoding="utf-8")
    told = set(re.findall(r"export `([0-9a-f]+)`", page))
    assert told == {export_id for (export_id,) in ask(all_samples_lake, exports)}
    for relation in ("memory_changes", "conversation_changes"):
        held = ask(
            all_samples_lake, f"select to_export_id from {relation} where to_export_id in ({exports}) order by all"
        )
        assert sorted(in_parquet(tmp_path / "archive", relation, "to_export_id")) == held
        assert held
