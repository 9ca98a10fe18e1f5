"""The commands that compare exports and look back: their exit codes, formats and mistakes."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from support.chatgpt import conversation, numbered, user
from support.commandline import environment, memlake_here, memlake_process
from support.lakes import export_folder, lake_of, memory
from support.samples import SEPTEMBER

import memlake

SEPTEMBER_TO_JANUARY = ("2025-09-30", "2026-01-12")


@pytest.fixture
def folder(sample_lake: Path) -> Path:
    """Return the folder that holds the sample lake as `lake`."""
    return sample_lake.parent


@pytest.mark.parametrize(
    ("words", "exit_code"),
    [
        (["diff", *SEPTEMBER_TO_JANUARY], 0),
        (["diff", *SEPTEMBER_TO_JANUARY, "--exit-code"], 4),
        (["diff", *SEPTEMBER_TO_JANUARY, "--exit-code", "--conversations"], 4),
        (["diff", "2026-01-12", "2026-10-20", "--exit-code"], 4),
        (["diff", "latest", "latest", "--exit-code"], 0),
        (["diff", "latest~1", "latest", "--exit-code"], 3),
        (["diff", "latest~1", "latest", "--exit-code", "--conversations"], 3),
        (["diff", "--exit-code"], 4),
        (["diff"], 0),
    ],
)
def test_the_exit_code_tells_whether_something_differs(folder: Path, words: list[str], exit_code: int) -> None:
    """Only where it is asked for: 4 for differences, 3 where nothing can tell, also with JSON."""
    assert memlake_here(*words, cwd=folder).exit_code == exit_code
    assert memlake_here(*words, "--json", cwd=folder).exit_code == exit_code


@pytest.mark.parametrize(
    ("words", "cause", "hint"),
    [
        (["diff", "zz"], "no export is called 'zz'", "python -m memlake exports"),
        (["diff", "2020-01-01"], "no export was made by 2020-01-01", "python -m memlake exports"),
        (["diff", "latest~9"], "there are only 4 exports with a date", "python -m memlake exports"),
        (["diff", "--account", "nobody"], "no account is called 'nobody'", "@example.org)"),
        (["diff", "a", "b", "c"], "unexpected extra argument", "python -m memlake diff --help"),
        (["history", "nothing like this"], "no memory fits 'nothing like this'", "python -m memlake list"),
        (["history", "Moving to Lyon"], "no memory fits", "python -m memlake list"),
        (["list", "--as-of", "someday"], "'someday' is no date", "python -m memlake list --help"),
        (["list", "--as-of", "today", "--state", "deleted"], "none of it was deleted", "memlake list --help"),
        (["list", "--as-of", "today", "--channel", "likely"], "nothing tells since when", "memlake list --help"),
        (["list", "--state", "inactive"], "'inactive' is not one of", "python -m memlake list --help"),
        (["show", "miso", "--memories", "--conversations"], "--memories is for a conv", "memlake show --help"),
        (["show", "zebra", "--memories"], "no conversation fits 'zebra'", "words of its title"),
        (["show", "beagle", "--memories"], "no conversation fits", "memlake show --conversations beagle"),
        (["show", "Moving to", "--conversations"], "no memory", "memlake show --memories 'Moving to'"),
        (["--lake", "none", "diff"], "there is no lake at", "python -m memlake --lake none ingest"),
    ],
)
def test_a_mistake_is_named_with_the_next_step(folder: Path, words: list[str], cause: str, hint: str) -> None:
    """Two lines on standard error and none on standard output."""
    done = memlake_here(*words, cwd=folder)

    first, second = done.stderr.splitlines()
    assert (done.exit_code in {1, 2}, done.stdout) == (True, "")
    assert cause in first
    assert hint in second


def test_one_export_alone_cannot_be_compared(tmp_path: Path) -> None:
    """The hint is to take in another."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)

    done = memlake_here("diff", cwd=tmp_path)

    assert done.exit_code == 1
    assert "there is only one export with a date, and a difference takes two" in done.stderr
    assert "python -m memlake ingest EXPORT.zip" in done.stderr


