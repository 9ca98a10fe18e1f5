"""Packs to test on: items, lakes with a list of memories, and what an assistant answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from support.lakes import export_folder, lake_of, memory

from memlake.jobs.pack import PackOptions, PackSummary, pack
from memlake.packs.categories import Category
from memlake.packs.items import MemoryRef, PackItem, TargetName

PACKED_AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
A_DAY_AFTER = PACKED_AT + timedelta(hours=24)
ACCOUNT_KEY = "chatgpt:1"


def item(text: str, number: int = 1, *, category: Category = "other", saved_on: str | None = None) -> PackItem:
    """Return an item of a pack."""
    return PackItem(
        number=number,
        text=text,
        saved_on=saved_on,
        category=category,
        memories=(MemoryRef(account_key=ACCOUNT_KEY, memory_id=f"m{number}"),),
        placeholder_count=0,
        addressed=None,
    )


def items(*texts: str) -> list[PackItem]:
    """Return the items of a pack with these texts, in order."""
    return [item(text, number) for number, text in enumerate(texts, start=1)]


def lake_with(folder: Path, *texts: str) -> Path:
    """Make a lake of an account that remembers these texts, one saved a day from 2025-01-01 on."""
    first = datetime(2025, 1, 1, 12, tzinfo=UTC)
    memories = [
        memory(f"m{number}", text, f"{first + timedelta(days=number - 1):%Y-%m-%dT%H:%M:%SZ}")
        for number, text in enumerate(texts, start=1)
    ]
    export = export_folder(folder, "chatgpt-2026-02-01", memories=memories, conversations=[], user="someone")
    return lake_of(folder / "lake", export)


def pack_of(
    lake: Path,
    folder: Path | None,
    target: TargetName = "claude",
    *,
    packed_at: datetime = PACKED_AT,
    options: PackOptions | None = None,
) -> PackSummary:
    """Make a pack of a lake; what the target has itself is taken in."""
    own = PackOptions(account=target if target == ACCOUNT_KEY.partition(":")[0] else None)
    return pack(lake, target, folder, options=options or own, clock=lambda: packed_at)


def answer_of(folder: Path, texts: Sequence[str], name: str = "answer.txt") -> Path:
    """Write what an assistant answers that remembers these texts."""
    path = folder / name
    path.write_text("".join(f"[unknown] - {text}\n" for text in texts), encoding="utf-8")
    return path
