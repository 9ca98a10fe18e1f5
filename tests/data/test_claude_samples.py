"""The samples of Claude are sound: known ids, times in order, and each layout as it is."""

from __future__ import annotations

import re
import uuid
import zipfile
from pathlib import Path

import pytest
from support.claude_samples import NO_PARENT, blocks, chats, conversation_elements, memory_record
from support.deliveries import opened_names
from support.samples import (
    CLAUDE_FOLDERS,
    CLAUDE_JUNE,
    CLAUDE_MARCH,
    CLAUDE_OCTOBER,
    DUMP_FOLDERS,
    JsonObject,
    load,
    zip_parts,
)

CONVERSATION_KEYS = {"uuid", "name", "summary", "created_at", "updated_at", "account", "chat_messages"}
MESSAGE_KEYS = {"uuid", "text", "content", "sender", "created_at", "updated_at", "attachments", "files"}
PROJECT_KEYS = {
    "uuid",
    "name",
    "description",
    "is_private",
    "is_starter_project",
    "prompt_template",
    "created_at",
    "updated_at",
    "creator",
    "docs",
}
NOT_SHOWN = "```\nThis block is not supported on your current device yet.\n```"
RESERVED_HOST = re.compile(r"(?:[\w-]+\.)*example\.(?:org|invalid)")

FOLDERS = pytest.mark.parametrize("folder", CLAUDE_FOLDERS, ids=lambda folder: folder.name)


def projects(folder: Path) -> list[JsonObject]:
    """Return the projects of an export, of either layout."""
    one_file = folder / "projects.json"
    if one_file.exists():
        return list(load(one_file))
    return [load(path) for path in sorted(folder.rglob("projects/*.json"))]


def design_chats() -> list[JsonObject]:
    """Return the design chats of the only export that has some."""
    return [load(path) for path in sorted(CLAUDE_OCTOBER.rglob("design_chats/*.json"))]


@FOLDERS
def test_ids_are_random_and_unique(folder: Path) -> None:
    """Conversations, messages and calls of tools have ids that look like Claude's and occur once."""
    found = list(chats(folder).values())
    message_ids = [message["uuid"] for conversation in found for message in conversation["chat_messages"]]
    call_ids = [block["id"] for conversation in found for block in blocks(conversation, "tool_use")]
    ids = [conversation["uuid"] for conversation in found] + message_ids

    assert len(set(ids)) == len(ids)
    assert {uuid.UUID(each).version for each in ids} == {4}
    assert len(set(call_ids)) == len(call_ids)
    assert all(call_id.startswith("toolu_01") for call_id in call_ids)


@FOLDERS
def test_records_have_the_keys_of_their_layout(folder: Path) -> None:
    """Only the older export does not say which message follows which."""
    message_keys = MESSAGE_KEYS if folder == CLAUDE_MARCH else MESSAGE_KEYS | {"parent_message_uuid"}

    for conversation in chats(folder).values():
        assert conversation.keys() == CONVERSATION_KEYS
        assert all(message.keys() == message_keys for message in conversation["chat_messages"])
    assert all(project.keys() == PROJECT_KEYS for project in projects(folder))


@pytest.mark.parametrize("folder", [CLAUDE_JUNE, CLAUDE_OCTOBER], ids=lambda folder: folder.name)
def test_messages_follow_one_that_is_there(folder: Path) -> None:
    """A parent stands before its message and has the other sender."""
    for conversation in chats(folder).values():
        senders = {NO_PARENT: "assistant"}
        for message in conversation["chat_messages"]:
            assert senders[message["parent_message_uuid"]] != message["sender"]
            senders[message["uuid"]] = message["sender"]


