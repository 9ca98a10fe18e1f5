"""What `query` prints, to the byte, on the sample exports, 100 columns wide."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.commandline import memlake_here

AssertGolden = Callable[[str, str], None]

ASKING = {
    "names": (),
    "decision-memories": ("decision-memories",),
    "decision-memories-markdown": ("decision-memories", "--format", "md"),
    "unsaid": ("unsaid",),
}


@pytest.mark.parametrize("name", ASKING)
def test_a_query_answers_about_the_samples(sample_lake: Path, assert_golden: AssertGolden, name: str) -> None:
    """The names, then the answers, before anything was looked up."""
    done = memlake_here("query", *ASKING[name], cwd=sample_lake.parent)

    assert done.exit_code == 0
    assert_golden(f"cli_query_{name}.txt", done.stdout)
