"""Claude's edits of its own memory, as its conversations recorded them."""

from __future__ import annotations

import json

import pytest
from support.claude import (
    NO_PARENT,
    START_US,
    Json,
    assistant,
    conversation,
    edit,
    human,
    iso,
    parsed_rows,
    tool_call,
    tool_result,
)

from memlake.model import EventRow, ListRow, MemoryRow
from memlake.text import text_key

TOOL = "memory_user_edits"
LYON = "User lives in Lyon"


def events(record: object) -> list[EventRow]:
    """Return the recorded calls."""
    return parsed_rows(record, EventRow)


def event_of(*blocks: Json, prompt: str = "hi") -> EventRow:
    """Return the only call in an answer."""
    (event,) = events(conversation("c", human(prompt), assistant(*blocks)))
    return event


def listing(*answers: str, **keys: object) -> tuple[list[ListRow], list[str]]:
    """Return the list that an answer to `view` shows, and its entries."""
    blocks = [tool_call(TOOL, {"command": "view"}), tool_result(TOOL, *answers, **keys)]
    record = conversation("c", human("hi"), assistant(*blocks))
    return parsed_rows(record, ListRow), [row.content for row in parsed_rows(record, MemoryRow)]


def test_added_memory_is_a_save_with_its_whole_text() -> None:
    """The call itself gives text and time, the result acknowledges it, the person's message asked for it."""
    record = conversation(
        "c",
        human("Please remember that I live in Lyon."),
        assistant(
            "Sure.",
            tool_call(TOOL, {"command": "add", "control": LYON}, id="toolu_1", start_timestamp=iso(25)),
            tool_result(TOOL, f"Added memory #1: {LYON}", tool_use_id="toolu_1"),
        ),
    )

    assert events(record) == [
        EventRow(
            conversation_id="c",
            message_id="m2",
            event_index=0,
            action="save",
            content=LYON,
            text_key=text_key(LYON),
            occurred_at_us=START_US + 25_000_000,
            is_acknowledged=True,
            prompt_message_id="m1",
            is_requested=True,
            line_number=None,
            is_list_edit=True,
        )
    ]


@pytest.mark.parametrize(
    ("arguments", "action", "content", "line_number"),
    [
        ({"command": "add", "control": " two\nlines "}, "save", " two\nlines ", None),
        ({"command": "add", "control": "x" * 5000}, "save", "x" * 5000, None),
        ({"command": "add", "replacement": "x"}, "save", "x", None),
        ({"command": " ADD ", "control": "x"}, "save", "x", None),
        ({"command": "add", "control": " "}, "noop", None, None),
        ({"command": "add"}, "noop", None, None),
        ({"command": "remove", "line_number": 2}, "forget", None, 2),
        ({"command": "remove", "line_number": "12"}, "forget", None, 12),
        ({"command": "remove", "control": "x"}, "forget", "x", None),
        ({"command": "remove", "line_number": 0}, "forget", None, None),
        ({"command": "remove", "line_number": True}, "forget", None, None),
        ({"command": "remove", "line_number": "9" * 400}, "forget", None, None),
        ({"command": "remove", "line_number": 999_999}, "forget", None, 999_999),
        ({"command": "remove", "line_number": 1_000_000}, "forget", None, None),
        ({"command": "replace", "line_number": 1, "replacement": "y", "control": "x"}, "replace", "y", 1),
        ({"command": "replace", "line_number": 1}, "noop", None, 1),
        ({"command": "view", "control": "x"}, "list", None, None),
        ({"command": "dance", "control": "x"}, "noop", "x", None),
        ({"command": 5}, "noop", None, None),
        (json.dumps({"command": "add", "control": "x"}), "save", "x", None),
        ("{not json", "noop", None, None),
        ([], "noop", None, None),
    ],
)
def test_command_tells_the_action(arguments: object, action: str, content: str | None, line_number: int | None) -> None:
    """Texts are never cut or split; what names no line or no text keeps neither."""
    event = event_of(tool_call(TOOL, arguments))

    assert (event.action, event.content, event.line_number) == (action, content, line_number)
    names_text = content is not None and action in ("save", "replace", "forget")
    assert event.text_key == (text_key(content or "") if names_text else None)


