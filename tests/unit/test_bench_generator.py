"""The exports behind the published figures are like real ones, and the same in every run."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import generate
import pytest
from account import ExportPlan
from generate import write_export
from honesty import Honesty, measure_honesty
from reading import Reading, SimpleConversation, conversation_records
from readings import READINGS

from memlake.jsontext import JsonBytes
from memlake.model import AttachmentRow, EventRow, MessageRow, Parsed, Row
from memlake.providers import chatgpt, claude
from memlake.times import time_us

PROVIDERS = {"chatgpt": chatgpt.PROVIDER, "claude": claude.PROVIDER}
SIZE_BYTES = {"chatgpt": 5_000_000, "claude": 12_000_000}
OVERSHOOT_BYTES = 3_000_000  # at most one conversation more

Json = dict[str, Any]
RowT = TypeVar("RowT", bound=Row)


class Exports(NamedTuple):
    """A provider's small generated export, and the same account's one month later."""

    provider: str
    reading: Reading
    first: Path
    second: Path

    def conversations(self, export: Path) -> dict[str, SimpleConversation]:
        """Return an export's conversations by id."""
        told = [self.reading.conversation(json.loads(record)) for record in conversation_records(export, self.reading)]
        return {conversation.conversation_id: conversation for conversation in told}

    def records(self, export: Path) -> dict[str, bytes]:
        """Return the bytes of an export's conversations by id."""
        records = [*conversation_records(export, self.reading)]
        return {self.reading.conversation(json.loads(record)).conversation_id: record for record in records}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the exports of this module share."""
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(params=PROVIDERS)
def exports(request: pytest.FixtureRequest, folder: Path) -> Exports:
    """Return two exports of each provider, written once."""
    return _exports(request.param, folder)


@pytest.mark.parametrize(
    ("provider", "figure", "lowest", "highest"),
    [
        ("chatgpt", "json_bytes", SIZE_BYTES["chatgpt"], SIZE_BYTES["chatgpt"] + 700_000),
        ("chatgpt", "text_share", 0.50, 0.56),
        ("chatgpt", "deflate_ratio", 3.8, 4.4),
        ("chatgpt", "messages_per_conversation", 25, 30),
        ("chatgpt", "mean_message_bytes", 1_300, 1_700),
        ("chatgpt", "largest_conversation_bytes", 100_000, 700_000),
        ("claude", "json_bytes", SIZE_BYTES["claude"], SIZE_BYTES["claude"] + OVERSHOOT_BYTES),
        ("claude", "text_share", 0.70, 0.78),
        ("claude", "deflate_ratio", 3.4, 3.9),
        ("claude", "mean_conversation_bytes", 204_000, 537_000),
        ("claude", "messages_per_conversation", 12, 20),
        ("claude", "most_messages", 100, 379),
    ],
)
def test_generated_export_weighs_like_a_real_one(
    folder: Path, provider: str, figure: str, lowest: float, highest: float
) -> None:
    """Every published ratio would mean something else on easier data."""
    weight = _weight(_exports(provider, folder))

    assert lowest <= getattr(weight, figure) <= highest


def test_another_process_writes_the_same_bytes(exports: Exports, tmp_path: Path) -> None:
    """Two people who run the bench measure the same file, under the same name."""
    command = [sys.executable, generate.__file__, "--provider", exports.provider, "--out", str(tmp_path)]
    command += ["--size", str(SIZE_BYTES[exports.provider])]

    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    assert Path(printed) == tmp_path / exports.first.name
    assert Path(printed).read_bytes() == exports.first.read_bytes()


def test_export_that_is_there_is_not_written_again(exports: Exports) -> None:
    """A bench that runs again starts at once."""
    written_ns = exports.first.stat().st_mtime_ns

    again = write_export(_plan(exports.provider), exports.first.parent)

    assert again == exports.first
    assert again.stat().st_mtime_ns == written_ns


def test_records_are_the_elements_of_the_array(exports: Exports) -> None:
    """Cutting by the first keys finds every conversation, and nothing inside one."""
    records = [json.loads(record) for record in conversation_records(exports.first, exports.reading)]

    assert records == _read(exports.first, "conversations.json")


def test_next_month_continues_the_stated_share(exports: Exports) -> None:
    """One in twenty conversations differs, the others are byte for byte the same."""
    before, after = exports.records(exports.first), exports.records(exports.second)
    told = exports.conversations(exports.second)
    newest = max(map(_updated, exports.conversations(exports.first).values()))

    continued = [key for key, record in before.items() if after[key] != record]

    assert len(continued) == len(before) * 5 // 100
    assert all(_updated(told[key]) > newest for key in continued)


def test_next_month_has_a_few_new_conversations(exports: Exports) -> None:
    """New conversations come on top, all of them younger than the export before."""
    before, after = exports.conversations(exports.first), exports.conversations(exports.second)

    new = [conversation for key, conversation in after.items() if key not in before]

    assert 0 < len(new) <= max(2, len(before) * 5 // 100)
    assert min(map(_updated, new)) > max(map(_updated, before.values()))


def test_every_message_becomes_a_row(exports: Exports) -> None:
    """What is measured is the reading of whole records, not the refusal of strange ones."""
    told = [
        exports.reading.texts(json.loads(record)) for record in conversation_records(exports.first, exports.reading)
    ]

    parsed = _parsed(exports)

    assert [len(one.rows.get(MessageRow, [])) for one in parsed] == [len([*texts]) for texts in told]


def test_claude_has_no_field_that_is_unknown(folder: Path) -> None:
    """The generator writes what real exports are known to have, and nothing else."""
    known = PROVIDERS["claude"].known_fields

    shapes = {shape for one in _parsed(_exports("claude", folder)) for shape in one.shapes}

    assert [place for place, keys in shapes if not known[place] >= set(keys)] == []


def test_peers_read_as_many_messages_as_there_are(exports: Exports) -> None:
    """A peer that left messages out would look faster than it is."""
    for record in conversation_records(exports.first, exports.reading):
        conversation = json.loads(record)

        messages = [*exports.reading.messages(conversation)]

        assert len(messages) == len([*exports.reading.texts(conversation)])


def test_recorded_saves_are_in_the_memory_list(folder: Path) -> None:
    """Three of ten listed memories of ChatGPT were saved by a call that a conversation holds."""
    export = _exports("chatgpt", folder).first
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


def test_recorded_edits_are_in_claudes_memory(folder: Path) -> None:
    """Every eighth conversation edits the memory, and the text of the memory tells what was edited."""
    exports = _exports("claude", folder)
    (memory,) = _read(exports.first, "memories.json")

    contents = [row.content for row in _rows(exports, EventRow) if row.content is not None]

    assert len(contents) == -(-len(exports.conversations(exports.first)) // 8)
    assert all(content in memory["conversations_memory"] for content in contents)


def test_claude_has_blocks_of_all_kinds_documents_and_branches(folder: Path) -> None:
    """What makes Claude's records slow or quick to read occurs, each of it often."""
    exports = _exports("claude", folder)
    messages = [
        message
        for conversation in _read(exports.first, "conversations.json")
        for message in conversation["chat_messages"]
    ]

    kinds = Counter(block["type"] for message in messages for block in message["content"])
    parents = Counter(message["parent_message_uuid"] for message in messages)

    assert min(kinds[kind] for kind in ("text", "thinking", "tool_use", "tool_result")) > len(messages) / 10
    assert kinds["tool_use"] == kinds["tool_result"]
    assert len(_rows(exports, AttachmentRow)) > len(messages) / 20
    assert sum(count - 1 for parent, count in parents.items() if not parent.startswith("00000000-")) > 0
    assert any(row.is_on_active_path is False for row in _rows(exports, MessageRow))


