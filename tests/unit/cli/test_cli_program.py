"""The program as a process: exit codes, streams, signals, and how much it loads."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from filelock import FileLock
from support.commandline import command, environment, memlake_here, memlake_process
from support.hostile import hostile_export
from support.samples import AUGUST, JANUARY, OCTOBER, SEPTEMBER, zip_sample

from memlake.cli.commands import COMMANDS

PATIENCE_SECONDS = 30.0


@pytest.fixture
def folder(sample_lake: Path) -> Path:
    """Return the folder that holds the sample lake as `lake`."""
    return sample_lake.parent


def test_help_loads_nothing_heavy() -> None:
    """The first screen is there at once, because what commands need is imported when they run."""
    script = (
        "import sys, memlake.cli.main; sys.argv = ['memlake', '--help']; code = memlake.cli.main.run();"
        "sys.exit(str(sorted({'duckdb', 'polars', 'rich', 'orjson'} & set(sys.modules))))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_shows_one_example(tmp_path: Path, name: str) -> None:
    """Every command says what it does and how it is typed."""
    done = memlake_here(name, "--help", cwd=tmp_path)

    assert done.exit_code == 0
    assert done.stdout.count("Example: ") == 1
    assert f"memlake {name}" in done.stdout.partition("Example: ")[2]


@pytest.mark.parametrize(
    ("words", "exit_code", "cause", "hint"),
    [
        (["lst"], 2, "No such command 'lst'", "python -m memlake --help"),
        (["list", "--foo"], 2, "No such option", "python -m memlake list --help"),
        (["list", "--account", "nobody"], 2, "no account is called 'nobody'", "known: chatgpt:"),
        (["show", "nothing like this"], 1, "no memory and no conversation fits", "python -m memlake list"),
        (["--lake", "none", "list"], 1, "there is no lake at", "python -m memlake --lake none ingest EXPORT.zip"),
        (["exports", "drop", "none"], 2, "no export is called 'none'", "python -m memlake exports shows them"),
        (["ingest", "-", "-"], 2, "standard input (-) can be read once", "python -m memlake ingest --help"),
        (["ingest", "not there.zip"], 1, "not there.zip does not exist", "check the path"),
        (["ingest", "x", "--exported-at", "someday"], 2, "'someday' is no date", "python -m memlake ingest --help"),
        (["ingest", "x", "--exported-at", "2090-01-01"], 2, "is in the future", "python -m memlake ingest --help"),
        (["prompt", "nobody"], 2, "no prompt is known for 'nobody'", "python -m memlake prompt --help"),
    ],
)
def test_a_mistake_is_named_with_the_next_step(
    folder: Path, words: list[str], exit_code: int, cause: str, hint: str
) -> None:
    """Two lines on standard error, none on standard output, and an exit code that scripts know."""
    done = memlake_here(*words, cwd=folder)

    first, second = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (exit_code, "")
    assert first.startswith("memlake: error: ")
    assert cause in first
    assert second.startswith("hint: ")
    assert hint in second


def test_the_lake_is_named_before_or_after_the_command(folder: Path, tmp_path: Path) -> None:
    """Before it, after it, between a group and its command, or in the environment: the same lake."""
    lake = folder / "lake"
    outputs = [
        memlake_here("--lake", lake, "exports", "list", "--json", cwd=tmp_path),
        memlake_here("exports", "--lake", lake, "list", "--json", cwd=tmp_path),
        memlake_here("exports", "list", "--json", "--lake", lake, cwd=tmp_path),
        memlake_here("--lake", "none", "exports", "--json", "--lake", lake, cwd=tmp_path),
        memlake_here("exports", "--json", cwd=tmp_path, lake=lake),
    ]

    assert {output.exit_code for output in outputs} == {0}
    assert len({output.stdout for output in outputs}) == 1


def test_json_lines_hold_the_same_list_as_json(folder: Path) -> None:
    """Whoever reads line by line gets the same memories."""
    lines = memlake_here("list", "--format", "jsonl", cwd=folder).stdout.splitlines()

    assert [json.loads(line) for line in lines] == json.loads(memlake_here("list", "--json", cwd=folder).stdout)


def test_json_is_the_whole_receipt(tmp_path: Path) -> None:
    """Scripts get the exit code, the balance of every file, and what could not be read."""
    done = memlake_here("ingest", AUGUST, "not there.zip", "--json", cwd=tmp_path)

    receipt = json.loads(done.stdout)
    (export,) = receipt["exports"]
    balance = ("stored", "unchanged", "duplicate", "ignored", "rejected")
    assert done.exit_code == receipt["exit_code"] == 3
    assert [refused["file_name"] for refused in receipt["refused"]] == ["not there.zip"]
    assert all(file["records"] == sum(file[part] for part in balance) for file in export["files"])
    assert [(reject["file_name"], reject["row_number"]) for reject in export["first_rejects"]] == [
        ("conversations.json", 5)
    ]


def test_a_known_export_says_so_in_a_line(tmp_path: Path) -> None:
    """Taking in an export again, zipped this time, changes nothing and says nothing more."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)

    done = memlake_here("ingest", zip_sample(SEPTEMBER, tmp_path), cwd=tmp_path)

    assert done.exit_code == 0
    assert "already in the lake: nothing changed" in done.stdout
    assert "records" not in done.stdout


