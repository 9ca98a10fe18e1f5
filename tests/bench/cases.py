"""What the bench measures and how it is shown: cases, the goals they have, and one Markdown table of both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from measured import Cost, FailedRunError, measure, median_cost

_HEADINGS = ("measure", "CPU s", "wall s", "peak MB", "ratio", "goal", "")
_NUMBER_COLUMNS = range(1, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One figure drawn from a case's cost and another case's (without `other`, its own), and the most it should be."""

    unit: str
    figure: Callable[[Cost, Cost], float]
    other: str | None = None
    limit: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One line of the table: a command, what must be so before it, and what is expected of it."""

    name: str
    command: tuple[str | Path, ...]
    goals: tuple[Goal, ...]
    prepare: Callable[[], None] | None = None
    run: Callable[[tuple[str, ...]], Cost] = measure


def cpu_over(other: str, limit: float | None = None) -> Goal:
    """Compare the CPU seconds with those of another case."""
    unit = f"x {other}"
    return Goal(unit=unit, other=other, limit=limit, figure=lambda mine, its: mine.cpu_seconds / its.cpu_seconds)


def wall_over(other: str, limit: float | None = None) -> Goal:
    """Compare the time that a person waits with that of another case."""
    unit = f"x {other}"
    return Goal(unit=unit, other=other, limit=limit, figure=lambda mine, its: mine.wall_seconds / its.wall_seconds)


def memory_over(other: str, limit: float) -> Goal:
    """Compare the peak memory with that of another case."""
    unit = f"x memory of {other}"
    return Goal(unit=unit, other=other, limit=limit, figure=lambda mine, its: mine.peak_mb / its.peak_mb)


def peak_mb(limit: float) -> Goal:
    """Limit the peak memory."""
    return Goal(unit="MB", limit=limit, figure=lambda mine, _: mine.peak_mb)


def wall_ms(limit: float | None = None) -> Goal:
    """Limit the time that a person waits."""
    return Goal(unit="ms", limit=limit, figure=lambda mine, _: mine.wall_seconds * 1_000)


def run_rounds(cases: tuple[Case, ...], round_count: int) -> dict[str, Cost]:
    """Run every case once a round and return the medians; a case that ever failed has none."""
    costs: dict[str, list[Cost]] = {case.name: [] for case in cases}
    for round_number in range(1, round_count + 1):
        for case in cases:
            narrate(f"round {round_number} of {round_count}: {case.name}")
            if case.prepare is not None:
                case.prepare()
            try:
                costs[case.name].append(case.run(tuple(map(str, case.command))))
            except FailedRunError as error:
                narrate(f"  failed: {error}")
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
            other = costs.get(goal.other or case.name)
            yield (*cells, *(goal_cells(goal.figure(cost, other), goal.unit, goal.limit) if other else ("", "", "")))
            cells = ("", "", "", "")


def goal_cells(figure: float, unit: str, limit: float | None) -> tuple[str, str, str]:
    """Return a figure, what it should be at most, and whether it is."""
    shown = f"{figure:.0f} {unit}" if figure >= 10 else f"{figure:.2f} {unit}"
    if limit is None:
        return shown, "", ""
    return shown, f"≤ {limit:g}", "ok" if figure <= limit else "over"


def markdown_table(rows: list[tuple[str, ...]]) -> str:
    """Return the rows below their headings as an aligned Markdown table; numbers stand to the right."""
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *rows, strict=True)]
    lines = [_HEADINGS, tuple("-" * width for width in widths), *rows]
    return "\n".join(f"| {' | '.join(_padded(line, widths))} |" for line in lines)


def narrate(line: str) -> None:
    """Tell on stderr what is going on."""
    sys.stderr.write(f"{line}\n")


def _padded(cells: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        yield cell.rjust(width) if column in _NUMBER_COLUMNS else cell.ljust(width)
