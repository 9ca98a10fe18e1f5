"""Sources as people read them: the list of links with its summary, one card, and how the evidence adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import RenderableType
from support.hostile import STEERING, steering_characters

from memlake.cli.invocation import DEFAULT_LAKE, Invocation
from memlake.cli.lookup_view import SOURCE_TITLES, card_view, report_view, source_row
from memlake.cli.render import NOTHING, print_page
from memlake.cli.source_view import level_words, percent
from memlake.lookup.report import EvidenceStep, LookupReport, LookupSummary, SourceCandidate, SourceCard

Shown = Callable[[Iterable[RenderableType]], str]

INVOCATION = Invocation(program="memlake", lake=DEFAULT_LAKE)
BEST = SourceCandidate(
    rank=1,
    conversation_id="c-oboe",
    title="An oboe for beginners",
    url="https://chat.example/c-oboe",
    message_id="m-1",
    message_at=datetime(2025, 3, 14, 18, 3, tzinfo=UTC),
    score=0.87,
    excerpt="I started the oboe in spring.",
)
SECOND = replace(BEST, rank=2, conversation_id="c-reed", title="Reeds", score=0.31, message_at=None, excerpt=None)
FOUND = SourceCard(
    account_key="chatgpt:a",
    memory_id="mem_1234567890",
    content="Plays the oboe.",
    state="active",
    level="paraphrase",
    confidence=0.87,
    conversation_id=BEST.conversation_id,
    title=BEST.title,
    url=BEST.url,
    message_id=BEST.message_id,
    message_at=BEST.message_at,
    quote="I started the oboe in spring",
    quote_before="",
    quote_after="",
    said_by="user",
    event_message_id=None,
    is_confirmed=False,
    why="rare word in common: oboe",
    runner_up=SECOND,
    candidates=(BEST, SECOND),
    steps=(
        EvidenceStep(name="rare words", points=4.0, detail="oboe"),
        EvidenceStep(name="date", points=-2.0, detail="40 days before"),
        EvidenceStep(name="place", points=0.0, detail="not in order"),
    ),
)
RECORDED = replace(
    FOUND, memory_id="mem_recorded", level="recorded", confidence=1.0, runner_up=None, candidates=(), steps=()
)
NONE = replace(
    replace(FOUND, memory_id="mem_none", level="none", confidence=0.2, why="no chat says it", said_by="nobody"),
    conversation_id=None,
    title=None,
    url=None,
    message_id=None,
    message_at=None,
    quote=None,
)
WAITING = replace(NONE, level=None, confidence=None, said_by=None, candidates=(), runner_up=None, steps=())
SUMMARY = LookupSummary(
    memory_count=17,
    recorded_count=9,
    confirmed_count=1,
    found_count=5,
    none_count=2,
    unsaid_count=3,
    looked_up_count=8,
    expected_precision=0.91,
    calibrated_on=9,
    calibration_note="on 9 recorded links of this archive",
)
EMPTY = LookupReport(summary=replace(SUMMARY, memory_count=0), cards=())
REPORT = LookupReport(summary=SUMMARY, cards=(RECORDED, FOUND, NONE))


@pytest.fixture
def shown(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Return a function that gives what a view looks like on a page of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")

    def show(view: Iterable[RenderableType]) -> str:
        print_page(*view)
        return capfd.readouterr().out

    return show


def test_a_link_is_the_chat_the_memory_the_words_and_how_sure(shown: Shown) -> None:
    """Four lines answer where it learnt that."""
    page = shown(report_view(replace(REPORT, cards=(FOUND,)), INVOCATION))

    assert page.split("\n\n")[0].splitlines() == [
        "2025-03-14  An oboe for beginners",
        "  memory      Plays the oboe.",
        "  you said    “I started the oboe in spring”",
        "  source      paraphrase, 87 % sure  mem_1234",
    ]


def test_links_keep_the_order_of_the_list_and_none_is_no_link(shown: Shown) -> None:
    """What has no source is counted, not shown."""
    page = shown(report_view(REPORT, INVOCATION))

    assert page.index("recorded, certain") < page.index("paraphrase, 87 % sure")
    assert "none found" not in page


def test_the_summary_tells_what_the_links_are_worth(shown: Shown) -> None:
    """How many of each kind, how many of them are right, and on what that rests."""
    page = " ".join(shown(report_view(REPORT, INVOCATION)).split())

    assert "17: 9 recorded in a chat, 1 confirmed by you, 5 found, 2 without a source" in page
    assert "looked up 8 memories in this run" in page
    assert "expected 91 % of what was found is right" in page
    assert "unsaid 3 memories for which no words of yours were found" in page
    assert "calibration on 9 recorded links of this archive" in page


def test_next_steps_are_commands(shown: Shown) -> None:
    """The link that was inferred is offered for explanation, before one that is recorded."""
    page = shown(report_view(replace(REPORT, cards=(FOUND, RECORDED)), INVOCATION))

    assert "  memlake lookup-sources --memory mem_1234 --explain\n" in page
    assert "  memlake query unsaid\n" in page


def test_nothing_new_says_how_to_look_again(shown: Shown) -> None:
    """A second run is quick because it has nothing to do, and says so."""
    summary = replace(SUMMARY, looked_up_count=0, unsaid_count=0, expected_precision=None)

    page = shown(report_view(replace(REPORT, summary=summary, cards=(RECORDED,)), INVOCATION))

    assert "nothing new; --all looks all of them up again" in page
    assert "expected" not in page
    assert "query unsaid" not in page
    assert "--memory mem_reco --explain" in page


def test_links_below_the_asked_confidence_are_counted(shown: Shown) -> None:
    """Nobody takes what is hidden for what is not there."""
    page = shown(report_view(REPORT, INVOCATION, min_confidence=0.9))

    assert "recorded, certain" in page
    assert "paraphrase" not in page
    assert "1 link less than 90 % sure" in page


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (EMPTY, "the lake holds no memories"),
        (replace(REPORT, cards=(replace(WAITING, why="no chats"),)), "nothing was looked up: no chats"),
        (replace(REPORT, cards=(NONE,)), "no source was found for any of 1 memory"),
        (replace(REPORT, cards=(FOUND,)), "no link is that sure"),
    ],
)
def test_an_empty_answer_says_why(shown: Shown, report: LookupReport, words: str) -> None:
    """Plainly, and where to look next."""
    page = shown(report_view(report, INVOCATION, min_confidence=0.99))

    assert page.splitlines()[0] == words
    assert "  memlake status\n" in page


def test_nothing_of_what_was_chosen_is_not_nothing(shown: Shown) -> None:
    """The lake may hold memories in other states or of other accounts."""
    page = shown(report_view(EMPTY, INVOCATION, is_chosen=True))
    assert page.splitlines()[0] == "nothing to show: the lake holds no such memory"


def test_accounts_are_listed_apart(shown: Shown) -> None:
    """Of several accounts each has its links under its key."""
    report = replace(REPORT, cards=(FOUND, replace(FOUND, account_key="claude:b"), RECORDED))

    page = shown(report_view(report, INVOCATION))

    assert [line for line in page.splitlines() if ":" in line[:8]] == ["chatgpt:a", "claude:b"]


def test_a_card_tells_the_place_the_reason_and_the_runner_up(shown: Shown) -> None:
    """All that is known of one source, and the commands that keep or undo it."""
    page = shown(card_view(FOUND, INVOCATION))

    assert 'learnt     2025-03-14 18:03 UTC, in "An oboe for beginners"' in page
    assert "why        rare word in common: oboe" in page
    assert "url        https://chat.example/c-oboe" in page
    assert 'runner-up  "Reeds" (31 %)' in page
    assert page.endswith(
        "  memlake lookup-sources --confirm mem_1234567890 c-oboe\n"
        "  memlake lookup-sources --reject mem_1234567890 c-oboe\n"
    )


def test_a_recorded_source_needs_no_verdict(shown: Shown) -> None:
    """It is certain, and nothing was weighed."""
    page = shown(card_view(RECORDED, INVOCATION, is_explained=True))

    assert "recorded, certain" in page
    assert "nothing was weighed" in page
    assert "--confirm" not in page


def test_no_source_names_the_nearest_chat(shown: Shown) -> None:
    """Somebody who knows better can say so in one command."""
    page = shown(card_view(NONE, INVOCATION, account="chatgpt"))

    assert "source   none found" in page
    assert 'nearest  "An oboe for beginners", 2025-03-14 (20 %)' in page
    assert "  memlake lookup-sources --account chatgpt --confirm mem_none c-oboe\n" in page
    assert "--reject" not in page


def test_a_memory_that_was_not_looked_up_says_so(shown: Shown) -> None:
    """And nothing else is claimed."""
    assert shown(card_view(WAITING, INVOCATION)).endswith("source  not looked up yet\n")


def test_a_text_is_explained_by_its_words(shown: Shown) -> None:
    """It is no memory: nothing can be confirmed, and the command holds the text."""
    text = replace(FOUND, memory_id=None, content="my oboe's reed", runner_up=None)

    page = shown(card_view(text, INVOCATION))

    assert page.splitlines()[:2] == ["where this was said", "  my oboe's reed"]
    assert page.endswith("""  memlake lookup-sources --text 'my oboe'"'"'s reed' --explain\n""")


def test_a_waterfall_points_both_ways(shown: Shown) -> None:
    """Bars to the right speak for the chat, to the left against it, as long as their points."""
    lines = shown(card_view(FOUND, INVOCATION, is_explained=True)).splitlines()

    begin = lines.index("how it adds up")
    assert lines[begin + 1 : begin + 4] == [
        "  rare words  +4.0      │████████  oboe",
        "  date        -2.0  ████│          40 days before",
        "",
    ]
    assert "  1  87 %  2025-03-14  An oboe for beginners" in lines
    assert f"  2  31 %  {NOTHING}           Reeds" in lines


def test_candidates_that_hardly_can_be_it_are_counted(shown: Shown) -> None:
    """The best is shown in any case."""
    card = replace(FOUND, candidates=(replace(BEST, score=0.004), replace(SECOND, score=0.001)))

    page = shown(card_view(card, INVOCATION, is_explained=True))

    assert "  1  under 1 %  2025-03-14  An oboe for beginners\n" in page
    assert "  and 1 message that hardly can be it (--json)\n" in page


def test_evidence_of_no_weight_is_left_out(shown: Shown) -> None:
    """Nothing may be left then."""
    card = replace(FOUND, steps=(EvidenceStep(name="words", points=-0.04, detail="none"),), candidates=())

    page = shown(report_view(replace(REPORT, cards=(card,)), INVOCATION, is_explained=True))

    assert "nothing was weighed" in page
    assert "-0.0" not in page


def test_a_quote_stands_apart_from_its_neighbours(shown: Shown) -> None:
    """They are cut to whole words, with a sign where something is left out."""
    long = "every single word in this sentence stands in the way of the quote"
    cut = replace(FOUND, quote_before=f"{long} ", quote="I began", quote_after=f", {long}")
    whole = replace(FOUND, quote_before="Hello.\n", quote_after=" Bye.")

    told = "… in this sentence stands in the way of the quote “I began”, every single word in this sentence stands in …"
    assert told in " ".join(shown(card_view(cut, INVOCATION)).split())
    assert "Hello. “I started the oboe in spring” Bye." in shown(card_view(whole, INVOCATION))


def test_neighbours_without_spaces_are_cut_too(shown: Shown) -> None:
    """As in languages that write none."""
    card = replace(FOUND, quote_before="前" * 60, quote_after="後" * 60)

    page = "".join(shown(card_view(card, INVOCATION)).split())

    assert f"…{'前' * 48}“" in page
    assert f"{'後' * 48}…" in page


@pytest.mark.parametrize(
    ("said_by", "label"), [("user", "you said"), ("document", "you pasted"), ("assistant", "it said"), (None, "quote")]
)
def test_a_quote_names_who_said_it(shown: Shown, said_by: str | None, label: str) -> None:
    """The assistant's words are never shown as those of the user."""
    assert f"{label.ljust(9)}  “I started" in shown(card_view(replace(FOUND, said_by=said_by), INVOCATION))


