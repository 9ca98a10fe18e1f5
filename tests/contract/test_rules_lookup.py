"""Looking sources up: which talk a memory came from, who said it, and when the answer is that nobody did."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import assistant, bio_call, message, user
from support.lakes import ask
from support.talks import archive, chosen, looked_up, saved, small_talk, sources, talk

import memlake
from memlake.lookup.report import SourceCard

REMEMBERED = {
    "quartet": "User plays the cello in a quartet.",
    "nuts": "User is allergic to hazelnuts.",
    "boat": "User lives on a houseboat in Utrecht.",
    "barometers": "User collects antique barometers.",
    "finnish": "User speaks Finnish with grandmother.",
    "shop": "User runs a bicycle repair shop.",
}
ORIGINS = [
    talk("c-quartet", 20, "On Sundays I play the cello in a quartet.", "How lovely."),
    talk("c-nuts", 22, "Cake ideas? Please no hazelnuts, I am allergic to them. Any other?", "Then almonds."),
    talk("c-boat", 24, "Since May we have been living on a houseboat in Utrecht.", "Does it rock?"),
    talk("c-barometers", 26, "I collect barometers, antique ones.", "From which time?"),
    talk("c-finnish", 28, "With my grandmother I speak Finnish.", "Hauskaa!"),
    talk("c-shop", 30, "My bicycle repair shop opened today, I run it alone.", "All the best!"),
]
SNAPSHOT = "Here is what I remember about you:\n" + "\n".join(f"- {content}" for content in REMEMBERED.values())
RIGHT = {memory_id: f"c-{memory_id}" for memory_id in REMEMBERED}
THEREMIN = "User is learning the theremin."


def listed(days: dict[str, float] | None = None, *, order: list[str] | None = None) -> list[object]:
    """Return the list of what is remembered, with the days on which each was saved if they are given."""
    return [saved(name, REMEMBERED[name], (days or {}).get(name)) for name in order or list(REMEMBERED)]


def one(folder: Path, content: str, *talks: object, day: float | None = None) -> SourceCard:
    """Look up one memory among some talks and small talk."""
    return looked_up(folder, talks, [saved("m", content, day)])["m"]


def test_the_same_words_beat_everything(tmp_path: Path) -> None:
    """A paraphrase before, and an answer that says the same afterwards."""
    said = "Collects antique barometers from Denmark."
    card = one(
        tmp_path,
        said,
        talk("loosely", 20, "My hobby: old barometers, antique ones, Danish mostly."),
        talk("exactly", 40, said),
        talk("answered", 50, "And what do you know?", said),
    )

    assert (card.conversation_id, card.quote, card.said_by, card.level) == ("exactly", said, "user", "verbatim")


def test_the_same_words_with_small_ones_are_verbatim(tmp_path: Path) -> None:
    """Articles and prepositions between them take nothing away."""
    said = "Is allergic to the pollen of the birch and to hazelnuts"
    assert one(tmp_path, f"The user {said.lower()}.", talk("c", 20, f"Ida here. {said}!")).level == "verbatim"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake in which every memory has a talk of its own; tests only look its memories up."""
    return archive(tmp_path_factory.mktemp("own"), [*small_talk(), *ORIGINS], listed())


def test_every_memory_has_its_own_talk(lake: Path) -> None:
    """In other words than the user's; each with a quote, a probability and the points that led there."""
    found = sources(lake)

    assert chosen(found) == RIGHT
    assert {card.said_by for card in found.values()} == {"user"}
    assert all(card.quote and card.steps and card.confidence and card.confidence > 0.5 for card in found.values())
    assert {card.level for card in found.values()} <= {"near_verbatim", "paraphrase"}
    assert all(card.message_at is not None and card.title == f"About {card.conversation_id}" for card in found.values())


def test_a_quote_stands_in_its_message_between_its_neighbours(lake: Path) -> None:
    """The card shows a little of what is around it."""
    card = sources(lake)["nuts"]
    assert (card.quote, card.quote_before) == ("Please no hazelnuts, I am allergic to them.", "Cake ideas? ")
    assert card.quote_after == " Any other?"


def test_every_step_is_told_from_the_strongest(lake: Path) -> None:
    """And the candidates are numbered; their probabilities sum to no more than 1."""
    for card in sources(lake).values():
        points = [abs(step.points) for step in card.steps]
        assert points == sorted(points, reverse=True)
        assert all(step.detail and step.name for step in card.steps)
        assert [candidate.rank for candidate in card.candidates] == list(range(1, len(card.candidates) + 1))
        assert sum(candidate.score for candidate in card.candidates) <= 1


def test_what_a_lookup_tells_is_what_sql_tells(lake: Path) -> None:
    """One row a memory, with the same place, level and probability."""
    found = sources(lake)
    rows = ask(lake, "select memory_id, level, confidence, conversation_id, message_id, quote, why from memory_sources")
    assert {row[0]: row[1:] for row in rows} == {
        name: (card.level, card.confidence, card.conversation_id, card.message_id, card.quote, card.why)
        for name, card in found.items()
    }


