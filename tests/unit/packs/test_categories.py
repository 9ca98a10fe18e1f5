"""Categories of memories: told by words in several languages, with the words that decided."""

from __future__ import annotations

from itertools import chain

import pytest

from memlake.packs.categories import CATEGORIES, categorise, own_names
from memlake.packs.lexicon import packaged_toml

TYPICAL = [
    ("instructions", "User prefers short answers without bullet points."),
    ("instructions", "Antworte bitte immer auf Deutsch und ohne Emojis."),
    ("instructions", "Prefiere respuestas breves y sin rodeos."),
    ("instructions", "Préfère des réponses courtes, sans jargon."),
    ("instructions", "Prefere respostas curtas e diretas, sem emojis."),
    ("instructions", "回答は簡潔にしてほしい。"),
    ("corrections", "Asked the assistant to stop suggesting meditation."),
    ("corrections", "Will nicht mehr „Herr Doktor“ genannt werden."),
    ("corrections", "Aclaró que no es vegetariana, como se había supuesto."),
    ("corrections", "A demandé d'arrêter de proposer du yoga."),
    ("corrections", "Pediu para parar de sugerir dietas."),
    ("corrections", "犬ではなく猫だと訂正した。"),
    ("personal", "Lives in Cork with her wife and two cats."),
    ("personal", "Ist verheiratet und hat drei Kinder."),
    ("personal", "Vive en Sevilla con su marido."),
    ("personal", "Habite à Lille et a deux enfants."),
    ("personal", "Mora em Braga com a mulher e dois filhos."),
    ("personal", "大阪に住んでいて、娘が一人いる。"),
    ("projects", "Is writing a novel and wants to finish it by May."),
    ("projects", "Plant, bis Dezember ein Buch zu schreiben."),
    ("projects", "Está preparando una tesis sobre ríos."),
    ("projects", "Prépare un marathon pour le printemps."),
    ("projects", "Está a escrever uma tese sobre rios."),
    ("projects", "来年カフェを開く計画を立てている。"),
    ("tools", "Uses Neovim on Arch Linux."),
    ("tools", "Programmiert in Rust unter Debian."),
    ("tools", "Usa Emacs y Debian en el portátil."),
    ("tools", "Utilise Django avec PostgreSQL."),
    ("tools", "Usa Python e Docker no trabalho."),
    ("tools", "エディタはVSCodeを使っている。"),
    ("other", "The capital of Mongolia is Ulaanbaatar."),
    ("other", "Test, bitte ignorieren."),
    ("other", "El panadero de enfrente se jubila."),
    ("other", "Un collègue a acheté un bateau."),
    ("other", "A vizinha vendeu o carro."),
    ("other", "隣の人が引っ越した。"),
]


@pytest.mark.parametrize(("category", "text"), TYPICAL)
def test_a_typical_memory_is_sorted(category: str, text: str) -> None:
    """In six languages, with a reason that quotes the text."""
    found = categorise(text)

    assert found.category == category
    words = found.reason.partition("“")[2].partition("”")[0]
    assert words
    assert words in text


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("tools", "사용자는 리눅스를 사용한다."),
        ("personal", "아내와 서울에 살고 있다."),
        ("instructions", "请用中文简短回答。"),
        ("projects", "正在写一本小说。"),
    ],
)
def test_korean_and_chinese_are_sorted_as_far_as_words_are_known(category: str, text: str) -> None:
    """There are fewer of them."""
    assert categorise(text).category == category


@pytest.mark.parametrize("text", ["", "   ", "\0", "????", "אבגד", "שלום עולם"])
def test_what_tells_nothing_is_anything_else(text: str) -> None:
    """And says so."""
    assert categorise(text) == ("other", "no words tell another category")


def test_words_that_judge_something_else_are_no_corrections() -> None:
    """Only of an answer they tell that it was rejected, or came before."""
    texts = ("They show the previous day's table.", "Code that is boring rather than clever", "Your code was boring.")

    assert [categorise(text).category == "corrections" for text in texts] == [False, False, True]


def test_a_long_memory_has_one_category() -> None:
    """Five thousand characters of several things: what there is most of, found in time."""
    text = "Uses Docker and Postgres. " * 200 + "Has a cat."
    assert categorise(text[:5_000]).category == "tools"


