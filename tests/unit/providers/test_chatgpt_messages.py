"""What a message says, and whether a person saw it."""

from __future__ import annotations

import pytest
from support.chatgpt import (
    Turn,
    conversation,
    message,
    nodes,
    parsed_rows,
    text_content,
    user,
)

from memlake.jsontext import JsonBytes
from memlake.model import (
    MessageRow,
    Parsed,
)
from memlake.providers.chatgpt import parse


def messages(record: object) -> list[MessageRow]:
    """Return the message rows in reading order."""
    return parsed_rows(record, MessageRow)


@pytest.mark.parametrize(
    ("turn", "is_hidden"),
    [
        (user("hi"), False),
        (user("hi", is_visually_hidden_from_conversation=True), True),
        (message("system", text_content("")), True),
        (message("user", {"content_type": "user_editable_context"}), True),
        (user("hi").saying(weight=0), True),
        (user("hi").saying(recipient="python"), True),
        (user("hi").saying(recipient=None), False),
        (user("hi").saying(metadata=None), None),
    ],
)
def test_hidden_messages_are_told_by_flag_role_weight_and_recipient(turn: Turn, is_hidden: bool | None) -> None:  # noqa: FBT001
    """A message that a person never saw is marked, and nothing is claimed where metadata is missing."""
    assert messages(conversation("c", turn))[0].is_hidden is is_hidden


@pytest.mark.parametrize(
    ("metadata", "is_hidden"),
    [({"is_visually_hidden_from_conversation": True}, True), ({}, False), (None, None), ("x", None)],
)
def test_in_the_slim_dialect_only_the_flag_tells_what_is_hidden(metadata: object, is_hidden: bool | None) -> None:  # noqa: FBT001
    """Weight and recipient are not exported there."""
    record = conversation("c", user("hi").saying(metadata=metadata), dialect="slim")

    assert messages(record)[0].is_hidden is is_hidden


_POINTER = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1"}
_DEEP: object = "too deep to be said"
for _ in range(12):
    _DEEP = {"content": [_DEEP]}


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (text_content("a", None, {"text": "no"}, "b\n"), "a\nb\n"),
        (text_content(""), ""),
        ({"content_type": "text", "text": "misplaced"}, "misplaced"),
        ({"content_type": "text", "parts": None}, ""),
        ({"content_type": "code", "language": "python", "text": "x = 1"}, "x = 1"),
        ({"content_type": "execution_output", "text": "1"}, "1"),
        ({"content_type": "multimodal_text", "parts": [_POINTER, None, "look"]}, "[image]\nlook"),
        (
            {"content_type": "multimodal_text", "parts": [{"content_type": "audio_transcription", "text": "spoken"}]},
            "spoken",
        ),
        ({"content_type": "multimodal_text", "parts": [{"content_type": "audio_asset_pointer"}]}, "[audio]"),
        (
            {
                "content_type": "multimodal_text",
                "parts": [{"content_type": "real_time_user_audio_video_asset_pointer"}],
            },
            "[video]",
        ),
        ({"content_type": "multimodal_text", "parts": [{"asset_pointer": "x://y", "content_type": 5}]}, "[file]"),
        ({"content_type": "computer_output", "screenshot": _POINTER}, "[image]"),
        (
            {"content_type": "tether_quote", "title": "T", "text": "quoted", "url": "https://a.example"},
            "T\nquoted\nhttps://a.example",
        ),
        ({"content_type": "tether_browsing_display", "result": "r", "summary": "s"}, "r\ns"),
        ({"content_type": "citable_code_output", "output_str": "42"}, "42"),
        ({"content_type": "thoughts", "thoughts": [{"summary": "S", "content": "C", "chunks": ["C"]}]}, "S\nC"),
        ({"content_type": "reasoning_recap", "content": "Thought for 4s"}, "Thought for 4s"),
        ({"content_type": "user_editable_context", "user_profile": "p", "user_instructions": "i"}, "p\ni"),
        ({"content_type": "model_editable_context", "model_set_context": "1. x"}, "1. x"),
        ({"content_type": "never_seen", "result": "r", "parts": ["p"], "secret": "s"}, "p\nr"),
        ({"content_type": ["odd"], "text": "t"}, "t"),
        ({"content_type": "never_seen", "text": _DEEP}, "[never_seen]"),
        ({"content_type": "computer_initialize_state"}, "[computer_initialize_state]"),
        (None, ""),
        ("bare", "bare"),
        (7, ""),
        (["a", ["b"]], "a\nb"),
    ],
)
def test_every_content_type_becomes_searchable_text(content: object, text: str) -> None:
    """Known places are read, files leave a mark, and nothing raises."""
    assert messages(conversation("c", message("user", content)))[0].text == text


def test_message_that_is_no_object_is_still_a_row() -> None:
    """What stands in a message's place is kept as text."""
    record = conversation("c", user("a"))
    nodes(record)["n1"]["message"] = "bare words"

    (row,) = messages(record)

    assert (row.message_id, row.text, row.role) == ("n1", "bare words", None)


def test_lone_surrogates_become_replacement_characters() -> None:
    """Half a character cannot be stored."""
    outcome = parse(
        "conversations", JsonBytes(b'{"id": "c\\ud800", "mapping": {"n": {"message": {"content": "\\udc00"}}}}')
    )

    assert isinstance(outcome, Parsed)
    (row,) = outcome.rows[MessageRow]
    assert isinstance(row, MessageRow)
    assert row.text == "\ufffd"
