"""Evidence: each kind says more for the message that is more like the memory, and nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.chatgpt import Turn, assistant, user
from support.findings import question
from support.lakes import open_lake
from support.talks import archive, small_talk, talk

from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout
from memlake.lookup.archive import AskedMemory, calendars
from memlake.lookup.evidence import FEATURES, Evidence, speaker_of_names
from memlake.lookup.finding import Comparison, compare
from memlake.lookup.sentences import CLOSELY_READ_CHARACTERS
from memlake.lookup.shortlist import CLOSELY_READ

CONTENTS = {
    "theremin": "User plays the theremin in Utrecht.",
    "wren": "User photographs wrens with grandmother Odile.",
    "echo": "User restores antique barometers from Denmark.",
    "spelling": "User distils mirabelle brandy.",
    "far": "User trains falcons.",
}
TALKS: Sequence[tuple[str, float, list[str | Turn]]] = [
    ("all", 10, ["Hello. I play the theremin in Utrecht. Which one shall I buy?", "A good one."]),
    ("asks", 11, ["Who plays the theremin in Utrecht?", "Many do."]),
    ("apart", 12, ["I play the theremin. We live in Utrecht.", "I see."]),
    ("long", 13, ["I play the theremin in Utrecht " + "and so on and so forth " * 200, "Well."]),
    ("half", 14, ["What is a theremin?", "An instrument."]),
    ("asked", 15, [user("Hi!"), assistant("Where do you photograph wrens?"), user("With grandmother Odile, always.")]),
    ("named", 16, ["Odile says hello. Odile is well.", "Greetings to her."]),
    ("first", 17, ["I restore antique barometers from Denmark.", "How nice."]),
    ("again", 90, ["As I said, I restore antique barometers from Denmark.", "Yes, from Denmark."]),
    ("letters", 18, ["I distill mirabell brandies.", "Cheers."]),
    ("far", 19, ["*\n" * (CLOSELY_READ_CHARACTERS // 2) + "I train falcons.", "What is that?"]),
]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Comparison]:
    """Return the evidence for some memories."""
    talks = [*small_talk(first_day=100), *(talk(name, day, *said) for name, day, said in TALKS)]
    lake = archive(tmp_path_factory.mktemp("evidence"), talks, [])
    with open_caught_up(Layout(lake)) as index, open_lake(lake) as database:
        ((account, calendar),) = calendars(database, index).items()
        asked = [AskedMemory(account_key=account, memory_id=name, content=text) for name, text in CONTENTS.items()]
        found = compare(database, index, asked, calendar=calendar, report=lambda _: None)
    return {str(one.memory.memory_id): one for one in found}


@pytest.fixture(scope="module")
def theremin(compared: dict[str, Comparison]) -> dict[str, Evidence]:
    """Return the evidence of the user's messages for one memory, by conversation."""
    return by_user(compared["theremin"])


def by_user(one: Comparison) -> dict[str, Evidence]:
    """Return the evidence of the user's messages, by conversation."""
    return {each.passage.conversation_id: each for each in one.evidence if each.passage.is_by_user}


def test_only_so_many_messages_are_read_closely(compared: dict[str, Comparison]) -> None:
    """Each with a number for each kind of evidence, and with some of the words."""
    for one in compared.values():
        assert 0 < len(one.evidence) <= CLOSELY_READ
        assert all(isinstance(getattr(each, name), float) for each in one.evidence for name in FEATURES)
        assert all(0 < each.words <= 1 for each in one.evidence)


def test_who_has_all_words_has_more_than_half(theremin: dict[str, Evidence]) -> None:
    """As a message, and with what is around it."""
    assert theremin["all"].words == pytest.approx(1.0)
    assert theremin["all"].words > theremin["half"].words
    assert all(each.window >= each.words for each in theremin.values())


def test_the_best_sentences_are_one_or_two(theremin: dict[str, Evidence]) -> None:
    """The one that says it, or two that say it together."""
    texts = {
        name: [each.passage.text[sentence.start : sentence.end] for sentence in each.sentences]
        for name, each in theremin.items()
    }
    assert texts["all"] == ["I play the theremin in Utrecht."]
    assert texts["apart"] == ["I play the theremin.", "We live in Utrecht."]
    assert theremin["all"].sentence == theremin["apart"].sentence == pytest.approx(1.0)
    assert theremin["half"].sentence < 1


def test_the_order_of_words_counts(theremin: dict[str, Evidence]) -> None:
    """Sets of words and letters do too."""
    assert theremin["all"].order > theremin["half"].order
    assert theremin["all"].letters > theremin["half"].letters
    assert theremin["all"].alignment >= theremin["half"].alignment


def test_a_long_message_is_longer(theremin: dict[str, Evidence]) -> None:
    """By its words."""
    assert theremin["long"].length > theremin["all"].length > 0


def test_speaking_of_oneself_is_told_from_asking(theremin: dict[str, Evidence]) -> None:
    """By the best sentence, not by what else the message says."""
    assert (theremin["all"].first_person, theremin["all"].asks) == (1.0, 0.0)
    assert (theremin["asks"].first_person, theremin["asks"].asks) == (0.0, 1.0)


def test_an_answer_has_the_words_of_its_question(compared: dict[str, Comparison]) -> None:
    """The message before adds to it; the first of a conversation has none before."""
    found = by_user(compared["wren"])
    assert found["asked"].before > 0
    assert found["asked"].words + found["asked"].before == pytest.approx(1.0)
    assert found["named"].before == 0


def test_names_speak_for_who_uses_them(compared: dict[str, Comparison]) -> None:
    """Only the user says Odile; nothing is known of a memory without names."""
    names = {each.passage.is_by_user: each.names for each in compared["wren"].evidence}
    assert names[True] > 0
    assert names.get(False, -1.0) < 0
    assert {each.names for each in compared["far"].evidence} == {0.0}


def test_who_says_it_again_is_an_echo(compared: dict[str, Comparison]) -> None:
    """The first one is none, nor is who says little of it."""
    found = by_user(compared["echo"])
    assert (found["first"].echo, found["again"].echo) == (0.0, 1.0)


def test_a_chat_that_says_most_of_it_is_the_strongest(compared: dict[str, Comparison]) -> None:
    """All others are compared with it."""
    for one in compared.values():
        assert max(each.chat for each in one.evidence) == pytest.approx(1.0)
        assert all(0 < each.chat <= 1 + 1e-9 for each in one.evidence)


def test_a_like_spelling_is_better_than_none(compared: dict[str, Comparison]) -> None:
    """For words that are not there otherwise."""
    found = by_user(compared["spelling"])["letters"]
    assert found.spelling > 0
    assert found.words < 1


def test_a_message_without_readable_sentences_has_its_words(compared: dict[str, Comparison]) -> None:
    """They stand too far behind to be read closely."""
    found = by_user(compared["far"])["far"]
    assert found.words == pytest.approx(1.0)
    assert (found.sentences, found.sentence, found.order, found.spelling) == ((), 0.0, 0.0, 0.0)


def test_the_clearest_name_decides_who_uses_names() -> None:
    """Those that nobody uses say nothing."""
    asked = question("odile", "utrecht")
    named = type(asked)(words=asked.words, names=("odile", "utrecht", "nobody"), wording=())

    assert speaker_of_names(named, {"odile": (9, 0), "utrecht": (1, 2), "nobody": (0, 0)}) > 0
    assert speaker_of_names(named, {"odile": (1, 1), "utrecht": (0, 30)}) < 0
    assert speaker_of_names(named, {"odile": (0, 0)}) == 0
    assert speaker_of_names(asked, {}) == 0
