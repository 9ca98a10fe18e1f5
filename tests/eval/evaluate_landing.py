"""Measure on labelled people which memories of a pack are found again in what an assistant makes of them.

    python tests/eval/evaluate_landing.py
    python tests/eval/evaluate_landing.py --held-out
    python tests/eval/evaluate_landing.py --people rowan --errors

Exit code 1: a measure fell below landing-baseline.json, or there is nothing to compare with.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from eval.baseline import Figures, compare, write_baseline
from eval.figures import figures_table
from eval.landing_people import PackedPerson, load_packed_people, packed_names
from eval.landing_scoring import judged, landing_figures

FILE = Path(__file__).with_name("landing-baseline.json")
GOALS = {"landed_accuracy": 0.95}

_SEEDS = range(20)
_HEADINGS = {
    "memory_count": "memories",
    "landed_accuracy": "landed or not",
    "landed_precision": "landed, precision",
    "landed_recall": "recall",
    "verdict_accuracy": "how, of those that landed",
    "others_precision": "not from the pack, precision",
    "others_recall": "recall",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; return the exit code."""
    options = _options(arguments)
    people = _chosen(load_packed_people(options.people or packed_names()), options)
    answers = [judged(person, seed) for person in people for seed in _SEEDS]
    measured = landing_figures(answers)
    sys.stdout.write(json.dumps(measured, indent=1) + "\n" if options.json else landing_table(measured))
    if options.errors:
        sys.stdout.writelines(f"{line}\n" for line in sorted({line for answer in answers for line in answer.errors()}))
    if options.people:
        return 0
    if options.update_baseline:
        write_baseline(options.section, measured, options.baseline)
        return 0
    return compare(options.section, measured, options.baseline)


def landing_table(measured: Figures) -> str:
    """Return the figures as a Markdown table, and whether they reach the goals."""
    return figures_table("landing", _HEADINGS, measured, GOALS)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure what is found again of packs, on the labelled people.")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--people", nargs="+", choices=_development_names(), help="only these; nothing is compared")
    whom.add_argument(
        "--held-out",
        dest="section",
        action="store_const",
        const="held-out",
        default="development",
        help="the people that nothing was fitted on, instead of the others",
    )
    parser.add_argument("--json", action="store_true", help="figures instead of a table")
    parser.add_argument("--errors", action="store_true", help="also what was judged wrongly")
    parser.add_argument("--baseline", type=Path, default=FILE, help="the figures to compare with")
    parser.add_argument("--update-baseline", action="store_true", help="write the figures there instead")
    options = parser.parse_args(arguments)
    if options.update_baseline and options.people:
        parser.error("--update-baseline needs all people")
    if options.errors and options.section == "held-out":
        parser.error("--errors would show the people that nothing is fitted on")
    return options


def _development_names() -> list[str]:
    return [person.name for person in load_packed_people(packed_names()) if not person.is_held_out]


def _chosen(people: Sequence[PackedPerson], options: argparse.Namespace) -> list[PackedPerson]:
    return [person for person in people if person.is_held_out == (options.section == "held-out")]


if __name__ == "__main__":
    sys.exit(main())
