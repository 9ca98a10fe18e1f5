"""Traces of memory inside conversations: tool calls, list snapshots, instructions, files."""

from __future__ import annotations

import pytest
from support.chatgpt import (
    START_US,
    Json,
    Turn,
    assistant,
    bio_call,
    conversation,
    message,
    nodes,
    parsed_rows,
    text_content,
    user,
)

from memlake.model import (
    ALL_MEMORIES,
    AttachmentRow,
    EventLineRow,
    EventRow,
    InstructionRow,
    ListRow,
    MemoryRow,
)
from memlake.text import text_key

MAY_12_2024_US = 1_715_472_000_000_000


def snapshot(listing: object) -> Turn:
    """Return the hidden message that shows the model its memories."""
    content: Json = {"content_type": "model_editable_context", "model_set_context": listing, "repository": None}
    return message("assistant", content)


def test_save_call_is_an_event_with_its_whole_text() -> None:
    """The call itself gives text and time; the tool's reply acknowledges it."""
    record = conversation("c", user("remember it"), *bio_call("User plays the cello."), assistant("Noted."))

    assert parsed_rows(record, EventRow) == [
        EventRow(
            conversation_id="c",
            message_id="n2",
            event_index=0,
            action="save",
            content="User plays the cello.",
            text_key=text_key("User plays the cello."),
            occurred_at_us=START_US + 20_000_000,
            is_acknowledged=True,
            prompt_message_id="n1",
            is_requested=True,
        )
    ]
    assert parsed_rows(record, EventLineRow) == []


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("User likes tea.", "save"),
        ("Forget that the user likes tea.", "forget"),
        ("  forget everything", "forget"),
        ("FORGET: tea", "forget"),
        ("Forgetful people are dear to the user.", "save"),
        ("ignore", "noop"),
        (" Ignore\n", "noop"),
        ("", "noop"),
        ("Ignore my last message.", "save"),
    ],
)
def test_action_is_told_by_the_first_word(text: str, action: str) -> None:
    """Forgetting and doing nothing go through the same tool."""
    (event,) = parsed_rows(conversation("c", *bio_call(text)), EventRow)

    assert event.action == action
    assert event.content == (text or None)
    assert (event.text_key is None) == (action == "noop")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Forget that the user likes tea.", "the user likes tea."),
        ("forget User likes tea.", "User likes tea."),
        ("Forget about tea", "tea"),
        ("FORGET: tea", "tea"),
        ("Forget the memory that User likes tea.", "User likes tea."),
        ("Forget the saved memory: \u201cUser likes tea.\u201d", "User likes tea."),
        ('Forget "User likes tea.".', "User likes tea."),
        ('Forget that User says "hi"', 'User says "hi"'),
        ("Forget the fact that\nUser likes tea.", "User likes tea."),
        ("Forget everything about tea.", "everything about tea."),
        ("Forget all about tea", "all about tea"),
        ("Forget all memories about tea", "all memories about tea"),
    ],
)
def test_key_of_a_forget_is_that_of_what_it_names(text: str, named: str) -> None:
    """So that it can be found; the content stays verbatim."""
    (event,) = parsed_rows(conversation("c", *bio_call(text)), EventRow)

    assert (event.action, event.content, event.text_key) == ("forget", text, text_key(named))


@pytest.mark.parametrize(
    "text",
    [
        "Forget everything",
        "Forget everything.",
        "Forget about everything you know about the user.",
        "Forget everything about me!",
        "Forget all",
        "Forget all memories.",
        "Forget all my memories",
        "forget all of the user's stored memories",
        "Forget all saved memories about the user.",
        "Forget all memories you have stored",
    ],
)
def test_forgetting_everything_names_all_memories(text: str) -> None:
    """Whatever they are."""
    (event,) = parsed_rows(conversation("c", *bio_call(text)), EventRow)

    assert (event.action, event.text_key) == ("forget", ALL_MEMORIES)


@pytest.mark.parametrize("text", ["Forget", "Forget that.", 'forget: ""'])
def test_forgetting_nothing_in_particular_has_no_key(text: str) -> None:
    """It can be matched with no memory."""
    (event,) = parsed_rows(conversation("c", *bio_call(text)), EventRow)

    assert (event.action, event.text_key) == ("forget", None)


