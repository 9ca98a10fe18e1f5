"""What has landed of a pack: the target's next export, or its answer, read into a lake that is thrown away again."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from memlake.errors import ExitCode, ExportError, MemlakeError, UsageError
from memlake.exports import STANDARD_INPUT
from memlake.jobs.arrival import IngestOptions
from memlake.jobs.ingest import ingest
from memlake.jobs.pack import question_for
from memlake.jobs.progress import Progress
from memlake.jobs.summary import ExportReceipt, IngestSummary
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.packs.items import PackItem, Target, TargetName
from memlake.packs.landing import VERDICTS, Landed, Landing, landing
from memlake.packs.record import PackRecord
from memlake.packs.remembered import remembered
from memlake.packs.targets import TARGETS
from memlake.packs.writing import new_record, pack_files, read_whole_record, remove_pack, write_pack

REMAINDER_NAME = "remainder"

_NOBODYS = "other"
_EMPTY = (b"", b"[]", b"{}")
_LONGEST_EMPTY = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCheck:
    """What became of each item of a pack, and what else its target knows.

    `wait_until` is set while it is too early to tell what is missing, `why_unsure` where the answer cannot tell it.
    `remainder` is the folder of the second pack with what is missing, `None` if there is none; `question` makes the
    assistant tell what it remembers.
    """

    folder: str
    target: TargetName
    title: str
    written_at: datetime
    items: tuple[Landed, ...]
    others: tuple[str, ...]
    wait_until: datetime | None
    why_unsure: str | None
    remainder: str | None
    question: str

    @property
    def counts(self) -> dict[str, int]:
        """How many items there are of each verdict."""
        verdicts = [landed.verdict for landed in self.items]
        return {verdict: verdicts.count(verdict) for verdict in VERDICTS}

    @property
    def left_over(self) -> tuple[PackItem, ...]:
        """What is missing: whole items, and the sentences that others lost, numbered anew."""
        return tuple(_left_over(self.items))

    @property
    def exit_code(self) -> ExitCode:
        """0: all of it has landed; 4: something is missing; 3: nothing can tell, or not yet."""
        if not self.why_unsure and not self.left_over:
            return ExitCode.OK
        return ExitCode.PARTLY_READ if self.wait_until or self.why_unsure else ExitCode.DIFFERENCES


def pack_check(
    folder: Path,
    answer: Sequence[Path],
    *,
    clock: Callable[[], datetime],
    progress: Progress,
    pasted: BinaryIO | None = None,
) -> PackCheck:
    """Hold a pack against what its target remembers now: an export of it, or its answer; `-` is what is `pasted`.

    What is missing becomes a pack of its own inside the folder. Raises `MemlakeError` if there is no pack, or the
    answer cannot be read or is of another assistant.
    """
    record = read_whole_record(folder)
    if record is None:
        raise MemlakeError(f"there is no pack in {folder}: it has no pack.json", hint="name the folder of a pack")
    target = TARGETS[record.target]
    settled_at = record.written_at + timedelta(hours=target.settles_in_hours)
    wait_until = settled_at if clock() < settled_at else None
    try:
        answered = _Answer(answer, target, clock=clock, progress=progress, pasted=pasted)
    except ExportError as error:
        if wait_until is None or not all(path == STANDARD_INPUT or path.exists() for path in answer):
            raise
        raise _perhaps_too_early(error, wait_until) from error
    progress.step("comparing")
    found = landing(record.items, answered.known) if answered.known else _nothing_landed(record.items)
    check = PackCheck(
        folder=str(folder),
        target=target.name,
        title=target.title,
        written_at=record.written_at,
        items=found.items,
        others=found.others,
        wait_until=wait_until,
        why_unsure=answered.why_unsure,
        remainder=None,
        question=question_for(target),
    )
    return check if check.why_unsure else _with_remainder(check, folder, record, target, clock)


class _Answer:
    """What the target remembers, read through a lake in a folder of its own that is removed again."""

    def __init__(
        self,
        paths: Sequence[Path],
        target: Target,
        *,
        clock: Callable[[], datetime],
        progress: Progress,
        pasted: BinaryIO | None,
    ) -> None:
        self._paths, self._target, self._clock, self._progress = paths, target, clock, progress
        self._pasted = pasted.read() if pasted and STANDARD_INPUT in paths else None
        self.known: list[str] = []
        self.why_unsure: str | None = "the answer is empty"
        if not self._is_empty():
            self._read()

    def _is_empty(self) -> bool:
        if self._pasted is not None:
            return self._pasted.strip() in _EMPTY
        return all(map(_is_empty_file, self._paths))

    def _read(self) -> None:
        with tempfile.TemporaryDirectory(prefix="memlake-") as scratch:
            for number, assistant in enumerate((self._target.assistant or _NOBODYS, None)):
                lake = Path(scratch) / f"lake-{number}"
                summary = self._ingest(lake, assistant)
                if not summary.refused:
                    break
            _refuse(summary, self._target)
            with open_lake(Layout(lake)) as database:
                self.known = remembered(database)
        self.why_unsure = next(_doubts(summary.exports, self.known), None)

    def _ingest(self, lake: Path, assistant: str | None) -> IngestSummary:
        """Take the answer into a lake; a file stays where it is, what is pasted is nowhere else."""
        pasted = None if self._pasted is None else io.BytesIO(self._pasted)
        options = IngestOptions(assistant=assistant, keep="none" if pasted is None else "copy")
        return ingest(
            self._paths, lake=lake, options=options, clock=self._clock, progress=self._progress, pasted=pasted
        )


def _is_empty_file(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= _LONGEST_EMPTY and path.read_bytes().strip() in _EMPTY
    except OSError:
        return False


def _perhaps_too_early(error: ExportError, wait_until: datetime) -> ExportError:
    """Return what happened with another hint: an assistant may not know yet what it was given."""
    early = f"it may be too early: wait until {wait_until:%Y-%m-%d %H:%M} UTC, then ask again"
    return ExportError(error.message, hint=f"{early}; or {error.hint}" if error.hint else early)


def _refuse(summary: IngestSummary, target: Target) -> None:
    """Raise `MemlakeError` for an answer that is none, or is another assistant's."""
    wrong = [receipt for receipt in summary.exports if target.assistant not in {None, receipt.assistant}]
    if wrong:
        raise UsageError(
            f"{wrong[0].file_name} is of {wrong[0].assistant}, and the pack is for {target.name}",
            hint=f"pass an export of {target.title}, or its answer",
        )
    if summary.refused:
        refused = summary.refused[0]
        raise ExportError(refused.message, hint=refused.hint)


