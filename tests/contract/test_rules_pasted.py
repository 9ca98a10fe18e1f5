"""How lists that somebody wrote out arrive: whose they are, and what comes on standard input."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.chatgpt import as_bytes, assistant, bio_call, conversation, user
from support.commandline import Finished, command, environment
from support.lakes import ask, change, lake_of, memory, relations, take_in
from support.monthly import CELLO, day
from support.pasted import MARCH_15, MAY_15, as_text, chatgpt_account, claude_account, paste_in, pasted, written_out
from support.tiny import leftovers
from support.zips import write_files, write_zip

import memlake
from memlake.errors import ExitCode
from memlake.hashing import short_hash

TEA = "User likes tea."
LIST = as_text(f"[2025-01-20] - {TEA}", CELLO)
ONE, OTHER = (f"chatgpt:{short_hash(name, 12)}" for name in ("user-1", "user-2"))
CLAUDE = f"claude:{short_hash('account-1', 12)}"
JUNE_1 = datetime(2025, 6, 1, tzinfo=UTC)


def owner(lake: Path) -> str:
    """Return the account of the only list that was written out."""
    ((key,),) = ask(lake, "select account_key from exports where provider = 'dump'")
    return str(key)


def dates(lake: Path) -> list[tuple[object, ...]]:
    """Return when each export was made, and how that is known."""
    return ask(lake, f"select {day('exported_at')}, exported_at_basis from exports order by all")


def type_in(data: bytes, *words: str | Path, cwd: Path) -> Finished:
    """Run memlake in a process of its own, with something on its standard input."""
    done = subprocess.run(
        command("ingest", *words), cwd=cwd, env=environment(), input=data, capture_output=True, check=False
    )
    return Finished(exit_code=done.returncode, stdout=done.stdout.decode(), stderr=done.stderr.decode())


@pytest.mark.parametrize(("make", "key"), [(chatgpt_account, ONE), (claude_account, CLAUDE)])
def test_a_list_joins_the_only_account_of_its_assistant(tmp_path: Path, make: Callable[[Path], Path], key: str) -> None:
    """Without a word about whose it is; the receipt says so."""
    lake = lake_of(tmp_path / "lake", make(tmp_path))

    receipt = take_in(lake, written_out(tmp_path, TEA, name="memories.txt"))

    assert (receipt.account_key, receipt.is_joined) == (key, True)
    assert any(key in note for note in receipt.notes)


def test_a_list_joins_the_account_that_comes_later_and_stays(tmp_path: Path) -> None:
    """An account of another assistant is none of its own, and a second one of its own comes too late."""
    lake = lake_of(tmp_path / "lake", written_out(tmp_path, TEA))
    owners = [owner(lake)]
    for export in (claude_account(tmp_path), chatgpt_account(tmp_path, 1), chatgpt_account(tmp_path, 2)):
        take_in(lake, export)
        owners.append(owner(lake))
    assert owners[0] == owners[1]
    assert owners[0].startswith("chatgpt:export-")
    assert owners[2:] == [ONE, ONE]


def test_with_several_accounts_a_list_needs_one(tmp_path: Path) -> None:
    """The hint names those of its assistant alone; with a name it goes in."""
    lake = lake_of(
        tmp_path / "lake", chatgpt_account(tmp_path, 1), chatgpt_account(tmp_path, 2), claude_account(tmp_path)
    )

    summary = memlake.ingest(written_out(tmp_path, TEA), lake=lake)

    (refused,) = summary.refused
    assert summary.exit_code is ExitCode.USAGE
    assert [key in str(refused.hint) for key in (ONE, OTHER, CLAUDE)] == [True, True, False]
    assert ask(lake, "select count(*) from memories") == [(0,)]
    assert take_in(lake, written_out(tmp_path, TEA), account=OTHER).account_key == OTHER


def test_a_list_of_another_assistant_has_an_account_of_its_own(tmp_path: Path) -> None:
    """It never joins somebody else's."""
    lake = lake_of(tmp_path / "lake", chatgpt_account(tmp_path))
    take_in(lake, written_out(tmp_path, TEA, name="gemini-memories.txt"))
    assert owner(lake).startswith("gemini:export-")
    assert ask(lake, "select provider from accounts order by 1") == [("chatgpt",), ("gemini",)]


