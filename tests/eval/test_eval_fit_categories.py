"""The fit of the rules that sort memories: it moves weights to where the labels are, and writes nothing else."""

from __future__ import annotations

import numpy as np
from eval.fit_categories import RULES, accuracy, applied, fit, labels, rule_cues, with_weights

from memlake.packs.categories import CATEGORIES
from memlake.packs.lexicon import packaged_toml

MEMORIES = [
    {"text": "Uses Vim.", "category": "other"},
    {"text": "Uses Emacs.", "category": "other"},
    {"text": "Likes tea.", "category": "personal"},
] * 40


def test_weights_follow_the_labels() -> None:
    """What many memories say is stronger than what was expected."""
    rules, right = applied(MEMORIES), labels(MEMORIES)
    weights = fit(rules, right)

    assert rules.shape == (len(MEMORIES), len(rule_cues()))
    assert accuracy(rules, right, weights) == 1.0


def test_only_the_weights_are_written() -> None:
    """With those that the file has it stays as it is."""
    by_cues = [rule for rules in packaged_toml("categories.toml")["rules"].values() for rule in rules.values()]
    weights = np.array([[rule.get(name, 0.0) for name in CATEGORIES] for rule in by_cues])
    text = RULES.read_text(encoding="utf-8")

    assert with_weights(text, weights) == text
    assert "{ says = " not in with_weights(text, weights)[: text.index("[rules.")]
