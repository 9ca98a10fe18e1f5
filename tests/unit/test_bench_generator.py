"""The exports behind the published figures are like real ones, and the same in every run."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import generate
import pytest
from generate import ExportPlan, write_export
from honesty import Honesty, conversation_records, measure_honesty

SIZE_BYTES = 5_000_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the exports of this module share."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def export(folder: Path) -> Path:
    """Return a small generated export."""
    return write_export(ExportPlan(size_bytes=SIZE_BYTES), folder)


@pytest.fixture(scope="module")
def next_export(folder: Path) -> Path:
    """Return the same account's export one month later."""
    return write_export(ExportPlan(size_bytes=SIZE_BYTES, changed_share=0.05), folder)


@pytest.fixture(scope="module")
def weight(export: Path) -> Honesty:
    """Return what the small export weighs."""
    return measure_honesty(export)


@pytest.mark.parametrize(
    ("figure", "lowest", "highest"),
    [
        ("json_bytes", SIZE_BYTES, SIZE_BYTES + 700_000),
        ("text_share", 0.50, 0.56),
        ("deflate_ratio", 3.8, 4.4),
        ("messages_per_conversation", 25, 30),
        ("mean_message_bytes", 1_300, 1_700),
        ("largest_conversation_bytes", 100_000, 700_000),
    ],
)
def test_generated_export_weighs_like_a_real_one(weight: Honesty, figure: str, lowest: float, highest: float) -> None:
    """Every published ratio would mean something else on easier data."""
    assert lowest <= getattr(weight, figure) <= highest


def test_another_process_writes_the_same_bytes(export: Path, tmp_path: Path) -> None:
    """Two people who run the bench measure the same file, under the same name."""
    command = [sys.executable, generate.__file__, "--size", str(SIZE_BYTES), "--out", str(tmp_path)]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert Path(printed) == tmp_path / export.name
    assert Path(printed).read_bytes() == export.read_bytes()


def test_export_that_is_there_is_not_written_again(export: Path) -> None:
    """A bench that runs again starts at once."""
    written_ns = export.stat().st_mtime_ns

    again = write_export(ExportPlan(size_bytes=SIZE_BYTES), export.parent)

    assert again == export
    assert again.stat().st_mtime_ns == written_ns


def test_records_are_the_elements_of_the_array(export: Path) -> None:
    """Cutting by the first keys finds every conversation, and nothing inside one."""
    records = [json.loads(record) for record in conversation_records(export)]

    assert records == _read(export, "conversations.json")


def test_next_month_continues_the_stated_share(export: Path, next_export: Path) -> None:
    """One in twenty conversations differs, the others are byte for byte the same."""
    before, after = _records_by_id(export), _records_by_id(next_export)
    newest = max(map(_updated, before.values()))

    continued = [key for key, record in before.items() if after[key] != record]

    assert len(continued) == len(before) * 5 // 100
    assert all(_updated(after[key]) > newest for key in continued)


def test_next_month_has_a_few_new_conversations(export: Path, next_export: Path) -> None:
    """New conversations come on top, all of them younger than the export before."""
    before, after = _records_by_id(export), _records_by_id(next_export)

    new = [record for key, record in after.items() if key not in before]

    assert 0 < len(new) <= len(before) * 5 // 100
    assert min(map(_updated, new)) > max(map(_updated, before.values()))


def test_recorded_saves_are_in_the_memory_list(export: Path) -> None:
    """Three of ten listed memories were saved by a call that a conversation holds."""
    listed = {memory["content"] for memory in _read(export, "memory.json")}
    messages = [
        node["message"]
        for conversation in _read(export, "conversations.json")
        for node in conversation["mapping"].values()
        if node["message"]
    ]

    saved = {message["content"]["parts"][0] for message in messages if message["recipient"] == "bio"}

    assert saved <= listed
    assert len(saved) == pytest.approx(len(listed) * 0.3, abs=2)


def test_compact_style_has_neither_escapes_nor_spaces(tmp_path: Path) -> None:
    """The second style is how another writer would have put the same conversations."""
    compact = write_export(ExportPlan(size_bytes=100_000, style="compact"), tmp_path)

    first = next(conversation_records(compact))

    assert b'", "' not in first
    assert rb"\u00" not in first
    assert not first.isascii()


def _read(export: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(export) as archive:
        elements: list[dict[str, Any]] = json.loads(archive.read(name))
    return elements


def _records_by_id(export: Path) -> dict[str, bytes]:
    return {json.loads(record)["id"]: record for record in conversation_records(export)}


def _updated(record: bytes) -> float:
    return float(json.loads(record)["update_time"])
