"""When sources are looked up: what is new and nothing else, with recorded links and people's decisions kept."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.lakes import ask, export_folder, lake_of
from support.talks import (
    MULES,
    TALKS,
    THEREMIN,
    archive,
    assert_sound,
    card_of,
    cards,
    chosen,
    runs,
    saved,
    small_talk,
    sources,
    talk,
)

import memlake
from memlake.errors import LakeError, LakeUnavailableError, MemlakeError, UsageError
from memlake.jobs.lookup import lookup_sources, lookup_text
from memlake.lake.layout import Layout
from memlake.lake.revision import only_writer
from memlake.lookup.report import LookupOptions


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake of two memories, of which one was said in two talks, once."""
    return archive(tmp_path_factory.mktemp("original"), TALKS, [THEREMIN, MULES])


@pytest.fixture
def lake(original: Path, tmp_path: Path) -> Path:
    """Give a copy of that lake, in which nothing was looked up."""
    return Path(shutil.copytree(original, tmp_path / "lake"))


def state(lake: Path) -> tuple[bytes, int, int]:
    """Return what shows that a lake was written."""
    database = lake / "memlake.duckdb"
    return database.read_bytes(), database.stat().st_mtime_ns, runs(lake)


class Listening:
    """A progress that keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.sizes: dict[str, int] = {}
        self.done: dict[str, int] = {}

    def start(self, label: str, total_bytes: int) -> None:
        """Keep the beginning."""
        self.told.append(label)
        self.sizes[label], self.done[label] = total_bytes, 0

    def advance(self, done_bytes: int) -> None:
        """Keep the way."""
        self.done[self.told[-1]] += done_bytes

    def step(self, label: str) -> None:
        """Keep the step."""
        self.told.append(label)


def test_a_second_lookup_writes_nothing(lake: Path) -> None:
    """Nothing is new: the same answers, the file unchanged, no run more."""
    first = memlake.lookup_sources(lake)
    before = state(lake)
    second = memlake.lookup_sources(lake)

    assert (first.summary.looked_up_count, second.summary.looked_up_count) == (2, 0)
    assert state(lake) == before
    assert before[2] == 1
    assert second.cards == first.cards


def test_all_are_looked_up_again_on_request(lake: Path) -> None:
    """With the same result."""
    first = sources(lake)
    report = memlake.lookup_sources(lake, again=True)

    assert report.summary.looked_up_count == 2
    assert cards(report) == first
    assert runs(lake) == 2


def test_a_new_memory_is_looked_up(lake: Path, tmp_path: Path) -> None:
    """With the next export that lists it."""
    sources(lake)
    archive(
        tmp_path, [], [THEREMIN, MULES, saved("hinge", "User's hinge squeaks.")], name="export-2026-02-01", lake=lake
    )

    report = memlake.lookup_sources(lake)

    assert report.summary.looked_up_count == report.summary.memory_count == 3
    assert cards(report)["hinge"].level is not None


def test_a_new_talk_can_be_a_better_source(lake: Path, tmp_path: Path) -> None:
    """What was none before is found in it, what was found stays."""
    archive(tmp_path, [], [THEREMIN, MULES, saved("oud", "User repairs ouds.")], name="export-2026-02-01", lake=lake)
    before = chosen(sources(lake))
    archive(
        tmp_path,
        [*TALKS, talk("ouds", 300, "I repair ouds for a living.")],
        [THEREMIN, MULES, saved("oud", "User repairs ouds.")],
        name="export-2026-03-01",
        lake=lake,
    )
    assert before == {"theremin": "best", "mules": "mules", "oud": None}
    assert chosen(sources(lake)) == before | {"oud": "ouds"}


def test_a_source_goes_with_its_export(lake: Path, tmp_path: Path) -> None:
    """The memory is looked up again in what is left."""
    archive(
        tmp_path,
        [talk("only", 400, "Is the oud older than the lute?", "Yes.")],
        [MULES],
        name="later-2026-05-01",
        lake=lake,
    )
    sources(lake)
    ((export_id,),) = ask(lake, "select export_id from exports where file_name like '%export-2026-01-01'")

    memlake.Lake(lake).drop_export(export_id, yes=True)
    report = memlake.lookup_sources(lake)

    assert [(card.memory_id, card.level) for card in report.cards] == [("mules", "none")]
    assert report.summary.looked_up_count == 1


def test_progress_tells_of_every_step(lake: Path) -> None:
    """Each piece of work to its end."""
    progress = Listening()
    memlake.Lake(lake).lookup_sources(progress=progress)
    labels = list(dict.fromkeys(label.partition(":")[0] for label in progress.told))
    assert labels == ["indexing what was said", "looking up memories", "writing the lake"]
    assert progress.done == progress.sizes


def test_only_one_looks_up_at_a_time(lake: Path) -> None:
    """Another one is told so."""
    with only_writer(Layout(lake), job="ingest", wait_seconds=0), pytest.raises(LakeUnavailableError):
        memlake.lookup_sources(lake)


def test_the_source_of_one_memory(lake: Path) -> None:
    """Looked up if it was not; words that several have give the choice."""
    opened = memlake.Lake(lake)
    assert card_of(opened.source_of("theremin")).conversation_id == "best"
    choice = opened.source_of("User")
    assert isinstance(choice, list)
    assert {found.item_id for found in choice} == {"theremin", "mules"}
    with pytest.raises(MemlakeError, match="zeppelin"):
        opened.source_of("zeppelin")


def test_where_a_text_was_said(lake: Path) -> None:
    """Answered like a memory without a date, and nothing is kept."""
    before = state(lake)
    card = memlake.Lake(lake).where_said("I keep mules in Asturias")

    assert (card.memory_id, card.state, card.event_message_id) == (None, None, None)
    assert (card.conversation_id, card.quote, card.said_by) == ("mules", "In Asturias we keep mules.", "user")
    assert card.title == "About mules"
    assert card.message_at == datetime(2025, 3, 2, 12, tzinfo=UTC)
    assert card.candidates[0].conversation_id == "mules"
    assert state(lake) == before


def test_a_text_that_was_never_said(lake: Path) -> None:
    """None, with a reason, and no place."""
    card = memlake.Lake(lake).where_said("Zeppelins over Zanzibar")
    assert (card.level, card.conversation_id, card.message_at, card.candidates) == ("none", None, None, ())
    assert (card.quote_before, card.quote_after, card.runner_up) == ("", "", None)
    assert card.why


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a lake of two accounts with the same texts and ids, said in talks of other ids."""
    ida, ole = ([talk(f"{name}-1", day, "I am learning the theremin.")] for name, day in (("ida", 20), ("ole", 30)))
    lake = archive(tmp_path, [*small_talk(), *ida], [THEREMIN])
    return archive(tmp_path, [*small_talk(), *ole], [THEREMIN], user_id="ole", lake=lake)


