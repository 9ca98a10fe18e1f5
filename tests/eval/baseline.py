"""The figures that an evaluation had before, and whether what it measures has become worse."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("baseline.json")

Figures = Mapping[str, Mapping[str, float]]
"""The measures of each group of answers, by the group's name."""

_PLACES = 3
_TOLERANCE = 0.015
_COUNTS = ("memory_count", "source_count", "pair_count", "change_count", "sorted_count", "private_count")
"""Where they are others than before, so are the data, which nothing can be compared with."""
_EXACT = (
    "cut_accuracy",
    "match_precision",
    "match_recall",
    "match_f1",
    "change_precision",
    "change_recall",
    "unchanged_silent",
    "landed_accuracy",
    "landed_precision",
    "landed_recall",
    "verdict_accuracy",
    "others_precision",
    "others_recall",
    "category_accuracy",
    *(f"{label}_{what}" for label in ("passwords", "health", "finance") for what in ("recall", "false")),
)
"""What no clock and no chance has a part in: any fall is one, down to how figures are rounded."""
_TOLERANCES = {"calibration_error": 0.02} | dict.fromkeys(_COUNTS, 0.0)
_TOLERANCES |= dict.fromkeys(_EXACT, 0.001)
_SMALLER_IS_BETTER = ("calibration_error", "echoes", "passwords_false", "health_false", "finance_false")
_NEITHER_IS_BETTER = ("answered",)  # precision and coverage say whether more answers are good


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A measure that is no longer what it was, by more than may be chance; `is_worse`: better if not."""

    group: str
    measure: str
    before: float | None
    after: float | None
    is_worse: bool

    def __str__(self) -> str:
        direction = "worse" if self.is_worse else "better"
        return f"{direction}: {self.group}: {self.measure} {_figure(self.after)}, was {_figure(self.before)}"


def read_baseline(section: str, file: Path) -> Figures | None:
    """Return the figures of `development` or `held-out` people, or `None` if none were written."""
    sections: dict[str, Figures] = json.loads(file.read_bytes()) if file.exists() else {}
    return sections.get(section)


def write_baseline(section: str, figures: Figures, file: Path) -> None:
    """Write the figures of one section, rounded; the other section stays."""
    sections: dict[str, Figures] = json.loads(file.read_bytes()) if file.exists() else {}
    sections[section] = {
        group: {measure: round(value, _PLACES) for measure, value in measures.items()}
        for group, measures in figures.items()
    }
    file.write_text(json.dumps(dict(sorted(sections.items())), indent=1) + "\n", encoding="utf-8")


def compare(section: str, measured: Figures, file: Path) -> int:
    """Tell on stderr what differs from the baseline, and return the exit code."""
    baseline = read_baseline(section, file)
    if baseline is None:
        _say(f"{file.name} has no figures of the {section} people: --update-baseline writes them")
        return 1
    found = sorted(differences(baseline, measured), key=str)
    for difference in found:
        _say(str(difference))
    return 1 if any(difference.is_worse for difference in found) else 0


def differences(before: Figures, after: Figures) -> Iterator[Difference]:
    """Yield what became worse or better in the groups that were measured now.

    A group or a measure that only one side has counts as worse: it cannot be vouched for.
    """
    for group, measures in after.items():
        former = before.get(group, {})
        for measure in sorted((former.keys() | measures.keys()) - set(_NEITHER_IS_BETTER)):
            found = _difference(group, measure, former.get(measure), measures.get(measure))
            if found:
                yield found


def _difference(group: str, measure: str, before: float | None, after: float | None) -> Difference | None:
    is_worse = True
    if before is not None and after is not None:
        change = round(after - before, _PLACES)
        if abs(change) <= _TOLERANCES.get(measure, _TOLERANCE):
            return None
        is_worse = measure in _COUNTS or (change > 0) == (measure in _SMALLER_IS_BETTER)
    return Difference(group=group, measure=measure, before=before, after=after, is_worse=is_worse)


def _figure(value: float | None) -> str:
    return "none" if value is None else f"{value:.{_PLACES}f}"


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
