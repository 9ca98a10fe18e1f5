"""Redaction: what is withheld is gone, the same text has the same placeholder, and what is empty is left out."""

from __future__ import annotations

import re

import pytest

from memlake.packs.private import CLASSES, Detector
from memlake.packs.redaction import Redactor


def redactor(*withheld: str) -> Redactor:
    """Return one that withholds some classes, without any all."""
    return Redactor(Detector({"clients": [re.compile("Acme|Globex")]}), withheld or [*CLASSES, "clients"])


def test_the_same_text_has_the_same_placeholder() -> None:
    """In all texts of a pack; another text has another number, and every class counts for itself."""
    one = redactor()

    assert one.redact("The wifi password is tulip77 for guests at home.").text == (
        "The wifi password is [password 1] for guests at home."
    )
    assert one.redact("Works with Acme and with Globex since May.").text == (
        "Works with [clients 1] and with [clients 2] since May."
    )
    assert one.redact("The other password, orchid88, and tulip77, the old password").text == (
        "The other password, [password 2], and [password 1], the old password"
    )
    assert one.redact("Acme pays in time, most of the year").text == "[clients 1] pays in time, most of the year"


def test_a_sentence_about_health_goes_as_a_whole() -> None:
    """What stands beside it stays."""
    found = redactor().redact("Likes long walks and tea. Has asthma. Plays the cello.")

    assert found.text == "Likes long walks and tea. [health 1] Plays the cello."
    assert [span.label for span in found.spans] == ["health"]
    assert not found.is_left_out


@pytest.mark.parametrize(
    "text", ["Has asthma.", "Passwort: geheim77", "パスワードはRingo-no-ki88", "Acme, Globex", "PIN 4711!"]
)
def test_a_memory_of_which_nothing_is_left_is_left_out(text: str) -> None:
    """A placeholder and a word or two are of no use to anybody."""
    assert redactor().redact(text).is_left_out


@pytest.mark.parametrize("text", ["", "Hi", "Likes tea and long walks."])
def test_a_memory_without_anything_private_stays_as_it_is(text: str) -> None:
    """However short."""
    assert redactor().redact(text) == (text, (), False)


def test_what_is_included_is_not_withheld() -> None:
    """But a sentence that is private in two ways stays hidden as long as one of them is withheld."""
    text = "Owes the clinic 6,000 euros for the operation on his knee."

    assert redactor("passwords").redact(text).text == text
    assert redactor("finance").redact(text).text == "[finance 1]"
    assert redactor("health").redact(text).text == "[health 1]"
    assert redactor("health", "passwords").redact("Owes 500 € to Tom, and likes it").spans == ()


def test_a_secret_that_is_said_again_goes_there_too() -> None:
    """Also where nothing calls it one, and where its first place is hidden by a sentence."""
    assert redactor().redact("The password is tulip77. He says that Tulip77 is easy to type.").text == (
        "The password is [password 1]. He says that [password 1] is easy to type."
    )
    found = redactor().redact("Her asthma clinic has the password tulip77. Then tulip77 is what you type there.")
    assert "tulip77" not in found.text


def test_figures_that_are_short_are_not_looked_for_elsewhere() -> None:
    """They would be found in other numbers."""
    assert redactor().redact("The padlock opens with 731. Some 7310 people came to see it, or 731.").text == (
        "The padlock opens with [password 1]. Some 7310 people came to see it, or 731."
    )


def test_a_secret_goes_in_any_case_beside_any_letters() -> None:
    """Some letters are longer in lower case, which must not lead astray."""
    one = redactor()
    one.learn(["The NAS password is Sommer99."])
    assert one.redact("Straße İzmir: SOMMER99 is what she typed there.").text == (
        "Straße İzmir: [password 1] is what she typed there."
    )


def test_a_secret_that_another_text_tells_goes_everywhere() -> None:
    """Before or after it, in any case, but not within longer words."""
    one = redactor()
    texts = ["Sommer99 is what she typed into the router.", "The NAS password is sommer99.", "Likes Sommer99er wine."]

    one.learn(texts)

    assert [one.redact(text).text for text in texts] == [
        "[password 1] is what she typed into the router.",
        "The NAS password is [password 1].",
        "Likes Sommer99er wine.",
    ]


def test_a_secret_goes_between_signs_of_a_writing_without_spaces() -> None:
    """No space tells where a word ends there."""
    one = redactor()

    one.learn(["NASのパスワードはringoame。"])

    assert one.redact("店でもringoameを使う、同じもの。").text == "店でも[password 1]を使う、同じもの。"


@pytest.mark.parametrize(
    "text",
    [
        "The PIN of the card is 8274 and that of his wife 2468.",
        'The wifi password is tulip77 (for the NAS it is "blue monkey").',
        "My wifi password is tulip77, and the one of the guest network at home is sunflower.",
    ],
)
def test_a_sentence_that_may_hold_another_secret_goes_as_a_whole(text: str) -> None:
    """Beside figures, quotation marks or many words; what stands in other sentences stays."""
    assert redactor().redact(f"Likes tea and long walks. {text}").text == "Likes tea and long walks. [password 1]"