def test_accounts_keep_their_own_sources(shared: Path) -> None:
    """Though the texts are the same."""
    report = memlake.lookup_sources(shared)
    assert_sound(shared)
    labels = dict(ask(shared, "select account_key, label from accounts"))
    assert {(labels[card.account_key], card.conversation_id) for card in report.cards} == {
        ("ida@example.org", "ida-1"),
        ("ole@example.org", "ole-1"),
    }


def test_one_account_can_be_asked_for(shared: Path) -> None:
    """By its label."""
    report = memlake.lookup_sources(shared, account="ole@example.org")
    assert [card.conversation_id for card in report.cards] == ["ole-1"]
    assert report.summary.memory_count == 1
    with pytest.raises(UsageError, match="nobody"):
        memlake.lookup_sources(shared, account="nobody")


def test_only_accounts_with_news_are_looked_up(shared: Path, tmp_path: Path) -> None:
    """The result of the other one stays as it is."""
    bases = "select distinct label, basis_key from raw.lookups join accounts using (account_key) order by label"
    first, before = memlake.lookup_sources(shared), ask(shared, bases)
    archive(tmp_path, [], [THEREMIN, MULES], name="export-2026-02-01", lake=shared)
    second, after = memlake.lookup_sources(shared), ask(shared, bases)

    assert (first.summary.looked_up_count, second.summary.looked_up_count) == (2, 2)
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_a_text_is_looked_up_in_one_account(shared: Path) -> None:
    """Of several one has to be chosen."""
    opened = memlake.Lake(shared)
    with pytest.raises(MemlakeError, match="several accounts") as caught:
        opened.where_said("I am learning the theremin")
    assert "--account" in str(caught.value.hint)
    assert opened.where_said("I am learning the theremin", account="ole@example.org").conversation_id == "ole-1"


def test_cards_can_be_chosen_by_state(lake: Path, tmp_path: Path) -> None:
    """What is forgotten is looked up all the same."""
    archive(tmp_path, TALKS, [THEREMIN], name="export-2026-02-01", lake=lake)
    opened = memlake.Lake(lake)
    assert [card.memory_id for card in opened.lookup_sources(states=["deleted"]).cards] == ["mules"]
    assert [card.memory_id for card in opened.lookup_sources(states=["active"]).cards] == ["theremin"]
    assert opened.lookup_sources().summary.memory_count == 2


def test_without_a_lake_there_is_nothing_to_look_up(tmp_path: Path) -> None:
    """The error says how to make one; nothing is made."""
    for ask_for in (memlake.lookup_sources, lambda lake: memlake.Lake(lake).where_said("tea")):
        with pytest.raises(LakeError, match="no lake") as caught:
            ask_for(tmp_path / "lake")
        assert "memlake ingest" in str(caught.value.hint)
    assert not list(tmp_path.iterdir())


def test_memories_without_talks_have_no_source(tmp_path: Path) -> None:
    """The list came alone."""
    report = memlake.lookup_sources(lake_of(tmp_path / "lake", export_folder(tmp_path, "e", memories=[THEREMIN])))
    assert [(card.level, card.said_by, card.confidence) for card in report.cards] == [("none", "nobody", 0.0)]
    assert (report.summary.none_count, report.summary.expected_precision) == (1, None)


def test_talks_without_memories_have_nothing_to_look_up(tmp_path: Path) -> None:
    """No run is kept."""
    lake = archive(tmp_path, small_talk(), [])
    report = memlake.lookup_sources(lake)
    assert (report.cards, report.summary.memory_count, report.summary.looked_up_count) == ((), 0, 0)
    assert runs(lake) == 0


def test_a_lake_without_an_account_says_so(tmp_path: Path) -> None:
    """Its only export was dropped."""
    lake = archive(tmp_path, small_talk(), [])
    ((export_id,),) = ask(lake, "select export_id from exports")
    memlake.Lake(lake).drop_export(export_id, yes=True)
    with pytest.raises(MemlakeError, match="no account"):
        memlake.Lake(lake).where_said("tea")


def test_jobs_take_the_time_from_their_caller(lake: Path) -> None:
    """The run says when it was."""
    at = datetime(2026, 5, 6, 7, tzinfo=UTC)
    arguments: dict[str, Any] = {"options": LookupOptions(), "clock": lambda: at, "progress": Listening()}
    lookup_sources(lake, **arguments)
    assert lookup_text(lake, "mules in Asturias", **arguments).conversation_id == "mules"
    assert ask(lake, "select epoch(started_at) from raw.runs where job = 'lookup-sources'") == [(at.timestamp(),)]
