"""A memory on one line: nothing unseen in it, cut where it is too long, and quoted so that nothing ends the quote."""

from __future__ import annotations

import pytest

from memlake.packs.lines import cut, dated, length, one_line, quoted, reading


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\ntwo\r\n  three\tfour", "one two three four"),
        ("a\u2028b\u2029c\u0085d\x0be", "a b c d e"),
        ("\x1b[31mred\x07 and\x00 more\x7f", "[31mred and more"),
        ("right\u202eto\u2066left\u200f", "righttoleft"),
        ("zero\u200bwidth\u2060\ufeff\u00ad", "zerowidth"),
        ("flag \U000e0067\U000e0062 hidden", "flag hidden"),
        ("half \ud83d pair", "half \ufffd pair"),
    ],
)
def test_what_ends_or_turns_a_line_is_gone(text: str, line: str) -> None:
    """Breaks become spaces; controls, marks of direction, invisible signs and halves of pairs say nothing."""
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("x\u200dy\u200c", "xy"),
        ("\u200cab", "ab"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("a\U000e0101b", "ab"),
    ],
)
def test_joiners_stay_where_writing_needs_them(text: str, line: str) -> None:
    """Persian, families of emoji and variants of ideographs keep theirs; between plain letters they hide words."""
    assert one_line(text) == line


def test_texts_are_cut_at_ends_of_sentences() -> None:
    """As many sentences as fit go together."""
    found = cut("One two. Three four. Five six seven.", 20)

    assert found.pieces == ("One two. Three four.", "Five six seven.")
    assert found.at == "sentences"


def test_a_sentence_that_is_too_long_is_cut_at_words() -> None:
    """And a word that is too long anywhere."""
    found = cut("short words and aVeryLongWordWithoutEnd. Done.", 12)

    assert found.at == "words"
    assert all(length(piece) <= 12 for piece in found.pieces)
    assert "".join(found.pieces).replace(" ", "") == "shortwordsandaVeryLongWordWithoutEnd.Done."
    assert found.pieces[0] == "short words"


def test_writing_without_spaces_is_cut_behind_its_commas() -> None:
    """Where a comma is near the end; else between two signs."""
    assert cut("猫が好きで、犬も好きで、鳥は嫌い", 13).pieces == ("猫が好きで、犬も好きで、", "鳥は嫌い")
    assert cut("あ" * 5, 2).pieces == ("ああ", "ああ", "あ")


def test_no_sign_is_torn_apart() -> None:
    """Marks stay with their letter, and the parts of one emoji together, as long as they fit at all."""
    assert cut("aae\u0301" * 2, 3).pieces == ("aa", "e\u0301a", "ae\u0301")
    assert cut("ab👩\u200d👧", 4).pieces[0] == "ab"
    assert cut("e\u0301\u0301\u0301\u0301", 3).pieces == ("e\u0301\u0301", "\u0301\u0301")


def test_lengths_are_those_of_web_pages() -> None:
    """Where an emoji counts as two."""
    assert length("aé猫😀") == 5


def test_a_quote_has_one_end() -> None:
    """Quotation marks inside become plain apostrophes."""
    assert quoted('say "yes" „and“ «no»') == "\"say 'yes' 'and' 'no'\""


def test_lines_are_dated_as_far_as_they_are() -> None:
    """An unknown date is said to be one."""
    assert dated("2025-05", "Lives in Lyon") == "[2025-05] - Lives in Lyon"
    assert dated(None, "Lives in Lyon") == "[unknown] - Lives in Lyon"


@pytest.mark.parametrize("line", ["lives in  lyon", "Lives in Lyon.", '"Lives in Lyon"', "Ｌives in Lyon。"])
def test_lines_that_read_the_same_are_the_same(line: str) -> None:
    """Case, spaces, width, quotation marks and the last dot do not matter."""
    assert reading(line) == reading("Lives in Lyon")


def test_signs_that_tell_things_apart_count() -> None:
    """C++ is not C, and a line of nothing but dots is itself."""
    assert reading("Writes C++.") != reading("Writes C.")
    assert reading("...") == "..."
