"""Memory lists and the smaller files of an export."""

from __future__ import annotations

import pytest
from support.chatgpt import START_US, Json, as_bytes

from memlake.jsontext import JsonBytes
from memlake.model import (
    ExpectedFileRow,
    FeedbackRow,
    FileNameRow,
    Ignored,
    MemoryRow,
    Parsed,
    Reject,
    Row,
    SharedLinkRow,
    UserRow,
)
from memlake.providers.chatgpt import PROVIDER, parse
from memlake.text import text_key

ISO = "2025-01-01T12:00:00Z"


def rows(entity: str, record: object) -> list[Row]:
    """Return all rows of a record that can be parsed."""
    outcome = parse(entity, JsonBytes(as_bytes(record)))
    assert isinstance(outcome, Parsed)
    return [row for found in outcome.rows.values() for row in found]


def memory(record: Json) -> MemoryRow:
    """Return the row of one memory."""
    (row,) = rows("memories", record)
    assert isinstance(row, MemoryRow)
    return row


def page(html: str) -> list[MemoryRow]:
    """Return the memories of a page that has the list."""
    outcome = parse("memory_page", JsonBytes(html.encode()))
    assert isinstance(outcome, Parsed)
    return [row for row in outcome.rows[MemoryRow] if isinstance(row, MemoryRow)]


def test_memory_of_the_published_shape_becomes_one_row() -> None:
    """Id and text are verbatim, times are the provider's."""
    record: Json = {"id": "mem_1", "content": " User bakes. ", "enabled": False, "created_at": ISO, "updated_at": ISO}

    assert memory(record) == MemoryRow(
        channel="memory_file",
        memory_id="mem_1",
        text_key=text_key("User bakes."),
        content=" User bakes. ",
        enabled=False,
        created_at_us=START_US,
        created_at_basis="provider",
        updated_at_us=START_US,
        position=0,
        conversation_id=None,
        message_id=None,
        seen_at_us=None,
    )


@pytest.mark.parametrize("key", ["content", "value", "text", "memory"])
def test_text_of_a_memory_may_stand_under_several_keys(key: str) -> None:
    """An empty or impossible one gives way to the next."""
    assert memory({"id": 5, "content": " ", "value": None, key: "User bakes."}).content == "User bakes."


@pytest.mark.parametrize("key", ["created_at", "created_timestamp", "create_time"])
def test_creation_may_stand_under_several_keys(key: str) -> None:
    """Epoch or ISO."""
    assert memory({"id": "m", "content": "x", key: START_US / 1_000_000}).created_at_us == START_US


def test_memory_as_the_web_api_answers_it_becomes_one_row() -> None:
    """Its creation is an epoch or null, and a cold one is still on."""
    record: Json = {"id": "m", "content": "x", "updated_at": ISO, "created_timestamp": None, "status": "cold"}

    row = memory(record)

    assert (row.enabled, row.created_at_us, row.updated_at_us) == (True, None, START_US)
    assert memory(record | {"created_timestamp": START_US // 1_000_000}).created_at_us == START_US


def test_unknown_creation_stays_unknown() -> None:
    """No basis is claimed for a time that is not there."""
    row = memory({"id": "m", "content": "x", "created_at": None})

    assert (row.created_at_us, row.created_at_basis, row.updated_at_us) == (None, None, None)


@pytest.mark.parametrize(
    ("state", "enabled"),
    [
        ({"enabled": True}, True),
        ({"enabled": False, "status": "warm"}, False),
        ({"enabled": None, "status": "warm"}, True),
        ({"status": "Cold"}, True),
        ({"status": "disabled"}, False),
        ({"status": "pending"}, None),
        ({"status": 1}, None),
        ({"enabled": "yes"}, None),
        ({}, None),
    ],
)
def test_state_of_a_memory_is_known_only_by_known_words(state: Json, enabled: bool | None) -> None:  # noqa: FBT001
    """A cold memory is older, but still on."""
    assert memory({"id": "m", "content": "x"} | state).enabled is enabled


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"id": "m"}, "memory without a text"),
        ({"id": "m", "content": " \n"}, "memory without a text"),
        ({"content": "x"}, "memory without an id"),
        ([], "not an object"),
    ],
)
def test_unusable_memory_is_rejected(record: object, reason: str) -> None:
    """The reason says what is missing."""
    assert parse("memories", JsonBytes(as_bytes(record))) == Reject(reason)


def test_page_lists_items_paragraphs_and_rows_below_its_heading() -> None:
    """Up to the next heading of its rank; dates before an entry are its creation."""
    html = """My ChatGPT memories</h2>
      <ul><li>[2025-01-01] User  bakes &amp; cooks.<li><p>User <b>runs</b>.</p></li></ul>
      <table><tr><th>saved</th><th>text</th></tr><tr><td>2025-01-01</td><td>User<br>sings.</td></tr>
      <td>loose cell</td><tr><td>User</td><td></td><td>rows</td></tr></table>
      <h3>Deeper <p>note</p></h3><p>one<p>two</p>stray <script>let x = "<li>no</li>";</script>
      <h2>Else</h2><p>not a memory</p>"""

    found = page(html)

    assert [row.content for row in found] == [
        "User bakes & cooks.",
        "User runs.",
        "User sings.",
        "loose cell",
        "User \u2013 rows",
        "note",
        "one",
        "two",
    ]
    assert [row.position for row in found] == [*range(8)]
    assert [row.created_at_basis for row in found] == ["stated", None, "stated", None, None, None, None, None]
    assert {(row.channel, row.memory_id) for row in found} == {("html", None)}


