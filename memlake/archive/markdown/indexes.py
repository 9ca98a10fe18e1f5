"""Indexes of the conversations: one page for all, one for each month, one for each project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from memlake.archive.markdown.accounts import Accounts
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
_WORDS_OF_TITLE = 8
Page = tuple[str, str]
"""Where a page is, and its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProject:
    """A project as an archive shows it; `names` are all that exports give it, the earliest first."""

    account_key: str
    project_id: str
    name: str | None
    names: Sequence[str]
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
        """The name of its page, by which links find it, also those of the user's own after it was renamed."""
        return project_page_name(self.names[0] if self.names else self.name, *self.key)

    @property
    def title(self) -> str:
        """What people call it, else how its instructions begin, else that it has no name."""
        if self.name:
            return self.name
        words = (self.instructions or "").split()
        more = "…" if len(words) > _WORDS_OF_TITLE else ""
        return " ".join(words[:_WORDS_OF_TITLE]) + more if words else f"Project without a name ({self.project_id})"

    @property
    def aliases(self) -> list[str]:
        """The name and those it had before."""
        return list(dict.fromkeys(filter(None, [self.name, *self.names])))

    @property
    def is_told(self) -> bool:
        """Tell whether there is anything to read about it beside its conversations."""
        return bool(self.description or self.instructions or self.doc_names)


def kept_projects(database: Database, scope: Scope, heads: Sequence[Head]) -> list[KeptProject]:
    """Return the projects of an archive: those with conversations in it and, if it is of any time, with words."""
    rows = database.query(sqlfiles.report("archive_projects"), {"account_key": scope.account_key})
    named = {_project_key(head) for head in heads if head.kind == _CHAT}
    projects = [KeptProject(**row) for row in rows.as_dicts()]
    return [project for project in projects if project.key in named or (scope.since is None and project.is_told)]


def index_pages(heads: Sequence[Head], projects: Sequence[KeptProject], accounts: Accounts) -> Iterator[Page]:
    """Yield the indexes, each conversation in the order of its beginning."""
    ordered = sorted(heads, key=lambda head: (head.created_at is None, head.created_at, head.page))
    by_month: dict[str, list[Head]] = {}
    by_project: dict[tuple[str, str], list[Head]] = {}
    for head in ordered:
        by_month.setdefault(month_of(head.created_at), []).append(head)
        if head.project_id is not None and head.kind == _CHAT:
            by_project.setdefault(_project_key(head), []).append(head)
    yield "conversations.md", _index(by_month, by_project, projects, accounts)
    for month, held in by_month.items():
        yield f"months/{_month_page(month)}.md", _month(month, held, accounts)
    for project in projects:
        yield f"projects/{project.page}.md", _project(project, by_project.get(project.key, []), accounts)


def _project_key(head: Head) -> tuple[str, str]:
    return head.account_key, head.project_id or ""


def _month_page(month: str) -> str:
    """Return the name of a month's index; a bare month could be a page of the user's own."""
    return f"conversations-{month}"


def _index(
    by_month: dict[str, list[Head]],
    by_project: dict[tuple[str, str], list[Head]],
    projects: Sequence[KeptProject],
    accounts: Accounts,
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
        parts.append("".join(_project_line(project, by_project.get(project.key, []), accounts) for project in projects))
    return "\n".join(parts)


def _project_line(project: KeptProject, heads: Sequence[Head], accounts: Accounts) -> str:
    count = f"{len(heads):,}" if heads else "its conversations are not told"
    return f"- {wiki_link(project.page, project.title)}{accounts.remark(project.account_key)}: {count}\n"


def _month(month: str, heads: Sequence[Head], accounts: Accounts) -> str:
    title = "Conversations without a date" if month == UNDATED else f"Conversations of {month}"
    return f"# {title}\n\n{''.join(_link(head, accounts.remark(head.account_key)) for head in heads)}"


def _project(project: KeptProject, heads: Sequence[Head], accounts: Accounts) -> str:
    parts = [
        front_matter(
            [
                ("title", project.title),
                ("aliases", project.aliases or None),
                ("project_id", project.project_id),
                ("account", accounts.name(project.account_key)),
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
    listed = "".join(_link(head) for head in heads)
    parts.append(f"## Conversations\n\n{listed or f'None in this archive name {code(project.project_id)}.{chr(10)}'}")
    return "\n".join(parts)


def _link(head: Head, remark: str = "") -> str:
    return f"- {day(head.created_at) or 'undated'} {wiki_link(head.page, head.title)}{remark}\n"