def test_some_of_claudes_conversations_are_empty(folder: Path) -> None:
    """An account has conversations in which nothing was said."""
    conversations = _read(_exports("claude", folder).first, "conversations.json")

    empty = [conversation for conversation in conversations if not conversation["chat_messages"]]

    assert 0 < len(empty) <= len(conversations) / 10


def test_claudes_memory_is_partly_reworded_a_month_later(folder: Path) -> None:
    """Most statements stay as they were, some are put in other words, and a few are gone."""
    exports = _exports("claude", folder)
    ((before,), (after,)) = (_read(export, "memories.json") for export in (exports.first, exports.second))

    old, new = (set(memory["conversations_memory"].split(". ")) for memory in (before, after))

    assert len(old) / 2 < len(old & new) < len(old)
    assert before["project_memories"].keys() == after["project_memories"].keys()


@pytest.mark.parametrize("provider", PROVIDERS)
def test_compact_style_has_neither_escapes_nor_spaces(provider: str, tmp_path: Path) -> None:
    """The second style is how another writer would have put the same conversations."""
    plan = ExportPlan(provider=provider, size_bytes=100_000, style="compact")

    first = next(conversation_records(write_export(plan, tmp_path), READINGS[provider]))

    assert b'", "' not in first
    assert rb"\u00" not in first
    assert not first.isascii()


def _updated(conversation: SimpleConversation) -> int:
    return time_us(conversation.updated) or 0


def _plan(provider: str, changed_share: float = 0.0) -> ExportPlan:
    return ExportPlan(provider=provider, size_bytes=SIZE_BYTES[provider], changed_share=changed_share)


def _exports(provider: str, folder: Path) -> Exports:
    first, second = (write_export(_plan(provider, share), folder) for share in (0.0, 0.05))
    return Exports(provider, READINGS[provider], first, second)


@cache
def _weight(exports: Exports) -> Honesty:
    return measure_honesty(exports.first, exports.reading)


def _parsed(exports: Exports) -> list[Parsed]:
    provider = PROVIDERS[exports.provider]
    records = conversation_records(exports.first, exports.reading)
    parsed = [provider.parse("conversations", JsonBytes(record)) for record in records]
    assert all(isinstance(one, Parsed) for one in parsed)
    return [one for one in parsed if isinstance(one, Parsed)]


def _rows(exports: Exports, row_type: type[RowT]) -> list[RowT]:
    rows = [row for one in _parsed(exports) for found in one.rows.values() for row in found]
    return [row for row in rows if isinstance(row, row_type)]


def _read(export: Path, name: str) -> list[Json]:
    with zipfile.ZipFile(export) as archive:
        elements: list[Json] = json.loads(archive.read(name))
    return elements
