"""What the blocks of a message say: text that can be searched, and which of it was said to somebody.

Sources: PDP-Connect's connectors and polylogue's schemas of real exports, and public transcripts of them.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from memlake.parsing.values import JsonObject, first_text, is_object, list_or_empty
from memlake.providers.claude.memory_tool import edit_text

_NOT_SHOWN = re.compile(r"(?:```\s*)?This block is not supported on your current device yet\.(?:\s*```)?")
"""What the export writes in the place of a block that it leaves out of `text`."""

IMAGE_MARK = "[image]"

_VOICE = "voice_note"
_CALL, _RESULT = "tool_use", "tool_result"
_SILENT_TYPES = frozenset({"token_budget"})
_FILE_TYPES = frozenset({"file", "document", "local_resource"})
_NAME_KEYS = ("file_name", "name", "title")
_RESULT_KEYS = ("content", "text", "output")
_TEXT_KEYS = ("title", "summary", "text", "content", "message", "result", "output", "url")
_DEEPEST = 6
"""What tools return is at most four levels deep; hostile blocks must not exhaust the stack."""

_LONGEST_NAME = 200
_FENCE = "```"


class Said(NamedTuple):
    """What one block says; thoughts, calls of tools and their results are not spoken."""

    text: str
    is_spoken: bool = True
    is_words: bool = False  # text itself, not the mark of something else


def blocks_of(content: object) -> list[JsonObject]:
    """Return the blocks of a message's `content`; a bare string is a block of text."""
    if isinstance(content, str):
        content = [content]
    values = [content] if is_object(content) else list_or_empty(content)
    return [_as_block(value) for value in values if is_object(value) or isinstance(value, str)]


def _as_block(value: object) -> JsonObject:
    return value if is_object(value) else {"type": "text", "text": value}


def block_type(block: JsonObject) -> str:
    """Return a block's type; one that is missing or no word is an empty one."""
    found = block.get("type")
    return found if isinstance(found, str) else ""


def is_call(block: JsonObject) -> bool:
    """Say whether a block calls a tool."""
    return block_type(block).endswith(_CALL)


def is_result(block: JsonObject) -> bool:
    """Say whether a block is what a tool answered."""
    return block_type(block).endswith(_RESULT)


def is_voice(block: JsonObject) -> bool:
    """Say whether a block was spoken aloud."""
    return block_type(block) == _VOICE


def said_by(block: JsonObject) -> Said | None:
    """Return what a block says; `None` if it says nothing at all."""
    kind = block_type(block)
    if kind in ("text", "", _VOICE):
        words = first_text(block, ("text", "transcript")) or "\n".join(pieces(block, ("content",)))
        if without_placeholders(words).strip():
            return Said(words, is_words=True)
        return Said(_mark(kind)) if kind == _VOICE else None
    if kind.endswith(_CALL):
        return Said(_marked(_mark("tool call", _tool(block)), [_call_text(block)]), is_spoken=False)
    if kind.endswith(_RESULT):
        mark = _mark("tool error" if block.get("is_error") is True else "tool result", _tool(block))
        return Said(_marked(mark, pieces(block, _RESULT_KEYS)), is_spoken=False)
    if "thinking" in kind:
        thought = first_text(block, ("thinking", "text"))
        return Said(_marked(_mark(kind), [thought] if thought else pieces(block, ("summaries",))), is_spoken=False)
    return None if kind in _SILENT_TYPES else Said(_shown(kind, block))


def without_placeholders(text: str) -> str:
    """Return a text, or nothing if all that it holds are marks of blocks that the export does not show."""
    rest, count = _NOT_SHOWN.subn("", text) if "not supported" in text else (text, 0)
    return "" if count and not rest.strip() else text


def result_text(result: JsonObject) -> str:
    """Return what a tool answered, one text a line."""
    return "\n".join(pieces(result, _RESULT_KEYS))


def file_mark(name: str | None) -> str:
    """Return what stands in a text for a file."""
    return _mark("file", name)


def attached_text(name: str | None, content: str) -> str:
    """Return an attached document as a part of its message's text: its name, then its words between fences."""
    mark = _mark("attachment", name)
    if not content.strip():
        return mark
    runs = re.findall("`{3,}", content) if _FENCE in content else ()
    fence = "`" * max(len(_FENCE), max(map(len, runs), default=0) + 1)
    return f"{mark}\n{fence}\n{content}\n{fence}"


def pieces(value: object, keys: tuple[str, ...], depth: int = 0) -> list[str]:
    """Return the texts that a value holds: itself, or what stands under some keys; pictures inside as marks."""
    if isinstance(value, str):
        return [value] if value else []
    if depth > _DEEPEST or not value:
        return []
    if isinstance(value, list):
        return [piece for item in value for piece in pieces(item, keys, depth + 1)]
    if not is_object(value):
        return []
    if depth and "image" in block_type(value):
        return [IMAGE_MARK]
    inner = keys if not depth else _TEXT_KEYS
    return [piece for key in inner if (held := value.get(key)) for piece in pieces(held, inner, depth + 1)]


def _shown(kind: str, block: JsonObject) -> str:
    if "image" in kind:
        return IMAGE_MARK
    if kind in _FILE_TYPES:
        return file_mark(first_text(block, _NAME_KEYS))
    return _marked(_mark(kind), pieces(block, _TEXT_KEYS))


def _call_text(call: JsonObject) -> str:
    """Return what a tool was given: an edit of memory in words, else compact JSON with sorted keys."""
    arguments = call.get("input")
    if (words := edit_text(call)) is not None:
        return words
    if isinstance(arguments, str):
        return arguments
    if not arguments:
        return ""
    return json.dumps(_shallow(arguments, 0), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _shallow(value: object, depth: int) -> object:
    if isinstance(value, list):
        return [_shallow(item, depth + 1) for item in value] if depth < _DEEPEST else "…"
    if is_object(value):
        return {key: _shallow(item, depth + 1) for key, item in value.items()} if depth < _DEEPEST else "…"
    return value


def _tool(block: JsonObject) -> str | None:
    return first_text(block, ("name",))


def _mark(what: str, name: str | None = None) -> str:
    """Return a mark on one line; names come from people and from servers."""
    words = " ".join((name or "").split())[:_LONGEST_NAME]
    return f"[{what}: {words}]" if words else f"[{' '.join(what.split())[:_LONGEST_NAME]}]"


def _marked(mark: str, texts: list[str]) -> str:
    return "\n".join([mark, *(text for text in texts if text.strip())])
