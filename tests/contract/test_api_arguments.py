"""What the Python interface takes, and that what means nothing is refused before anything is touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from support.archives import archive_of, files_in
from support.samples import JANUARY, SEPTEMBER

import memlake
from memlake.archive.manifest import read_manifest
from memlake.errors import UsageError


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of two exports; tests only read it."""
    folder = tmp_path_factory.mktemp("arguments")
    memlake.ingest(SEPTEMBER, JANUARY, lake=folder / "lake")
    return folder / "lake"


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"formats": ["pdf"]}, "formats='pdf'"),
        ({"formats": "csv,jsonl"}, "formats='csv,jsonl'"),
        ({"only": "memory"}, "only='memory'"),
        ({"style": "clasic"}, "style='clasic'"),
        ({"style": ["full"]}, "style="),
        ({"since": "2025-10-01"}, "since='2025-10-01' is no time"),
        ({"since": date(1970, 1, 1)}, "is no time"),
    ],
)
def test_an_archive_is_not_touched_by_what_means_nothing(
    lake: Path, tmp_path: Path, options: dict[str, Any], named: str
) -> None:
    """A word that is misspelt is no wish for an archive of nothing."""
    folder = archive_of(lake, tmp_path / "archive")
    before = files_in(folder)

    with pytest.raises(UsageError, match=named):
        memlake.Lake(lake).archive(folder, **options)

    assert files_in(folder) == before


@pytest.mark.parametrize(
    "since",
    [date(2025, 10, 1), datetime(2025, 10, 1), datetime(2025, 10, 1, 2, tzinfo=timezone(timedelta(hours=2)))],  # noqa: DTZ001 - without a zone it is UTC
)
def test_a_date_is_its_midnight_in_utc(lake: Path, tmp_path: Path, since: date) -> None:
    """As is a time without a zone."""
    memlake.Lake(lake).archive(tmp_path / "archive", formats="csv", since=since)  # type: ignore[arg-type]

    manifest = read_manifest(tmp_path / "archive")
    assert manifest
    assert manifest.origin.recipe.since == "2025-10-01T00:00:00+00:00"
    assert manifest.origin.recipe.formats == ("csv",)


@pytest.mark.parametrize(
    ("call", "choice"),
    [
        (lambda lake, _: lake.memories(states=["gone"]), "active, disabled, deleted, unknown"),
        (lambda lake, _: lake.memories(states="act"), "active"),
        (lambda lake, _: lake.memories(categories=["people"]), "personal"),
        (lambda lake, _: lake.memories(channel="file"), "memory_file"),
        (lambda lake, _: lake.private_memories("secrets"), "passwords"),
        (lambda lake, _: lake.private_memories(states="gone"), "active"),
        (lambda lake, _: lake.set_category("cello", "hobbies"), "personal"),
        (lambda lake, _: lake.memories_as_of("2025-10-01"), "a date"),
        (lambda lake, _: lake.memories_as_of(date(2025, 10, 1), states=["deleted"]), "active, disabled"),
        (lambda lake, _: lake.diff(3), "a date"),
        (lambda lake, _: lake.diff_conversations("latest", 3), "a date"),
        (lambda lake, _: lake.lookup_sources(states=["gone"]), "active"),
        (lambda lake, _: lake.decide_source("cello", "Cello", "maybe"), "confirmed, rejected"),
        (lambda lake, _: lake.search("cello", places=["chats"]), "messages, titles"),
        (lambda lake, _: lake.search("cello", states=["gone"]), "active"),
        (lambda lake, _: lake.search("cello", until="2025-10-01"), "a date"),
        (lambda lake, folder: lake.pack("copilot", folder), "claude"),
        (lambda lake, folder: lake.pack("claude", folder, categories=["people"]), "personal"),
        (lambda lake, folder: lake.pack("claude", folder, as_of="2025-10-01"), "a date"),
        (lambda lake, folder: lake.pack("claude", folder, as_of=date(2025, 10, 1), states="deleted"), "active"),
        (lambda lake, folder: lake.pack("claude", folder, include="secrets"), "passwords"),
        (lambda lake, _: lake.drop_export(3, yes=True), "a date"),
        (lambda lake, folder: memlake.ingest(lake.folder, lake=folder, keep="move"), "copy, none"),  # type: ignore[arg-type]
        (lambda lake, folder: memlake.ingest(lake.folder, lake=folder, exported_at="2025-10-01"), "a date"),  # type: ignore[arg-type]
    ],
)
def test_a_word_that_means_nothing_is_refused_with_the_choice(
    lake: Path, tmp_path: Path, call: Callable[[memlake.Lake, Path], object], choice: str
) -> None:
    """As the command line does; nothing is read or written."""
    with pytest.raises(UsageError) as caught:
        call(memlake.Lake(lake), tmp_path / "folder")

    assert choice in (caught.value.hint or "")
    assert not (tmp_path / "folder").exists()


def test_a_date_that_chooses_an_export_or_a_state_means_its_end(lake: Path) -> None:
    """As it does on the command line: what was so on a day was so by its end."""
    mine = memlake.Lake(lake)
    day, end = date(2026, 1, 12), datetime(2026, 1, 12, 23, 59, 59, tzinfo=UTC)

    assert mine.diff("latest~1", day) == mine.diff("latest~1", "2026-01-12")
    assert mine.memories_as_of(day) == mine.memories_as_of(end) != mine.memories_as_of(date(2025, 1, 1))
    assert mine.search("cello", until=day).hits == mine.search("cello", until=end).hits
    assert mine.memories(states="active") == mine.memories(states=["active"]) != []
