"""Odd and broken records of Claude, the whole way: relations, rejects, receipt and exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.claude import assistant, conversation, edit, human
from support.claude_delivery import as_json, chat, classic, remembered_text
from support.claude_museum import OWNER, STATEMENTS, exhibits, museum
from support.commandline import memlake_here
from support.hostile import steering_characters
from support.lakes import ask, misplaced_messages, relations
from support.museum import Exhibit
from support.tiny import remembered
from support.zips import write_zip

import memlake
from memlake.errors import ExitCode
from memlake.hashing import short_hash
from memlake.jobs.summary import IngestSummary

COVERAGE = "select memory_coverage, memory_count, conversation_coverage from exports"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the museum and the lake that took it in."""
    return tmp_path_factory.mktemp("claude-museum")


@pytest.fixture(scope="module")
def summary(folder: Path) -> IngestSummary:
    """Take the museum in."""
    return memlake.ingest(museum(folder), lake=folder / "lake")


@pytest.fixture(scope="module")
def lake(folder: Path, summary: IngestSummary) -> Path:
    """Return the lake that holds the museum."""
    assert summary.exports
    return folder / "lake"


def test_every_record_is_a_conversation_or_rejected_with_its_reason(lake: Path) -> None:
    """Nobody is lost, and no neighbour either; the row number leads to the record."""
    titles = dict(ask(lake, "select conversation_id, title from conversations"))
    rejects = ask(
        lake,
        "select row_number, reason from rejects where file_name = 'conversations.json' order by row_number",
    )

    shown = {exhibit.conversation_id: exhibit.title for exhibit in exhibits() if exhibit.conversation_id}
    assert titles == shown | {name: f"About {name}" for name in ("first", "last")}
    assert rejects == [(number, it.reason) for number, it in enumerate(exhibits(), start=2) if it.reason]


@pytest.mark.parametrize("exhibit", [e for e in exhibits() if e.conversation_id], ids=lambda exhibit: exhibit.name)
def test_an_odd_conversation_keeps_its_messages(lake: Path, exhibit: Exhibit) -> None:
    """Exactly these rows, in reading order."""
    found = ask(
        lake,
        "select message_id, parent_id, role, text from messages where conversation_id = $id order by position",
        id=exhibit.conversation_id,
    )

    assert found == list(exhibit.messages)


def test_what_is_odd_in_the_other_files_costs_no_neighbour(lake: Path) -> None:
    """Every text that is one is read, every record that is none is rejected, and the account is the owner's."""
    rejects = ask(
        lake,
        "select file_name, row_number, reason from rejects where file_name <> 'conversations.json' order by all",
    )
    assert [text for (text,) in ask(lake, "select content from memories order by 1")] == STATEMENTS
    assert rejects == [
        ("memories.json", 2, "not an object"),
        ("memories.json", 3, "memory of none of the known shapes"),
        ("projects.json", 3, "project without an id"),
        ("projects.json", 4, "not an object"),
        ("users.json", 2, "not an object"),
        ("users.json", 3, "account without an id"),
    ]
    assert ask(lake, "select account_key, label from accounts") == [(f"claude:{short_hash(OWNER, 12)}", None)]
    assert ask(lake, COVERAGE) == [("partial", 4, "partial")]


def test_the_receipt_of_the_museum_adds_up(summary: IngestSummary) -> None:
    """Exit 3; the record that stands there twice is a duplicate; fields that nobody knows are named."""
    (receipt,) = summary.exports
    rejected = sum(exhibit.reason is not None for exhibit in exhibits())
    balance = {file.file_name: (file.records, file.stored, file.duplicate, file.rejected) for file in receipt.files}
    assert balance == {
        "conversations.json": (len(exhibits()) + 3, len(exhibits()) + 2 - rejected, 1, rejected),
        "memories.json": (5, 3, 0, 2),
        "projects.json": (4, 2, 0, 2),
        "users.json": (3, 1, 0, 2),
    }
    assert summary.exit_code is ExitCode.PARTLY_READ
    assert {"conversation.surprise", "memory.surprise", "block:hologram.text"} <= set(receipt.fields.unknown)


def test_the_museum_is_whole_for_everybody(lake: Path) -> None:
    """The released shell opens it, the checks pass, every message has its place, and a rebuild gives the same."""
    before = relations(lake)

    assert remembered(lake) == STATEMENTS
    assert misplaced_messages(lake) == []
    assert memlake.ingest(lake.parent / "claude-museum-2026-03-06.zip", lake=lake).exports[0].outcome == "known"
    memlake.Lake(lake).rebuild()

    assert relations(lake) == before


@pytest.mark.parametrize("words", [("list",), ("show", "steering"), ("status",), ("exports",)])
def test_nothing_of_the_museum_steers_a_terminal(lake: Path, words: tuple[str, ...]) -> None:
    """Whatever a command shows of it is inert."""
    done = memlake_here(*words, cwd=lake.parent)

    assert done.exit_code == 0
    assert steering_characters(done.stdout + done.stderr) == set()