@pytest.mark.parametrize("html", ["My ChatGPT memories</h1>", "My ChatGPT memories (0)</H2 ><ul></ul><p> </p>"])
def test_empty_section_is_a_list_of_no_memories(html: str) -> None:
    """The place for memories is there, without rows."""
    assert page(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "My ChatGPT memories are gone",
        "My ChatGPT memories</b><li>x</li>",
        'My ChatGPT memories</h2><li>said in a chat</li>"}];</script><p>x</p>',
    ],
)
def test_words_of_the_heading_elsewhere_are_no_list(html: str) -> None:
    """A chat about memories is not their list, not even when it quotes markup."""
    assert parse("memory_page", JsonBytes(html.encode())) == Ignored("a page without a memory list")


def test_hostile_markup_does_no_harm() -> None:
    """Marked sections, open tags and broken bytes are text or nothing."""
    found = page("My ChatGPT memories</h2><li>a <![x[ b<li>c <!-- d<li>" + "<p>" * 5_000 + "<li e='")

    assert found[0].content == "a <![x[ b"
    assert [row.content for row in page("My ChatGPT memories</h2><p>a<!-- <p>b --><p>c<!-- <p>d")] == ["a", "c"]
    assert [row.content for row in page("My ChatGPT memories</h2><p>a<p>last words<em")] == ["a", "last words"]
    assert isinstance(parse("memory_page", JsonBytes(b"My ChatGPT memories</h2><li>\xff\xfe")), Parsed)


def test_account_has_the_users_id() -> None:
    """The e-mail is there if it is a text."""
    assert rows("account", {"id": "user-1", "email": "ida@example.org"}) == [UserRow("user-1", "ida@example.org")]
    assert rows("account", {"id": "user-1", "email": None}) == [UserRow("user-1", None)]


@pytest.mark.parametrize("key", ["id", "message_id"])
def test_feedback_points_to_its_message(key: str) -> None:
    """Its id is the message's; the oldest records say so."""
    record = {key: "m1", "conversation_id": "c1", "rating": "thumbsUp", "content": "{}", "create_time": ISO}

    assert rows("feedback", record) == [FeedbackRow("c1", "m1", "thumbsUp", "{}", START_US)]


def test_shared_link_points_to_its_conversation() -> None:
    """Nothing else is told of it."""
    record = {"id": "s1", "conversation_id": "c1", "title": "Bread", "is_anonymous": True}

    assert rows("shared_links", record) == [SharedLinkRow("s1", "c1", "Bread", True)]


def test_file_names_are_read_from_both_files() -> None:
    """The flat object knows names only, the library more."""
    assert rows("file_names", {"file_1.dat": "dog.png", "file_2.dat": None}) == [
        FileNameRow("file_1.dat", "dog.png", None, None)
    ]
    assert rows(
        "file_names", {"file_id": "f", "file_name": "a.md", "mime_type": "text/markdown", "file_size_bytes": 3}
    ) == [FileNameRow("f", "a.md", "text/markdown", 3)]


def test_manifest_promises_the_files_of_known_entities() -> None:
    """Shards by their logical file, others by their own name; pictures are not waited for."""
    logical: Json = {
        "conversations.json": {"files": ["conversations-000.json", {"path": "conversations-001.json"}, 5]},
        "user.json": {"sharded": False},
        "media": {"files": ["picture.webp", "parts/memory.json"]},
        "odd": None,
    }

    assert rows("manifest", {"version": 1, "logical_files": logical}) == [
        ExpectedFileRow("conversations-000.json", "conversations"),
        ExpectedFileRow("conversations-001.json", "conversations"),
        ExpectedFileRow("user.json", "account"),
        ExpectedFileRow("parts/memory.json", "memories"),
    ]


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ("account", "account without an id"),
        ("feedback", "feedback without a message's id"),
        ("shared_links", "shared link without an id"),
    ],
)
def test_sibling_record_without_an_id_is_rejected(entity: str, reason: str) -> None:
    """It would point nowhere."""
    assert parse(entity, JsonBytes(b'{"title": "x"}')) == Reject(reason)


@pytest.mark.parametrize("record", [{"file_id": None, "file_name": "x"}, {"file_id": "f", "file_name": ""}])
def test_library_file_without_id_or_name_is_rejected(record: Json) -> None:
    """There is nothing to connect."""
    assert parse("file_names", JsonBytes(as_bytes(record))) == Reject("library file without an id or a name")


@pytest.mark.parametrize("entity", ["settings", "model_comparisons", "group_chats", "shopping", "sora", "codex"])
def test_files_without_material_are_ignored_by_a_named_rule(entity: str) -> None:
    """Whatever they hold."""
    assert parse(entity, JsonBytes(b"\xff anything")) == Ignored("not about memories or conversations")


def test_provider_says_how_to_get_what_it_reads() -> None:
    """The guide names the places and limits, the prompt the form of the answer."""
    assert PROVIDER.name == "chatgpt"
    for words in ("Data controls", "privacy.openai.com", "24 hours", "7 days", "November 2026", "Business"):
        assert words in PROVIDER.guide
    assert "[date saved, if available] - memory content" in PROVIDER.prompts["chatgpt"]
