"""Fit the weights of source lookup on the development people, and write them to memlake/lookup/weights.json.

python tests/eval/fit.py

The weights make the sources that the people's files name as probable as possible, of messages and of conversations,
and "none" where the source was taken out. They stay near what lexical matching is known to need (`EXPECTED`) unless
the labels say otherwise, since a few hundred memories cannot tell fourteen kinds of evidence apart.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.extend([str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parents[1] / "bench")])

import numpy as np
import orjson
from eval.exports import Truth, Variant
from eval.lakes import make_lakes
from eval.people import Person, development_people
from scipy.optimize import minimize

from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.lookup import model
from memlake.lookup.archive import asked_memories, calendars
from memlake.lookup.evidence import FEATURES
from memlake.lookup.finding import compare
from memlake.lookup.model import NONE_FEATURES, evidence_values, none_values

VARIANTS: tuple[Variant, ...] = ("undated", "gone")
EXPECTED = {
    "words": 0.6,
    "window": 1.2,
    "chat": 0.8,
    "length": -0.5,
    "letters": 0.6,
    "order": 0.2,
    "names": 0.3,
    "first_person": 0.3,
    "asks": -0.3,
    "echo": -0.1,
}
"""Weights to start from, in points per spread of a feature."""

TRUST_IN_EXPECTED, TRUST_IN_NONE = 150.0, 1.0
CROWDING = 1.0
_USER_ODDS = math.log(0.85 / 0.15)
_DIGITS = 4

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Example:
    """A memory with its candidates: their features, points that are given, and which of them are right."""

    evidence: Array  # candidates x FEATURES
    given: Array  # points by speaker, which habits add later
    none: Array  # NONE_FEATURES
    right_messages: Array  # 1 or 0 per candidate
    right_conversations: Array


def training_lakes(
    folder: Path, *, people: Sequence[Person] | None = None, variants: Sequence[Variant] = VARIANTS
) -> list[tuple[Path, tuple[Truth, ...]]]:
    """Return new lakes below `folder`, each with the truth about its memories; nothing is looked up yet.

    In every variant each person has a lake alone, and all are one account in a bigger archive. Default: the
    development people; a held-out one raises `ValueError`.
    """
    chosen = development_people() if people is None else people
    if any(person.is_held_out for person in chosen):
        raise ValueError("held-out people are never fitted on")
    return [
        labelled
        for variant in variants
        for is_merged in (False, True)
        for labelled in make_lakes(
            chosen, folder / variant / ("merged" if is_merged else "apart"), variant, is_merged=is_merged
        )
    ]


def examples(lake: Path, truths: Sequence[Truth]) -> Iterator[Example]:
    """Yield the memories of a lake that have candidates, with what is right."""
    truth_of = {truth.memory_id: truth for truth in truths}
    with open_caught_up(Layout(lake)) as index, open_lake(Layout(lake)) as database:
        times = calendars(database, index)
        for account_key, memories in asked_memories(database).items():
            calendar = times[account_key]
            for one in compare(database, index, memories, calendar=calendar, report=lambda _: None):
                truth = truth_of.get(one.memory.memory_id or "")
                if truth is None or not one.evidence:
                    continue
                passages = [evidence.passage for evidence in one.evidence]
                none = none_values(one.question, message_count=index.message_count)
                yield Example(
                    evidence=np.array([evidence_values(evidence) for evidence in one.evidence]),
                    given=np.array([_USER_ODDS / 2 if passage.is_by_user else -_USER_ODDS / 2 for passage in passages]),
                    none=np.array([none[name] for name in NONE_FEATURES]),
                    right_messages=np.array([float(passage.message_id in truth.message_ids) for passage in passages]),
                    right_conversations=np.array(
                        [float(passage.conversation_id == truth.conversation_id) for passage in passages]
                    ),
                )


def fit(found: Sequence[Example]) -> dict[str, object]:
    """Return the content of the weights file: mean, spread and weight of each feature, and the price of crowding."""
    means, spreads = _scale(np.concatenate([example.evidence for example in found]))
    none_means, none_spreads = _scale(np.array([example.none for example in found]))
    none_means[0], none_spreads[0] = 0.0, 1.0  # the constant
    scaled = [
        Example(
            evidence=(example.evidence - means) / spreads,
            given=example.given,
            none=(example.none - none_means) / none_spreads,
            right_messages=example.right_messages,
            right_conversations=example.right_conversations,
        )
        for example in found
    ]
    expected = np.array([*(EXPECTED.get(name, 0.0) for name in FEATURES), *(0.0 for _ in NONE_FEATURES)])
    trust = np.array([*(TRUST_IN_EXPECTED for _ in FEATURES), *(TRUST_IN_NONE for _ in NONE_FEATURES)])
    best = minimize(_loss, expected, args=(scaled, expected, trust), jac=True, method="L-BFGS-B").x
    return {
        "evidence": _rows(FEATURES, means, spreads, best[: len(FEATURES)]),
        "none": _rows(NONE_FEATURES, none_means, none_spreads, best[len(FEATURES) :]),
        "crowding": CROWDING,
    }


def _loss(weights: Array, found: Sequence[Example], expected: Array, trust: Array) -> tuple[float, Array]:
    """Return the negative log likelihood with its prior, and the gradient."""
    difference = weights - expected
    loss = float((trust * difference**2).sum() / 2)
    gradient = trust * difference
    count = len(FEATURES)
    for example in found:
        points = np.append(example.evidence @ weights[:count] + example.given, example.none @ weights[count:])
        shares = np.exp(points - points.max())
        shares /= shares.sum()
        usual = np.concatenate([shares[:-1] @ example.evidence, shares[-1] * example.none])
        for right in _targets(example):
            mass = float((shares * right).sum())
            within = shares * right / mass
            loss -= math.log(mass)
            seen = np.concatenate([within[:-1] @ example.evidence, within[-1] * example.none])
            gradient -= seen - usual
    return loss, gradient


def _targets(example: Example) -> Iterator[Array]:
    if not example.right_conversations.any():
        yield np.append(np.zeros(len(example.given)), 1.0)
        return
    for right in (example.right_messages, example.right_conversations):
        if right.any():
            yield np.append(right, 0.0)


def _scale(values: Array) -> tuple[Array, Array]:
    return values.mean(axis=0), values.std(axis=0) + 1e-6


def _rows(names: Sequence[str], *columns: Array) -> dict[str, list[float]]:
    return {
        name: [round(float(value), _DIGITS) for value in values]
        for name, values in zip(names, zip(*columns, strict=True), strict=True)
    }


def main() -> None:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description="Fit the weights of source lookup on the development people.")
    parser.add_argument("--out", type=Path, default=Path(model.__file__).with_name("weights.json"))
    out: Path = parser.parse_args().out
    with tempfile.TemporaryDirectory(prefix="memlake-fit-") as folder:
        found = [example for lake, truths in training_lakes(Path(folder)) for example in examples(lake, truths)]
    out.write_bytes(orjson.dumps(fit(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.write(f"{len(found)} memories; the weights are in {out}\n")


if __name__ == "__main__":
    main()
