"""What memlake is measured against: the floor, and two usual ways to get an export into a database.

    python tests/bench/peers.py floor chatgpt EXPORT.zip

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
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import orjson
from reading import CHUNK_BYTES, Reading, conversation_records
from readings import READINGS

_SQLITE_TABLES = """
create table conversations (id text primary key, title text, created real, updated real);
create table messages (
    id text primary key, conversation_id text, parent text, role text, recipient text, content_type text,
    text text, created real
);
"""


def run_floor(export: Path, reading: Reading) -> None:
    """Inflate the conversations, then parse them one by one; print the seconds of both together."""
    cpu_began, wall_began = process_time(), perf_counter()
    with zipfile.ZipFile(export) as archive, archive.open("conversations.json") as member:
        while member.read(CHUNK_BYTES):
            pass
    cpu_seconds, wall_seconds = process_time() - cpu_began, perf_counter() - wall_began
    inflate_cpu_seconds = cpu_seconds
    for record in conversation_records(export, reading):
        cpu_began, wall_began = process_time(), perf_counter()
        orjson.loads(record)
        cpu_seconds += process_time() - cpu_began
        wall_seconds += perf_counter() - wall_began
    timed = {"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds, "inflate_cpu_seconds": inflate_cpu_seconds}
    sys.stdout.write(json.dumps(timed))


def run_sqlite_rows(export: Path, reading: Reading) -> None:
    """Parse the file whole and insert rows into SQLite, in one transaction."""
    with zipfile.ZipFile(export) as archive, archive.open("conversations.json") as member:
        conversations = json.load(member)
    with tempfile.TemporaryDirectory(dir=export.parent) as folder:
        connection = sqlite3.connect(Path(folder) / "peer.sqlite3")
        connection.executescript(_SQLITE_TABLES)
        with connection:
            connection.executemany(
                "insert or replace into conversations values (?, ?, ?, ?)", map(reading.conversation, conversations)
            )
            connection.executemany(
                "insert or replace into messages values (?, ?, ?, ?, ?, ?, ?, ?)",
                (message for told in conversations for message in reading.messages(told)),
            )
        connection.close()


def run_duckdb_reader(export: Path, reading: Reading) -> None:
    """Unzip the file and let DuckDB's JSON reader make a table of messages."""
    with tempfile.TemporaryDirectory(dir=export.parent) as folder:
        unzipped = Path(folder) / "conversations.json"
        with zipfile.ZipFile(export) as archive, archive.open(unzipped.name) as member, unzipped.open("wb") as target:
            shutil.copyfileobj(member, target, CHUNK_BYTES)
        with duckdb.connect(Path(folder) / "peer.duckdb") as connection:
            connection.execute(reading.duckdb_messages, {"path": str(unzipped)})


PEERS = {"floor": run_floor, "sqlite-rows": run_sqlite_rows, "duckdb-reader": run_duckdb_reader}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[3]), READINGS[sys.argv[2]])
