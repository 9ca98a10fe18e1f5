"""What memlake is measured against: the floor, and two usual ways to get an export into a database.

    python tests/bench/peers.py floor EXPORT.zip

Each runs in a process of its own. The floor times itself and prints it, because cutting the array into
conversations is not part of it.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import orjson
from honesty import CHUNK_BYTES, conversation_records

_SQLITE_TABLES = """
create table conversations (id text primary key, title text, created real, updated real);
create table messages (
    id text primary key, conversation_id text, parent text, role text, recipient text, content_type text,
    text text, created real
);
"""

_DUCKDB_MESSAGES = """
create table messages as
with nodes as (
    select conversation_id, unnest(map_values(mapping)) as node
    from read_json(
        $path,
        format = 'array',
        maximum_object_size = 67108864,
        columns = {
            conversation_id: 'varchar',
            mapping: 'map(varchar, struct(
                id varchar,
                parent varchar,
                message struct(
                    id varchar,
                    author struct("role" varchar, "name" varchar),
                    create_time double,
                    content struct(content_type varchar, parts json[], "text" varchar),
                    recipient varchar
                )
            ))'
        }
    )
)
select
    conversation_id,
    node.message.id as message_id,
    node.parent as parent_id,
    node.message.author."role" as "role",
    node.message.author."name" as author_name,
    node.message.recipient as recipient,
    node.message.content.content_type as content_type,
    coalesce(
        array_to_string(list_transform(node.message.content.parts, lambda part: part ->> '$'), chr(10)),
        node.message.content."text"
    ) as "text",
    node.message.create_time as created
from nodes
where node.message is not null
"""


def run_floor(export: Path) -> None:
    """Inflate the conversations, then parse them one by one; print the seconds of both together."""
    cpu_began, wall_began = process_time(), perf_counter()
    with zipfile.ZipFile(export) as archive, archive.open("conversations.json") as member:
        while member.read(CHUNK_BYTES):
            pass
    cpu_seconds, wall_seconds = process_time() - cpu_began, perf_counter() - wall_began
    inflate_cpu_seconds = cpu_seconds
    for record in conversation_records(export):
        cpu_began, wall_began = process_time(), perf_counter()
        orjson.loads(record)
        cpu_seconds += process_time() - cpu_began
        wall_seconds += perf_counter() - wall_began
    timed = {"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds, "inflate_cpu_seconds": inflate_cpu_seconds}
    sys.stdout.write(json.dumps(timed))


def run_sqlite_rows(export: Path) -> None:
    """Parse the file whole and insert rows into SQLite, in one transaction."""
    with zipfile.ZipFile(export) as archive, archive.open("conversations.json") as member:
        conversations = json.load(member)
    with tempfile.TemporaryDirectory(dir=export.parent) as folder:
        connection = sqlite3.connect(Path(folder) / "peer.sqlite3")
        connection.executescript(_SQLITE_TABLES)
        with connection:
            connection.executemany(
                "insert or replace into conversations values (?, ?, ?, ?)",
                ((told["id"], told["title"], told["create_time"], told["update_time"]) for told in conversations),
            )
            connection.executemany(
                "insert or replace into messages values (?, ?, ?, ?, ?, ?, ?, ?)", _message_rows(conversations)
            )
        connection.close()


def run_duckdb_reader(export: Path) -> None:
    """Unzip the file and let DuckDB's own JSON reader make a table of messages."""
    with tempfile.TemporaryDirectory(dir=export.parent) as folder:
        unzipped = Path(folder) / "conversations.json"
        with zipfile.ZipFile(export) as archive, archive.open(unzipped.name) as member, unzipped.open("wb") as target:
            shutil.copyfileobj(member, target, CHUNK_BYTES)
        with duckdb.connect(Path(folder) / "peer.duckdb") as connection:
            connection.execute(_DUCKDB_MESSAGES, {"path": str(unzipped)})


def _message_rows(conversations: list[dict[str, object]]) -> Iterator[tuple[object, ...]]:
    for conversation in conversations:
        mapping = conversation["mapping"]
        assert isinstance(mapping, dict)
        for node in mapping.values():
            message = node["message"]
            if message is None:
                continue
            content = message["content"]
            parts = [part for part in content.get("parts", ()) if isinstance(part, str)]
            yield (
                message["id"],
                conversation["id"],
                node["parent"],
                message["author"]["role"],
                message["recipient"],
                content["content_type"],
                "\n".join(parts) or content.get("text"),
                message["create_time"],
            )


PEERS = {"floor": run_floor, "sqlite-rows": run_sqlite_rows, "duckdb-reader": run_duckdb_reader}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]))