@pytest.mark.parametrize(
    ("content", "expected", "exit_code"),
    [
        pytest.param([remembered_text(1, None)], ("absent", None), 0, id="null"),
        pytest.param([remembered_text(1, "")], ("complete", 0), 0, id="empty-text"),
        pytest.param([], ("absent", None), 0, id="no-record"),
        pytest.param(b"", ("absent", None), 0, id="no-bytes"),
        pytest.param([remembered_text()], ("complete", 1), 0, id="a-list"),
        pytest.param(remembered_text(), ("complete", 1), 0, id="an-object"),
        pytest.param({"memories": [remembered_text()]}, ("complete", 1), 0, id="a-list-in-an-object"),
        pytest.param(as_json([remembered_text()])[:-3], ("partial", None), 3, id="truncated"),
        pytest.param([remembered_text(), 7], ("partial", 1), 3, id="rejected"),
    ],
)
def test_memory_is_whole_in_part_or_absent(
    tmp_path: Path, content: object, expected: tuple[str, int | None], exit_code: int
) -> None:
    """Null and no record say nothing; an empty text says that nothing is remembered."""
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(memories=content))

    summary = memlake.ingest(export, lake=tmp_path / "lake")

    ((coverage, count, _),) = ask(tmp_path / "lake", COVERAGE)
    assert ((coverage, count), summary.exit_code) == (expected, exit_code)


@pytest.mark.parametrize(
    "changed",
    [
        {"conversations": chat("c1"), "users": {"uuid": "account-1", "full_name": "N", "email_address": "a@x.org"}},
        {"conversations": {"conversations": [chat("c1")]}},
        {"conversations": as_json(chat("c1")) + b"\n"},
    ],
    ids=["objects", "a list in an object", "lines"],
)
def test_lists_and_objects_may_change_places(tmp_path: Path, changed: dict[str, object]) -> None:
    """One record alone, one in a list, and a list in an object are read alike."""
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(**changed))

    summary = memlake.ingest(export, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.OK
    assert ask(tmp_path / "lake", "select conversation_id, message_count from conversations") == [("c1", 2)]


def test_an_empty_export_is_whole(tmp_path: Path) -> None:
    """Somebody who has an account and nothing else: exit 0, and the reason why there are no memories."""
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(conversations=[], memories=[]))

    done = memlake_here("ingest", export, cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "no memory list in this export" in done.stdout
    assert ask(tmp_path / "lake", COVERAGE) == [("absent", None, "complete")]


def test_an_export_of_nothing_but_empty_lists_needs_a_word(tmp_path: Path) -> None:
    """Emptiness has no shape: refused with what to say, and then taken in."""
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(conversations=[], memories=[], users=[]))

    refused = memlake_here("ingest", export, cwd=tmp_path)
    done = memlake_here("ingest", export, "--provider", "claude", cwd=tmp_path)

    assert refused.exit_code == 1
    assert "--provider claude" in refused.stderr
    assert done.exit_code == 0
    assert ask(tmp_path / "lake", COVERAGE) == [("absent", None, "complete")]


def test_a_message_of_40_mb_is_read(tmp_path: Path) -> None:
    """Between two neighbours."""
    told = [conversation(name, human(words)) for name, words in (("a", "x"), ("b", "y" * 40_000_000), ("c", "z"))]
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(conversations=told))

    summary = memlake.ingest(export, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.OK
    assert ask(tmp_path / "lake", "select length(text) from messages order by conversation_id") == [
        (1,),
        (40_000_000,),
        (1,),
    ]


def test_a_conversation_of_ten_thousand_messages_is_read(tmp_path: Path) -> None:
    """One below the other, in a file that lists the last first."""
    turns = [human(f"message {number}") for number in range(10_000)]
    told = conversation("long", *turns)
    messages = told["chat_messages"]
    assert isinstance(messages, list)
    backwards = told | {"chat_messages": messages[::-1]}
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(conversations=[backwards]))

    memlake.ingest(export, lake=tmp_path / "lake")

    assert misplaced_messages(tmp_path / "lake") == []
    assert ask(tmp_path / "lake", "select count(*), arg_max(text, position) from messages") == [
        (10_000, "message 9999")
    ]


def test_calls_of_the_memory_tool_with_wrong_types_save_nothing(tmp_path: Path) -> None:
    """Every call is an event all the same; none of them is an edit of the list."""
    calls: list[object] = [
        *edit(None),
        *edit(["add"], control="x"),
        *edit("add", control=5),
        *edit("add", control="  "),
        *edit("replace", replacement={"a": 1}, line_number="one"),
        *edit("remove", line_number=10**400),
        {"type": "tool_use", "name": "memory_user_edits", "input": None},
        {"type": "tool_use", "name": "memory_user_edits", "input": "{not json"},
        {"type": "tool_result", "name": "memory_user_edits", "content": {"deep": [[[["x"]]]]}, "tool_use_id": 5},
    ]
    told = [conversation("c1", human("hi"), assistant(*calls), account={"uuid": "account-1"})]
    export = write_zip(tmp_path / "claude-2026-03-06.zip", classic(conversations=told, memories=[]))

    summary = memlake.ingest(export, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.OK
    assert ask(tmp_path / "lake", "select action, count(*) from memory_events group by all order by 1") == [
        ("forget", 1),
        ("noop", 7),
    ]
    assert ask(tmp_path / "lake", "select content from memories") == []


def test_the_same_conversation_in_two_states_is_one(tmp_path: Path) -> None:
    """In two parts, one id, different bytes: all messages of both, each once."""
    early = chat("c1")
    late = early | {"chat_messages": [*early["chat_messages"], human("third", uuid="m3", parent_message_uuid="m2")]}  # type: ignore[misc]
    shares = [{"conversations.json": as_json([record])} for record in (late, early)]
    paths = [write_zip(tmp_path / f"data-batch-000{number}.zip", share) for number, share in enumerate(shares)]

    summary = memlake.ingest(*paths, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.OK
    assert ask(tmp_path / "lake", "select message_count from conversations") == [(3,)]
    assert ask(tmp_path / "lake", "select message_id from messages order by position") == [("m1",), ("m2",), ("m3",)]
