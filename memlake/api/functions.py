"""What the Python interface does without a lake at hand, or to make one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

from memlake.api.arguments import one_of, time_of
from memlake.api.lake import AnyPath, Lake
from memlake.clock import utc_now
from memlake.history.changes import MemoryDiff
from memlake.jobs import ingest as ingest_job
from memlake.jobs import pack_check as check_job
from memlake.jobs import restore as restore_job
from memlake.jobs.arrival import IngestOptions, Keep
from memlake.jobs.pack_check import PackCheck
from memlake.jobs.progress import Progress, SilentProgress
from memlake.jobs.restore import RestoreSummary, VerifySummary
from memlake.jobs.summary import IngestSummary
from memlake.lookup.report import LookupReport
from memlake.selectors import Selector


def ingest(
    *paths: AnyPath,
    lake: AnyPath = "lake",
    provider: str | None = None,
    assistant: str | None = None,
    account: str | None = None,
    exported_at: date | None = None,
    keep: Keep = "copy",
    dry_run: bool = False,
    wait_seconds: float = 0.0,
    progress: Progress | None = None,
) -> IngestSummary:
    """Bring exports (ZIPs, folders, loose files) into a lake and return the receipt.

    `assistant` says whose memories a list holds that was written out: chatgpt, claude, gemini or other.

    A bad export is refused by name in `summary.refused`; see `summary.exit_code`. Raises `MemlakeError` if the
    lake cannot be used at all.
    """
    options = IngestOptions(
        provider=provider,
        assistant=assistant,
        account=account,
        exported_at=None if exported_at is None else time_of("exported_at", exported_at),
        keep=one_of("keep", keep, get_args(Keep)),
        is_dry_run=dry_run,
        wait_seconds=wait_seconds,
    )
    return ingest_job.ingest(
        [Path(path).expanduser() for path in paths],
        lake=Path(lake).expanduser(),
        options=options,
        clock=utc_now,
        progress=progress or SilentProgress(),
    )


def diff(
    a: Selector | date | None = None,
    b: Selector | date | None = None,
    *,
    lake: AnyPath = "lake",
    account: str | None = None,
    with_rewordings: bool = False,
) -> MemoryDiff:
    """Compare the memory lists of two exports of one account: what is needed to get from `a` to `b`.

    A selector is `latest`, `latest~1` (the one before), an aware datetime or an ISO date (the newest export made by
    then, a day lasting until its end, in UTC), or the beginning of an export's id; without any, the newest two that
    can be compared are. One row a memory and kind of
    difference; where a list is not whole one row `not_comparable`, which says why. Prose in other words is no
    difference; `with_rewordings` it is a row all the same, of the kind `reworded`.
    Raises `UsageError` if a selector means no export or several.
    """
    return Lake(lake).diff(a, b, account=account, with_rewordings=with_rewordings)


def lookup_sources(lake: AnyPath = "lake", *, account: str | None = None, again: bool = False) -> LookupReport:
    """Find the conversation that each memory came from, as `Lake.lookup_sources` does."""
    return Lake(lake).lookup_sources(account=account, again=again)


def verify(folder: AnyPath) -> VerifySummary:
    """Compare an archive with its manifest; see `summary.problems`."""
    return restore_job.verify(Path(folder).expanduser(), progress=SilentProgress())


def restore(folder: AnyPath, *, lake: AnyPath = "lake", wait_seconds: float = 0.0) -> RestoreSummary:
    """Make a new lake of an archive.

    Raises `MemlakeError`, and makes none, if the archive is damaged or holds a part only, or if there is a lake.
    """
    return restore_job.restore(
        Path(folder).expanduser(), lake=Path(lake).expanduser(), progress=SilentProgress(), wait_seconds=wait_seconds
    )


def pack_check(folder: AnyPath, *answer: AnyPath, progress: Progress | None = None) -> PackCheck:
    """Tell what has landed of a pack: `answer` is the target's next export (its parts), or a file with its answer.

    What is missing is written as a second pack into the folder. Raises `MemlakeError` if there is no pack, or the
    answer cannot be read or is of another assistant.
    """
    return check_job.pack_check(
        Path(folder).expanduser(),
        [Path(path).expanduser() for path in answer],
        clock=utc_now,
        progress=progress or SilentProgress(),
    )
