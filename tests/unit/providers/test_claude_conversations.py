"""Claude's conversations as rows: whose, where, in which order."""

from __future__ import annotations

import pytest
from support.claude import (
    NO_PARENT,
    START_US,
    Json,
    assistant,
    conversation,
    human,
    iso,
    message,
    outcome,
    parsed,
    parsed_rows,
    tool_call,
)

from memlake.model import ConversationRow, Ignored, MessageRow, Reject
from memlake.providers.claude import PROVIDER


def messages(record: object, entity: str = "conversations") -> list[MessageRow]:
    """Return the message rows in reading order."""
    return parsed_rows(record, MessageRow, entity)


def links(record: object) -> list[tuple[str, str | None]]:
    """Return each message with its parent, in reading order."""
    return [(row.message_id, row.parent_id) for row in messages(record)]


def test_conversation_becomes_one_row() -> None:
    """What the export does not say stays unknown."""
    record = conversation("c 1", human("hi"), assistant("hello"))

    assert parsed_rows(record, ConversationRow) == [
        ConversationRow(
            conversation_id="c 1",
            title="About c 1",
            created_at_us=START_US,
            updated_at_us=START_US + 20_000_000,
            newest_at_us=START_US + 20_000_000,
            project_id=None,
            gizmo_id=None,
            model=None,
            url="https://claude.ai/chat/c%201",
            memory_scope=None,
            is_archived=None,
            is_starred=None,
            is_do_not_remember=None,
            is_voice=False,
            has_tool_layer=True,
            dialect="branched",
            kind="chat",
            user_id="account-1",
        )
    ]


def test_message_becomes_one_row() -> None:
    """Everything that is said on the way to a row, in one place."""
    (row,) = messages(conversation("c", human("hi", model="claude-x")))

    assert row == MessageRow(
        position=0,
        message_id="m1",
        parent_id=None,
        role="user",
        author_name=None,
        recipient=None,
        content_type="text",
        text="hi",
        created_at_us=START_US + 10_000_000,
        is_on_active_path=True,
        is_hidden=False,
        is_voice=False,
        model="claude-x",
        status=None,
        spoken_text=None,
    )


def test_fields_of_the_web_api_are_read_where_they_are() -> None:
    """The export itself leaves out the model, the star and, as some say, the project."""
    record = conversation("c", human("hi"), model="claude-y", is_starred=True, project={"uuid": "p2"}, account=None)

    (row,) = parsed_rows(record, ConversationRow)
    (other,) = parsed_rows(record | {"project_uuid": "p1"}, ConversationRow)

    assert (row.model, row.is_starred, row.project_id, row.user_id) == ("claude-y", True, "p2", None)
    assert other.project_id == "p1"


def test_newest_time_of_a_conversation_may_be_that_of_an_edit() -> None:
    """It tells when the export was made at the earliest."""
    record = conversation("c", human("hi", updated_at=iso(900)), human("x", created_at=None, updated_at="?"))

    (row,) = parsed_rows(record, ConversationRow)

    assert row.newest_at_us == START_US + 900_000_000


def test_conversation_without_messages_or_times_is_kept() -> None:
    """Real accounts have dozens of them."""
    record = conversation("c", name="", created_at=None, updated_at=0)

    (row,) = parsed_rows(record, ConversationRow)

    assert (row.title, row.newest_at_us, row.dialect) == (None, None, "linear")
    assert messages(record) == []


def test_long_id_gives_no_address() -> None:
    """It is none of Claude's."""
    (row,) = parsed_rows(conversation("c" * 201), ConversationRow)

    assert row.url is None


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (conversation(None), "conversation without an id"),
        ({"uuid": "c"}, "its messages are not in a list"),
        (conversation("c", chat_messages={}), "its messages are not in a list"),
        ([], "not an object"),
    ],
)
def test_unusable_conversation_is_rejected(record: object, reason: str) -> None:
    """The reason says what is wrong, and no word of what was written."""
    assert outcome("conversations", record) == Reject(reason)