def test_the_users_words_beat_a_long_answer_with_the_same_words(tmp_path: Path) -> None:
    """Also if it says them often, and first."""
    lecture = "The theremin is learnt slowly: who is learning the theremin stands still. " * 15
    card = one(
        tmp_path,
        THEREMIN,
        talk("lecture", 10, "Tell me about odd instruments.", lecture),
        talk("mine", 20, "I am learning the theremin.", "Good luck!"),
    )
    assert (card.conversation_id, card.said_by) == ("mine", "user")


@pytest.mark.parametrize("days", [None, dict(zip(REMEMBERED, (20.01, 22.01, 24.01, 26.01, 28.01, 30.01), strict=True))])
def test_a_list_of_memories_in_a_talk_is_the_source_of_none(tmp_path: Path, days: dict[str, float] | None) -> None:
    """Whether or not the memories have dates."""
    found = looked_up(tmp_path, [*ORIGINS, talk("snapshot", 80, "What do you know about me?", SNAPSHOT)], listed(days))
    assert chosen(found) == RIGHT


def test_an_echo_does_not_win_over_the_origin(tmp_path: Path) -> None:
    """Said again months later, to ask something else."""
    echo = talk("echo", 90, "As you know, on Sundays I play the cello in a quartet. Which strings?", "Gut strings.")
    assert looked_up(tmp_path, [echo, *ORIGINS], listed())["quartet"].conversation_id == "c-quartet"


def test_what_nobody_said_has_no_source_and_a_reason(tmp_path: Path) -> None:
    """With the probability that the closest talk is it."""
    content = "User's twin brother Ansgar tunes harpsichords near Trondheim and thanks nobody."
    card = looked_up(tmp_path, ORIGINS, [*listed(), saved("m", content, 30.5)])["m"]

    assert (card.level, card.conversation_id, card.message_id, card.quote) == ("none", None, None, None)
    assert (card.said_by, card.is_confirmed) == ("nobody", False)
    assert card.confidence is not None
    assert card.confidence < 0.5
    assert "temporary chat" in card.why


def test_a_memory_of_a_time_without_talks_says_so(tmp_path: Path) -> None:
    """Before the first one, and where the one that it came from was deleted."""
    days = {"before": -30, "gap": 33, "after": 300}
    contents = ("Keeps fourteen alpacas near Bolzano", "Sails a trimaran", "Won a fencing cup in Brno")
    memories = [saved(name, content, day) for (name, day), content in zip(days.items(), contents, strict=True)]
    found = looked_up(tmp_path, [], memories)

    assert {card.level for card in found.values()} == {"none"}
    assert "2024-12-02, before the oldest" in found["before"].why
    assert "two days" in found["gap"].why
    assert "two days" in found["after"].why


TWICE = [talk("early", 20, "I am learning the theremin."), talk("late", 80, "I am learning the theremin.")]


@pytest.mark.parametrize(("day", "expected"), [(20.01, "early"), (80.01, "late")])
def test_of_two_equal_talks_the_date_decides(tmp_path: Path, day: float, expected: str) -> None:
    """The one shortly before the memory was saved."""
    card = one(tmp_path, THEREMIN, *TWICE, day=day)

    assert card.conversation_id == expected
    assert card.runner_up is not None
    assert {card.conversation_id, card.runner_up.conversation_id} == {"early", "late"}
    assert max(card.steps, key=lambda step: step.points if step.name == "date" else -99).points > 0


def test_wrong_dates_do_not_hurt(tmp_path: Path) -> None:
    """A list that was imported says the same day of all its memories."""
    assert chosen(looked_up(tmp_path, ORIGINS, listed(dict.fromkeys(REMEMBERED, 75.0)))) == RIGHT


KEPT = {1: "canaries", 4: "marmots", 7: "axolotls", 24: "geckos", 26: "ferrets", 28: "newts", 96: "llamas", 99: "mules"}


@pytest.mark.parametrize(("place", "expected"), [(1, "day-2"), (4, "day-25"), (7, "day-97")])
def test_of_equal_talks_the_neighbours_in_the_list_decide(tmp_path: Path, place: int, expected: str) -> None:
    """Memories without dates stand in the order in which they were learnt."""
    talks = [talk(f"day-{day}", day, "I am learning the theremin.") for day in (2, 25, 97)]
    talks += [talk(what, day, f"At home I keep {what}.") for day, what in KEPT.items()]
    memories = [saved(what, f"User keeps {what}.") for what in KEPT.values()]
    memories.insert(place, saved("theremin", THEREMIN))

    found = chosen(looked_up(tmp_path, talks, memories))

    assert found.pop("theremin") == expected
    assert found == {what: what for what in KEPT.values()}


def test_a_shuffled_list_does_not_hurt(tmp_path: Path) -> None:
    """The words count more than the neighbours."""
    order = ["shop", "nuts", "finnish", "quartet", "barometers", "boat"]
    assert chosen(looked_up(tmp_path, ORIGINS, listed(order=order))) == RIGHT


