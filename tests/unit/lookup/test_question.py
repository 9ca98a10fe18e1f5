"""Questions: the telling words of a memory with their forms in the index, their rarity, and the names among them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.talks import archive, small_talk, talk

from memlake.lake.fulltext import MessageIndex
from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout
from memlake.lookup.question import MAX_WORDS, Question, own_names, questions

SAID = (
    "I play the theremin in Utrecht and played it in Ghent, playing loudly.",
    "Doctors study. A doctor studied. My theremins are old.",
    "Eu moro em Lisboa e gosto de gatos, o meu gato dorme.",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MessageIndex]:
    """Give the index of a few talks."""
    talks = [talk(f"c{day}", day, said) for day, said in enumerate(SAID)]
    lake = archive(tmp_path_factory.mktemp("index"), [*small_talk(), *talks], [])
    with open_caught_up(Layout(lake)) as opened:
        yield opened


def asked(content: str, index: MessageIndex, *own: str) -> Question:
    """Turn one memory into a question."""
    (found,) = questions([content], index, own_names=own)
    return found


def words(found: Question) -> list[str]:
    """Return the words of a question."""
    return [word.text for word in found.words]


@pytest.mark.parametrize(
    "content",
    [
        "User plays theremins",
        "The user plays the theremins.",
        "the user's theremins, playing them",
        "User plays and played the theremins",
    ],
)
def test_small_words_and_the_user_are_no_question(content: str, index: MessageIndex) -> None:
    """Of several forms of a word one is asked for."""
    assert sorted(word[:4] for word in words(asked(content, index))) == ["play", "ther"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("O usuário mora em Lisboa", ["mora", "lisboa"]),
        ("El usuario vive en Lisboa con su gata", ["vive", "lisboa", "gata"]),
        ("L'utilisateur habite à Lisbonne", ["habite", "lisbonne"]),
        ("Der Nutzer wohnt in Lissabon", ["wohnt", "lissabon"]),
        ("ユーザーはリスボンに住む", ["リス", "スボ", "ボン", "ンに", "に住", "住む"]),
        ("用户住在里斯本", ["住在", "在里", "里斯", "斯本"]),
        ("사용자는 리스본에 산다", ["산다", "리스", "스본", "본에"]),
        ("Пользователь живёт в Лиссабоне и Порту", ["живёт", "лиссабоне", "порту"]),
    ],
)
def test_the_user_has_a_word_in_every_language(content: str, expected: list[str], index: MessageIndex) -> None:
    """Which is no question."""
    assert sorted(words(asked(content, index))) == sorted(expected)


def test_all_forms_of_a_word_are_searched(index: MessageIndex) -> None:
    """Those that the index has."""
    forms = {word.text: set(word.forms) for word in asked("User plays the theremin", index).words}
    assert forms == {"plays": {"play", "played", "playing"}, "theremin": {"theremin", "theremins"}}


def test_rare_words_count_more_and_unheard_ones_most(index: MessageIndex) -> None:
    """A word that no message has stays: it says how much is not there."""
    rarity = {word.text: word.rarity for word in asked("Hello theremin zeppelin", index).words}
    assert 0 < rarity["hello"] < rarity["theremin"] < rarity["zeppelin"]
    assert asked("Hello theremin zeppelin", index).rarity == pytest.approx(sum(rarity.values()))


def test_names_stand_inside_a_sentence(index: MessageIndex) -> None:
    """What begins one is capitalised anyway."""
    found = asked("Plays in Utrecht. Lives near Ghent with Miso", index)
    assert set(found.names) == {"utrecht", "ghent", "miso"}


def test_of_a_very_long_memory_the_rarest_words_are_asked(index: MessageIndex) -> None:
    """In their order."""
    found = asked("hello thanks " + " ".join(f"zeppelin{number}" for number in range(200)), index)
    assert len(found.words) == MAX_WORDS
    assert {"hello", "thanks"}.isdisjoint(words(found))
    assert words(found) == sorted(words(found), key=lambda word: int(word.removeprefix("zeppelin")))


@pytest.mark.parametrize("content", ["", " \n", "User", "the user is", "🎻🎉", "?!"])
def test_what_says_nothing_asks_nothing(content: str, index: MessageIndex) -> None:
    """No word, no rarity."""
    found = asked(content, index)
    assert (found.words, found.names) == ((), ())
    assert asked(content, index).rarity == 0


def test_the_users_own_name_is_no_question(index: MessageIndex) -> None:
    """It is in every memory."""
    assert words(asked("Maya's theremin is old", index, "maya")) == ["theremin", "old"]


def test_a_name_that_many_memories_begin_with_is_the_users() -> None:
    """Three at least, and a share of all; `User` and verbs are none."""
    named = [f"Maya {verb} this" for verb in ("likes", "owns", "sees")]
    assert own_names(named) == {"maya"}
    assert own_names(named[:2]) == frozenset()
    assert own_names([*named, *("plays this" for _ in range(30))]) == frozenset()
    assert own_names(["User a", "User b", "User c"]) == frozenset()
    assert own_names(["plays a", "plays b", "plays c"]) == frozenset()
    assert own_names(["", "1", "2", "3"]) == frozenset()
    assert own_names(["“Zoé” a", "Zoé b", "Zoé c"]) == {"zoe"}


def test_the_wording_is_all_but_the_user(index: MessageIndex) -> None:
    """The small words too, in their order."""
    assert asked("The user's cat is on the Mat", index).wording == ("cat", "is", "on", "the", "mat")