@pytest.mark.parametrize(
    ("sender", "role"), [("human", "user"), ("Assistant", "assistant"), ("Tool", "tool"), ("", None), (5, None)]
)
def test_sender_becomes_a_role(sender: object, role: str | None) -> None:
    """A person is a user; any other word stands."""
    assert [row.role for row in messages(conversation("c", message(sender, "hi")))] == [role]


def test_edited_message_makes_a_branch() -> None:
    """The newest leaf is where the conversation ended."""
    record = conversation(
        "c",
        human("a"),
        assistant("b"),
        human("a, edited", parent_message_uuid=NO_PARENT),
        assistant("d"),
    )

    assert links(record) == [("m1", None), ("m2", "m1"), ("m3", None), ("m4", "m3")]
    assert [row.is_on_active_path for row in messages(record)] == [False, False, True, True]
    assert [row.is_on_active_path for row in messages(record | {"current_leaf_message_uuid": "m2"})] == [
        *(True, True),
        *(False, False),
    ]


def test_unknown_parent_makes_a_root() -> None:
    """Nothing is lost because a link leads nowhere."""
    record = conversation("c", human("a", parent_message_uuid="gone"), human("b", parent_message_uuid=None))

    assert links(record) == [("m1", None), ("m2", None)]


def test_parents_come_first_and_the_file_decides_between_equal_times() -> None:
    """Times in exports are often equal."""
    record = conversation(
        "c",
        assistant("b", parent_message_uuid="m2"),
        human("a", parent_message_uuid=NO_PARENT),
        assistant("c", parent_message_uuid="m2"),
    )
    for each in parts(record):
        each["created_at"] = iso(10)

    assert [row.message_id for row in messages(record)] == ["m2", "m1", "m3"]


def parts(record: Json) -> list[Json]:
    """Return the messages of a synthetic conversation, to be changed."""
    found = record["chat_messages"]
    assert isinstance(found, list)
    return found


def test_messages_without_links_follow_one_another_as_in_the_file() -> None:
    """Older exports have no links; a time that runs back changes nothing."""
    record = conversation("c", human("a"), assistant("b", created_at=iso(1)), human("c"), is_linear=True)

    assert links(record) == [("m1", None), ("m2", "m1"), ("m3", "m2")]
    assert all(row.is_on_active_path for row in messages(record))
    assert [row.dialect for row in parsed_rows(record, ConversationRow)] == ["linear"]


def test_missing_and_repeated_ids_give_way_to_places() -> None:
    """Answers to a repeated id answer the first message that bears it."""
    record = conversation(
        "c",
        human("a", uuid=None),
        human("b", uuid="x"),
        human("c", uuid="x"),
        assistant("d", parent_message_uuid="x"),
        human("e", uuid="c#3"),
        human("f", uuid="c#3"),
    )

    assert [row.message_id for row in messages(record)] == ["c#1", "x", "c#3", "m4", "c#5", "c#6"]
    assert links(record)[3] == ("m4", "x")


def test_entries_that_are_no_objects_are_still_messages() -> None:
    """A null is none; what stands in a message's place is kept as text."""
    record = conversation("c", chat_messages=[None, "bare words", 7])

    assert [(row.message_id, row.text, row.content_type) for row in messages(record)] == [
        ("c#1", "bare words", "text"),
        ("c#2", "", "empty"),
    ]


def test_keys_are_reported_with_their_places() -> None:
    """So that a field that appears or vanishes is noticed."""
    record = conversation("c", human("hi", surprise=1, attachments=[{"id": "a"}]), assistant({"type": 5}), novel=1)

    found = dict(parsed(record).shapes)

    assert set(found) == {"conversation", "message", "attachment", "block:text"}
    assert set(found["conversation"]) - PROVIDER.known_fields["conversation"] == {"novel"}
    assert set(found["message"]) - PROVIDER.known_fields["message"] == {"surprise"}
    assert set(found["block:text"]) <= PROVIDER.known_fields["block:text"]


