"""The wheel holds what it should, and works where nothing else of this repository is."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from support.checkout import first_session, make_checkout, matches
from support.documents import ROOT

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the tree."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True)
    return next(folder.glob("memlake-*.whl"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, with its extras for people, into an empty environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    python = str(folder / "bin" / "python")
    subprocess.run([python, "-m", "pip", "install", "-qq", f"{wheel}[fast,shell]"], check=True)
    return folder


def shipped(*patterns: str) -> set[str]:
    """Return files of the tree by the names that they have in the wheel."""
    inside = {"sql": "memlake/sql", "memlake": "memlake"}
    paths = [path.relative_to(ROOT) for pattern in patterns for path in ROOT.glob(pattern)]
    return {f"{inside[path.parts[0]]}/{'/'.join(path.parts[1:])}" for path in paths}


def test_the_wheel_holds_the_package_and_its_sql(wheel: Path) -> None:
    """Every module, every SQL file, the meanings of the columns and the mark of a typed package."""
    names = set(zipfile.ZipFile(wheel).namelist())

    assert shipped("memlake/**/*.py", "memlake/py.typed", "sql/**/*.sql", "sql/*.toml") - names == set()


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    """No tests, no samples, no leftovers: only the package and what pip needs to know."""
    tops = {name.split("/")[0].removesuffix(".dist-info") for name in zipfile.ZipFile(wheel).namelist()}

    assert tops == {"memlake", wheel.name.removesuffix("-py3-none-any.whl")}


def test_the_session_of_the_readme_works_as_shown(environment: Path, tmp_path: Path) -> None:
    """The first session of the README, typed from top to bottom, prints what the README shows."""
    session = first_session((ROOT / "README.md").read_text(encoding="utf-8"))
    checkout = make_checkout(tmp_path, environment=environment)

    for command, shown in session:
        typed = subprocess.run(
            ["/bin/sh", "-c", command],
            check=False,
            cwd=checkout,
            env={**os.environ, "COLUMNS": "100"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert matches(shown, typed.stdout), f"{command} prints\n{typed.stdout}\nand the README shows\n{shown}"
    assert session
