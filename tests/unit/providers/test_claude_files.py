"""Which files the Claude provider claims, told by their shape."""

from __future__ import annotations

import pytest

from memlake.provider import FileKind, FileShape, Match
from memlake.providers import claim
from memlake.providers.chatgpt import PROVIDER as CHATGPT
from memlake.providers.claude import PROVIDER

CONVERSATION = "uuid name summary created_at updated_at account chat_messages"
PROJECT = "uuid name description is_private is_starter_project prompt_template created_at docs"
USER = "uuid full_name email_address verified_phone_number"
PROSE = "account_uuid conversations_memory"
DESIGN_CHAT = "uuid title project created_at updated_at"
DESIGN_MESSAGE = "uuid role content created_at"
WHOLE = Match(records="whole")


def shape(base_name: str, kind: FileKind, keys: str = "", **inner: str) -> FileShape:
    """Describe a file; keys are separated by spaces."""
    return FileShape(
        base_name=base_name,
        kind=kind,
        keys=frozenset(keys.split()) | frozenset(inner),
        inner={key: frozenset(words.split()) for key, words in inner.items()},
    )


CLAIMS: list[tuple[FileShape, str, Match]] = [
    (shape("x.json", "array", CONVERSATION), "conversations", Match()),
    (shape("x.jsonl", "lines", CONVERSATION), "conversations", Match()),
    (shape("one.json", "object", CONVERSATION, chat_messages="uuid text"), "conversations", WHOLE),
    (shape("x.json", "object", conversations=CONVERSATION), "conversations", Match(list_key="conversations")),
    (shape("memories.json", "array", f"{PROSE} project_memories"), "memory_prose", Match()),
    (shape("0e1.json", "object", PROSE, memory_files="path content"), "memory_prose", WHOLE),
    (shape("0e1.json", "object", "account_uuid project_memories"), "memory_prose", WHOLE),
    (shape("0e1.json", "object", memories=PROSE), "memory_prose", Match(list_key="memories")),
    (shape("projects.json", "array", PROJECT), "projects", Match()),
    (shape("0d1.json", "object", PROJECT, docs="uuid filename content"), "projects", WHOLE),
    (shape("projects.json", "object", projects=PROJECT), "projects", Match(list_key="projects")),
    (shape("users.json", "array", USER), "account", Match()),
    (shape("users.json", "object", USER), "account", WHOLE),
    (shape("0b1.json", "object", DESIGN_CHAT, messages=DESIGN_MESSAGE), "design_chats", WHOLE),
    (shape("0b1.json", "object", DESIGN_CHAT, messages=""), "design_chats", WHOLE),
    (shape("x.json", "array", "uuid title messages"), "design_chats", Match()),
    (shape("0c1.json", "object", reflections="uuid summary"), "reflections", Match(list_key="reflections")),
    (shape("reflections.json", "array", "uuid summary"), "reflections", Match()),
    (shape("Reflection-1.json", "object", "uuid summary"), "reflections", WHOLE),
    (shape("0c1.json", "object", "uuid reflection_text"), "reflections", WHOLE),
    (shape("login_history.json", "object", login_events=""), "login_history", WHOLE),
]


@pytest.mark.parametrize(("file", "entity", "match"), CLAIMS)
def test_file_is_claimed_by_its_shape(file: FileShape, entity: str, match: Match) -> None:
    """Whatever its name, where the shape is enough; an array where an object is expected, and the reverse."""
    found = claim(PROVIDER, file)

    assert found is not None
    assert (found[0].entity, found[1]) == (entity, match)


@pytest.mark.parametrize("file", [file for file, _, _ in CLAIMS])
def test_file_proves_nothing_for_another_provider(file: FileShape) -> None:
    """Half of all exports are arrays of objects with an id."""
    found = claim(CHATGPT, file)

    assert found is None or not found[0].is_proof


@pytest.mark.parametrize(
    "file",
    [
        shape("conversations.json", "array", "id title mapping"),
        shape("memory.json", "array", "id content created_at updated_at"),
        shape("user.json", "object", "id email chatgpt_plus_user"),
        shape("projects.json", "array", "uuid name"),
        shape("x.json", "object", "account_uuid"),
        shape("x.json", "object", "uuid messages"),
        shape("contacts.json", "array", "uuid email_address"),
        shape("reflections.md", "text"),
        shape("conversations.json", "unreadable"),
    ],
)
def test_file_of_somebody_else_is_not_claimed(file: FileShape) -> None:
    """Siblings and other assistants' files look alike, but not quite."""
    assert claim(PROVIDER, file) is None


@pytest.mark.parametrize(
    ("base_name", "entity"),
    [
        ("conversations.json", "conversations"),
        ("Conversations-001.json", "conversations"),
        ("memories.json", "memory_prose"),
        ("projects.json", "projects"),
        ("users.json", "account"),
        ("design_chats.json", "design_chats"),
        ("reflections.json", "reflections"),
        ("login_history.json", "login_history"),
    ],
)
def test_empty_file_is_claimed_by_its_name(base_name: str, entity: str) -> None:
    """Emptiness has no shape; such a list holds no records."""
    found = claim(PROVIDER, shape(base_name, "empty"))

    assert found is not None
    assert (found[0].entity, found[1]) == (entity, Match())


@pytest.mark.parametrize(
    ("file", "is_proof"),
    [
        (shape("x.json", "array", CONVERSATION), True),
        (shape("x.json", "object", PROSE), True),
        (shape("x.json", "object", PROJECT), True),
        (shape("x.json", "array", USER), True),
        (shape("x.json", "object", DESIGN_CHAT, messages=DESIGN_MESSAGE), True),
        (shape("x.json", "object", DESIGN_CHAT, messages="role text"), False),
        (shape("x.json", "object", "uuid title", messages=DESIGN_MESSAGE), False),
        (shape("reflections.json", "array", "uuid"), False),
        (shape("login_history.json", "object", "login_events"), False),
    ],
)
def test_only_a_certain_shape_proves_whose_export_it_is(file: FileShape, is_proof: bool) -> None:  # noqa: FBT001
    """The others are claimed only beside one of these."""
    found = claim(PROVIDER, file)

    assert found is not None
    assert found[0].is_proof is is_proof
