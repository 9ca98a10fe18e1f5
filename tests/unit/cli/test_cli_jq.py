"""The command `jq`: options, exit codes, and what is said on standard error."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.commandline import Finished, command, environment, memlake_here, memlake_process

NEAR = "hint: did you mean length?\n"
HINT = "hint: https://jqlang.org/manual describes the language; put the program in single quotes\n"


def run(folder: Path, *words: str, text: str = '[{"a": "x"}, {"a": null}]') -> Finished:
    """Run a program on a file."""
    (folder / "x.json").write_text(text, encoding="utf-8")
    return memlake_here("jq", *words, "x.json", cwd=folder)


def test_the_default_is_the_list_of_memories(sample_lake: Path, tmp_path: Path) -> None:
    """In the lake, which may be named before and after the program."""
    first = memlake_here("jq", "-r", ".[] | .content", cwd=tmp_path, lake=sample_lake)
    second = memlake_here("--lake", sample_lake, "jq", "-r", ".[] | .content", "memories", cwd=tmp_path)
    third = memlake_here("jq", "-r", ".[] | .content", "--lake", sample_lake, cwd=tmp_path)

    assert first.exit_code == 0
    assert "Noa plays the cello" in first.stdout
    assert first.stdout == second.stdout == third.stdout


@pytest.mark.parametrize(
    ("words", "stdout", "exit_code"),
    [
        (["-c", ".[]"], '{"a":"x"}\n{"a":null}\n', 0),
        (["-r", ".[] | .a"], "x\nnull\n", 0),
        (["-j", ".[] | .a"], "xnull", 0),
        (["-cS", "{b: 1, a: 2}"], '{"a":2,"b":1}\n', 0),
        (["--tab", ".[0]"], '{\n\t"a": "x"\n}\n', 0),
        (["--indent", "1", ".[0]"], '{\n "a": "x"\n}\n', 0),
        (["--indent", "0", ".[0]"], '{"a":"x"}\n', 0),
        (["-s", "length"], "1\n", 0),
        (["-n", "1 + 1"], "2\n", 0),
        (["-e", ".[] | .a"], '"x"\nnull\n', 1),
        (["-e", ".[] | select(.a == 1)"], "", 4),
        (["--arg", "q", "1", "--argjson", "n", "[2]", "-c", "[$q, $n]"], '["1",[2]]\n', 0),
        (["--arg", "q", "1", "--argjson", "q", "2", "$q"], '"1"\n', 0),
        ([".[] | .a.b.c"], "null\n", 5),
        ([".["], "", 3),
        (["--argjson", "n", "{", "."], "", 2),
        (["--indent", "8", "."], "", 2),
        (["--nope", "."], "", 2),
    ],
)
def test_options_and_exit_codes_are_those_of_jq(words: list[str], stdout: str, exit_code: int, tmp_path: Path) -> None:
    """Also several options in one word."""
    done = run(tmp_path, *words)

    assert (done.stdout, done.exit_code) == (stdout if exit_code != 5 else "", exit_code)


def test_a_program_may_stand_in_a_file(tmp_path: Path) -> None:
    """With remarks and line breaks; what follows the options is the input."""
    (tmp_path / "names.jq").write_text("#!/usr/bin/jq -f\n.[] # each\n| .a\n", encoding="utf-8")

    done = run(tmp_path, "-rf", "names.jq")
    missing = run(tmp_path, "-f", "nope.jq")

    assert (done.exit_code, done.stdout, done.stderr) == (0, "x\nnull\n", "")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "nope.jq" in missing.stderr


def test_a_program_and_one_input_are_taken(sample_lake: Path) -> None:
    """No program and two inputs are mistakes of usage."""
    nothing = memlake_here("jq", "-r", cwd=sample_lake.parent)
    several = memlake_here("jq", ".", "a.json", "b.json", cwd=sample_lake.parent)

    assert (nothing.exit_code, nothing.stderr.splitlines()[0]) == (2, "memlake: error: Missing argument 'PROGRAM'")
    assert (several.exit_code, several.stdout) == (2, "")
    assert "one input is read at a time: a.json, b.json" in several.stderr


@pytest.mark.parametrize(
    ("words", "name", "hint"),
    [
        (["-R", "."], "--raw-input", "input is JSON here"),
        (["-ra", "."], "--ascii-output", "leave it out"),
        (["-C", "."], "--color-output", "leave it out"),
        (["--unbuffered", "."], "--unbuffered", "leave it out"),
        (["--slurpfile", "x", "y.json", "."], "--slurpfile", "--argjson NAME"),
    ],
)
def test_an_option_of_jq_that_is_not_here_is_named(tmp_path: Path, words: list[str], name: str, hint: str) -> None:
    """With what stands in for it."""
    done = run(tmp_path, *words)

    first, second = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (2, "")
    assert first == f"memlake: error: jq's option {name} is not here"
    assert hint in second


def test_a_program_that_fails_says_where(tmp_path: Path) -> None:
    """By record, with what is printed until then."""
    done = run(tmp_path, '.[] | .a | if . then . else error("no a") end')

    assert done.stderr == "memlake: error: record 2 of x.json: no a\n"


@pytest.mark.parametrize(
    ("text", "stderr"),
    [
        (".[", f"line 1, column 2:\n    .[\n     ^\n{HINT}"),
        (
            "lenght",
            f"lenght/0 is not defined at <top-level>, line 1, column 1:\n    lenght\n    ^^^^^^\n{NEAR}",
        ),
        ("zzzzz", f"    ^^^^^\n{HINT}"),
        ("$q", "    $q\n    ^^\nhint: give it a value: --arg q TEXT\n"),
    ],
)
def test_an_invalid_program_is_answered_with_its_place_and_help(text: str, stderr: str, tmp_path: Path) -> None:
    """In libjq's words."""
    done = run(tmp_path, text)

    assert done.exit_code == 3
    assert done.stderr.startswith("memlake: error: the program is not valid jq\njq: error: ")
    assert done.stderr.endswith(stderr)


