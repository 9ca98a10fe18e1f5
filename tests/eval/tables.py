"""The measures as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eval.scoring import Judged, Measures, measure, measures_by

_HEADINGS = {
    "memory_count": "memories",
    "source_count": "with source",
    "recall_at_1": "R@1",
    "recall_at_5": "R@5",
    "mean_reciprocal_rank": "MRR",
    "message_recall_at_1": "message R@1",
    "answered": "answered",
    "precision": "precision",
    "coverage_at_95": "coverage at 95 %",
    "auroc": "AUROC",
    "calibration_error": "calibration error",
    "said_by_accuracy": "said by",
    "echoes": "echoes",
}


def tables(results: Mapping[str, Sequence[Judged]]) -> str:
    """Return one table for every case, by kind of memory, and one for every language, by case."""
    parts = [_table(case, {"all": measure(rows)} | _by_kind(rows)) for case, rows in results.items()]
    languages = sorted({row.truth.language for rows in results.values() for row in rows})
    parts += [_table(f"language {language}", _by_case(results, language)) for language in languages]
    return "\n".join(parts)


def _by_kind(rows: Sequence[Judged]) -> dict[str, Measures]:
    return measures_by(rows, lambda row: row.truth.kind)


def _by_case(results: Mapping[str, Sequence[Judged]], language: str) -> dict[str, Measures]:
    return {case: measure([row for row in rows if row.truth.language == language]) for case, rows in results.items()}


def _table(title: str, measured: Mapping[str, Measures]) -> str:
    lines = [["", *_HEADINGS.values()], ["---"] + ["---:"] * len(_HEADINGS)]
    lines += [[name, *_cells(measures)] for name, measures in measured.items()]
    return "\n".join([f"### {title}", "", *(f"| {' | '.join(line)} |" for line in lines), ""])


def _cells(measures: Measures) -> Iterator[str]:
    for name in _HEADINGS:
        value = getattr(measures, name)
        yield "" if value is None else str(value) if name.endswith("_count") else f"{value:.3f}"
