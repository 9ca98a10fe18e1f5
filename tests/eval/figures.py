"""The figures of an evaluation as a Markdown table, with the goals that they reach or miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eval.baseline import Figures


def figures_table(title: str, headings: Mapping[str, str], measured: Figures, goals: Mapping[str, float]) -> str:
    """Return a row for each group; `headings` are of the measures to show, `goals` the least of some for all."""
    lines = [[title, *headings.values()], ["---"] + ["---:"] * len(headings)]
    lines += [[group, *_cells(headings, values)] for group, values in measured.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n" + "".join(_goals(goals, measured["all"]))


def _cells(headings: Mapping[str, str], values: Mapping[str, float]) -> Iterator[str]:
    for name in headings:
        value = values.get(name)
        yield "" if value is None else f"{value:.0f}" if name.endswith("_count") else f"{value:.3f}"


def _goals(goals: Mapping[str, float], overall: Mapping[str, float]) -> Iterator[str]:
    for name, least in goals.items():
        value = overall.get(name, 0.0)
        yield f"{'reached' if value >= least else 'missed'}: {name} {value:.3f}, goal {least:.2f}\n"
