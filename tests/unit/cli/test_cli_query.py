"""The command `query`: names, answers, formats and mistakes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from support.chatgpt import conversation, user
from support.commandline import memlake_here
from support.hostile import STEERING, steering_characters
from support.lakes import change, export_folder, lake_of, memory


@pytest.fixture
def folder(sample_lake: Path) -> Path:
    """Return the folder that holds the sample lake as `lake`."""
    return sample_lake.parent


def test_without_a_name_the_names_are_listed(tmp_path: Path) -> None:
    """Also where there is no lake yet; the suggested command is one of them."""
    done = memlake_here("query", cwd=tmp_path)

    names = [line.split()[0] for line in done.stdout.splitlines() if line[:1].isalpha()]
    assert {"decision-memories", "unsaid", "find"} <= set(names)
    assert done.stdout.splitlines()[-1] == "  python -m memlake query without-source"
    assert memlake_here("query", "--list", cwd=tmp_path).stdout == done.stdout


@pytest.mark.parametrize("format_name", ["json", "jsonl", "csv", "md"])
def test_the_names_are_listed_in_every_format(tmp_path: Path, format_name: str) -> None:
    """With what each answers."""
    done = memlake_here("query", "--format", format_name, cwd=tmp_path)

    assert "unsaid" in done.stdout
    assert "What you never said yourself" in done.stdout


def test_an_answer_is_headed_by_the_memory(folder: Path) -> None:
    """Below it what else is known, by the names of the columns; whose it is only where there are several."""
    page = memlake_here("query", "decision-memories", cwd=folder).stdout

    assert "Use TypeScript for the new API, not Go.\n  memory id   mem_040acbf725058fc6\n" in page
    assert "  confidence  100 %\n" in page
    assert "account key" not in page
    assert "2 rows\n\nall about one:\n  python -m memlake show mem_" in page


def test_an_answer_has_one_row_in_every_format(folder: Path) -> None:
    """As many lines of JSON and rows of CSV and Markdown; the keys are the columns."""
    words = ("query", "decision-memories", "--format")
    document = json.loads(memlake_here("query", "decision-memories", "--json", cwd=folder).stdout)
    lines, table, markdown = (memlake_here(*words, name, cwd=folder).stdout for name in ("jsonl", "csv", "md"))

    columns, *values = csv.reader(io.StringIO(table))
    assert [json.loads(line) for line in lines.splitlines()] == document
    assert {tuple(row) for row in document} == {tuple(columns)}
    assert len(document) == len(values) == len(markdown.splitlines()) - 2


def test_a_name_is_understood_with_underscores(folder: Path) -> None:
    """As the file is called."""
    written = [memlake_here("query", name, cwd=folder).stdout for name in ("decision_memories", "decision-memories")]

    assert written[0] == written[1]


def test_what_was_not_looked_up_is_no_answer_yet(folder: Path) -> None:
    """Before a lookup nobody is told that nothing else is unsaid than what saves record."""
    page = memlake_here("query", "unsaid", cwd=folder)
    data = memlake_here("query", "unsaid", "--json", cwd=folder)

    assert "nothing is like that" not in page.stdout
    assert "not looked up yet: the sources of " in page.stdout
    assert page.stdout.endswith("  python -m memlake lookup-sources\n")
    assert page.stderr == ""
    assert {row["level"] for row in json.loads(data.stdout)} == {"recorded"}
    assert data.stderr.startswith("memlake: note: not looked up yet: ")


@pytest.mark.parametrize(
    ("words", "lacking"),
    [
        (("count",), "memories"),
        (("decision-memories",), "memories"),
        (("markdown",), "memories"),
        (("capacity",), "memory events"),
        (("untouched", "--account", "chatgpt"), "memories"),
    ],
)
def test_an_empty_answer_says_what_the_lake_lacks(tmp_path: Path, words: tuple[str, ...], lacking: str) -> None:
    """And what tells more; beside the data for programs."""
    lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[conversation("c1", user("Hello."))]))

    page = memlake_here("query", *words, cwd=tmp_path)
    data = memlake_here("query", *words, "--format", "csv", cwd=tmp_path)
    found = memlake_here("query", "find", "-p", "text=xyzzy", cwd=tmp_path)

    assert f"the lake holds no {lacking}; " in page.stdout + page.stderr
    assert "nothing is like that" not in page.stdout
    assert data.stderr == f"memlake: note: the lake holds no {lacking}; memlake status tells what it holds\n"
    assert "nothing is like that" in found.stdout


def test_an_account_has_its_own_answer(tmp_path: Path) -> None:
    """Two accounts are told apart; one can be chosen."""
    exports = [
        export_folder(tmp_path, f"{user}-2025-01-01", memories=[memory("m", f"Chose {user}.")], user=user)
        for user in ("tea", "milk")
    ]
    lake_of(tmp_path / "lake", *exports)

    both = memlake_here("query", "decision-memories", cwd=tmp_path).stdout
    one = memlake_here("query", "decision-memories", "--account", "tea@example.org", cwd=tmp_path).stdout

    assert both.count("  account key  chatgpt:") == 2
    assert "Chose tea." in one
    assert "Chose milk." not in one
    assert "sources of 1 memory" in one


@pytest.mark.parametrize(
    ("words", "exit_code", "cause", "hint"),
    [
        (["query", "nope"], 2, "no query is called 'nope'; there are: capacity, count", "memlake query"),
        (["query", "untuched"], 2, "no query is called 'untuched'", "did you mean: python -m memlake query untouched"),
        (["query", "created"], 2, "created must be told: year", "query created -p year=2025"),
        (["query", "created", "-p", "2025"], 2, "'2025' has no value; write it like year=2025", "memlake query --help"),
        (["query", "find", "-p", "text=a", "-p", "text=b"], 2, "'text' has two values; give it one", "query --help"),
        (["query", "markdown", "-p", "account=nobody"], 2, "no account is called 'nobody'", "known: "),
        (["query", "unsaid", "--account", "nobody"], 2, "no account is called 'nobody'", "known: "),
        (["--lake", "none", "query", "unsaid"], 1, "there is no lake at", "memlake --lake none ingest"),
    ],
)
def test_a_mistake_is_named_with_the_next_step(
    folder: Path, words: list[str], exit_code: int, cause: str, hint: str
) -> None:
    """Two lines on standard error and none on standard output."""
    done = memlake_here(*words, cwd=folder)

    first, second = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (exit_code, "")
    assert cause in first
    assert hint in second


@pytest.mark.parametrize("format_name", ["table", "json", "jsonl", "csv", "md"])
def test_hostile_texts_are_inert_in_every_format(tmp_path: Path, format_name: str) -> None:
    """Nothing that a memory or its source says steers the terminal; in a pipe CSV is to the letter."""
    export = export_folder(tmp_path, "export-2025-01-01", memories=[memory("m", f"Chose {STEERING}")], user="user-1")
    lake = lake_of(tmp_path / "lake", export)
    quoted = STEERING.replace("'", "''").replace("\x00", "")
    change(
        lake,
        "insert into raw.lookups (account_key, memory_id, content, basis_key, method_version, level, confidence, why, "
        "explanation, said_by) "
        f"select account_key, memory_id, content, 'b', '1', 'none', 0.1, '{quoted}', '[]', 'nobody' from memories",
    )

    done = memlake_here("query", "unsaid", "--format", format_name, cwd=tmp_path, is_terminal=format_name == "csv")

    assert "Chose" in done.stdout
    assert steering_characters(done.stdout) == set()


def test_a_document_is_written_as_it_is(folder: Path) -> None:
    """Line for line, so that a file can take it; in other formats it has rows."""
    page = memlake_here("query", "markdown", cwd=folder).stdout
    titled = memlake_here("query", "markdown", "-p", "title=Mine", cwd=folder).stdout
    rows = json.loads(memlake_here("query", "markdown", "--json", cwd=folder).stdout)

    assert page.startswith("# ChatGPT Memory Archive\n\n- **2025-01-19** User's sister Elsa")
    assert "** (disabled) " in page
    assert titled.startswith("# Mine\n")
    assert page == "".join(f"{row['line']}\n" for row in rows)


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_message_that_is_found_can_be_read_on(tmp_path: Path, *, is_hidden: bool) -> None:
    """The last line is a command that shows its chat, with what is hidden if it is hidden."""
    message = user("A beagle.", is_visually_hidden_from_conversation=is_hidden)
    lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[conversation("c1", message)]))

    page = memlake_here("query", "find", "-p", "text=beagle", cwd=tmp_path).stdout
    command = page.splitlines()[-1]
    shown = memlake_here(*command.split()[3:], cwd=tmp_path).stdout

    assert "A beagle.\n  created at " in page
    assert ("  is hidden        yes\n" in page) is is_hidden
    assert command == f"  python -m memlake show c1{' --all' * is_hidden}"
    assert "A beagle." in shown


def test_few_columns_are_a_table(folder: Path) -> None:
    """With a count below it, and a command for more about one."""
    page = memlake_here("query", "disabled", cwd=folder).stdout

    assert "memory id             content" in page
    assert "\n2 rows\n" in page
    assert "all about one:\n  python -m memlake show mem_" in page
