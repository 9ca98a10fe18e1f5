"""Which exports a lake holds, under which identity, date and account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from memlake.errors import UsageError
from memlake.hashing import short_hash
from memlake.lake.connection import Database, insert_row
from memlake.lake.frames import frame_of
from memlake.provider import Provider
from memlake.text import replace_lone_surrogates


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """One row of `raw.exports`, as far as identity and place go."""

    export_key: int
    content_sha256: str
    provider: str
    assistant: str
    stated_at: datetime | None
    account_option: str | None
    raw_file: str | None
    paths: tuple[str, ...]
    file_name: str


class _MediaRow(NamedTuple):
    export_key: int
    name: str
    size_bytes: int


def find_by_file(database: Database, file_sha256: str) -> str | None:
    """Return the content hash of an export that came in exactly this file."""
    found = database.value(
        "select content_sha256 from raw.exports where file_sha256 = $sha256", {"sha256": file_sha256}
    )
    return found if isinstance(found, str) else None


def may_hold(database: Database, fingerprint: str) -> bool:
    """Tell whether the content of a ZIP with these names, sizes and checksums may be there.

    Folders have no checksums: where one was taken in, only reading the ZIP tells.
    """
    sql = "select 1 from raw.exports where fingerprint is null or fingerprint = $it limit 1"
    return database.value(sql, {"it": fingerprint}) is not None


def entries(database: Database, *, content_sha256: str | None = None) -> list[ExportEntry]:
    """Return the exports, of one content or all, in a stable order."""
    found = database.query(
        "from raw.exports where $content is null or content_sha256 = $content order by export_key",
        {"content": content_sha256},
    )
    return [_entry(row) for row in found.as_dicts()]


def _entry(row: dict[str, Any]) -> ExportEntry:
    return ExportEntry(
        export_key=row["export_key"],
        content_sha256=row["content_sha256"],
        provider=row["provider"],
        assistant=row.get("assistant") or row["provider"],  # which an older lake does not have yet
        stated_at=row["stated_at"],
        account_option=row["account_option"],
        raw_file=row["raw_file"],
        paths=tuple(row["paths"]),
        file_name=row["file_name"],
    )


def has_records_of_other_parsers(database: Database, providers: Iterable[Provider]) -> bool:
    """Tell whether some record was read by another parser version than today's."""
    return any(
        database.value(
            "select 1 from raw.records where provider = $name and parser_version <> $version limit 1",
            {"name": provider.name, "version": provider.parser_version},
        )
        for provider in providers
    )


def next_export_key(database: Database) -> int:
    """Return the key of the next export."""
    return database.number("select max(export_key) from raw.exports") + 1


def next_record_key(database: Database) -> int:
    """Return the key of the next record: everything before it was known before."""
    return database.number("select max(record_key) from raw.records") + 1


def add_export(database: Database, values: dict[str, object]) -> None:
    """Add a row to `raw.exports`."""
    insert_row(database, "raw.exports", values)


def add_member(database: Database, values: dict[str, object]) -> None:
    """Add a file of an export."""
    insert_row(database, "raw.members", values)


def add_media(database: Database, export_key: int, files: Iterable[tuple[str, int]]) -> None:
    """Add the files of an export that are only listed, as (name, size in bytes)."""
    rows = [_MediaRow(export_key, replace_lone_surrogates(name), size_bytes) for name, size_bytes in files]
    if rows:
        database.append("raw.media", frame_of(_MediaRow, rows))


def add_missing_part(database: Database, export_key: int, name: str, entity: str | None) -> None:
    """Add a part that the delivery promises and lacks, and what it would have held, if that is known."""
    insert_row(database, "raw.missing_parts", {"export_key": export_key, "name": name, "entity": entity})