def test_call_knows_the_users_turn_before_it() -> None:
    """However many messages of tools and of the assistant are in between."""
    thinking = message("assistant", {"content_type": "thoughts", "thoughts": [{"content": "Remember that?"}]})
    turns = [user("Remember tea."), *[thinking] * 50, *bio_call("User likes tea."), *bio_call("User likes jam.")]

    events = parsed_rows(conversation("c", *turns), EventRow)

    assert [(event.prompt_message_id, event.is_requested) for event in events] == [("n1", True), ("n1", True)]


def test_turn_before_a_call_is_the_one_on_its_branch() -> None:
    """What was said elsewhere asks for nothing here."""
    record = conversation(
        "c",
        user("Remember that I like tea."),
        assistant("Noted."),
        user("What is for lunch?").under("n0"),
        *bio_call("User likes tea."),
    )

    (event,) = parsed_rows(record, EventRow)

    assert (event.prompt_message_id, event.is_requested) == ("n3", False)


def test_what_nobody_wrote_is_no_turn() -> None:
    """Custom instructions, hidden messages and empty ones stand before a call, but ask for nothing."""
    instructions = message("user", {"content_type": "user_editable_context", "user_profile": "Remember that I run."})
    hidden = user("Remember that I run.", is_visually_hidden_from_conversation=True)

    (event,) = parsed_rows(conversation("c", instructions, hidden, user(" "), *bio_call("User runs.")), EventRow)

    assert (event.prompt_message_id, event.is_requested) == (None, False)


@pytest.mark.parametrize(
    ("prompt", "call", "is_requested"),
    [
        ("Forget my address.", "Forget that the user lives in Braga.", True),
        ("Forget my address.", "User lives in Braga.", False),
        ("Remember my address.", "Forget that the user lives in Braga.", False),
        ("Remember my address.", "ignore", True),
    ],
)
def test_asking_to_remember_and_to_forget_are_two_things(prompt: str, call: str, *, is_requested: bool) -> None:
    """A call counts as asked for where its own kind is."""
    (event,) = parsed_rows(conversation("c", user(prompt), *bio_call(call)), EventRow)

    assert event.is_requested is is_requested


def test_call_in_a_circle_of_messages_is_read() -> None:
    """A tree that goes round has a beginning all the same."""
    record = conversation("c", user("Remember tea."), *bio_call("User likes tea."))
    nodes(record)["n1"]["parent"] = "n3"

    (event,) = parsed_rows(record, EventRow)

    assert (event.prompt_message_id, event.is_requested) == ("n1", True)


def test_call_without_a_reply_is_not_acknowledged() -> None:
    """The call stays an event."""
    (event,) = parsed_rows(conversation("c", *bio_call("User likes tea.", has_reply=False)), EventRow)

    assert event.is_acknowledged is False


def test_call_on_an_abandoned_branch_counts() -> None:
    """The memory was saved, whatever was shown later."""
    record = conversation("c", user("hi"), *bio_call("User likes tea."), assistant("again").under("n1"))

    assert [event.message_id for event in parsed_rows(record, EventRow)] == ["n2"]


def test_several_calls_in_one_turn_are_several_events() -> None:
    """Each message to the tool is one call."""
    record = conversation("c", user("hi"), *bio_call("User likes tea."), *bio_call("User likes jam."))

    assert [event.content for event in parsed_rows(record, EventRow)] == ["User likes tea.", "User likes jam."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"content_type": "code", "text": "User likes tea."}, "User likes tea."),
        (text_content('{"content": "User likes tea."}'), "User likes tea."),
        (text_content('{"other": 1}'), '{"other": 1}'),
        (text_content("{not json"), "{not json"),
        (text_content("{}"), "{}"),
    ],
)
def test_arguments_of_a_call_may_be_code_or_json(content: Json, said: str) -> None:
    """The fact is found inside; anything else stays as it is."""
    call = message("assistant", content).saying(recipient="bio.save")

    assert [event.content for event in parsed_rows(conversation("c", call), EventRow)] == [said]


def test_reply_reveals_a_call_that_names_no_recipient() -> None:
    """Without recipients, the assistant's message above the tool's reply is the call."""
    turns = [turn.saying(recipient=None) for turn in (user("hi"), *bio_call("User likes tea."), assistant("Noted."))]

    (event,) = parsed_rows(conversation("c", *turns), EventRow)

    assert (event.message_id, event.is_acknowledged) == ("n2", True)


def test_missing_time_of_a_call_is_its_replys() -> None:
    """The reply lies seconds after the call at most."""
    call, reply = bio_call("User likes tea.")

    (event,) = parsed_rows(conversation("c", call.saying(create_time=None), reply), EventRow)
    (lonely,) = parsed_rows(conversation("c", call.saying(create_time=None)), EventRow)

    assert event.occurred_at_us == START_US + 20_000_000
    assert lonely.occurred_at_us is None