@FOLDERS
def test_times_lie_inside_each_other(folder: Path) -> None:
    """Blocks lie in their message, messages in their conversation, in order, and all before the export."""
    for conversation in chats(folder).values():
        times = [conversation["created_at"]]
        for message in conversation["chat_messages"]:
            inside = [time for it in message["content"] for time in (it["start_timestamp"], it["stop_timestamp"])]
            moments = [message["created_at"], *inside, message["updated_at"]]
            assert moments == sorted(moments)
            times.append(message["created_at"])
        assert times == sorted(times)
        newest = max([conversation["created_at"], *(it["updated_at"] for it in conversation["chat_messages"])])
        assert newest <= conversation["updated_at"] < folder.name[-10:]


def test_common_messages_say_the_same_in_all_claude_exports() -> None:
    """Later exports only add to what a message is, the id of its parent."""
    seen: dict[str, JsonObject] = {}
    for folder in CLAUDE_FOLDERS:
        for conversation in chats(folder).values():
            for message in conversation["chat_messages"]:
                stated = {key: value for key, value in message.items() if key != "parent_message_uuid"}
                assert seen.setdefault(message["uuid"], stated) == stated


@FOLDERS
def test_the_text_of_a_message_repeats_its_blocks_or_is_empty(folder: Path) -> None:
    """What is no text leaves a mark, thoughts leave none; only the oldest conversation has a text and no blocks."""
    for conversation in chats(folder).values():
        for message in conversation["chat_messages"]:
            shown = [block.get("text", NOT_SHOWN) for block in message["content"] if block["type"] != "thinking"]
            assert not (message["text"] and shown) or message["text"] == "\n\n".join(shown)


@FOLDERS
def test_every_call_of_a_tool_has_its_result_right_behind(folder: Path) -> None:
    """A result names the call before it, and the same tool."""
    for conversation in chats(folder).values():
        for message in conversation["chat_messages"]:
            for before, after in zip([None, *message["content"]], [*message["content"], None], strict=True):
                is_call = before is not None and before["type"] == "tool_use"
                is_result = after is not None and after["type"] == "tool_result"
                assert is_call is is_result
                if before and after and is_call:
                    assert (after["tool_use_id"], after["name"]) == (before["id"], before["name"])


def test_one_claude_record_is_damaged() -> None:
    """Among all conversations of all exports one has no id: the third of June."""
    damaged = [
        (folder.name, number)
        for folder in CLAUDE_FOLDERS
        for number, element in enumerate(conversation_elements(folder), start=1)
        if "uuid" not in element or not isinstance(element["chat_messages"], list)
    ]

    assert damaged == [("claude-2026-06-20", 3)]


@FOLDERS
def test_an_export_belongs_to_one_account(folder: Path) -> None:
    """Whoever is named, by conversations, projects, memory or users, is the same."""
    (user,) = load(next(folder.rglob("users.json")))
    owners = [
        *(conversation["account"] for conversation in chats(folder).values()),
        *(project["creator"] for project in projects(folder)),
        {"uuid": memory_record(folder)["account_uuid"]},
    ]

    assert {owner["uuid"] for owner in owners} == {user["uuid"]}
    assert user["email_address"] == "noa.lindqvist@example.org"
    assert user["verified_phone_number"] is None
    assert {load(next(it.rglob("users.json")))[0]["uuid"] for it in CLAUDE_FOLDERS} == {user["uuid"]}


@pytest.mark.parametrize("folder", [*CLAUDE_FOLDERS, *DUMP_FOLDERS], ids=lambda folder: folder.name)
def test_addresses_are_reserved_ones(folder: Path) -> None:
    """No link and no mail address leads to somebody."""
    texts = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()]
    hosts = {host for text in texts for host in re.findall(r"(?:https?://|[\w.+-]+@)([\w.-]+)", text)}

    assert {host for host in hosts if not RESERVED_HOST.fullmatch(host)} == set()