@pytest.mark.parametrize(
    ("name", "is_call"),
    [(TOOL, True), (f"Memory:{TOOL}", True), (f"not_{TOOL}", False), ("conversation_search", False), (None, False)],
)
def test_call_is_known_by_the_name_of_its_tool(name: object, is_call: bool) -> None:  # noqa: FBT001
    """Alone, or behind the name of a server."""
    record = conversation("c", assistant(tool_call(name, {"command": "add", "control": "x"})))

    assert bool(events(record)) is is_call


@pytest.mark.parametrize(
    ("result", "action", "is_acknowledged"),
    [
        (tool_result(TOOL, "Added memory #1: x"), "save", True),
        (tool_result(TOOL), "save", True),
        (tool_result(TOOL, "no", is_error=True), "noop", False),
        (tool_result(TOOL, "Error: too many memories"), "noop", False),
        (tool_result(TOOL, "Failed to add"), "noop", False),
        (tool_result(TOOL, "invalid command"), "noop", False),
        (tool_result(TOOL, "Errors are forgiven"), "save", True),
    ],
)
def test_result_tells_whether_it_was_done(result: Json, action: str, is_acknowledged: bool) -> None:  # noqa: FBT001
    """A refused save is none; what it wanted to save stays readable."""
    event = event_of(*edit("add", control="x"), result)

    assert (event.action, event.content, event.is_acknowledged) == (action, "x", is_acknowledged)
    assert (event.text_key is None) == (action == "noop")


def test_call_without_a_result_is_not_acknowledged() -> None:
    """Results are exported, so a missing one says something."""
    event = event_of(*edit("add", control="x"), tool_result("search", "y"))

    assert (event.action, event.is_acknowledged) == ("save", False)


def test_results_find_their_calls_by_id_in_any_order() -> None:
    """Parallel calls are answered as they end; a result of another call is nobody's."""
    first = tool_call(TOOL, {"command": "add", "control": "a"}, id="1")
    second = tool_call(TOOL, {"command": "add", "control": "b"}, id="2")
    third = tool_call(TOOL, {"command": "add", "control": "c"}, id="3")
    results = [tool_result(TOOL, "Error", tool_use_id="2"), tool_result(TOOL, "ok", tool_use_id="1")]

    found = events(conversation("c", assistant(first, second, third, *results)))

    assert [(event.event_index, event.content, event.action, event.is_acknowledged) for event in found] == [
        (0, "a", "save", True),
        (1, "b", "noop", False),
        (2, "c", "save", False),
    ]


def test_results_without_ids_follow_their_calls() -> None:
    """In the same message, or in the one that answers it; one before the call, or on another branch, is another's."""
    record = conversation(
        "c",
        human("hi"),
        assistant(tool_result(TOOL, "Error, too early"), *edit("add", control="a"), *edit("add", control="b")),
        assistant(tool_result(TOOL, "ok"), tool_result(TOOL, "Failed")),
        assistant(*edit("add", "ok", control="c"), parent_message_uuid="m1"),
        human("again", parent_message_uuid=NO_PARENT),
        assistant(*edit("add", control="d")),
    )

    assert [(event.event_index, event.content, event.is_acknowledged) for event in events(record)] == [
        (0, "a", True),
        (1, "b", False),
        (0, "c", True),
        (0, "d", False),
    ]


def test_each_result_without_an_id_answers_one_call() -> None:
    """Also where several messages answer that of the calls."""
    calls = [tool_call(TOOL, {"command": "add", "control": text}) for text in ("a", "b", "c")]
    answers = [assistant(tool_result(TOOL, "ok"), parent_message_uuid="m1") for _ in range(2)]

    assert [event.is_acknowledged for event in events(conversation("c", assistant(*calls), *answers))] == [
        *(True, True),
        False,
    ]


def test_time_of_a_call_is_its_own_or_its_messages() -> None:
    """And unknown if neither says it."""
    record = conversation(
        "c", assistant(*edit("add", control="a")), assistant(*edit("add", control="b"), created_at=None)
    )

    assert [event.occurred_at_us for event in events(record)] == [START_US + 10_000_000, None]


def test_prompt_is_the_nearest_message_of_the_person_that_says_something() -> None:
    """On the branch of the call, past answers and empty messages."""
    record = conversation(
        "c",
        human("Remember my name is Io."),
        assistant("One moment."),
        human(),
        assistant(*edit("add", control="User is called Io")),
        assistant(*edit("add", control="x"), parent_message_uuid=NO_PARENT),
    )

    assert [(event.prompt_message_id, event.is_requested) for event in events(record)] == [("m1", True), (None, False)]


