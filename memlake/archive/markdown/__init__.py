"""The archive for people: pages of Markdown that Obsidian links and that any viewer shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from memlake.archive.markdown.accounts import Accounts
from memlake.archive.markdown.changes import changes_page
from memlake.archive.markdown.conversation_page import Archived, conversation_page
from memlake.archive.markdown.indexes import index_pages, kept_projects
from memlake.archive.markdown.memories import KeptMemory, classic_list, kept_memories, memory_list
from memlake.archive.markdown.talks import conversation_heads, conversations_with_messages, message_extras
from memlake.archive.scope import Scope, Style
from memlake.folders.files import FolderFile
from memlake.lake.connection import Database


def markdown_files(database: Database, scope: Scope, *, style: Style = "full") -> Iterator[FolderFile]:
    """Yield the pages one after the other: the memories, what changed, the indexes, and each conversation.

    The same lake gives the same bytes. In the classic style the list of memories is as a published recipe prints it.
    """
    database.limit_memory()
    heads = [] if scope.only == "memories" else conversation_heads(database, scope)
    memories = kept_memories(database, scope)
    accounts = Accounts(database, scope)
    pages = {head.key: head.page for head in heads}
    if scope.only != "conversations":
        text = classic_list(memories) if style == "classic" else memory_list(memories, pages, accounts)
        yield _page("memories.md", text, rows=len(memories))
    yield _page("changes.md", changes_page(database, scope, pages, accounts))
    if scope.only != "memories":
        for path, text in index_pages(heads, kept_projects(database, scope, heads), accounts):
            yield _page(path, text)
        remembered = _remembered(memories) if scope.only is None else {}
        archived = Archived(extras=message_extras(database, scope), pages=pages, accounts=accounts)
        for head, messages in conversations_with_messages(database, heads):
            text = conversation_page(head, messages, archived, remembered.get(head.key, ()))
            yield _page(head.path, text, rows=len(messages))


def _remembered(memories: Sequence[KeptMemory]) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return what was remembered from each conversation."""
    found: dict[tuple[str, str], list[str]] = {}
    for memory in memories:
        if memory.has_source:
            found.setdefault(memory.source_key, []).append(memory.content)
    return found


def _page(path: str, text: str, *, rows: int | None = None) -> FolderFile:
    return FolderFile(path=path, data=text.encode("utf-8", "replace"), rows=rows)