@FOLDERS
def test_projects_are_one_of_hers_and_the_one_that_everybody_has(folder: Path) -> None:
    """Tidewatch has instructions and documents, made before the export; file names are the projects' ids."""
    by_name = {project["name"]: project for project in projects(folder)}
    tidewatch = by_name["Tidewatch"]

    assert by_name.keys() == {"Tidewatch", "How to use Claude"}
    assert [name for name, project in by_name.items() if project["is_starter_project"]] == ["How to use Claude"]
    assert tidewatch["prompt_template"]
    assert len(tidewatch["docs"]) == (3 if folder == CLAUDE_OCTOBER else 2)
    assert max(tidewatch["updated_at"], *(doc["created_at"] for doc in tidewatch["docs"])) < folder.name[-10:]
    assert all(load(path)["uuid"] == path.stem for path in folder.rglob("projects/*.json"))
    assert memory_record(folder).get("project_memories", {tidewatch["uuid"]: ""}).keys() == {tidewatch["uuid"]}


def test_design_chats_and_the_reflection_are_in_the_newest_export_only() -> None:
    """Two design chats wrap what was said once more; the reflection calls itself one."""
    (reflection,) = (load(path) for path in CLAUDE_OCTOBER.rglob("reflections/*.json"))

    assert [len(chat["messages"]) for chat in design_chats()] == [3, 2]
    for chat in design_chats():
        assert chat.keys() == {"uuid", "title", "project", "created_at", "updated_at", "messages"}
        for message in chat["messages"]:
            assert message.keys() == {"uuid", "role", "content", "created_at"}
            assert message["content"]["role"] == message["role"]
            assert chat["created_at"] <= message["created_at"] <= chat["updated_at"] < CLAUDE_OCTOBER.name[-10:]
    assert "reflection_type" in reflection
    assert reflection["updated_at"] < CLAUDE_OCTOBER.name[-10:]
    assert not [*CLAUDE_MARCH.rglob("design_chats*"), *CLAUDE_JUNE.rglob("design_chats*")]


def test_the_manifest_names_every_part() -> None:
    """Each folder beside the manifest is a part that it lists, at an address that nobody has."""
    manifest = load(CLAUDE_OCTOBER / "manifest.json")
    parts = manifest["data_files"]
    folders = sorted(path.name for path in CLAUDE_OCTOBER.iterdir() if path.is_dir())

    assert manifest["total_files"] == len(parts)
    assert sorted(part["filename"] for part in parts) == [f"{name}.zip" for name in folders]
    assert all(part["filename"] == f"{part['category']}-{part['part']:03}.zip" for part in parts)
    assert [part["batch_index"] for part in parts] == list(range(len(parts)))
    assert all(part["export_url"].startswith("https://downloads.example.invalid/") for part in parts)
    assert manifest["created_at"].startswith(CLAUDE_OCTOBER.name[-10:])


def test_parts_are_written_as_they_are_delivered(tmp_path: Path) -> None:
    """The manifest comes first and as it is, then one ZIP for each part, with equal bytes every time."""
    (tmp_path / "again").mkdir()
    written = zip_parts(CLAUDE_OCTOBER, tmp_path)
    again = zip_parts(CLAUDE_OCTOBER, tmp_path / "again")

    with zipfile.ZipFile(tmp_path / "light_metadata-000.zip") as archive:
        assert archive.namelist() == ["login_history.json", "users.json"]
    assert written[0].read_bytes() == (CLAUDE_OCTOBER / "manifest.json").read_bytes()
    assert [path.suffix for path in written] == [".json", *[".zip"] * 7]
    assert [path.read_bytes() for path in written] == [path.read_bytes() for path in again]


def test_the_folder_and_its_zipped_parts_are_the_same_delivery(tmp_path: Path) -> None:
    """Unpacked or not, the parts belong together and hold the same files, which are told apart by their part."""
    unpacked = opened_names([CLAUDE_OCTOBER])
    zipped = opened_names(zip_parts(CLAUDE_OCTOBER, tmp_path))

    assert [len(names) for names in unpacked.values()] == [10]
    assert [sorted(names) for names in unpacked.values()] == [
        sorted(name.replace(".zip/", "/") for name in names) for names in zipped.values()
    ]
