"""The receipt of an ingest as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.named_table import named_table
from memlake.cli.render import (
    NOTHING,
    Column,
    counted,
    elided,
    facts,
    headline,
    indented,
    next_steps,
    paragraph,
    people_date,
    people_time,
    section,
    short_name,
    shortened,
    table,
)
from memlake.jobs.summary import EntityReceipt, ExportReceipt, FileReceipt, IngestSummary
from memlake.providers import providers

_MOST_NAMES = 6
_MOST_REJECTS = 5
_NAME_IN_A_NOTE = 56
_OUTCOMES = {
    "new": "new",
    "known": "already in the lake: nothing changed",
    "dated": "already in the lake; now it has a date",
    "moved": "already in the lake; moved to this account",
    "seen_again": "already in the lake; seen again at another time",
}
_PUT_BACK = "was not in this lake any more, and is kept again"
_DATE_BASES = {
    "option": "as you said",
    "manifest": "from its manifest",
    "name": "from its name",
    "received": "when it was pasted",
    "newest_record": "its newest record, at the earliest",
    "member_time": "from the times in the ZIP",
}
_ENTITY_COLUMNS = [
    Column(title=""),
    *(Column(title=title, kind="number") for title in ("total", "new", "updated", "unchanged", "vanished")),
    Column(title="coverage", kind="text"),
]
_BALANCE = ("stored", "unchanged", "duplicate", "ignored", "rejected")
_OVERVIEW_COLUMNS = [
    Column(title="export", kind="name"),
    Column(title="made"),
    Column(title="kind", kind="phrase"),
    Column(title="outcome"),
    Column(title="conversations", kind="number"),
    Column(title="memories", kind="number"),
    Column(title="events", kind="number"),
]


def receipt_view(summary: IngestSummary, invocation: Invocation, *, is_verbose: bool) -> Iterator[RenderableType]:
    """Show what happened: one export in full, of several a row each and then only what went wrong."""
    if summary.is_dry_run:
        yield headline("dry run: this is what would happen; nothing was written")
    if is_verbose or len(summary.exports) + len(summary.refused) == 1:
        for receipt in summary.exports:
            yield from _whole_receipt(receipt)
    else:
        refused = [(short_name(item.file_name), *[NOTHING] * 2, "refused", *[NOTHING] * 3) for item in summary.refused]
        yield named_table(_OVERVIEW_COLUMNS, [*map(_overview_row, summary.exports), *refused])
        yield paragraph("+ new  ~ updated  - vanished; all details: --verbose")
        for receipt in summary.exports:
            problems = list(_problems(receipt))
            if receipt.is_text_put_back:
                problems.append(("text", _PUT_BACK))
            if problems:
                yield section(short_name(receipt.file_name), facts(problems))
        yield from _shared_notes([receipt for receipt in summary.exports if receipt.outcome != "known"])
    yield from _why_no_memories(summary.exports)
    yield facts([("lake", summary.lake)])
    if summary.is_dry_run:
        yield paragraph("to do it, leave out --dry-run")
    if summary.next_steps:
        steps = [(invocation.command(*step.command), step.why) for step in summary.next_steps]
        yield next_steps(steps)


def _whole_receipt(receipt: ExportReceipt) -> Iterator[RenderableType]:
    yield headline(_what_it_is(receipt))
    yield facts(
        [
            ("file", receipt.file_name),
            ("account", _account(receipt)),
            ("export", f"{receipt.export_id}, {_OUTCOMES[receipt.outcome]}"),
            ("text", _PUT_BACK if receipt.is_text_put_back else None),
        ]
    )
    remarks = list(_problems(receipt))
    if receipt.outcome != "known":
        yield table(_ENTITY_COLUMNS, [_entity_row(entity) for entity in receipt.entities])
        yield from _files(receipt)
        remarks += [*_drift(receipt), *(("note", note) for note in receipt.notes)]
    if remarks:
        yield facts(remarks)


def _what_it_is(receipt: ExportReceipt) -> str:
    kind = f"{_title(receipt.provider)} export" if receipt.dialect else f"{_title(receipt.provider)} memories"
    made = (
        f"made {people_time(receipt.exported_at)} ({_DATE_BASES[receipt.exported_at_basis]})"
        if receipt.exported_at
        else "made at an unknown time"
    )
    return ", ".join(filter(None, [kind, receipt.dialect, made]))


def _account(receipt: ExportReceipt) -> str:
    return f"{receipt.account_label} ({receipt.account_key})" if receipt.account_label else receipt.account_key


def _title(provider_name: str) -> str:
    return next((provider.title for provider in providers() if provider.name == provider_name), provider_name)


def _entity_row(entity: EntityReceipt) -> tuple[str, int, int, int, int, int | None, str]:
    coverage = entity.coverage if entity.coverage == "complete" else f"{entity.coverage}: {entity.reason}"
    return (
        entity.entity.replace("_", " "),
        entity.total,
        entity.new,
        entity.updated,
        entity.unchanged,
        entity.vanished,
        coverage,
    )


def _files(receipt: ExportReceipt) -> Iterator[RenderableType]:
    """Show the balance of every file that holds records, and name the others."""
    full = [file for file in receipt.files if file.records]
    empty = [file.file_name for file in receipt.files if not file.records]
    if full:
        yield _balance(full)
    others = [("without records", shortened(empty, most=_MOST_NAMES))] if empty else []
    if receipt.media_count:
        others.append(("listed only", counted(receipt.media_count, "media file")))
    if others:
        yield facts(others)


def _balance(files: Sequence[FileReceipt]) -> RenderableType:
    """Show for each file: records = the sum of what became of them; leave out what became of none."""
    parts = [part for part in _BALANCE if part == "stored" or any(getattr(file, part) for file in files)]
    titles = ["records", *(f"{'+' if number else '='} {part}" for number, part in enumerate(parts))]
    columns = [Column(title="file", kind="name"), *(Column(title=title, kind="number") for title in titles)]
    rows = [(short_name(file.file_name), file.records, *(getattr(file, part) for part in parts)) for file in files]
    return named_table(columns, rows)


def _problems(receipt: ExportReceipt) -> Iterator[tuple[str, str]]:
    """Name what is missing or could not be read."""
    if receipt.missing_parts:
        yield "missing", shortened(receipt.missing_parts, most=_MOST_NAMES)
    for file in receipt.files:
        if file.status in {"partial", "skipped"}:
            yield file.status, f"{file.file_name}: {file.reason}"
    for reject in receipt.first_rejects[:_MOST_REJECTS]:
        yield "rejected", f"{reject.file_name}, record {reject.row_number:,}: {reject.reason}"
    reject_count = sum(file.rejected for file in receipt.files)
    if reject_count:
        yield "", f"{counted(reject_count, 'rejected record')} in all; in SQL: from rejects"


def _drift(receipt: ExportReceipt) -> Iterator[tuple[str, str]]:
    for name, field_names in (
        ("new fields", receipt.fields.new),
        ("gone fields", receipt.fields.vanished),
        ("unknown fields", receipt.fields.unknown),
    ):
        if field_names:
            yield name, shortened(field_names, most=_MOST_NAMES)


def _overview_row(receipt: ExportReceipt) -> tuple[str, ...]:
    changes = {entity.entity: _change(entity, is_known=receipt.outcome == "known") for entity in receipt.entities}
    return (
        short_name(receipt.file_name),
        people_date(receipt.exported_at) or "unknown",
        " ".join(filter(None, [_title(receipt.provider), receipt.dialect])),
        receipt.outcome.replace("_", " "),
        *(changes.get(entity, NOTHING) for entity in ("conversations", "memories", "memory_events")),
    )


def _change(entity: EntityReceipt, *, is_known: bool) -> str:
    if entity.coverage == "absent":
        return NOTHING
    changes = () if is_known else (("+", entity.new), ("~", entity.updated), ("-", entity.vanished))
    return " ".join([f"{entity.total:,}", *(f"{sign}{count:,}" for sign, count in changes if count)])


def _shared_notes(receipts: Sequence[ExportReceipt]) -> Iterator[RenderableType]:
    """Show each note once, with the exports that it is about."""
    notes = dict.fromkeys(note for receipt in receipts for note in receipt.notes)
    if notes:
        yield section("notes", *(_shared_note(note, receipts) for note in notes))


def _shared_note(note: str, receipts: Sequence[ExportReceipt]) -> RenderableType:
    names = [elided(short_name(receipt.file_name), _NAME_IN_A_NOTE) for receipt in receipts if note in receipt.notes]
    return Group(paragraph(note), indented(paragraph(shortened(names, most=_MOST_NAMES))))


_EMPTY = {"memories": "the memory list is empty", "memory_events": "no save events in its conversations"}


def _why_no_memories(receipts: Sequence[ExportReceipt]) -> Iterator[RenderableType]:
    """Say why an account has no memories after the run."""
    if receipts and not any(receipt.memory_count for receipt in receipts):
        reasons = [
            entity.reason if entity.coverage != "complete" else _EMPTY[entity.entity]
            for entity in receipts[-1].entities
            if entity.entity in _EMPTY
        ]
        yield section("no memories came out", *map(paragraph, reasons))
