"""The measures of source lookup, on answers made by hand."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from eval.exports import Truth
from eval.people import SaidBy
from eval.scoring import (
    Answer,
    Candidate,
    Judged,
    auroc,
    calibration_error,
    coverage,
    figures,
    measure,
    measures_by,
)
from eval.tables import tables

_SAID_AT = datetime(2025, 1, 1, 12, tzinfo=UTC)


def truth(conversation: str | None = "c1", *messages: str, said_by: SaidBy = "user", language: str = "en") -> Truth:
    """Return a memory that some messages of a conversation say; `None` for the conversation: nobody said it."""
    return Truth(
        memory_id="m",
        person="kim",
        language=language,
        text="Keeps bees.",
        kind="near" if conversation else "unsaid",
        said_by=said_by if conversation else "nobody",
        conversation_id=conversation,
        message_ids=frozenset(messages or ("t1",)) if conversation else frozenset(),
        said_at=_SAID_AT if conversation else None,
    )


def row(
    about: Truth,
    *candidates: str,
    answer: str | None = None,
    confidence: float | None = 0.5,
    said_by: str | None = None,
) -> Judged:
    """Return an answer; candidates are `conversation/message`, with `!` behind a later answer of the assistant."""
    found = []
    for candidate in candidates:
        conversation, message = candidate.rstrip("!").split("/")
        later = candidate.endswith("!")
        found.append(Candidate(conversation_id=conversation, message_id=message, is_later_answer=later))
    given = Answer(candidates=tuple(found), conversation_id=answer, confidence=confidence, said_by=said_by)
    return Judged(truth=about, answer=given)


def sure(confidence: float, *, right: bool) -> Judged:
    """Return an answer that is right or not."""
    named = "c1" if right else "c2"
    return row(truth(), f"{named}/t1", answer=named, confidence=confidence)


def test_nothing_to_measure_gives_no_figures() -> None:
    """Shares of nothing are unknown, never 0 or 1."""
    assert figures(measure([])) == {"memory_count": 0.0, "source_count": 0.0}


def test_right_answers_measure_one() -> None:
    """A lookup that knows everything, and that nobody said one of two."""
    found = measure(
        [
            row(truth("c1", "t1", "t3"), "c1/t3", "c2/t1", answer="c1", confidence=1.0, said_by="user"),
            row(truth(None), "c2/t1", confidence=0.0, said_by="nobody"),
        ]
    )

    assert figures(found) == {
        "memory_count": 2,
        "source_count": 1,
        "recall_at_1": 1,
        "recall_at_5": 1,
        "mean_reciprocal_rank": 1,
        "message_recall_at_1": 1,
        "answered": 0.5,
        "precision": 1,
        "coverage_at_95": 0.5,
        "auroc": 1,
        "calibration_error": 0,
        "said_by_accuracy": 1,
        "echoes": 0,
    }


def test_lake_before_a_lookup_measures_nought() -> None:
    """Nothing is found, nothing is answered, and nobody is not yet known to have said it."""
    found = measure([row(truth(), confidence=None), row(truth(None), confidence=None)])

    assert (found.recall_at_1, found.answered, found.precision, found.said_by_accuracy) == (0, 0, None, 0)
    assert (found.coverage_at_95, found.auroc, found.calibration_error) == (0, 0.5, None)


def test_rank_counts_each_conversation_once() -> None:
    """Three messages of one wrong conversation are one wrong guess."""
    rows = [
        row(truth(), "c2/t1", "c2/t2", "c2/t3", "c1/t9"),
        row(truth(), "c1/t9"),
        row(truth(), "c2/t1", "c3/t1", "c4/t1", "c5/t1", "c6/t1", "c1/t1"),
        row(truth()),
    ]

    found = measure(rows)

    assert [judged.rank for judged in rows] == [2, 1, 6, None]
    assert (found.recall_at_1, found.recall_at_5) == (0.25, 0.5)
    assert found.mean_reciprocal_rank == pytest.approx((1 / 2 + 1 + 1 / 6) / 4)


def test_message_must_be_one_that_says_it() -> None:
    """The right conversation with another message, or the same message id elsewhere, is not the message."""
    rows = [
        row(truth("c1", "t1", "t3"), "c1/t1"),
        row(truth("c1", "t1", "t3"), "c1/t2", "c1/t1"),
        row(truth("c1", "t1"), "c2/t1"),
        row(truth(None), "c2/t1"),
    ]

    assert measure(rows).message_recall_at_1 == pytest.approx(1 / 3)


def test_answer_for_what_was_never_said_is_wrong() -> None:
    """Precision counts every named source, recall only memories that have one."""
    rows = [
        row(truth(), "c1/t1", answer="c1"),
        row(truth(None), "c1/t1", answer="c1"),
        row(truth(), "c1/t1"),
        row(truth(None)),
    ]

    found = measure(rows)

    assert (found.answered, found.precision, found.recall_at_1) == (0.5, 0.5, 1)


def test_coverage_takes_answers_in_order_of_confidence() -> None:
    """Nineteen right ones allow for one wrong one, wherever in the order it stands before the end."""
    rows = [sure(0.99, right=False)] + [sure(0.9 - number / 100, right=True) for number in range(19)]

    assert coverage(rows, 0.95) == 1
    assert coverage([*rows, sure(0.1, right=False)], 0.95) == pytest.approx(20 / 21)
    assert coverage(rows[:19], 0.95) == 0


def test_coverage_takes_equally_sure_answers_together() -> None:
    """No threshold parts a tie, whatever the order of the rows."""
    tie = [sure(0.8, right=True), sure(0.8, right=False)]
    best = sure(0.9, right=True)

    assert coverage([*tie, best], 0.95) == coverage([best, *reversed(tie)], 0.95) == pytest.approx(1 / 3)


def test_coverage_counts_what_would_be_answered_at_a_lower_threshold() -> None:
    """A best candidate that was not sure enough to be named is a possible answer; no candidate is none."""
    withheld = row(truth(), "c1/t1", confidence=0.4)

    assert coverage([withheld, row(truth(None), confidence=0.9)], 0.95) == 0.5
    assert coverage([], 0.95) is None


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.9, 0.8], 0.0),
        ([0.5, 0.5], [0.5], 0.5),
        ([0.9, 0.3], [0.5, 0.3], 0.625),
        ([], [0.5], None),
        ([0.5], [], None),
    ],
)
def test_auroc_counts_pairs(positives: list[float], negatives: list[float], expected: float | None) -> None:
    """It is the share of pairs in the right order, a tie being half of one."""
    assert auroc(positives, negatives) == expected


def test_calibration_error_is_zero_where_confidence_is_the_share_of_right_answers() -> None:
    """Four of five right at 80 %."""
    rows = [sure(0.8, right=number > 0) for number in range(5)]

    assert calibration_error(rows) == pytest.approx(0)


def test_calibration_error_does_not_cancel_out_between_bins() -> None:
    """Too sure here and too modest there are two errors; within a bin only the sum counts."""
    too_sure, too_modest = sure(0.95, right=False), sure(0.15, right=True)

    assert calibration_error([too_sure, too_modest]) == pytest.approx((0.95 + 0.85) / 2)
    assert calibration_error([sure(0.52, right=True), sure(0.58, right=False)]) == pytest.approx(0.05)


def test_certainty_is_in_the_last_bin() -> None:
    """A confidence of 1 shares a bin with 0.95."""
    assert calibration_error([sure(1.0, right=True), sure(0.9, right=False)]) == pytest.approx(0.45)
    assert calibration_error([]) is None


def test_calibration_looks_at_answers_only() -> None:
    """What is not named makes no promise."""
    rows = [sure(1.0, right=True), row(truth(), "c2/t1", confidence=0.9)]

    assert measure(rows).calibration_error == 0


def test_said_by_is_compared_for_every_memory() -> None:
    """After a lookup, no source means nobody; before it, it means nothing."""
    rows = [
        row(truth(said_by="document"), "c1/t1", answer="c1", said_by="document"),
        row(truth(said_by="user"), "c1/t1", answer="c1", said_by="document"),
        row(truth(None)),
        row(truth(None), confidence=None),
    ]

    assert measure(rows).said_by_accuracy == 0.5


def test_echo_is_a_later_answer_elsewhere_that_comes_first() -> None:
    """Not what the source conversation says again, not a second candidate, and not a user's message."""
    rows = [
        row(truth(), "c2/t2!", "c1/t1"),
        row(truth(), "c1/t2!"),
        row(truth(), "c1/t1", "c2/t2!"),
        row(truth(), "c2/t1"),
    ]

    assert measure(rows).echoes == 0.25


