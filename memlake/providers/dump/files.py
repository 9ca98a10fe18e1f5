"""Which files are lists of memories that somebody pasted or saved: told by what they say, not by their names."""

from __future__ import annotations

import re

from memlake.parsing.answered import NO_LIST
from memlake.parsing.memory_rows import OTHER_TOOLS_KEYS
from memlake.provider import FileRule, FileShape, Match
from memlake.providers.dump.json_values import (
    CERTAIN_LIST_KEYS,
    DATE_KEYS,
    EXPORT_KEYS,
    LIST_KEYS,
    NOT_JSON,
    OTHER_KEYS,
    SECTION_KEYS,
    TEXT_KEYS,
    json_value,
)
from memlake.providers.dump.lines import Line, read_lines
from memlake.providers.dump.reading import read_text
from memlake.providers.dump.refusals import (
    OTHER_TOOL,
    OTHERS_MEMORIES,
    WEB_PAGE,
    WHOLE_CHAT,
    refusal,
)
from memlake.providers.dump.words import ABOUT_THE_LIST, is_lead_in

ENTITY = "memory_dump"

_KEYS_OF_A_MEMORY = frozenset((*TEXT_KEYS, *DATE_KEYS, *SECTION_KEYS, *OTHER_KEYS))
_KEYS_OF_OTHERS = frozenset(
    ("id", "uuid", "mapping", "rating", "conversation_id", "chat_messages", "file_id", "account_uuid", "user_id")
)
_KEYS_OF_TURNS = frozenset(("role", "author", "sender", "from", "speaker"))
_KEYS_OF_GRAPHS = (frozenset(("entityType", "observations")), frozenset(("relationType",)))
_ASSISTANTS = {
    "chatgpt": re.compile(r"chatgpt|openai|gpt-\d", re.IGNORECASE),
    "claude": re.compile(r"claude|anthropic", re.IGNORECASE),
    "gemini": re.compile(r"gemini|\bbard\b", re.IGNORECASE),
}
_LONGEST_TITLE = 100
_LOOK = 16 * 1024
_MOST_WORDS_OF_A_TITLE = 6
_DAMAGED_SHARE = 0.1
_STRING = r'"(?:[^"\\]|\\.)*+"'
_TEXTS = re.compile(rf'\s*+(?:\[|\{{\s*+{_STRING}\s*+:\s*+\[)\s*+"')
_TEXTS_IN = re.compile(r'"\s*+:\s*+\[\s*+"')


def _match(shape: FileShape) -> Match | None:
    if shape.kind == "html":
        return Match(refusal=WEB_PAGE)
    if shape.kind in ("text", "unreadable"):
        return _match_text(shape) if shape.head else None
    return _match_object(shape) if shape.kind == "object" else _match_list(shape)


def _match_text(shape: FileShape) -> Match:
    return Match(records="whole", assistant=_assistant(shape), refusal=_refusal(shape))


def _match_list(shape: FileShape) -> Match | None:
    if any(keys <= shape.keys for keys in _KEYS_OF_GRAPHS):
        return Match(refusal=OTHER_TOOL)
    if "content" in shape.keys and not _KEYS_OF_TURNS.isdisjoint(shape.keys):
        return Match(refusal=WHOLE_CHAT)
    if not shape.keys.isdisjoint(OTHER_TOOLS_KEYS) and not shape.keys.isdisjoint(TEXT_KEYS):
        return Match(refusal=OTHERS_MEMORIES)
    if shape.kind == "array" and not shape.keys and not _TEXTS.match(shape.head):
        return _match_text(shape) if json_value(shape.head) is NOT_JSON else None
    is_list = _are_memories(shape.keys, is_named=_is_named(shape)) if shape.keys else shape.kind == "array"
    return Match(assistant=_named(shape.base_name)) if is_list else None


def _match_object(shape: FileShape) -> Match | None:
    if {"entities", "relations"} <= shape.keys:
        return Match(refusal=OTHER_TOOL)
    list_keys = LIST_KEYS if _is_named(shape) else CERTAIN_LIST_KEYS
    lists = [shape.inner.get(key, frozenset()) for key in list_keys if key in shape.keys]
    if lists and not OTHER_TOOLS_KEYS.isdisjoint(shape.keys.union(*lists)):
        return Match(refusal=OTHERS_MEMORIES)
    if not _KEYS_OF_OTHERS.isdisjoint(shape.keys.union(*shape.inner.values())):
        return None
    assistant = _named(shape.base_name)
    for key in list_keys:
        keys = shape.inner.get(key)
        if keys is not None and (_are_memories(keys, is_named=True) if keys else _TEXTS_IN.search(shape.head)):
            is_dated = not shape.keys.isdisjoint(EXPORT_KEYS)
            return Match(assistant=assistant, records="whole") if is_dated else Match(assistant=assistant, list_key=key)
    is_text = any(key in shape.keys and key not in shape.inner for key in CERTAIN_LIST_KEYS)
    has_lists = shape.keys == set(shape.inner) and all(map(_are_entries, shape.inner.values()))
    is_list = is_text or (has_lists and (_is_named(shape) or _TEXTS.match(shape.head)))
    return Match(assistant=assistant, records="whole") if is_list else None


def _are_memories(keys: frozenset[str], *, is_named: bool) -> bool:
    """Say whether objects with these keys are memories: a text, no id, and nothing unknown unless the name says so."""
    is_known = is_named or keys <= _KEYS_OF_A_MEMORY
    return is_known and not keys.isdisjoint(TEXT_KEYS) and keys.isdisjoint(_KEYS_OF_OTHERS | _KEYS_OF_TURNS)


def _are_entries(keys: frozenset[str]) -> bool:
    return not keys or _are_memories(keys, is_named=False)


def _is_named(shape: FileShape) -> bool:
    return "memor" in shape.base_name.casefold()


def _refusal(shape: FileShape) -> str | None:
    """Return why a text is no list, judged by its beginning: an export can hold thousands of texts."""
    text = shape.head
    if len(text) > _LOOK:  # what ends in the middle of a sentence is no whole text
        text = text[:_LOOK].rpartition("\n")[0] or text[:_LOOK]
    if recognised := refusal(text):
        return recognised
    is_damaged = text.count("\ufffd") > len(text) * _DAMAGED_SHARE
    is_readme = shape.base_name.casefold().startswith("readme")
    is_list = read_text(text).entries or _TEXTS.match(text)
    return NO_LIST if is_damaged or is_readme or not is_list else None


def _assistant(shape: FileShape) -> str | None:
    """Return whose list it is where the file's name or the text's title says so."""
    first = _first_line(shape.head)
    is_title = first.kind == "heading" or is_lead_in(first.text) or ABOUT_THE_LIST.match(first.text) is not None
    is_title = is_title or (first.kind == "plain" and len(first.text.split()) <= _MOST_WORDS_OF_A_TITLE)
    return _named(shape.base_name) or (_named(first.text) if is_title else None)


def _named(words: str) -> str | None:
    named = [assistant for assistant, name in _ASSISTANTS.items() if name.search(words[:_LONGEST_TITLE])]
    return named[0] if len(named) == 1 else None


def _first_line(text: str) -> Line:
    return next((line for line in read_lines(text) if line.kind != "blank"), Line("blank"))


RULES = (FileRule(entity=ENTITY, match=_match, is_proof=True),)
