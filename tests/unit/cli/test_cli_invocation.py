"""Suggested commands work as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from memlake.cli.invocation import DEFAULT_LAKE, Invocation, expanded, program_words


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a folder with an executable `.venv/bin/memlake`."""
    executable = tmp_path / "my folder" / ".venv" / "bin" / "memlake"
    executable.parent.mkdir(parents=True)
    executable.touch(mode=0o700)
    return tmp_path / "my folder"


def test_a_program_on_the_path_is_called_by_its_name(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an activated environment the name is enough."""
    monkeypatch.setenv("PATH", str(checkout / ".venv" / "bin"))

    assert program_words(str(checkout / ".venv" / "bin" / "memlake"), folder=checkout) == "memlake"


@pytest.mark.parametrize("is_absolute", [True, False])
def test_a_program_below_the_folder_is_called_by_its_way(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, *, is_absolute: bool
) -> None:
    """After make, which does not activate the environment, the relative path works."""
    monkeypatch.setenv("PATH", "")
    called_as = checkout / ".venv/bin/memlake" if is_absolute else Path(".venv/bin/memlake")

    assert program_words(str(called_as), folder=checkout) == ".venv/bin/memlake"


def test_a_program_elsewhere_is_called_by_its_whole_path(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From another folder only the absolute path works, quoted where it must be."""
    monkeypatch.setenv("PATH", "")
    called_as = str(checkout / ".venv/bin/memlake")

    assert program_words(called_as, folder=tmp_path / "other") == f"'{called_as}'"


def test_a_module_is_called_through_python() -> None:
    """Who started `python -m memlake` can do so again."""
    assert program_words("/somewhere/memlake/__main__.py", folder=Path("/")) == "python -m memlake"


def test_another_lake_is_part_of_a_command() -> None:
    """A lake that is not the default one must be named, quoted for the shell."""
    invocation = Invocation(program="memlake", lake=Path("my lake"))

    assert invocation.command("show", "it's") == "memlake --lake 'my lake' show 'it'\"'\"'s'"


def test_the_default_lake_is_not_named() -> None:
    """The usual command is short."""
    assert Invocation(program="memlake", lake=DEFAULT_LAKE).command("list") == "memlake list"


def test_commands_in_a_hint_are_spelled_for_this_call() -> None:
    """Hints of the jobs know neither the lake nor how the program was started."""
    invocation = Invocation(program=".venv/bin/memlake", lake=Path("x"))

    spelled = invocation.spelled("memlake list shows them; a newer memlake made it")

    assert spelled == ".venv/bin/memlake --lake x list shows them; a newer memlake made it"


def test_a_user_who_does_not_exist_is_no_error() -> None:
    """`~name` of nobody is a file name like any other."""
    assert expanded(Path("~nobody-has-this-name/x")) == Path("~nobody-has-this-name/x")
