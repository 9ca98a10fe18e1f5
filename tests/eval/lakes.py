"""Lakes of labelled people: each person apart, or all as one account in a bigger archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.exports import Truth, Variant, write_export
from eval.people import Person

import memlake

MERGED_NOISE_COUNT = 300
"""Conversations of invented words that a merged archive has on top."""


def make_lakes(
    people: Sequence[Person], folder: Path, variant: Variant, *, is_merged: bool
) -> Iterator[tuple[Path, tuple[Truth, ...]]]:
    """Yield a new lake for every person, or one for all of them, with the truth about its memories.

    Nothing is looked up yet. `folder` must not hold lakes of another variant.
    """
    accounts = [list(people)] if is_merged else [[person] for person in people]
    noise_count = MERGED_NOISE_COUNT if is_merged else 0
    for account in accounts:
        export = write_export(account, folder, variant, noise_count=noise_count)
        lake = folder / "lakes" / export.path.name
        memlake.ingest(export.path, lake=lake, keep="none")
        yield lake, export.truths
