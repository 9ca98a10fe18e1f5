"""Which files of an export are whose: told by shape, since half of them are arrays of objects with an `id`."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from memlake.parsing.memory_rows import OTHER_TOOLS_KEYS
from memlake.provider import FileRule, FileShape, Match, rule_for_name
from memlake.providers.chatgpt.memory_file import CREATED_KEYS, STATE_KEYS, TEXT_KEYS, UPDATED_KEYS
from memlake.providers.chatgpt.memory_page import PAGE_MARKER

_MEMORY_LIST_KEYS = ("memories", "items", "data", "memory_entries", "memory_tool_config.memory_entries")
_MEMORY_TRAITS = frozenset({*CREATED_KEYS, *UPDATED_KEYS, *STATE_KEYS})
_MEMORY_TOTALS = frozenset({"memory_num_tokens", "memory_max_tokens"})
_NOT_A_MEMORY = OTHER_TOOLS_KEYS.union(
    {
        "mapping",
        "rating",
        "conversation_id",
        "is_anonymous",
        "file_id",
        "uuid",
        "chat_messages",
        "conversations_memory",
        "account_uuid",
    }
)
_LISTS_TEXTS = re.compile(r'"\s*+:\s*+\[\s*+"')  # which have no ids: not what the web API answers
_IMMATERIAL_FILES = {
    "settings": "user_settings.json",
    "model_comparisons": "model_comparisons.json",
    "group_chats": "group_chats.json",
    "shopping": "shopping.json",
    "sora": "sora.json",
    "codex": "codex.json",
}


def entity_of_file(name: str) -> str | None:
    """Return the entity that a file is, judged by nothing but its name."""
    base_name = name.rpartition("/")[2].casefold()
    return next((rule.entity for rule in RULES for known in rule.empty_names if fnmatchcase(base_name, known)), None)


def _conversations(shape: FileShape) -> Match | None:
    if _is_list(shape) and "mapping" in shape.keys:
        return Match()
    if shape.kind == "object" and "mapping" in shape.keys:
        return Match(records="whole")
    return Match(list_key="conversations") if "mapping" in shape.inner.get("conversations", ()) else None


def _memories(shape: FileShape) -> Match | None:
    has_name = shape.base_name.casefold().startswith(("memor", "chatgpt-memor", "chatgpt_memor"))
    if _is_list(shape):
        return Match() if _are_memories(shape.keys, has_name=has_name) else None
    if not shape.keys.isdisjoint(OTHER_TOOLS_KEYS):
        return None
    is_known = has_name or not _MEMORY_TOTALS.isdisjoint(shape.keys)
    for list_key in _MEMORY_LIST_KEYS:
        keys = shape.inner.get(list_key)
        if keys is not None and _are_memories(keys, has_name=is_known):
            return Match(list_key=list_key)
        if keys == frozenset() and is_known and not _LISTS_TEXTS.search(shape.head):
            return Match(list_key=list_key)
    return None


def _are_memories(keys: frozenset[str], *, has_name: bool) -> bool:
    """Say whether records are memories: an id and a text, and a date or a state unless the file's name says so."""
    return (
        "id" in keys
        and not keys.isdisjoint(TEXT_KEYS)
        and keys.isdisjoint(_NOT_A_MEMORY)
        and (has_name or not keys.isdisjoint(_MEMORY_TRAITS))
    )


def _account(shape: FileShape) -> Match | None:
    is_account = shape.kind == "object" and {"id", "chatgpt_plus_user"} <= shape.keys
    return Match(records="whole") if is_account else None


def _feedback(shape: FileShape) -> Match | None:
    names_message = not shape.keys.isdisjoint({"id", "message_id"})
    return Match() if _is_list(shape) and names_message and {"conversation_id", "rating"} <= shape.keys else None


def _shared_links(shape: FileShape) -> Match | None:
    return Match() if _is_list(shape) and {"id", "conversation_id", "is_anonymous"} <= shape.keys else None


def _file_names(shape: FileShape) -> Match | None:
    if _is_list(shape) and {"file_id", "file_name"} <= shape.keys:
        return Match()
    is_map = (
        shape.kind == "object"
        and bool(shape.keys)
        and (entity_of_file(shape.base_name) == "file_names" or all(_is_stored_name(key) for key in shape.keys))
    )
    return Match(records="whole") if is_map else None


def _is_stored_name(key: str) -> bool:
    return key.endswith(".dat") or key.startswith(("file-", "file_"))


def _manifest(shape: FileShape) -> Match | None:
    return Match(records="whole") if shape.kind == "object" and "logical_files" in shape.keys else None


def _memory_page(shape: FileShape) -> Match | None:
    return Match(records="excerpt", marker=PAGE_MARKER) if shape.kind == "html" else None


def _is_list(shape: FileShape) -> bool:
    return shape.kind in ("array", "lines")


RULES: tuple[FileRule, ...] = (
    FileRule(
        entity="conversations",
        match=_conversations,
        empty_names=("conversations.json", "conversations-*.json"),
        is_proof=True,
    ),
    FileRule(entity="memories", match=_memories, empty_names=("memory.json", "memories.json"), is_proof=True),
    FileRule(entity="account", match=_account, empty_names=("user.json",), is_proof=True),
    FileRule(entity="feedback", match=_feedback, empty_names=("message_feedback.json",)),
    FileRule(entity="shared_links", match=_shared_links, empty_names=("shared_conversations.json",)),
    FileRule(
        entity="file_names",
        match=_file_names,
        empty_names=("conversation_asset_file_names.json", "library_files.json"),
    ),
    FileRule(entity="manifest", match=_manifest, empty_names=("export_manifest.json",)),
    FileRule(entity="memory_page", match=_memory_page, empty_names=("chat.html",)),
    *(rule_for_name(entity, name) for entity, name in _IMMATERIAL_FILES.items()),
)