@pytest.mark.parametrize("text", ["12345", "xyzzy"])
def test_a_word_alone_is_anything_else(text: str) -> None:
    """Nobody can tell what it is for."""
    assert categorise(text) == ("other", f"is a word or two: “{text}”")


def test_a_name_that_many_memories_begin_with_is_the_person() -> None:
    """Others are somebody else."""
    texts = [
        "Ruth lives in Bath.",
        "Ruth has two sons.",
        "Ruth sings.",
        "Likes tea.",
        "Has a cat.",
        "Tom sold his boat.",
    ]

    assert own_names(texts) == {"Ruth"}
    assert categorise("Ruth teaches geography.", names={"Ruth"}).category == "personal"
    assert categorise("Tom has sold the boat.", names={"Ruth"}).category == "other"


FRIEND = ["is her sister.", "has a boat.", "lives in Bath."]


@pytest.mark.parametrize(
    "texts",
    [
        ["Ruth lives in Bath.", "Ruth has two sons."],
        ["Has two cats.", "Has no car.", "Has a boat.", "Is a nurse.", "Is from Cork.", "Is left-handed."],
        ["He is tall.", "He has a boat.", "He lives in Bath.", "Der ist neu.", "Der hat Zeit."],
        ["Ruth sings.", "Ruth sings.", "Ruth sings."],
        ["User is a nurse.", "I sing.", "The user lives alone.", "User sings.", *(f"Ruth {x}" for x in FRIEND)],
    ],
    ids=["few", "verbs", "pronouns", "one verb", "a friend"],
)
def test_other_words_that_memories_begin_with_are_no_name_of_the_person(texts: list[str]) -> None:
    """Verbs and pronouns are none, too few are by chance, and a friend is named less often than the person."""
    assert own_names(texts) == frozenset()


@pytest.mark.parametrize("subject", ["", "User ", "The user ", "Noa "])
@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("personal", "no longer drinks coffee."),
        ("personal", "no longer lives in Leeds."),
        ("personal", "is a nurse and has two cats."),
        ("corrections", "no longer wants bullet points."),
        ("corrections", "does not want to be called doctor any more."),
        ("instructions", "prefers answers without emojis."),
        ("tools", "uses Vim on Arch Linux."),
        ("projects", "is writing a novel about bees."),
    ],
)
def test_what_stands_for_the_person_changes_nothing(subject: str, category: str, said: str) -> None:
    """Their name, "User", or nothing; what is not so any longer is a correction only where it is about answers."""
    text = subject + said if subject else said.capitalize()

    assert categorise(text, names={"Noa"}).category == category


def test_what_is_quoted_says_nothing_about_the_person() -> None:
    """It is a quotation, whatever it speaks of."""
    assert categorise('"I live in Cork with my wife and two cats."').category == "other"
    assert categorise("I live in Cork with my wife and two cats.").category == "personal"


def test_every_rule_can_be_met() -> None:
    """Its cues are words or patterns that there are, and every pattern and list is of use to a rule."""
    table = packaged_toml("categories.toml")
    known = table["words"].keys() | table["patterns"].keys()
    cues = set(chain.from_iterable(cues.split() for rules in table["rules"].values() for cues in rules))

    assert {cue.removeprefix("^") for cue in cues} == known
    assert table["rules"].keys() == set(CATEGORIES)


def test_every_rule_says_why_and_weighs_something() -> None:
    """No cues have two rules, whatever their order."""
    rules = [one for by_cues in packaged_toml("categories.toml")["rules"].values() for one in by_cues.items()]
    cues = [frozenset(cues.split()) for cues, _ in rules]

    assert not [cues for cues, rule in rules if not rule["says"] or rule.keys() <= {"says", "expected"}]
    assert len(cues) == len(set(cues))


def test_vocabularies_are_tidy() -> None:
    """No phrase stands twice in a list: it would count once all the same."""
    private = packaged_toml("private.toml")
    tables = [packaged_toml("categories.toml")["words"], packaged_toml("secrets.toml")["cues"]]
    tables += [private["health"], private["finance"], private["health"]["sure"], private["finance"]["sure"]]
    for words in chain.from_iterable(languages.values() for table in tables for languages in table.values()):
        phrases = [phrase.strip() for phrase in words.replace("\n", " ").split(",")] if isinstance(words, str) else []
        assert len(phrases) == len(set(phrases)), [phrase for phrase in phrases if phrases.count(phrase) > 1]
