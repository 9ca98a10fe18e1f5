"""What jobs answer: frozen, typed, and the same for the terminal, JSON and Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memlake.errors import ExitCode

Outcome = Literal["new", "known", "dated", "moved", "seen_again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReceipt:
    """One file of an export: records = stored + unchanged + duplicate + ignored + rejected."""

    file_name: str
    entity: str | None
    status: str  # complete, partial, ignored, skipped
    reason: str | None
    records: int
    stored: int
    unchanged: int
    duplicate: int
    ignored: int
    rejected: int
    rules: tuple[str, ...]  # why records were ignored or rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityReceipt:
    """What an export told about one kind of thing, against what the lake knew before."""

    entity: str
    coverage: str
    reason: str
    total: int
    new: int
    updated: int
    unchanged: int
    vanished: int | None  # against the export before it; None where one of both lists is not whole


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDrift:
    """How the export's fields differ from those of the export before it, and from the known dialects."""

    new: tuple[str, ...]
    vanished: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRecord:
    """One record that could not be read; `row_number` counts from 1 inside its file."""

    file_name: str
    row_number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReceipt:
    """All that happened to one export."""

    outcome: Outcome
    export_id: str
    file_name: str
    provider: str
    assistant: str  # whose memories it holds
    dialect: str | None
    account_key: str
    account_label: str | None
    account_count: int  # of the whole lake, with this export
    exported_at: datetime | None
    exported_at_basis: str
    is_loose: bool  # says neither whose it is nor shares a conversation
    is_joined: bool  # and was given to the assistant's only account
    files: tuple[FileReceipt, ...]
    entities: tuple[EntityReceipt, ...]
    fields: FieldDrift
    first_rejects: tuple[RejectedRecord, ...]  # the first few; all are in the relation `rejects`
    missing_parts: tuple[str, ...]
    is_open_ended: bool  # in numbered parts, and nothing says how many there are
    media_count: int
    memory_count: int  # what the lake now knows of this account, likely saves aside
    likely_count: int
    repeated_count: int  # entries of a written-out list whose text another one has, but for case and spaces
    empty_message_count: int  # whose text the provider left out
    is_text_put_back: bool  # the lake had it, but not its text, as after a restore
    notes: tuple[str, ...]  # blind spots and everything else worth knowing

    @property
    def is_whole(self) -> bool:
        """Tell whether everything in the export could be read, and no part was missing."""
        has_gaps = bool(self.missing_parts or self.first_rejects)
        return not has_gaps and all(file.status not in {"partial", "skipped"} for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedExport:
    """An input that is no readable export; the others went on without it."""

    file_name: str
    message: str
    hint: str | None
    exit_code: ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A command that makes sense now, and why."""

    command: tuple[str, ...]  # words after the program's name
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSummary:
    """The receipt of a whole run."""

    lake: str
    is_dry_run: bool
    exports: tuple[ExportReceipt, ...]
    refused: tuple[RefusedExport, ...]
    next_steps: tuple[NextStep, ...]

    @property
    def exit_code(self) -> ExitCode:
        """0 if everything was read, 3 if something was left out, else why nothing was read."""
        if not self.refused:
            return ExitCode.OK if all(export.is_whole for export in self.exports) else ExitCode.PARTLY_READ
        if self.exports:
            return ExitCode.PARTLY_READ
        codes = {refused.exit_code for refused in self.refused}
        return codes.pop() if len(codes) == 1 else ExitCode.FAILURE
