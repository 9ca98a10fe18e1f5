"""Lists of memories that somebody wrote out: as files, and pasted on standard input at a time of the test's choice."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from support.chatgpt import as_bytes, conversation, user
from support.claude import Json
from support.claude import conversation as claude_conversation
from support.claude import human as claude_human
from support.lakes import export_folder
from support.zips import write_files

from memlake.jobs.arrival import IngestOptions, Keep
from memlake.jobs.ingest import ingest
from memlake.jobs.progress import SilentProgress
from memlake.jobs.summary import ExportReceipt, IngestSummary

MARCH_15 = datetime(2025, 3, 15, tzinfo=UTC)
MAY_15 = datetime(2025, 5, 15, tzinfo=UTC)


def written_out(folder: Path, *entries: str, name: str = "chatgpt-memories-2025-03-15.txt") -> Path:
    """Write a list as a text file, one entry a line; the usual name says whose it is and when it was made."""
    return write_files(folder, {name: as_text(*entries)}) / name


def as_text(*entries: str) -> bytes:
    """Return the bytes of a list with one entry a line."""
    return "".join(f"- {entry}\n" for entry in entries).encode()


def pasted(
    lake: Path,
    data: bytes,
    *,
    at: datetime = MAY_15,
    assistant: str | None = None,
    account: str | None = None,
    exported_at: datetime | None = None,
    keep: Keep = "copy",
    is_dry_run: bool = False,
) -> IngestSummary:
    """Ingest what stands on standard input at a time; return the whole summary."""
    options = IngestOptions(
        assistant=assistant, account=account, exported_at=exported_at, keep=keep, is_dry_run=is_dry_run
    )
    return ingest(
        [Path("-")],
        lake=lake,
        options=options,
        clock=clock_at(at),
        progress=SilentProgress(),
        pasted=io.BytesIO(data),
    )


def paste_in(lake: Path, data: bytes, **options: object) -> ExportReceipt:
    """Ingest what stands on standard input, which must not be refused; return the receipt."""
    summary = pasted(lake, data, **options)  # type: ignore[arg-type]
    assert not summary.refused, summary.refused
    (receipt,) = summary.exports
    return receipt


def clock_at(moment: datetime) -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: moment


def chatgpt_account(folder: Path, number: int = 1) -> Path:
    """Write a ChatGPT export that says whose it is and lists no memories."""
    told = [conversation(f"c{number}", user("hi"))]
    return export_folder(folder, f"chatgpt-{number}-2025-01-10", conversations=told, user=f"user-{number}")


def claude_account(folder: Path, number: int = 1, *, name: str = "2025-01-10", memory: str | None = None) -> Path:
    """Write a Claude export that says whose it is; `memory` is its text about the person."""
    account: Json = {"uuid": f"account-{number}"}
    files = {"conversations.json": as_bytes([claude_conversation(f"a{number}", claude_human("hi"), account=account)])}
    if memory is not None:
        record = {"account_uuid": f"account-{number}", "conversations_memory": memory, "project_memories": {}}
        files["memories.json"] = as_bytes([record])
    return write_files(folder / f"claude-{number}-{name}", files)
