"""What a message of Claude's says: blocks, marks, attached documents, and what of it was spoken."""

from __future__ import annotations

import pytest
from support.claude import Json, assistant, conversation, human, parsed_rows, text, tool_call, tool_result

from memlake.model import AttachmentRow, ConversationRow, MessageRow

NOT_SHOWN = "```\nThis block is not supported on your current device yet.\n```"
DEEP: object = "too deep to be said"
for _ in range(12):
    DEEP = {"content": [DEEP]}


def said(message: Json) -> MessageRow:
    """Return the row of the only message."""
    (row,) = parsed_rows(conversation("c", message), MessageRow)
    return row


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (human("one ", " two"), "one \n\n two"),
        (human("one", text="one"), "one"),
        (human("one", "two", text="one\n\ntwo"), "one\n\ntwo"),
        (human(text="only here"), "only here"),
        (human(text="only here", content=None), "only here"),
        (human(text("  "), text="only here"), "only here"),
        (human(content="a bare string"), "a bare string"),
        (human(content={"text": "one block alone"}), "one block alone"),
        (human(content=["bare", 5, None]), "bare"),
        (human({"type": 7, "text": "no word for a type"}), "no word for a type"),
        (human({"type": "text", "content": [{"text": "a"}, {"text": "b"}]}), "a\nb"),
        (human(f"{NOT_SHOWN}\nand words"), f"{NOT_SHOWN}\nand words"),
        (human("\ud83d half"), "\ufffd half"),
    ],
)
def test_text_is_verbatim_and_there_once(message: Json, words: str) -> None:
    """The field `text` counts only where no block has words."""
    row = said(message)

    assert (row.text, row.spoken_text, row.content_type) == (words, None, "text")


@pytest.mark.parametrize(
    "message",
    [
        human(),
        human(content=None, text=None),
        human(text(""), text=" \n"),
        human(text(NOT_SHOWN), text=f"{NOT_SHOWN}\n\n\n{NOT_SHOWN}"),
        human({"type": "token_budget", "remaining": 5}, attachments=[None], files=["x"]),
    ],
)
def test_message_of_which_nothing_is_left_is_marked(message: Json) -> None:
    """The provider lost it; it is counted, and its place in the conversation stays."""
    row = said(message)

    assert (row.content_type, row.text, row.spoken_text) == ("empty", "", None)


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "thinking", "thinking": "Hm."}, "[thinking]\nHm."),
        ({"type": "thinking", "thinking": "", "summaries": [{"summary": "Short."}]}, "[thinking]\nShort."),
        ({"type": "redacted_thinking", "data": "x"}, "[redacted_thinking]"),
        (tool_call("search", {"n": 1, "b": ["é", None]}), '[tool call: search]\n{"b":["é",null],"n":1}'),
        (tool_call("search", {}), "[tool call: search]"),
        (tool_call(None, "plain words"), "[tool call]\nplain words"),
        (tool_call("a\nb", None), "[tool call: a b]"),
        (tool_result("search", "one", "two"), "[tool result: search]\none\ntwo"),
        (tool_result("search", "no", is_error=True), "[tool error: search]\nno"),
        (tool_result("x", content="bare"), "[tool result: x]\nbare"),
        (tool_result("x", content=[{"type": "image", "file_uuid": "f"}, 5]), "[tool result: x]\n[image]"),
        (
            tool_result("x", content=[{"title": "T", "url": "https://a.example"}]),
            "[tool result: x]\nT\nhttps://a.example",
        ),
        (tool_result("x", content=DEEP), "[tool result: x]"),
    ],
)
def test_thoughts_and_tools_are_marked_and_not_spoken(block: Json, words: str) -> None:
    """They are searchable parts of the message, but nobody said them to anybody."""
    row = said(assistant("Before.", block, "After."))

    assert row.text == f"Before.\n\n{words}\n\nAfter."
    assert row.spoken_text == "Before.\n\nAfter."


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ({"type": "image", "source": "x"}, "[image]"),
        ({"type": "file", "file_name": "a.csv"}, "[file: a.csv]"),
        ({"type": "document"}, "[file]"),
        ({"type": "flag", "flag": "x"}, "[flag]"),
        ({"type": "poem", "title": "Ode", "text": "O!"}, "[poem]\nOde\nO!"),
        ({"type": "voice_note"}, "[voice_note]"),
    ],
)
def test_other_blocks_are_marked_by_what_they_are(block: Json, words: str) -> None:
    """An unknown one by its type, with the words it holds."""
    row = said(human("See:", block))

    assert (row.text, row.spoken_text) == (f"See:\n\n{words}", None)


