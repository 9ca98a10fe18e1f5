"""A lake in Python: the same jobs that the command line calls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from os import PathLike
from pathlib import Path
from typing import get_args

import polars as pl

from memlake.api.arguments import any_of, one_of, selector, selectors, time_of
from memlake.archive.scope import Only, Style
from memlake.clock import utc_now
from memlake.history.changes import ConversationDiff, MemoryDiff
from memlake.history.timeline import Timeline
from memlake.history.validity import STATES_AS_OF, MemoryAsOf
from memlake.jobs import archive as archive_job
from memlake.jobs import browse
from memlake.jobs import exports as exports_job
from memlake.jobs import history as history_job
from memlake.jobs import lookup as lookup_job
from memlake.jobs import pack as pack_job
from memlake.jobs import rebuild as rebuild_job
from memlake.jobs import search as search_job
from memlake.jobs import sorting as sorting_job
from memlake.jobs import status as status_job
from memlake.jobs.archive import FORMATS, ArchiveFormat, ArchiveOptions, ArchiveSummary
from memlake.jobs.browse import MemoryCard
from memlake.jobs.history import ConversationMemories, MemoryConversations
from memlake.jobs.pack import PackOptions, PackSummary
from memlake.jobs.progress import Progress, SilentProgress
from memlake.lake.layout import Layout
from memlake.lake.links import Verdict
from memlake.lake.reader import open_lake
from memlake.lookup.report import LookupOptions, LookupReport, SourceCard
from memlake.packs.categories import CATEGORIES, Category
from memlake.packs.items import TargetName
from memlake.packs.private import CLASSES
from memlake.packs.sorting import PrivateMemory, SortedMemory
from memlake.packs.targets import TARGETS
from memlake.query.conversations import ConversationCard
from memlake.query.finding import Found
from memlake.query.memories import CHANNELS, STATES
from memlake.query.search_rows import SearchAnswer
from memlake.query.search_scope import SEARCH_PLACES, SearchOptions, SearchPlace
from memlake.selectors import Selector

AnyPath = str | PathLike[str]


class Lake:
    """A lake on disk. Every call opens it anew, so it always answers from the newest state.

    A time without a zone is UTC; a date is its midnight, or where it ends something its last moment. What is none of
    the choices raises `UsageError` before anything is done.
    """

    def __init__(self, folder: AnyPath = "lake") -> None:
        self.folder = Path(folder).expanduser()

    def __repr__(self) -> str:
        return f"Lake({str(self.folder)!r})"

    def sql(self, query: str, **parameters: object) -> pl.DataFrame:
        """Answer one read-only SQL query (`$name` parameters) as a Polars frame."""
        with open_lake(Layout(self.folder)) as database:
            found = database.query(query, parameters or None)
        return pl.DataFrame(found.rows, schema=list(found.columns), orient="row", infer_schema_length=None)

    def memories(
        self,
        *,
        account: str | None = None,
        channel: str | None = None,
        text: str | None = None,
        states: Sequence[str] = (),
        categories: Sequence[Category] = (),
    ) -> list[SortedMemory]:
        """Return the memories with their categories, oldest first; likely saves only with `channel="likely"`.

        `states` are any of active, disabled, deleted and unknown, `categories` any of instructions, personal,
        projects, tools, corrections and other; none means all.
        """
        return browse.list_the_memories(
            self.folder,
            account=account,
            channel=None if channel is None else one_of("channel", channel, CHANNELS),
            text=text,
            states=any_of("states", states, STATES),
            categories=any_of("categories", categories, CATEGORIES),
        )

    def private_memories(
        self, *classes: str, account: str | None = None, states: Sequence[str] = ()
    ) -> list[PrivateMemory]:
        """Return the memories with something private: passwords, health or finance; without any of these all three."""
        chosen = any_of("classes", classes, CLASSES) or tuple(CLASSES)
        states = any_of("states", states, STATES)
        return sorting_job.list_private_memories(self.folder, chosen, account=account, states=states)

    def set_category(
        self, memory: str, category: Category | None, *, account: str | None = None
    ) -> SortedMemory | list[Found]:
        """Keep under which category the memory that an id, its beginning or words mean belongs; several: the choice.

        It outlasts every ingest; `None` gives it back to the rules.
        """
        category = None if category is None else one_of("category", category, CATEGORIES)
        return sorting_job.set_category(self.folder, memory, category, account=account, clock=utc_now)

    def memories_as_of(
        self, moment: date, *, account: str | None = None, text: str | None = None, states: Sequence[str] = ()
    ) -> list[MemoryAsOf]:
        """Return the memories as they stood at a time, oldest first; `is_uncertain` where the exports leave it open.

        `states` are active or disabled; none means both.
        """
        return history_job.memories_as_of(
            self.folder,
            time_of("moment", moment, is_last=True),
            account=account,
            text=text,
            states=any_of("states", states, STATES_AS_OF),
        )

    def diff(
        self,
        a: Selector | date | None = None,
        b: Selector | date | None = None,
        *,
        account: str | None = None,
        with_rewordings: bool = False,
    ) -> MemoryDiff:
        """Compare the memory lists of two exports, as `memlake.diff` does."""
        before, after = selectors(a=a, b=b)
        return history_job.diff_memories(self.folder, before, after, account=account, with_rewordings=with_rewordings)

    def diff_conversations(
        self, a: Selector | date | None = None, b: Selector | date | None = None, *, account: str | None = None
    ) -> ConversationDiff:
        """Compare the conversations of two exports: one row a conversation and kind of difference."""
        before, after = selectors(a=a, b=b)
        return history_job.diff_conversations(self.folder, before, after, account=account)

    def history(self, words: str, *, account: str | None = None) -> MemoryCard | list[Found]:
        """Return the memory that an id, its beginning or words mean, with all that happened to it, oldest first."""
        return history_job.life_of(self.folder, words, account=account)

    def timelines(self, *, account: str | None = None) -> list[Timeline]:
        """Return what each export shows of each memory, an account at a time, oldest first."""
        return history_job.timelines(self.folder, account=account)

    def memories_in_force(self, conversation: str, *, account: str | None = None) -> ConversationMemories | list[Found]:
        """Return what a conversation (its id or words of its title) knew when it answered."""
        return history_job.memories_in_force(self.folder, conversation, account=account)

    def conversations_with(self, memory: str, *, account: str | None = None) -> MemoryConversations | list[Found]:
        """Return every conversation that a memory (its id or words of it) was in force in, oldest first."""
        return history_job.conversations_with(self.folder, memory, account=account)

    def lookup_sources(
        self,
        *,
        account: str | None = None,
        states: Sequence[str] = (),
        again: bool = False,
        wait_seconds: float = 0.0,
        progress: Progress | None = None,
    ) -> LookupReport:
        """Find the conversation that each memory came from; one card a memory, the newest first.

        Only accounts with news are looked up, with `again` all. A confidence is the probability that the best
        candidate is the source. Raises `LakeUnavailableError` if the lake is being written after `wait_seconds`.
        """
        options = LookupOptions(
            account=account, states=any_of("states", states, STATES), again=again, wait_seconds=wait_seconds
        )
        return lookup_job.lookup_sources(
            self.folder, options=options, clock=utc_now, progress=progress or SilentProgress()
        )

    def source_of(self, memory: str, *, account: str | None = None) -> SourceCard | list[Found]:
        """Return where the memory that an id, its beginning or words mean came from; several: the choice."""
        options = LookupOptions(account=account)
        return lookup_job.lookup_memory(self.folder, memory, options=options, clock=utc_now, progress=SilentProgress())

    def where_said(self, text: str, *, account: str | None = None) -> SourceCard:
        """Return where a text was said, as if it were a memory; nothing is stored."""
        options = LookupOptions(account=account)
        return lookup_job.lookup_text(self.folder, text, options=options, clock=utc_now, progress=SilentProgress())

    def decide_source(
        self, memory: str, conversation: str, verdict: Verdict, *, account: str | None = None
    ) -> SourceCard | list[Found]:
        """Keep that a memory came from a conversation (`confirmed`) or did not (`rejected`), for all later lookups."""
        verdict = one_of("verdict", verdict, get_args(Verdict))
        return lookup_job.decide_link(
            self.folder, memory, conversation, verdict, account=account, clock=utc_now, progress=SilentProgress()
        )

    def search(
        self,
        text: str,
        *,
        places: Sequence[SearchPlace] = (),
        role: str | None = None,
        since: date | None = None,
        until: date | None = None,
        account: str | None = None,
        project: str | None = None,
        model: str | None = None,
        states: Sequence[str] = (),
        limit: int = 10,
        progress: Progress | None = None,
    ) -> SearchAnswer:
        """Return the best hits for words, `"phrases"`, `beginnings*` and `-exclusions`, as `memlake search` does.

        `places` are any of messages, titles, memories and tools; none means all but tools. `since` and `until` are
        included.
        """
        options = SearchOptions(
            places=any_of("places", places, SEARCH_PLACES),
            role=role,
            since=None if since is None else time_of("since", since),
            until=None if until is None else time_of("until", until, is_last=True),
            project=project,
            model=model,
            states=any_of("states", states, STATES),
            limit=limit,
        )
        return search_job.search(self.folder, text, options, account=account, progress=progress or SilentProgress())

    def show(self, words: str, *, account: str | None = None) -> MemoryCard | ConversationCard | list[Found]:
        """Return the memory or conversation that an id, its beginning or words mean; several: the choice."""
        return browse.show(self.folder, words, account=account)

    def archive(
        self,
        folder: AnyPath,
        *,
        formats: Sequence[ArchiveFormat] | None = None,
        style: Style | None = None,
        safe_csv: bool | None = None,
        account: str | None = None,
        since: date | None = None,
        only: Only | None = None,
        replace: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> ArchiveSummary:
        """Write the lake into a folder for keeps; of an archive that is there only what differs is written.

        Formats, style and `safe_csv` (an apostrophe before cells that a spreadsheet would compute) that are not given
        are those of the archive that is there, else pages and Parquet. Files that memlake did not write are left
        alone. Where one has a name that the archive needs, or without `replace` an archive that is there holds more,
        `MemlakeError` is raised and nothing changes.
        """
        options = ArchiveOptions(
            formats=None if formats is None else any_of("formats", formats, FORMATS),
            style=None if style is None else one_of("style", style, get_args(Style)),
            is_neutral=safe_csv,
            account=account,
            since=None if since is None else time_of("since", since),
            only=None if only is None else one_of("only", only, get_args(Only)),
            is_replacing=replace,
            is_dry_run=dry_run,
        )
        return archive_job.archive(
            self.folder, Path(folder).expanduser(), options=options, progress=progress or SilentProgress()
        )

    def pack(
        self,
        target: TargetName,
        folder: AnyPath | None = None,
        *,
        as_of: date | None = None,
        states: Sequence[str] = (),
        account: str | None = None,
        categories: Sequence[Category] = (),
        include: Sequence[str] = (),
        redact: AnyPath | None = None,
        max_items: int | None = None,
        max_length: int | None = None,
        dry_run: bool = False,
    ) -> PackSummary:
        """Make a pack of the current memories for another assistant: claude, chatgpt, gemini, or text for any other.

        Without a folder nothing is written: `text` of what is returned is the pack. `states` and `categories` choose
        other memories, `include` takes in a class of what is private, and `redact` is a file of classes of your own.
        """
        options = PackOptions(
            as_of=None if as_of is None else time_of("as_of", as_of, is_last=True),
            states=any_of("states", states, STATES if as_of is None else STATES_AS_OF),
            account=account,
            categories=any_of("categories", categories, CATEGORIES),
            included=(include,) if isinstance(include, str) else tuple(include),
            own_classes=Path(redact).expanduser() if redact else None,
            max_items=max_items,
            max_length=max_length,
            is_dry_run=dry_run,
        )
        place = None if folder is None else Path(folder).expanduser()
        target = one_of("target", target, TARGETS)
        return pack_job.pack(self.folder, target, place, options=options, clock=utc_now)

    def status(self) -> status_job.LakeStatus:
        """Return what the lake holds, whether it is sound, and what it can answer."""
        return status_job.status(self.folder)

    def exports(self, *, account: str | None = None) -> list[exports_job.ExportState]:
        """Return the exports, oldest first."""
        return exports_job.list_exports(self.folder, account=account)

    def drop_export(
        self, export: Selector | date, *, account: str | None = None, yes: bool = False
    ) -> exports_job.DropSummary:
        """Take an export out, as if it had never been ingested; without `yes` only say what would go."""
        return exports_job.drop_export(
            self.folder, selector("export", export), account=account, is_confirmed=yes, clock=utc_now
        )

    def rebuild(self, *, progress: Progress | None = None) -> rebuild_job.RebuildSummary:
        """Read every export again from the raw zone."""
        return rebuild_job.rebuild(self.folder, clock=utc_now, progress=progress or SilentProgress())
