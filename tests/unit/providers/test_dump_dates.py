"""Dates beside a memory: which are believed, how precise they are, and what stays a part of the text."""

# ruff: noqa: RUF001 - letters of other alphabets are meant

from __future__ import annotations

import pytest
from support.dumps import day_of

from memlake.providers.dump.dates import NO_DATE, read_date, split_leading, split_trailing
from memlake.times import to_datetime


@pytest.mark.parametrize(
    "words",
    [
        *("2025-05-02", "2025/05/02", "2025. 5. 2.", "02.05.2025", "2.5.2025", "2025-5-2"),
        *("May 2, 2025", "May 2nd 2025", "2 May 2025", "2. Mai 2025", "2 mai 2025", "2 de maio de 2025"),
        *("2 de mayo de 2025", "2 maggio 2025", "2 мая 2025 г.", "2 мая 2025 года", "2 مايو 2025"),
        *("2025年5月2日", "2025년 5월 2일", "**2025-05-02**", "`2025-05-02`", " 2025-05-02 "),
        *("saved 2025-05-02", "Saved on May 2, 2025", "gespeichert am 2. Mai 2025", "date: 2025-05-02"),
        *("guardado em 2 de maio de 2025", "保存日：2025年5月2日", "ca. 2025-05-02", "around 2 May 2025"),
        *("2025-05-02 14:30", "2025-05-02T14:30:05", "May 2, 2025 at 2:30 PM", "2025-05-02, 14:30 Uhr"),
    ],
)
def test_day_is_its_first_moment(words: str) -> None:
    """In figures, in words, in many languages; a time without a zone says no more than the day."""
    stated = read_date(words)

    assert stated is not None
    assert (day_of(stated.at_us), stated.basis) == ("2025-05-02", "stated")
    assert stated.at_us is not None
    assert to_datetime(stated.at_us).hour == 0


@pytest.mark.parametrize(
    ("words", "day", "basis"),
    [
        ("2025-05", "2025-05-01", "stated_month"),
        ("05/2025", "2025-05-01", "stated_month"),
        ("May 2025", "2025-05-01", "stated_month"),
        ("Mai 2025", "2025-05-01", "stated_month"),
        ("maio de 2025", "2025-05-01", "stated_month"),
        ("май 2025", "2025-05-01", "stated_month"),
        ("2025年5月", "2025-05-01", "stated_month"),
        ("2025", "2025-01-01", "stated_year"),
        ("2025年", "2025-01-01", "stated_year"),
        ("~ 2025", "2025-01-01", "stated_year"),
    ],
)
def test_coarse_date_is_the_first_day_and_says_how_coarse(words: str, day: str, basis: str) -> None:
    """A month or a year is not passed off as a day."""
    stated = read_date(words)

    assert stated is not None
    assert (day_of(stated.at_us), stated.basis) == (day, basis)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("25/04/2025", "2025-04-25"),
        ("04/25/2025", "2025-04-25"),
        ("25-04-2025", "2025-04-25"),
        ("5/5/2025", "2025-05-05"),
        ("03/04/2025", None),
        ("3-4-2025", None),
    ],
)
def test_figures_with_the_year_last_are_a_date_only_if_they_can_be_read_one_way(words: str, day: str | None) -> None:
    """Nobody knows whether 03/04/2025 is in March or in April: it is a label, and no date."""
    stated = read_date(words)

    assert stated is not None
    assert day_of(stated.at_us) == day


@pytest.mark.parametrize(
    "moment", ["2025-05-02T14:30:00Z", "2025-05-02 14:30 UTC", "2025-05-02T16:30:00+02:00", "2025-05-02 09:30 -0500"]
)
def test_time_with_a_zone_is_taken_as_it_is(moment: str) -> None:
    """It is the same moment everywhere."""
    stated = read_date(moment)

    assert stated is not None
    assert stated.at_us is not None
    assert to_datetime(stated.at_us).isoformat() == "2025-05-02T14:30:00+00:00"


@pytest.mark.parametrize(
    "words",
    [
        "unknown",
        "N/A",
        "?",
        "–",
        "no date",
        "saved: unknown",
        "unbekannt",
        "sem data",
        "fecha desconocida",
        "不明",
        "미상",
    ],
)
def test_unknown_date_is_a_label_without_a_date(words: str) -> None:
    """In the languages that assistants answer in."""
    assert read_date(words) == NO_DATE


