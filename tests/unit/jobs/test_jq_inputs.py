"""What words mean as the input of a jq program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.chatgpt import assistant, conversation, user
from support.jq import REVERSE_LOOKUP, finished, run_of
from support.lakes import change, export_folder, lake_of, memory
from support.samples import zip_sample
from support.zips import write_zip

import memlake
from memlake.errors import ExportError, LakeError, MemlakeError, UsageError
from memlake.query.jq.events import Output

TEA, DOG = memory("m1", "Likes tea."), memory("m2", "Has a dog.", "2025-02-01T12:00:00Z", enabled=False)
UNDATED = memory("m3", "Sails.", None)
NODE_COUNT = 3
CHAT = conversation("c1", user("Tea or coffee?"), assistant("Tea."))


def answer(text: str, words: str, lake: Path, **options: Any) -> list[object]:  # noqa: ANN401 - whatever run_of takes
    """Return the values that a program prints."""
    ran, said = finished(run_of(text, words, lake=lake, indent=None, **options))
    assert ran.exit_code == 0, said
    return [json.loads(line) for line in ran.stdout.splitlines()]


def told(words: str, lake: Path, **options: Any) -> list[str]:  # noqa: ANN401 - whatever run_of takes
    """Return what people are told beside the output."""
    return finished(run_of(".[]", words, lake=lake, **options))[1]


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """Return an export with three memories and a conversation."""
    return export_folder(tmp_path, "chatgpt-2025-03-01", memories=[TEA, DOG, UNDATED], conversations=[CHAT], user="u")


@pytest.fixture
def lake(tmp_path: Path, older: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a lake of two exports, seen from an empty folder: the newer has lost a memory and holds no chats."""
    newer = export_folder(tmp_path, "chatgpt-2025-04-01", memories=[DOG, UNDATED], user="u")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return lake_of(tmp_path / "lake", older, newer)


def test_memories_have_the_shape_of_the_file(lake: Path) -> None:
    """Enabled unless known not to be; an unknown time is empty; no deleted ones."""
    assert answer(".[]", "memories", lake) == [
        {"id": "m2", "content": "Has a dog.", "enabled": False, "created_at": "2025-02-01T12:00:00Z", "updated_at": ""},
        {"id": "m3", "content": "Sails.", "enabled": True, "created_at": "", "updated_at": ""},
    ]


def test_all_memories_are_there_when_asked_for(lake: Path) -> None:
    """Deleted ones, too."""
    assert answer(".[].id", "memories", lake, is_all=True) == ["m1", "m2", "m3"]


def test_likely_saves_are_there_only_when_asked_for(all_samples_lake: Path) -> None:
    """Nobody recorded them."""
    likely = {m.content for m in memlake.Lake(all_samples_lake).memories(channel="likely")}
    usual = set(answer(".[].content", "memories", all_samples_lake))

    assert likely
    assert likely & usual == set()
    assert likely < set(answer(".[].content", "memories", all_samples_lake, is_all=True))


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("messages", "messages"),
        ("sources", "memory_sources"),
        ("events", "memory_events"),
        ("changes", "memory_changes"),
    ],
)
def test_relations_come_as_records(all_samples_lake: Path, name: str, relation: str) -> None:
    """Every row with all its columns."""
    rows = memlake.Lake(all_samples_lake).sql(f"select * from {relation}")

    found = answer(".[] | keys_unsorted", name, all_samples_lake)

    assert len(found) == len(rows)
    assert set(map(str, found)) == {str(rows.columns)}


def test_an_account_narrows_every_relation(all_samples_lake: Path) -> None:
    """By its name, as everywhere."""
    for name in ("messages", "sources", "events", "changes"):
        found = answer(".[].account_key", name, all_samples_lake, account="claude")
        assert set(map(str, found)) == {str(found[0])}
        assert str(found[0]).startswith("claude:")


def test_what_a_lake_does_not_hold_is_said(lake: Path) -> None:
    """The program runs on an empty list all the same."""
    assert answer("length", "events", lake) == [0]
    assert told("events", lake) == ["the lake holds no events"]


