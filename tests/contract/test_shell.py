"""`memlake shell`: DuckDB's own shell on a lake, and the macros that are there in every shell."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
from support.commandline import command, environment, memlake_process
from support.lakes import ask, export_folder, lake_of, memory, open_lake
from support.programs import program

from memlake.cli.shell import WORTH_TRYING
from memlake.errors import MemlakeError
from memlake.jobs.shell import prepare_shell
from memlake.lake import sqlfiles


def typed(lake: Path, *words: str, typing: str) -> subprocess.CompletedProcess[str]:
    """Type into `memlake shell` from a pipe."""
    program("duckdb")
    return subprocess.run(
        command("shell", *words),
        input=typing,
        capture_output=True,
        text=True,
        check=False,
        cwd=lake.parent,
        env=environment(),
    )


def on_a_terminal(lake: Path, *, columns: int, until: str) -> str:
    """Return what `memlake shell` shows on a terminal until it has shown something, and end it then."""
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    program("duckdb")
    primary, secondary = pty.openpty()
    env = environment(COLUMNS=str(columns), TERM="xterm", NO_COLOR="1")
    process = subprocess.Popen(
        command("shell"), stdin=secondary, stdout=secondary, stderr=secondary, cwd=lake.parent, env=env, close_fds=True
    )
    os.close(secondary)
    shown = ""
    try:
        while until not in shown and select.select([primary], [], [], 30)[0]:
            shown += os.read(primary, 65536).decode(errors="replace")
    finally:
        process.kill()
        process.wait()
        os.close(primary)
    return shown


def test_a_shell_that_reads_a_pipe_says_nothing_of_itself(sample_lake: Path) -> None:
    """The answer alone is on standard output."""
    done = typed(sample_lake, "-csv", typing="select count(*) as n from memories;")

    assert done.stdout == f"n\n{ask(sample_lake, 'select count(*) from memories')[0][0]}\n"
    assert (done.returncode, done.stderr) == (0, "")


def test_options_of_duckdb_go_through(sample_lake: Path) -> None:
    """As does its exit code."""
    good = memlake_process("shell", "-noheader", "-list", "-c", "select 42", cwd=sample_lake.parent)
    bad = memlake_process("shell", "-c", "select nope", cwd=sample_lake.parent)

    assert good.stdout == "42\n"
    assert bad.returncode == 1


def test_a_shell_is_read_only(sample_lake: Path) -> None:
    """And installs no extensions by itself."""
    before = (sample_lake / "memlake.duckdb").read_bytes()

    written = typed(sample_lake, typing="create table mine as select 1;")
    setting = typed(sample_lake, "-csv", "-noheader", typing="select current_setting('autoinstall_known_extensions');")

    assert "read-only" in written.stderr
    assert setting.stdout == "false\n"
    assert (sample_lake / "memlake.duckdb").read_bytes() == before


def test_a_shell_can_be_opened_for_writing(tmp_path: Path, sample_lake: Path) -> None:
    """For tables of one's own; the lake's own stay as they are."""
    lake = tmp_path / "lake"
    lake.mkdir()
    (lake / "memlake.duckdb").write_bytes((sample_lake / "memlake.duckdb").read_bytes())

    done = typed(lake, "--write", typing="create schema if not exists my; create table my.tags as select 'x' as tag;")

    assert done.stderr == ""
    assert ask(lake, "from my.tags") == [("x",)]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
@pytest.mark.parametrize("columns", [80, 200])
def test_on_a_terminal_it_greets_with_what_there_is(sample_lake: Path, columns: int) -> None:
    """How much, the names of relations and macros, and what to try; no line is wider than the terminal."""
    shown = on_a_terminal(sample_lake, columns=columns, until=".quit")

    greeting = re.sub(r"\x1b\[[0-9;]*m|\r", "", shown)
    assert "memories, " in greeting
    assert "memory_audit" in greeting
    assert "grep(pattern)" in greeting
    assert all(query.split()[0] in greeting for query, _ in WORTH_TRYING)
    assert max(map(len, greeting.splitlines())) <= columns


@pytest.mark.parametrize("query", [query for query, _ in WORTH_TRYING])
def test_what_is_worth_trying_can_be_typed(sample_lake: Path, query: str) -> None:
    """In the released shell, which is another version than the library."""
    done = typed(sample_lake, "-jsonlines", typing=query)

    assert (done.returncode, done.stderr) == (0, "")


def test_help_tells_of_everything_that_is_there(sample_lake: Path) -> None:
    """Each public relation and macro, with its grain, its columns and an example."""
    told = ask(sample_lake, "select relation, grain, columns, example, about from help()")

    files = [file for file in sqlfiles.load("tables", "views", "macros") if "." not in file.name]
    assert sorted(relation.partition("(")[0] for relation, *_ in told) == sorted(file.name for file in files)
    assert all(grain and about for _, grain, _, _, about in told)
    assert all(example for _, _, _, example, _ in told)
    assert {relation for relation, _, columns, *_ in told if columns is None} == {
        relation for relation, *_ in told if "(" in relation
    }
    assert ("accounts", "account_key, provider, label") in [(relation, columns) for relation, _, columns, *_ in told]
    assert "export(selector, account)" in {relation for relation, *_ in told}


@pytest.mark.parametrize("kind", ["duckdb_tables", "duckdb_views"])
def test_every_relation_and_column_has_a_comment(sample_lake: Path, kind: str) -> None:
    """What people open in another tool explains itself there too."""
    name = kind.removeprefix("duckdb_").removesuffix("s")
    without = ask(
        sample_lake, f"select {name}_name from {kind}() where schema_name = 'main' and not internal and comment is null"
    )
    columns = ask(
        sample_lake,
        "select c.table_name, c.column_name from duckdb_columns() c "
        f"join {kind}() t on t.{name}_name = c.table_name and t.schema_name = c.schema_name "
        "where c.schema_name = 'main' and not t.internal and c.comment is null",
    )

    assert (without, columns) == ([], [])


def test_grep_finds_parts_of_words_in_any_case_everywhere(sample_lake: Path) -> None:
    """In messages, titles and memories, with the words around them on one line."""
    found = ask(sample_lake, "select found_in, excerpt from grep('TYPESCRIPT')")

    assert {place for place, _ in found} == {"message", "title", "memory"} & {place for place, _ in found}
    assert {"message", "memory"} <= {place for place, _ in found}
    assert all("typescript" in excerpt.lower() and "\n" not in excerpt for _, excerpt in found)


@pytest.mark.parametrize("pattern", ["C++", "(", "a.c", "\\\\d", "[x", "two\nlines", "100 %", "'"])
def test_grep_takes_every_sign_to_the_letter(tmp_path: Path, pattern: str) -> None:
    """No sign of a pattern means anything else than itself."""
    texts = [memory("m-1", f"Before {pattern} after."), memory("m-2", "Abc C d x two 100.")]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-06-01", memories=texts, user="user-1"))

    quoted = pattern.replace("'", "''")
    assert ask(lake, f"select memory_id from grep('{quoted}')") == [("m-1",)]


def test_an_id_can_be_shortened_to_its_beginning(sample_lake: Path) -> None:
    """For a memory and for a chat, which is in reading order."""
    with open_lake(sample_lake) as lake:
        (memory,) = lake.query("select content from memory('mem_040acbf7')").rows
        positions = lake.query("select position from conversation('691cb571')").rows

    assert memory == ("Use TypeScript for the new API, not Go.",)
    assert positions == sorted(positions)
    assert len(positions) > 1


@pytest.mark.parametrize(("duration", "days"), [("3 days", 3), ("2 weeks", 14)])
def test_since_counts_back_from_now(sample_lake: Path, duration: str, days: int) -> None:
    """A time with a zone, as all times in a lake are."""
    found = ask(sample_lake, f"select typeof(since('{duration}')), epoch(now()) - epoch(since('{duration}'))")

    ((type_name, seconds),) = found
    assert type_name == "TIMESTAMP WITH TIME ZONE"
    assert abs(seconds - days * 86_400) < 60


def test_without_a_shell_the_error_says_how_to_get_one(
    sample_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what works without one."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(MemlakeError, match="DuckDB's shell is not installed") as caught:
        prepare_shell(sample_lake)

    assert "pip install duckdb-cli" in str(caught.value.hint)
    assert "memlake sql" in str(caught.value.hint)
