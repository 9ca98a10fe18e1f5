"""The bench's second table: what a lake of sixty monthly exports can tell about their memories, and how soon."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cases import Case, Goal, cpu_over, markdown_table, narrate, run_rounds, table_rows, wall_ms, wall_over
from life import OLDEST, LifePlan, conversation_id, memory_id
from measured import measure, measure_self_timed

START = "memlake --help"
COPY = "copy of the database"
SCAN = "scan of all lists"

_HERE = Path(__file__).parent
_READERS = ("memlake/providers/**/*.py", "sql/migrations/*.sql")  # they decide what rows an export becomes
_PLAN = LifePlan(export_count=61)  # the last one is for the lake of all others to take in
_EDITED_MEMORY = memory_id(OLDEST)
_LATER_CONVERSATION = conversation_id(6_000)  # begun in the second year
_ROUND_COUNT = 3
_LEGEND = (
    f"{SCAN}: DuckDB reads the text of every memory in every export; queries run in one open connection, "
    "commands in a process of their own"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySpace:
    """A lake that is made once, the export that comes next, and a scratch folder for every round."""

    lake: Path
    next_export: Path
    scratch: Path

    @property
    def original(self) -> Path:
        """The database as it was after the last of its ingests."""
        return self.lake / "memlake.duckdb"

    @property
    def scratch_lake(self) -> Path:
        """The lake that a round works with."""
        return self.scratch / "lake"

    @property
    def database(self) -> Path:
        """The database that a round works with."""
        return self.scratch_lake / "memlake.duckdb"

    def start_round(self) -> None:
        """Remove what the round before left."""
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch_lake.mkdir(parents=True)


def report_history(folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the lake."""
    space = prepare_history(folder)
    cases = make_cases(space)
    costs = run_rounds(cases, round_count or _ROUND_COUNT)
    return f"{markdown_table([*table_rows(cases, costs)])}\n\n{_LEGEND}\n{describe_lake(space)}"


def prepare_history(folder: Path) -> HistorySpace:
    """Write the exports and take all but the newest into a lake, unless that was done before."""
    narrate(f"generating {_PLAN.export_count} monthly exports")
    command: list[str | Path] = [sys.executable, _HERE / "life.py", "--out", folder]
    command += ["--exports", str(_PLAN.export_count)]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    *exports, next_export = printed.splitlines()
    lake = folder / f"lake-{_lake_recipe()}"
    if not lake.exists():
        _make_lake(lake, exports)
    return HistorySpace(lake=lake, next_export=Path(next_export), scratch=folder / "scratch")


def make_cases(space: HistorySpace) -> tuple[Case, ...]:
    """Return the cases in the order of a round: first the lake is brought up to date, last it takes in a month."""
    memlake = (sys.executable, "-m", "memlake")
    return (
        Case(name=START, command=(*memlake, "--help"), goals=(wall_ms(200),)),
        Case(
            name=COPY,
            prepare=space.start_round,
            command=("cp", space.original, space.database),
            goals=(wall_ms(),),
        ),
        Case(
            name="derived tables",
            command=(sys.executable, _HERE / "derive.py", space.database),
            goals=(wall_ms(), cpu_over(COPY)),
            run=measure_self_timed,
        ),
        *_command_cases(space),
        *_query_cases(space),
        Case(
            name="one month more",
            command=(*memlake, "--lake", space.scratch_lake, "ingest", space.next_export),
            goals=(wall_ms(), cpu_over(COPY)),
        ),
    )


def describe_lake(space: HistorySpace) -> str:
    """Return what the measured lake is like."""
    return (
        f"{_PLAN.export_count - 1} monthly exports, each of {_PLAN.conversation_count:,} conversations and "
        f"{_PLAN.memory_count:,} memories · database of {space.original.stat().st_size / 1e6:.0f} MB"
    )


def _command_cases(space: HistorySpace) -> tuple[Case, ...]:
    memlake = (sys.executable, "-m", "memlake", "--lake", space.scratch_lake)
    goals = (wall_ms(1_000), wall_over(START))
    first = f"latest~{_PLAN.export_count - 2}"
    return (
        Case(name="diff", command=(*memlake, "diff"), goals=goals),
        Case(name="diff, first to latest", command=(*memlake, "diff", first, "latest"), goals=goals),
        Case(name="diff --conversations", command=(*memlake, "diff", "--conversations"), goals=goals),
        Case(name="history", command=(*memlake, "history"), goals=goals),
        Case(name="history of one memory", command=(*memlake, "history", _EDITED_MEMORY), goals=goals),
    )


def _query_cases(space: HistorySpace) -> tuple[Case, ...]:
    quick, any_time = (wall_ms(100), wall_over(SCAN)), (wall_ms(), wall_over(SCAN))
    changes = "from memory_changes(export('latest~1'), export('latest'))"
    return (
        _query_case(space, SCAN, "select sum(strlen(content)) from staging.memory_snapshots", (wall_ms(),)),
        _query_case(space, "memories_as_of", "from memories_as_of('2023-06-15')", quick),
        _query_case(space, "memories_in_force", f"from memories_in_force('{_LATER_CONVERSATION}')", quick),
        _query_case(
            space, "conversations_with_memory", f"from conversations_with_memory('{_EDITED_MEMORY}')", any_time
        ),
        _query_case(space, "memory_changes, all", "from memory_changes", any_time),
        _query_case(space, "memory_changes(a, b)", changes, any_time),
    )


def _query_case(space: HistorySpace, name: str, sql: str, goals: tuple[Goal, ...]) -> Case:
    command = (sys.executable, _HERE / "ask.py", space.database, sql)
    return Case(name=name, command=command, goals=goals, run=measure_self_timed)


def _make_lake(lake: Path, exports: list[str]) -> None:
    """Take the exports in, one after the other, in place of a former lake; one that is cut short is never used."""
    narrate(f"making a lake of {len(exports)} exports, once")
    for former in lake.parent.glob("lake-*"):
        shutil.rmtree(former)
    unfinished = lake.with_suffix(".part")
    ingest = (sys.executable, "-m", "memlake", "--lake", str(unfinished), "ingest", "--keep", "none")
    cost = measure((*ingest, *exports))
    narrate(f"  took {cost.wall_seconds:.0f} s")
    unfinished.replace(lake)


def _lake_recipe() -> str:
    """Return a hash that changes with the exports and the code that reads them; each round derives the rest anew."""
    recipe = hashlib.sha256(_PLAN.recipe.encode())
    for pattern in _READERS:
        for path in sorted(_HERE.parents[1].glob(pattern)):
            recipe.update(path.read_bytes())
    return recipe.hexdigest()[:16]
