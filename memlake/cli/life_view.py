"""The life of one memory as people read it, oldest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby, pairwise
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from memlake.cli.changes import evidence_words, flip_words, marked_text, window_words
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    facts,
    paragraph,
    people_date,
    people_time,
    section,
    table,
    with_remark,
)
from memlake.history.changes import NOT_COMPARABLE, MemoryChange
from memlake.jobs.browse import MemoryCard
from memlake.query.memories import Forgetting, ListedMemory, Sighting

_LISTS = ("memory_file", "html")
_TEXTS = ("prose",)
_SIGHTED = {"event": "saved", "likely": "likely saved", "list_snapshot": "listed in a chat", "dump": "written out"}
_HAPPENED = {
    "new": "created",
    "reidentified": "got another id",
    "list_emptied": "list emptied",
    "list_returned": "list came back",
    NOT_COMPARABLE: "cannot tell",
}
_COLUMNS = [Column(title=""), Column(title=""), Column(title="", kind="text")]
_BEGINNING = datetime.min.replace(tzinfo=UTC)


class Moment(NamedTuple):
    """One line of a life; it stands at its time, or at the end of the window in which it happened."""

    at: datetime | None
    when: str
    what: str
    told: Text


def life_view(card: MemoryCard) -> Iterator[RenderableType]:
    """Show where a memory was saved, what happened to it since, and how it stands in the end."""
    yield section(card.memory.memory_id, paragraph(card.memory.content))
    yield facts(
        [
            *state_facts(card.memory),
            ("stands in", _place_words(card.memory)),
            ("in lists", _in_exports(card.sightings, _LISTS)),
            ("in texts", _in_exports(card.sightings, _TEXTS)),
        ]
    )
    outside = [sighting for sighting in card.sightings if sighting.channel not in (*_LISTS, *_TEXTS)]
    sighted = [_sighting_moment(sighting, card.memory.content) for sighting in outside]
    yield life_table(_in_order([*sighted, *_rewordings(card), *_events(card)]))


def events_table(card: MemoryCard) -> Table | None:
    """Return what happened to a memory, without where it was seen; `None` if nothing did."""
    events = _events(card)
    return life_table(_in_order(events)) if events else None


def state_facts(memory: ListedMemory) -> list[tuple[str, Cell]]:
    """Return how a memory stands in the end, and where it came from, each with the reason."""
    is_deleted = memory.state == "deleted"
    return [
        ("state", _with_reason(memory.state, memory.state_reason)),
        ("deleted", _deletion_words(memory) if is_deleted else None),
        ("origin", _with_reason(memory.origin or "unknown", memory.origin_reason)),
    ]


def _deletion_words(memory: ListedMemory) -> str:
    if memory.deleted_at:
        return f"on {people_time(memory.deleted_at)}"
    return window_words(memory.deleted_after, memory.deleted_before)


def life_table(moments: Iterable[Moment]) -> Table:
    """Return moments, one below the other."""
    return table(_COLUMNS, [(moment.when, moment.what, moment.told) for moment in moments], has_titles=False)


def change_moments(changes: Iterable[MemoryChange]) -> Iterator[Moment]:
    """Yield what happened, one moment a change; exports in a row that tell nothing for one reason are one moment."""
    for (kind, _), group in groupby(changes, key=lambda change: (change.change_kind, change.reason)):
        alike = list(group)
        if kind == NOT_COMPARABLE:
            yield _silence(alike)
        else:
            yield from map(_change_moment, alike)


def _events(card: MemoryCard) -> list[Moment]:
    return [*map(_forgetting_moment, card.forgettings), *change_moments(card.changes)]


def _in_order(moments: Iterable[Moment]) -> list[Moment]:
    """Return moments, oldest first; what has no time comes before all."""
    return sorted(moments, key=lambda moment: moment.at or _BEGINNING)


def _place_words(memory: ListedMemory) -> str | None:
    """Return in which text a statement stands, and below which headings."""
    if memory.scope is None:
        return memory.section
    kind, _, name = memory.scope.partition(":")
    text = {"account": "the text about you", "project": f"the text of project {name}"}.get(kind, name)
    return f"{text}: {memory.section}" if memory.section else text


def _rewordings(card: MemoryCard) -> Iterator[Moment]:
    """Yield when a statement got other words that say the same."""
    changed = {(one.content_before, one.content_after) for one in card.changes if one.change_kind == "edited"}
    texts = [sighting for sighting in card.sightings if sighting.channel in _TEXTS]
    for former, latter in pairwise(texts):
        if former.content != latter.content and (former.content, latter.content) not in changed:
            yield Moment(
                at=latter.seen_at,
                when=f"by {latter.seen_at:%Y-%m-%d}" if latter.seen_at else NOTHING,
                what="reworded",
                told=marked_text(former.content, latter.content),
            )


def _in_exports(sightings: Sequence[Sighting], channels: Sequence[str]) -> str | None:
    seen = [sighting.seen_at for sighting in sightings if sighting.channel in channels]
    dates = sorted({f"{moment:%Y-%m-%d}" for moment in seen if moment})
    span = f", {dates[0]} to {dates[-1]}" if len(dates) > 1 else f", {dates[0]}" if dates else ""
    return f"{counted(len(seen), 'export')}{span}" if seen else None


def _sighting_moment(sighting: Sighting, newest_content: str) -> Moment:
    place = sighting.conversation_id or sighting.file_name or "somewhere"
    return Moment(
        at=sighting.seen_at,
        when=people_date(sighting.seen_at) or NOTHING,
        what=_SIGHTED.get(sighting.channel, sighting.channel),
        told=with_remark(
            _in_place(sighting.title, place), None if sighting.content == newest_content else sighting.content
        ),
    )


def _forgetting_moment(forgetting: Forgetting) -> Moment:
    return Moment(
        at=forgetting.seen_at,
        when=f"{forgetting.seen_at:%Y-%m-%d}",
        what="forgotten",
        told=_in_place(forgetting.title, forgetting.conversation_id),
    )


def _in_place(title: str | None, place: str) -> Text:
    return paragraph(f'in "{title}"' if title else f"in {place}")


def _change_moment(change: MemoryChange) -> Moment:
    at = change.changed_at or change.changed_before or change.changed_after
    word = "by" if change.changed_before else "after"
    return Moment(
        at=at,
        when=people_date(change.changed_at) or (f"{word} {at:%Y-%m-%d}" if at else NOTHING),
        what=_what(change),
        told=_told(change),
    )


def _what(change: MemoryChange) -> str:
    if change.change_kind == "new" and change.changed_at is None:
        return "listed"
    return _HAPPENED.get(change.change_kind, change.change_kind)


def _told(change: MemoryChange) -> Text:
    evidence = evidence_words(change)
    if change.change_kind in ("enabled", "disabled"):
        return with_remark(paragraph(flip_words(change)), evidence)
    if change.content_before is not None and change.content_after is not None:
        return with_remark(marked_text(change.content_before, change.content_after), evidence)
    return paragraph(evidence)


def _silence(changes: Sequence[MemoryChange]) -> Moment:
    """Return that one export, or some in a row, told nothing about the list."""
    first, last = changes[0].changed_before, changes[-1].changed_before
    several = f" ({len(changes)} exports in a row)" if len(changes) > 1 else ""
    return Moment(
        at=first,
        when=people_date(first) or NOTHING,
        what=_HAPPENED[NOT_COMPARABLE],
        told=paragraph(f"{changes[-1].reason}{several}{f', until {last:%Y-%m-%d}' if several and last else ''}"),
    )


def _with_reason(word: str, reason: str | None) -> str:
    return f"{word}: {reason}" if reason else word
