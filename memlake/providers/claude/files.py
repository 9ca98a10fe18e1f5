"""Which files of an export are whose: told by shape, since half of them are arrays of objects with a `uuid`."""

from __future__ import annotations

from collections.abc import Callable

from memlake.provider import FileRule, FileShape, Match, rule_for_name

_PROJECT_TRAITS = frozenset({"prompt_template", "docs", "is_starter_project"})
_USER_TRAITS = frozenset({"full_name", "verified_phone_number"})
_PROSE_PLACES = frozenset({"project_memories", "memory_files"})
_DESIGN_CHAT = frozenset({"uuid", "title", "messages"})
_DESIGN_MESSAGE = frozenset({"uuid", "role", "content", "created_at"})


def _records(
    entity: str, are_these: Callable[[frozenset[str]], bool], *, list_key: str, empty_names: tuple[str, ...] = ()
) -> FileRule:
    """Claim an array of such objects, one of them alone, and an object that holds a list of them: all three occur."""

    def match(shape: FileShape) -> Match | None:
        if shape.kind in ("array", "lines"):
            return Match() if are_these(shape.keys) else None
        if are_these(shape.keys):
            return Match(records="whole")
        return Match(list_key=list_key) if are_these(shape.inner.get(list_key, frozenset())) else None

    return FileRule(entity=entity, match=match, empty_names=empty_names, is_proof=True)


def _are_conversations(keys: frozenset[str]) -> bool:
    return "chat_messages" in keys


def _are_prose(keys: frozenset[str]) -> bool:
    return "conversations_memory" in keys or ("account_uuid" in keys and not keys.isdisjoint(_PROSE_PLACES))


def _are_projects(keys: frozenset[str]) -> bool:
    return {"uuid", "name"} <= keys and not keys.isdisjoint(_PROJECT_TRAITS)


def _are_users(keys: frozenset[str]) -> bool:
    return {"uuid", "email_address"} <= keys and not keys.isdisjoint(_USER_TRAITS)


def _certain_design_chat(shape: FileShape) -> Match | None:
    """Claim a design chat that cannot be another tool's: with its project, and with messages as Claude's have them."""
    is_certain = "project" in shape.keys and shape.inner.get("messages", frozenset()) >= _DESIGN_MESSAGE
    return _design_chat(shape) if is_certain else None


def _design_chat(shape: FileShape) -> Match | None:
    if not shape.keys >= _DESIGN_CHAT:
        return None
    return Match(records="whole") if shape.kind == "object" else Match()


def _reflections(shape: FileShape) -> Match | None:
    """Claim what calls itself so, by its name or a key: nobody has described these files further."""
    if shape.kind not in ("array", "lines", "object"):
        return None
    if "reflections" in shape.inner:
        return Match(list_key="reflections")
    if not any("reflection" in word for word in (shape.base_name.casefold(), *shape.keys)):
        return None
    return Match(records="whole") if shape.kind == "object" else Match()


RULES: tuple[FileRule, ...] = (
    _records(
        "conversations",
        _are_conversations,
        list_key="conversations",
        empty_names=("conversations.json", "conversations-*.json"),
    ),
    _records("memory_prose", _are_prose, list_key="memories", empty_names=("memories.json",)),
    _records("projects", _are_projects, list_key="projects", empty_names=("projects.json",)),
    _records("account", _are_users, list_key="users", empty_names=("users.json",)),
    FileRule(entity="design_chats", match=_certain_design_chat, is_proof=True),
    FileRule(entity="design_chats", match=_design_chat, empty_names=("design_chats.json",)),
    FileRule(entity="reflections", match=_reflections, empty_names=("reflections.json",)),
    rule_for_name("login_history", "login_history.json"),
)

PART_ENTITIES = {
    "conversations": "conversations",
    "memories": "memory_prose",
    "projects": "projects",
    "light_metadata": "account",
    "design_chats": "design_chats",
    "feedback": "reflections",
}
