"""Measure on labelled memories how well they are sorted, and what is private in them found.

    python tests/eval/evaluate_packs.py
    python tests/eval/evaluate_packs.py --held-out
    python tests/eval/evaluate_packs.py --errors

Exit code 1: a measure fell below packs-baseline.json, or there is nothing to compare with.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from eval.baseline import Figures, compare, write_baseline
from eval.figures import figures_table
from eval.packs_scoring import JudgedMemory, confusion, judged_memories, packs_figures

FILE = Path(__file__).with_name("packs-baseline.json")
GOALS = {"category_accuracy": 0.9, "passwords_recall": 0.98}

_HEADINGS = {
    "sorted_count": "sorted",
    "category_accuracy": "right category",
    "private_count": "memories searched",
    "passwords_recall": "passwords found",
    "passwords_false": "false",
    "health_recall": "health found",
    "health_false": "false",
    "finance_recall": "finance found",
    "finance_false": "false",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; return the exit code."""
    options = _options(arguments)
    judged = list(judged_memories(options.section))
    measured = packs_figures(judged)
    sys.stdout.write(json.dumps(measured, indent=1) + "\n" if options.json else packs_table(measured))
    if options.errors:
        sys.stdout.writelines(f"{line}\n" for line in errors(judged))
    elif not options.json:
        sys.stdout.write(confusion(judged))
    if options.update_baseline:
        write_baseline(options.section, measured, options.baseline)
        return 0
    return compare(options.section, measured, options.baseline)


def packs_table(measured: Figures) -> str:
    """Return the figures as a Markdown table, and whether they reach the goals."""
    return figures_table("packs", _HEADINGS, measured, GOALS)


def errors(judged: Sequence[JudgedMemory]) -> Iterator[str]:
    """Yield the memories that were sorted wrongly, what was not found, and what was found and is not private."""
    for memory in judged:
        if memory.category and memory.found_category != memory.category:
            yield f"{memory.category} > {memory.found_category}: {memory.text}  ({memory.why})"
        for label, missed in memory.missed:
            yield f"{label} - {missed}: {memory.text}"
        for label in memory.false_labels:
            yield f"{label} +: {memory.text}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure categories and redaction on labelled memories.")
    parser.add_argument(
        "--held-out",
        dest="section",
        action="store_const",
        const="held-out",
        default="development",
        help="the memories that nothing was tuned on, instead of the others",
    )
    parser.add_argument("--json", action="store_true", help="figures instead of a table")
    parser.add_argument("--errors", action="store_true", help="also what was sorted or found wrongly, or not at all")
    parser.add_argument("--baseline", type=Path, default=FILE, help="the figures to compare with")
    parser.add_argument("--update-baseline", action="store_true", help="write the figures there instead")
    options = parser.parse_args(arguments)
    if options.errors and options.section == "held-out":
        parser.error("--errors would show the memories that nothing is tuned on")
    return options


if __name__ == "__main__":
    sys.exit(main())
