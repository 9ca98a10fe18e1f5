"""Another name is another fact; a shorter or inflected one is not."""

from __future__ import annotations

import pytest

from memlake.history.prose.names import name_changed, spelling_of


def changed(before: str, after: str, language: str = "en", others: tuple[str, ...] = ()) -> tuple[str, str] | None:
    """Return which name replaced which, in the context of these and some other statements."""
    return name_changed(before, after, spelling=spelling_of([before, after, *others]), language=language)


@pytest.mark.parametrize(
    ("language", "before", "after", "change"),
    [
        ("en", "He lives in Lyon.", "His home is in Porto.", ("Lyon", "Porto")),
        ("en", "He reports to Ada Lind.", "He reports to Ada Moss.", ("Lind", "Moss")),
        ("en", "He codes in TypeScript.", "He codes in OCaml.", ("TypeScript", "OCaml")),
        ("en", "His boss is Dr. Lind.", "His boss is Dr. Osei.", ("Lind", "Osei")),
        ("pt", "A irmã vive em Braga.", "A irmã mora agora em Évora.", ("Braga", "Évora")),
        ("es", "Su hermana vive en Sevilla.", "Su hermana vive ahora en Bilbao.", ("Sevilla", "Bilbao")),
        ("fr", "Sa sœur habite à Nantes.", "Sa sœur vit désormais à Rennes.", ("Nantes", "Rennes")),
        ("it", "Sua sorella vive a Torino.", "Sua sorella abita a Genova.", ("Torino", "Genova")),
        ("nl", "Haar zus woont in Utrecht.", "Haar zus woont nu in Zwolle.", ("Utrecht", "Zwolle")),
        ("de", "Ihre Ärztin ist Frau Lind.", "Ihre Ärztin ist Frau Osei.", ("Lind", "Osei")),
        ("de", "Sie wohnt in Bremen.", "Sie wohnt jetzt in Kassel.", ("Bremen", "Kassel")),
        ("ja", "弟は岐阜市に住む。", "弟は大垣市に住む。", ("岐阜", "大垣")),
        ("ja", "上司は佐々木課長だ。", "上司は高橋課長だ。", ("佐々木", "高橋")),
        ("ja", "ベトナムへ出張する。", "タイへ出張する。", ("ベトナム", "タイ")),
        ("ja", "主にRustを使う。", "主にJavaを使う。", ("Rust", "Java")),
        ("ja", "勤め先は「東海電装」だ。", "勤め先は「北陸精機」だ。", ("東海電装", "北陸精機")),
    ],
)
def test_name_that_was_replaced_is_a_change(
    language: str, before: str, after: str, change: tuple[str, str] | None
) -> None:
    """Told by capitals; where there are none by quotation marks, titles of Japan, and other writing."""
    assert changed(before, after, language) == change


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en", "Works with Ada Lind at Tidewatch.", "Works with Ada at Tidewatch."),
        ("en", "Reports to Dr. Ada Lind.", "Reports to Ms Lind."),
        ("en", "Plays in the Kelvin Youth Choir.", "Plays in Kelvin's choir."),
        ("en", "Lives in Lyon.", "Has a flat there, in Lyon, with Ada."),
        ("en", "Studies Portuguese in Lisbon.", "Learns Portuguese from people in Lisbon."),
        ("en", "Cycles a lot.", "Walks a lot."),
        ("en", "Pays in Euros on Monday.", "Pays in Pounds on Friday."),
        ("en", "He met Ada Lind.", "He met Ada in Lyon."),
        ("de", "Er hilft mit Zimmererwerk.", "Er hilft bei Zimmerei."),
        ("de", "Die Firma plant eine Erweiterung.", "Der Betrieb plant einen Ausbau."),
        ("de", "Er fährt mit dem Fahrrad.", "Er fährt mit dem Rad."),
        ("de", "Arbeitet in der Verwaltung.", "Arbeitet in einer Behörde."),
        ("de", "Sie nutzt Hannovers Bibliothek in Hannover.", "Sie nutzt die Hannoversche Bibliothek."),
        ("ja", "名古屋のメーカーで働く。", "名古屋にあるメーカーに勤める。"),
        ("ja", "Rustを使う。", "リナを使う。"),
    ],
)
def test_same_name_in_other_words_is_no_change(language: str, before: str, after: str) -> None:
    """Shortened, with another title, inflected or left out; nor is what begins a sentence a name, or a German noun."""
    assert changed(before, after, language) is None


def test_word_in_small_letters_elsewhere_is_no_name() -> None:
    """Titles of jobs are written with a capital or without."""
    before, after = "She is a Staff Engineer now.", "She is a Product Manager now."

    assert changed(before, after) == ("Staff Engineer", "Product Manager")
    assert changed(before, after, others=("The staff engineer, and the product manager, left.",)) is None


def test_name_that_is_everywhere_is_left_out_unnoticed() -> None:
    """Whose memory it is may be named or not, in any statement."""
    others = tuple(f"It is said that Ada likes {thing}." for thing in ("tea", "rain", "bees", "cellos"))

    assert changed("In Lyon lives Ada.", "In Lyon lives Kim.") == ("Ada", "Kim")
    assert changed("In Lyon lives Ada.", "In Lyon lives Kim.", others=others) is None


def test_name_at_the_beginning_counts_where_it_is_known_as_one() -> None:
    """A capital that opens a sentence says nothing by itself."""
    before, after = "Ada leads it.", "Kim leads it."

    assert changed(before, after) is None
    assert changed(before, after, others=("It was said that Ada and Kim met.",)) == ("Ada", "Kim")