@pytest.mark.parametrize(
    ("card", "words"),
    [
        (replace(FOUND, is_confirmed=True), "confirmed by you"),
        (replace(FOUND, level="verbatim", confidence=0.999), "word for word, over 99 % sure"),
        (replace(FOUND, level="near_verbatim", confidence=0.98), "nearly word for word, 98 % sure"),
        (replace(FOUND, level="telepathy", confidence=None), "telepathy"),
    ],
)
def test_a_level_is_said_in_words(card: SourceCard, words: str) -> None:
    """With how sure it is, where that was weighed; a level of a newer memlake is shown as it stands."""
    assert level_words(card) == words


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "under 1 %"), (0.006, "1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.999, "over 99 %"), (1.0, "100 %")],
)
def test_what_was_weighed_is_never_certain(probability: float, words: str) -> None:
    """Rounding makes no certainty and no impossibility."""
    assert percent(probability) == words


def test_a_row_has_a_cell_for_every_title() -> None:
    """Also where nothing is known."""
    assert len(source_row(FOUND)) == len(SOURCE_TITLES)
    assert source_row(WAITING) == (NOTHING, NOTHING, WAITING.content, NOTHING, NOTHING, NOTHING, NOTHING)


def test_hostile_texts_are_inert(shown: Shown) -> None:
    """Nothing of an export, not even of the evidence, steers the terminal or is read as markup."""
    evil = replace(BEST, title=STEERING, excerpt=STEERING)
    card = replace(
        FOUND,
        memory_id=STEERING,
        conversation_id=STEERING,
        content=STEERING,
        title=STEERING,
        quote=STEERING,
        quote_before=STEERING,
        quote_after=STEERING,
        why=STEERING,
        url=STEERING,
        runner_up=evil,
        candidates=(evil,),
        steps=(EvidenceStep(name=STEERING, points=1.0, detail=STEERING),),
    )

    page = shown(card_view(card, INVOCATION, is_explained=True))
    listed = shown(report_view(replace(REPORT, cards=(card,)), INVOCATION, is_explained=True))

    assert steering_characters(page + listed) == set()
    assert all("[bold]b[/bold]" in text for text in (page, listed))