@pytest.mark.parametrize(
    ("command", "prompt", "is_requested"),
    [
        ("add", "Remember that I bake.", True),
        ("add", "Forget that I bake.", False),
        ("remove", "Forget that I bake.", True),
        ("remove", "Remember that I bake.", False),
        ("replace", "Forget that, I stopped baking.", True),
        ("replace", "Remember that I sing now.", True),
        ("replace", "I sing now.", False),
    ],
)
def test_call_is_requested_if_the_prompt_asks_for_it(command: str, prompt: str, is_requested: bool) -> None:  # noqa: FBT001
    """To replace, both kinds of request will do."""
    event = event_of(*edit(command, control="x", replacement="y", line_number=1), prompt=prompt)

    assert event.is_requested is is_requested


def test_request_inside_an_attached_document_is_not_the_persons() -> None:
    """What is pasted asks nobody."""
    attachment = {"file_name": "a.txt", "extracted_content": "Please remember that I bake."}
    record = conversation("c", human("Look.", attachments=[attachment]), assistant(*edit("add", control="x")))

    assert [event.is_requested for event in events(record)] == [False]


def test_shown_list_is_kept_with_its_place_and_time() -> None:
    """As it stood at that moment of the conversation."""
    record = conversation("c", human("hi"), assistant(*edit("view", f"Viewed memory edits:\n1. {LYON}\n2. Likes tea")))

    assert parsed_rows(record, ListRow) == [ListRow("c", "m2", START_US + 20_000_000, 2)]
    first, second = parsed_rows(record, MemoryRow)
    assert (second.content, second.position) == ("Likes tea", 1)
    assert first == MemoryRow(
        channel="list_snapshot",
        memory_id=None,
        text_key=text_key(LYON),
        content=LYON,
        enabled=None,
        created_at_us=None,
        created_at_basis=None,
        updated_at_us=None,
        position=0,
        conversation_id="c",
        message_id="m2",
        seen_at_us=START_US + 20_000_000,
    )


@pytest.mark.parametrize(
    ("answer", "entries"),
    [
        ("1. a\n2. b", ["a", "b"]),
        ("Viewed memory edits:\n\n1) a\n\n2) b\n", ["a", "b"]),
        ("Edits:\n- a\n- b\nmore of b", ["a", "b\nmore of b"]),
        ("1. a\n- with a point\n5. and a number\n2. b\n\n3 edits in all", ["a\n- with a point\n5. and a number", "b"]),
        ("- a\n1. still a", ["a\n1. still a"]),
        ('["a", {"content": " b "}]', ["a", "b"]),
        ('{"count": 1, "memories": [{"control": "a"}]}', ["a"]),
        ("[1. not json\n1. a", ["a"]),
        ("[]", []),
        ("No memory edits found.", []),
        ("There are no user edits.", []),
        ("You don't have any memories yet.", []),
        ("Memory edits: none", []),
    ],
)
def test_list_is_read_in_every_form(answer: str, entries: list[str]) -> None:
    """Numbers have to count on, so that a list inside an entry stays a part of it; none is an answer, too."""
    lists, found = listing(answer)

    assert found == entries
    assert [row.memory_count for row in lists] == [len(entries)]


@pytest.mark.parametrize(
    "answer",
    ["", "Done.", "2. b\n3. c", "[1, 2]", '{"status": "ok"}', "5", "x" * 300 + " no memory", "Viewed memory edits:"],
)
def test_answer_that_is_no_list_is_none(answer: str) -> None:
    """Nothing is concluded from what cannot be read."""
    assert listing(answer) == ([], [])


def test_refused_look_at_the_list_shows_nothing() -> None:
    """An error is no empty list."""
    assert listing("1. a", is_error=True) == ([], [])
    assert listing("Error: no memory edits") == ([], [])


def test_message_that_shows_the_list_twice_gives_the_later_one() -> None:
    """A list has one place: the first look tells nothing that the calls between the two do not."""
    blocks = [*edit("view", "1. a"), *edit("add", "ok", control="b"), *edit("view", "1. a\n2. b"), *edit("view", "?")]
    record = conversation("c", assistant(*blocks))

    assert [row.memory_count for row in parsed_rows(record, ListRow)] == [2]
    assert [event.action for event in events(record)] == ["list", "save", "list", "list"]
