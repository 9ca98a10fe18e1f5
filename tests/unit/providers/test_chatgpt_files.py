"""Which files the ChatGPT provider claims, told by their shape."""

from __future__ import annotations

import pytest

from memlake.provider import FileKind, FileShape, Match
from memlake.providers import claim
from memlake.providers.chatgpt import PROVIDER
from memlake.providers.chatgpt.memory_page import PAGE_MARKER

MEMORY_KEYS = "id content enabled created_at updated_at"
API_KEYS = "id content updated_at created_timestamp status"


def shape(base_name: str, kind: FileKind, keys: str = "", **inner: str) -> FileShape:
    """Describe a file; keys are separated by spaces."""
    return FileShape(
        base_name=base_name,
        kind=kind,
        keys=frozenset(keys.split()) | {key.partition(".")[0] for key in inner},
        inner={key: frozenset(words.split()) for key, words in inner.items()},
    )


def claimed(file: FileShape) -> tuple[str, Match] | None:
    """Return the entity and the way to read a file."""
    found = claim(PROVIDER, file)
    return None if found is None else (found[0].entity, found[1])


@pytest.mark.parametrize(
    ("file", "entity", "match"),
    [
        (shape("x.json", "array", "id title mapping"), "conversations", Match()),
        (shape("x.jsonl", "lines", "id title mapping"), "conversations", Match()),
        (shape("conversations-007.json", "array", "mapping"), "conversations", Match()),
        (shape("one.json", "object", "id mapping"), "conversations", Match(records="whole")),
        (shape("x.json", "object", conversations="mapping"), "conversations", Match(list_key="conversations")),
        (shape("memory.json", "array", MEMORY_KEYS), "memories", Match()),
        (shape("saved.json", "array", "id text created_timestamp"), "memories", Match()),
        (shape("memories.json", "array", "id value"), "memories", Match()),
        (shape("x.json", "object", memories="id content updated_at status"), "memories", Match(list_key="memories")),
        (shape("memory.json", "object", items="id memory"), "memories", Match(list_key="items")),
        (shape("x.json", "object", "memory_max_tokens", memories=""), "memories", Match(list_key="memories")),
        (
            shape("x.json", "object", "memory_num_tokens memory_max_tokens", memory_entries="id content"),
            "memories",
            Match(list_key="memory_entries"),
        ),
        (
            shape("x.json", "object", "plan", **{"memory_tool_config.memory_entries": API_KEYS}),
            "memories",
            Match(list_key="memory_tool_config.memory_entries"),
        ),
        (
            shape("chatgpt-memories-2026-05-17.json", "object", "exported_at account count", memories=API_KEYS),
            "memories",
            Match(list_key="memories"),
        ),
        (shape("chatgpt-memories-1.json", "object", memories=""), "memories", Match(list_key="memories")),
        (shape("u.json", "object", "id email chatgpt_plus_user phone_number"), "account", Match(records="whole")),
        (shape("f.json", "array", "id conversation_id user_id rating create_time content"), "feedback", Match()),
        (shape("s.json", "array", "id conversation_id title is_anonymous"), "shared_links", Match()),
        (shape("library_files.json", "array", "file_id file_name created_at"), "file_names", Match()),
        (shape("names.json", "object", "file_1.dat file-2 file_3"), "file_names", Match(records="whole")),
        (
            shape("conversation_asset_file_names.json", "object", "odd"),
            "file_names",
            Match(records="whole"),
        ),
        (shape("export_manifest.json", "object", "version logical_files"), "manifest", Match(records="whole")),
        (shape("chat.html", "html"), "memory_page", Match(records="excerpt", marker=PAGE_MARKER)),
        (shape("User_Settings.json", "array", "user_id settings"), "settings", Match(records="whole")),
        (shape("group_chats.json", "object", chats=""), "group_chats", Match(records="whole")),
    ],
)
def test_file_is_claimed_by_its_shape(file: FileShape, entity: str, match: Match) -> None:
    """Whatever its name, where the shape is enough."""
    assert claimed(file) == (entity, match)


@pytest.mark.parametrize(
    "file",
    [
        shape("conversations.json", "array", "uuid name chat_messages account"),
        shape("memories.json", "array", "conversations_memory account_uuid"),
        shape("memories.json", "array", "uuid id content created_at"),
        shape("memory.json", "array", "content created_at"),
        shape("memory.json", "array", "id content created_at owner"),
        shape("memory.json", "object", "owner", memories="id content"),
        shape("posts.json", "array", "id text"),
        shape("x.json", "object", memories="content"),
        shape("x.json", "object", items=""),
        shape("users.json", "array", "uuid full_name"),
        shape("user.json", "object", "id email"),
        shape("notes.json", "object", "title body"),
        shape("notes.md", "text"),
        shape("user_settings.json", "unreadable"),
        shape("broken.json", "unreadable"),
        shape("x.json", "object"),
    ],
)
def test_file_of_somebody_else_is_not_claimed(file: FileShape) -> None:
    """Siblings and other assistants' arrays look alike, but not quite."""
    assert claimed(file) is None


@pytest.mark.parametrize(
    ("base_name", "entity"),
    [
        ("conversations.json", "conversations"),
        ("Conversations-003.json", "conversations"),
        ("memory.json", "memories"),
        ("user.json", "account"),
        ("message_feedback.json", "feedback"),
        ("shared_conversations.json", "shared_links"),
        ("library_files.json", "file_names"),
        ("shopping.json", "shopping"),
        ("sora.json", "sora"),
    ],
)
def test_empty_file_is_claimed_by_its_name(base_name: str, entity: str) -> None:
    """Emptiness has no shape; such a list holds no records."""
    assert claimed(shape(base_name, "empty")) == (entity, Match())


def test_empty_file_of_an_unknown_name_is_not_claimed() -> None:
    """It could be anybody's."""
    assert claimed(shape("projects.json", "empty")) is None


@pytest.mark.parametrize(
    ("list_text", "is_claimed"), [("[]", True), ('["User bakes."]', False), ('[ "User bakes."]', False)]
)
def test_list_of_texts_is_not_what_the_web_api_answers(list_text: str, is_claimed: bool) -> None:  # noqa: FBT001
    """Its memories have ids; an empty list can only be told by the name or by the totals beside it."""
    file = FileShape(
        base_name="memories.json",
        kind="object",
        keys=frozenset({"memories"}),
        inner={"memories": frozenset()},
        head=f'{{"memories": {list_text}}}',
    )

    assert (claimed(file) is not None) is is_claimed


def test_conversations_memories_and_account_prove_whose_export_it_is() -> None:
    """The others are claimed only beside one of these."""
    assert {rule.entity for rule in PROVIDER.rules if rule.is_proof} == {"conversations", "memories", "account"}
