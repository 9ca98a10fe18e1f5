"""The samples are printed for reading and small; those of ChatGPT are sound: whole trees, each dialect as it is."""

from __future__ import annotations

import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from support.samples import (
    AUGUST,
    CHATGPT_FOLDERS,
    CLASSIC_FOLDERS,
    JANUARY,
    OCTOBER,
    SAMPLES,
    SEPTEMBER,
    SLIM_FOLDERS,
    JsonObject,
    active_path,
    conversations,
    load,
    messages,
    sample_folders,
    zip_sample,
)

JSON_FILES = [path for folder in sample_folders() for path in sorted(folder.rglob("*.json"))]

SLIM_CONVERSATION_KEYS = {
    "conversation_id",
    "conversation_template_id",
    "create_time",
    "current_node",
    "default_model_slug",
    "id",
    "is_archived",
    "is_do_not_remember",
    "is_read_only",
    "is_starred",
    "is_study_mode",
    "mapping",
    "memory_scope",
    "pinned_time",
    "plugin_ids",
    "title",
    "update_time",
    "voice",
}


def label(path: Path) -> str:
    """Name a test case by the file or folder it is about."""
    return path.relative_to(SAMPLES).as_posix()


@pytest.mark.parametrize("path", JSON_FILES, ids=label)
def test_sample_files_are_printed_for_reading(path: Path) -> None:
    """Every JSON file is indented by one space and shows its letters as they are, so that people can compare."""
    assert path.read_text(encoding="utf-8") == json.dumps(load(path), ensure_ascii=False, indent=1) + "\n"


def test_samples_stay_small() -> None:
    """All samples together are small enough to be part of every checkout."""
    total_bytes = sum(path.stat().st_size for path in SAMPLES.rglob("*") if path.is_file())

    assert total_bytes < 1_000_000


def test_all_chatgpt_exports_belong_to_one_person() -> None:
    """The four exports are of one account, at a reserved address."""
    users = [load(folder / "user.json") for folder in CHATGPT_FOLDERS]

    assert len({user["id"] for user in users}) == 1
    assert {user["email"] for user in users} == {"noa.lindqvist@example.org"}


@pytest.mark.parametrize("folder", CHATGPT_FOLDERS, ids=label)
def test_conversation_trees_are_whole(folder: Path) -> None:
    """Ids are unique, parents exist, there is one root, and the current node is a leaf."""
    seen_ids: set[str] = set()
    for conversation in conversations(folder).values():
        nodes = conversation["mapping"]
        message_ids = [message["id"] for message in messages(conversation)]
        parents = [node["parent"] for node in nodes.values()]
        *_, root = active_path(conversation)
        assert conversation["conversation_id"] == conversation["id"]
        assert seen_ids.isdisjoint(message_ids)
        assert len(message_ids) == len(set(message_ids))
        assert parents.count(None) == 1
        assert set(parents) - {None} <= nodes.keys()
        assert conversation["current_node"] not in parents
        assert root["message"] is None
        seen_ids.update(message_ids)


@pytest.mark.parametrize("folder", CHATGPT_FOLDERS, ids=label)
def test_nothing_is_newer_than_its_export(folder: Path) -> None:
    """The date in the folder's name is later than anything inside."""
    newest = max(conversation["update_time"] for conversation in conversations(folder).values())
    memory_file = folder / "memory.json"
    memories = load(memory_file) if memory_file.exists() else []

    assert newest < datetime.fromisoformat(f"{folder.name[-10:]}T00:00Z").timestamp()
    assert all(memory["created_at"] <= memory["updated_at"] < folder.name[-10:] for memory in memories)


def test_common_messages_say_the_same_in_all_exports() -> None:
    """A message never changes its content, also not between the dialects."""
    contents: dict[str, JsonObject] = {}
    for folder in CHATGPT_FOLDERS:
        for conversation in conversations(folder).values():
            for message in messages(conversation):
                assert contents.setdefault(message["id"], message["content"]) == message["content"]


@pytest.mark.parametrize("folder", SLIM_FOLDERS, ids=label)
def test_slim_exports_hold_only_what_that_dialect_holds(folder: Path) -> None:
    """The slim dialect has fewer keys and nothing of the tool and system layer."""
    for conversation in conversations(folder).values():
        assert conversation.keys() == SLIM_CONVERSATION_KEYS
        assert all(node.keys() == {"id", "message", "parent"} for node in conversation["mapping"].values())
        for message in messages(conversation):
            assert message.keys() - {"metadata"} == {"id", "author", "create_time", "content"}
            assert message["author"]["role"] in {"user", "assistant"}
            assert message["content"]["content_type"] in {"text", "multimodal_text", "thoughts", "reasoning_recap"}


def test_slim_exports_keep_every_visible_message() -> None:
    """What January shows to a reader is still there in August, below the nearest message that is."""
    after = conversations(AUGUST)
    for conversation_id, conversation in conversations(JANUARY).items():
        visible_ids = {
            message["id"]
            for message in messages(conversation)
            if message["author"]["role"] in {"user", "assistant"}
            and message["recipient"] == "all"
            and not message["metadata"].get("is_visually_hidden_from_conversation")
        }
        assert visible_ids <= after[conversation_id]["mapping"].keys()
        for message_id in visible_ids:
            assert _visible_ancestor(conversation, message_id, visible_ids) == _parent(
                after[conversation_id], message_id
            )