def test_several_accounts_are_named(tmp_path: Path) -> None:
    """Two accounts are never compared; with --account the lists of one are."""
    exports = [
        export_folder(tmp_path, f"{user}-2025-0{month}-01", memories=[memory("m", f"Likes {user}.")], user=user)
        for user in ("tea", "milk")
        for month in (1, 2)
    ]
    lake = lake_of(tmp_path / "lake", *exports)

    refused = memlake_here("diff", cwd=tmp_path)
    chosen = memlake_here("diff", "--account", "tea@example.org", cwd=tmp_path)
    pictures = memlake_here("history", cwd=tmp_path)

    accounts = [account for (account,) in memlake.Lake(lake).sql("select account_key from accounts").rows()]
    assert all(account in refused.stderr for account in accounts)
    suggested = refused.stderr.splitlines()[-1].partition("memlake ")[2].split()
    assert "no differences; 1 unchanged" in memlake_here(*suggested, cwd=tmp_path).stdout
    assert "no differences; 1 unchanged" in chosen.stdout
    assert [line for line in pictures.stdout.splitlines() if line.startswith("chatgpt:")] == sorted(accounts)


@pytest.mark.parametrize(
    "words",
    [
        ("diff", *SEPTEMBER_TO_JANUARY),
        ("diff", *SEPTEMBER_TO_JANUARY, "--conversations"),
        ("history",),
        ("history", "miso"),
        ("list", "--as-of", "2025-12-01"),
    ],
)
def test_every_format_holds_the_same_rows(folder: Path, words: tuple[str, ...]) -> None:
    """As many lines of JSON and rows of CSV and Markdown; the keys are the columns."""
    lines, table, markdown = (
        memlake_here(*words, "--format", name, cwd=folder).stdout for name in ("jsonl", "csv", "md")
    )

    rows = [json.loads(line) for line in lines.splitlines()]
    columns, *values = csv.reader(io.StringIO(table))
    assert rows
    assert {tuple(row) for row in rows} == {tuple(columns)}
    assert len(rows) == len(values) == len(markdown.splitlines()) - 2


def test_json_is_what_python_answers(sample_lake: Path, folder: Path) -> None:
    """The command and the function are twins."""
    answer = memlake.diff(*SEPTEMBER_TO_JANUARY, lake=sample_lake)

    written = json.loads(memlake_here("diff", *SEPTEMBER_TO_JANUARY, "--json", cwd=folder).stdout)

    assert written["counts"] == answer.counts == {"new": 3, "deleted": 2, "edited": 1, "disabled": 1}
    assert [change["memory_id"] for change in written["changes"]] == [one.memory_id for one in answer.changes]
    assert written["unchanged_count"] == answer.unchanged_count
    assert written["before"]["export_id"] == answer.before.export_id


def test_the_suggested_comparison_works_as_typed(folder: Path) -> None:
    """Where two exports cannot be compared, the command that is named instead can be run."""
    page = memlake_here("diff", "latest~1", "latest", cwd=folder).stdout
    suggested = page.splitlines()[-1].removeprefix("  python -m memlake ").split()

    done = memlake_here(*suggested, cwd=folder)

    assert done.exit_code == 0
    assert "the list was emptied" in done.stdout
    assert memlake_here(*done.stdout.splitlines()[-1].split()[3:], cwd=folder).exit_code == 0


def test_fewer_than_two_whole_lists_lead_to_the_status(tmp_path: Path) -> None:
    """There is nothing to suggest but to ask what the lake can tell."""
    chats = [conversation("c-1", *numbered(user("hello")))]
    exports = [
        export_folder(tmp_path, f"one-2025-0{month}-01", conversations=chats[: month - 1], user="user-1")
        for month in (1, 2)
    ]
    lake_of(tmp_path / "lake", *exports)

    page = memlake_here("diff", cwd=tmp_path).stdout

    assert page.splitlines()[-1] == "  python -m memlake status"


def test_a_day_lasts_until_its_end(folder: Path) -> None:
    """What was saved on a day was there "on that day"; a time is exact."""
    on_the_day = json.loads(memlake_here("list", "--as-of", "2025-11-04", "--json", cwd=folder).stdout)
    before = json.loads(memlake_here("list", "--as-of", "2025-11-04T19:00", "--json", cwd=folder).stdout)

    assert {one["memory_id"] for one in on_the_day} - {one["memory_id"] for one in before} == {"mem_4fa4cc35fba70d04"}


def test_an_export_is_selected_by_spoken_dates(folder: Path) -> None:
    """`yesterday` comes after all the samples, so it is the latest of them."""
    spoken = memlake_here("diff", "yesterday", "latest", "--json", cwd=folder)

    answer = json.loads(spoken.stdout)
    assert answer["before"] == answer["after"]


