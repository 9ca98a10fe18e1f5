"""The search index of a lake: what it finds, and that it is never stale, half-written or damaged for long."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from support.chatgpt import Json, assistant, conversation, message, numbered, text_content, user
from support.commandline import environment
from support.lakes import change, empty_lake, export_folder, lake_of, take_in
from support.programs import program

import memlake
from memlake.errors import LakeError
from memlake.hashing import short_hash
from memlake.lake.analysis import stemmer, words_of
from memlake.lake.fulltext import MessageIndex, Speaker
from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout

ONE, OTHER = (f"chatgpt:{short_hash(name, 12)}" for name in ("user-1", "user-2"))


def chat(conversation_id: str, *texts: str) -> Json:
    """Return a conversation in which the user and the assistant take turns."""
    turns = [(user if number % 2 == 0 else assistant)(text) for number, text in enumerate(texts)]
    return conversation(conversation_id, *numbered(*turns))


def opened(lake: Path) -> MessageIndex:
    """Open the index of a lake, caught up."""
    return open_caught_up(Layout(lake))


def ids(index: MessageIndex, words: str, *, speaker: Speaker = "user", account: str | None = None) -> list[str]:
    """Return conversation and message of what is found, as `c1/n1`, the best first."""
    found = index.search([[word] for word in words_of(words)], speaker=speaker, account=account, limit=50)
    rows = index.messages([number for number, _ in found])
    return [f"{row['conversation_id']}/{row['message_id']}" for row in rows.iter_rows(named=True)]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake with three conversations, once."""
    folder = tmp_path_factory.mktemp("original")
    chats = [
        chat("c1", "I play the cello", "A fine instrument, the cello", "And my dog is called Miso"),
        chat("c2", "My dog eats carrots, dogs do", "Carrots are good for a dog"),
        chat("c3", "In São Paulo I use C++", "Do you?"),
    ]
    return lake_of(folder / "lake", export_folder(folder, "first-2026-01-01", conversations=chats, user="user-1"))


@pytest.fixture
def lake(original: Path, tmp_path: Path) -> Path:
    """Give a copy of that lake, without an index."""
    return Path(shutil.copytree(original, tmp_path / "lake"))


def touch(lake: Path) -> None:
    """Write to a lake's database what is no message."""
    change(lake, "create schema if not exists my", "create or replace table my.notes as select 1 as note")


def more(folder: Path, *chats: Json, name: str = "second-2026-02-01", user: str = "user-1") -> Path:
    """Write another export."""
    return export_folder(folder, name, conversations=chats, user=user)


def test_the_user_and_the_others_are_searched_apart(lake: Path) -> None:
    """A question is put to one of the two."""
    with opened(lake) as index:
        assert ids(index, "cello") == ["c1/n1"]
        assert ids(index, "cello", speaker="other") == ["c1/n2"]
        assert ids(index, "sao paulo c++") == ["c3/n1"]
        assert ids(index, "nowhere") == []


def test_the_message_that_says_more_of_the_words_comes_first(lake: Path) -> None:
    """Scores fall."""
    with opened(lake) as index:
        found = index.search([["dog"], ["carrots"]], speaker="user", limit=10)
        assert ids(index, "dog carrots") == ["c2/n1", "c1/n3"]
    scores = [score for _, score in found]
    assert scores == sorted(scores, reverse=True)


def test_the_length_of_answers_does_not_count_for_the_user(tmp_path: Path) -> None:
    """The same words of the user have the same score, however many answers there are, and however long."""
    scores = []
    for name, answer in (("short", "yes"), ("long", "a word and another " * 500)):
        chats = [chat("c1", "my dog", answer), chat("c2", "my cat", answer)]
        lake = lake_of(tmp_path / f"lake-{name}", export_folder(tmp_path, name, conversations=chats))
        with opened(lake) as index:
            scores.append(index.search([["dog"]], speaker="user", limit=1))
    assert scores[0] == scores[1]


def test_any_form_counts_as_the_word(lake: Path) -> None:
    """Each form weighs as the whole group does, and a message that says several comes first."""
    with opened(lake) as index:
        forms = index.variants("dogs", stemmer("en"))
        (both, score_both), (single, _) = index.search([forms], speaker="user", limit=10)
        assert forms == ["dog", "dogs"]
        assert index.messages([both, single])["conversation_id"].to_list() == ["c2", "c1"]
        alone = index.search([["dog"]], speaker="user", limit=10)
    assert 0 < score_both <= 3 * max(score for _, score in alone)


