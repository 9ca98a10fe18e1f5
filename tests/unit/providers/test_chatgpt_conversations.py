"""What a conversation's record becomes: its own row, its messages, their order and their text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.chatgpt import START, START_US, Json, Turn, as_bytes, assistant, conversation, message, text_content, user

from memlake.model import ConversationRow, MessageRow, Parsed, Reject
from memlake.providers.chatgpt import parse


def parsed(record: object) -> Parsed:
    """Parse a conversation that can be parsed."""
    outcome = parse("conversations", as_bytes(record))
    assert isinstance(outcome, Parsed)
    return outcome


def head(record: object) -> ConversationRow:
    """Return the conversation's own row."""
    (row,) = parsed(record).rows[ConversationRow]
    assert isinstance(row, ConversationRow)
    return row


def messages(record: object) -> list[MessageRow]:
    """Return the message rows in reading order."""
    return [row for row in parsed(record).rows.get(MessageRow, []) if isinstance(row, MessageRow)]


def ids(record: object) -> list[str]:
    """Return the message ids in reading order."""
    return [row.message_id for row in messages(record)]


def nodes(record: Json) -> dict[str, Json]:
    """Return the mapping of a synthetic conversation, to be changed."""
    mapping = record["mapping"]
    assert isinstance(mapping, dict)
    return mapping


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
    assert parse("conversations", as_bytes(record)) == Reject("conversation without an id")


@pytest.mark.parametrize("data", [b"5", b'"lost"', b"null", b"[]"])
def test_record_that_is_no_object_is_rejected(data: bytes) -> None:
    """An element of another type is bad data, not a crash."""
    assert parse("conversations", data) == Reject("not an object")


def test_record_that_is_no_json_is_rejected() -> None:
    """The reason says so without quoting the record."""
    outcome = parse("conversations", b'{"secret": tru')

    assert isinstance(outcome, Reject)
    assert "not valid JSON" in outcome.reason
    assert "secret" not in outcome.reason


def test_json_nested_ten_thousand_deep_is_rejected() -> None:
    """Hostile nesting ends as a reject."""
    assert isinstance(parse("conversations", b'{"id":"c","mapping":' + b"[" * 10_000 + b"]" * 10_000 + b"}"), Reject)
    assert isinstance(parse("conversations", b"[" * 900 + b'"\\ud800"' + b"]" * 900), Reject)


@pytest.mark.parametrize("mapping", [None, {}, [], "x", 5, {"n": None}, {"n": "text"}, {"n": {"message": None}}])
def test_conversation_without_messages_is_still_one(mapping: object) -> None:
    """A mapping of any wrong type holds no messages."""
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


def test_message_without_an_id_has_its_nodes() -> None:
    """The node's key stands in for a missing, empty or impossible id."""
    turns = [
        user("a").saying(id=None),
        user("b").saying(id=""),
        user("c").saying(id={"x": 1}),
        user("d").saying(id=7.5),
    ]

    assert ids(conversation("c", *turns)) == ["n1", "n2", "n3", "7.5"]


def test_repeated_message_id_gives_way_to_the_nodes_own() -> None:
    """Nothing is lost to a repeated id, not even where the node's key is taken as well."""
    turns = [user("a").saying(id="n3"), user("b").saying(id="n3"), user("c").saying(id="n3")]

    assert ids(conversation("c", *turns)) == ["n3", "n2", "n3~"]


def test_parent_is_the_nearest_message_above() -> None:
    """Empty nodes between two messages do not count."""
    record = conversation("c", user("a"), assistant("b"))
    nodes(record).update(e1={"message": None, "parent": "n1"}, e2={"message": None, "parent": "e1"})
    nodes(record)["n2"]["parent"] = "e2"
    nodes(record)["n3"] = {"message": {"id": "m3"}, "parent": "e1"}

    assert [row.parent_id for row in messages(record)] == [None, "n1", "n1"]


def test_numeric_parent_finds_its_node() -> None:
    """Keys of an object are always strings, whatever the link is."""
    record = {"id": "c", "mapping": {"1": {"message": {}, "parent": None}, "2": {"message": {}, "parent": 1}}}

    assert [row.parent_id for row in messages(record)] == [None, "1"]


