"""The smaller files of an export: the account, and projects with their documents."""

from __future__ import annotations

from memlake.model import Parsed, ProjectDocRow, ProjectRow, Reject, Row, UserRow
from memlake.parsing.ids import unique_ids
from memlake.parsing.records import parsed
from memlake.parsing.values import (
    JsonObject,
    bool_or_none,
    first_text,
    id_or_none,
    is_object,
    list_or_empty,
    text_or_none,
)
from memlake.times import time_us


def read_account(record: JsonObject) -> Parsed | Reject:
    """Read one element of `users.json`."""
    user_id = id_or_none(record.get("uuid"))
    if user_id is None:
        return Reject("account without an id")
    return parsed("account", record, [UserRow(user_id=user_id, email=text_or_none(record.get("email_address")))])


def read_project(record: JsonObject) -> Parsed | Reject:
    """Read one project; a document without an id is known by its place among them."""
    project_id = id_or_none(record.get("uuid"))
    if project_id is None:
        return Reject("project without an id")
    row = ProjectRow(
        project_id=project_id,
        name=text_or_none(record.get("name")),
        description=text_or_none(record.get("description")),
        instructions=text_or_none(record.get("prompt_template")),
        is_private=bool_or_none(record.get("is_private")),
        created_at_us=time_us(record.get("created_at")),
        updated_at_us=time_us(record.get("updated_at")),
    )
    docs = [doc for doc in list_or_empty(record.get("docs")) if is_object(doc)]
    rows: dict[type[Row], list[Row]] = {ProjectRow: [row]}
    shapes = {("project", tuple(record))}
    if docs:
        rows[ProjectDocRow] = list[Row](_docs(project_id, docs))
        shapes.add(("project.doc", tuple(sorted(set().union(*docs)))))
    return Parsed(rows=rows, shapes=frozenset(shapes))


def _docs(project_id: str, docs: list[JsonObject]) -> list[ProjectDocRow]:
    spares = [f"{project_id}#{number}" for number in range(1, len(docs) + 1)]
    doc_ids = unique_ids([doc.get("uuid") for doc in docs], spares)
    return [
        ProjectDocRow(
            project_id=project_id,
            doc_id=doc_id,
            name=first_text(doc, ("filename", "file_name")),
            text=text_or_none(doc.get("content")) or "",
            created_at_us=time_us(doc.get("created_at")),
        )
        for doc_id, doc in zip(doc_ids, docs, strict=True)
    ]