def test_call_that_is_recognised_without_a_tool_layer_has_no_acknowledgement_to_show() -> None:
    """Where replies are not exported, a missing one says nothing; here one shows what the call was."""
    record = conversation("c", *bio_call("User likes tea."))
    mapping = record["mapping"]
    assert isinstance(mapping, dict)
    for node in mapping.values():
        for key in ("recipient", "status", "weight"):
            (node["message"] or {}).pop(key, None)

    (event,) = parsed_rows(record, EventRow)

    assert event.is_acknowledged is None


def test_lines_of_a_save_are_listed_besides_the_whole() -> None:
    """Bullets and numbers are dropped, empty lines do not count, a year at the end stays."""
    (first, second, third) = parsed_rows(
        conversation("c", *bio_call("- User moves in 2025.\n\n* User likes jam.\n2. 7 dogs\n-  ")), EventLineRow
    )

    assert [row.content for row in (first, second, third)] == ["User moves in 2025.", "User likes jam.", "7 dogs"]
    assert [row.line_number for row in (first, second, third)] == [1, 2, 3]
    assert first.text_key == text_key("User moves in 2025.")


@pytest.mark.parametrize("text", ["Forget this\nand that", "only one\n\n", "ignore"])
def test_only_saves_of_several_facts_have_lines(text: str) -> None:
    """A forget or a single fact is whole as it is."""
    assert parsed_rows(conversation("c", *bio_call(text)), EventLineRow) == []


def test_list_snapshot_gives_each_entry_with_its_stated_date() -> None:
    """The list is one row, its entries are memories seen when it was taken."""
    listing = "1. [2024-05-12]. The user plays the cello.\n\n2. The user has\ntwo dogs.\n\n3. [2024-13-40]. odd"

    record = conversation("c", user("hi"), snapshot(listing))

    assert parsed_rows(record, ListRow) == [ListRow("c", "n2", START_US + 20_000_000, 3)]
    memories = parsed_rows(record, MemoryRow)
    assert [row.content for row in memories] == [
        "The user plays the cello.",
        "The user has\ntwo dogs.",
        "[2024-13-40]. odd",
    ]
    assert memories[0] == MemoryRow(
        channel="list_snapshot",
        memory_id=None,
        text_key=text_key("The user plays the cello."),
        content="The user plays the cello.",
        enabled=None,
        created_at_us=MAY_12_2024_US,
        created_at_basis="stated",
        updated_at_us=None,
        position=0,
        conversation_id="c",
        message_id="n2",
        seen_at_us=START_US + 20_000_000,
    )
    assert [row.created_at_basis for row in memories] == ["stated", None, None]
    assert [row.position for row in memories] == [0, 1, 2]


@pytest.mark.parametrize(
    ("listing", "entries"),
    [
        ("", []),
        ("  \n\n ", []),
        ("1. [2024-01-01]. a\n2. [2024-01-02]. b", ["a", "b"]),
        ("1. a list:\n\n1. inner\n2. inner\n\n2. b", ["a list:\n\n1. inner\n2. inner", "b"]),
        ("1. a\n\nmore of a\n\n2. b", ["a\n\nmore of a", "b"]),
        ("no numbers\n\nat all", ["no numbers", "at all"]),
        ("[2024-01-01]", ["[2024-01-01]"]),
        (
            "1. 2024-01-01: a\n\n2. 2024-01-01 was a day\n\n3. [2024-01-01] - -5 degrees",
            ["a", "2024-01-01 was a day", "-5 degrees"],
        ),
        ("1. a\u2028b", ["a\u2028b"]),
    ],
)
def test_entries_of_a_snapshot_are_found_by_numbers_that_count_on(listing: str, entries: list[str]) -> None:
    """A list inside an entry is a part of it."""
    record = conversation("c", snapshot(listing))

    assert [row.content for row in parsed_rows(record, MemoryRow)] == entries
    assert [row.memory_count for row in parsed_rows(record, ListRow)] == [len(entries)]


@pytest.mark.parametrize("listing", [None, 5, ["1. a"]])
def test_missing_snapshot_text_is_no_list(listing: object) -> None:
    """Null is not an empty list."""
    assert parsed_rows(conversation("c", snapshot(listing)), ListRow) == []