PASTED = "Make this letter shorter:\n\n> Dear board,\n> I am the treasurer of the rowing club Amstel.\n> Yours"


def test_a_card_says_who_said_it(tmp_path: Path) -> None:
    """The user, a text that they pasted, the assistant only, or nobody; the summary counts the last three as unsaid."""
    talks = [
        *small_talk(),
        talk("mine", 20, "I keep newts in Trondheim."),
        talk("pasted", 21, PASTED),
        talk("theirs", 22, "What is that?", "You won the regatta of Lugano, I gather."),
    ]
    memories = [
        saved("user", "User keeps newts in Trondheim."),
        saved("document", "User is the treasurer of the rowing club Amstel."),
        saved("assistant", "User won the regatta of Lugano."),
        saved("nobody", "Zeppelins over Zanzibar."),
    ]
    report = memlake.lookup_sources(archive(tmp_path, talks, memories))

    assert {card.memory_id: card.said_by for card in report.cards} == {
        said_by: said_by for said_by in ("user", "document", "assistant", "nobody")
    }
    assert report.summary.unsaid_count == 3


def test_the_users_own_name_is_no_evidence(tmp_path: Path) -> None:
    """Many memories begin with it, and some talk is full of it."""
    signed = talk("signed", 10, "Sign it: Maya. Maya M. Or maya? Maya likes Maya best.", "Maya it is, Maya.")
    found = looked_up(
        tmp_path,
        [signed, *ORIGINS],
        [saved(name, content.replace("User", "Maya")) for name, content in REMEMBERED.items()],
    )
    assert chosen(found) == RIGHT


def test_a_call_of_the_memory_tool_is_never_what_was_found(tmp_path: Path) -> None:
    """The memory was reworded since, so the call is no record of it, though its words are the nearest."""
    call, reply = bio_call("User is learning to play the theremin, an electronic instrument.")
    told = [user("As of Monday I play the theremin, my first electronic toy."), call, reply, assistant("Have fun!")]
    card = one(tmp_path, "User plays the theremin, an electronic instrument.", talk("c", 20, *told))

    assert (card.level, card.conversation_id, card.message_id) == ("paraphrase", "c", "n1")
    assert {candidate.message_id for candidate in card.candidates} <= {"n1", "n4"}


CONTEXT = {"content_type": "user_editable_context", "user_profile": "I play the theremin.", "user_instructions": ""}
HIDDEN = [
    user("I play the theremin.", is_visually_hidden_from_conversation=True),
    message("user", CONTEXT, is_user_system_message=True),
    message("system", {"content_type": "text", "parts": ["The user plays the theremin."]}),
]


def test_what_nobody_sees_in_a_talk_is_no_source(tmp_path: Path) -> None:
    """Hidden messages, instructions of the user for every talk, and those of the system."""
    card = one(
        tmp_path,
        "User plays the theremin.",
        *(talk(f"c{day}", day, hidden, user("Good morning.")) for day, hidden in enumerate(HIDDEN, start=20)),
    )
    assert card.level == "none"
    assert "n1" not in {candidate.message_id for candidate in card.candidates}


IN_EVERY_SCRIPT = {
    "han": ("用户养了两只乌龟", "你好!我养了两只乌龟,它们叫小明和小红。"),
    "kana": ("ユーザーはチェロを弾く。", "私は毎週日曜日にチェロを弾くのが好きです。"),
    "hangul": ("사용자는 첼로를 연주한다.", "저는 일요일마다 첼로를 연주해요."),
    "thai": ("ผู้ใช้เล่นเชลโล", "ฉันเล่นเชลโลทุกวันอาทิตย์"),
    "arabic": ("المستخدم يعزف على آلة التشيلو", "أنا أعزف على آلة التشيلو كل يوم أحد"),
    "cyrillic": ("Пользователь играет на виолончели.", "По воскресеньям я играю на виолончели в квартете."),
    "greek": ("Παίζει βιολοντσέλο.", "Τις Κυριακές παίζω βιολοντσέλο με φίλους."),
    "portuguese": ("O usuário toca violoncelo num quarteto.", "Aos domingos eu toco violoncelo em um quarteto."),
}


def test_memories_of_every_script_are_found(tmp_path: Path) -> None:
    """In the language of the talk, among all the others."""
    talks = [talk(name, 20 + day, said) for day, (name, (_, said)) in enumerate(IN_EVERY_SCRIPT.items())]
    found = looked_up(tmp_path, talks, [saved(name, content) for name, (content, _) in IN_EVERY_SCRIPT.items()])

    assert chosen(found) == {name: name for name in IN_EVERY_SCRIPT}
    assert {card.said_by for card in found.values()} == {"user"}


def test_names_and_numbers_lead_to_a_talk_in_another_language(tmp_path: Path) -> None:
    """The memory is in English, what was said in Portuguese."""
    said = "A minha gata Farofinha faz 14 anos em março e precisa de uma dieta."
    card = one(tmp_path, "Has a cat named Farofinha who turns 14 in March.", talk("gata", 20, said, "Parabéns!"))
    assert (card.conversation_id, card.said_by) == ("gata", "user")
