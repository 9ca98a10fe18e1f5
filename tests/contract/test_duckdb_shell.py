"""A lake opens in DuckDB's released shell, which is another version than the library that wrote it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support.lakes import open_lake
from support.programs import program


@pytest.mark.parametrize("relation", ["memories", "conversations", "messages", "memory_events", "memory_audit"])
def test_the_released_shell_reads_a_relation(sample_lake: Path, relation: str) -> None:
    """The shell reads every row and column that the library reads."""
    with open_lake(sample_lake) as lake:
        rows = lake.query(f"from {relation}").rows

    shell = subprocess.run(
        [
            program("duckdb"),
            "-readonly",
            "-list",
            "-noheader",
            str(sample_lake / "memlake.duckdb"),
            "-c",
            f"select count(*), count(columns(*)) from {relation}",
        ],
        check=True,
        capture_output=True,
        text=True,
    )

    values_per_column = [sum(value is not None for value in column) for column in zip(*rows, strict=True)]
    assert rows
    assert shell.stdout.strip().split("|") == [str(len(rows)), *map(str, values_per_column)]
