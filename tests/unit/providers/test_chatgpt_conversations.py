"""What a conversation's record becomes: its own row, and rejects where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.chatgpt import (
    START,
    START_US,
    Json,
    as_bytes,
    assistant,
    conversation,
    message,
    parsed,
    parsed_rows,
    user,
)

from memlake.jsontext import JsonBytes
from memlake.model import (
    ConversationRow,
    MessageRow,
    Reject,
)
from memlake.providers.chatgpt import parse


def head(record: object) -> ConversationRow:
    """Return the conversation's own row."""
    (row,) = parsed_rows(record, ConversationRow)
    return row


def messages(record: object) -> list[MessageRow]:
    """Return the message rows in reading order."""
    return parsed_rows(record, MessageRow)


def test_conversation_row_holds_what_the_record_says() -> None:
    """Every column of a conversation comes from its own key."""
    record = conversation(
        "A/b C", user("hi"), assistant("hello"), is_archived=True, is_starred=False, memory_scope="project_v2"
    )

    row = head(record)

    assert row == ConversationRow(
        conversation_id="A/b C",
        title="About A/b C",
        created_at_us=START_US,
        updated_at_us=START_US + 20_000_000,
        newest_at_us=START_US + 20_000_000,
        project_id=None,
        gizmo_id=None,
        model="gpt-4o",
        url="https://chatgpt.com/c/A%2Fb%20C",
        memory_scope="project_v2",
        is_archived=True,
        is_starred=False,
        is_do_not_remember=None,
        is_voice=False,
        has_tool_layer=True,
        dialect="classic",
    )


def test_message_row_holds_what_the_message_says() -> None:
    """Every column of a message comes from its own key, and the parent is the message above."""
    _, row = messages(conversation("c", user("hi"), assistant("hello")))

    assert row == MessageRow(
        position=1,
        message_id="n2",
        parent_id="n1",
        role="assistant",
        author_name=None,
        recipient="all",
        content_type="text",
        text="hello",
        created_at_us=START_US + 20_000_000,
        is_on_active_path=True,
        is_hidden=False,
        is_voice=False,
        model="gpt-4o",
        status="finished_successfully",
    )


@pytest.mark.parametrize("record", [{}, {"id": ""}, {"id": None, "mapping": {}}, {"id": True}, {"id": [1]}])
def test_conversation_without_an_id_is_rejected(record: Json) -> None:
    """Nothing can be said about a conversation that has no name."""
    assert parse("conversations", JsonBytes(as_bytes(record))) == Reject("conversation without an id")


@pytest.mark.parametrize("data", [b"5", b'"lost"', b"null", b"[]"])
def test_record_that_is_no_object_is_rejected(data: bytes) -> None:
    """An element of another type is bad data, not a crash."""
    assert parse("conversations", JsonBytes(data)) == Reject("not an object")


def test_record_that_is_no_json_is_rejected() -> None:
    """The reason says so without quoting the record."""
    outcome = parse("conversations", JsonBytes(b'{"secret": tru'))

    assert isinstance(outcome, Reject)
    assert "not valid JSON" in outcome.reason
    assert "secret" not in outcome.reason


def test_json_nested_ten_thousand_deep_is_rejected() -> None:
    """Hostile nesting ends as a reject."""
    assert isinstance(
        parse("conversations", JsonBytes(b'{"id":"c","mapping":' + b"[" * 10_000 + b"]" * 10_000 + b"}")), Reject
    )
    assert isinstance(parse("conversations", JsonBytes(b"[" * 900 + b'"\\ud800"' + b"]" * 900)), Reject)


@pytest.mark.parametrize("mapping", [[], [{"message": {}}], "x", 5, True])
def test_messages_in_a_wrong_place_are_rejected(mapping: object) -> None:
    """Nothing that may hold messages is taken for an empty conversation."""
    outcome = parse("conversations", JsonBytes(as_bytes({"id": "c", "mapping": mapping})))

    assert outcome == Reject("its messages are not in an object")


@pytest.mark.parametrize("mapping", [None, {}, {"n": None}, {"n": "text"}, {"n": {"message": None}}])
def test_conversation_without_messages_is_still_one(mapping: object) -> None:
    """No message is a message more."""
    record = conversation("c", mapping=mapping)

    assert head(record).conversation_id == "c"
    assert messages(record) == []


def test_conversation_id_is_preferred_and_a_number_becomes_text() -> None:
    """Captures may lack one of the two ids."""
    assert head(conversation("c", id="other")).conversation_id == "c"
    assert head({"conversation_id": None, "id": 17}).conversation_id == "17"


def test_absurdly_long_id_is_kept_but_has_no_url() -> None:
    """A URL of 10 kB leads nowhere."""
    row = head(conversation("x" * 10_000))

    assert len(row.conversation_id) == 10_000
    assert row.url is None


