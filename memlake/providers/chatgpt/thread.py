"""The messages of one conversation as rows: the hot path of reading an export."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from memlake.model import FieldShape, MessageRow
from memlake.parsing.ids import unique_ids
from memlake.parsing.tree import Links, Tree, active_path, read_tree
from memlake.parsing.turns import nearest_turns
from memlake.parsing.values import JsonObject, id_or_none, object_or_empty, text_or_none
from memlake.providers.chatgpt.content import content_text, is_spoken
from memlake.times import time_us

_NO_METADATA: JsonObject = {}
_TOOL_LAYER_KEYS = frozenset({"recipient", "status", "weight"})
_CLASSIC_KEYS = frozenset({"gizmo_id", "moderation_results", "safe_urls", "blocked_urls"})
_SLIM_KEYS = frozenset({"pinned_time", "is_read_only", "is_study_mode"})
_VISIBLE_TO = (None, "all")
_INSTRUCTIONS = "user_editable_context"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """A conversation in reading order: each row beside the message that it was made from and its metadata.

    `times_us` are the rows' own times, or else that of the nearest ancestor that has one, or else the
    conversation's.
    """

    conversation_id: str
    created_at_us: int | None
    has_tool_layer: bool
    rows: list[MessageRow]
    messages: list[JsonObject]
    metadata: list[JsonObject]
    times_us: list[int | None]
    shapes: frozenset[FieldShape]


def read_thread(record: JsonObject, conversation_id: str) -> Thread:
    """Turn every non-null message of a conversation into one row, hidden and empty ones too.

    A message without an id has its node's; so has a message whose id an earlier one bears already.
    """
    mapping = object_or_empty(record.get("mapping"))
    nodes = {key: node for key, node in mapping.items() if isinstance(node, dict)}
    by_key = _messages(nodes)
    stated_times = {key: time_us(message.get("create_time")) for key, message in by_key.items()}
    links = _links(nodes)
    tree = read_tree(links, stated_times)
    messages = [by_key[key] for key in tree.keys]
    metadata = [found if isinstance(found := message.get("metadata"), dict) else _NO_METADATA for message in messages]
    has_tool_layer = _has_tool_layer(record, messages)
    created_at_us = time_us(record.get("create_time"))
    return Thread(
        conversation_id=conversation_id,
        created_at_us=created_at_us,
        has_tool_layer=has_tool_layer,
        rows=_rows(
            tree,
            messages,
            metadata,
            stated_times=stated_times,
            active=active_path(tree, links, id_or_none(record.get("current_node"))),
            has_tool_layer=has_tool_layer,
        ),
        messages=messages,
        metadata=metadata,
        times_us=[tree.times[key] or created_at_us for key in tree.keys],
        shapes=_shapes(record, nodes.values(), messages, metadata),
    )


def answered_turns(rows: list[MessageRow]) -> dict[str, str | None]:
    """Return for each message the user's turn that it is or answers, as a message id; `None` before the first.

    A turn is shown and says something: custom instructions and empty messages are none.
    """
    return nearest_turns(rows, is_turn=lambda row: not row.is_hidden and row.content_type != _INSTRUCTIONS)


def _messages(nodes: dict[str, JsonObject]) -> dict[str, JsonObject]:
    """Return what is not null under `message`; a value of a wrong type counts as the content of one."""
    return {
        key: message if isinstance(message, dict) else {"content": message}
        for key, node in nodes.items()
        if (message := node.get("message")) is not None
    }


def _links(nodes: dict[str, JsonObject]) -> Links:
    return {
        key: parent if isinstance(parent := node.get("parent"), str) else id_or_none(parent)
        for key, node in nodes.items()
    }


def _has_tool_layer(record: JsonObject, messages: list[JsonObject]) -> bool:
    """Say whether this is the dialect that can show tool calls; without messages its other keys tell."""
    if messages:
        return any(not _TOOL_LAYER_KEYS.isdisjoint(message) for message in messages)
    return not _CLASSIC_KEYS.isdisjoint(record) or _SLIM_KEYS.isdisjoint(record)


def _rows(
    tree: Tree,
    messages: list[JsonObject],
    metadata: list[JsonObject],
    *,
    stated_times: dict[str, int | None],
    active: set[str],
    has_tool_layer: bool,
) -> list[MessageRow]:
    ids = dict(zip(tree.keys, unique_ids([message.get("id") for message in messages], tree.keys), strict=True))
    rows: list[MessageRow] = []
    for key, message, about in zip(tree.keys, messages, metadata, strict=True):
        author = message.get("author")
        role, author_name = (author.get("role"), author.get("name")) if isinstance(author, dict) else (None, None)
        content = message.get("content")
        content_type = content.get("content_type") if isinstance(content, dict) else None
        model = about.get("model_slug") if role == "assistant" else None
        labels = (role, author_name, message.get("recipient"), content_type, model, message.get("status"))
        try:
            role, author_name, recipient, content_type, model, status = _clean_labels(labels)
        except TypeError:  # an object in the place of a word cannot be looked up
            role, author_name, recipient, content_type, model, status = map(text_or_none, labels)
        parent = tree.parents[key]
        rows.append(
            MessageRow(
                len(rows),
                ids[key],
                None if parent is None else ids[parent],
                role,
                author_name,
                recipient,
                content_type,
                content_text(content),
                stated_times[key],
                key in active,
                _is_hidden(message, about, role, content_type, has_tool_layer=has_tool_layer),
                about.get("voice_mode_message") is True or (content_type != "text" and is_spoken(content)),
                model,
                status,
            )
        )
    return rows


@lru_cache(maxsize=1024)
def _clean_labels(labels: tuple[object, ...]) -> tuple[str | None, ...]:
    """Return the words of a message that repeat all over an export, empty ones and other types as nothing."""
    return tuple(map(text_or_none, labels))


def _is_hidden(
    message: JsonObject, metadata: JsonObject, role: object, content_type: object, *, has_tool_layer: bool
) -> bool | None:
    """Say whether ChatGPT itself hides a message; without a tool layer only a flag can tell."""
    if metadata.get("is_visually_hidden_from_conversation") is True:
        return True
    if has_tool_layer and (
        role == "system"
        or content_type == _INSTRUCTIONS
        or message.get("weight") == 0
        or message.get("recipient") not in _VISIBLE_TO
    ):
        return True
    return None if metadata is _NO_METADATA else False


def _shapes(
    record: JsonObject, nodes: Iterable[JsonObject], messages: list[JsonObject], metadata: list[JsonObject]
) -> frozenset[FieldShape]:
    """Collect which keys occur where, over the whole conversation."""
    keys_by_type: dict[str, JsonObject] = {}
    for message in messages:
        content = message.get("content")
        if isinstance(content, dict) and isinstance(content_type := content.get("content_type"), str):
            keys_by_type.setdefault(content_type, {}).update(content)
    keys_by_place: dict[str, set[str]] = {
        "conversation": set(record),
        "node": set().union(*nodes),
        "message": set().union(*messages),
        "message.metadata": set().union(*metadata),
    }
    for content_type, keys in keys_by_type.items():
        keys_by_place[f"content_type:{content_type}"] = set(keys)
    return frozenset((place, tuple(sorted(keys))) for place, keys in keys_by_place.items() if keys)
