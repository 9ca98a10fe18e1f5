"""Measure source lookup on the labelled people, and compare with the figures that it had before.

    python tests/eval/evaluate.py
    python tests/eval/evaluate.py --held-out
    python tests/eval/evaluate.py --people maya vera --variants dated

Each person has a lake of their own (apart); then all are one account with many other conversations (merged).
Exit code 1: a measure fell by more than its tolerance below baseline.json, or there is nothing to compare with.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.extend([str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "bench")])

from eval.answers import judged
from eval.baseline import FILE, Figures, compare, write_baseline
from eval.exports import VARIANTS, Variant
from eval.lakes import make_lakes
from eval.people import Person, development_people, held_out_people, load_people, person_keys
from eval.scoring import Judged, figures, measure
from eval.tables import tables

import memlake


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One way to export the people."""

    variant: Variant
    is_merged: bool

    @property
    def name(self) -> str:
        """What tables and the baseline call it."""
        return f"{self.variant}, {'merged' if self.is_merged else 'apart'}"


def evaluate(case: Case, people: Sequence[Person], folder: Path) -> list[Judged]:
    """Return every answer with its truth: take the people in as the case says, and look their memories up."""
    rows: list[Judged] = []
    for lake, truths in make_lakes(people, folder / case.name, case.variant, is_merged=case.is_merged):
        memlake.lookup_sources(lake)
        rows += judged(lake, truths)
    return rows


def all_figures(results: dict[str, list[Judged]]) -> Figures:
    """Return the measures of every case, and of every language over all the cases."""
    rows = [row for judged_rows in results.values() for row in judged_rows]
    languages = sorted({row.truth.language for row in rows})
    return {case: figures(measure(found)) for case, found in results.items()} | {
        f"language {language}": figures(measure([row for row in rows if row.truth.language == language]))
        for language in languages
    }


def comparable(measured: Figures, variants: Iterable[str]) -> Figures:
    """Return the figures that the baseline has too: those over all variants only where all were measured."""
    is_whole = set(variants) == set(VARIANTS)
    return {group: values for group, values in measured.items() if is_whole or not group.startswith("language ")}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, compare; return the exit code."""
    options = _options(arguments)
    people = load_people(options.people) if options.people else _people(options.section)
    cases = [Case(variant=variant, is_merged=merged) for merged in (False, True) for variant in options.variants]
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="memlake-eval-") as folder:
        results = {case.name: _narrated(case, people, Path(folder)) for case in cases}
    _say(f"{time.process_time() - began:.0f} s of CPU")
    measured = all_figures(results)
    sys.stdout.write(json.dumps(measured, indent=1) + "\n" if options.json else tables(results))
    if options.people:
        return 0
    if options.update_baseline:
        write_baseline(options.section, measured, options.baseline)
        return 0
    return compare(options.section, comparable(measured, options.variants), options.baseline)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure source lookup on the labelled people.")
    whom = parser.add_mutually_exclusive_group()
    whom.add_argument("--people", nargs="+", choices=person_keys(), help="only these; nothing is compared")
    whom.add_argument(
        "--held-out",
        dest="section",
        action="store_const",
        const="held-out",
        default="development",
        help="the people that nothing was fitted on, instead of the others",
    )
    parser.add_argument("--variants", nargs="+", choices=list(VARIANTS), default=list(VARIANTS), help="only these")
    parser.add_argument("--json", action="store_true", help="figures instead of tables")
    parser.add_argument("--baseline", type=Path, default=FILE, help="the figures to compare with")
    parser.add_argument("--update-baseline", action="store_true", help="write the figures there instead")
    options = parser.parse_args(arguments)
    if options.update_baseline and (options.people or set(options.variants) != set(VARIANTS)):
        parser.error("--update-baseline needs all people and all variants")
    return options


def _people(section: str) -> tuple[Person, ...]:
    return held_out_people() if section == "held-out" else development_people()


def _narrated(case: Case, people: Sequence[Person], folder: Path) -> list[Judged]:
    _say(f"{case.name}: {VARIANTS[case.variant]}")
    return evaluate(case, people, folder)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
