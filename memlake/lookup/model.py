"""The model that turns evidence into points: a weighted sum, so that every answer can be explained.

A conditional logit with an outside option: each candidate message and "none of them" has a number of points, and
probabilities are their shares after exponentiation. The weights are in `weights.json`, fitted by `tests/eval/fit.py`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import orjson

from memlake.hashing import short_hash
from memlake.lookup.evidence import FEATURES, Evidence
from memlake.lookup.question import Question

NONE_FEATURES = ("constant", "messages", "rarity", "word_count")
"""What speaks for no source at all: the size of the archive, and how much a memory offers to be found by."""

COLUMNS = {
    "words": ("words", "sentence", "length"),
    "window": ("window", "before", "chat"),
    "spelling": ("spelling", "letters"),
    "phrase": ("alignment", "order"),
    "speaker": ("names", "first_person", "asks"),
    "echo": ("echo",),
}
"""The features that are shown as one kind of evidence."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A feature's usual value and spread, and what one spread more is worth in points."""

    mean: float
    spread: float
    weight: float

    def points(self, value: float) -> float:
        """Return what a value is worth compared with the usual one."""
        return self.weight * (value - self.mean) / self.spread


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of the evidence and of the outside option; `crowding` is what each other memory of a message costs."""

    evidence: Mapping[str, Scale]
    none: Mapping[str, Scale]
    crowding: float

    def points(self, evidence: Evidence) -> dict[str, float]:
        """Return the points of a message by kind of evidence."""
        return {
            column: sum(self.evidence[name].points(getattr(evidence, name)) for name in names)
            for column, names in COLUMNS.items()
        }

    def none_points(self, question: Question, *, message_count: int) -> float:
        """Return the points of "no message is the source"."""
        values = none_values(question, message_count=message_count)
        return sum(self.none[name].points(value) for name, value in values.items())


def none_values(question: Question, *, message_count: int) -> dict[str, float]:
    """Return the values of `NONE_FEATURES` for one memory in one archive."""
    return {
        "constant": 1.0,
        "messages": math.log(message_count + 1),
        "rarity": math.log(question.rarity + 1),
        "word_count": math.log(len(question.words) + 1),
    }


def evidence_values(evidence: Evidence) -> list[float]:
    """Return the values of `FEATURES` for one message."""
    return [float(getattr(evidence, name)) for name in FEATURES]


def probabilities(points: Sequence[float]) -> list[float]:
    """Return the shares of alternatives after exponentiation; they add up to 1."""
    highest = max(points)
    powers = [math.exp(point - highest) for point in points]
    total = sum(powers)
    return [power / total for power in powers]


@cache
def built_in_model() -> Model:
    """Return the model that ships with memlake."""
    return read_model(_weights())


def read_model(text: bytes) -> Model:
    """Return the model of a weights file."""
    data = orjson.loads(text)
    scales = {part: {name: Scale(*values) for name, values in data[part].items()} for part in ("evidence", "none")}
    return Model(evidence=scales["evidence"], none=scales["none"], crowding=data["crowding"])


def method_version() -> str:
    """Return what changes whenever the weights do."""
    return short_hash(_weights().decode(), 12)


def _weights() -> bytes:
    return resources.files("memlake.lookup").joinpath("weights.json").read_bytes()
