"""The lake as a whole, as people read it: its state, its exports, and what a job did to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from memlake.cli.invocation import Invocation
from memlake.cli.named_table import named_table
from memlake.cli.render import (
    Column,
    counted,
    facts,
    headline,
    paragraph,
    people_bytes,
    people_date,
    section,
    short_name,
    shortened,
    table,
    telling_length,
    typed,
)
from memlake.jobs.exports import DropSummary, ExportState
from memlake.jobs.rebuild import RebuildSummary
from memlake.jobs.status import AccountState, Answer, LakeStatus, PrivateCount

_MOST_NAMES = 6
_EXPORT_COLUMNS = [
    Column(title="id"),
    Column(title="made"),
    Column(title="export", kind="name"),
    Column(title="kind"),
    Column(title="memories", kind="number"),
    Column(title="lacks", kind="text"),
]
_ANSWER_COLUMNS = [Column(title="question"), Column(title="answer"), Column(title="why", kind="text")]


def status_view(status: LakeStatus, invocation: Invocation) -> Iterator[RenderableType]:
    """Show a lake's state."""
    soundness = "damaged" if status.problems else "sound"
    yield facts([("lake", status.lake), ("database", f"{people_bytes(status.database_bytes)}, {soundness}")])
    if status.problems:
        yield section("problems", *map(paragraph, status.problems))
    if status.without_text:
        yield section("not in this lake, which was made of an archive", *_without_text(status, invocation))
    for account in status.accounts:
        answers = [answer for answer in status.answers if answer.account_key == account.account_key]
        exports = [export for export in status.exports if export.account_key == account.account_key]
        yield section(_account_title(account), _account_counts(account))
        yield section("what this lake can tell", _answers(answers, invocation))
        yield section("exports", *exports_view(exports))
        private = [count for count in status.private if count.account_key == account.account_key]
        if private:
            yield section("private things that it remembers", *_private(account, private, status, invocation))
    if not status.accounts:
        yield Group(paragraph("the lake is empty; fill it:"), typed(invocation.command("ingest", "EXPORT.zip")))
    for provider, names in status.never_exported.items():
        if names:
            yield section(f"in no export of {provider}", *map(paragraph, names))


def exports_view(exports: Sequence[ExportState]) -> Iterator[RenderableType]:
    """Show exports, a row each."""
    if exports:
        length = telling_length([export.export_id for export in exports])
        yield named_table(_EXPORT_COLUMNS, [_export_row(export, export.export_id[:length]) for export in exports])
    else:
        yield paragraph("no exports")


def drop_view(summary: DropSummary, invocation: Invocation) -> Iterator[RenderableType]:
    """Show what taking an export out removes, or would remove."""
    export = summary.export
    done = "was taken out" if summary.is_done else "would be taken out"
    differences = [
        _difference(lost_count, noun)
        for lost_count, noun in (
            (summary.conversations_lost, "conversation"),
            (summary.messages_lost, "message"),
            (summary.memories_lost, "memory"),
            (summary.changes_lost, "change"),
        )
        if lost_count
    ]
    yield headline(f"{export.file_name} ({export.export_id}) {done}")
    yield facts([("what the lake knows", ", ".join(differences) or "the same as before")])
    if not summary.is_done:
        command = invocation.command("exports", "drop", export.export_id, "--yes")
        yield Group(paragraph("nothing was changed; to do it:"), typed(command))


def _difference(lost_count: int, noun: str) -> str:
    """Say how many are gone; there can be more, where only this export showed that two sightings are one memory."""
    return f"{counted(abs(lost_count), noun)} {'more' if lost_count < 0 else 'fewer'}"


def rebuild_view(summary: RebuildSummary) -> RenderableType:
    """Show what was read again."""
    read = f"{counted(summary.record_count, 'record')} of {counted(summary.export_count, 'export')}"
    return facts([("lake", summary.lake), ("read again", read)])


def _without_text(status: LakeStatus, invocation: Invocation) -> Iterator[RenderableType]:
    """Say what a lake that was made of an archive lacks, and how to fill it in."""
    yield paragraph(f"the exports' own text: {shortened(status.without_text, most=_MOST_NAMES)}")
    needs = "all can be asked; but memlake rebuild needs them, so keep them"
    if set(status.at_their_place) == set(status.without_text):
        needs = "all can be asked, and memlake rebuild reads them where they were taken in from, so keep them there"
    elif status.at_their_place:
        needs += f"; where it was taken in from lies: {shortened(status.at_their_place, most=_MOST_NAMES)}"
    yield paragraph(f"{needs}. Ingested again, they are kept here:")
    yield typed(invocation.command("ingest", "EXPORT.zip"))


def _account_title(account: AccountState) -> str:
    return f"{account.label} ({account.account_key})" if account.label else account.account_key


def _account_counts(account: AccountState) -> RenderableType:
    counts = [
        counted(account.memory_count, "memory"),
        counted(account.event_count, "memory event"),
        counted(account.conversation_count, "conversation"),
        counted(account.message_count, "message"),
    ]
    likely = f"; apart from them {counted(account.likely_count, 'likely save')}" if account.likely_count else ""
    return paragraph(", ".join(counts) + likely)


def _answers(answers: Sequence[Answer], invocation: Invocation) -> RenderableType:
    return table(
        _ANSWER_COLUMNS, [(answer.question, answer.verdict, invocation.spelled(answer.why)) for answer in answers]
    )


def _private(
    account: AccountState, counts: Sequence[PrivateCount], status: LakeStatus, invocation: Invocation
) -> Iterator[RenderableType]:
    """Say how many memories hold something private; what it is only the command shows."""
    of_one = ["--account", account.account_key] if len(status.accounts) > 1 else []
    for count in counts:
        command = invocation.command("list", "--private", count.private_class, *of_one)
        yield Group(paragraph(f"{count.private_class} in {counted(count.memory_count, 'memory')}:"), typed(command))


def _export_row(export: ExportState, shown_id: str) -> tuple[str, str, str, str, int | None, str]:
    return (
        shown_id,
        people_date(export.exported_at) or "unknown",
        short_name(export.file_name),
        export.dialect or "no chats",
        export.memory_count,
        "; ".join(_shortcomings(export)),
    )


def _shortcomings(export: ExportState) -> Iterator[str]:
    """Say what an export lacks, the gravest first."""
    if export.missing_parts:
        yield f"missing: {', '.join(export.missing_parts)}"
    if export.reject_count:
        yield counted(export.reject_count, "unreadable record")
    if export.exported_at is None:
        yield "date"
    for name, coverage in (
        ("conversations", export.conversation_coverage),
        ("memory list", export.memory_coverage),
        ("tool layer", export.event_coverage),
    ):
        if coverage == "absent":
            yield name
        elif coverage == "partial":
            yield f"part of the {name}"
