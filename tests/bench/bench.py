"""Measure memlake against the floor and two peers on a generated export, and print a Markdown table.

    python tests/bench/bench.py --size 500M

Every case runs in a process of its own, once a round, the cases taking turns; the table shows medians.
CPU seconds are the figure to trust, because other work on the machine disturbs them least. Nothing fails here
for being slow: the table says `over`.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from honesty import CHUNK_BYTES, measure_honesty
from measured import Cost, FailedRunError, measure, measure_self_timed, median_cost

FLOOR = "floor"
SQLITE_ROWS = "json.load + sqlite3 rows"
DUCKDB_READER = "DuckDB's JSON reader"

_HERE = Path(__file__).parent
_SINGLE_ROUND_ABOVE_BYTES = 200_000_000  # of ZIP: an export of 800 MB
_PACKAGES = ("duckdb", "polars", "orjson", "isal")
_HEADINGS = ("measure", "CPU s", "wall s", "peak MB", "ratio", "goal", "")
_NUMBER_COLUMNS = range(1, 4)
_LEGEND = "floor: zipfile inflates the conversations and orjson parses each of them, nothing else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One figure drawn from a case's cost and another case's, and the most that it should be."""

    unit: str
    figure: Callable[[Cost, Cost], float]
    other: str = FLOOR
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the table: a command, what must be so before it, and what is expected of it."""

    name: str
    command: tuple[str | Path, ...]
    goals: tuple[Goal, ...]
    prepare: Callable[[], None] | None = None
    run: Callable[[tuple[str, ...]], Cost] = measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The files of one bench: three exports, and a scratch folder that every round starts without."""

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


def cpu_over(other: str, limit: float | None = None) -> Goal:
    """Compare the CPU seconds with those of another case."""
    unit = f"x {other}"
    return Goal(unit=unit, other=other, limit=limit, figure=lambda mine, its: mine.cpu_seconds / its.cpu_seconds)


def memory_over(other: str, limit: float) -> Goal:
    """Compare the peak memory with that of another case."""
    unit = f"x memory of {other}"
    return Goal(unit=unit, other=other, limit=limit, figure=lambda mine, its: mine.peak_mb / its.peak_mb)


def peak_mb(limit: float) -> Goal:
    """Limit the peak memory."""
    return Goal(unit="MB", limit=limit, figure=lambda mine, _: mine.peak_mb)


def wall_ms(limit: float) -> Goal:
    """Limit the time that a person waits."""
    return Goal(unit="ms", limit=limit, figure=lambda mine, _: mine.wall_seconds * 1_000)


def make_cases(space: Workspace) -> tuple[Case, ...]:
    """Return the cases in the order of a round. Each ingest finds the lake that the one before it left."""
    memlake = (sys.executable, "-m", "memlake")
    ingest = (*memlake, "--lake", space.lake, "ingest")
    peer = (sys.executable, _HERE / "peers.py")
    return (
        Case(name=FLOOR, command=(*peer, "floor", space.export), goals=(cpu_over(FLOOR),), run=measure_self_timed),
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
        Case(name=SQLITE_ROWS, command=(*peer, "sqlite-rows", space.export), goals=(cpu_over(FLOOR),)),
        Case(name=DUCKDB_READER, command=(*peer, "duckdb-reader", space.export), goals=(cpu_over(FLOOR),)),
        Case(name="memlake --help", command=(*memlake, "--help"), goals=(wall_ms(200),)),
    )


def run_rounds(cases: tuple[Case, ...], round_count: int) -> dict[str, Cost]:
    """Run every case once a round and return the medians; a case that ever failed has none."""
    costs: dict[str, list[Cost]] = {case.name: [] for case in cases}
    for round_number in range(1, round_count + 1):
        for case in cases:
            _narrate(f"round {round_number} of {round_count}: {case.name}")
            if case.prepare is not None:
                case.prepare()
            try:
                costs[case.name].append(case.run(tuple(map(str, case.command))))
            except FailedRunError as error:
                _narrate(f"  failed: {error}")
    return {name: median_cost(runs) for name, runs in costs.items() if len(runs) == round_count}