def test_a_lake_that_forgot_everything_says_where_more_is(tmp_path: Path) -> None:
    """Deleted memories are not shown by themselves."""
    lists = [[TEA], [DOG]]
    exports = [
        export_folder(tmp_path, f"x-2025-0{n + 3}-01", memories=found, user="u") for n, found in enumerate(lists)
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    memlake.Lake(lake).drop_export(memlake.Lake(lake).exports()[1].export_id, yes=True)
    memlake.Lake(lake).drop_export(memlake.Lake(lake).exports()[0].export_id, yes=True)

    assert told("memories", lake) == ["the lake holds no memories, unless deleted or likely ones (--all)"]
    assert told("memories", lake, is_all=True) == ["the lake holds no memories"]
    with pytest.raises(MemlakeError, match="the lake holds no exports"):
        told("latest:memory.json", lake)


def test_a_file_here_comes_first(lake: Path) -> None:
    """Before that of an export; a relation keeps its name."""
    Path("memory.json").write_text('[{"id": "mine"}]', encoding="utf-8")
    Path("memories").write_text("[]", encoding="utf-8")

    assert answer(".[].id", "memory.json", lake) == ["mine"]
    assert answer(".[].id", "memories", lake) == ["m2", "m3"]
    assert answer("length", "./memories", lake) == [0]


def test_a_file_comes_from_the_newest_export_that_holds_it(lake: Path) -> None:
    """And it is said from which."""
    assert answer(".[].id", "memory.json", lake) == ["m2", "m3"]
    assert answer(".[].mapping | length", "conversations.json", lake) == [NODE_COUNT]
    assert told("conversations.json", lake) == ["conversations.json of the export chatgpt-2025-03-01, made 2025-03-01"]


def test_a_file_of_the_newest_export_can_be_asked_for(lake: Path) -> None:
    """It is said what there is instead."""
    assert answer(".[].id", "latest:memory.json", lake) == ["m2", "m3"]
    with pytest.raises(
        UsageError, match="newest export, chatgpt-2025-04-01, made 2025-04-01, holds no conversations"
    ) as no:
        told("latest:conversations.json", lake)

    assert no.value.hint == "it holds: memory.json, user.json"


def test_numbered_files_are_one_list(sample_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest export of the samples has its conversations in two parts."""
    monkeypatch.chdir(tmp_path)

    (count,) = answer("length", "latest:conversations.json", sample_lake)
    ids = answer(".[].id", "latest:conversations.json", sample_lake)

    assert count == len(set(map(str, ids))) > 1


def test_a_part_that_is_no_list_is_refused(tmp_path: Path) -> None:
    """By its name."""
    parts = {"conversations-000.json": b"[1]", "conversations-001.json": b'{"a": 1}'}
    export = write_zip(tmp_path / "x.zip", parts)

    with pytest.raises(ExportError, match=r"conversations-001\.json is not a JSON list"):
        told(str(export), tmp_path)


def test_without_any_export_at_hand_the_lake_answers_in_the_shape_of_the_file(lake: Path) -> None:
    """The published recipes work on it, too."""
    shutil.rmtree(lake / "exports")
    for folder in lake.parent.glob("chatgpt-*"):
        shutil.rmtree(folder)

    assert answer(".[].id", "memory.json", lake) == ["m2", "m3"]
    assert answer(".[].id", "memory.json", lake, is_all=True) == ["m1", "m2", "m3"]
    (found,) = answer(REVERSE_LOOKUP, "conversations.json", lake, names={"q": "COFFEE"})
    (chat,) = answer(".[]", "conversations.json", lake)
    assert isinstance(chat, dict)
    assert chat["mapping"][found]["message"]["author"]["role"] == "user"
    assert chat["mapping"][chat["current_node"]]["message"]["content"]["parts"] == ["Tea."]
    assert chat["current_node"] in chat["mapping"][found]["children"]
    assert told("memory.json", lake)[0].startswith("no export at hand holds memory.json")
    with pytest.raises(UsageError, match=r"holds no memory\.json") as gone:
        told("latest:memory.json", lake)
    assert gone.value.hint == "its files are not where they were"


def test_conversations_of_the_lake_are_those_of_the_exports(sample_lake: Path, tmp_path: Path) -> None:
    """Each once, with all its messages; also one that has none."""
    shutil.copytree(sample_lake, tmp_path / "lake")
    shutil.rmtree(tmp_path / "lake" / "exports")
    lake = memlake.Lake(tmp_path / "lake")
    change(lake.folder, "update raw.exports set paths = ['gone']")

    found = answer(".[] | [.conversation_id, (.mapping | length)]", "conversations.json", lake.folder)

    counts = lake.sql("select conversation_id, message_count from conversations order by account_key, conversation_id")
    assert found == [list(row) for row in counts.rows()]


def test_an_export_here_needs_no_lake(older: Path, tmp_path: Path) -> None:
    """A ZIP or its folder; its conversations, unless another file is named."""
    packed = zip_sample(older, tmp_path)
    nowhere = tmp_path / "nowhere"

    for path in (packed, older):
        assert answer(".[].id", str(path), nowhere) == ["c1"]
        assert answer(".[].id", f"{path}:memory.json", nowhere) == ["m1", "m2", "m3"]


def test_an_export_with_one_file_needs_no_name(tmp_path: Path) -> None:
    """Whatever it is called."""
    assert answer(".[]", str(write_zip(tmp_path / "x.zip", {"list.json": b"[1]"})), tmp_path) == [1]


@pytest.mark.parametrize(
    ("files", "words", "message", "hint"),
    [
        ({"a.json": b"[]", "b.json": b"[]"}, "", "holds no conversations.json", "a.json; there are: a.json, b.json"),
        ({"a.json": b"[]", "b.json": b"[]"}, ":c.json", "holds no c.json", "there are: a.json, b.json"),
        ({"a.txt": b"x"}, "", "holds no conversations.json", "there is no JSON in it"),
    ],
)
def test_what_an_export_does_not_hold_is_said(
    tmp_path: Path, files: dict[str, bytes], words: str, message: str, hint: str
) -> None:
    """With what there is."""
    with pytest.raises(UsageError, match=message) as raised:
        told(f"{write_zip(tmp_path / 'x.zip', files)}{words}", tmp_path)

    assert hint in str(raised.value.hint)


def test_what_is_no_export_is_refused(tmp_path: Path, older: Path) -> None:
    """A broken ZIP, a folder of several, a file that may not be read."""
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04")
    many = tmp_path / "many"
    many.mkdir()
    for name in ("a", "b"):
        shutil.copytree(older, many / name)

    with pytest.raises(ExportError, match="cut off or damaged"):
        told(str(broken), tmp_path)
    with pytest.raises(UsageError, match="holds 2 exports"):
        told(str(many), tmp_path)


def test_standard_input_needs_no_lake(tmp_path: Path) -> None:
    """Nor a file."""
    assert answer(".[]", "-", tmp_path, stdin=b"[1,2]") == [1, 2]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("mesages", "did you mean messages?"),
        ("memorie.json", "did you mean memory.json?"),
        ("my-lst.json", "did you mean my-list.json?"),
        ("zzz", "there are: memories, messages, sources, events, changes, latest:FILE, - and files"),
        ("x" * 5000, "there are: memories, messages, sources, events, changes, latest:FILE, - and files"),
    ],
)
def test_unknown_words_are_answered_with_near_ones(
    words: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of relations, of known files and of files here."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-list.json").touch()

    with pytest.raises(UsageError, match="no input is called") as raised:
        told(words, tmp_path)

    assert raised.value.hint == hint


def test_a_lake_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Only where one is needed."""
    with pytest.raises(LakeError, match="there is no lake"):
        told("memories", tmp_path)
    assert finished(run_of("1 + 1", "memories", lake=tmp_path, is_without_input=True))[0].stdout == b"2\n"


def test_only_the_lists_of_a_text_are_cut() -> None:
    """What stands behind them is run as it stands."""
    ran, _ = finished(run_of(".[]", stdin=b'[1] [2] {"a": 3} [4]'))

    assert ran.stdout == b"1\n2\n3\n4\n"


def test_a_record_that_fails_is_named() -> None:
    """The lists behind it are looked at all the same."""
    ran, said = finished(run_of(".[] | .a", stdin=b'[{"a":1},7,{"a":2}] [8] [{"a":3}]'))

    assert (ran.stdout, ran.exit_code) == (b"1\n3\n", 0)
    assert said == [
        'record 2 of standard input: Cannot index number with string ("a")',
        'record 1 of standard input: Cannot index number with string ("a")',
    ]


def test_what_stands_behind_a_failure_is_never_run() -> None:
    """Processes that ran ahead are ended, however long they would take; the next list is run whole."""
    records = b",".join(b'{"n":%d,"pad":"%s"}' % (number, b"x" * 300_000) for number in range(20))
    text = '.[] | if .n == 1 then error("no") elif .n > 3 then last(repeat(1)) else .n end'

    ran, said = finished(run_of(text, stdin=b"[" + records + b'] [{"n":2}]'))

    assert (ran.stdout, ran.exit_code, said) == (b"0\n2\n", 0, ["record 2 of standard input: no"])


def test_a_list_that_is_cut_off_is_read_to_its_last_whole_record() -> None:
    """What they give is kept, and then it is said."""
    run = run_of(".[]", stdin=b'[{"a": 1}, {"a": 2}, {"a"')
    told = iter(run)

    assert next(told) == Output(b'{\n  "a": 1\n}\n{\n  "a": 2\n}\n', is_truthy=True)
    with pytest.raises(ExportError, match="standard input ends in the middle of the list"):
        next(told)


def test_half_a_surrogate_pair_is_an_error_that_names_its_record() -> None:
    """What the records before it give is kept."""
    ran, said = finished(run_of(".[]", stdin=rb'["\ud83d\ude00", 2, "\ud83d", 3]'))

    assert (ran.stdout, ran.exit_code) == ('"\U0001f600"\n2\n'.encode(), 2)
    assert said == [r"record 3 of standard input: Invalid \uXXXX\uXXXX surrogate pair escape"]


@pytest.mark.parametrize(
    ("text", "exit_code", "problem"),
    [
        ('.[] | if . == 2 then error("no") else . end', 5, ["record 2 of standard input: no"]),
        ('.[] | if . == 2 then "x" | halt_error(9) else . end', 9, []),
    ],
)
def test_a_program_that_ends_before_an_unreadable_record_ends_there(
    text: str, exit_code: int, problem: list[str]
) -> None:
    """As it would if the record were fine."""
    ran, said = finished(run_of(text, stdin=rb'[1, 2, "\ud83d"]'))

    assert (ran.stdout, ran.exit_code, said) == (b"1\n", exit_code, problem)


def test_what_only_stands_between_records_has_no_number() -> None:
    """Every record is fine."""
    _, said = finished(run_of(".[]", stdin=b"[1,,2]"))

    assert len(said) == 1
    assert said[0].startswith("standard input: ")


def test_a_program_for_the_whole_of_a_large_document_says_so() -> None:
    """Since it needs memory for all of it; of a small one there is nothing to say."""
    _, said = finished(run_of("length", stdin=b'["%s"]' % (b"x" * 50_000_000)))
    _, said_of_small = finished(run_of("length", stdin=b"[1]"))

    by_record = "one that begins with `.[] |`, without -n and -s, is run record by record, in little memory"
    assert said == [f"the program gets 50 MB at once; {by_record}"]
    assert said_of_small == []


def test_the_name_of_the_input_is_known_to_the_program(lake: Path, tmp_path: Path) -> None:
    """Of files as they were named, else none."""
    path = tmp_path / "x.json"
    path.write_text("[1]", encoding="utf-8")

    assert answer(".[] | input_filename", str(path), lake) == [str(path)]
    assert answer("input_filename", "latest:memory.json", lake) == ["memory.json"]
    assert answer("input_filename", "memories", lake) == [None]


def test_what_would_write_to_standard_error_is_said_not_to() -> None:
    """Libjq keeps it to itself."""
    ran, said = finished(run_of(".[] | debug", stdin=b"[1]"))

    assert (ran.stdout, said) == (b"1\n", ["debug and stderr write nothing here"])


def test_input_can_be_taken_at_one_place_only() -> None:
    """Nobody counts what a second place would get."""
    with pytest.raises(UsageError, match="at one place of a program only"):
        run_of("input, input")


def test_a_halt_ends_the_run() -> None:
    """With its own exit code, whatever is left."""
    ran, _ = finished(run_of('.[] | ., if . == 2 then "x" | halt_error(9) else empty end', stdin=b"[1,2,3] [4]"))

    assert (ran.stdout, ran.exit_code) == (b"1\n2\n", 9)
