"""Which statement of one export is which of the next."""

from __future__ import annotations

from memlake.history.prose.alignment import Link, Placed, align

_BEES = "Keeps two hives of bees behind the old mill."
_CELLO = "Plays the cello in a string quartet on Sundays."
_PRESS = "Runs a letterpress workshop in the former dairy."
_ALLERGY = "Is allergic to hazelnuts and carries an inhaler."


def placed(*texts: str, scope: str = "account", section: str | None = "Work") -> list[Placed]:
    """Return statements of one section."""
    return [Placed(text, scope, section) for text in texts]


def test_statement_is_found_wherever_it_stands() -> None:
    """Kept ones in another order, and one that moved to another text; what is new or gone is in no link."""
    before = placed(_BEES, _CELLO, _PRESS, _ALLERGY)
    after = [
        *placed(_PRESS, "Reads maps for fun."),
        *placed(_BEES, scope="file:/notes.md", section=None),
        *placed(_CELLO),
    ]

    assert align(before, after) == [Link(0, 2), Link(1, 3), Link(2, 0)]


def test_reworded_statement_is_found_by_its_rare_words() -> None:
    """Few words stay the same, and others have them too."""
    before = placed(
        "She keeps bees behind the mill.", "She plays cello in a quartet.", "She has a cat behind the stove."
    )
    after = placed(
        "Her cat lives behind the stove.", "A quartet in which she plays the cello.", "Beekeeping at the mill."
    )

    assert align(before, after) == [Link(0, 2), Link(1, 1), Link(2, 0)]


def test_japanese_statement_is_found_by_its_signs() -> None:
    """Without spaces, signs and pairs of them are compared; numbers in any spelling."""
    kept = ("弟は金沢に住む。", "毎月300kmほど走る。", "週に2日は在宅で働く。", "母は施設に入っている。", "朝は早い。")
    before = placed(*kept, "移植は6割ほど完了", "上司は大野課長である。", "そばアレルギーがある。")
    after = placed(*kept, "蕎麦(そば)アレルギー", "大野課長が上司だ。", "およそ60%が移植済み")

    assert align(before, after)[len(kept) :] == [Link(5, 7), Link(6, 6), Link(7, 5)]


def test_merged_statements_are_both_in_the_one_they_became() -> None:
    """The second is found in what the first does not explain."""
    before = placed(_BEES, _CELLO, _PRESS)
    after = placed("Keeps bees behind the old mill and plays the cello in a quartet.", _PRESS)

    assert align(before, after) == [Link(0, 0), Link(1, 0), Link(2, 1)]


def test_split_statement_is_in_all_its_parts() -> None:
    """The second part is what the first leaves unexplained."""
    before = placed("Keeps bees behind the old mill and plays the cello in a quartet.", _PRESS)
    after = placed("Keeps bees behind the old mill.", "Plays the cello in a quartet.", _PRESS)

    assert align(before, after) == [Link(0, 0), Link(0, 1), Link(1, 2)]


def test_new_statement_about_a_known_thing_is_no_part_of_it() -> None:
    """What the kept statement explains by itself is not split off."""
    before = placed(_BEES, _CELLO, _PRESS, _ALLERGY)
    after = placed(_BEES, "Sells honey of the bees.", _CELLO, _PRESS, _ALLERGY)

    assert [link for link in align(before, after) if link.after == 1] == []


def test_statement_between_two_that_stayed_needs_weaker_signs() -> None:
    """Its place speaks for it; elsewhere the same words are too few."""
    before, after = "Works as a nurse at night.", "Night shifts in the hospital."
    neighbours = placed(_BEES, _PRESS), placed(_CELLO, _ALLERGY)

    in_place = align(
        [*neighbours[0], *placed(before), *neighbours[1]], [*neighbours[0], *placed(after), *neighbours[1]]
    )
    elsewhere = align([*placed(before), *neighbours[0]], [*neighbours[0], *placed(after)])

    assert Link(2, 2) in in_place
    assert elsewhere == [Link(1, 0), Link(2, 1)]


def test_unlike_statement_in_the_same_place_is_another() -> None:
    """One was dropped where another is new."""
    assert align(placed(_BEES, _CELLO, _PRESS), placed(_BEES, _ALLERGY, _PRESS)) == [Link(0, 0), Link(2, 2)]


def test_equal_statements_are_matched_where_they_stand() -> None:
    """The same words in two texts are two memories, and each goes on in its own."""
    account, project = placed(_BEES), placed(_BEES, scope="project:mill")

    assert align([*account, *project], [*project, *account]) == [Link(0, 1), Link(1, 0)]
    assert align([*account, *project], project) == [Link(1, 0)]


def test_equal_statements_in_one_place_are_matched_in_order() -> None:
    """Nothing tells them apart."""
    assert align(placed(_BEES, _BEES), placed(_BEES, _BEES)) == [Link(0, 0), Link(1, 1)]


def test_same_words_win_over_the_same_place() -> None:
    """A statement that moved verbatim is not taken for one like it that stands where it stood."""
    before = placed(_CELLO, _PRESS)
    after = [*placed("Plays the cello in a string quartet on Fridays.", _PRESS), *placed(_CELLO, scope="project:music")]

    assert align(before, after) == [Link(0, 2), Link(1, 1)]


def test_statement_without_words_is_found_if_it_is_the_same() -> None:
    """Signs alone have nothing that could be recognised in another."""
    assert align(placed("🐝", "—"), placed("—", "🐝")) == [Link(0, 1), Link(1, 0)]


def test_nothing_is_linked_to_nothing() -> None:
    """The first export, an emptied one, and none at all."""
    assert align([], placed(_BEES)) == align(placed(_BEES), []) == align([], []) == []


def test_many_statements_are_matched_one_by_one() -> None:
    """Hundreds on either side that have most words in common."""
    before = placed(*(f"Note {number} says that box {number * 7} holds part {number * 13}." for number in range(300)))

    assert align(before, before[::-1]) == [Link(number, 299 - number) for number in range(300)]


def test_places_tell_nothing_where_there_is_no_order() -> None:
    """A weak likeness counts between two that were matched, in texts that have an order."""
    before, after = placed(_BEES, "Reads much.", _CELLO), placed(_BEES, "Is a reader.", _CELLO)

    assert align(before, after) == [Link(0, 0), Link(1, 1), Link(2, 2)]
    assert align(before, after, is_ordered=False) == [Link(0, 0), Link(2, 2)]
