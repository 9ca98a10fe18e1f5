"""Whatever the order in which exports come, the lake knows the same."""

from __future__ import annotations

import shutil
import tempfile
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.drawn import exports
from support.lakes import export_folder, lake_of, misplaced_messages, relations, take_in
from support.samples import CHATGPT_FOLDERS

import memlake

ORDERS = list(permutations(CHATGPT_FOLDERS))


@pytest.fixture(scope="module")
def lakes_of_samples(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Path, ...], Path]:
    """Return the lake of each order; it goes on from a copy of what it shares with others."""
    folder = tmp_path_factory.mktemp("orders")
    lakes: dict[tuple[Path, ...], Path] = {}
    for whole_order in ORDERS:
        for length in range(1, len(whole_order) + 1):
            order = whole_order[:length]
            if order not in lakes:
                lakes[order] = folder / f"lake-{len(lakes)}"
                if length > 1:
                    shutil.copytree(lakes[order[:-1]], lakes[order])
                take_in(lakes[order], order[-1])
    return {order: lakes[order] for order in ORDERS}


def test_every_order_of_the_samples_tells_the_same(lakes_of_samples: dict[tuple[Path, ...], Path]) -> None:
    """Every relation has the same rows, whichever export comes first, last or in between."""
    expected = relations(lakes_of_samples[ORDERS[0]])
    different = [order for order, lake in lakes_of_samples.items() if relations(lake) != expected]
    assert different == []


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(kinds=st.lists(exports(), min_size=2, max_size=3))
def test_any_exports_in_any_order_tell_the_same(kinds: list[dict[str, object]]) -> None:
    """Exports that contradict one another, repeat themselves or have no date: backwards, read again, or dropped."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [export_folder(folder / str(number), **kind) for number, kind in enumerate(kinds)]  # type: ignore[arg-type]
        lake = lake_of(folder / "forwards", *paths[:-1])
        without_last = relations(lake)
        whole = relations(lake_of(lake, paths[-1]))
        assert misplaced_messages(lake) == []
        assert relations(lake_of(folder / "backwards", *reversed(paths))) == whole

        memlake.Lake(lake).rebuild()
        assert relations(lake) == whole

        if len(whole["exports"]) > len(without_last["exports"]):
            (export_id,) = {row[0] for row in whole["exports"]} - {row[0] for row in without_last["exports"]}
            memlake.Lake(lake).drop_export(str(export_id), yes=True)
            assert relations(lake) == without_last
