"""What has landed of a pack: the target's next export, or its answer, held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from memlake.errors import ExitCode, ExportError, MemlakeError
from memlake.exports import STANDARD_INPUT
from memlake.jobs.answer_words import is_in_another_language
from memlake.jobs.pack import question_for
from memlake.jobs.pack_answer import Answer, refuse_its_own
from memlake.jobs.progress import Progress
from memlake.packs.items import PackItem, Target, TargetName
from memlake.packs.landing import NOT_WHOLLY, VERDICTS, Landed, Landing, landing
from memlake.packs.record import PackRecord, read_record
from memlake.packs.targets import TARGETS
from memlake.packs.writing import REMAINDER_NAME, finish_pack, new_record, pack_files, remove_pack, write_pack

_NOTHING = Landing(items=(), others=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCheck:
    """What became of each item of a pack, and what else its target knows.

    `wait_until` is set while it is too early to tell what is missing, `why_unsure` where the answer cannot tell it; of
    an answer that tells nothing at all there are no `items`. `remarks` say why what is missing may yet be there.
    `remainder` is the folder of the second pack with what is missing, `None` if there is none; `question` makes the
    assistant tell what it remembers. `kept` are the names of files that somebody had changed when the rest of a run of
    `pack` was put in place, which was cut short.
    """

    folder: str
    target: TargetName
    title: str
    written_at: datetime
    items: tuple[Landed, ...]
    others: tuple[str, ...]
    wait_until: datetime | None
    why_unsure: str | None
    remarks: tuple[str, ...]
    remainder: str | None
    question: str
    kept: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many items there are of each verdict."""
        verdicts = [landed.verdict for landed in self.items]
        return {verdict: verdicts.count(verdict) for verdict in VERDICTS}

    @property
    def left_over(self) -> tuple[PackItem, ...]:
        """What is to be brought in again: whole items, and the sentences that others lost, numbered anew."""
        return tuple(_left_over(self.items))

    @property
    def exit_code(self) -> ExitCode:
        """0: all of it has landed; 4: something is left; 3: nothing can tell, or not yet."""
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
    is_never_too_early: bool = False,
) -> PackCheck:
    """Hold a pack against what its target remembers now: an export of it, or its answer; `-` is what is `pasted`.

    What is missing becomes a pack of its own inside the folder, if it is not too early to tell or nobody minds
    (`is_never_too_early`). Raises `MemlakeError` if there is no pack, or the
    answer cannot be read or is of another assistant.
    """
    kept = finish_pack(folder)
    record = read_record(folder)
    if record is None:
        raise MemlakeError(f"there is no pack in {folder}: it has no pack.json", hint="name the folder of a pack")
    target = TARGETS[record.target]
    content = pasted.read() if pasted and STANDARD_INPUT in answer else None
    refuse_its_own(folder, record, answer, content)
    settled_at = record.written_at + timedelta(hours=target.settles_in_hours)
    wait_until = settled_at if clock() < settled_at else None
    try:
        answered = Answer(answer, target, written_at=record.written_at, clock=clock, progress=progress, pasted=content)
    except ExportError as error:
        if wait_until is None or not all(path == STANDARD_INPUT or path.exists() for path in answer):
            raise
        raise _perhaps_too_early(error, wait_until) from error
    progress.step("comparing")
    why_unsure = answered.why_unsure
    is_told = answered.known or not why_unsure
    found = landing(record.items, answered.known) if is_told else _NOTHING
    if answered.known and not found.is_any:
        if answered.not_told:
            raise answered.not_told if wait_until is None else _perhaps_too_early(answered.not_told, wait_until)
        if not answered.is_list:
            found, why_unsure = _NOTHING, why_unsure or "nothing of the pack is in this text, and no list"
    check = PackCheck(
        folder=str(folder),
        target=target.name,
        title=target.title,
        written_at=record.written_at,
        items=found.items,
        others=found.others,
        wait_until=wait_until,
        why_unsure=why_unsure,
        remarks=tuple(_remarks(answered, found)),
        remainder=None,
        question=question_for(target),
        kept=kept,
    )
    may_still_come = wait_until is not None and check.left_over and not is_never_too_early
    return check if check.why_unsure or may_still_come else _with_remainder(check, folder, record, target, clock)


def _remarks(answered: Answer, found: Landing) -> Iterator[str]:
    """Yield why something that is missing may yet be there."""
    missing = [landed.item.text for landed in found.items if landed.verdict == "missing"]
    if missing and answered.goes_on:
        yield "the answer says that it is not complete: ask for the rest and pass all of it"
    if is_in_another_language(missing, list(found.others)):
        yield "what else it knows is in another language than what is missing: translations are not recognised"


def _perhaps_too_early(error: ExportError, wait_until: datetime) -> ExportError:
    """Return what happened with another hint: an assistant may not know yet what it was given."""
    early = f"it may be too early: wait until {wait_until:%Y-%m-%d %H:%M} UTC, then ask again"
    return ExportError(error.message, hint=f"{early}; or {error.hint}" if error.hint else early)


def _left_over(items: Sequence[Landed]) -> Iterator[PackItem]:
    number = 0
    for landed in items:
        if landed.verdict in NOT_WHOLLY:
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
    files = pack_files(target, check.left_over, compiled, question=check.question, folder=place)
    write_pack(place, remainder, list(files), is_rehearsal=False)
    return replace(check, remainder=str(place))
