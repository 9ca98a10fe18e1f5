"""The commands that a receipt suggests: each does what it says, as it is typed."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.chatgpt import conversation, user
from support.commandline import memlake_here
from support.lakes import Json, export_folder, memory

import memlake
from memlake.jobs.summary import IngestSummary

CHATS: list[Json] = [conversation("c1", user("hi"))]
MORE_CHATS: list[Json] = [*CHATS, conversation("c2", user("hi"))]
TEA, DOG = memory("m1", "User likes tea."), memory("m2", "User has a dog.")


def pair(folder: Path, person: str, *, with_lists: bool = True) -> list[Path]:
    """Write two exports of a person, a month apart."""
    months: list[tuple[list[Json], list[Json]]] = [(CHATS, [TEA]), (MORE_CHATS, [TEA, DOG])]
    return [
        export_folder(
            folder,
            f"{person}-2025-0{month}-01",
            conversations=[{**chat, "id": f"{person}-{chat['id']}"} for chat in chats],
            memories=listed if with_lists else None,
            user=person,
        )
        for month, (chats, listed) in enumerate(months, start=2)
    ]


def commands(summary: IngestSummary) -> list[tuple[str, ...]]:
    """Return the commands that a run suggests."""
    return [step.command for step in summary.next_steps]


def test_with_several_accounts_every_next_step_works_as_typed(tmp_path: Path) -> None:
    """What compares two exports names the account."""
    summary = memlake.ingest(*pair(tmp_path, "ana"), *pair(tmp_path, "ben"), lake=tmp_path / "lake")
    compared = {export.account_key for export in summary.exports}

    assert [command for command in commands(summary) if command[0] == "diff"] == [
        ("diff", "--account", account_key)
        for account_key in dict.fromkeys(export.account_key for export in summary.exports)
    ]
    assert len(compared) == 2
    for command in commands(summary):
        done = memlake_here(*command, cwd=tmp_path)
        assert (done.exit_code, done.stderr) == (0, "")


def test_with_one_account_nobody_has_to_name_it(tmp_path: Path) -> None:
    """The two newest exports are compared."""
    summary = memlake.ingest(*pair(tmp_path, "ana"), lake=tmp_path / "lake")

    assert commands(summary) == [("list",), ("diff",), ("status",)]
    assert memlake_here("diff", cwd=tmp_path).stdout.count("m2") == 1


def test_an_account_that_came_before_has_to_be_told_apart_too(tmp_path: Path) -> None:
    """Also where the run itself brings only one."""
    memlake.ingest(*pair(tmp_path, "ben"), lake=tmp_path / "lake")

    summary = memlake.ingest(*pair(tmp_path, "ana"), lake=tmp_path / "lake")

    (command,) = [command for command in commands(summary) if command[0] == "diff"]
    assert command == ("diff", "--account", summary.exports[0].account_key)


def test_without_lists_the_conversations_are_compared(tmp_path: Path) -> None:
    """The lists cannot be."""
    summary = memlake.ingest(*pair(tmp_path, "ana", with_lists=False), lake=tmp_path / "lake")

    assert ("diff", "--conversations") in commands(summary)
    assert memlake_here("diff", "--conversations", cwd=tmp_path).exit_code == 0


@pytest.mark.parametrize("is_zip", [False, True])
def test_another_date_of_the_same_content_can_be_taken_back(tmp_path: Path, *, is_zip: bool) -> None:
    """It is another sighting, from a folder as from a ZIP; if that was a mistake, one command says what undoes it."""
    export, _ = pair(tmp_path, "ana")
    packed = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", export))
    memlake.ingest(export, lake=tmp_path / "lake")

    again = packed if is_zip else export
    summary = memlake.ingest(again, lake=tmp_path / "lake", exported_at=datetime(2025, 2, 7, tzinfo=UTC))

    (receipt,) = summary.exports
    assert receipt.outcome == "seen_again"
    assert ("exports", "drop", receipt.export_id) in commands(summary)
    assert receipt.export_id in memlake_here("exports", "drop", receipt.export_id, cwd=tmp_path).stdout


def test_a_run_that_takes_in_nothing_suggests_nothing(tmp_path: Path) -> None:
    """There may not even be a lake."""
    assert memlake.ingest(tmp_path / "not there.zip", lake=tmp_path / "lake").next_steps == ()