def test_input_that_is_not_there_is_said(tmp_path: Path) -> None:
    """With the exit code of jq."""
    done = memlake_here("jq", ".", "memoires", cwd=tmp_path)

    assert done.exit_code == 2
    assert done.stderr == (
        "memlake: error: no input is called 'memoires', and there is no such file\nhint: did you mean memories?\n"
    )


def test_a_last_word_stands_alone_on_standard_error(tmp_path: Path) -> None:
    """As jq prints it; nothing in it steers a terminal."""
    done = run(tmp_path, '.[] | "bye\\u001b\n" | halt_error(7)')

    assert (done.stderr, done.exit_code) == ("bye\u241b\n", 7)


def test_standard_input_is_read_as_it_comes(tmp_path: Path) -> None:
    """No lake, no file."""
    done = subprocess.run(
        command("jq", "-c", ".[]", "-"),
        input=b"[1]\n[2]",
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        check=False,
    )

    assert (done.stdout, done.stderr, done.returncode) == (b"1\n2\n", b"", 0)


def test_a_reader_that_goes_away_ends_the_run_in_silence(tmp_path: Path) -> None:
    """However much there would be to come."""
    process = subprocess.Popen(
        command("jq", "-n", "repeat(1)"),
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    first = process.stdout.readline()
    process.stdout.close()

    assert (first, process.wait(timeout=30), process.stderr.read()) == (b"1\n", 0, b"")
    process.stderr.close()


def test_ctrl_c_ends_a_program_that_never_would(tmp_path: Path) -> None:
    """Though nothing listens inside of it."""
    process = subprocess.Popen(
        command("jq", "-n", '"on" | stderr | last(repeat(1))'), cwd=tmp_path, env=environment(), stderr=subprocess.PIPE
    )
    assert process.stderr
    process.stderr.readline()
    time.sleep(0.5)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=30) == -signal.SIGINT
    process.stderr.close()


def test_output_is_inert_on_a_terminal_only(tmp_path: Path) -> None:
    """In a file or a pipe it is what jq would print, to the byte."""
    piped, shown = (
        memlake_here("jq", "-rn", '"\\u001b[31mred"', cwd=tmp_path, is_terminal=is_terminal).stdout
        for is_terminal in (False, True)
    )

    assert (piped, shown) == ("\x1b[31mred\n", "\u241b[31mred\n")


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """With the exit code of jq."""
    with Path("/dev/full").open("wb") as full:
        done = memlake_process("jq", "-n", "1", cwd=tmp_path, stdout=full.fileno())

    assert (done.returncode, done.stderr) == (
        2,
        "memlake: error: the output cannot be written: No space left on device\n",
    )


def test_help_does_not_load_libjq(tmp_path: Path) -> None:
    """Nor does any other command."""
    probe = "import sys; from memlake.cli.jq import jq_command; sys.exit('jq' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, env=dict(os.environ), check=False)

    assert done.returncode == 0