@pytest.mark.parametrize(("word", "found"), [("carrot", ["carrots"]), ("z", []), ("i", ["i"]), ("nowhere", [])])
def test_forms_are_those_that_somebody_wrote(lake: Path, word: str, found: list[str]) -> None:
    """Whoever said them; a word too short to look around finds itself."""
    with opened(lake) as index:
        assert index.variants(word, stemmer("en")) == found
        assert index.variants(word, stemmer("en")) == found


def test_a_word_is_counted_by_the_messages_that_say_it(lake: Path) -> None:
    """Of one side or of both."""
    with opened(lake) as index:
        assert index.document_frequency("dog") == 3
        assert index.document_frequency("dog", speaker="user") == 2
        assert index.document_frequency("nowhere") == 0
        assert index.message_count == 7


@pytest.mark.parametrize(("groups", "limit"), [([], 5), ([[]], 5), ([["dog"]], 0), ([["nowhere"], []], 5)])
def test_a_search_for_nothing_finds_nothing(lake: Path, groups: list[list[str]], limit: int) -> None:
    """Without words, without known words, without room for an answer."""
    with opened(lake) as index:
        assert index.search(groups, speaker="user", limit=limit) == []


def test_neighbours_have_the_numbers_around(tmp_path: Path) -> None:
    """In reading order; messages without text have none, and unknown numbers no row."""
    turns = numbered(user("first"), message("tool", text_content("")), assistant("second"), user("third"))
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[conversation("c1", *turns)]))

    with opened(lake) as index:
        ((number, _),) = index.search([["second"]], speaker="other", limit=5)
        rows = index.messages([number + 1, number, number - 1, number - 2])

    assert rows["message_id"].to_list() == ["n4", "n3", "n1"]
    assert rows["role"].to_list() == ["user", "assistant", "user"]
    assert rows["position"].to_list() == [3, 2, 0]
    assert rows["conversation_number"].n_unique() == 1


def test_an_index_that_is_up_to_date_is_opened_as_it_is(lake: Path) -> None:
    """Nothing is written, and the database is not asked."""
    opened(lake).close()
    before = {path: path.stat().st_mtime_ns for path in (lake / "search").rglob("*")}

    opened(lake).close()

    assert {path: path.stat().st_mtime_ns for path in (lake / "search").rglob("*")} == before


def test_a_write_that_changes_no_conversation_builds_nothing(lake: Path) -> None:
    """What a person keeps in the lake is no reason to read all messages again."""
    opened(lake).close()
    touch(lake)
    reported: list[tuple[int, int]] = []

    with open_caught_up(Layout(lake), report=lambda done, total: reported.append((done, total))) as index:
        assert ids(index, "cello") == ["c1/n1"]

    assert reported == []
    assert [path.name for path in (lake / "search").glob("index-*")] == ["index-1"]


def test_only_what_changed_is_indexed_again(lake: Path, tmp_path: Path) -> None:
    """A continued conversation and a new one; the others keep their numbers."""
    with opened(lake) as index:
        ((kept, _),) = index.search([["paulo"]], speaker="user", limit=5)
    continued = chat("c2", "My dog eats carrots, dogs do", "Carrots are good for a dog", "And parsnips")
    take_in(lake, more(tmp_path, continued, chat("c4", "I breed axolotls")))
    reported: list[tuple[int, int]] = []

    with open_caught_up(Layout(lake), report=lambda done, total: reported.append((done, total))) as index:
        assert sorted(ids(index, "axolotls parsnips carrots")) == ["c2/n1", "c2/n3", "c4/n1"]
        assert [number for number, _ in index.search([["paulo"]], speaker="user", limit=5)] == [kept]
        assert index.message_count == 9

    assert reported[0][0] == 0
    assert reported[-1][0] == reported[-1][1] < 200
    assert matches_a_fresh_one(lake)


def test_a_caught_up_index_holds_what_a_fresh_one_holds(lake: Path, tmp_path: Path) -> None:
    """After every one of several exports, in whichever order they are dated."""
    for month, text in ((3, "axolotls"), (1, "badgers"), (2, "cats")):
        opened(lake).close()
        take_in(lake, more(tmp_path, chat(f"c{month}", f"I like {text}"), name=f"export-2026-0{month}-15"))
        assert matches_a_fresh_one(lake), text


def matches_a_fresh_one(lake: Path) -> bool:
    """Tell whether the caught-up index of a lake holds the messages and words of one made from nothing."""
    with opened(lake) as index:
        caught_up = holdings(index)
    shutil.rmtree(lake / "search")
    with opened(lake) as index:
        return holdings(index) == caught_up


