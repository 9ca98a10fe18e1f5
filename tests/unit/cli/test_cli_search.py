"""The command `search`: words that begin with a minus, limits, marks, and mistakes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from rich.console import Console
from support.commandline import Finished, command, environment, memlake_here, memlake_process
from support.lakes import ask

from memlake.cli.invocation import Invocation
from memlake.cli.search_view import search_view
from memlake.query.search_rows import PlaceCount, SearchAnswer, SearchHit


@pytest.fixture
def folder(sample_lake: Path) -> Path:
    """Return the folder that holds the sample lake as `lake`."""
    return sample_lake.parent


def searched(folder: Path, *words: str, columns: int = 100) -> Finished:
    """Run a search that goes well."""
    done = memlake_here("search", *words, cwd=folder, columns=columns)
    assert (done.exit_code, done.stderr) == (0, "")
    return done


def hits(folder: Path, *words: str) -> list[dict[str, object]]:
    """Return the hits of a search."""
    found: list[dict[str, object]] = json.loads(searched(folder, *words, "--json").stdout)["hits"]
    return found


def refused(folder: Path, *words: str) -> str:
    """Return what is said of a search that is refused."""
    done = memlake_here("search", *words, cwd=folder)
    assert (done.exit_code, done.stdout) == (2, "")
    return done.stderr


def test_words_may_begin_with_a_minus(folder: Path) -> None:
    """Before and behind others, and behind options."""
    expected = hits(folder, "dog -beagle")
    assert expected != hits(folder, "dog")
    assert hits(folder, "dog", "-beagle") == hits(folder, "-beagle", "dog") == expected
    assert hits(folder, "--in", "messages,titles,memories", "-beagle", "--limit", "10", "dog") == expected


def test_an_unknown_option_is_no_word(folder: Path) -> None:
    """It is named, with the way to search for it."""
    message = refused(folder, "dog", "--rol", "user")
    assert message.startswith("memlake: error: there is no option --rol; to find it put it in quotes: '\"--rol\"'\n")
    assert searched(folder, '"--rol"').stdout.startswith("nothing in messages, titles and memories says all of:")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "there is nothing to search for"),
        (("", " "), "there is nothing to search for"),
        (("-dog",), "'-dog' only leaves texts out"),
        (("dog", "--in", "titels"), "'titels' is no place; choose from: messages, titles, memories, tools"),
        (("dog", "--role", "usr"), "did you mean 'user'? there are: assistant, system, tool, user"),
        (("dog", "--model", "gpt-5-x"), "did you mean 'gpt-5-2'? there are: gpt-4"),
        (("dog", "--project", "nope"), "no project is called 'nope'"),
        (("dog", "--state", "on"), "'on' is not one of 'active', 'disabled', 'deleted', 'unknown'"),
        (("dog", "--since", "soon"), "'soon' is no date; write it like 2025-09-30"),
        (("dog", "--since", "2026-01-02", "--until", "2026-01-01"), "nothing is since 2026-01-02 00:00 and until"),
        (("dog", "--in", "titles", "--role", "user"), "--role leaves nothing of titles"),
        (("dog", "--limit", "0"), "0 is not in the range"),
    ],
)
def test_a_mistake_is_named(folder: Path, words: tuple[str, ...], message: str) -> None:
    """With what to write instead."""
    assert message in refused(folder, *words)


def test_days_are_included(folder: Path) -> None:
    """The day of both dates, in UTC."""
    ((said_at,),) = ask(folder / "lake", "select min(created_at)::date::text from messages where text ilike '%beagle%'")
    found = hits(folder, "beagle", "--in", "messages", "--since", said_at, "--until", said_at)
    assert found
    assert {str(hit["said_at"])[:10] for hit in found} == {said_at}


@pytest.mark.parametrize(
    ("words", "first", "suggested"),
    [
        (
            ("Miso", "--since", "2030-01-01"),
            "titles and memories with --since 2030-01-01 says",
            "search Miso",
        ),
        (("Miso", "--until", "2020-01-02T10:00"), "with --until 2020-01-02T10:00:00 says all of: Miso", "search Miso"),
        (("Miso", "--in", "titles", "--until", "2020-01"), "nothing in titles with", "search --in titles Miso"),
        (("cello", "--role", "assistant"), "with --role assistant says", "search cello"),
        (("celo", "--role", "user"), "with --role user says all of: celo", "search --role user cello"),
        (("celo", "--in", "messages"), "nothing in messages says all of: celo", "search --in messages cello"),
        (("Miso", "--state", "deleted"), "nothing in memories with --state deleted says", "search Miso"),
        (("xyzzy", "--since", "2025-01"), "with --since 2025-01-01 says", "search --in tools --since 2025-01-01 xyzzy"),
    ],
)
def test_what_is_suggested_keeps_the_limits_or_drops_them(
    folder: Path, words: tuple[str, ...], first: str, suggested: str
) -> None:
    """Where they leave nothing of what there is they are named, and left out of the suggestion."""
    lines = searched(folder, *words).stdout.splitlines()
    assert first in lines[0]
    assert lines[-1] == f"  python -m memlake {suggested}"


def test_limits_without_anything_leave_nothing_to_suggest(folder: Path) -> None:
    """In places that were chosen; the words are counted within the limits."""
    shown = searched(folder, "Miso cello", "--role", "user").stdout
    assert "cello  in 4 messages with --role user" in shown
    assert "memlake search" not in shown


def test_without_colours_matches_stand_between_signs(folder: Path) -> None:
    """With colours there are no signs."""
    assert "»beagle«" in searched(folder, "beagle").stdout
    done = subprocess.run(
        command("search", "beagle"),
        cwd=folder,
        env=environment(FORCE_COLOR="1", TERM="xterm-256color", COLUMNS="100"),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "»" not in done.stdout
    assert "\x1b[1;7mbeagle\x1b[0m" in done.stdout


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_page_is_no_wider_than_the_terminal(folder: Path, columns: int) -> None:
    """Long quotes are broken, and commands stay whole."""
    lines = searched(folder, "Miso", columns=columns).stdout.splitlines()
    assert max(len(line) for line in lines if " show " not in line) <= columns


def test_a_closed_pipe_is_no_error(folder: Path) -> None:
    """As of `head`."""
    with subprocess.Popen(["true"], stdin=subprocess.PIPE) as reader:
        assert reader.stdin is not None
        reader.wait()
        done = memlake_process("search", "dog", cwd=folder, stdout=reader.stdin.fileno())
        reader.stdin.close()
    assert (done.returncode, done.stderr) == (0, "")


def test_half_a_surrogate_pair_is_searched_for(folder: Path) -> None:
    """What a shell passes on of broken bytes is shown inert."""
    assert "says all of: \\udcff" in searched(folder, "\udcff").stdout


def test_there_has_to_be_a_lake(tmp_path: Path) -> None:
    """The hint makes one."""
    done = memlake_here("search", "dog", cwd=tmp_path)
    assert done.exit_code == 1
    assert "there is no lake" in done.stderr


def page(answer: SearchAnswer) -> str:
    """Return what is printed of an answer."""
    console = Console(width=80)
    with console.capture() as captured:
        for block in search_view(answer, Invocation(program="memlake", lake=Path("lake"))):
            console.print(block)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def test_hits_of_several_accounts_say_whose_they_are() -> None:
    """An undated message without a title, and a count that is not exact."""
    answer = SearchAnswer(
        query="dog",
        hits=tuple(
            SearchHit(
                found_in="messages", score=1.0, account_key=key, conversation_id="c1", said_at=None, quote="a dog"
            )
            for key in ("one", "two")
        ),
        counts=(
            PlaceCount(found_in="messages", count=2, is_exact=False),
            PlaceCount(found_in="titles", count=0, is_exact=True),
        ),
        terms=(),
    )
    shown = page(answer)
    assert "undated  (no title)\n  unknown    a dog\n" in shown
    assert "account    one\n" in shown
    assert "account    two\n" in shown
    assert "the best 2 of at least 2 messages (--limit); all of the first:" in shown