def test_a_known_list_moves_to_another_account(tmp_path: Path) -> None:
    """Everything is then as if it had been given to it at once."""
    moved, at_once = tmp_path / "moved", tmp_path / "at-once"
    lake_of(moved, chatgpt_account(tmp_path, 1), written_out(tmp_path, TEA), chatgpt_account(tmp_path, 2))

    receipt = take_in(moved, written_out(tmp_path, TEA), account=OTHER)

    lake_of(at_once, chatgpt_account(tmp_path, 1), chatgpt_account(tmp_path, 2))
    take_in(at_once, written_out(tmp_path, TEA), account=OTHER)
    assert (receipt.outcome, receipt.account_key) == ("moved", OTHER)
    assert relations(moved) == relations(at_once)


def test_an_assistant_has_to_be_named_where_nothing_tells(tmp_path: Path) -> None:
    """In an empty lake, and in one of two assistants; the hint names all that there are."""
    path = written_out(tmp_path, TEA, name="memories.txt")
    both = lake_of(tmp_path / "both", chatgpt_account(tmp_path), claude_account(tmp_path))

    for lake in (tmp_path / "new", both):
        summary = memlake.ingest(path, lake=lake)
        assert summary.exit_code is ExitCode.USAGE
        assert "--assistant, one of: chatgpt, claude, gemini, other" in str(summary.refused[0].hint)

    memlake.ingest(path, lake=both, assistant="claude")
    assert owner(both) == CLAUDE


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("memories.txt", "# What Claude remembers", "claude"),
        ("gemini-memories.txt", "", "gemini"),
        ("memories.txt", "", "chatgpt"),
    ],
)
def test_an_assistant_need_not_be_named_where_something_tells(
    tmp_path: Path, name: str, title: str, expected: str
) -> None:
    """The title or the name of the list, else the lake's only account."""
    lake = lake_of(tmp_path / "lake", chatgpt_account(tmp_path))
    data = f"{title}\n\n".encode() + as_text(TEA, CELLO)
    receipt = take_in(lake, write_files(tmp_path, {name: data}) / name)
    assert (receipt.assistant, receipt.provider) == (expected, "dump")


def test_what_somebody_says_counts_more_than_a_title(tmp_path: Path) -> None:
    """A list about Claude may have been written out by another assistant."""
    path = written_out(tmp_path, TEA, name="claude.txt")
    (receipt,) = memlake.ingest(path, lake=tmp_path / "lake", assistant="gemini").exports
    assert receipt.assistant == "gemini"


@pytest.mark.parametrize("is_known", [True, False])
def test_an_assistant_that_contradicts_is_refused(tmp_path: Path, *, is_known: bool) -> None:
    """For an export that says itself whose it is, and for a list that is in the lake as another's."""
    lake, path = tmp_path / "lake", written_out(tmp_path, TEA)
    take_in(lake, path)
    if is_known:
        take_in(lake, chatgpt_account(tmp_path))
    before = relations(lake)

    summary = memlake.ingest(chatgpt_account(tmp_path), path, lake=lake, assistant="claude")

    assert summary.exit_code is ExitCode.USAGE
    assert [refused.file_name for refused in summary.refused] == ["chatgpt-1-2025-01-10", path.name]
    assert relations(lake) == before


def test_what_is_pasted_is_dated_when_it_comes(tmp_path: Path) -> None:
    """Unless somebody says when it was written out."""
    lake, dated = tmp_path / "lake", tmp_path / "dated"
    receipt = paste_in(lake, LIST, assistant="chatgpt")
    paste_in(dated, LIST, assistant="chatgpt", exported_at=MARCH_15)
    assert (receipt.exported_at, receipt.exported_at_basis) == (MAY_15, "received")
    assert ask(lake, f"select distinct {day('first_seen_at')} from memories") == [("05-15",)]
    assert dates(dated) == [("03-15", "option")]


def test_what_is_pasted_twice_is_there_once(tmp_path: Path) -> None:
    """The first time counts, and the second changes nothing."""
    lake = tmp_path / "lake"
    paste_in(lake, LIST, assistant="chatgpt")
    before = (lake / "memlake.duckdb").read_bytes()

    receipt = paste_in(lake, LIST, at=JUNE_1)

    assert (receipt.outcome, receipt.exported_at) == ("known", MAY_15)
    assert (lake / "memlake.duckdb").read_bytes() == before