def holdings(index: MessageIndex) -> list[tuple[object, ...]]:
    """Return which message says which word, for the words of these tests, and how many there are."""
    words = ("dog", "dogs", "cello", "carrots", "parsnips", "axolotls", "badgers", "cats", "paulo", "c++", "good", "i")
    sides: tuple[Speaker, ...] = ("user", "other")
    return [(word, side, sorted(ids(index, word, speaker=side))) for word in words for side in sides] + [
        (index.message_count,)
    ]


def test_a_dropped_export_takes_its_messages_along(lake: Path, tmp_path: Path) -> None:
    """Those that only it had, and its account."""
    receipt = take_in(lake, more(tmp_path, chat("c4", "I breed axolotls"), user="user-2"))
    with opened(lake) as index:
        assert ids(index, "axolotls") == ["c4/n1"]

    memlake.Lake(lake).drop_export(receipt.export_id, yes=True)

    with opened(lake) as index:
        assert ids(index, "axolotls") == []
        assert index.search([["cello"]], speaker="user", account=OTHER, limit=5) == []
        assert ids(index, "cello") == ["c1/n1"]


def test_when_most_has_gone_the_index_is_built_anew(lake: Path, tmp_path: Path) -> None:
    """Deleted messages would go on counting in the weight of words."""
    opened(lake).close()
    texts = ("I play the viola", "A fine instrument", "And the dog is called Tofu")
    take_in(lake, more(tmp_path, chat("c1", *texts), chat("c2", "No dogs", "None")))

    with opened(lake) as index:
        scores = index.search([["dog"], ["c++"]], speaker="user", limit=10)

    shutil.rmtree(lake / "search")
    with opened(lake) as index:
        assert index.search([["dog"], ["c++"]], speaker="user", limit=10) == scores


def test_accounts_that_share_every_id_stay_apart(tmp_path: Path) -> None:
    """Each has its own numbers, and a search can be for one of them."""
    exports = [
        export_folder(tmp_path, name, conversations=[chat("c1", text, "Noted")], user=name)
        for name, text in (("user-1", "I play the cello"), ("user-2", "I play the viola"))
    ]
    lake = lake_of(tmp_path / "lake", *exports)

    with opened(lake) as index:
        everybody = index.search([["play"]], speaker="user", limit=5)
        accounts = index.messages([number for number, _ in everybody])["account_key"].to_list()
        ((mine, _),) = index.search([["play"], ["viola"]], speaker="user", account=ONE, limit=5)
        assert sorted(accounts) == sorted([ONE, OTHER])
        assert index.messages([mine])["account_key"].to_list() == [ONE]
        assert index.search([["play"]], speaker="user", account="chatgpt:unknown", limit=5) == []


def test_a_word_that_everybody_says_still_counts(tmp_path: Path) -> None:
    """Also when a changed conversation said it, and tantivy counts its deleted messages, too."""
    chats = [chat(f"c{number}", "my dog") for number in range(5)]
    lake = lake_of(tmp_path / "lake", more(tmp_path, *chats, name="first-2026-01-01"))
    opened(lake).close()
    take_in(lake, more(tmp_path, *chats[:-1], chat("c4", "dogs, my dog")))

    with opened(lake) as index:
        found = index.search([["dog", "dogs"], ["my"]], speaker="user", limit=10)

    assert len(found) == 5
    assert min(score for _, score in found) > 0


def test_a_search_can_be_for_some_conversations(lake: Path) -> None:
    """By their numbers; the scores are those of a search everywhere."""
    with opened(lake) as index:
        everywhere = dict(index.search([["dog"]], speaker="user", limit=5))
        number = index.messages(list(everywhere)).filter(conversation_id="c2")["conversation_number"][0]
        ((found, score),) = index.search([["dog"]], speaker="user", conversations=[number], limit=5)
        assert everywhere[found] == pytest.approx(score)
        assert index.search([["dog"]], speaker="user", conversations=[], limit=5) == []


def test_a_lake_without_messages_has_an_empty_index(tmp_path: Path) -> None:
    """An export of nothing but an empty conversation, and a lake without exports."""
    nothing = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[conversation("c1")]))
    with empty_lake() as database:
        (tmp_path / "bare").mkdir()
        database.run("checkpoint")
        shutil.copyfile(database.path, tmp_path / "bare" / "memlake.duckdb")
    for lake in (nothing, tmp_path / "bare"):
        with opened(lake) as index:
            assert index.message_count == 0
            assert index.search([["dog"]], speaker="user", limit=5) == []
            assert index.variants("dog", stemmer("en")) == []
            assert index.messages([0, 1]).is_empty()
        assert matches_a_fresh_one(lake)


