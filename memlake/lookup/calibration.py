"""Makes probabilities honest on one archive: the recorded links are hidden, looked up, and compared with the truth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_RECORDED = 12
"""With fewer recorded links the built-in probabilities are better than a correction."""

_SLOPE_SPREAD, _OFFSET_SPREAD = 0.3, 0.7
_ROUNDS = 25
_EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Calibration:
    """A correction of log odds: `slope` below 1 makes all answers less sure. `count` recorded links gave it."""

    slope: float = 1.0
    offset: float = 0.0
    count: int = 0

    def corrected(self, probability: float) -> float:
        """Return the probability that such an answer is right in this archive."""
        if not self.count:
            return probability
        return _logistic(self.slope * _log_odds(probability) + self.offset)


def calibrate(answers: Sequence[tuple[float, bool]]) -> Calibration:
    """Fit the correction to (probability, was right) of hidden recorded links; Platt scaling with a prior of none."""
    if len(answers) < FEWEST_RECORDED:
        return Calibration()
    slope, offset = 1.0, 0.0
    rows = [(_log_odds(probability), float(is_right)) for probability, is_right in answers]
    for _ in range(_ROUNDS):
        slope_pull = (1.0 - slope) / _SLOPE_SPREAD**2
        offset_pull = -offset / _OFFSET_SPREAD**2
        both, slopes, offsets = 0.0, 1 / _SLOPE_SPREAD**2, 1 / _OFFSET_SPREAD**2
        for odds, is_right in rows:
            expected = _logistic(slope * odds + offset)
            slope_pull += (is_right - expected) * odds
            offset_pull += is_right - expected
            weight = expected * (1 - expected)
            slopes += weight * odds * odds
            both += weight * odds
            offsets += weight
        determinant = slopes * offsets - both * both
        slope += (offsets * slope_pull - both * offset_pull) / determinant
        offset += (slopes * offset_pull - both * slope_pull) / determinant
    return Calibration(slope=max(0.05, slope), offset=offset, count=len(answers))


def _log_odds(probability: float) -> float:
    inside = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(inside / (1 - inside))


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds >= 0 else math.exp(odds) / (1 + math.exp(odds))
