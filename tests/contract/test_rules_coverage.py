"""Coverage: what an export held whole, held in part or did not hold, and what that counts as."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import as_bytes, assistant, conversation, user
from support.lakes import Json, ask, entity, export_folder, lake_of, memory, take_in
from support.zips import RawEntry, write_raw_zip

TOLD: list[Json] = [conversation("c1", user("hi"), assistant("Hello."))]
LISTED = [memory("m1", "User plays the cello."), memory("m2", "User has a dog.")]
WHOLE = as_bytes(LISTED)
CHAT = as_bytes(TOLD)
PROMISED = {"conversations.json": {"files": ["conversations-000.json"]}, "memory.json": {"files": ["memory.json"]}}


def coverage(lake: Path, name: str) -> tuple[object, ...]:
    """Return status and reason of one kind of thing in the only export."""
    (row,) = ask(lake, "select status, reason from export_coverage where entity = $name", name=name)
    return row


def memory_count(lake: Path) -> object:
    """Return how many memories the list of the only export had."""
    (row,) = ask(lake, "select memory_count from exports")
    return row[0]


@pytest.mark.parametrize(
    ("files", "status", "reason", "count"),
    [
        pytest.param({}, "absent", "no memory list in this export", None, id="no-file"),
        pytest.param({"memory.json": b"null"}, "absent", "no memory list in this export", None, id="null"),
        pytest.param({"memory.json": b"[]"}, "complete", "whole", 0, id="empty"),
        pytest.param({"memory.json": b""}, "complete", "whole", 0, id="no-bytes"),
        pytest.param({"memory.json": WHOLE}, "complete", "whole", 2, id="whole"),
        pytest.param({"memory.json": WHOLE[:-20]}, "partial", None, 1, id="truncated"),
        pytest.param({"memory.json": as_bytes([*LISTED, 7])}, "partial", "1 unreadable", 2, id="rejected"),
        pytest.param(
            {"export_manifest.json": as_bytes({"logical_files": PROMISED})},
            "partial",
            "memory.json is missing",
            None,
            id="promised",
        ),
    ],
)
def test_a_memory_list_is_whole_in_part_or_absent(
    tmp_path: Path, files: dict[str, bytes], status: str, reason: str | None, count: int | None
) -> None:
    """Null means that there was no list, 0 that it was empty."""
    told = {"conversations-000.json": CHAT}
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, files=told | files))
    found_status, found_reason = coverage(lake, "memories")
    assert (found_status, memory_count(lake)) == (status, count)
    assert reason is None or found_reason == reason


def test_a_member_with_a_wrong_checksum_is_partial(tmp_path: Path) -> None:
    """Its whole records count, and the receipt is one of a partly read export."""
    damaged = RawEntry(name=b"memory.json", data=WHOLE, crc32=1)
    export = write_raw_zip(tmp_path / "export.zip", [RawEntry(name=b"conversations.json", data=CHAT), damaged])
    lake = tmp_path / "lake"
    receipt = take_in(lake, export)
    assert not receipt.is_whole
    assert coverage(lake, "memories")[0] == "partial"
    assert "memory.json" in str(coverage(lake, "memories")[1])
    assert coverage(lake, "conversations") == ("complete", "whole")


def test_a_missing_shard_makes_conversations_partial(tmp_path: Path) -> None:
    """The export's own manifest names it; the list beside it is whole all the same."""
    shards = {"conversations.json": {"files": ["conversations-000.json", "conversations-001.json"]}}
    files = {"conversations-000.json": CHAT, "export_manifest.json": as_bytes({"logical_files": shards})}
    lake = tmp_path / "lake"
    receipt = take_in(lake, export_folder(tmp_path, files=files, memories=LISTED))
    assert receipt.missing_parts == ("conversations-001.json",)
    assert coverage(lake, "conversations") == ("partial", "conversations-001.json is missing")
    assert coverage(lake, "memories") == ("complete", "whole")


def test_a_missing_part_of_a_delivery_makes_everything_partial(tmp_path: Path) -> None:
    """Nobody knows what it held; a list that is nowhere else may have been in it."""
    parts = [tmp_path / f"data-batch-000{number}.zip" for number in (0, 2)]
    write_raw_zip(parts[0], [RawEntry(name=b"conversations.json", data=CHAT)])
    write_raw_zip(parts[1], [RawEntry(name=b"user.json", data=as_bytes({"id": "user-1", "chatgpt_plus_user": True}))])
    lake = tmp_path / "lake"
    receipt = take_in_together(lake, parts)
    assert receipt == ("data-batch-0001.zip",)
    assert [coverage(lake, name)[0] for name in ("conversations", "memories")] == ["partial", "partial"]
    assert memory_count(lake) is None


def take_in_together(lake: Path, parts: list[Path]) -> tuple[str, ...]:
    """Ingest the parts of one delivery; return the names of those that are missing."""
    return take_in(lake, *parts).missing_parts


@pytest.mark.parametrize(
    ("told", "status"),
    [
        pytest.param(None, "absent", id="no-conversations"),
        pytest.param([conversation("c1", user("hi"), dialect="slim")], "absent", id="slim"),
        pytest.param([*TOLD, conversation("c2", user("hi"), dialect="slim")], "partial", id="mixed"),
        pytest.param(TOLD, "complete", id="classic"),
        pytest.param([*TOLD, 7], "partial", id="rejected"),
        pytest.param([], "complete", id="empty"),
    ],
)
def test_events_are_covered_where_tool_calls_can_be_seen(tmp_path: Path, told: list[Json] | None, status: str) -> None:
    """An export without a tool layer cannot show that nothing was saved."""
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=told, memories=LISTED))
    assert coverage(lake, "memory_events")[0] == status


def test_only_whole_dated_lists_are_compared(tmp_path: Path) -> None:
    """The receipt counts what vanished against the last whole list, and keeps silent where that cannot be known."""
    months = {
        "export-2025-02-01": as_bytes(LISTED),
        "export-2025-03-01": as_bytes(LISTED[:1])[:-10],
        "export-2025-04-01": as_bytes(LISTED[:1]),
        "undated": as_bytes([memory("m3", "User lives in Lyon.", None)]),
    }
    lake = tmp_path / "lake"
    vanished = {}
    for name, data in months.items():
        export = export_folder(tmp_path, name, files={"memory.json": data}, user="user-1")
        vanished[name] = entity(take_in(lake, export), "memories").vanished
    assert vanished == {
        "export-2025-02-01": None,
        "export-2025-03-01": None,
        "export-2025-04-01": 1,
        "undated": None,
    }
