"""Numbers and dates in every spelling are one thing, and another number is another."""

from __future__ import annotations

import pytest

from memlake.history.prose.numbers import Counted, counted, counts_changed


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ("a team of 12", "a 12-person team", "a team of twelve", "a dozen people", "12 people")),
        ("en", ("25 hens", "twenty-five hens")),
        ("en", ("£2,000", "2000 pounds", "2 thousand pounds", "two thousand pounds", "£2k", "20 hundred")),
        ("en", ("a hundred cows", "100 cows")),
        ("de", ("200 Kühe", "zwei hundert Kühe")),
        ("en", ("3.5 km", "3,5 km")),
        ("en", ("0.375 litres", "0,375 l")),
        ("de", ("1.250,50 Euro", "1,250.50 euros", "1250,50 €")),
        ("de", ("12 000 Euro", "12.000 Euro", "12'000 Franken", "12 Tsd Euro")),
        ("de", ("fünfundzwanzig Bienenvölker", "25 Bienenvölker")),
        ("pt", ("vinte e cinco colmeias", "25 colmeias")),
        ("es", ("veinticinco colmenas", "25 colmenas")),
        ("es", ("treinta y dos años", "32 años")),
        ("fr", ("vingt-cinq ruches", "25 ruches")),
        ("fr", ("vingt-et-une ruches", "21 ruches")),
        ("fr", ("soixante-dix ruches", "70 ruches")),
        ("fr", ("quatre-vingt-douze ruches", "92 ruches")),
        ("fr", ("quatre-vingts ruches", "80 ruches")),
        ("it", ("venticinque alveari", "25 alveari")),
        ("it", ("due figli", "2 figli")),
        ("nl", ("vijfentwintig bijenkasten", "25 bijenkasten")),
        ("pt", ("5 mil euros", "5.000 euros", "5000 euros")),
        ("en", ("1.5 million", "1,500,000", "1500000")),
        ("ja", ("三人", "3人", "３人")),
        ("ja", ("二十五人", "25人")),
        ("ja", ("百二十年", "120年")),
        ("ja", ("300万円", "3000000円")),
        ("ja", ("6割", "60%")),
        ("zh", ("两个孩子", "2个孩子")),
        ("en", ("at 8 pm", "at 8 p.m.", "at 20:00", "um 20 Uhr", "um 20.00 Uhr", "às 20h00", "às 20h")),
        ("en", ("at 12:30 pm", "at 12:30")),
        ("en", ("at 7.15 am", "at 07:15", "um 7.15 Uhr", "à 7h15")),
    ],
)
def test_number_is_the_same_in_any_spelling(language: str, texts: tuple[str, ...]) -> None:
    """In words or digits, with either mark for thousands and decimals, with a scale, on a clock."""
    values = {frozenset(one.value for one in counted(text, language) if one.kind == "number") for text in texts}

    assert len(values) == 1
    assert next(iter(values))


@pytest.mark.parametrize(
    "texts",
    [
        ("in May", "im Mai", "em maio", "en mayo", "à 5/2027", "in 05/2027", "5月", "5월", "By 12 May", "May 3rd"),
        ("in December", "Dez. 2027", "em dezembro", "en diciembre", "il 12 dicembre", "12/2027", "2027-12", "3.12."),
        ("on Mondays", "montags", "às segundas-feiras", "los lunes", "le lundi", "ogni lunedì", "op maandag", "月曜日"),
        ("in spring", "im Frühling", "na primavera", "au printemps", "in het voorjaar"),
    ],
)
def test_date_word_is_the_same_in_any_language(texts: tuple[str, ...]) -> None:
    """Months, days of the week and seasons, written out, shortened or in figures."""
    named = set()
    for text in texts:
        (found,) = {one for language in ("en", "de") for one in counted(text, language) if one.kind != "number"}
        named.add(found)

    assert len(named) == 1


def test_dates_in_figures_have_days_months_and_years() -> None:
    """ISO and German dates; a number after a dot is no decimal there."""
    expected = {Counted("number", "2027"), Counted("number", "3"), Counted("month", "12")}

    assert counted("2027-12-03") == counted("3.12.2027") == counted("3. Dezember 2027") == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He may move, and may 3 of us follow, or may not."),
        ("pt", "Os filhos dos vizinhos."),
        ("fr", "Elle est très contente."),
        ("fr", "Il a été promu."),
        ("en", "The report is due, once it is done."),
        ("de", "Er sagt, es sei fertig."),
        ("it", "Non fuma mai."),
        ("en", "Works in real estate; see the links."),
        (None, "due once dos très elf"),
    ],
)
def test_word_that_only_looks_like_a_number_or_date_is_none(language: str | None, text: str) -> None:
    """Numerals of one language are everyday words of another; May is a month only with its capital."""
    assert counted(text, language) <= {Counted("number", "3")}


def test_year_before_a_number_is_no_thousand() -> None:
    """Only groups of three digits behind at most three are one number."""
    assert counted("In 2024 300 people came") == {Counted("number", "2024"), Counted("number", "300")}


def test_what_is_no_plain_number_is_kept_as_it_is() -> None:
    """Versions and spans of time are compared by their digits."""
    assert counted("1.2.3 und 1:30:15") >= {Counted("number", "1.2.3"), Counted("number", "1:30:15")}


def test_number_too_long_to_count_is_compared_all_the_same() -> None:
    """Nothing that somebody pasted into a memory is an error."""
    assert counts_changed("9" * 500, "12", language="en") == f"number: {'9' * 500} → 12"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("Leads a team of 12 people.", "Leads a team of 60 people.", "number: 12 → 60"),
        ("The audit is in May.", "The audit is in June.", "date: May → June"),
        ("Runs on Mondays.", "Runs on Fridays.", "date: Mondays → Fridays"),
        ("Broke his left wrist.", "Broke his right wrist.", "side: left → right"),
        ("Lives with 2 cats and 3 dogs.", "Lives with 4 cats and 5 dogs.", "number: 2, 3 → 4, 5"),
        ("Leads a team of 12.", "Heads a 12-person team.", None),
        ("Leads a team of 12 in Lyon.", "Leads a team in Lyon.", None),
        ("Leads a team.", "Leads a team of 12.", None),
        ("Leads a team of 12.", "Leads a team since May.", None),
    ],
)
def test_number_that_was_replaced_is_a_change(before: str, after: str, change: str | None) -> None:
    """One that was only left out or added is none, nor one of another class."""
    assert counts_changed(before, after, language="en") == change
