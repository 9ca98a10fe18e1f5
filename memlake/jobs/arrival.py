"""One export arrives: already known, known under another date or account, or new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from memlake.errors import ExportError, LakeError, UsageError
from memlake.exports import Delivery, Limits, write_raw_zone
from memlake.jobs.deriving import derive_tables
from memlake.jobs.progress import Progress
from memlake.jobs.reading import Reading, add_what_is_not_read, prepare, read_into
from memlake.jobs.receipt import export_receipt
from memlake.jobs.runlog import record_run
from memlake.jobs.summary import ExportReceipt, Outcome
from memlake.lake import catalog, rawzone, schema
from memlake.lake.catalog import ExportEntry
from memlake.lake.connection import Database
from memlake.lake.disk import plain_disk_errors
from memlake.lake.layout import Layout
from memlake.lake.revision import guarded, revision
from memlake.providers import assistants
from memlake.times import to_datetime, to_us

Keep = Literal["copy", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """How to ingest. `exported_at` and `account` speak for every export of the run."""

    provider: str | None = None
    assistant: str | None = None
    account: str | None = None
    exported_at: datetime | None = None
    keep: Keep = "copy"
    is_dry_run: bool = False
    wait_seconds: float = 0.0
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One delivery on its way into the lake, or (with `scratch`) only rehearsing it."""

    layout: Layout
    scratch: Layout | None
    delivery: Delivery
    options: IngestOptions
    clock: Callable[[], datetime]
    progress: Progress

    def settle(self) -> ExportReceipt:
        """Bring the export in, unless the lake has it; return its receipt."""
        started_at = self.clock()
        with guarded(self.layout, wait_seconds=self.options.wait_seconds) as guard:
            if guard and self.scratch is None:
                rawzone.sweep_after_kill(self.layout, guard)
            file_sha256 = self.delivery.file_sha256()
            known = self._known_entries(guard, file_sha256) if guard else []
            if guard and known:
                return self._settle_known(guard, known, started_at)
            return self._settle_new(guard, file_sha256, started_at)

    def _known_entries(self, guard: Database, file_sha256: str | None) -> list[ExportEntry]:
        """Return the exports with this content, doing no more than it takes to be sure."""
        self.progress.step(f"looking for {self.delivery.file_name} in the lake")
        content = catalog.find_by_file(guard, file_sha256) if file_sha256 else None
        if content is None:
            fingerprint = self.delivery.fingerprint
            if fingerprint and not catalog.may_hold(guard, fingerprint):
                return []
            content = self.delivery.content_sha256()
        return catalog.entries(guard, content_sha256=content)

    def _settle_known(self, guard: Database, known: list[ExportEntry], started_at: datetime) -> ExportReceipt:
        stated_at, basis = self._stated()
        entry, outcome = _recognise(known, stated_at)
        if self.options.assistant not in {None, entry.assistant}:
            raise UsageError(
                f"{self.delivery.file_name} is in the lake as memories of {entry.assistant}",
                hint="leave out --assistant, or take it out first: memlake exports drop",
            )
        account_key, label = self._account(guard, entry.assistant)
        is_move = account_key is not None and account_key != catalog.account_of(guard, entry.export_key)
        is_text_put_back = self._put_back(entry)
        if outcome == "known" and not is_move:
            return export_receipt(
                guard,
                entry.export_key,
                outcome="known",
                first_new_record_key=None,
                is_text_put_back=is_text_put_back,
            )
        with revision(self.layout, guard=guard, scratch=self.scratch) as database:
            export_key = entry.export_key
            if outcome == "dated" and stated_at:
                file_name = self.delivery.file_name
                catalog.date_export(database, export_key, stated_at=stated_at, basis=basis, file_name=file_name)
            elif outcome == "seen_again":
                values = self._export_values(entry.provider, entry.assistant, account_key) | {
                    "content_sha256": entry.content_sha256,
                    "raw_file": entry.raw_file,
                }
                export_key = catalog.see_again(database, entry, values)
            if is_move and account_key:
                catalog.move_export(database, export_key, account_key)
            self._label(database, entry.assistant, account_key, label)
            return self._conclude(
                database,
                export_key,
                "moved" if is_move else outcome,
                started_at=started_at,
                first_new_record_key=None,
                is_text_put_back=is_text_put_back,
            )

    def _settle_new(self, guard: Database | None, file_sha256: str | None, started_at: datetime) -> ExportReceipt:
        reading = prepare(self.delivery, provider_name=self.options.provider)
        assistant = self._assistant(guard, reading)
        account_key, label = self._account(guard, assistant)
        with (
            rawzone.without_leftovers(self.scratch or self.layout),
            revision(self.layout, guard=guard, scratch=self.scratch) as database,
        ):
            export_key = catalog.next_export_key(database)
            first_new_record_key = catalog.next_record_key(database)
            self.progress.start(self.delivery.file_name, reading.size_bytes)
            content_sha256 = read_into(database, reading, export_key, advance=self.progress.advance)
            add_what_is_not_read(database, reading, export_key)
            values = self._export_values(reading.provider.name, assistant, account_key) | {
                "export_key": export_key,
                "content_sha256": content_sha256,
                "file_sha256": file_sha256,
                "raw_file": self._keep(content_sha256),
            }
            catalog.add_export(database, values)
            self._label(database, assistant, account_key, label)
            return self._conclude(
                database, export_key, "new", started_at=started_at, first_new_record_key=first_new_record_key
            )

    def _conclude(
        self,
        database: Database,
        export_key: int,
        outcome: Outcome,
        *,
        started_at: datetime,
        first_new_record_key: int | None,
        is_text_put_back: bool = False,
    ) -> ExportReceipt:
        """Derive, test, and write the receipt; raise `LakeError`, which undoes the run, if a data test fails."""
        self.progress.step("deriving the tables")
        derive_tables(database)
        if outcome == "new" and self.options.account is None:
            _refuse_unclear_account(database, export_key, self.delivery.file_name)
        failed = schema.failed_checks(database)
        if failed:
            raise LakeError(
                f"{self.delivery.file_name} was not taken in, because the result is inconsistent: {'; '.join(failed)}",
                hint="the lake is as it was before; please report this",
            )
        receipt = export_receipt(
            database,
            export_key,
            outcome=outcome,
            first_new_record_key=first_new_record_key,
            is_text_put_back=is_text_put_back,
        )
        record_run(database, job="ingest", started_at=started_at, finished_at=self.clock(), summary=receipt)
        return receipt

    def _stated(self) -> tuple[datetime | None, str]:
        if self.options.exported_at:
            return to_datetime(to_us(self.options.exported_at)), "option"
        stated_at_us = self.delivery.stated_at_us
        if stated_at_us is None:
            return None, "none"
        return to_datetime(stated_at_us), self.delivery.stated_at_basis or "name"

    def _assistant(self, guard: Database | None, reading: Reading) -> str:
        """Return whose memories an export holds.

        Of a list that does not say so it is what the option says, else the assistant of the lake's only account.
        """
        wanted = self.options.assistant
        if not reading.provider.is_any_assistants:
            if wanted not in {None, reading.assistant}:
                raise UsageError(f"{self.delivery.file_name} is of {reading.assistant}", hint="leave out --assistant")
            return reading.provider.name
        found = wanted or reading.assistant or (catalog.only_assistant(guard) if guard else None)
        if found is None:
            raise UsageError(
                f"{self.delivery.file_name} does not say whose memories it lists",
                hint=f"say it with --assistant, one of: {', '.join(assistants())}",
            )
        return found

    def _account(self, guard: Database | None, assistant: str) -> tuple[str | None, str | None]:
        if self.options.account is None:
            return None, None
        return catalog.resolve_account(guard, assistant, self.options.account)

    def _label(self, database: Database, assistant: str, account_key: str | None, label: str | None) -> None:
        if account_key and label:
            catalog.label_account(database, account_key, assistant, label)

    def _export_values(self, provider: str, assistant: str, account_key: str | None) -> dict[str, object]:
        stated_at, basis = self._stated()
        member_time_us = self.delivery.member_time_us
        return {
            "provider": provider,
            "assistant": assistant,
            "received_at": self.clock() if self.delivery.is_pasted else None,
            "fingerprint": self.delivery.fingerprint,
            "stated_at": stated_at,
            "stated_at_basis": basis if stated_at else None,
            "is_open_ended": self.delivery.is_open_ended,
            "member_time": None if member_time_us is None else to_datetime(member_time_us),
            "account_option": account_key,
            "file_name": self.delivery.file_name,
            "paths": [str(path.resolve()) for path in self.delivery.paths],
            "ingested_at": self.clock(),
        }

    def _keep(self, content_sha256: str) -> str | None:
        """Put the text members into the raw zone, if they are to be kept; return the file's name there."""
        if self.options.keep == "none" and not self.delivery.paths:
            raise UsageError("what comes on standard input is kept nowhere else", hint="leave out --keep none")
        if self.scratch or self.options.keep == "none":
            return None
        raw_file = rawzone.raw_file_name(content_sha256)
        self._write_text(raw_file)
        return raw_file

    def _put_back(self, entry: ExportEntry) -> bool:
        """Keep the text of a known export again, if it was kept and is gone; tell whether it was gone."""
        if entry.raw_file is None or self.options.keep == "none" or not rawzone.is_gone(self.layout, entry.raw_file):
            return False
        if self.scratch is None:
            with plain_disk_errors(self.layout.folder):
                self._write_text(entry.raw_file)
        return True

    def _write_text(self, raw_file: str) -> None:
        self.progress.step("keeping a copy of the export's text")
        rawzone.keep(self.layout, raw_file, lambda target: write_raw_zone(self.delivery, target))


def _recognise(known: list[ExportEntry], stated_at: datetime | None) -> tuple[ExportEntry, Outcome]:
    """Return which known export this is, and what its date adds."""
    if stated_at is None:
        return known[0], "known"
    for entry in known:
        if entry.stated_at == stated_at:
            return entry, "known"
    for entry in known:
        if entry.stated_at is None:
            return entry, "dated"
    return known[0], "seen_again"


def _refuse_unclear_account(database: Database, export_key: int, file_name: str) -> None:
    """Raise what undoes the run if an export is of several people, or may be of any of several."""
    if (count := catalog.user_count(database, export_key)) > 1:
        raise ExportError(
            f"{file_name} holds data of {count} accounts",
            hint="pass the parts of one account together, those of each in a run of its own",
        )
    choice = catalog.possible_accounts(database, export_key)
    if len(choice) > 1:
        raise UsageError(
            f"{file_name} does not say whose it is, and the lake has several accounts",
            hint=f"say it with --account, one of: {', '.join(choice)}",
        )
