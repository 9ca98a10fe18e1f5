"""What Claude remembers as texts, and the smaller files of its exports."""

from __future__ import annotations

import pytest
from support.claude import START_US, Json, iso, outcome, parsed, parsed_rows

from memlake.model import MemoryRow, ProjectDocRow, ProjectRow, ProseRow, Reject, UserRow
from memlake.providers.claude import PROVIDER
from memlake.text import text_key

ABOUT = "**Work context**\n\nIda teaches chemistry in Ghent.\n"


def prose(record: object) -> list[ProseRow]:
    """Return the texts of one account's record."""
    return parsed_rows(record, ProseRow, "memory_prose")


def statements(record: object) -> list[MemoryRow]:
    """Return the statements of one account's record."""
    return parsed_rows(record, MemoryRow, "memory_prose")


def test_text_of_the_account_is_kept_whole_and_cut_into_statements() -> None:
    """The older layout has one record per account."""
    record = {"account_uuid": "u1", "conversations_memory": ABOUT, "project_memories": {}}

    assert parsed_rows(record, UserRow, "memory_prose") == [UserRow(user_id="u1", email=None)]
    assert prose(record) == [ProseRow("account", ABOUT, None, 1)]
    assert statements(record) == [
        MemoryRow(
            channel="prose",
            memory_id=None,
            text_key=text_key("Ida teaches chemistry in Ghent."),
            content="Ida teaches chemistry in Ghent.",
            enabled=None,
            created_at_us=None,
            created_at_basis=None,
            updated_at_us=None,
            position=0,
            conversation_id=None,
            message_id=None,
            seen_at_us=None,
            scope="account",
            section="Work context",
        )
    ]


def test_statements_count_on_over_projects_and_files() -> None:
    """Each text has its scope, and its time where the export says it."""
    record = {
        "conversations_memory": "One.",
        "project_memories": {"p1": "Two.\n\nThree.", "p2": None, "p3": 5},
        "memory_files": [
            {"path": "/profile.md", "content": "Four.", "updated_at": iso(1)},
            {"path": "/profile.md", "content": "a second file of that name"},
            {"content": "of no file"},
            {"path": "/x.md", "content": None},
            "x",
        ],
        "updated_at": iso(2),
    }

    assert [(row.scope, row.updated_at_us, row.statement_count) for row in prose(record)] == [
        ("account", START_US + 2_000_000, 1),
        ("project:p1", None, 2),
        ("file:/profile.md", START_US + 1_000_000, 1),
    ]
    assert [(row.scope, row.position, row.content) for row in statements(record)] == [
        ("account", 0, "One."),
        ("project:p1", 1, "Two."),
        ("project:p1", 2, "Three."),
        ("file:/profile.md", 3, "Four."),
    ]


def test_memories_of_projects_may_be_a_list() -> None:
    """What names no project is left out."""
    memories = [
        {"project_uuid": "p1", "memory": "One.", "updated_at": iso(1)},
        {"uuid": "p2", "memory": None, "content": "Two."},
        {"uuid": "p3"},
        {"memory": "Three."},
        "x",
    ]

    assert [(row.scope, row.text, row.updated_at_us) for row in prose({"project_memories": memories})] == [
        ("project:p1", "One.", START_US + 1_000_000),
        ("project:p2", "Two.", None),
    ]


def test_empty_text_is_complete_and_a_missing_one_is_not_there() -> None:
    """Claude that remembers nothing is not the same as an export that does not say."""
    assert prose({"account_uuid": "u1", "conversations_memory": ""}) == [ProseRow("account", "", None, 0)]
    assert prose({"account_uuid": "u1", "conversations_memory": None, "project_memories": None}) == []
    assert prose({"account_uuid": "u1"}) == []


@pytest.mark.parametrize("key", ["conversations_memory", "project_memories", "memory_files"])
def test_null_in_any_place_is_readable(key: str) -> None:
    """So look accounts whose memory is off."""
    assert parsed({key: None}, "memory_prose").rows == {}


@pytest.mark.parametrize(
    "record",
    [{}, {"account_uuid": ""}, {"conversations_memory": 5}, {"project_memories": "x", "memory_files": {}}, {"a": 1}],
)
def test_record_with_nothing_readable_is_rejected(record: Json) -> None:
    """It may be a new layout, which must not pass for an empty memory."""
    assert outcome("memory_prose", record) == Reject("memory of none of the known shapes")


def test_keys_of_memory_are_reported() -> None:
    """Those of its files, too."""
    found = dict(parsed({"account_uuid": "u", "memory_files": [{"path": "/a", "content": "x"}]}, "memory_prose").shapes)

    assert found == {"memory": ("account_uuid", "memory_files"), "memory.file": ("content", "path")}
    assert all(set(keys) <= PROVIDER.known_fields[place] for place, keys in found.items())


def test_user_becomes_the_account() -> None:
    """Name and telephone number are of no use."""
    record = {"uuid": "u1", "full_name": "Ida", "email_address": "ida@example.org", "verified_phone_number": None}

    assert parsed_rows(record, UserRow, "account") == [UserRow("u1", "ida@example.org")]
    assert outcome("account", {"full_name": "Ida"}) == Reject("account without an id")


def test_project_and_its_documents_become_rows() -> None:
    """Its prompt template is what people call its instructions."""
    record = {
        "uuid": "p1",
        "name": "Garden",
        "description": "",
        "is_private": True,
        "is_starter_project": False,
        "prompt_template": "Answer in metres.",
        "created_at": iso(0),
        "updated_at": iso(1),
        "creator": {"uuid": "u1", "full_name": "Ida"},
        "docs": [
            {"uuid": "d1", "filename": "plan.md", "content": "Beans.", "created_at": iso(2)},
            {"file_name": "b.md", "content": None},
            None,
        ],
    }

    assert parsed_rows(record, ProjectRow, "projects") == [
        ProjectRow("p1", "Garden", None, "Answer in metres.", True, START_US, START_US + 1_000_000)
    ]
    assert parsed_rows(record, ProjectDocRow, "projects") == [
        ProjectDocRow("p1", "d1", "plan.md", "Beans.", START_US + 2_000_000),
        ProjectDocRow("p1", "p1#2", "b.md", "", None),
    ]
    assert {place for place, _ in parsed(record, "projects").shapes} == {"project", "project.doc"}


def test_project_without_documents_is_a_project() -> None:
    """Only the id has to be there."""
    assert parsed_rows({"uuid": "p1"}, ProjectRow, "projects") == [ProjectRow("p1", None, None, None, None, None, None)]
    assert parsed_rows({"uuid": "p1"}, ProjectDocRow, "projects") == []
    assert outcome("projects", {"name": "Garden"}) == Reject("project without an id")


def test_words_for_people_name_what_they_have_to_do() -> None:
    """The guide tells where the export is, the prompt asks for lines that can be read back."""
    assert "Settings > Privacy > Export data" in PROVIDER.guide
    assert "[date saved, if available] - memory content" in PROVIDER.prompts["claude"]
    assert PROVIDER.never_exported
