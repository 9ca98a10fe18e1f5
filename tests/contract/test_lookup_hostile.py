"""Looking up odd memories in odd talks: always an answer, one row a memory, and nothing that harms the lake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support.chatgpt import Turn, assistant, nodes, text_content, user
from support.commandline import environment
from support.lakes import ask
from support.programs import program
from support.talks import TALKS, THEREMIN, archive, assert_sound, chosen, runs, saved, small_talk, sources, talk

import memlake
from memlake.lookup.report import SourceCard

LONG = " ".join(f"word{number}" for number in range(2_000))
ODD = {
    "one word": "theremin",
    "2,000 words": LONG,
    "empty": "",
    "spaces": " \t\n ",
    "emoji": "🎻🐢🎉",
    "stop words": "The user is who they are, and it was not for him.",
    "only the user": "User",
    "code": "def f(x): return {x: [y for y in x if y not in {None}]}",
    "regex": r"User likes (.*)+? [a-z]{2,} \b(?<=x) $^ |",
    "sql": "User likes Robert'); drop table raw.lookups; -- $account_key ?",
    "quotes": "\"User\" says 'yes' and “no” and «si»",
    "zero": "User likes \0 and \x1b[31m red",
    "replacement": "User likes \ufffd\ufffd",
    "surrogate": "User likes \ud83d half",
    "markup": "[bold]User[/bold] likes <b>tea</b> & \u202e aet",
    "numbers": "1 2 3 4 5 6 7 8 9 10 3.14",
    "one letter": "x",
}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of odd memories, each said in a talk as it is, among small talk."""
    folder = tmp_path_factory.mktemp("odd")
    talks = [talk(f"c-{name}", 20 + day, content, "I see.") for day, (name, content) in enumerate(ODD.items())]
    return archive(folder, [*TALKS, *talks], [saved(name, content) for name, content in ODD.items()])


@pytest.fixture(scope="module")
def found(odd: Path) -> dict[str, SourceCard]:
    """Return what a lookup of the odd memories tells."""
    return sources(odd)


def test_every_odd_memory_has_an_answer(odd: Path, found: dict[str, SourceCard]) -> None:
    """A level, a reason, and a probability between 0 and 1; all data tests of the lake pass."""
    assert found
    for card in found.values():
        assert card.level is not None
        assert card.why
        assert card.confidence is not None
        assert 0 <= card.confidence < 1
    assert_sound(odd)


@pytest.mark.parametrize("name", ["empty", "spaces", "emoji", "only the user"])
def test_what_says_nothing_has_no_source(found: dict[str, SourceCard], name: str) -> None:
    """No word can be searched for; a blank memory may be no memory at all."""
    if name in found:
        assert (found[name].level, found[name].confidence, found[name].candidates) == ("none", 0.0, ())


@pytest.mark.parametrize("name", ["2,000 words", "code", "regex", "sql", "quotes", "markup"])
def test_odd_characters_are_words_like_others(found: dict[str, SourceCard], name: str) -> None:
    """What was said as it is remembered is found."""
    assert found[name].conversation_id == f"c-{name}"


@pytest.mark.parametrize("name", ODD)
def test_any_text_can_be_asked_for(odd: Path, name: str) -> None:
    """Also what is no memory."""
    text = ODD[name].encode("utf-8", "replace").decode()
    assert memlake.Lake(odd).where_said(text).level is not None


@pytest.mark.parametrize("text", ["", "\0", "*", '" OR "', "theremin AND (", "[" * 1_000])
def test_a_search_that_is_none_finds_nothing(odd: Path, text: str) -> None:
    """Or what its words find; it is never a query of the search engine."""
    assert memlake.Lake(odd).where_said(text).why


