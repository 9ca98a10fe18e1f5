"""Whatever is wrong with a record of Claude's: no exception, no message lost, every value of its column's type."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from support.claude import Json, assistant, conversation, edit, human, tool_call, tool_result
from support.mutations import any_json, assert_messages_whole, assert_rows_typed, mutated

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject
from memlake.providers.claude import PROVIDER, parse

ENTITIES = sorted({rule.entity for rule in PROVIDER.rules})


def whole_conversation() -> Json:
    """Return a conversation with something of everything."""
    attachment = {"file_name": "a.md", "file_size": 9, "file_type": "txt", "extracted_content": "words"}
    return conversation(
        "c",
        human("Remember that I bake.", attachments=[attachment], files=[{"file_uuid": "f", "file_name": "a.md"}]),
        assistant(
            {"type": "thinking", "thinking": "", "summaries": [{"summary": "Hm."}]},
            tool_call("memory_user_edits", {"command": "add", "control": "User bakes."}, id="t"),
            tool_result("memory_user_edits", "Added memory #1", tool_use_id="t"),
            *edit("view", "Viewed memory edits:\n1. User bakes."),
        ),
        human({"type": "voice_note", "text": "Forget it."}, {"type": "image"}, parent_message_uuid="m1"),
        assistant(*edit("remove", "Removed memory #1", line_number=1)),
        current_leaf_message_uuid="m2",
        project={"uuid": "p"},
    )


def whole_design_chat() -> Json:
    """Return a design chat with something of everything."""
    blocks = [{"type": "text", "text": "a"}, {"type": "tool_call", "toolCall": {"name": "n", "input": {"a": [1]}}}]
    content: Json = {"content": "x", "authorAccountUuid": "u", "attachments": [{"name": "a", "content": "b"}]}
    return {
        "uuid": "d",
        "title": "t",
        "project": {"uuid": "p"},
        "messages": [
            {"uuid": "m1", "role": "user", "content": content, "created_at": 1_735_732_800},
            {"uuid": "m2", "role": "assistant", "content": {"contentBlocks": blocks, "timestamp": None}},
        ],
    }


def whole_memory() -> Json:
    """Return one account's memory with something of everything."""
    return {
        "account_uuid": "u",
        "conversations_memory": "**Work**\n\nIda teaches. She bakes.",
        "project_memories": {"p": "- one\n- two"},
        "memory_files": [{"path": "/a.md", "content": "Three.", "updated_at": "2026-09-01T00:00:00Z"}],
    }


def whole_project() -> Json:
    """Return a project with a document."""
    return {"uuid": "p", "name": "n", "prompt_template": "i", "docs": [{"uuid": "d", "filename": "f", "content": "c"}]}


WHOLE = {
    "conversations": whole_conversation(),
    "design_chats": whole_design_chat(),
    "memory_prose": whole_memory(),
    "projects": whole_project(),
}
MESSAGES = {"conversations": "chat_messages", "design_chats": "messages"}


@st.composite
def mutated_records(draw: st.DrawFn) -> tuple[str, object]:
    """Draw an entity and a record of it with up to six things wrong."""
    entity = draw(st.sampled_from(["conversations", *WHOLE]))
    return entity, mutated(draw, WHOLE[entity])


def message_count(record: object, key: str) -> int:
    """Count the messages that are not null, independently of the provider."""
    messages = record.get(key) if isinstance(record, dict) else None
    return sum(1 for message in messages if message is not None) if isinstance(messages, list) else 0


@settings(max_examples=400, deadline=None)
@given(mutated_records())
def test_mutated_record_keeps_every_message_once(mutation: tuple[str, object]) -> None:
    """Parsing never raises, and rows have the types of their columns."""
    entity, record = mutation

    outcome = parse(entity, JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Reject)
    if isinstance(outcome, Parsed):
        assert_messages_whole(outcome, message_count(record, MESSAGES.get(entity, "")))
        assert_rows_typed(outcome)


JSON = any_json(
    ["uuid", "type", "text", "content", "chat_messages", "messages", "memory_files", "path", "project_memories", "docs"]
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ENTITIES), JSON)
def test_any_json_is_an_answer_for_every_entity(entity: str, record: object) -> None:
    """Parsed, ignored or rejected, and nothing else."""
    outcome = parse(entity, JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Ignored | Reject)
    if isinstance(outcome, Parsed):
        assert_rows_typed(outcome)


@given(st.sampled_from(ENTITIES), st.binary(max_size=80))
def test_any_bytes_are_an_answer_for_every_entity(entity: str, data: bytes) -> None:
    """Also what is no JSON at all."""
    assert isinstance(parse(entity, JsonBytes(data)), Parsed | Ignored | Reject)