def see_again(database: Database, known: ExportEntry, values: dict[str, object]) -> int:
    """Add another sighting of a known content, under another date and of the same account; return its key."""
    export_key = next_export_key(database)
    add_export(database, {"export_key": export_key, **values})
    database.run(
        "update raw.exports set account_option = coalesce(raw.exports.account_option, k.account_option), "
        "joined_account_key = k.joined_account_key from raw.exports k "
        "where raw.exports.export_key = $new and k.export_key = $known",
        {"new": export_key, "known": known.export_key},
    )
    for table in ("members", "media", "missing_parts", "sightings", "rejects"):
        database.run(
            f"insert into raw.{table} select * replace ($new::integer as export_key) from raw.{table} "
            "where export_key = $known",
            {"new": export_key, "known": known.export_key},
        )
    return export_key


def date_export(database: Database, export_key: int, *, stated_at: datetime, basis: str, file_name: str) -> None:
    """Give an undated export its date, and the name under which it came with it."""
    database.run(
        "update raw.exports set stated_at = $at, stated_at_basis = $basis, file_name = $file_name "
        "where export_key = $key",
        {"at": stated_at, "basis": basis, "file_name": file_name, "key": export_key},
    )


def move_export(database: Database, export_key: int, account_key: str) -> None:
    """Give an export to another account."""
    database.run(
        "update raw.exports set account_option = $account where export_key = $key",
        {"account": account_key, "key": export_key},
    )


def leave_gone_accounts(database: Database) -> bool:
    """Let loose lists go whose account no export proves any more; tell whether there were any."""
    gone = (
        "joined_account_key is not null "
        "and joined_account_key not in (select account_key from staging.exports where not is_loose)"
    )
    has_any = database.value(f"select 1 from raw.exports where {gone} limit 1") is not None
    if has_any:
        database.run(f"update raw.exports set joined_account_key = null where {gone}")
    return has_any


def join_loose_exports(database: Database) -> None:
    """Let loose lists stay with the account that they have joined."""
    database.run(
        "update raw.exports set joined_account_key = x.account_key from staging.exports x "
        "where x.export_key = raw.exports.export_key and x.is_loose and raw.exports.joined_account_key is null "
        "and x.account_key in (select account_key from staging.exports where not is_loose)"
    )


def account_of(database: Database, export_key: int) -> str:
    """Return the account that an export belongs to."""
    return str(database.value("select account_key from staging.exports where export_key = $key", {"key": export_key}))


def only_assistant(database: Database) -> str | None:
    """Return the assistant of the lake's only account."""
    found = database.query("select provider from accounts").rows
    return str(found[0][0]) if len(found) == 1 else None


def user_count(database: Database, export_key: int) -> int:
    """Return of how many people an export is."""
    return database.number("select count(*) from staging.export_users where export_key = $key", {"key": export_key})


def possible_accounts(database: Database, export_key: int) -> list[str]:
    """Return the accounts of its assistant that an export may belong to; none if it says itself whose it is."""
    found = database.query(
        "select distinct o.account_key from staging.exports x join staging.exports o using (assistant) "
        "join raw.exports e on e.export_key = x.export_key "
        "where x.export_key = $key and x.is_loose and e.joined_account_key is null and not o.is_loose order by 1",
        {"key": export_key},
    )
    return [key for (key,) in found.rows]


def resolve_account(database: Database | None, assistant: str, words: str) -> tuple[str, str | None]:
    """Return the account that somebody means, and its label if it is a new one.

    Takes an account_key, its unique prefix or a label. Raises `UsageError` if several begin like that.
    """
    new = f"{assistant}:{short_hash(words, 12)}"
    if database is None:
        return new, words
    known = database.query(
        "select account_key, label from accounts where provider = $assistant", {"assistant": assistant}
    ).rows
    for key, label in known:
        if words in {key, label}:
            return key, None
    matching = [key for key, _ in known if key.startswith(words) or key.partition(":")[2].startswith(words)]
    if len(matching) > 1:
        raise UsageError(f"several accounts begin with {words!r}: {', '.join(matching)}", hint="write more of it")
    return (matching[0], None) if matching else (new, words)


def label_account(database: Database, account_key: str, assistant: str, label: str) -> None:
    """Remember the name that somebody gave to an account, the last one alone."""
    database.run("delete from raw.account_labels where account_key = $account_key", {"account_key": account_key})
    insert_row(database, "raw.account_labels", {"account_key": account_key, "provider": assistant, "label": label})