def test_what_is_said_everywhere_has_no_sure_source(tmp_path: Path) -> None:
    """In 300 talks: the first of them comes before all others, however the export orders them, and nothing is sure."""
    talks = [talk(f"c{number:03}", number, "Good morning! I live in Lyon.", "Hello.") for number in range(300)]
    card = sources(archive(tmp_path, talks[::-1], [saved("m", "User lives in Lyon.")]))["m"]

    assert card.level == "none"
    assert card.confidence is not None
    assert card.confidence < 0.3
    assert "generic" in card.why
    assert card.candidates[0].conversation_id == "c000"
    assert len(card.candidates) == 10


def test_what_was_said_everywhere_is_not_unsaid(tmp_path: Path) -> None:
    """Word for word, though nothing tells in which talk first."""
    talks = [talk(f"c{number:03}", number, "I am a vegetarian in Ghent.", "Good.") for number in range(60)]
    lake = archive(tmp_path, talks, [saved("m", "I am a vegetarian in Ghent.")])
    card = sources(lake)["m"]

    assert (card.level, card.said_by) == ("none", "user")
    assert "word for word" in card.why
    assert ask(lake, "select count(*) from memory_sources where said_by = 'nobody'") == [(0,)]


@pytest.mark.parametrize("metadata", [None, {}, "odd"])
def test_what_no_export_calls_hidden_is_a_source(tmp_path: Path, metadata: object) -> None:
    """Plain messages of slim exports have no metadata that could say so."""
    said = replace(user("I go bouldering in Gerland on Tuesdays."), metadata=metadata)
    card = sources(archive(tmp_path, [*small_talk(), talk("c", 50, said)], [saved("m", "Goes bouldering in Gerland.")]))

    assert (card["m"].conversation_id, card["m"].said_by) == ("c", "user")


def test_the_first_of_equal_talks_is_the_closest(tmp_path: Path) -> None:
    """Of those of one time the first by its id, whichever export came first."""
    lodging = saved("m", "User lives in a lighthouse.")
    days = {"late": 60, "z": 20, "a": 20}
    for month, (name, day) in enumerate(days.items(), start=1):
        told = [talk(name, day, "I live in a lighthouse.")]
        archive(tmp_path, told, [lodging], name=f"export-2026-{month:02}-01", lake=tmp_path / "lake")

    card = sources(tmp_path / "lake")["m"]

    assert [candidate.conversation_id for candidate in card.candidates] == ["a", "z", "late"]


def test_endless_messages_end(tmp_path: Path) -> None:
    """Five megabytes of words, as many without a space, and 2,000 sentences without a full stop."""
    endless = "the log says that nothing happened today " * 122_000
    unbroken = "x" * 5_000_000
    lines = "\n".join(f"entry {number} was written by nobody" for number in range(2_500))
    talks = [
        talk("endless", 20, f"{endless} I am learning the theremin.", endless),
        talk("unbroken", 30, f"{unbroken} theremin"),
        talk("lines", 40, f"{lines}\nMy theremin lessons."),
        talk("one", 50, "I am learning the theremin, " + "and so on and on " * 2_000),
    ]
    memories = [THEREMIN, saved("written", "User has 2,400 entries written by nobody.")]
    found = sources(archive(tmp_path, [*small_talk(), *talks], memories))

    assert found["theremin"].conversation_id in {"endless", "one", None}
    assert "theremin" in (found["theremin"].quote or "theremin")
    assert all(len(candidate.excerpt or "") <= 200 for card in found.values() for candidate in card.candidates)


def undated(*turns: Turn) -> object:
    """Return a conversation of which no time is known."""
    record = talk("undated", 20, *turns, create_time=None, update_time=None)
    for node in nodes(record).values():
        if isinstance(said := node["message"], dict):
            said["create_time"] = None
    return record


def test_talks_without_times_are_sources_too(tmp_path: Path) -> None:
    """No date speaks for or against them; one of the future neither stops a lookup."""
    future = talk("future", 30_000, "In Asturias we keep mules.")
    memories = [
        saved("theremin", "User is learning the theremin.", 20.01),
        saved("mules", "User keeps mules in Asturias.", 60),
    ]
    talks = [*small_talk(), undated(user("I am learning the theremin."), assistant("Good luck!")), future]
    found = sources(archive(tmp_path, talks, memories))

    assert chosen(found) == {"theremin": "undated", "mules": "future"}
    assert found["theremin"].message_at is None
    assert {step.name for step in found["theremin"].steps}.isdisjoint({"date"})