def _doubts(receipts: Sequence[ExportReceipt], known: Sequence[str]) -> Iterator[str]:
    """Yield why an answer does not tell what is missing."""
    if not all(any(one.entity == "memories" and one.coverage != "absent" for one in it.entities) for it in receipts):
        yield "the export holds no list of memories"
    if not all(receipt.is_whole for receipt in receipts):
        yield "the answer could be read in part only"
    if not known:
        yield "there are no memories in the answer"


def _nothing_landed(items: Sequence[PackItem]) -> Landing:
    landed = [Landed(item=item, verdict="missing", texts=(), change=None, lost=None) for item in items]
    return Landing(items=tuple(landed), others=())


def _left_over(items: Sequence[Landed]) -> Iterator[PackItem]:
    number = 0
    for landed in items:
        if landed.verdict == "missing" or landed.lost:
            number += 1
            yield replace(landed.item, number=number, text=landed.lost or landed.item.text)


def _with_remainder(
    check: PackCheck, folder: Path, record: PackRecord, target: Target, clock: Callable[[], datetime]
) -> PackCheck:
    """Write what is missing as a pack of its own; take the one away that an earlier check wrote, if nothing is."""
    place = folder / REMAINDER_NAME
    if not check.left_over:
        remove_pack(place)
        return check
    compiled = target.compile(check.left_over, record.limits)
    remainder = new_record(
        target, check.left_over, compiled, written_at=clock(), limits=record.limits, recipe=record.recipe
    )
    write_pack(
        place, remainder, list(pack_files(target, check.left_over, compiled, check.question)), is_rehearsal=False
    )
    return replace(check, remainder=str(place))