@pytest.mark.parametrize("words", [("diff", *SEPTEMBER_TO_JANUARY), ("history",), ("history", "miso")])
def test_a_terminal_without_unicode_gets_signs_that_it_can_draw(folder: Path, words: tuple[str, ...]) -> None:
    """With LANG=C arrows and dots are plain, and nothing is spelled out but letters of texts."""
    ascii_only = environment(LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    done = memlake_process(*words, cwd=folder, env=ascii_only)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert "\\u" not in done.stdout


@pytest.mark.parametrize("words", [("diff", "--short", *SEPTEMBER_TO_JANUARY), ("history",)])
def test_an_output_that_nobody_reads_is_no_error(folder: Path, words: tuple[str, ...]) -> None:
    """A closed pipe ends the command in silence."""
    read_end, write_end = os.pipe()
    os.close(read_end)

    done = memlake_process(*words, cwd=folder, stdout=write_end)
    os.close(write_end)

    assert (done.returncode, done.stderr) == (0, "")


def test_colours_mark_words_where_there_are_colours(folder: Path) -> None:
    """Then the signs are left out; NO_COLOR brings them back."""
    coloured = memlake_process(
        "diff", *SEPTEMBER_TO_JANUARY, cwd=folder, env=environment(FORCE_COLOR="1", TERM="xterm")
    )
    plain = memlake_process(
        "diff", *SEPTEMBER_TO_JANUARY, cwd=folder, env=environment(FORCE_COLOR="1", NO_COLOR="1", TERM="xterm")
    )

    assert "\x1b[9;31mfour\x1b[0m\x1b[1;32mfive\x1b[0m" in coloured.stdout
    assert "[-four-]" not in coloured.stdout
    assert "[-four-]{+five+}" in plain.stdout


def test_a_choice_leads_to_the_same_question(folder: Path) -> None:
    """The command that is suggested asks for what was asked for, and a choice comes in every format."""
    conversations = memlake_here("show", "Tidewatch", "--memories", cwd=folder).stdout
    memories = memlake_here("show", "Lyon", "--conversations", cwd=folder).stdout
    lines = memlake_here("history", "cello", "--format", "jsonl", cwd=folder).stdout.splitlines()

    assert "memlake show --memories 6" in conversations.splitlines()[-1]
    assert "memlake show --conversations mem_" in memories.splitlines()[-1]
    assert [json.loads(line)["kind"] for line in lines] == ["memory", "memory"]


def test_before_the_first_memory_the_list_is_empty(folder: Path) -> None:
    """No export tells of that time, and the next question is what the lake can tell."""
    page = memlake_here("list", "--as-of", "2010-01-01", cwd=folder).stdout

    assert page.splitlines() == [
        "no export tells of that time: the first list is of 2025-09-30",
        "",
        "what this lake can answer, and why not more:",
        "  python -m memlake status",
    ]


def test_words_that_fit_nothing_then_are_no_silence(folder: Path) -> None:
    """Of a time that exports tell of, only the memories with such words are missing."""
    page = memlake_here("list", "--as-of", "2025-09-01", "--text", "zebra", cwd=folder).stdout

    assert page.splitlines()[0] == "no memories"


def test_one_export_against_itself_says_so(folder: Path) -> None:
    """In the head of the page; beside the lines of --short on standard error, where programs do not read."""
    page = memlake_here("diff", "latest", "latest", cwd=folder)
    lines = [
        memlake_here("diff", "latest", "latest", "--short", *more, cwd=folder) for more in ([], ["--conversations"])
    ]

    assert "both are the same export" in page.stdout.splitlines()
    assert [(one.stdout, one.stderr) for one in lines] == [("", "memlake: note: both are the same export\n")] * 2


def test_lines_of_exports_of_one_time_come_with_a_note(tmp_path: Path) -> None:
    """Which of the two was first nobody knows, so the signs may be the wrong way round."""
    exports = [
        export_folder(tmp_path, f"{name}-2025-01-01", memories=[memory(f"m-{name}", name)], user="user-1")
        for name in ("tea", "milk")
    ]
    lake_of(tmp_path / "lake", *exports)

    done = memlake_here("diff", "--short", cwd=tmp_path)

    assert len(done.stdout.splitlines()) == 2
    assert "memlake: note: both were made at the same time" in done.stderr