def test_a_message_without_a_time_is_a_source_too(tmp_path: Path) -> None:
    """Though its conversation has one."""
    bare = replace(user("I am learning the theremin."), at=None)
    card = sources(
        archive(tmp_path, [*small_talk(), talk("bare", 20, bare)], [saved("m", "Learns the theremin.", 21)])
    )["m"]
    assert (card.conversation_id, card.message_at) == ("bare", None)


def test_only_talks_without_times(tmp_path: Path) -> None:
    """The calendar is empty, with a dated memory and without."""
    lake = archive(
        tmp_path, [undated(user("I am learning the theremin."))], [saved("m", "Learns the theremin", 20), THEREMIN]
    )
    assert {card.level for card in sources(lake).values()} <= {"none", "paraphrase", "near_verbatim", "verbatim"}


def test_a_talk_of_empty_messages_is_in_nobodys_way(tmp_path: Path) -> None:
    """Neither one without any message."""
    empty = talk("empty", 30, Turn(role="user", content=text_content("")), Turn(role="assistant", content=None))
    assert chosen(sources(archive(tmp_path, [*TALKS, talk("bare", 20), empty], [THEREMIN]))) == {"theremin": "best"}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake of one memory and its index, once."""
    lake = archive(tmp_path_factory.mktemp("original"), TALKS, [THEREMIN])
    memlake.Lake(lake).where_said("tea")
    return lake


@pytest.fixture
def lake(original: Path, tmp_path: Path) -> Path:
    """Give a copy of that lake, in which nothing was looked up."""
    return Path(shutil.copytree(original, tmp_path / "lake"))


@pytest.mark.parametrize("damage", ["stamp", "rubbish", "removed"])
def test_a_damaged_index_is_made_again(lake: Path, damage: str) -> None:
    """Whatever is left of it."""
    folder = lake / "search"
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    if damage == "removed":
        shutil.rmtree(folder)
    else:
        for file in files:
            if damage == "rubbish" or file.parent == folder:
                file.write_bytes(b"rubbish")
    assert chosen(sources(lake)) == {"theremin": "best"}


def test_an_interrupted_index_is_made_again(lake: Path) -> None:
    """A half-written generation counts for nothing."""
    half = lake / "search" / "index-99" / "user"
    half.mkdir(parents=True)
    (half / "meta.json").write_text("{")
    archive(lake.parent, [talk("new", 90, "A new talk.")], [THEREMIN], name="export-2026-02-01", lake=lake)
    assert chosen(sources(lake)) == {"theremin": "best"}


def test_an_index_that_may_not_be_written_is_named(lake: Path) -> None:
    """With what helps; nothing is looked up, and the next time all is well."""
    archive(lake.parent, [talk("new", 90, "A new talk.")], [THEREMIN], name="export-2026-02-01", lake=lake)
    folders = [lake / "search", *(path for path in (lake / "search").rglob("*") if path.is_dir())]
    powerless = [program("setpriv"), "--bounding-set=-all"] if os.geteuid() == 0 else []
    for path in folders:
        path.chmod(0o500)
    (lake / "search" / "lock").chmod(0o400)
    try:
        done = subprocess.run(
            [*powerless, sys.executable, "-m", "memlake", "--lake", str(lake), "lookup-sources"],
            check=False,
            capture_output=True,
            text=True,
            env=environment(),
        )
    finally:
        for path in folders:
            path.chmod(0o700)

    assert (done.returncode, done.stdout) == (1, "")
    assert "may not be written" in done.stderr
    assert runs(lake) == 0
    (lake / "search" / "lock").chmod(0o600)
    assert chosen(sources(lake)) == {"theremin": "best"}
