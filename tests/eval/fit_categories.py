"""Fit the weights of the rules by which memories are sorted, and write them to memlake/packs/categories.toml.

    python tests/eval/fit_categories.py --check
    python tests/eval/fit_categories.py

Rules and their words are written by hand, and so is what each is expected to weigh for the category it stands under.
The fit moves the weights as far from that as the labelled memories say, less for a rule of several cues, and leaves out
what is next to nothing. `--check` writes nothing: it fits on all sets of memories but one, and measures on that one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

import numpy as np
import orjson
from eval.packs_scoring import FOLDER
from scipy.optimize import minimize

from memlake.packs import categories
from memlake.packs.categories import CATEGORIES, cues_by_sentence
from memlake.packs.lexicon import packaged_toml

RULES = Path(categories.__file__).with_name("categories.toml")
TRUST_IN_EXPECTED, TRUST_OF_SEVERAL = 6.0, 12.0
_LEAST = 0.1
_NAMES = list(CATEGORIES)

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Labelled = Mapping[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, and print how well the weights sort what they were not fitted on."""
    parser = argparse.ArgumentParser(description="Fit the weights of the rules that sort memories.")
    parser.add_argument("--check", action="store_true", help="leave the rules as they are")
    options = parser.parse_args(arguments)
    sets = {file.name: orjson.loads(file.read_bytes()) for file in sorted(FOLDER.glob("tuning*-categories.json"))}
    known = {name: (applied(memories), labels(memories)) for name, memories in sets.items()}
    for name, (held, right) in known.items():
        others = [one for other, one in known.items() if other != name]
        if others:
            weights = fit(np.vstack([rules for rules, _ in others]), np.concatenate([right for _, right in others]))
            sys.stdout.write(f"{name}: {accuracy(held, right, weights):.3f} by the others\n")
    if not options.check:
        rules, right = (np.concatenate(parts) for parts in zip(*known.values(), strict=True))
        weights = fit(rules, right)
        RULES.write_text(with_weights(RULES.read_text(encoding="utf-8"), weights), encoding="utf-8", newline="\n")
        sys.stdout.write(f"all: {accuracy(rules, right, weights):.3f} by themselves\n")
    return 0


def rule_cues() -> list[tuple[str, ...]]:
    """Return the cues of each rule, in the order of the file."""
    return [tuple(cues.split()) for rules in packaged_toml("categories.toml")["rules"].values() for cues in rules]


def applied(memories: Sequence[Labelled]) -> Array:
    """Return which rules apply to which memories, a row for each memory."""
    rules = rule_cues()
    found = [[set(hits) for hits in cues_by_sentence(memory["text"])] for memory in memories]
    return np.array([[any(hits.issuperset(cues) for hits in hits_of) for cues in rules] for hits_of in found], float)


def labels(memories: Sequence[Labelled]) -> Array:
    """Return the categories as columns, one of which is 1 for each memory."""
    return np.array([[float(memory["category"] == name) for name in _NAMES] for memory in memories])


def fit(rules: Array, right: Array) -> Array:
    """Return the weights of the rules for the categories under which the labels are as probable as can be."""
    expected = np.array([[float(name == home) * weight for name in _NAMES] for home, weight in _expectations()])
    trust = np.array([[TRUST_IN_EXPECTED if len(cues) == 1 else TRUST_OF_SEVERAL] for cues in rule_cues()])

    def loss(flat: Array) -> tuple[float, Array]:
        weights = flat.reshape(expected.shape)
        sums = rules @ weights
        sums -= sums.max(axis=1, keepdims=True)
        probable = np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True)
        moved = weights - expected
        wrong = -np.log((probable * right).sum(axis=1) + np.finfo(float).tiny).sum()
        slope = rules.T @ (probable - right) + trust * moved
        return float(wrong + (trust * moved**2).sum() / 2), slope.ravel()

    fitted: Array = minimize(loss, expected.ravel(), jac=True, method="L-BFGS-B").x.reshape(expected.shape)
    return np.where(np.abs(fitted) < _LEAST, 0.0, np.round(fitted, 1))


def accuracy(rules: Array, right: Array, weights: Array) -> float:
    """Return the share of memories that weights sort right."""
    sums = rules @ weights
    found = np.where(sums.max(axis=1) > 0, sums.argmax(axis=1), _NAMES.index("other"))
    return float((right.argmax(axis=1) == found).mean())


def with_weights(toml: str, weights: Array) -> str:
    """Return the text of the rules with other weights."""
    rows = iter(weights)

    def replaced(line: re.Match[str]) -> str:
        named = zip(_NAMES, next(rows), strict=True)
        return line[1] + "".join(f", {name} = {weight:g}" for name, weight in named if weight) + " }"

    begin = toml.index("[rules.")
    return toml[:begin] + re.sub(r"(?m)^(.* = \{ says = .*?, expected = [-\d.]+).* \}$", replaced, toml[begin:])


def _expectations() -> list[tuple[str, float]]:
    table = packaged_toml("categories.toml")["rules"]
    return [(home, float(rule["expected"])) for home, rules in table.items() for rule in rules.values()]


if __name__ == "__main__":
    sys.exit(main())