@pytest.mark.parametrize("name", ["chatgpt.txt", "notes.md", "noname"])
def test_a_list_is_its_bytes_pasted_or_as_a_file(tmp_path: Path, name: str) -> None:
    """Whatever the file is called, and whichever comes first."""
    path = write_files(tmp_path, {name: LIST}) / name
    first, second = tmp_path / "first", tmp_path / "second"
    paste_in(first, LIST, assistant="chatgpt")
    memlake.ingest(path, lake=second, assistant="chatgpt")
    assert take_in(first, path).outcome == "known"
    assert paste_in(second, LIST).outcome == "known"


def test_a_date_dates_what_was_pasted(tmp_path: Path) -> None:
    """As if it had been said at once; another one is another sighting."""
    late, at_once = tmp_path / "late", tmp_path / "at-once"
    paste_in(late, LIST, assistant="chatgpt")

    dated = paste_in(late, LIST, at=MAY_15, exported_at=JUNE_1)
    paste_in(at_once, LIST, assistant="chatgpt", exported_at=JUNE_1)

    assert dated.outcome == "dated"
    assert relations(late) == relations(at_once)
    assert paste_in(late, LIST, exported_at=MARCH_15).outcome == "seen_again"
    assert dates(late) == [("03-15", "option"), ("06-01", "option")]


def test_a_file_with_a_date_in_its_name_dates_what_was_pasted(tmp_path: Path) -> None:
    """An explicit date is one wherever it stands."""
    lake = tmp_path / "lake"
    paste_in(lake, LIST, assistant="chatgpt")
    name = "chatgpt-2025-03-15.txt"
    assert take_in(lake, write_files(tmp_path, {name: LIST}) / name).outcome == "dated"
    assert dates(lake) == [("03-15", "name")]


def test_a_rebuild_reads_what_was_pasted_again(tmp_path: Path) -> None:
    """From the raw zone, with the time at which it came; and so does the next ingest after a parser has changed."""
    lake = tmp_path / "lake"
    paste_in(lake, LIST, assistant="chatgpt")
    paste_in(lake, as_bytes([memory("m1", CELLO)]))
    before = relations(lake)

    memlake.Lake(lake).rebuild()
    assert relations(lake) == before

    change(lake, "update raw.records set parser_version = 0")
    assert paste_in(lake, LIST, at=JUNE_1).outcome == "known"
    assert relations(lake) == before
    assert ask(lake, "select count(*) from raw.records where parser_version = 0") == [(0,)]
    assert dates(lake) == [("05-15", "received")] * 2


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    """It tells what would happen, and what would be refused."""
    lake = tmp_path / "lake"

    summary = pasted(lake, LIST, assistant="chatgpt", is_dry_run=True)
    refused = pasted(lake, LIST, assistant="chatgpt", is_dry_run=True, keep="none")

    assert [(receipt.outcome, receipt.memory_count) for receipt in summary.exports] == [("new", 2)]
    assert refused.exit_code is ExitCode.USAGE
    assert not lake.exists()


