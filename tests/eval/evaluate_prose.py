"""Measure on labelled people which statement of one export is found in the next, and which changed facts are told.

    python tests/eval/evaluate_prose.py
    python tests/eval/evaluate_prose.py --held-out
    python tests/eval/evaluate_prose.py --people kenji --errors

Exit code 1: a measure fell below prose-baseline.json, or there is nothing to compare with.
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
from eval.prose_people import ProsePerson, load_prose_people, prose_names
from eval.prose_scoring import JudgedRewrite, judged_rewrites, prose_figures

FILE = Path(__file__).with_name("prose-baseline.json")
GOALS = {"match_f1": 0.95, "change_precision": 0.9, "change_recall": 0.9}

_HEADINGS = {
    "pair_count": "pairs",
    "change_count": "changes",
    "cut_accuracy": "cut as labelled",
    "match_precision": "match precision",
    "match_recall": "recall",
    "match_f1": "F1",
    "change_precision": "change precision",
    "change_recall": "recall",
    "unchanged_silent": "no change, none told",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; return the exit code."""
    options = _options(arguments)
    people = _chosen(load_prose_people(options.people or prose_names()), options)
    rewrites = [rewrite for person in people for rewrite in judged_rewrites(person)]
    measured = prose_figures(rewrites)
    sys.stdout.write(json.dumps(measured, indent=1) + "\n" if options.json else prose_table(measured))
    if options.errors:
        sys.stdout.writelines(f"{line}\n" for rewrite in rewrites for line in errors(rewrite))
    if options.people:
        return 0
    if options.update_baseline:
        write_baseline(options.section, measured, options.baseline)
        return 0
    return compare(options.section, measured, options.baseline)


def prose_table(measured: Figures) -> str:
    """Return the figures as a Markdown table, and whether they reach the goals."""
    return figures_table("prose", _HEADINGS, measured, GOALS)


def errors(rewrite: JudgedRewrite) -> Iterator[str]:
    """Yield what was not cut as labelled, what was found and is not so, and what is so and was not found."""
    yield from (f"cut - {statement.text}" for each in rewrite.cuts for statement in each.missed)
    before_texts, after_texts = (each.texts for each in rewrite.cuts)
    for sign, pairs in (
        ("-", rewrite.true_pairs - rewrite.found_pairs),
        ("+", rewrite.found_pairs - rewrite.true_pairs),
    ):
        yield from (
            f"match {sign} {before_texts[before]}\n        {after_texts[after]}" for before, after in sorted(pairs)
        )
    for link in rewrite.changed_links:
        if not rewrite.is_flagged(link):
            yield f"change - ({link.fact}) {before_texts[link.before[0]]}\n         {after_texts[link.after[0]]}"
    for memory in rewrite.flagged:
        if not rewrite.is_right(memory):
            yield f"change + ({memory.change}) {memory.before}\n         {memory.after}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the history of prose memory on the labelled people.")
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
    parser.add_argument("--errors", action="store_true", help="also what was found wrongly or not at all")
    parser.add_argument("--baseline", type=Path, default=FILE, help="the figures to compare with")
    parser.add_argument("--update-baseline", action="store_true", help="write the figures there instead")
    options = parser.parse_args(arguments)
    if options.update_baseline and options.people:
        parser.error("--update-baseline needs all people")
    if options.errors and options.section == "held-out":
        parser.error("--errors would show the people that nothing is fitted on")
    return options


def _development_names() -> list[str]:
    return [person.name for person in load_prose_people(prose_names()) if not person.is_held_out]


def _chosen(people: Sequence[ProsePerson], options: argparse.Namespace) -> list[ProsePerson]:
    return [person for person in people if person.is_held_out == (options.section == "held-out")]


if __name__ == "__main__":
    sys.exit(main())