@pytest.mark.parametrize(
    "words",
    [
        *(
            "",
            "sic",
            "Fri",
            "May",
            "2 May",
            "May 2025 2026",
            "2025-13-01",
            "2025-02-30",
            "1999-05-02",
            "2100-01-01",
            "31/31/2025",
        ),
        *(
            "99/99/2025",
            "13/13/2025",
            "99.99.2025",
            "13/2025",
            "2025-05-02T25:00:00Z",
            "Mayhem 2025",
            "12",
            "2025 May 2 3",
        ),
        *("a" * 59 + "!", "2025-05-02 " + "x" * 60),
    ],
)
def test_what_is_no_date_is_none(words: str) -> None:
    """Impossible days, years of another century, words."""
    assert read_date(words) is None


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("[2025-05-02] - Bakes", "Bakes"),
        ("[2025-05-02]. Bakes", "Bakes"),
        ("[2025-05-02]: Bakes", "Bakes"),
        ("[2025-05-02] Bakes", "Bakes"),
        ("[2025-05-02]-Bakes", "Bakes"),
        ("[2025-05-02] - -5 °C is warm", "-5 °C is warm"),
        ("[2025-05-02] .NET", ".NET"),
        ("[2025-05-02] - **Bold** text", "**Bold** text"),
        ("**[2025-05-02]** Bakes", "Bakes"),
        ("**[2025-05-02]:** Bakes", "Bakes"),
        ("(2025-05-02) Bakes", "Bakes"),
        ("【2025年5月2日】Bakes", "Bakes"),
        ("[2025-05-02, updated 2025-06-01] - Bakes", "Bakes"),
        ("[2025-05-02 to 2025-06-01] - Bakes", "Bakes"),
        ("2025-05-02: Bakes", "Bakes"),
        ("**2025-05-02:** Bakes", "Bakes"),
        ("2025-05-02 14:30 - Bakes", "Bakes"),
        ("2025-05-02\tBakes", "Bakes"),
        ("May 2, 2025 | Bakes", "Bakes"),
        ("Saved on 2025-05-02: Bakes", "Bakes"),
    ],
)
def test_date_before_an_entry_is_taken_off(entry: str, text: str) -> None:
    """With what separates the two, and nothing of the text."""
    rest, stated = split_leading(entry)

    assert stated is not None
    assert (rest, day_of(stated.at_us)) == (text, "2025-05-02")


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("[unknown] - Bakes", "Bakes"),
        ("unknown - Bakes", "Bakes"),
        ("n/a | Bakes", "Bakes"),
        ("[03/04/2025] - Bakes", "Bakes"),
        ("03/04/2025: Bakes", "Bakes"),
    ],
)
def test_label_without_a_sure_date_is_taken_off_too(entry: str, text: str) -> None:
    """It says nothing about the memory."""
    assert split_leading(entry) == (text, NO_DATE)


@pytest.mark.parametrize(
    "entry",
    [
        *("", "Bakes", "[sic] Bakes", "[Bakes", "[2025-13-45] - Bakes", "(2025) was hard", "(May 2025) was hard"),
        *("2025 was hard", "2025 - what a year", "May 2025: nothing", "Unknown: her favourite band", "- - Bakes"),
        *("2025-05-02 was her wedding", "10:30 is stand-up", "[x, 2025-05-02] - Bakes", "[2, 3] - Bakes"),
        "[" + "2025-05-02 " * 9 + "] - Bakes",
    ],
)
def test_what_only_looks_like_a_label_stays_in_the_text(entry: str) -> None:
    """A memory may begin with a year, a bracket or a time."""
    assert split_leading(entry) == (entry, None)


@pytest.mark.parametrize(
    ("entry", "text", "day"),
    [
        ("Bakes (saved 2025-05-02)", "Bakes", "2025-05-02"),
        ("Bakes (saved 2025-05-02).", "Bakes", "2025-05-02"),
        ("Bakes *(saved 2025-05-02)*", "Bakes", "2025-05-02"),
        ("Bakes [2025-05-02]", "Bakes", "2025-05-02"),
        ("Bakes [2025-05-02] [cold]", "Bakes", "2025-05-02"),
        ("Bakes — saved 2025-05-02", "Bakes", "2025-05-02"),
        ("Bakes - or cooks - added May 2, 2025.", "Bakes - or cooks", "2025-05-02"),
        ("Bakes * (saved 2025-05-02)", "Bakes *", "2025-05-02"),
        ("Bakes (date unknown)", "Bakes", None),
        ("Bakes [date unknown]", "Bakes", None),
        ("Bakes (saved unknown)", "Bakes", None),
        ("Bakes [older/less relevant]", "Bakes", None),
        ("Bakes [unknown]", "Bakes [unknown]", None),
        ("Bakes (2025-05-02)", "Bakes (2025-05-02)", None),
        ("Bakes (née Cook)", "Bakes (née Cook)", None),
        ("Bakes - saved by the bell", "Bakes - saved by the bell", None),
        ("(saved 2025-05-02)", "(saved 2025-05-02)", None),
        ("[cold]", "[cold]", None),
        ("Bakes)", "Bakes)", None),
        ("Bakes [2025-05-02] [2025-05-03]", "Bakes [2025-05-02]", "2025-05-03"),
        ("", "", None),
    ],
)
def test_date_behind_an_entry_is_taken_off_if_it_says_so(entry: str, text: str, day: str | None) -> None:
    """So are the marks of scripts; a date in round brackets can be anything."""
    rest, stated = split_trailing(entry)

    assert (rest, day_of(stated.at_us) if stated else None) == (text, day)


def test_date_in_round_brackets_is_a_label_where_the_caller_knows() -> None:
    """Because all entries of the list end like that; an unknown one must say that it is a date."""
    assert split_trailing("Bakes (2025)", also_in_brackets=True)[0] == "Bakes"
    assert split_trailing("Bakes (no date)", also_in_brackets=True) == ("Bakes", NO_DATE)
    assert split_trailing("Bakes (unknown)", also_in_brackets=True) == ("Bakes (unknown)", None)
