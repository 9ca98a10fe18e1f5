"""A pack for another assistant: memories chosen from a lake, compiled for a target, and written into a folder."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from memlake.errors import MemlakeError, UsageError
from memlake.folders.writing import Comparison, refuse_lake
from memlake.jobs.accounts import account_named
from memlake.jobs.pack_memories import CURRENT, Packable, packable
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.packs.categories import Category
from memlake.packs.choosing import Chosen, LeftOut, choose
from memlake.packs.edited import EditedPart, edited_parts
from memlake.packs.items import Compiled, Limits, OverLong, PackItem, PackPart, Target, TargetName, tellable_account
from memlake.packs.private import Detector, Patterns, read_patterns
from memlake.packs.record import PACK, Recipe
from memlake.packs.redaction import Redactor
from memlake.packs.targets import TARGETS
from memlake.packs.writing import REMAINDER_NAME, new_record, pack_files, remove_pack, write_pack
from memlake.providers import prompts


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOptions:
    """What to carry: `states` and `categories` (none means the current ones, and all), `included` classes.

    `own_classes` is a file of a person's own patterns, `max_items` and `max_length` replace the limits of the target.
    """

    as_of: datetime | None = None
    states: tuple[str, ...] = ()
    account: str | None = None
    categories: tuple[Category, ...] = ()
    included: tuple[str, ...] = ()
    own_classes: Path | None = None
    max_items: int | None = None
    max_length: int | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSummary:
    """What a pack holds and what not; `folder` and `files` are `None` where nothing was to be written.

    `passed_over`, `outdated_count`, `own_count` and `emptied` count what stays out as `Packable` does, `others_count`
    is how many memories are of other categories than those that were asked for. `edited` are parts that stay as
    somebody changed them.
    """

    target: TargetName
    title: str
    folder: str | None
    is_dry_run: bool
    items: tuple[PackItem, ...]
    parts: tuple[PackPart, ...]
    left_out: tuple[LeftOut, ...]
    placeholders: Mapping[str, int]
    over_long: tuple[OverLong, ...]
    passed_over: Mapping[str, int]
    outdated_count: int
    others_count: int
    own_count: int
    uncertain_count: int
    emptied: Mapping[str, int]
    limits: Limits
    limits_note: str
    settles_in_hours: int
    dropped: tuple[Category, ...]
    files: Comparison | None
    edited: tuple[EditedPart, ...] = ()
    is_remainder_cleared: bool = False

    @property
    def text(self) -> str:
        """All parts in their order; what goes into a field begins with the field's name."""
        texts = [f"{part.field}:\n\n{part.text}" if part.field else part.text for part in self.parts]
        return "\n\n".join(text.rstrip("\n") for text in texts) + "\n" if texts else ""

    @property
    def held_count(self) -> int:
        """How many items its parts hold, as somebody may have changed them."""
        return len(self.items) - len({number for part in self.edited for number in part.lacking})

    @property
    def merged(self) -> tuple[PackItem, ...]:
        """The items that several memories say."""
        return tuple(item for item in self.items if len(item.memories) > 1)

    @property
    def addressed(self) -> tuple[PackItem, ...]:
        """The items that speak to their reader."""
        return tuple(item for item in self.items if item.addressed)

    @property
    def uncertain(self) -> tuple[PackItem, ...]:
        """The items of which nothing tells whether they were there at the time of the pack, or read so."""
        return tuple(item for item in self.items if item.is_uncertain)

    @property
    def left_out_counts(self) -> Mapping[str, int]:
        """How many memories were left out, by the first class of each."""
        return Counter(one.classes[0] for one in self.left_out)