def test_groups_are_measured_apart() -> None:
    """One table row a language."""
    rows = [row(truth(language="en"), "c1/t1"), row(truth(language="ko")), row(truth(language="en"))]

    found = measures_by(rows, lambda judged: judged.truth.language)

    assert {language: (one.memory_count, one.recall_at_1) for language, one in found.items()} == {
        "en": (2, 0.5),
        "ko": (1, 0),
    }


def test_figures_are_finite() -> None:
    """They are written as JSON, which knows no NaN."""
    rows = [sure(0.5, right=True), row(truth(None), answer="c1", confidence=0.5)]

    assert all(math.isfinite(value) for value in figures(measure(rows)).values())


def test_tables_have_a_row_for_every_kind_and_case() -> None:
    """One table for each case, one for each language; what is unknown is an empty cell."""
    printed = tables({"dated, apart": [row(truth(), "c1/t1"), row(truth(None))], "late, apart": [row(truth())]})

    titles = [line for line in printed.splitlines() if line.startswith("###")]
    first_cells = [line.split(" | ")[0].strip("| ") for line in printed.splitlines() if line.startswith("| ")]
    assert titles == ["### dated, apart", "### late, apart", "### language en"]
    assert [cell for cell in first_cells if cell.strip("-")] == [
        *("all", "near", "unsaid"),
        *("all", "near"),
        *("dated, apart", "late, apart"),
    ]
    assert "| unsaid | 1 | 0 |  |" in printed
