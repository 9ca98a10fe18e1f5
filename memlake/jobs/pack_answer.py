"""What a target answered, an export or a text, read into a lake that is thrown away again."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from memlake.errors import ExportError, UsageError
from memlake.exports import STANDARD_INPUT
from memlake.hashing import sha256_hex
from memlake.jobs.answer_words import goes_on, may_hold_a_list
from memlake.jobs.arrival import IngestOptions
from memlake.jobs.ingest import ingest
from memlake.jobs.progress import Progress
from memlake.jobs.summary import ExportReceipt, IngestSummary, RefusedExport
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.packs.items import Target
from memlake.packs.papers import CHECKLIST_NAME
from memlake.packs.record import RECORD_NAME, PackRecord
from memlake.packs.remembered import remembered
from memlake.parsing.answered import HAS_NONE, IS_OFF, NO_LIST, SHOWS_NONE
from memlake.parsing.prose import statements
from memlake.parsing.sentences import sentences
from memlake.text import decode_text

_NOBODYS = "other"
_EMPTY = (b"", b"[]", b"{}")
_LONGEST_EMPTY = 1024
_DATED = ("manifest", "name", "member_time")
_LONGEST_REMARK = 3
_TEXT_SUFFIXES = (".txt", ".md", ".markdown", "")
_A_DAY = timedelta(days=1)
_ZONES = timedelta(hours=12)
_OF_THE_READER = re.compile(
    r"\b(?:you|your|user|du|dich|dir|dein\w*|sie|ihr\w*|nutzer\w*|tú|tu|tus|te|usted|su|sus|você|seu|sua|vous|votre|vos)\b"
    r"|あなた|ユーザー|您|你|당신",
    re.IGNORECASE,
)
_ASK = f"ask the assistant the question in {CHECKLIST_NAME}, in a new chat, and pass its answer"


def refuse_its_own(folder: Path, record: PackRecord, paths: Sequence[Path], pasted: bytes | None) -> None:
    """Raise `UsageError` if what is passed as an answer is a pack, or one of this pack's files.

    As it was written a file is known wherever it lies; in the folder also what somebody made of it.
    """
    own = {folder / name for name in (RECORD_NAME, *(file.path for file in record.files))}
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        if path.is_dir() and (path / RECORD_NAME).is_file():
            raise UsageError(f"{path} is a pack, not what an assistant remembers", hint=_ASK)
        if any(path.exists() and one.exists() and path.samefile(one) for one in own):
            raise UsageError(f"{path} is a file of the pack itself, not an answer", hint=_ASK)
        if _is_as_long(path, record) and (name := _name_in(record, path.read_bytes())):
            raise UsageError(f"{path} is {name} of the pack itself, not an answer", hint=_ASK)
    if pasted is not None and (name := _name_in(record, pasted)):
        raise UsageError(f"what is pasted is {name} of the pack itself, not an answer", hint=_ASK)


def _is_as_long(path: Path, record: PackRecord) -> bool:
    return path.is_file() and path.stat().st_size in {file.size_bytes for file in record.files}


def _name_in(record: PackRecord, content: bytes) -> str | None:
    """Return which file of a pack this is; a field of settings has nothing but lines, and may come back as it went."""
    if content.startswith(b"- "):
        return None
    content_sha256 = sha256_hex(content)
    return next((file.path for file in record.files if file.sha256 == content_sha256), None)


class Answer:
    """What the target remembers, read through a lake in a folder of its own that is removed again.

    `why_unsure` says why it does not tell what is missing: it is empty or a refusal, is of something else, or is no
    whole one. That the target knows nothing at all is an answer.
    `is_list` is unset for a text in which no list can be, `goes_on` set for one that says it is a part; `not_told` is
    what a text is refused with that is no remark and speaks of nobody, unless something of the pack is in it.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        target: Target,
        *,
        written_at: datetime,
        clock: Callable[[], datetime],
        progress: Progress,
        pasted: bytes | None,
    ) -> None:
        self._paths, self._target, self._clock, self._progress = paths, target, clock, progress
        self._pasted, self._written_at = pasted, written_at
        self.known: list[str] = []
        self.why_unsure: str | None = "the answer is empty"
        self.is_list = True
        self.goes_on = False
        self.not_told: ExportError | None = None
        if not self._is_empty():
            self._read()
            text = "\n".join(self._texts())
            self.is_list, self.goes_on = not text or may_hold_a_list(text), goes_on(text)

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
            self._take(summary, lake)

    def _take(self, summary: IngestSummary, lake: Path) -> None:
        _refuse_others(summary.exports, self._target)
        for refused in summary.refused:
            words = _instead_of_a_list(refused, self._target)
            if words == NO_LIST:
                self.known += self._prose(refused)
            elif words != HAS_NONE:
                self.known, self.why_unsure = [], words
                return
        self.why_unsure = None
        if summary.exports:
            with open_lake(Layout(lake)) as database:
                self.known += remembered(database)
            self.why_unsure = next(_doubts(summary.exports, self.known), None)
            if before := _before(summary.exports, self._written_at):
                self.known, self.why_unsure = [], before

    def _prose(self, refused: RefusedExport) -> list[str]:
        """Return the sentences of an answer that is no list. Raises `ExportError` if it is no text at all."""
        named = [path for path in self._paths if path != STANDARD_INPUT and path.name == refused.file_name]
        text = "\n".join(map(_text_in, named)) if named else decode_text(self._pasted or b"")
        no_list = ExportError(refused.message, hint=_hint(refused, self._target))
        if not text.strip() or "\ufffd" in text:
            raise no_list
        told = [statement.content for statement in statements(text)]
        if len(told) > _LONGEST_REMARK and not _is_told(text):
            self.not_told = no_list
        return told

    def _texts(self) -> Iterator[str]:
        """Yield what was passed as text: what is pasted, and the text of files that hold nothing else."""
        if self._pasted is not None and STANDARD_INPUT in self._paths:
            yield decode_text(self._pasted)
        yield from (_text_in(path) for path in self._paths if path.suffix.lower() in _TEXT_SUFFIXES)

    def _ingest(self, lake: Path, assistant: str | None) -> IngestSummary:
        """Take the answer into a lake; a file stays where it is, what is pasted is nowhere else."""
        pasted = None if self._pasted is None else io.BytesIO(self._pasted)
        options = IngestOptions(assistant=assistant, keep="none" if pasted is None else "copy")
        return ingest(
            self._paths, lake=lake, options=options, clock=self._clock, progress=self._progress, pasted=pasted
        )


