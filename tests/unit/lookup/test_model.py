"""The model: points by kind of evidence, and shares of alternatives."""

from __future__ import annotations

import math

import orjson
import pytest
from support.findings import evidence, passage, question

from memlake.lookup.evidence import FEATURES
from memlake.lookup.model import (
    COLUMNS,
    NONE_FEATURES,
    Scale,
    built_in_model,
    evidence_values,
    method_version,
    none_values,
    probabilities,
    read_model,
)


def test_probabilities_add_up() -> None:
    """In the order of the points, however many points there are."""
    shares = probabilities([3.0, 1.0, -2.0])
    assert sum(shares) == pytest.approx(1.0)
    assert shares == sorted(shares, reverse=True)
    assert probabilities([0.0]) == [1.0]
    assert probabilities([5_000.0, -5_000.0]) == [1.0, 0.0]
    assert probabilities([7.0, 7.0]) == [0.5, 0.5]


def test_a_scale_gives_points_for_what_is_more_than_usual() -> None:
    """And takes them for less."""
    scale = Scale(mean=2.0, spread=0.5, weight=3.0)
    assert (scale.points(2.0), scale.points(2.5), scale.points(1.5)) == (0.0, 3.0, -3.0)


def test_every_feature_is_shown_as_one_kind_of_evidence() -> None:
    """And each has a weight."""
    shown = [name for names in COLUMNS.values() for name in names]
    assert sorted(shown) == sorted(FEATURES)
    assert built_in_model().evidence.keys() == set(FEATURES)
    assert built_in_model().none.keys() == set(NONE_FEATURES)


@pytest.mark.parametrize(
    ("more", "column"), [("words", "words"), ("window", "window"), ("chat", "window"), ("letters", "spelling")]
)
def test_more_likeness_is_more_points(more: str, column: str) -> None:
    """By the built-in weights."""
    message = passage("theremin")
    model = built_in_model()
    assert model.points(evidence(message, **{more: 1.0}))[column] > model.points(evidence(message))[column]


def test_long_messages_say_less_with_the_same_words() -> None:
    """Who says much says everything."""
    model, message = built_in_model(), passage("theremin")
    assert sum(model.points(evidence(message, length=7.0)).values()) < sum(
        model.points(evidence(message, length=2.0)).values()
    )


def test_values_stand_in_the_order_of_the_features() -> None:
    """For who fits the weights."""
    one = evidence(passage("theremin"), **{name: float(place) for place, name in enumerate(FEATURES)})
    assert evidence_values(one) == [float(place) for place in range(len(FEATURES))]


def test_nothing_is_likelier_in_a_larger_archive() -> None:
    """More messages are alike by accident."""
    asked = question("theremin")
    model = built_in_model()
    assert model.none_points(asked, message_count=100_000) > model.none_points(asked, message_count=10)
    assert none_values(asked, message_count=0)["messages"] == 0.0
    assert none_values(asked, message_count=9)["rarity"] == pytest.approx(math.log(6))


def test_weights_are_read_from_a_file() -> None:
    """As they stand there."""
    data = {"evidence": {"words": [1, 2, 3]}, "none": {"constant": [0, 1, 4]}, "crowding": 0.5}
    model = read_model(orjson.dumps(data))
    assert model.evidence["words"] == Scale(1, 2, 3)
    assert model.none["constant"] == Scale(0, 1, 4)
    assert model.crowding == 0.5


def test_the_version_is_that_of_the_weights() -> None:
    """The same as long as they are."""
    assert method_version() == method_version()
    assert len(method_version()) == 12