def test_file_order_does_not_decide_about_reading_order() -> None:
    """Parents come first, then earlier messages."""
    record = conversation("c", user("a"), assistant("b"), user("d"), assistant("e"))
    record["mapping"] = dict(reversed(nodes(record).items()))

    assert ids(record) == ["n1", "n2", "n3", "n4"]
    assert [row.position for row in messages(record)] == [0, 1, 2, 3]


def test_parent_comes_first_even_if_it_claims_to_be_later() -> None:
    """A clock that runs backwards does not turn a conversation round."""
    assert ids(conversation("c", Turn(role="user", content=None, at=90), Turn(role="user", content=None, at=10))) == [
        "n1",
        "n2",
    ]


def test_branches_are_read_by_time_and_unknown_times_follow_their_parent() -> None:
    """Siblings are merged into one order."""
    record = conversation(
        "c",
        Turn(role="user", content=None, at=10),
        Turn(role="assistant", content=None, at=50),
        Turn(role="user", content=None, at=60),
        Turn(role="assistant", content=None, at=20, parent="n1"),
        Turn(role="user", content=None, at=None),
    )

    assert ids(record) == ["n1", "n4", "n5", "n2", "n3"]


def test_active_path_leads_from_the_current_node_to_the_root() -> None:
    """An abandoned branch is kept, but is not on the path."""
    record = conversation("c", user("a"), assistant("old"), assistant("new").under("n1"), user("b"))

    assert [row.message_id for row in messages(record) if row.is_on_active_path] == ["n1", "n3", "n4"]


def test_current_node_without_a_message_stands_for_the_one_above() -> None:
    """The path begins at the nearest message."""
    record = conversation("c", user("a"), assistant("b"), current_node="end")
    nodes(record)["end"] = {"message": None, "parent": "n1"}

    assert [row.is_on_active_path for row in messages(record)] == [True, False]


@pytest.mark.parametrize("current_node", [None, "gone", 5, []])
def test_unknown_current_node_gives_way_to_the_newest_leaf(current_node: object) -> None:
    """The last thing said is where a person left off."""
    record = conversation("c", user("a"), assistant("b"), assistant("late").under("n1"), current_node=current_node)

    assert [row.message_id for row in messages(record) if row.is_on_active_path] == ["n1", "n3"]


def test_of_leaves_without_times_the_last_one_is_current() -> None:
    """Nothing but the order is left to decide."""
    turns = [Turn(role="user", content=None, at=None), *[Turn(role="user", content=None, at=None, parent="n1")] * 2]

    on_path = [
        row.message_id for row in messages(conversation("c", *turns, current_node=None)) if row.is_on_active_path
    ]

    assert on_path == ["n1", "n3"]


@pytest.mark.parametrize("parent", ["n1", "n3", "gone"])
def test_circles_and_dangling_parents_end_at_a_root(parent: str) -> None:
    """The first of a circle in the file becomes a root; every message is still there once."""
    record = conversation("c", user("a"), assistant("b"), user("d"))
    nodes(record)["n1"]["parent"] = parent

    assert [(row.message_id, row.parent_id) for row in messages(record)] == [("n1", None), ("n2", "n1"), ("n3", "n2")]


def test_branch_that_leads_into_a_circle_keeps_its_parent() -> None:
    """Only the circle is cut."""
    record = conversation("c", user("x"), user("a"), assistant("b"))
    nodes(record)["n1"]["parent"] = "n3"
    nodes(record)["n2"]["parent"] = "n3"

    assert {row.message_id: row.parent_id for row in messages(record)} == {"n1": "n3", "n2": None, "n3": "n2"}


def test_circle_of_empty_nodes_leads_nowhere() -> None:
    """Messages below it are roots."""
    record = conversation("c", user("a"), user("b"))
    nodes(record).update(e1={"message": None, "parent": "e2"}, e2={"message": None, "parent": "e1"})
    nodes(record)["n1"]["parent"] = "e1"
    nodes(record)["n2"]["parent"] = "e2"

    assert [row.parent_id for row in messages(record)] == [None, None]


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
        ({"content_type": "never_seen", "text": _DEEP}, ""),
        ({"content_type": "computer_initialize_state"}, ""),
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
    outcome = parse("conversations", b'{"id": "c\\ud800", "mapping": {"n": {"message": {"content": "\\udc00"}}}}')

    assert isinstance(outcome, Parsed)
    (row,) = outcome.rows[MessageRow]
    assert isinstance(row, MessageRow)
    assert row.text == "\ufffd"


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