def table_rows(cases: tuple[Case, ...], costs: Mapping[str, Cost]) -> Iterator[tuple[str, ...]]:
    """Yield the cells of the table: a case's costs beside its first goal, further goals below it."""
    for case in cases:
        cost = costs.get(case.name)
        if cost is None:
            yield (case.name, "", "", "", "", "", "failed")
            continue
        cells = (case.name, f"{cost.cpu_seconds:.2f}", f"{cost.wall_seconds:.2f}", f"{cost.peak_mb:.0f}")
        for goal in case.goals:
            other = costs.get(goal.other)
            yield (*cells, *(goal_cells(goal.figure(cost, other), goal.unit, goal.limit) if other else ("", "", "")))
            cells = ("", "", "", "")


def goal_cells(figure: float, unit: str, limit: float | None) -> tuple[str, str, str]:
    """Return a figure, what it should be at most, and whether it is."""
    shown = f"{figure:.0f} {unit}" if figure >= 10 else f"{figure:.2f} {unit}"
    if limit is None:
        return shown, "", ""
    return shown, f"≤ {limit:g}", "ok" if figure <= limit else "over"


def markdown_table(rows: list[tuple[str, ...]]) -> str:
    """Return the rows as an aligned Markdown table; numbers stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    headings, *others = rows
    lines = [headings, tuple("-" * width for width in widths), *others]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def database_row(space: Workspace) -> tuple[str, ...]:
    """Compare the size of the database after the first ingest with the texts in it."""
    found = subprocess.run(
        [sys.executable, _HERE / "database.py", space.database_copy], capture_output=True, text=True, check=False
    )
    if found.returncode != 0:
        return ("database", "", "", "", "", "", "failed")
    size_bytes = space.database_copy.stat().st_size
    name = f"database of {size_bytes / 1e6:.0f} MB"
    return (name, "", "", "", *goal_cells(size_bytes / int(found.stdout), "x text", 1.4))


def prepare_workspace(size: str, folder: Path) -> Workspace:
    """Generate the exports that are not there yet."""
    export = _generate(size, folder)
    return Workspace(
        export=export,
        rezipped=_rezip(export, folder / "rezipped"),
        changed=_generate(size, folder, "--changed", "0.05"),
        scratch=folder / "scratch",
    )


def describe_machine() -> str:
    """Return what a reader must know to compare the figures with their own."""
    packages = " · ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    machine = f"{os.cpu_count()} cores {platform.machine()} · {platform.system()}"
    return f"{machine} · Python {platform.python_version()} · {packages}"


def describe_export(export: Path) -> str:
    """Return what the measured export is like."""
    weight = measure_honesty(export)
    return (
        f"{weight.json_bytes / 1e6:.0f} MB of JSON · {weight.conversation_count:,} conversations, the largest "
        f"{weight.largest_conversation_bytes / 1e6:.1f} MB · {weight.message_count:,} messages of "
        f"{weight.mean_message_bytes:.0f} bytes · {weight.text_share:.0%} text · "
        f"deflated {weight.deflate_ratio:.1f} : 1"
    )


def _generate(size: str, folder: Path, *options: str) -> Path:
    """Run the generator in its own process, whose memory then does not count for the cases."""
    _narrate(f"generating {size} {' '.join(options)}")
    command: list[str | Path] = [sys.executable, _HERE / "generate.py", "--size", size, "--out", folder, *options]
    return Path(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip())


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


def _padded(cells: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        yield cell.rjust(width) if column in _NUMBER_COLUMNS else cell.ljust(width)


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _usual_round_count(export: Path) -> int:
    return 3 if export.stat().st_size <= _SINGLE_ROUND_ABOVE_BYTES else 1


def _narrate(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description="Measure memlake on a generated export.")
    parser.add_argument("--size", default="50M", help="of conversations.json: 50M, 500M, 2G")
    parser.add_argument("--out", type=Path, default=Path(".bench"), help="folder for exports and lakes")
    parser.add_argument("--rounds", type=int, help="default: 3, for very big exports 1")
    options = parser.parse_args()
    space = prepare_workspace(options.size, options.out / options.size)
    cases = make_cases(space)
    costs = run_rounds(cases, options.rounds or _usual_round_count(space.export))
    rows = [_HEADINGS, *table_rows(cases, costs), database_row(space)]
    sys.stdout.write(f"{markdown_table(rows)}\n\n{_LEGEND}\n{describe_export(space.export)}\n{describe_machine()}\n")


if __name__ == "__main__":
    main()
