"""The published recipes, asked as named queries and in the jq language, say the same about a lake."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commandline import memlake_here

MARKDOWN = (
    '"# ChatGPT Memory Archive\\n", '
    '(.[] | "- **\\(.created_at[:10])** \\(if .enabled then "" else "(disabled) " end)\\(.content)")'
)
FINDING = (
    '.[] | select(.mapping != null) | .mapping[] | select(.message.content.content_type == "text") '
    '| select((.message.content.parts // []) | any(type == "string" and test($q; "i"))) | .message.id'
)


def jq(folder: Path, *words: str) -> list[str]:
    """Return the lines that `memlake jq` prints."""
    done = memlake_here("jq", "-r", *words, cwd=folder)
    assert done.exit_code == 0
    return done.stdout.splitlines()


def query(folder: Path, name: str, *words: str) -> list[dict[str, object]]:
    """Return the rows that `memlake query` answers."""
    rows: list[dict[str, object]] = json.loads(memlake_here("query", name, *words, "--json", cwd=folder).stdout)
    return rows


def test_the_list_in_markdown_is_the_same_to_the_byte(sample_lake: Path) -> None:
    """As the recipe prints it."""
    folder = sample_lake.parent

    page = memlake_here("query", "markdown", cwd=folder).stdout

    assert page == memlake_here("jq", "-r", MARKDOWN, cwd=folder).stdout


def test_the_count_is_the_same(sample_lake: Path) -> None:
    """Of all memories, of those that are on and of those that are off."""
    folder = sample_lake.parent

    (row,) = query(folder, "count")

    assert [str(row[name]) for name in ("memories", "enabled", "disabled")] == [
        *jq(folder, "length"),
        *jq(folder, "map(select(.enabled)) | length"),
        *jq(folder, "map(select(.enabled == false)) | length"),
    ]


@pytest.mark.parametrize(
    ("name", "words", "program"),
    [
        ("enabled", (), ".[] | select(.enabled) | .content"),
        ("disabled", (), ".[] | select(.enabled == false) | .content"),
        ("created", ("-p", "year=2025"), '.[] | select(.created_at | startswith("2025")) | .content'),
    ],
)
def test_the_memories_are_the_same(sample_lake: Path, name: str, words: tuple[str, ...], program: str) -> None:
    """Some are there, and none is missing."""
    folder = sample_lake.parent

    found = [str(row["content"]) for row in query(folder, name, *words)]

    assert found
    assert sorted(found) == sorted(jq(folder, program))


def test_the_messages_found_are_the_same(sample_lake: Path) -> None:
    """`find` also tells the chat and the time."""
    folder = sample_lake.parent

    found = query(folder, "find", "-p", "text=TypeScript for the new API")

    ids = jq(folder, "--arg", "q", "TypeScript for the new API", FINDING, "conversations.json")
    assert found
    assert set(ids) <= {str(row["message_id"]) for row in found}
    assert all(row["title"] and row["conversation_id"] and row["created_at"] for row in found)


def test_what_may_be_gone_is_counted_and_said(sample_lake: Path) -> None:
    """The newest list is empty: it was deleted or switched off."""
    folder = sample_lake.parent
    (row,) = query(folder, "count")

    done = memlake_here("jq", "length", cwd=folder)

    assert row["unknown"] == len([row for row in query(folder, "enabled") if row["state"] == "unknown"]) + 2
    assert f"{row['unknown']} of the memories are in no list any more and may be gone" in done.stderr


@pytest.mark.parametrize("account", ["chatgpt", "noa.lindqvist@example.org"])
def test_an_account_is_named_as_everywhere(sample_lake: Path, account: str) -> None:
    """By the beginning of its key or its label."""
    folder = sample_lake.parent

    page = memlake_here("query", "markdown", "-p", f"account={account}", cwd=folder).stdout

    assert page == memlake_here("query", "markdown", cwd=folder).stdout


def test_an_account_that_there_is_not_is_no_empty_list(sample_lake: Path) -> None:
    """Nobody takes an empty page for an answer."""
    done = memlake_here("query", "markdown", "-p", "account=nobody", cwd=sample_lake.parent)
    assert (done.exit_code, "no account is called 'nobody'" in done.stderr) == (2, True)
