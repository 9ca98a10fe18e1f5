"""Fixtures that every test may ask for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support.samples import CHATGPT_FOLDERS, sample_folders

import memlake

os.environ["TZ"] = "UTC"  # the zone in which the golden outputs tell times
if hasattr(time, "tzset"):
    time.tzset()

GOLDEN_FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option behind `make golden`."""
    parser.addoption("--update-golden", action="store_true", help="write the expected outputs again")


@pytest.fixture(scope="session")
def sample_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake that took in the sample exports of ChatGPT; tests only read it."""
    lake = tmp_path_factory.mktemp("sample") / "lake"
    memlake.ingest(*CHATGPT_FOLDERS, lake=lake)
    return lake


@pytest.fixture(scope="session")
def all_samples_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake that took in every sample export; tests only read it."""
    lake = tmp_path_factory.mktemp("samples") / "lake"
    memlake.ingest(*sample_folders(), lake=lake)
    return lake


@pytest.fixture
def assert_golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares an output, to the byte, with the expected one in a file of tests/golden."""

    def compare(file_name: str, actual: str) -> None:
        golden = GOLDEN_FOLDER / file_name
        if request.config.getoption("--update-golden"):
            golden.parent.mkdir(parents=True, exist_ok=True)
            golden.write_bytes(actual.encode())
        expected = golden.read_bytes().decode() if golden.exists() else ""
        assert actual == expected, f"{file_name} differs; if that is meant: make golden"

    return compare