@pytest.mark.parametrize(
    ("keys", "project_id", "gizmo_id"),
    [
        ({"gizmo_id": "g-p-1", "conversation_template_id": "g-p-1"}, "g-p-1", None),
        ({"conversation_template_id": "g-p-2"}, "g-p-2", None),
        ({"gizmo_id": "g-abc", "conversation_template_id": "g-abc"}, None, "g-abc"),
        ({"gizmo_id": 5, "conversation_template_id": None}, None, None),
    ],
)
def test_project_is_told_from_custom_gpt_by_its_prefix(
    keys: Json, project_id: str | None, gizmo_id: str | None
) -> None:
    """Both ride in the same two keys."""
    row = head(conversation("c") | keys)

    assert (row.project_id, row.gizmo_id) == (project_id, gizmo_id)


def test_values_of_wrong_types_become_nothing() -> None:
    """A column holds its declared type or null."""
    row = head(
        conversation(
            "c", title="", create_time="soon", update_time=True, is_archived=1, is_starred="yes", memory_scope=7
        )
    )

    assert (row.title, row.created_at_us, row.updated_at_us, row.newest_at_us) == (None, None, None, None)
    assert (row.is_archived, row.is_starred, row.memory_scope) == (None, None, None)


def test_model_of_conversation_falls_back_to_its_most_frequent_one() -> None:
    """Old exports name models only in messages."""
    turns = [assistant("a", model_slug="old"), assistant("b", model_slug="new"), assistant("c", model_slug="new")]

    assert head(conversation("c", *turns, default_model_slug=None)).model == "new"
    assert head(conversation("c", default_model_slug=None)).model is None


def test_model_of_a_user_message_is_unknown() -> None:
    """The slug in a user's metadata is not who spoke."""
    assert messages(conversation("c", user("hi", model_slug="gpt-4o")))[0].model is None


def test_slim_dialect_is_told_by_the_keys_of_messages() -> None:
    """Without recipient, status and weight nothing shows tool calls."""
    row = head(conversation("c", user("hi"), assistant("hello"), dialect="slim"))

    assert (row.dialect, row.has_tool_layer) == ("slim", False)


@pytest.mark.parametrize(
    ("record", "dialect"),
    [
        ({"id": "c", "moderation_results": [], "pinned_time": None}, "classic"),
        ({"id": "c", "pinned_time": None}, "slim"),
        ({"id": "c"}, "classic"),
    ],
)
def test_dialect_without_messages_is_told_by_the_conversation(record: Json, dialect: str) -> None:
    """An empty conversation still has keys of its time."""
    assert head(record).dialect == dialect


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"voice": "ember"},
        lambda: {"mapping": {"n": {"message": {"metadata": {"voice_mode_message": True}}}}},
        lambda: {"mapping": {"n": {"message": {"content": {"parts": [{"content_type": "audio_transcription"}]}}}}},
    ],
)
def test_spoken_conversation_is_marked(change: Callable[[], Json]) -> None:
    """By its voice, a message's flag or a transcription."""
    assert head(conversation("c") | change()).is_voice is True


def test_times_of_every_kind_are_understood() -> None:
    """Seconds, ISO text and milliseconds mean the same; zero and booleans are no times."""
    times: list[object] = [START, "2025-01-01T12:00:00Z", START * 1000, 0, True, None]
    turns = [user("x").saying(create_time=time) for time in times]

    found = {row.message_id: row.created_at_us for row in messages(conversation("c", *turns))}

    assert list(found.values()) == [*[START_US] * 3, None, None, None]


def test_newest_time_may_be_a_messages() -> None:
    """It bounds the date of the export from below."""
    record = conversation("c", user("hi").saying(create_time=START + 86_400))

    assert head(record).newest_at_us == START_US + 86_400_000_000


def test_shapes_tell_which_keys_stood_where() -> None:
    """Unknown keys and content types are reported by place."""
    record = conversation("c", message("user", {"content_type": "hologram", "beam": 1}, aura=1), aura=True)

    shapes = dict(parsed(record).shapes)

    assert "aura" in shapes["conversation"]
    assert "children" in shapes["node"]
    assert "recipient" in shapes["message"]
    assert shapes["message.metadata"] == ("aura",)
    assert shapes["content_type:hologram"] == ("beam", "content_type")


def test_same_content_type_with_other_keys_is_one_shape() -> None:
    """Keys are collected over the whole conversation."""
    record = conversation("c", user("a"), message("user", {"content_type": "text", "odd": 1}))

    assert dict(parsed(record).shapes)["content_type:text"] == ("content_type", "odd", "parts")
