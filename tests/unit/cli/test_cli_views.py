"""What people read where the sample exports do not lead: empty lakes, damage, several accounts, lost parts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import RenderableType
from support.commandline import memlake_here
from support.samples import AUGUST, SEPTEMBER

from memlake.cli.cards import choice_view
from memlake.cli.invocation import DEFAULT_LAKE, Invocation
from memlake.cli.list_view import list_view
from memlake.cli.receipt_view import receipt_view
from memlake.cli.render import print_page
from memlake.cli.status_view import drop_view, exports_view, status_view
from memlake.errors import ExitCode
from memlake.jobs.exports import DropSummary, ExportState
from memlake.jobs.status import LakeStatus
from memlake.jobs.summary import ExportReceipt, FieldDrift, FileReceipt, IngestSummary, RefusedExport
from memlake.packs.sorting import SortedMemory
from memlake.query.finding import Found

INVOCATION = Invocation(program="memlake", lake=DEFAULT_LAKE)
MEMORY = SortedMemory(
    memory_id="mem_1234567890",
    content="Plays the oboe.",
    enabled=True,
    channel="memory_file",
    created_at=datetime(2025, 1, 2, 3, 4, tzinfo=UTC),
    created_at_basis="provider",
    updated_at=None,
    first_seen_at=None,
    last_seen_at=None,
    account_key="chatgpt:a",
    state="active",
    state_basis="listed",
    state_reason=None,
    deleted_after=None,
    deleted_before=None,
    deleted_at=None,
    is_edited=False,
    origin=None,
    origin_reason=None,
    scope=None,
    section=None,
    merged_with=None,
    category="personal",
    category_reason="tells what you like: “oboe”",
    subject=None,
    is_about_another=False,
)
EXPORT = ExportState(
    export_id="3af1062cd3285801",
    account_key="chatgpt:a",
    provider="chatgpt",
    file_name="export.zip",
    exported_at=None,
    exported_at_basis="none",
    dialect=None,
    conversation_coverage="partial",
    memory_coverage="complete",
    memory_count=0,
    event_coverage="complete",
    reject_count=0,
    missing_parts=("conversations-001.zip",),
)
FILE = FileReceipt(
    file_name="memory.json",
    entity="memories",
    status="partial",
    reason="it is cut short",
    records=1,
    stored=1,
    unchanged=0,
    duplicate=0,
    ignored=0,
    rejected=0,
    rules=(),
)
RECEIPT = ExportReceipt(
    outcome="new",
    export_id="3af1062cd3285801",
    file_name="export.zip",
    provider="unplugged",
    assistant="unplugged",
    dialect=None,
    account_key="unplugged:a",
    account_label=None,
    account_count=1,
    exported_at=None,
    exported_at_basis="none",
    is_loose=False,
    is_joined=False,
    files=(FILE,),
    entities=(),
    fields=FieldDrift(new=(), vanished=(), unknown=("message.zeal",)),
    first_rejects=(),
    missing_parts=("conversations-001.zip",),
    is_open_ended=False,
    media_count=0,
    memory_count=1,
    likely_count=0,
    repeated_count=0,
    empty_message_count=0,
    is_text_put_back=False,
    notes=(),
)
STATUS = LakeStatus(
    lake="/lake",
    database_bytes=1000,
    accounts=(),
    exports=(),
    answers=(),
    private=(),
    problems=(),
    without_text=(),
    at_their_place=(),
    never_exported={},
)


@pytest.fixture
def shown(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Return a function that gives what a view looks like."""
    monkeypatch.setenv("COLUMNS", "100")
    return Shown(capfd)


class Shown:
    """Prints views and reads them back."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, view: Iterable[RenderableType]) -> str:
        """Return the page as text."""
        print_page(*view)
        return self._capture.readouterr().out


def test_an_empty_list_says_where_to_look(shown: Shown) -> None:
    """No memories is an answer, and the next question is why."""
    assert "what this lake can answer, and why not more:\n  memlake status\n" in shown(list_view([], INVOCATION))


def test_accounts_are_listed_apart(shown: Shown) -> None:
    """Of several accounts each has its own table under its key."""
    page = shown(list_view([MEMORY, replace(MEMORY, account_key="chatgpt:b")], INVOCATION))

    assert [line for line in page.splitlines() if line.startswith("chatgpt:")] == ["chatgpt:a", "chatgpt:b"]


def test_ids_are_as_short_as_tells_them_apart(shown: Shown) -> None:
    """The list shows beginnings that `show` takes for the whole."""
    page = shown(list_view([MEMORY, replace(MEMORY, memory_id="mem_1234567891")], INVOCATION))

    assert "memlake show mem_1234567891" in page
    assert "mem_1234567890" in page


def test_a_choice_of_several_accounts_names_them(shown: Shown) -> None:
    """The suggested command says which one, for both may have the same id."""
    found = Found(kind="memory", account_key="chatgpt:a", item_id="m-1", text="Plays the oboe.", match_rank=3)

    page = shown(choice_view([found, replace(found, account_key="claude:b")], INVOCATION, words=["history"]))

    assert [line.split()[0] for line in page.splitlines()[:3]] == ["account", "chatgpt:a", "claude:b"]
    assert page.splitlines()[-1] == "  memlake history --account chatgpt:a m-1"


def test_a_choice_without_a_title_is_shown(shown: Shown) -> None:
    """A conversation that has no title can still be chosen by its id."""
    found = Found(kind="conversation", account_key="chatgpt:a", item_id="c-1", text=None, match_rank=2)

    assert "c-1  conversation" in shown(choice_view([found, replace(found, item_id="c-2")], INVOCATION))


def test_a_damaged_lake_names_its_problems(shown: Shown) -> None:
    """What is wrong stands first."""
    page = shown(status_view(replace(STATUS, problems=("the kept copy of a.zip is missing",)), INVOCATION))

    assert "1.0 kB, damaged" in page
    assert "the kept copy of a.zip is missing" in page


def test_a_lake_with_a_lost_copy_is_exit_1(tmp_path: Path) -> None:
    """A script learns from the exit code that a lake is damaged."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)
    for copy in (tmp_path / "lake" / "exports").iterdir():
        copy.unlink()

    done = memlake_here("status", "--json", cwd=tmp_path)

    assert done.exit_code == ExitCode.FAILURE
    assert "is missing" in json.loads(done.stdout)["problems"][0]