def test_snapshot_without_a_time_was_seen_when_its_ancestor_was_written() -> None:
    """Else when the conversation began."""
    timeless = snapshot("1. a").saying(create_time=None)

    below = parsed_rows(conversation("c", user("hi"), timeless), ListRow)
    alone = parsed_rows(conversation("c", timeless), ListRow)

    assert [row.seen_at_us for row in below + alone] == [START_US + 10_000_000, START_US]


def test_custom_instructions_come_from_the_metadata() -> None:
    """The plain words are there, without the sentence that wraps them."""
    context = message(
        "user",
        {"content_type": "user_editable_context", "user_profile": "wrapped", "user_instructions": "wrapped"},
        user_context_message_data={"about_user_message": "I bake.", "about_model_message": "Be brief."},
    )

    assert parsed_rows(conversation("c", context), InstructionRow) == [
        InstructionRow("c", "n1", START_US, "I bake.", "Be brief.")
    ]


def test_custom_instructions_are_unwrapped_where_metadata_is_missing() -> None:
    """Sentence and fence are dropped, a fence inside is not."""
    content: Json = {
        "content_type": "user_editable_context",
        "user_profile": "They said about themselves:\n```I bake.\n```sh\nls\n```\nDaily.```",
        "user_instructions": "Be brief. ",
    }

    assert parsed_rows(conversation("c", message("user", content)), InstructionRow) == [
        InstructionRow("c", "n1", START_US, "I bake.\n```sh\nls\n```\nDaily.", "Be brief.")
    ]


def test_old_custom_instructions_ride_in_an_empty_system_message() -> None:
    """Before they had a content type of their own."""
    context = message("system", text_content(""), user_context_message_data={"about_user_message": "I bake."})

    assert parsed_rows(conversation("c", context), InstructionRow) == [
        InstructionRow("c", "n1", START_US, "I bake.", None)
    ]


@pytest.mark.parametrize(
    "turn",
    [
        message("user", {"content_type": "user_editable_context", "user_profile": "``` ```", "user_instructions": 5}),
        message("system", text_content(""), user_context_message_data="odd"),
        message("system", text_content(""), user_context_message_data={"about_user_message": " "}),
    ],
)
def test_empty_instructions_are_none(turn: Turn) -> None:
    """A message that instructs nothing gives no row."""
    assert parsed_rows(conversation("c", turn), InstructionRow) == []


def test_attachment_is_listed_once_with_all_that_is_known() -> None:
    """Upload and pointer of one id are one file."""
    pointer: Json = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1", "size_bytes": 9}
    turn = message(
        "user",
        {"content_type": "multimodal_text", "parts": [pointer, "look"]},
        attachments=[{"id": "file_1", "name": "dog", "mimeType": "application/octet-stream"}],
    )

    assert parsed_rows(conversation("c", turn), AttachmentRow) == [
        AttachmentRow("c", "n1", "file_1", "dog", "application/octet-stream", 9, "image")
    ]


def test_uploads_of_plain_messages_are_attachments() -> None:
    """The MIME type tells the kind; what cannot be named or counted is left out."""
    turn = user("see files")
    turn = turn.saying(
        metadata={
            "attachments": [
                {"id": "a", "name": "a.png", "mime_type": "image/png", "size": 5},
                {"name": "b.txt", "size": 2**70},
                {"id": "c", "size": True},
                {"id": None},
                "odd",
            ]
        }
    )

    assert parsed_rows(conversation("c", turn), AttachmentRow) == [
        AttachmentRow("c", "n1", "a", "a.png", "image/png", 5, "image"),
        AttachmentRow("c", "n1", "b.txt", "b.txt", None, None, "file"),
        AttachmentRow("c", "n1", "c", None, None, None, "file"),
    ]


def test_files_inside_a_live_video_turn_are_found() -> None:
    """Pointers may be nested; an empty or very deep one points nowhere."""
    audio: Json = {"content_type": "audio_asset_pointer", "asset_pointer": "file-service://file-2", "size_bytes": -1}
    deep: object = audio
    for _ in range(9):
        deep = [deep]
    live: Json = {
        "content_type": "real_time_user_audio_video_asset_pointer",
        "audio_asset_pointer": audio,
        "frames_asset_pointers": [{"asset_pointer": "sediment://"}, {"asset_pointer": 5}],
        "too": deep,
    }
    turn = message("user", {"content_type": "multimodal_text", "parts": [live]})

    assert parsed_rows(conversation("c", turn), AttachmentRow) == [
        AttachmentRow("c", "n1", "file-2", None, None, None, "audio")
    ]
