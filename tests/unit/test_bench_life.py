"""The months behind the published figures of history are eventful, and the same in every run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import life
import pytest
from life import OLDEST, LifePlan, conversation_id, memory_id, write_life

PLAN = LifePlan(export_count=5, conversation_count=300, memory_count=300)

Element = dict[str, Any]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the exports of a short life."""
    return write_life(PLAN, tmp_path_factory.mktemp("life"))


@pytest.fixture(scope="module")
def lists(exports: list[Path]) -> list[dict[str, Element]]:
    """Return the memory list of each export, by id."""
    return [_read(export, "memory.json") for export in exports]


@pytest.fixture(scope="module")
def conversations(exports: list[Path]) -> list[dict[str, Element]]:
    """Return the conversations of each export, by id."""
    return [_read(export, "conversations.json") for export in exports]


def test_another_process_lives_the_same_life(exports: list[Path], tmp_path: Path) -> None:
    """Two people who run the bench measure the same months, whatever Python's hash seed is."""
    script = f"from life import *; write_life({PLAN!r}, Path({str(tmp_path)!r}))"
    environment = {**os.environ, "PYTHONPATH": str(Path(life.__file__).parent), "PYTHONHASHSEED": "1"}

    subprocess.run([sys.executable, "-c", script], check=True, env=environment)

    written = sorted(tmp_path.iterdir())
    assert [path.name for path in written] == [path.name for path in exports]
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in exports]


def test_life_that_is_there_is_not_written_again(exports: list[Path]) -> None:
    """A bench that runs again starts at once."""
    written_ns = [path.stat().st_mtime_ns for path in exports]

    again = write_life(PLAN, exports[0].parent)

    assert again == exports
    assert [path.stat().st_mtime_ns for path in again] == written_ns


def test_exports_are_a_month_apart() -> None:
    """The names date the exports, over the end of a year too."""
    times = LifePlan(export_count=14).export_times

    assert [f"{time:%Y-%m-%d}" for time in times[-3:]] == ["2021-12-01", "2022-01-01", "2022-02-01"]


def test_every_export_holds_the_stated_numbers(
    lists: list[dict[str, Element]], conversations: list[dict[str, Element]]
) -> None:
    """The table speaks of so many memories and conversations in each export."""
    assert [len(memories) for memories in lists] == [PLAN.memory_count] * PLAN.export_count
    assert [len(talks) for talks in conversations] == [PLAN.conversation_count] * PLAN.export_count


def test_memories_change_in_every_month(lists: list[dict[str, Element]]) -> None:
    """Each month has memories that are new, gone, edited and switched, and the oldest is edited every time."""
    for before, after in pairwise(lists):
        both = before.keys() & after.keys()
        edited = {key for key in both if before[key]["content"] != after[key]["content"]}
        switched = {key for key in both if before[key]["enabled"] != after[key]["enabled"]}

        assert after.keys() - before.keys()
        assert before.keys() - after.keys()
        assert memory_id(OLDEST) in edited
        assert len(edited) > 1
        assert switched


def test_a_deleted_memory_can_come_back(lists: list[dict[str, Element]]) -> None:
    """Some ids are listed, missing and listed again."""
    first, *_, last = lists

    returned = {key for key in first.keys() & last.keys() if any(key not in memories for memories in lists)}

    assert returned


def test_conversations_change_in_every_month(conversations: list[dict[str, Element]]) -> None:
    """Each month has conversations that are new, gone, continued, renamed, archived and in a project."""
    for before, after in pairwise(conversations):
        both = before.keys() & after.keys()
        changed = {
            label: {key for key in both if before[key][label] != after[key][label]}
            for label in ("mapping", "title", "is_archived", "gizmo_id")
        }

        assert after.keys() - before.keys()
        assert before.keys() - after.keys()
        assert conversation_id(OLDEST) in both
        assert all(changed.values()), changed


def test_most_records_are_the_same_bytes_a_month_later(exports: list[Path]) -> None:
    """Known records are what makes a monthly ingest quick, here as in real life."""
    before, after = (_records(export) for export in exports[-2:])

    assert len(before & after) >= PLAN.conversation_count * 0.95


def test_recorded_saves_are_listed_and_forgotten_ones_are_not(
    lists: list[dict[str, Element]], conversations: list[dict[str, Element]]
) -> None:
    """The calls of the memory tool and the lists tell the same story."""
    ever_listed = {memory["content"] for memories in lists for memory in memories.values()}
    calls = [
        node["message"]["content"]["parts"][0]
        for conversation in conversations[-1].values()
        for node in conversation["mapping"].values()
        if node["message"] and node["message"]["recipient"] == "bio"
    ]
    forgotten = {call.removeprefix("Forget that ") for call in calls if call.startswith("Forget that ")}
    saved = {call for call in calls if not call.startswith("Forget that ")}

    assert saved
    assert forgotten
    assert saved | forgotten <= ever_listed
    assert not forgotten & {memory["content"] for memory in lists[-1].values()}


def test_nothing_happens_after_its_export(
    lists: list[dict[str, Element]], conversations: list[dict[str, Element]]
) -> None:
    """An export can hold only what was before it."""
    for exported_at, memories, talks in zip(PLAN.export_times, lists, conversations, strict=True):
        assert max(datetime.fromisoformat(memory["updated_at"]) for memory in memories.values()) < exported_at
        assert max(talk["update_time"] for talk in talks.values()) < exported_at.timestamp()


def _read(export: Path, name: str) -> dict[str, Element]:
    with zipfile.ZipFile(export) as archive:
        return {element["id"]: element for element in json.loads(archive.read(name))}


def _records(export: Path) -> set[str]:
    return {json.dumps(record) for record in _read(export, "conversations.json").values()}