def test_an_empty_lake_says_how_to_fill_it(shown: Shown) -> None:
    """Nothing in it is no damage."""
    page = shown(status_view(STATUS, INVOCATION))

    assert "sound" in page
    assert "memlake ingest EXPORT.zip" in page


def test_an_export_shows_what_it_lacks(shown: Shown) -> None:
    """The gravest first: parts, then the date, then what it holds in part."""
    (row,) = shown(exports_view([EXPORT])).splitlines()[1:2]

    assert row.endswith("missing: conversations-001.zip; date; part of the")


@pytest.mark.parametrize(
    ("file_name", "short"),
    [
        (f"{'1f0c' * 16}-2025-09-30-18-00-00.zip", "1f0c…-2025-09-30-18-00-00.zip"),
        (f"{'1f0c' * 16}-2025-09-30-18-00-00-{'9e' * 14}.zip", "1f0c…-2025-09-30-18-00-00….zip"),
        ("decade-facade-2025-09-30.zip", "decade-facade-2025-09-30.zip"),
        ("data-2f1c9e3a-51b7-4d0a-9c44-7be1a0d3f6c2-batch-0001.zip", "data-2f1c9e3a…-batch-0001.zip"),
    ],
)
def test_a_long_name_keeps_its_date(shown: Shown, file_name: str, short: str) -> None:
    """In tables the long numbers around the date are cut short; a name that people give stays."""
    receipt = replace(RECEIPT, file_name=file_name, missing_parts=(), files=())
    summary = IngestSummary(lake="/lake", is_dry_run=False, exports=(receipt, receipt), refused=(), next_steps=())
    export = replace(EXPORT, file_name=file_name, conversation_coverage="complete", missing_parts=())

    assert short in shown(exports_view([export]))
    assert short in shown(receipt_view(summary, INVOCATION, is_verbose=False))


@pytest.mark.parametrize(
    ("memories_lost", "changes_lost", "words"),
    [(2, 0, "2 memories fewer"), (-1, 3, "1 memory more, 3 changes fewer"), (0, 0, "the same as before")],
)
def test_dropping_tells_the_difference(shown: Shown, memories_lost: int, changes_lost: int, words: str) -> None:
    """Where an export joined two sightings to one memory, dropping it leaves more memories."""
    summary = DropSummary(
        export=EXPORT,
        is_done=True,
        conversations_lost=0,
        memories_lost=memories_lost,
        messages_lost=0,
        changes_lost=changes_lost,
    )

    page = shown(drop_view(summary, INVOCATION))

    assert words in page
    assert "--yes" not in page


def test_a_receipt_names_what_is_missing_and_cut_short(shown: Shown) -> None:
    """Also of an export whose provider is not installed any more."""
    summary = IngestSummary(lake="/lake", is_dry_run=False, exports=(RECEIPT,), refused=(), next_steps=())

    page = shown(receipt_view(summary, INVOCATION, is_verbose=False))

    assert page.splitlines()[0] == "unplugged memories, made at an unknown time"
    assert "missing         conversations-001.zip" in page
    assert "partial         memory.json: it is cut short" in page
    assert "unknown fields  message.zeal" in page


def test_several_whole_exports_have_no_remarks(shown: Shown) -> None:
    """A row each is enough where nothing went wrong; a refused one has its row too."""
    whole = replace(RECEIPT, files=(), missing_parts=(), exported_at=datetime(2026, 1, 2, tzinfo=UTC))
    refused = RefusedExport(file_name="x.zip", message="it is empty", hint=None, exit_code=ExitCode.FAILURE)
    summary = IngestSummary(lake="/lake", is_dry_run=False, exports=(whole,), refused=(refused,), next_steps=())

    page = shown(receipt_view(summary, INVOCATION, is_verbose=False))

    assert [line.split()[0] for line in page.splitlines() if line] == ["export", "export.zip", "x.zip", "+", "lake"]


def test_verbose_shows_every_receipt(shown: Shown) -> None:
    """Then several exports are shown as one is."""
    summary = IngestSummary(lake="/lake", is_dry_run=False, exports=(RECEIPT, RECEIPT), refused=(), next_steps=())

    assert shown(receipt_view(summary, INVOCATION, is_verbose=True)).count("unplugged memories") == 2


def test_an_export_without_memories_says_why_and_what_to_do(tmp_path: Path) -> None:
    """The usual export of today holds neither a list nor save events; the assistant itself can be asked."""
    page = memlake_here("ingest", AUGUST, cwd=tmp_path).stdout

    assert "no memory list in this export" in page.partition("no memories came out")[2]
    assert "python -m memlake prompt chatgpt" in page
    assert "python -m memlake list --channel likely" in page