def test_message_of_tools_alone_has_spoken_nothing() -> None:
    """That is not the same as having spoken all of it; marks of hidden blocks are no words."""
    row = said(assistant(tool_call("search", {}), text=NOT_SHOWN))

    assert (row.text, row.spoken_text, row.content_type) == ("[tool call: search]", "", "text")


def test_arguments_of_a_tool_are_cut_where_they_nest_too_deeply() -> None:
    """Hostile ones must not exhaust the stack."""
    arguments: object = "x"
    for _ in range(200):
        arguments = {"a": [arguments]}

    assert said(assistant(tool_call("t", arguments))).text == '[tool call: t]\n{"a":[{"a":[{"a":["…"]}]}]}'


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"command": "add", "control": "User bakes."}, "add: User bakes."),
        ({"command": "remove", "line_number": 2}, "remove #2"),
        ({"command": "replace", "line_number": 1, "replacement": "User sings."}, "replace #1: User sings."),
        ({"command": "view"}, "view"),
        ({"command": "dance", "control": "x"}, '{"command":"dance","control":"x"}'),
    ],
)
def test_edit_of_memory_reads_as_words(arguments: Json, words: str) -> None:
    """A command that nobody knows is shown as it is."""
    assert said(assistant(tool_call("memory_user_edits", arguments))).text == f"[tool call: memory_user_edits]\n{words}"


def test_voice_note_is_text_that_was_spoken_aloud() -> None:
    """Its conversation has voice in it."""
    record = conversation("c", human({"type": "voice_note", "title": "Note", "text": "Buy rye."}), assistant("Yes."))

    rows = parsed_rows(record, MessageRow)

    assert [(row.text, row.is_voice) for row in rows] == [("Buy rye.", True), ("Yes.", False)]
    assert [row.is_voice for row in parsed_rows(record, ConversationRow)] == [True]


def test_attached_document_is_text_between_fences() -> None:
    """The fence is longer than any in the document, so that pasted words can be told from the person's own."""
    attachment = {"file_name": "a.md", "file_size": 9, "file_type": "text/markdown", "extracted_content": "a\n````\nb"}

    row = said(human("Read this.", attachments=[attachment]))

    assert row.text == "Read this.\n\n[attachment: a.md]\n`````\na\n````\nb\n`````"
    assert row.spoken_text is None


def test_attachment_without_words_leaves_its_mark() -> None:
    """Named or not."""
    row = said(human(attachments=[{"file_name": "a.pdf", "extracted_content": " "}, {}], text=None))

    assert (row.text, row.content_type) == ("[attachment: a.pdf]\n\n[attachment]", "text")


def test_attachments_and_files_become_rows() -> None:
    """Attached documents have no ids; their name and their place stand for one."""
    message = human(
        "x",
        attachments=[
            {"file_name": "a.md", "file_size": 9, "file_type": "txt", "extracted_content": "a"},
            {"id": "own"},
        ],
        files=[{"file_uuid": "f1", "file_name": "b.PNG"}, {"file_name": "c.csv"}],
        files_v2=[{"file_uuid": "f1", "file_name": "b.PNG", "size_bytes": 7, "file_kind": "image"}, {}],
        images=[{"uuid": "f2", "mime_type": "audio/mp3"}],
    )
    record = conversation("c", message)

    rows = [tuple(row[2:]) for row in parsed_rows(record, AttachmentRow)]

    assert rows == [
        ("f1", "b.PNG", "image", 7, "image"),
        ("c.csv#1", "c.csv", None, None, "file"),
        ("file#1", None, None, None, "file"),
        ("f2", None, "audio/mp3", None, "image"),
        ("a.md#0", "a.md", "txt", 9, "file"),
        ("own", None, None, None, "file"),
    ]
    assert said(message).text.startswith(
        "x\n\n[image]\n\n[file: c.csv]\n\n[file]\n\n[image]\n\n[attachment: a.md]\n```\na"
    )


def test_document_that_is_among_the_files_too_is_one() -> None:
    """It has the file's id, and what both say of it."""
    record = conversation(
        "c",
        human(
            attachments=[{"file_name": "a.md", "file_size": 9, "extracted_content": "a"}, {"file_name": "a.md"}],
            files=[{"file_uuid": "f1", "file_name": "a.md", "file_kind": "video/mp4"}],
        ),
    )

    assert parsed_rows(record, AttachmentRow) == [
        AttachmentRow("c", "m1", "f1", "a.md", "video/mp4", 9, "video"),
        AttachmentRow("c", "m1", "a.md#1", "a.md", None, None, "file"),
    ]
    assert [row.text for row in parsed_rows(record, MessageRow)] == [
        "[attachment: a.md]\n```\na\n```\n\n[attachment: a.md]"
    ]