def pack(
    lake: Path, target_name: TargetName, folder: Path | None, *, options: PackOptions, clock: Callable[[], datetime]
) -> PackSummary:
    """Choose and compile a pack, and write it into a folder, if one is given and there is anything to carry.

    Raises `MemlakeError`, and writes nothing, if the folder cannot be written or holds files of somebody else under
    names that the pack needs.
    """
    target = TARGETS[target_name]
    if folder is not None:
        refuse_lake(folder, lake, PACK)
    limits = Limits(
        max_items=options.max_items or target.limits.max_items,
        max_length=options.max_length or target.limits.max_length,
    )
    detector = Detector(_own_classes(options.own_classes) if options.own_classes else {})
    withheld = _withheld(detector.labels, options.included)
    with open_lake(Layout(lake)) as database:
        account_key = account_named(database, options.account)
        found = packable(
            database,
            account_key=account_key,
            own_assistant=target.assistant,
            states=options.states,
            as_of=options.as_of,
        )
    chosen = choose(found.memories, Redactor(detector, withheld), only=options.categories)
    compiled = target.compile(chosen.items, limits)
    recipe = Recipe(
        as_of=options.as_of.isoformat() if options.as_of else None,
        states=options.states or CURRENT,
        account_key=account_key and tellable_account(account_key),
        categories=options.categories,
        withheld=withheld,
    )
    summary = _summary(target, found, chosen, compiled, options=options, limits=limits)
    if folder is None or not chosen.items:
        return summary
    record = new_record(target, chosen.items, compiled, written_at=clock(), limits=limits, recipe=recipe)
    record = replace(record, left_out=dict(summary.left_out_counts), placeholders=dict(chosen.placeholders))
    files = list(pack_files(target, chosen.items, compiled, question=question_for(target), folder=folder))
    written = write_pack(folder, record, files, is_rehearsal=options.is_dry_run)
    is_another = bool(written.new or written.changed or written.removed) and not options.is_dry_run
    is_cleared = is_another and _clear_remainder(folder / REMAINDER_NAME)
    edited = tuple(edited_parts(folder, compiled.parts, chosen.items, written))
    return replace(summary, folder=str(folder), files=written, edited=edited, is_remainder_cleared=is_cleared)


def _clear_remainder(folder: Path) -> bool:
    """Take away what a check left of the pack before, as far as nobody changed it."""
    with suppress(MemlakeError):  # whatever it is, the new pack is written
        return remove_pack(folder)
    return False


def question_for(target: Target) -> str:
    """Return what makes the target's assistant tell what it remembers."""
    prompt = prompts().get(target.assistant or "")
    return "\n".join(text for text in (prompt, target.question) if text)


def _own_classes(path: Path) -> Patterns:
    """Read a person's classes; where there is no such file, say how it is made."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file of your classes", hint="name a TOML file in it")
    if not path.exists():
        example = f"""echo 'clients = ["Acme", "Globex"]' > {shlex.quote(str(path))}"""
        raise UsageError(f"there is no file {path} with your classes", hint=f"write one, for instance with: {example}")
    return read_patterns(path)


def _withheld(classes: Sequence[str], included: Sequence[str]) -> tuple[str, ...]:
    known = {name.casefold(): name for name in classes}
    for name in included:
        if name.casefold() not in known:
            raise UsageError(f"{name!r} is no class of what is private", hint=f"choose from: {', '.join(classes)}")
    taken_in = {known[name.casefold()] for name in included}
    return tuple(name for name in classes if name not in taken_in)


def _summary(
    target: Target, found: Packable, chosen: Chosen, compiled: Compiled, *, options: PackOptions, limits: Limits
) -> PackSummary:
    return PackSummary(
        target=target.name,
        title=target.title,
        folder=None,
        is_dry_run=options.is_dry_run,
        items=chosen.items,
        parts=compiled.parts if chosen.items else (),
        left_out=chosen.left_out,
        placeholders=chosen.placeholders,
        over_long=compiled.over_long,
        others_count=chosen.others_count,
        passed_over=found.passed_over,
        outdated_count=found.outdated_count,
        own_count=found.own_count,
        uncertain_count=sum(item.is_uncertain for item in chosen.items),
        emptied=found.emptied,
        limits=limits,
        limits_note=target.limits_note,
        settles_in_hours=target.settles_in_hours,
        dropped=target.dropped,
        files=None,
    )
