"""`make install` finds a Python that can do the work, or says what is wrong with the ones that are there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.documents import ROOT

AddProgram = Callable[[str, str], None]

WORKS = f'exec "{sys.executable}" "$@"'
IS_A_SHIM_FOR_NOTHING = "echo 'command not found' >&2; exit 127"
IS_TOO_OLD = 'case "$2" in *print*) echo 3.9;; *) exit 1;; esac'
LACKS_ENSUREPIP = f'exec "{sys.executable}" -c "import sys; sys.modules[\'ensurepip\'] = None; exec(sys.argv[1])" "$2"'


@pytest.fixture
def path_folder(tmp_path: Path) -> Path:
    """Return the only folder on the PATH of `find_python`."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def add_program(path_folder: Path) -> AddProgram:
    """Return a function that puts a shell script on the PATH."""

    def add(name: str, body: str) -> None:
        script = path_folder / name
        script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        script.chmod(0o755)

    return add


def find_python(path_folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `.ci/find-python` on a PATH of one folder."""
    return subprocess.run(
        ["/bin/sh", ROOT / ".ci" / "find-python"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": str(path_folder), **environment},
    )


def test_the_newest_python_is_taken(path_folder: Path, add_program: AddProgram) -> None:
    """A newer one comes before an older one and before plain `python3`."""
    for name in ("python3", "python3.11", "python3.13"):
        add_program(name, WORKS)

    assert find_python(path_folder).stdout == "python3.13\n"


def test_a_shim_that_starts_nothing_is_passed_over(path_folder: Path, add_program: AddProgram) -> None:
    """Version managers leave programs behind that only print an error."""
    add_program("python3.13", IS_A_SHIM_FOR_NOTHING)
    add_program("python3.12", WORKS)

    assert find_python(path_folder).stdout == "python3.12\n"


def test_a_python_without_ensurepip_is_passed_over(path_folder: Path, add_program: AddProgram) -> None:
    """It could not make an environment, but the next one can."""
    add_program("python3.14", LACKS_ENSUREPIP)
    add_program("python3.11", WORKS)

    assert find_python(path_folder).stdout == "python3.11\n"


def test_a_missing_venv_package_is_named(path_folder: Path, add_program: AddProgram) -> None:
    """Debian splits Python; the hint names the package to install."""
    add_program("python3", LACKS_ENSUREPIP)

    found = find_python(path_folder)

    assert found.returncode == 1
    assert "cannot make virtual environments" in found.stderr
    assert "python3-venv" in found.stderr


def test_a_python_that_is_too_old_is_named(path_folder: Path, add_program: AddProgram) -> None:
    """The message says which Python was found and which is needed."""
    add_program("python3", IS_TOO_OLD)

    found = find_python(path_folder)

    assert found.returncode == 1
    assert "python3 is Python 3.9, which is too old: memlake needs 3.11 or newer" in found.stderr


def test_no_python_at_all_is_said(path_folder: Path) -> None:
    """An empty machine gets a next step as well."""
    found = find_python(path_folder)

    assert found.returncode == 1
    assert "no Python was found" in found.stderr
    assert "PYTHON=" in found.stderr


def test_a_chosen_python_is_the_only_one_tried(path_folder: Path, add_program: AddProgram) -> None:
    """PYTHON=… wins, also with a space in its path."""
    add_program("python3.14", WORKS)
    add_program("my python", WORKS)

    assert find_python(path_folder, PYTHON=f"{path_folder}/my python").stdout == f"{path_folder}/my python\n"
    assert find_python(path_folder, PYTHON="python9").returncode == 1