def _visible_ancestor(conversation: JsonObject, message_id: str, visible_ids: set[str]) -> str | None:
    parent = _parent(conversation, message_id)
    while parent is not None and parent not in visible_ids:
        parent = _parent(conversation, parent)
    return parent


def _parent(conversation: JsonObject, node_id: str) -> str | None:
    parent_id = conversation["mapping"][node_id]["parent"]
    return parent_id if parent_id and conversation["mapping"][parent_id]["message"] else None


@pytest.mark.parametrize("folder", CHATGPT_FOLDERS, ids=label)
def test_projects_are_told_by_the_field_their_dialect_has(folder: Path) -> None:
    """Tidewatch conversations, and only they, name the project; slim exports have just the template id."""
    for conversation in conversations(folder).values():
        is_project = conversation["title"].startswith("Tidewatch: ")
        assert (conversation["conversation_template_id"] or "").startswith("g-p-") is is_project
        if folder in CLASSIC_FOLDERS:
            assert conversation["gizmo_id"] == conversation["conversation_template_id"]


def test_one_chatgpt_record_is_damaged() -> None:
    """Among all conversations of all ChatGPT exports one is none: the fifth of August."""
    damaged = [
        (folder.name, number)
        for folder in CHATGPT_FOLDERS
        for path in sorted(folder.glob("conversations*.json"))
        for number, element in enumerate(load(path), start=1)
        if not isinstance(element, dict)
    ]

    assert damaged == [("chatgpt-2026-08-03", 5)]


def test_manifest_names_every_json_file() -> None:
    """October's manifest names each JSON file beside it once, the shards as one logical file."""
    manifest = load(OCTOBER / "export_manifest.json")
    named = [name for entry in manifest["logical_files"].values() for name in entry["files"]]

    assert sorted([*named, "export_manifest.json"]) == sorted(path.name for path in OCTOBER.glob("*.json"))
    assert manifest["logical_files"]["conversations.json"] == {
        "sharded": True,
        "files": ["conversations-000.json", "conversations-001.json"],
    }


@pytest.mark.parametrize("folder", CHATGPT_FOLDERS, ids=label)
def test_side_files_point_to_what_is_there(folder: Path) -> None:
    """Feedback and shared links name known conversations, feedback a message of theirs."""
    known = conversations(folder)
    feedback = load(folder / "message_feedback.json")
    shared = load(folder / "shared_conversations.json")

    assert feedback
    assert shared
    assert all(it["id"] in known[it["conversation_id"]]["mapping"] for it in feedback)
    assert all(it["conversation_id"] in known for it in shared)


@pytest.mark.parametrize("folder", CHATGPT_FOLDERS, ids=label)
def test_every_upload_lies_beside_the_conversations(folder: Path) -> None:
    """An attached file is there with the size its message states: under its name, or as `.dat` with the name apart."""
    uploads = [
        attachment
        for conversation in conversations(folder).values()
        for message in messages(conversation)
        for attachment in message.get("metadata", {}).get("attachments", [])
    ]
    file_names = load(folder / "conversation_asset_file_names.json") if folder in SLIM_FOLDERS else {}

    assert len(uploads) == {SEPTEMBER: 2, JANUARY: 3, AUGUST: 4, OCTOBER: 4}[folder]
    for upload in uploads:
        stored_name = f"{upload['id']}.dat" if folder in SLIM_FOLDERS else f"{upload['id']}-{upload['name']}"
        assert (folder / stored_name).stat().st_size == upload["size"]
        assert file_names.get(stored_name, upload["name"]) == upload["name"]
    assert all((folder / stored_name).exists() for stored_name in file_names)


def test_zipped_sample_has_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Zipping twice gives equal bytes, dated by the folder's name."""
    first = zip_sample(SEPTEMBER, tmp_path)
    second = zip_sample(SEPTEMBER, tmp_path, name="again.zip")

    with zipfile.ZipFile(first) as archive:
        members = archive.infolist()
        texts = {member.filename: archive.read(member) for member in members}
    assert first.name == "chatgpt-2025-09-30.zip"
    assert first.read_bytes() == second.read_bytes()
    assert {member.date_time for member in members} == {(2025, 9, 30, 0, 0, 0)}
    assert texts["memory.json"] == (SEPTEMBER / "memory.json").read_bytes()
    assert [member.filename for member in members] == sorted(texts)


def test_zipped_sample_can_have_a_top_folder(tmp_path: Path) -> None:
    """On request every member stands in one folder, as after zipping an unpacked export."""
    with zipfile.ZipFile(zip_sample(OCTOBER, tmp_path, top_folder=True)) as archive:
        names = archive.namelist()

    assert "chatgpt-2026-10-20/export_manifest.json" in names
    assert all(name.startswith("chatgpt-2026-10-20/") for name in names)