DESIGN_CHAT: Json = {
    "uuid": "d1",
    "title": "Poster",
    "project": {"uuid": "p1", "name": "Fair"},
    "created_at": iso(0),
    "updated_at": iso(5),
    "messages": [
        {
            "uuid": "m1",
            "role": "user",
            "created_at": None,
            "content": {
                "role": "user",
                "content": "Make a poster.",
                "timestamp": iso(1),
                "authorAccountUuid": "account-1",
                "attachments": [{"name": "a.txt", "content": "Open at nine."}, None],
            },
        },
        {
            "uuid": "m2",
            "role": "assistant",
            "created_at": iso(2),
            "content": {
                "content": "ignored where blocks say it",
                "contentBlocks": [
                    {"type": "thinking", "text": "Colours?"},
                    {"type": "text", "text": "Here it is."},
                    {"type": "tool_call", "toolCall": {"name": "draw", "input": {"b": 1, "a": 2}}},
                    {"type": "user_interjection", "message": {"content": "Bigger!"}},
                    "loose",
                ],
            },
        },
        {"uuid": "m3", "role": "user", "content": "Thanks.", "created_at": iso(3)},
        "bare",
    ],
}


def test_design_chat_becomes_a_conversation_of_its_own_kind() -> None:
    """It has no address that is known, and an export may leave such chats out."""
    (row,) = parsed_rows(DESIGN_CHAT, ConversationRow, "design_chats")

    assert (row.conversation_id, row.title, row.kind, row.url) == ("d1", "Poster", "design", None)
    assert (row.project_id, row.user_id, row.dialect) == ("p1", "account-1", "linear")
    assert (row.created_at_us, row.newest_at_us) == (START_US, START_US + 5_000_000)


def test_messages_of_a_design_chat_are_unwrapped() -> None:
    """Their content holds a content, blocks, attachments and a time of its own."""
    first, second, third, fourth = messages(DESIGN_CHAT, "design_chats")

    assert (first.role, first.created_at_us) == ("user", START_US + 1_000_000)
    assert first.text == "Make a poster.\n\n[attachment: a.txt]\n```\nOpen at nine.\n```"
    assert second.text == (
        '[thinking]\nColours?\n\nHere it is.\n\n[tool call: draw]\n{"a":2,"b":1}\n\n'
        "[user_interjection]\nBigger!\n\nloose"
    )
    assert second.spoken_text == "Here it is.\n\n[user_interjection]\nBigger!\n\nloose"
    assert (third.text, fourth.text, fourth.message_id) == ("Thanks.", "bare", "d1#4")


def test_keys_of_a_design_chat_are_known() -> None:
    """They have places of their own."""
    found = dict(parsed(DESIGN_CHAT, "design_chats").shapes)

    assert set(found) == {"design_chat", "design_chat.message", "design_chat.content"}
    assert all(set(keys) <= PROVIDER.known_fields[place] for place, keys in found.items())


def test_design_chat_without_a_list_of_messages_is_rejected() -> None:
    """As a conversation is."""
    assert outcome("design_chats", DESIGN_CHAT | {"messages": None}) == Reject("its messages are not in a list")
    assert outcome("design_chats", DESIGN_CHAT | {"uuid": ""}) == Reject("conversation without an id")


@pytest.mark.parametrize("key", ["messages", "chat_messages"])
def test_reflection_with_messages_becomes_a_conversation(key: str) -> None:
    """Nobody has described these files; what has messages can be read."""
    record = {"uuid": "r1", "title": "May", key: [{"sender": "human", "text": "I read more."}]}

    (row,) = parsed_rows(record, ConversationRow, "reflections")

    assert (row.kind, row.title, row.url) == ("reflection", "May", None)
    assert [each.text for each in messages(record, "reflections")] == ["I read more."]


@pytest.mark.parametrize("record", [{"uuid": "r1", "summary": "x"}, {"messages": []}, {"uuid": "r", "messages": {}}])
def test_reflection_without_messages_is_ignored(record: Json) -> None:
    """The receipt names the rule."""
    assert outcome("reflections", record) == Ignored("a reflection without messages")


def test_login_history_is_ignored() -> None:
    """It says nothing of memories or conversations."""
    assert outcome("login_history", {"login_events": []}) == Ignored("not about memories or conversations")


def test_call_of_a_tool_is_no_message_of_its_own() -> None:
    """One entry, one row, whatever its blocks."""
    assert len(messages(conversation("c", assistant("a", tool_call("x", {}), "b")))) == 1
