"""The receipt of an ingest: what came, what of it was new, what is missing, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from memlake.jobs.summary import (
    EntityReceipt,
    ExportReceipt,
    FieldDrift,
    FileReceipt,
    NextStep,
    Outcome,
    RejectedRecord,
)
from memlake.lake import catalog, sqlfiles
from memlake.lake.connection import Database
from memlake.providers import prompts, providers


def export_receipt(
    database: Database,
    export_key: int,
    *,
    outcome: Outcome,
    first_new_record_key: int | None,
    is_text_put_back: bool = False,
) -> ExportReceipt:
    """Return what the lake knows about one export; records before `first_new_record_key` were there before."""
    key: dict[str, object] = {"export_key": export_key}
    known = key | {"first_new_record_key": first_new_record_key or catalog.next_record_key(database)}
    export = database.query(sqlfiles.report("receipt_export"), key).as_dicts()[0]
    files = database.query(sqlfiles.report("receipt_files"), known).as_dicts()
    entities = database.query(sqlfiles.report("receipt_entities"), key | {"is_new": outcome == "new"}).as_dicts()
    rejects = database.query(sqlfiles.report("receipt_rejects"), key).as_dicts()
    same_time_count, contained_ids = export.pop("same_time_count"), export.pop("contained_ids")
    receipt = ExportReceipt(
        **export | {"missing_parts": tuple(export["missing_parts"])},
        outcome=outcome,
        files=tuple(FileReceipt(**file | {"rules": tuple(file["rules"])}) for file in files),
        entities=tuple(EntityReceipt(**entity) for entity in entities),
        fields=_field_drift(database, export["provider"], key),
        first_rejects=tuple(RejectedRecord(**reject) for reject in rejects),
        is_text_put_back=is_text_put_back,
        notes=(),
    )
    return replace(receipt, notes=tuple(_notes(receipt, same_time_count, contained_ids)))


def next_steps(receipts: Sequence[ExportReceipt]) -> tuple[NextStep, ...]:
    """Return the commands that make sense after a run, each as it can be typed."""
    if not receipts:
        return ()
    asked = [name for name in sorted({receipt.assistant for receipt in receipts}) if name in prompts()]
    if any(receipt.memory_count for receipt in receipts):
        first = [NextStep(command=("list",), why="read the memories")]
    else:
        first = [NextStep(command=("prompt", name), why="ask the assistant itself for its list") for name in asked]
    likely = NextStep(command=("list", "--channel", "likely"), why="read the likely saves")
    return (
        *first,
        *_comparisons(receipts, account_count=max(receipt.account_count for receipt in receipts)),
        *([likely] if any(receipt.likely_count for receipt in receipts) else []),
        *_ways_back(receipts),
        NextStep(command=("status",), why="what this lake can answer, and what not"),
    )


def _comparisons(receipts: Sequence[ExportReceipt], *, account_count: int) -> Iterator[NextStep]:
    """Yield what compares the last two exports of each account that now has two to compare."""
    compared: dict[str, list[str]] = {}
    for receipt in receipts:
        entities = [entity.entity for entity in receipt.entities if entity.vanished is not None]
        compared.setdefault(receipt.account_key, []).extend(entities)
    for account_key, entities in compared.items():
        whose = () if account_count == 1 else ("--account", account_key)
        what = () if "memories" in entities else ("--conversations",)
        if entities:
            whom = f" of {account_key}" if whose else ""
            yield NextStep(command=("diff", *what, *whose), why=f"what changed between the last two exports{whom}")


def _ways_back(receipts: Sequence[ExportReceipt]) -> Iterator[NextStep]:
    """Yield what takes a sighting out again whose date was a mistake: another date makes another export."""
    for receipt in receipts:
        if receipt.outcome == "seen_again":
            yield NextStep(
                command=("exports", "drop", receipt.export_id),
                why="if its date was a mistake: the lake had this content under another one",
            )


def _field_drift(database: Database, provider_name: str, key: dict[str, object]) -> FieldDrift:
    known = next(provider.known_fields for provider in providers() if provider.name == provider_name)
    fields = database.query(sqlfiles.report("receipt_fields"), key).as_dicts()
    return FieldDrift(
        new=_names(field for field in fields if field["has_previous"] and not field["was_in_previous"]),
        vanished=_names(field for field in fields if field["has_previous"] and not field["is_here"]),
        unknown=_names(field for field in fields if field["is_here"] and _is_unknown(known, **field)),
    )


def _is_unknown(known: dict[str, frozenset[str]], place: str, field: str, **_: object) -> bool:
    """Tell whether a field, or its whole kind of place (`content_type:new`), is in no known dialect."""
    family, separator, _name = place.partition(":")
    if separator and place not in known:
        return any(other.startswith(f"{family}:") for other in known)
    return field not in known.get(place, {field})


def _names(fields: Iterable[dict[str, object]]) -> tuple[str, ...]:
    return tuple(f"{field['place']}.{field['field']}" for field in fields)


def _notes(receipt: ExportReceipt, same_time_count: int, contained_ids: Sequence[str]) -> Iterator[str]:
    """Say what this export cannot tell, and what was assumed about it."""
    yield from _blind_spots(receipt)
    yield from _assumptions(receipt)
    for export_id in contained_ids:
        yield f"it holds all that an earlier part of it held, which can go: memlake exports drop {export_id}"
    if same_time_count > len(contained_ids):
        yield "another export of this account has the same time; their order is fixed by their ids"


def _blind_spots(receipt: ExportReceipt) -> Iterator[str]:
    coverage = {entity.entity: entity for entity in receipt.entities}
    if coverage["memory_events"].coverage == "absent" and coverage["conversations"].coverage != "absent":
        yield "no tool layer in this export: save events can only come from older exports"
    memories = coverage["memories"]
    if memories.coverage == "absent":
        yield "no memory list in this export: it cannot show what was changed or deleted"
    elif memories.coverage == "complete" and memories.total == 0:
        yield "the memory list is empty: deleted or switched off, the export cannot tell"
    if receipt.likely_count:
        yield f"{receipt.likely_count} likely saves were guessed from the words of chats; they are listed apart"
    if receipt.repeated_count:
        entries = "1 entry says" if receipt.repeated_count == 1 else f"{receipt.repeated_count} entries say"
        yield f"{entries} the same as another one, but for case and spaces: such entries are one memory"
    if receipt.empty_message_count:
        yield f"{receipt.empty_message_count} messages are empty: the provider left out what they said"
    if receipt.is_open_ended:
        yield "no manifest came with its parts, so some may be missing: pass it and all parts together"


def _assumptions(receipt: ExportReceipt) -> Iterator[str]:
    if receipt.exported_at_basis == "newest_record":
        yield "dated by its newest record, so it may be later; ingest it again with --exported-at DATE to date it"
    elif receipt.exported_at is None:
        yield "nothing tells when it was made, so it dates nothing; ingest it again with --exported-at DATE"
    if receipt.is_joined:
        yield f"it does not say whose it is; taken for {receipt.account_key}, the only account of {receipt.assistant}"
