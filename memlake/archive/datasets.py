"""The relations for people as files for programs: Parquet by account, JSON Lines and CSV, all of the same rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from memlake.archive.scope import Scope
from memlake.folders.files import FolderFile
from memlake.lake import encoding
from memlake.lake.connection import Database
from memlake.lake.relations import PART_ROWS, Part, Relation, public_relations, relation_parts

TABULAR_FORMATS = ("parquet", "jsonl", "csv")
ABOUT_MEMORIES = frozenset(
    {
        "custom_instructions",
        "memories",
        "memory_audit",
        "memory_changes",
        "memory_edits",
        "memory_events",
        "memory_source_candidates",
        "memory_sources",
        "memory_texts",
        "memory_versions",
    }
)
ABOUT_CONVERSATIONS = frozenset(
    {
        "attachments",
        "conversation_changes",
        "conversations",
        "message_feedback",
        "messages",
        "project_docs",
        "projects",
    }
)
ABOUT_EXPORTS = frozenset({"accounts", "export_coverage", "exports", "rejects", "runs"})
_OF_ALL_ACCOUNTS = ("runs",)


def relations_in(database: Database, scope: Scope) -> list[Relation]:
    """Return the relations that an archive of this scope holds; what was done to the lake tells of all accounts."""
    hidden = {"memories": ABOUT_CONVERSATIONS, "conversations": ABOUT_MEMORIES}.get(scope.only or "", frozenset())
    return [
        relation
        for relation in public_relations(database)
        if relation.name not in hidden and (scope.account_key is None or relation.name not in _OF_ALL_ACCOUNTS)
    ]


def dataset_files(
    database: Database, scope: Scope, formats: Sequence[str], *, schema_version: int, is_neutral: bool
) -> Iterator[FolderFile]:
    """Yield the files of some tabular formats, each relation's rows by account and then in the order of its key."""
    for relation in relations_in(database, scope):
        metadata = parquet_metadata(relation, schema_version)
        flat_files = [_FlatFiles(name, relation.name, is_neutral) for name in formats if name != "parquet"]
        for part in relation_parts(database, relation, account_key=scope.account_key, since=scope.since):
            if "parquet" in formats:
                frame = part.frame.drop("account_key") if part.account_key else part.frame
                data = encoding.as_parquet(frame, metadata)
                yield FolderFile(path=_parquet_path(part), data=data, rows=part.frame.height)
            for files in flat_files:
                yield from files.add(part)
        for files in flat_files:
            yield from files.rest()


@dataclass(slots=True)
class _FlatFiles:
    """JSON Lines or CSV of one relation, of all accounts: one file, or if that is too long a folder of several."""

    format_name: str
    relation: str
    is_neutral: bool
    _number: int = 1
    _rows: int = 0
    _chunks: list[bytes] = field(default_factory=list)

    def add(self, part: Part) -> Iterator[FolderFile]:
        """Take a part; yield the file before it if both are too long for one."""
        if self._chunks and self._rows + part.frame.height > PART_ROWS:
            yield self._file(f"{self.relation}/part-{self._number:04}")
            self._number += 1
        if self.format_name == "jsonl":
            data = encoding.as_json_lines(part.frame)
        else:
            data = encoding.as_csv(part.frame, is_neutral=self.is_neutral, has_header=not self._chunks)
        self._chunks.append(data)
        self._rows += part.frame.height

    def rest(self) -> Iterator[FolderFile]:
        """Yield the file that is not yet full, if there is one."""
        if self._chunks:
            yield self._file(self.relation if self._number == 1 else f"{self.relation}/part-{self._number:04}")

    def _file(self, name: str) -> FolderFile:
        data, rows = b"".join(self._chunks), self._rows
        self._chunks, self._rows = [], 0
        return FolderFile(path=f"{self.format_name}/{name}.{self.format_name}", data=data, rows=rows)


def parquet_metadata(relation: Relation, schema_version: int) -> dict[str, str]:
    """Return what a Parquet file says about itself."""
    return {
        "memlake.relation": relation.name,
        "memlake.grain": relation.grain,
        "memlake.key": ", ".join(relation.key),
        "memlake.schema_version": str(schema_version),
    }


def _parquet_path(part: Part) -> str:
    """Return where readers that know Hive's partitions find the account in the path."""
    account = f"account_key={quote(part.account_key, safe='')}/" if part.account_key else ""
    return f"parquet/{part.relation.name}/{account}part-{part.number:04}.parquet"