def test_a_dry_run_makes_no_lake(tmp_path: Path) -> None:
    """What would happen is told, and nothing is written."""
    done = memlake_here("ingest", "--dry-run", "--exported-at", "yesterday", SEPTEMBER, cwd=tmp_path)

    assert done.exit_code == 0
    assert "nothing was written" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_dropping_an_export_needs_a_yes(tmp_path: Path) -> None:
    """Without it the plan is shown; with it the export is gone."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)
    (export,) = json.loads(memlake_here("exports", "--json", cwd=tmp_path).stdout)
    export_id = export["export_id"]

    plan = memlake_here("exports", "drop", export_id, cwd=tmp_path)
    kept = memlake_here("exports", "--json", cwd=tmp_path)
    done = memlake_here("exports", "drop", export_id, "--yes", "--json", cwd=tmp_path)

    assert f"python -m memlake exports drop {export_id} --yes" in plan.stdout
    assert len(json.loads(kept.stdout)) == 1
    assert json.loads(done.stdout)["is_done"]
    assert memlake_here("exports", cwd=tmp_path).stdout == "no exports\n"


@pytest.mark.parametrize(
    ("words", "dropped"), [("latest", OCTOBER), ("latest~1", AUGUST), ("2026-01-31", JANUARY), ("1368", JANUARY)]
)
def test_an_export_to_drop_is_chosen_like_one_to_compare(folder: Path, words: str, dropped: Path) -> None:
    """By its place in time, a date or the beginning of its id; without a yes this is a plan."""
    plan = memlake_here("exports", "drop", words, cwd=folder).stdout

    assert plan.startswith(f"{dropped.name} (")
    assert plan.endswith(" --yes\n")


def test_a_rebuild_reads_every_record_again(tmp_path: Path) -> None:
    """The list is the same before and after."""
    memlake_here("ingest", SEPTEMBER, cwd=tmp_path)
    before = memlake_here("list", "--json", cwd=tmp_path).stdout

    done = memlake_here("rebuild", cwd=tmp_path)
    again = memlake_here("rebuild", "--json", cwd=tmp_path)

    assert "of 1 export" in done.stdout
    assert json.loads(again.stdout)["export_count"] == 1
    assert memlake_here("list", "--json", cwd=tmp_path).stdout == before


@pytest.mark.parametrize("words", [("guide", "chatgpt"), ("prompt", "chatgpt"), ("completion", "zsh")])
def test_words_for_people_go_to_standard_output(tmp_path: Path, words: tuple[str, ...]) -> None:
    """They can be piped into a clipboard, a pager or a file."""
    done = memlake_here(*words, cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) > 5


def test_the_tab_key_completes_commands_without_loading_them(tmp_path: Path) -> None:
    """The shell asks for the commands that begin with a letter and gets them with their summaries."""
    asked = environment(_MEMLAKE_COMPLETE="zsh_complete", COMP_WORDS="memlake s", COMP_CWORD="1")

    done = memlake_process(cwd=tmp_path, env=asked)

    assert done.stdout.splitlines()[1::3] == ["show", "search", "sql", "shell", "status"]
    assert COMMANDS["show"].summary in done.stdout


@pytest.mark.parametrize(("words", "exit_code"), [(("list",), 0), (("ingest", AUGUST), 3)])
def test_a_closed_pipe_is_no_error(tmp_path: Path, words: tuple[str | Path, ...], exit_code: int) -> None:
    """`memlake … | head` ends without a word, and the exit code still tells how the work went."""
    memlake_process("ingest", SEPTEMBER, cwd=tmp_path)
    read_end, write_end = os.pipe()
    os.close(read_end)

    done = memlake_process(*words, cwd=tmp_path, stdout=write_end)
    os.close(write_end)

    assert (done.returncode, done.stderr) == (exit_code, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_under_the_output_is_named(folder: Path) -> None:
    """An output that cannot be written is an error in plain words."""
    full = os.open("/dev/full", os.O_WRONLY)

    done = memlake_process("list", cwd=folder, stdout=full)
    os.close(full)

    assert done.returncode == 1
    assert "the output cannot be written: No space left on device" in done.stderr


@pytest.mark.parametrize("words", [("list",), ("list", "--json")])
def test_a_terminal_without_unicode_gets_every_output(folder: Path, words: tuple[str, ...]) -> None:
    """With LANG=C letters that cannot be shown are spelled out, and JSON stays JSON."""
    ascii_only = environment(LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    done = memlake_process(*words, cwd=folder, env=ascii_only)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii() == ("--json" not in words)


def test_ctrl_c_leaves_the_lake_alone_and_says_so(tmp_path: Path) -> None:
    """An interrupted command ends with 130 and one line, not with a traceback."""
    lake = tmp_path / "lake"
    lake.mkdir()
    with FileLock(lake / "memlake.lock"):
        process = subprocess.Popen(
            command("ingest", "--wait", "60", SEPTEMBER), cwd=tmp_path, stderr=subprocess.PIPE, text=True
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (lake / ".gitignore").exists() and time.monotonic() < deadline:  # made right before it waits
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 130
    assert said.split("\n")[-2].startswith("memlake: interrupted; the lake is as it was before")
    assert "Traceback" not in said


def test_a_lake_in_use_is_exit_5(tmp_path: Path) -> None:
    """A script can tell a lake that somebody writes to from a failure."""
    (tmp_path / "lake").mkdir()
    with FileLock(tmp_path / "lake" / "memlake.lock"):
        done = memlake_process("ingest", SEPTEMBER, cwd=tmp_path)

    assert done.returncode == 5
    assert "hint: let it finish, or wait for it with --wait SECONDS" in done.stderr


def test_progress_is_drawn_on_a_terminal(tmp_path: Path) -> None:
    """A bar with the export's name, made inert, is drawn on standard error while the job runs."""
    export = hostile_export(tmp_path)
    terminal, terminal_end = pty.openpty()
    process = subprocess.Popen(
        command("ingest", export),
        cwd=tmp_path,
        env=environment(TERM="xterm"),
        stdout=subprocess.DEVNULL,
        stderr=terminal_end,
    )
    os.close(terminal_end)

    drawn = b"".join(_read_to_end(terminal)).decode()

    assert process.wait(PATIENCE_SECONDS) == 3
    assert "evil [red]␛[31m-2026-02-03" in drawn


def test_a_file_name_that_is_no_text_is_no_obstacle(tmp_path: Path) -> None:
    """Bytes of a file name that are no UTF-8 are shown as such; the export is read."""
    export = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9-2025-09-30"))
    try:
        export.symlink_to(SEPTEMBER, target_is_directory=True)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")

    done = memlake_process("ingest", export, "--json", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["exports"][0]["file_name"] == "caf\ufffd-2025-09-30"


def _read_to_end(terminal: int) -> Iterator[bytes]:
    """Yield what is written to a terminal until its last writer has closed it, which Linux calls an error."""
    with suppress(OSError):
        while chunk := os.read(terminal, 65_536):
            yield chunk
    os.close(terminal)
