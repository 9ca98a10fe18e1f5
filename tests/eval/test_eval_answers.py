"""What a lake says of its memories is read as the lake says it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from eval.answers import judged
from eval.exports import Truth, conversation_id, message_id
from eval.fit import training_lakes
from eval.lakes import MERGED_NOISE_COUNT, make_lakes
from eval.people import Person, held_out_people, load_people
from eval.scoring import Judged, measure
from support.lakes import ask, change


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    """Return somebody who may be fitted on."""
    return load_people(["vera"])


@pytest.fixture
def lake(people: tuple[Person, ...], tmp_path: Path) -> tuple[Path, tuple[Truth, ...]]:
    """Return a lake in which nothing was looked up."""
    ((lake, truths),) = make_lakes(people, tmp_path, "gone", is_merged=False)
    return lake, truths


def test_lake_before_a_lookup_answers_nothing(lake: tuple[Path, tuple[Truth, ...]]) -> None:
    """Every memory is there, and no measure speaks for it."""
    found = judged(*lake)

    assert [row.truth for row in found] == list(lake[1])
    assert (measure(found).answered, measure(found).recall_at_1) == (0, 0)


def test_lookup_that_knows_everything_measures_one(lake: tuple[Path, tuple[Truth, ...]]) -> None:
    """Ids in the lake are those of the truth, and each column is read as what it is."""
    path, truths = lake
    _look_up(path, truths)

    found = measure(judged(path, truths))

    shares = (found.recall_at_1, found.message_recall_at_1, found.precision, found.auroc, found.said_by_accuracy)
    assert shares == (1, 1, 1, 1, 1)
    assert (found.calibration_error, found.echoes) == (0, 0)
    assert found.answered == found.source_count / found.memory_count == found.coverage_at_95


def test_later_answer_that_comes_first_is_an_echo(
    people: tuple[Person, ...], lake: tuple[Path, tuple[Truth, ...]]
) -> None:
    """The lake knows who says a message and when; what the person says again is none."""
    path, truths = lake
    early = min((truth for truth in truths if truth.said_at), key=lambda truth: truth.said_at or 0)
    last = max(people[0].talks, key=lambda talk: talk.started_at)
    place = conversation_id("vera", last.key)
    echo = next(number for number, turn in enumerate(last.turns) if turn.by == "assistant")
    repeated = next(number for number, turn in enumerate(last.turns) if turn.by == "user")
    _look_up(path, truths)

    def first(turn: int) -> Judged:
        spoken = message_id("vera", last.key, turn)
        change(
            path,
            f"update raw.lookup_candidates set conversation_id = '{place}', message_id = '{spoken}' "
            f"where memory_id = '{early.memory_id}'",
        )
        return next(row for row in judged(path, truths) if row.truth == early)

    assert measure([first(echo)]).echoes == 1
    assert measure([first(repeated)]).echoes == 0


def test_training_lakes_hold_every_memory_apart_and_merged(people: tuple[Person, ...], tmp_path: Path) -> None:
    """A merged one is bigger by the noise."""
    (apart, truths), (merged, merged_truths) = training_lakes(tmp_path, people=people, variants=("dated",))

    sizes = [ask(path, "select count(*) from conversations")[0][0] for path in (apart, merged)]
    assert sizes[1] - sizes[0] == MERGED_NOISE_COUNT
    assert truths == merged_truths
    assert ask(apart, "select count(*) from memories") == [(len(truths),)]


def test_nobody_who_is_held_out_is_fitted_on(tmp_path: Path) -> None:
    """What the weights have seen cannot judge them."""
    with pytest.raises(ValueError, match="held-out"):
        training_lakes(tmp_path, people=held_out_people())


def _look_up(lake: Path, truths: Sequence[Truth]) -> None:
    """Store the truth as what a lookup found, with nothing but certainty."""
    (account,) = ask(lake, "select account_key from accounts")[0]
    keys = "insert into raw.{} (account_key, memory_id, method_version, conversation_id, message_id, {}) values "
    for truth in truths:
        about = f"('{account}', '{truth.memory_id}', 'truth', "
        if truth.conversation_id is None:
            nowhere = f"{about}null, null, '', '', '', '[]', 'none', 0, null)"
            change(
                lake,
                keys.format("lookups", "content, basis_key, why, explanation, level, confidence, said_by") + nowhere,
            )
            continue
        source = f"{about}'{truth.conversation_id}', '{min(truth.message_ids)}', "
        found = f"{source}'', '', '', '[]', 'paraphrase', 1, '{truth.said_by}')"
        change(
            lake,
            keys.format("lookups", "content, basis_key, why, explanation, level, confidence, said_by") + found,
            keys.format("lookup_candidates", "rank, score") + f"{source}1, 1)",
        )