def test_there_is_no_index_without_a_lake(tmp_path: Path) -> None:
    """Nothing is made in a folder that holds none."""
    with pytest.raises(LakeError, match="there is no lake"):
        opened(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_hostile_texts_are_indexed(tmp_path: Path) -> None:
    """Megabytes, emoji, NUL, halves of surrogate pairs, endless words."""
    texts = ["needle " + "hay stack " * 500_000, "😀🎉", "a\0needle\0b", "half \ud800 needle", "x" * 3_000_000, " \n "]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[chat("c1", *texts)]))

    with opened(lake) as index:
        assert sorted(ids(index, "needle")) == ["c1/n1", "c1/n3"]
        assert ids(index, "needle", speaker="other") == ["c1/n4"]
        assert index.message_count == 6


def truncate(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    """Write other bytes, as many as there were."""
    path.write_bytes(b"\xa5" * path.stat().st_size)


def answer_or_hint(lake: Path, words: str) -> list[str] | str | None:
    """Return what a search finds, or what the error says one should do."""
    try:
        with opened(lake) as index:
            return [*ids(index, words), *ids(index, words, speaker="other")]
    except LakeError as error:
        return error.hint


@pytest.mark.parametrize("damage", [truncate, Path.unlink])
@pytest.mark.parametrize("pattern", ["stamp.json", "*/user/*.term", "*/other/*.idx", "*/*/meta.json", "*/*.parquet"])
def test_an_index_with_missing_bytes_is_made_again(lake: Path, pattern: str, damage: Callable[[Path], None]) -> None:
    """Its stamp knows all files and their sizes."""
    opened(lake).close()
    for path in (lake / "search").glob(pattern):
        damage(path)

    assert answer_or_hint(lake, "cello") == ["c1/n1", "c1/n2"]


@pytest.mark.parametrize("pattern", ["stamp.json", "*/*/*.term", "*/*/*.idx", "*/*/meta.json", "*/*.parquet"])
def test_other_bytes_are_made_again_or_said_to_be_damaged(lake: Path, tmp_path: Path, pattern: str) -> None:
    """Before and after a catch-up; what only reading shows names the command that helps, and that helps."""
    opened(lake).close()
    for path in (lake / "search").glob(pattern):
        garble(path)
    hint = f"remove it, since the next search makes it again: rm -r {lake / 'search'}"
    assert answer_or_hint(lake, "cello") in (["c1/n1", "c1/n2"], hint)

    for path in (lake / "search").glob(pattern):
        garble(path)
    take_in(lake, more(tmp_path, chat("c4", "I breed axolotls")))
    assert answer_or_hint(lake, "axolotls cello") in (
        ["c4/n1", "c1/n1", "c1/n2"],
        ["c1/n1", "c4/n1", "c1/n2"],
        hint,
    )

    shutil.rmtree(lake / "search")
    assert answer_or_hint(lake, "cello") == ["c1/n1", "c1/n2"]


@pytest.mark.parametrize(
    "stamp", ["", "null", "[]", "{}", '{"version": 1}', "[" * 100_000, '"text"', "\xa5", '{"files": []}']
)
def test_a_stamp_of_garbage_counts_as_none(lake: Path, stamp: str) -> None:
    """The index is built again."""
    opened(lake).close()
    (lake / "search" / "stamp.json").write_text(stamp, encoding="latin-1")

    with opened(lake) as index:
        assert ids(index, "cello") == ["c1/n1"]


@pytest.mark.parametrize("key", ["version", "generation", "files", "message_count", "next_message_number"])
@pytest.mark.parametrize("value", [None, "text", -1, {}])
def test_a_stamp_with_odd_values_leads_nobody_astray(lake: Path, key: str, value: object) -> None:
    """A file that anybody can edit."""
    opened(lake).close()
    path = lake / "search" / "stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")
    touch(lake)

    with opened(lake) as index:
        assert ids(index, "cello") == ["c1/n1"]


def test_an_index_of_another_lake_is_caught_up(lake: Path, tmp_path: Path) -> None:
    """Somebody copied the folder: messages are compared by what the exports said."""
    other = lake_of(tmp_path / "other", more(tmp_path, chat("c1", "I breed axolotls"), chat("c9", "I play the harp")))
    opened(lake).close()
    shutil.copytree(lake / "search", other / "search")

    with opened(other) as index:
        assert ids(index, "axolotls") == ["c1/n1"]
        assert ids(index, "cello") == []