def _text_in(path: Path) -> str:
    return decode_text(path.read_bytes()) if path.is_file() else ""


def _is_empty_file(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= _LONGEST_EMPTY and path.read_bytes().strip() in _EMPTY
    except OSError:
        return False


def _refuse_others(receipts: Sequence[ExportReceipt], target: Target) -> None:
    """Raise `UsageError` for an export of another assistant."""
    wrong = [receipt for receipt in receipts if target.assistant not in {None, receipt.assistant}]
    if wrong:
        raise UsageError(
            f"{wrong[0].file_name} is of {wrong[0].assistant}, and the pack is for {target.name}",
            hint=f"pass an export of {target.title}, or its answer",
        )


def _instead_of_a_list(refused: RefusedExport, target: Target) -> str:
    """Return what the assistant said in place of a list; raise `ExportError` for what is no answer at all."""
    for words in (HAS_NONE, SHOWS_NONE, IS_OFF, NO_LIST):
        if refused.message.endswith(words):
            return words
    raise ExportError(refused.message, hint=_hint(refused, target))


def _hint(refused: RefusedExport, target: Target) -> str | None:
    is_about_asking = refused.hint is not None and "memlake prompt" in refused.hint
    of_the_target = f"pass an export of {target.title}, or its answer to the question in {CHECKLIST_NAME}"
    return of_the_target if is_about_asking else refused.hint


def _is_told(text: str) -> bool:
    """Tell whether a text speaks to its reader, or of a user, in whole sentences, as an answer in prose does."""
    told = [sentence for paragraph in text.splitlines() for sentence in sentences(paragraph)]
    about = sum(_OF_THE_READER.search(sentence) is not None for sentence in told)
    return about > 0 and about * 3 >= len(told)


def _before(receipts: Sequence[ExportReceipt], written_at: datetime) -> str | None:
    """Return that an answer is older than the pack, with both dates; `None` for one that is not, as far as it says."""
    if not all(_is_before(receipt, written_at) for receipt in receipts):
        return None
    made_at = max(receipt.exported_at for receipt in receipts if receipt.exported_at)
    return f"it was made before the pack, on {made_at:%Y-%m-%d}, and the pack on {written_at:%Y-%m-%d}"


def _is_before(receipt: ExportReceipt, written_at: datetime) -> bool:
    """Tell whether an export was made before a moment: a date is all of its day, and most times have no zone."""
    made_at = receipt.exported_at
    if made_at is None or receipt.exported_at_basis not in _DATED:
        return False
    is_zoned = receipt.exported_at_basis == "manifest" and made_at.time() != time()
    is_day = made_at.time() == time()
    latest = made_at if is_zoned else made_at + _ZONES + (_A_DAY if is_day else timedelta())
    return latest < written_at


def _doubts(receipts: Sequence[ExportReceipt], known: Sequence[str]) -> Iterator[str]:
    """Yield why an answer does not tell what is missing."""
    if not all(any(one.entity == "memories" and one.coverage != "absent" for one in it.entities) for it in receipts):
        yield "the export holds no list of memories"
    if not all(receipt.is_whole for receipt in receipts):
        yield "the answer could be read in part only"
    if not known:
        yield "there are no memories in the answer"
