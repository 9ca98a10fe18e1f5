"""Indexes of the conversations: one page for all, one for each month, one for each project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.archive.markdown.blocks import prose
from memlake.archive.markdown.front_matter import front_matter
from memlake.archive.markdown.inline import code, plain, wiki_link
from memlake.archive.markdown.names import UNDATED, month_of, project_page_name
from memlake.archive.markdown.talks import Head
from memlake.archive.markdown.words import counted, day
from memlake.archive.scope import Scope
from memlake.lake import sqlfiles
from memlake.lake.connection import Database

_CHAT = "chat"
Page = tuple[str, str]
"""Where a page is, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProject:
    """A project as an archive shows it."""

    account_key: str
    project_id: str
    name: str | None
    description: str | None
    instructions: str | None
    created_at: datetime | None
    updated_at: datetime | None
    doc_names: Sequence[str]

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by."""
        return self.account_key, self.project_id

    @property
    def page(self) -> str:
        """The name of its page."""
        return project_page_name(self.name, *self.key)

    @property
    def title(self) -> str:
        """What people call it, else its id."""
        return self.name or self.project_id


def kept_projects(database: Database, scope: Scope, heads: Sequence[Head]) -> list[KeptProject]:
    """Return the projects of an archive; of one that begins at a time only those with conversations in it."""
    rows = database.query(sqlfiles.report("archive_projects"), {"account_key": scope.account_key})
    named = {_project_key(head) for head in heads}
    projects = [KeptProject(**row) for row in rows.as_dicts()]
    return [project for project in projects if scope.since is None or project.key in named]


def index_pages(heads: Sequence[Head], projects: Sequence[KeptProject]) -> Iterator[Page]:
    """Yield the indexes, each conversation in the order of its beginning."""
    ordered = sorted(heads, key=lambda head: (head.created_at is None, head.created_at, head.page))
    by_month: dict[str, list[Head]] = {}
    by_project: dict[tuple[str, str], list[Head]] = {}
    for head in ordered:
        by_month.setdefault(month_of(head.created_at), []).append(head)
        if head.project_id is not None and head.kind == _CHAT:
            by_project.setdefault(_project_key(head), []).append(head)
    yield "conversations.md", _index(by_month, by_project, projects)
    for month, held in by_month.items():
        yield f"months/{_month_page(month)}.md", _month(month, held)
    for project in projects:
        yield f"projects/{project.page}.md", _project(project, by_project.get(project.key, []))


def _project_key(head: Head) -> tuple[str, str]:
    return head.account_key, head.project_id or ""


def _month_page(month: str) -> str:
    """Return the name of a month's index; a bare month could be a page of the user's own."""
    return f"conversations-{month}"


def _index(
    by_month: dict[str, list[Head]],
    by_project: dict[tuple[str, str], list[Head]],
    projects: Sequence[KeptProject],
) -> str:
    total = sum(map(len, by_month.values()))
    parts = ["# Conversations\n", f"{counted(total, 'conversation')}.\n"]
    if by_month:
        parts.append("## By month\n")
        dated = sorted(by_month, key=lambda month: (month != UNDATED, month), reverse=True)
        parts.append(
            "".join(f"- {wiki_link(_month_page(month), month)}: {len(by_month[month]):,}\n" for month in dated)
        )
    if projects:
        parts.append("## By project\n")
        counts = [(project, len(by_project.get(project.key, []))) for project in projects]
        parts.append("".join(f"- {wiki_link(project.page, project.title)}: {count:,}\n" for project, count in counts))
    return "\n".join(parts)


def _month(month: str, heads: Sequence[Head]) -> str:
    title = "Conversations without a date" if month == UNDATED else f"Conversations of {month}"
    return f"# {title}\n\n{_links(heads)}"


def _project(project: KeptProject, heads: Sequence[Head]) -> str:
    parts = [
        front_matter(
            [
                ("title", project.title),
                ("project_id", project.project_id),
                ("account_key", project.account_key),
                ("created_at", project.created_at),
                ("updated_at", project.updated_at),
            ]
        ),
        f"# {plain(project.title)}\n",
    ]
    if project.description:
        parts.append(f"{prose(project.description)}\n")
    if project.instructions:
        parts.append(f"## Instructions\n\n{prose(project.instructions)}\n")
    if project.doc_names:
        parts.append(f"## Documents\n\n{''.join(f'- {plain(name)}{chr(10)}' for name in project.doc_names)}")
    parts.append(
        f"## Conversations\n\n{_links(heads) or f'None in this archive name {code(project.project_id)}.{chr(10)}'}"
    )
    return "\n".join(parts)


def _links(heads: Sequence[Head]) -> str:
    return "".join(f"- {day(head.created_at) or 'undated'} {wiki_link(head.page, head.title)}\n" for head in heads)
