"""Whatever a lake holds, the one that is restored from its archive answers and learns as it does."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.drawn import exports
from support.lakes import export_folder, lake_of, relations

import memlake


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(kinds=st.lists(exports(), min_size=2, max_size=3))
def test_a_restored_lake_takes_in_more_as_the_original_does(kinds: list[dict[str, object]]) -> None:
    """It has the same rows before and after another export comes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [export_folder(folder / str(number), **kind) for number, kind in enumerate(kinds)]  # type: ignore[arg-type]
        original, restored = lake_of(folder / "original", *paths[:-1]), folder / "restored"
        memlake.Lake(original).archive(folder / "archive", formats=("parquet",))

        memlake.restore(folder / "archive", lake=restored)

        assert relations(restored) == relations(original)
        assert relations(lake_of(restored, paths[-1])) == relations(lake_of(original, paths[-1]))
