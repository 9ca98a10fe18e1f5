"""Names of pages: one for each conversation, on every file system, whatever its title is."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from memlake.archive.markdown.names import month_of, page_name, project_page_name, slug

_DAY = datetime(2025, 7, 3, 20, 15, tzinfo=UTC)
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = set('<>:"/\\|?*\x00')
_ODD_TITLES = (
    *(
        "",
        "CON",
        "con.txt",
        "../x",
        "..",
        "---",
        "😀" * 300,
        "Lyon",
        "lyon",
        "LYON ",
        "a/b\\c",
        "NUL\x00",
        "\u202egnp.exe",
    ),
    *(
        "x" * 400,
        "日本語の題" * 40,
        "ﬁn",
        "fin",
        "Straße",
        "STRASSE",
        "e\u0301te\u0301",
        "été",
        "👍🏽 ok",
        "trailing. ",
        "a|b#c^d[e]",
    ),
)


def test_a_name_says_day_and_title() -> None:
    """Words of the title, then what keeps it apart."""
    assert re.fullmatch(r"2025-07-03-moving-to-lyon-[0-9a-f]{12}", page_name(_DAY, "Moving to Lyon!", "a", "c1"))
    assert re.fullmatch(r"undated-[0-9a-f]{12}", page_name(None, "  😀 ", "a", "c1"))
    assert re.fullmatch(r"project-tidewatch-[0-9a-f]{12}", project_page_name("Tidewatch", "a", "p1"))
    assert (month_of(_DAY), month_of(None)) == ("2025-07", "undated")


def test_titles_alike_have_names_that_every_file_system_keeps_apart() -> None:
    """Also where case and the form of accents do not count."""
    names = [page_name(_DAY, title, "a", f"c{number}") for number, title in enumerate(_ODD_TITLES * 2)]
    seen_by_careless_systems = {unicodedata.normalize("NFD", name.casefold()) for name in names}
    assert len(seen_by_careless_systems) == len(names)


def test_thirty_thousand_chats_without_title_and_date_have_names_of_their_own() -> None:
    """The hash alone keeps them apart."""
    assert len({page_name(None, None, "a", f"c{number}") for number in range(30_000)}) == 30_000


def test_a_title_that_differs_in_case_alone_gives_the_same_name() -> None:
    """Else a renamed page would replace itself where case does not count."""
    assert page_name(_DAY, "Lyon", "a", "c") == page_name(_DAY, "lYON", "a", "c")
    assert slug("e\u0301te\u0301") == slug("ÉTÉ") == "été"


def test_words_of_any_alphabet_stay() -> None:
    """Marks belong to their letters; what only colours a sign is dropped."""
    assert slug("हिन्दी में") == "हिन्दी-में"
    assert slug("❤\ufe0f 日本語") == "日本語"


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_every_title_gives_a_name_that_every_system_takes(title: str) -> None:
    """Short enough, without signs that mean something, and no name of a device."""
    name = f"{page_name(_DAY, title, 'a', 'c')}.md"
    assert len(name.encode()) <= 143
    assert not _FORBIDDEN & set(name)
    assert not set("#^[]|\n ") & set(name)
    assert all(character.isprintable() for character in name if not unicodedata.combining(character))
    assert not _RESERVED.fullmatch(name)
    assert unicodedata.normalize("NFC", name) == name
