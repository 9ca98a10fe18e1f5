"""The bench's first table: one export into a lake, against the floor and two peers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from cases import (
    Case,
    cpu_over,
    goal_cells,
    markdown_table,
    memory_over,
    narrate,
    peak_mb,
    run_rounds,
    table_rows,
    wall_ms,
)
from honesty import Honesty, measure_honesty
from measured import measure_self_timed
from reading import CHUNK_BYTES
from readings import READINGS

FLOOR = "floor"
SQLITE_ROWS = "json.load + sqlite3 rows"
DUCKDB_READER = "DuckDB's JSON reader"

_HERE = Path(__file__).parent
_SINGLE_ROUND_ABOVE_BYTES = 200_000_000  # of ZIP: an export of 800 MB
_LEGEND = "floor: zipfile inflates the conversations and orjson parses each of them, nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The files of one bench: three exports, and a scratch folder that every round starts without."""

    provider: str
    export: Path
    rezipped: Path
    changed: Path
    scratch: Path

    @property
    def lake(self) -> Path:
        """The lake that all ingests of a round go to."""
        return self.scratch / "lake"

    @property
    def database_copy(self) -> Path:
        """The lake's database as it was before the last ingest."""
        return self.scratch / "copied.duckdb"

    def start_round(self) -> None:
        """Remove what the round before left."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir()


def report_ingest(provider: str, size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the export."""
    space = prepare_workspace(provider, size, folder)
    cases = make_cases(space)
    costs = run_rounds(cases, round_count or _usual_round_count(space.export))
    weight = measure_honesty(space.export, READINGS[provider])
    rows = [*table_rows(cases, costs), *database_rows(space, weight)]
    return f"{markdown_table(rows)}\n\n{_LEGEND}\n{describe_export(weight)}"


def prepare_workspace(provider: str, size: str, folder: Path) -> Workspace:
    """Generate the exports that are not there yet."""
    export = generate(provider, size, folder)
    return Workspace(
        provider=provider,
        export=export,
        rezipped=_rezip(export, folder / "rezipped"),
        changed=generate(provider, size, folder, "--changed", "0.05"),
        scratch=folder / "scratch",
    )


def make_cases(space: Workspace) -> tuple[Case, ...]:
    """Return the cases in the order of a round. Each ingest finds the lake that the one before it left."""
    memlake = (sys.executable, "-m", "memlake")
    ingest = (*memlake, "--lake", space.lake, "ingest")
    return (
        Case(name=FLOOR, command=_peer(space, "floor"), goals=(cpu_over(FLOOR),), run=measure_self_timed),
        Case(
            name="ingest into a new lake",
            prepare=space.start_round,
            command=(*ingest, space.export),
            goals=(cpu_over(FLOOR, 2.0), cpu_over(SQLITE_ROWS, 0.5), memory_over(SQLITE_ROWS, 0.3), peak_mb(600)),
        ),
        Case(name="the same file again", command=(*ingest, space.export), goals=(cpu_over(FLOOR, 0.3),)),
        Case(name="the same content re-zipped", command=(*ingest, space.rezipped), goals=(cpu_over(FLOOR, 0.8),)),
        Case(
            name="copy of the database",
            command=("cp", space.lake / "memlake.duckdb", space.database_copy),
            goals=(cpu_over(FLOOR),),
        ),
        Case(name="next month, 5 % changed", command=(*ingest, space.changed), goals=(cpu_over(FLOOR, 1.0),)),
        Case(name=SQLITE_ROWS, command=_peer(space, "sqlite-rows"), goals=(cpu_over(FLOOR),)),
        Case(name=DUCKDB_READER, command=_peer(space, "duckdb-reader"), goals=(cpu_over(FLOOR),)),
        Case(name="memlake --help", command=(*memlake, "--help"), goals=(wall_ms(200),)),
    )


def database_rows(space: Workspace, weight: Honesty) -> list[tuple[str, ...]]:
    """Compare the database after the first ingest with the texts in it, and what it holds with what was told."""
    found = subprocess.run(
        [sys.executable, _HERE / "database.py", space.database_copy], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        return [("database", "", "", "", "", "", "failed")]
    held = json.loads(found.stdout)
    size_bytes = space.database_copy.stat().st_size
    text_ratio = size_bytes / held["text_bytes"]
    return [
        (f"database of {size_bytes / 1e6:.0f} MB", "", "", "", *goal_cells(text_ratio, "x text", 1.4)),
        _count_row("conversations in it", held["conversation_count"], weight.conversation_count),
        _count_row("messages in it", held["message_count"], weight.message_count),
        _count_row("records rejected", held["reject_count"], 0),
    ]


def describe_export(weight: Honesty) -> str:
    """Return what the measured export is like."""
    return (
        f"{weight.json_bytes / 1e6:.0f} MB of JSON · {weight.conversation_count:,} conversations, the largest "
        f"{weight.largest_conversation_bytes / 1e6:.1f} MB · {weight.message_count:,} messages of "
        f"{weight.mean_message_bytes:.0f} bytes · {weight.text_share:.0%} text · "
        f"deflated {weight.deflate_ratio:.1f} : 1"
    )


def generate(provider: str, size: str, folder: Path, *options: str) -> Path:
    """Run the generator in its own process, whose memory then does not count for the cases."""
    narrate(f"generating {size} {' '.join(options)}")
    command: list[str | Path] = [sys.executable, _HERE / "generate.py", "--provider", provider, "--size", size]
    command += ["--out", folder, *options]
    return Path(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


def _peer(space: Workspace, name: str) -> tuple[str | Path, ...]:
    return (sys.executable, _HERE / "peers.py", name, space.provider, space.export)


def _count_row(name: str, held: int, told: int) -> tuple[str, ...]:
    return (name, "", "", "", f"{held:,}", f"= {told:,}", "ok" if held == told else "wrong")


def _rezip(export: Path, folder: Path) -> Path:
    """Write the same members in another order and compression; the name keeps saying the same date."""
    target = folder / export.name
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with (
        zipfile.ZipFile(export) as old,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for member in reversed(old.infolist()):
            is_large = member.file_size > zipfile.ZIP64_LIMIT // 2
            with old.open(member) as source, new.open(member.filename, "w", force_zip64=is_large) as sink:
                shutil.copyfileobj(source, sink, CHUNK_BYTES)
    unfinished.replace(target)
    return target


def _usual_round_count(export: Path) -> int:
    return 3 if export.stat().st_size <= _SINGLE_ROUND_ABOVE_BYTES else 1
