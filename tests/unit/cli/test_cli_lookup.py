"""The command `lookup-sources`: options, formats, verdicts, and the choice where several memories fit."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.lakes import lake_of
from support.samples import CHATGPT_FOLDERS

from memlake.cli.cards import choice_view
from memlake.cli.invocation import DEFAULT_LAKE, Invocation
from memlake.cli.render import print_page
from memlake.query.finding import Found

INVOCATION = Invocation(program="memlake", lake=DEFAULT_LAKE)
LEVELS = {"recorded", "verbatim", "near_verbatim", "paraphrase"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake of the sample exports whose memories were looked up; tests only read it."""
    folder = tmp_path_factory.mktemp("looked-up")
    lake_of(folder / "lake", *CHATGPT_FOLDERS)
    memlake_here("lookup-sources", cwd=folder)
    return folder


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (["--min-confidence", "1.01"], "1.01 is not between 0 and 1; write it like 0.8"),
        (["--min-confidence", "-0.1"], "-0.1 is not between 0 and 1"),
        (["--min-confidence", "nan"], "nan is not between 0 and 1"),
        (["--min-confidence", "87%"], "'87%' is not a valid float"),
        (["--text", " \n"], "'--text': it is empty; write some words"),
        (["--memory", ""], "'--memory': it is empty; write some words"),
        (["--confirm", "cello", " "], "'--confirm': name a memory and a chat"),
        (["--reject", "", "a chat"], "'--reject': name a memory and a chat"),
        (["--memory", "a", "--text", "b"], "--memory and --text ask for different things; use one"),
        (["--confirm", "a", "b", "--reject", "a", "b"], "--confirm and --reject ask for different things; use one"),
        (["--memory", "a", "--all"], "--all chooses among all memories, --memory means one thing"),
        (["--text", "a", "--min-confidence", "0"], "--min-confidence chooses among all memories, --text means"),
        (["--reject", "a", "b", "--state", "active"], "--state chooses among all memories, --reject means"),
        (["--state", "inactive"], "'inactive' is not one of"),
        (["cello"], "unexpected extra argument (cello)"),
    ],
)
def test_what_does_not_go_together_is_a_usage_error(tmp_path: Path, words: list[str], cause: str) -> None:
    """Said before a lake is opened, with the cause and where to read on."""
    done = memlake_here("lookup-sources", *words, cwd=tmp_path)

    first, second = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (2, "")
    assert cause in first
    assert second == "hint: python -m memlake lookup-sources --help"


@pytest.mark.parametrize(
    ("words", "rest", "command"),
    [
        (["lookup-sources", "--memory"], [], "memlake lookup-sources --account chatgpt:a --memory m-1"),
        (
            ["lookup-sources", "--reject"],
            ["a chat"],
            "memlake lookup-sources --account chatgpt:a --reject m-1 'a chat'",
        ),
    ],
)
def test_a_choice_completes_the_command(
    capfd: pytest.CaptureFixture[str], words: list[str], rest: list[str], command: str
) -> None:
    """The id stands where the command takes it, and the account does not come between an option and its words."""
    found = [
        Found(kind="memory", account_key=account_key, item_id="m-1", text="Plays the oboe.", match_rank=3)
        for account_key in ("chatgpt:a", "claude:b")
    ]

    print_page(*choice_view(found, INVOCATION, words=words, rest=rest))

    assert capfd.readouterr().out.splitlines()[-1] == f"  {command}"


def test_the_summary_agrees_with_the_links_and_with_the_named_query(folder: Path) -> None:
    """What is counted is what the cards and `query unsaid` show."""
    report = json.loads(memlake_here("lookup-sources", "--json", cwd=folder).stdout)
    unsaid = json.loads(memlake_here("query", "unsaid", "--json", cwd=folder).stdout)

    levels = [card["level"] for card in report["cards"]]
    summary = report["summary"]
    assert (summary["memory_count"], summary["looked_up_count"]) == (len(levels), 0)
    assert (summary["recorded_count"], summary["none_count"]) == (levels.count("recorded"), levels.count("none"))
    assert summary["unsaid_count"] == len(unsaid)


def test_only_links_that_are_sure_enough_are_written(folder: Path) -> None:
    """In data as on a page; what has no source is no link, however near the nearest is."""
    cards = json.loads(memlake_here("lookup-sources", "--min-confidence", "0", "--json", cwd=folder).stdout)["cards"]
    sure = json.loads(memlake_here("lookup-sources", "--min-confidence", "1", "--json", cwd=folder).stdout)["cards"]

    assert {card["level"] for card in cards} <= LEVELS
    assert {card["level"] for card in sure} == {"recorded"}


def test_every_format_holds_the_same_links(folder: Path) -> None:
    """As many lines of JSON and rows of CSV and Markdown; a CSV has no lists in its cells."""
    lines, table, markdown = (
        memlake_here("lookup-sources", "--format", name, cwd=folder).stdout for name in ("jsonl", "csv", "md")
    )

    rows = [json.loads(line) for line in lines.splitlines()]
    columns, *values = csv.reader(io.StringIO(table))
    assert rows
    assert set(rows[0]) - set(columns) == {"runner_up", "candidates", "steps"}
    assert len(rows) == len(values) == len(markdown.splitlines()) - 2


def test_a_choice_is_written_in_every_format(folder: Path) -> None:
    """Scripts learn that several memories fit."""
    found = json.loads(memlake_here("lookup-sources", "--memory", "cello", "--json", cwd=folder).stdout)

    assert {one["kind"] for one in found} == {"memory"}
    assert len(found) > 1


def test_the_suggested_verdicts_work_as_typed(folder: Path, tmp_path: Path) -> None:
    """A confirmed link says so; a rejected one is not offered again."""
    shutil.copytree(folder / "lake", tmp_path / "lake")
    page = memlake_here("lookup-sources", "--memory", "text-7bc", cwd=tmp_path).stdout
    confirm, reject = (line.split()[3:] for line in page.splitlines()[-2:])

    confirmed = memlake_here(*confirm, cwd=tmp_path).stdout
    rejected = memlake_here(*reject, "--json", cwd=tmp_path).stdout

    assert "confirmed by you" in confirmed
    assert json.loads(rejected)["conversation_id"] != reject[-1]
    assert reject[-1] not in [one["conversation_id"] for one in json.loads(rejected)["candidates"]]


def test_a_verdict_on_words_that_several_fit_is_a_choice(folder: Path) -> None:
    """Of memories, or of the chats of the one that is meant."""
    memories = memlake_here("lookup-sources", "--confirm", "cello", "Moving to Lyon", cwd=folder).stdout
    chats = memlake_here("lookup-sources", "--reject", "Elsa", "Lyon", cwd=folder).stdout

    assert "lookup-sources --confirm mem_" in memories.splitlines()[-1]
    assert memories.endswith(" 'Moving to Lyon'\n")
    assert "lookup-sources --reject Elsa " in chats.splitlines()[-1]