def test_an_interrupted_catch_up_leaves_the_former_index(lake: Path, tmp_path: Path) -> None:
    """Ctrl-C in the middle: nothing half-written counts, and the next search goes on."""
    opened(lake).close()
    take_in(lake, more(tmp_path, chat("c4", "I breed axolotls")))

    def interrupt(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_caught_up(Layout(lake), report=interrupt)

    assert [path.name for path in (lake / "search").glob("index-*")] == ["index-1"]
    with opened(lake) as index:
        assert ids(index, "axolotls") == ["c4/n1"]
    assert [path.name for path in (lake / "search").glob("index-*")] == ["index-2"]


def test_a_killed_build_is_swept_away(lake: Path) -> None:
    """No stamp, and files that tell nothing."""
    opened(lake).close()
    (lake / "search" / "stamp.json").unlink()
    (lake / "search" / "index-7" / "user").mkdir(parents=True)
    (lake / "search" / "index-7" / "user" / "meta.json").write_text("{", encoding="utf-8")

    with opened(lake) as index:
        assert ids(index, "cello") == ["c1/n1"]
    assert [path.name for path in (lake / "search").glob("index-*")] == ["index-8"]


def test_who_has_the_index_open_keeps_what_it_opened(lake: Path, tmp_path: Path) -> None:
    """Another process catches up meanwhile."""
    with opened(lake) as before:
        take_in(lake, more(tmp_path, chat("c4", "I breed axolotls")))
        with opened(lake) as after:
            assert ids(after, "axolotls") == ["c4/n1"]
        assert ids(before, "axolotls") == []
        assert ids(before, "cello") == ["c1/n1"]
        assert before.message_count == 7


COUNT = """
import sys
from pathlib import Path
from memlake.lake.fulltext_opening import open_caught_up
from memlake.lake.layout import Layout

with open_caught_up(Layout(Path(sys.argv[1]))) as index:
    sys.stdout.write(str(index.message_count))
"""


def test_processes_at_once_share_one_build(lake: Path) -> None:
    """The second waits for the first and uses what it made."""
    command = [sys.executable, "-c", COUNT, str(lake)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    assert [process.communicate()[0] for process in processes] == ["7", "7", "7"]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert [path.name for path in (lake / "search").glob("index-*")] == ["index-1"]


def test_the_index_is_its_owners_alone(lake: Path) -> None:
    """As all of the lake."""
    opened(lake).close()
    modes = {path.stat().st_mode & 0o077 for path in (lake / "search").rglob("*") if path.suffix != ".lock"}
    assert modes == {0}


def test_a_folder_that_may_not_be_written_is_named(lake: Path) -> None:
    """While the index is up to date it is used; root lays down its powers for this test."""
    opened(lake).close()
    touch(lake)
    code = f"""
        from pathlib import Path
        from memlake.errors import MemlakeError
        from memlake.lake.fulltext_opening import open_caught_up
        from memlake.lake.layout import Layout
        try:
            open_caught_up(Layout(Path({str(lake)!r})))
        except MemlakeError as error:
            print(error.message, error.hint, sep="\\n")
    """
    powerless = [program("setpriv"), "--bounding-set=-all"] if os.geteuid() == 0 else []
    folders = [lake / "search", *(path for path in (lake / "search").rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o500)
    (lake / "search" / "lock").chmod(0o400)
    try:
        done = subprocess.run(
            [*powerless, sys.executable, "-c", textwrap.dedent(code)],
            check=True,
            capture_output=True,
            text=True,
            env=environment(),
        )
    finally:
        for path in folders:
            path.chmod(0o700)

    assert done.stdout.splitlines() == [
        f"the search index in {lake / 'search'} may not be written",
        f"let yourself write there: chmod -R u+rwX {lake / 'search'}",
    ]


def test_a_file_in_the_way_of_the_folder_is_named(lake: Path) -> None:
    """`search` is somebody's file."""
    (lake / "search").write_text("mine", encoding="utf-8")
    with pytest.raises(LakeError, match="search") as caught:
        opened(lake)
    assert caught.value.hint
    assert (lake / "search").read_text(encoding="utf-8") == "mine"


def test_files_are_copied_where_they_cannot_be_shared(
    lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without hard links."""

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    opened(lake).close()
    take_in(lake, more(tmp_path, chat("c4", "I breed axolotls")))
    with opened(lake) as index:
        assert ids(index, "axolotls") == ["c4/n1"]
        assert ids(index, "cello") == ["c1/n1"]
