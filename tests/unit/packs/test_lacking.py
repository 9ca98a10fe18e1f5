"""A memory that was cut has landed in part; one in other words has landed."""

from __future__ import annotations

import pytest
from support.packs import items

from memlake.packs.items import PackItem
from memlake.packs.landing import landing

_BAND = "User plays the concertina in a folk band."
_CUT = [
    ("User has a dog called Miso, a five-year-old beagle.", "User has a dog", "Miso"),
    ("User's sister Elsa lives in Malmö and has twins.", "User's sister lives in Malmö", "Elsa"),
    ("User's sourdough starter is called Batata.", "User's sourdough starter", "Batata"),
    ("User is moving from Porto to Lyon at the end of September 2025.", "User is moving from Porto to", "Lyon"),
    ("Call me Noa, never Ms Lindqvist.", "Call me Noa,", "Lindqvist"),
    ("User goes bouldering in Gerland on Tuesday evenings.", "User goes bouldering in Gerland.", "Tuesday"),
    ("Prefers concise answers without bullet points.", "Prefers concise answers", "bullet"),
    (
        "User's rental contract in Porto has a notice period of 60 days.",
        "A rental contract, notice period, Porto.",
        "60",
    ),
    ("Der Nutzer wohnt mit seiner Schwester Elsa in Köln.", "Der Nutzer wohnt mit seiner Schwester", "Köln"),
    ("Die Nutzerin klettert jeden Dienstag in Ehrenfeld.", "Die Nutzerin klettert in Ehrenfeld.", "Dienstag"),
    ("La usuaria va a clases de cerámica los martes en Triana.", "La usuaria va a clases de cerámica", "Triana"),
    ("Su hermana Elsa vive en Sevilla y tiene gemelos.", "Su hermana vive en Sevilla", "gemelos"),
    ("ユーザーは毎週火曜の夜に大阪でボルダリングをしている。", "ユーザーは大阪でボルダリングをしている。", "毎週火曜"),
    ("妹のエルサは京都に住んでいて、双子がいる。", "妹のエルサは京都に", "双子"),
]
_REWORDED = [
    ("User has two daughters, Marit and Enna.", "Marit and Enna are the daughters of Ro."),
    ("User prefers tables over bullet lists when comparing options.", "Comparisons are shown as tables, not bullets."),
    (
        "User works as a UX researcher at a ticketing company in Leeds.",
        "Does user research for a Leeds ticketing firm.",
    ),
    ("Die Garderoben müssen bis zum 21. August 2026 stehen.", "Stichtag für die Garderoben ist der 21. August 2026."),
    ("Desayuna siempre avena con canela.", "Cada mañana toma avena con canela."),
    ("妹の奏は札幌で看護師をしている。", "札幌で看護師として働く奏さんは妹にあたる。"),
]


@pytest.mark.parametrize(("text", "now", "lost"), _CUT)
def test_what_was_cut_has_landed_in_part(text: str, now: str, lost: str) -> None:
    """What went is told, and the sentence is to be brought in again."""
    found = landing(_among_others(text), [now]).items[0]

    assert (found.verdict, found.lost, lost in found.lacking) == ("partial", text, True)


@pytest.mark.parametrize(("text", "now"), _REWORDED)
def test_other_words_for_all_of_it_are_no_loss(text: str, now: str) -> None:
    """Synonyms came for what went, or it goes without saying."""
    found = landing(_among_others(text), [now]).items[0]

    assert (found.verdict, found.lacking) == ("reworded", ())


def test_words_of_another_memory_make_up_for_nothing() -> None:
    """In a statement of several, what it says of the one does not say what went of the other."""
    some = _among_others("User has rescue greyhounds with striped coats.", _BAND)

    found = landing(some, ["Ro has greyhounds and plays the concertina in a folk band."])

    assert (found.items[0].verdict, found.items[1].verdict) == ("partial", "merged")
    assert found.items[0].lacking == ("rescue", "striped", "coats")


def test_a_sentence_that_was_cut_is_lost_with_those_that_nobody_says() -> None:
    """All that is to be brought in again, in its order, and of the one that is there the words that went."""
    cut, kept, gone = (
        "A well with a wooden bucket stands there.",
        "The garden in Porto has lemon trees.",
        "Abel is tall.",
    )

    found = landing(_among_others(f"{cut} {kept} {gone}"), [kept, "A well stands there."]).items[0]

    assert (found.verdict, found.lost, found.lacking) == ("partial", f"{cut} {gone}", ("wooden", "bucket"))


def _among_others(*texts: str) -> list[PackItem]:
    """Return a pack that begins with some memories."""
    others = [other for other, *_ in _CUT if other not in texts]
    return items(*texts, *others)