def test_what_is_pasted_has_to_be_kept(tmp_path: Path) -> None:
    """Nothing else holds it; a refusal leaves nothing behind."""
    lake = tmp_path / "lake"
    paste_in(lake, as_text(TEA), assistant="chatgpt")

    summary = pasted(lake, LIST, assistant="chatgpt", keep="none")

    assert summary.exit_code is ExitCode.USAGE
    assert "--keep none" in str(summary.refused[0].hint)
    assert leftovers(lake) == set()


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"", "nothing came on standard input"),
        (b" \n\n", "standard input"),
        (b"\x89PNG\r\n\x1a\n\0", "standard input is no ZIP, JSON or text file"),
        (b"PK\x03\x04 and no more", "standard input is cut off or damaged"),
        (b"<!DOCTYPE html><title>Sign in</title>", "standard input is a web page"),
        (b"**You said:** hi\n\n**ChatGPT said:** Hello.\n", "standard input: a whole chat, not a list"),
        (b"I don't have any memories saved about you.", "the assistant answered that it has no memories"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    """Exit 1; no message tells a path that nobody typed."""
    summary = pasted(tmp_path / "lake", data, assistant="chatgpt")

    (refused,) = summary.refused
    assert summary.exit_code is ExitCode.FAILURE
    assert cause in refused.message
    assert "/tmp" not in refused.message + str(refused.hint)  # noqa: S108


def test_a_list_with_ids_is_whole_when_pasted(tmp_path: Path) -> None:
    """What scripts copy from the provider itself: it closes what it lacks, at the time it came."""
    lake = lake_of(tmp_path / "lake", chatgpt_account(tmp_path))
    paste_in(lake, as_bytes([memory("m1", CELLO, None), memory("m2", TEA, None)]), at=MARCH_15)

    receipt = paste_in(lake, as_bytes([memory("m1", CELLO, None)]))

    assert (receipt.provider, receipt.account_key, receipt.exported_at_basis) == ("chatgpt", ONE, "received")
    assert ask(
        lake, f"select state, {day('deleted_after')}, {day('deleted_before')} from memories where memory_id = 'm2'"
    ) == [("deleted", "03-15", "05-15")]


def test_a_zip_on_standard_input_is_the_export_that_it_is(tmp_path: Path) -> None:
    """It was made before it came: its records date it, as they do when it is passed by name."""
    files = {"conversations.json": as_bytes([conversation("c1", user("hi"), *bio_call(TEA), assistant("Noted."))])}
    path = write_zip(tmp_path / "export.zip", files)
    piped, named = tmp_path / "piped", lake_of(tmp_path / "named", path)

    receipt = paste_in(piped, path.read_bytes())

    assert (receipt.exported_at_basis, receipt.memory_count) == ("newest_record", 1)
    assert dates(piped) == dates(named)
    assert take_in(piped, path).outcome == "known"
    assert paste_in(named, path.read_bytes()).outcome == "known"
    assert pasted(tmp_path / "other", path.read_bytes(), keep="none").exit_code is ExitCode.USAGE


def test_a_zip_of_several_exports_on_standard_input_is_several(tmp_path: Path) -> None:
    """Each lands in turn."""
    inner = {
        f"{name}/{name}.zip": write_zip(
            tmp_path / f"{name}.zip", {"conversations.json": as_bytes([conversation(name, user("hi"))])}
        ).read_bytes()
        for name in ("a", "b")
    }
    summary = pasted(tmp_path / "lake", write_zip(tmp_path / "both.zip", inner).read_bytes())
    assert [receipt.file_name for receipt in summary.exports] == ["a.zip", "b.zip"]


def test_the_command_line_reads_standard_input(tmp_path: Path) -> None:
    """`-` beside other paths; the list's own date is shown."""
    done = type_in(LIST, "-", chatgpt_account(tmp_path), "--assistant", "chatgpt", "--verbose", cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (0, "")
    assert "(when it was pasted)" in done.stdout
    assert owner(tmp_path / "lake") == ONE


def test_standard_input_can_be_read_once(tmp_path: Path) -> None:
    """Twice is a mistake of usage, and so is an assistant that nobody knows; a lake is not even made."""
    twice = type_in(LIST, "-", "-", cwd=tmp_path)
    unknown = type_in(LIST, "-", "--assistant", "clippy", cwd=tmp_path)
    assert (twice.exit_code, unknown.exit_code) == (2, 2)
    assert "can be read once" in twice.stderr
    assert "choose one of: chatgpt, claude, gemini, other" in unknown.stderr
    assert not (tmp_path / "lake").exists()


def test_standard_input_has_the_limit_of_a_file(tmp_path: Path) -> None:
    """It is never read to its end just to find out how long it is."""
    done = type_in(LIST * 100, "-", "--assistant", "chatgpt", "--max-unpacked", "1KB", cwd=tmp_path)
    assert (done.exit_code, "standard input is too long" in done.stderr) == (1, True)


def test_a_path_that_is_a_dash_is_a_file_where_nothing_is_pasted(tmp_path: Path) -> None:
    """The Python interface has no standard input to read; it never passes over a path in silence."""
    summary = memlake.ingest("-", lake=tmp_path / "lake")
    assert [refused.message for refused in summary.refused] == ["- does not exist"]
