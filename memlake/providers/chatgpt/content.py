"""What a message says and carries, whatever its content type: searchable text, voice, attached files."""

from __future__ import annotations

from collections.abc import Iterator

from memlake.parsing.values import JsonObject, is_object

_TEXT_KEYS: dict[str, tuple[str, ...]] = {
    "multimodal_text": ("parts",),
    "code": ("text",),
    "execution_output": ("text",),
    "computer_output": ("text", "screenshot"),
    "citable_code_output": ("output_str",),
    "tether_browsing_display": ("result", "summary"),
    "tether_browsing_code": ("text",),
    "tether_quote": ("title", "text", "url"),
    "sonic_webpage": ("title", "text", "url"),
    "system_error": ("name", "text"),
    "thoughts": ("thoughts",),
    "reasoning_recap": ("content",),
    "user_editable_context": ("user_profile", "user_instructions"),
    "model_editable_context": ("model_set_context",),
}
_TEXT_KEYS_OF_UNKNOWN = ("text", "parts", "result", "content")
_TEXT_KEYS_INSIDE = ("title", "summary", "text", "content", "result", "url")
_ASSET_KINDS = {
    "image_asset_pointer": "image",
    "audio_asset_pointer": "audio",
    "video_container_asset_pointer": "video",
    "real_time_user_audio_video_asset_pointer": "video",
}
_VOICE_PARTS = frozenset({"audio_transcription", "audio_asset_pointer", "real_time_user_audio_video_asset_pointer"})
_WITHOUT_FILES = frozenset(_TEXT_KEYS) - {"multimodal_text", "computer_output", "tether_browsing_display"} | {"text"}
_DEEPEST = 6
"""Real contents are at most four levels deep; hostile ones must not exhaust the stack."""


def content_text(content: object) -> str:
    """Return the text of a message's `content`, one piece a line, files as `[image]` or the like.

    Plain text is verbatim: its string parts and nothing else. A type that is not known and says nothing is
    marked by its name.
    """
    if not isinstance(content, dict):
        return "\n".join(_pieces(content, 0))
    content_type = content.get("content_type")
    parts = content.get("parts")
    if content_type == "text" and isinstance(parts, list):
        if len(parts) == 1 and isinstance(parts[0], str):
            return parts[0]  # nearly every message: no copy of its text
        return "\n".join([part for part in parts if isinstance(part, str)])
    keys = _TEXT_KEYS.get(content_type, ()) if isinstance(content_type, str) else ()
    if len(keys) == 1 and isinstance(text := content.get(keys[0]), str) and text:
        return text
    if pieces := _pieces_at(keys, content, 0) or _pieces_at(_TEXT_KEYS_OF_UNKNOWN, content, 0):
        return "\n".join(pieces)
    is_unknown = isinstance(content_type, str) and content_type not in ("text", *_TEXT_KEYS)
    return f"[{content_type}]" if is_unknown and content_type else ""


def is_spoken(content: object) -> bool:
    """Say whether some part of a message was spoken."""
    parts = content.get("parts") if is_object(content) else None
    if not isinstance(parts, list):
        return False
    return any(is_object(part) and _asset_type(part) in _VOICE_PARTS for part in parts)


def may_carry_files(content_type: str | None) -> bool:
    """Say whether a content of this type can point to stored files; an unknown type may."""
    return content_type not in _WITHOUT_FILES


def asset_pointers(value: object, depth: int = 0) -> Iterator[JsonObject]:
    """Yield every object in a message's content that points to a stored file."""
    if depth > _DEEPEST:
        return
    if is_object(value):
        if isinstance(value.get("asset_pointer"), str):
            yield value
        inner: list[object] = list(value.values())
    else:
        inner = value if isinstance(value, list) else []
    for item in inner:
        if isinstance(item, dict | list):
            yield from asset_pointers(item, depth + 1)


def asset_kind(pointer: JsonObject) -> str:
    """Return what an asset pointer points to: image, audio, video or file."""
    return _ASSET_KINDS.get(_asset_type(pointer), "file")


def _asset_type(part: JsonObject) -> str:
    content_type = part.get("content_type")
    return content_type if isinstance(content_type, str) else ""


def _pieces(value: object, depth: int) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        return [piece for item in value for piece in _pieces(item, depth + 1)]
    if not is_object(value):
        return []
    if "asset_pointer" in value or _asset_type(value) in _ASSET_KINDS:
        return [f"[{asset_kind(value)}]"]
    return _pieces_at(_TEXT_KEYS_INSIDE, value, depth + 1)


def _pieces_at(keys: tuple[str, ...], value: JsonObject, depth: int) -> list[str]:
    return [piece for key in keys if (inner := value.get(key)) for piece in _pieces(inner, depth)]
