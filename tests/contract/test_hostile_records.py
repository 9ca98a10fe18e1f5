"""Odd and broken records, the whole way: relations, rejects, receipt and exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.chatgpt import START_US, conversation, user
from support.commandline import memlake_here
from support.hostile import steering_characters
from support.lakes import open_lake
from support.museum import Exhibit, exhibits, museum
from support.tiny import remembered, tiny_files
from support.zips import write_zip

import memlake
from memlake.jobs.summary import IngestSummary

NEIGHBOURS = {"first", "last", "beside"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the museum and the lake that took it in."""
    return tmp_path_factory.mktemp("museum")


@pytest.fixture(scope="module")
def summary(folder: Path) -> IngestSummary:
    """Take the museum in."""
    return memlake.ingest(museum(folder), lake=folder / "lake")


@pytest.fixture(scope="module")
def lake(folder: Path, summary: IngestSummary) -> Path:
    """Return the lake that holds the museum."""
    assert summary.exports
    return folder / "lake"


def test_every_record_is_a_conversation_or_rejected_with_its_reason(lake: Path) -> None:
    """Nobody is lost, and no neighbour either; the row number leads to the record."""
    with open_lake(lake) as database:
        titles = dict(database.query("select conversation_id, title from conversations").rows)
        rejects = database.query("select file_name, row_number, reason from rejects order by row_number").rows

    shown = {exhibit.conversation_id: exhibit.title for exhibit in exhibits() if exhibit.conversation_id}
    assert titles == shown | {name: f"About {name}" for name in NEIGHBOURS}
    assert rejects == [
        ("conversations-000.json", number, exhibit.reason)
        for number, exhibit in enumerate(exhibits(), start=2)
        if exhibit.reason
    ]


@pytest.mark.parametrize("exhibit", [e for e in exhibits() if e.conversation_id], ids=lambda exhibit: exhibit.name)
def test_an_odd_conversation_keeps_its_messages(lake: Path, exhibit: Exhibit) -> None:
    """Exactly these rows, in reading order; all of them lead to the newest answer."""
    with open_lake(lake) as database:
        found = database.query(
            "select message_id, parent_id, role, text, is_on_active_path from messages where conversation_id = $id "
            "order by position",
            {"id": exhibit.conversation_id},
        ).rows

    assert found == [(*message, True) for message in exhibit.messages]


def test_the_receipt_of_the_museum_adds_up(summary: IngestSummary) -> None:
    """Exit 3; the record that stands in both shards is a duplicate; the unknown field is reported."""
    (receipt,) = summary.exports
    rejected = sum(exhibit.reason is not None for exhibit in exhibits())
    stored = len(exhibits()) + 2 - rejected

    balance = {file.file_name: (file.records, file.stored, file.duplicate, file.rejected) for file in receipt.files}
    assert balance == {
        "conversations-000.json": (len(exhibits()) + 2, stored, 0, rejected),
        "conversations-001.json": (2, 1, 1, 0),
        "memory.json": (0, 0, 0, 0),
    }
    assert summary.exit_code == 3
    assert "conversation.surprise" in receipt.fields.unknown


def test_the_museum_is_whole_for_everybody(lake: Path) -> None:
    """The released shell opens it, the checks pass, and ingesting it again changes nothing."""
    before = (lake / "memlake.duckdb").read_bytes()

    assert remembered(lake) == []
    assert memlake.ingest(lake.parent / "museum-2026-02-03.zip", lake=lake).exports[0].outcome == "known"
    assert (lake / "memlake.duckdb").read_bytes() == before


@pytest.mark.parametrize("words", [("list",), ("show", "steering"), ("status",), ("exports",)])
def test_nothing_of_the_museum_steers_a_terminal(lake: Path, words: tuple[str, ...]) -> None:
    """Whatever a command shows of it is inert."""
    done = memlake_here(*words, cwd=lake.parent)

    assert done.exit_code == 0
    assert steering_characters(done.stdout + done.stderr) == set()


@pytest.mark.parametrize(
    ("value", "is_time"),
    [
        (1_735_732_800, True),
        (1_735_732_800_000, True),
        ("2025-01-01T12:00:00Z", True),
        ("2025-01-01T13:00:00+01:00", True),
        ("1735732800", True),
        (-1, False),
        (True, False),
    ],
)
def test_a_time_in_any_spelling_is_the_same_time(tmp_path: Path, value: object, *, is_time: bool) -> None:
    """Seconds, milliseconds, texts and ISO; what is none stays unknown."""
    record = conversation("c", user("hello"), create_time=value)
    export = write_zip(tmp_path / "a.zip", {"conversations.json": json.dumps([record]).encode()})

    memlake.ingest(export, lake=tmp_path / "lake")

    with open_lake(tmp_path / "lake") as database:
        found = database.query("select epoch_us(created_at) from conversations").rows
    assert found == [(START_US if is_time else None,)]


def test_a_conversation_of_40_mb_is_read(tmp_path: Path) -> None:
    """One message of that size, between two neighbours."""
    records = [conversation("a", user("x")), conversation("b", user("y" * 40_000_000)), conversation("c", user("z"))]
    export = write_zip(tmp_path / "a.zip", {"conversations.json": json.dumps(records).encode()})

    summary = memlake.ingest(export, lake=tmp_path / "lake")

    with open_lake(tmp_path / "lake") as database:
        lengths = database.query("select length(text) from messages order by conversation_id").rows
    assert summary.exit_code == 0
    assert lengths == [(1,), (40_000_000,), (1,)]


def test_the_same_conversation_in_two_states_is_one(tmp_path: Path) -> None:
    """Two shards, one id, different bytes: all messages of both, each once."""
    early = conversation("c", user("first"), user("second"))
    late = conversation("c", user("first"), user("second"), user("third"))
    shards = {
        f"conversations-00{n}.json": json.dumps([record]).encode() for n, record in enumerate([late, early, late])
    }

    summary = memlake.ingest(write_zip(tmp_path / "a.zip", shards), lake=tmp_path / "lake")

    with open_lake(tmp_path / "lake") as database:
        count = database.query("select message_count from conversations").rows
        texts = database.query("select text from messages order by position").rows
    assert summary.exit_code == 0
    assert (count, texts) == ([(3,)], [("first",), ("second",), ("third",)])


@pytest.mark.parametrize(
    ("content", "coverage", "memory_count", "exit_code"),
    [
        (b"[]", "complete", 0, 0),
        (b"", "complete", 0, 0),
        (b'[{"id": "m1", "content": "Sails."}]', "complete", 1, 0),
        (b'[{"id": "m1", "content": "Sails."}, {"id": "m2", "cont', "partial", 1, 3),
        (b'[{"id": "m1", "content": "Sails."},', "partial", 1, 3),
    ],
)
def test_a_list_cut_short_is_not_an_empty_list(
    tmp_path: Path, content: bytes, coverage: str, memory_count: int, exit_code: int
) -> None:
    """What came before the cut is in; only a whole list can say that something is gone."""
    files = tiny_files("one", remembers="Rows.") | {"memory.json": content}

    summary = memlake.ingest(write_zip(tmp_path / "a-2026-02-03.zip", files), lake=tmp_path / "lake")

    with open_lake(tmp_path / "lake") as database:
        found = database.query("select memory_coverage, memory_count from exports").rows
        conversations = database.number("select count(*) from conversations")
    assert (found, conversations, summary.exit_code) == ([(coverage, memory_count)], 1, exit_code)
