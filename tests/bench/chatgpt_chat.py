"""One conversation of a ChatGPT export, in the dialect that still has its tool layer.

A chat can be written out and then continued: what it says next does not change what it said before.
"""

from __future__ import annotations

from random import Random

from account import JsonObject, random_uuid
from vocabulary import Prose, Vocabulary

BRANCH_SHARE = 0.06  # of the answers are regenerated
NULL_NODE_SHARE = 0.01
_HIDDEN: JsonObject = {"is_visually_hidden_from_conversation": True}
_MODELS = ("gpt-4o", "o3", "gpt-5", "gpt-5-thinking")


class Chat:
    """A conversation that grows turn by turn, and becomes one record of `conversations.json`."""

    def __init__(self, vocabulary: Vocabulary, rng: Random, started_at: float) -> None:
        self.prose = Prose(vocabulary, rng)
        self.rng = rng
        self.now = started_at
        self.conversation_id = self.new_id()
        self._title = self.prose.title()
        self._started_at = started_at
        self._model = rng.choice(_MODELS)
        self._turn_id = self.new_id()
        self._nodes: dict[str, JsonObject] = {}
        self.leaf: str | None = None  # the newest node, below which the next one goes
        self._add_node(self.new_id(), None)

    def new_id(self) -> str:
        """Return a random UUID."""
        return random_uuid(self.rng)

    def say(
        self,
        role: str,
        content: JsonObject,
        *,
        author: str | None = None,
        recipient: str = "all",
        channel: str | None = None,
        is_hidden: bool = False,
        **metadata: object,
    ) -> str:
        """Add a message below the newest one and return its id."""
        self.now = round(self.now + self.rng.uniform(1, 40), 6)
        message_id = self.new_id()
        if role == "user":
            self._turn_id = self.new_id()
        message: JsonObject = {
            "id": message_id,
            "author": {"role": role, "name": author, "metadata": {}},
            "create_time": None if is_hidden else self.now,
            "update_time": None,
            "content": content,
            "status": "finished_successfully",
            "end_turn": recipient == "all" if role == "assistant" else None,
            "weight": 0.0 if is_hidden else 1.0,
            "metadata": _HIDDEN | metadata if is_hidden else self._metadata(role) | metadata,
            "recipient": recipient,
            "channel": channel,
        }
        self._add_node(message_id, message)
        return message_id

    def regenerate(self, content: JsonObject) -> None:
        """Add a second answer beside the newest message; the conversation goes on from there."""
        assert self.leaf is not None
        parent = self._nodes[self.leaf]["parent"]
        assert isinstance(parent, str)
        self.leaf = parent
        self.say("assistant", content, channel="final")

    def skip_node(self) -> None:
        """Add a node without a message."""
        self._add_node(self.new_id(), None)

    def record(self) -> JsonObject:
        """Return the conversation as it stands now, with the keys of an export."""
        return {
            "title": self._title,
            "create_time": self._started_at,
            "update_time": self.now,
            "mapping": self._nodes,
            "moderation_results": [],
            "current_node": self.leaf,
            "plugin_ids": None,
            "conversation_id": self.conversation_id,
            "conversation_template_id": None,
            "gizmo_id": None,
            "gizmo_type": None,
            "is_archived": False,
            "is_starred": None,
            "safe_urls": [],
            "blocked_urls": [],
            "default_model_slug": self._model,
            "conversation_origin": None,
            "is_read_only": None,
            "voice": None,
            "async_status": None,
            "disabled_tool_ids": [],
            "is_do_not_remember": False,
            "memory_scope": "global_enabled",
            "context_scopes": None,
            "sugar_item_id": None,
            "is_study_mode": False,
            "owner": None,
            "id": self.conversation_id,
        }

    def _add_node(self, node_id: str, message: JsonObject | None) -> None:
        self._nodes[node_id] = {"id": node_id, "message": message, "parent": self.leaf, "children": []}
        if self.leaf is not None:
            children = self._nodes[self.leaf]["children"]
            assert isinstance(children, list)
            children.append(node_id)
        self.leaf = node_id

    def _metadata(self, role: str) -> JsonObject:
        common: JsonObject = {"request_id": self.new_id(), "timestamp_": "absolute", "message_source": None}
        if role == "user":
            return common | {"selected_github_repos": [], "serialization_metadata": {"custom_symbol_offsets": []}}
        return common | {
            "finish_details": {"type": "stop", "stop_tokens": [200012]},
            "is_complete": True,
            "citations": [],
            "content_references": [],
            "message_type": "next",
            "model_slug": self._model,
            "default_model_slug": self._model,
            "parent_id": self.leaf,
            "turn_exchange_id": self._turn_id,
        }
