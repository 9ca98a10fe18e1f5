"""Exports of prose tell the same in every order, whatever a rewrite does to the statements."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.editing import add, chat, remove, replace
from support.lakes import lake_of, relations
from support.prose import (
    CELLO,
    CELLO_AGAIN,
    FIFTEEN_GOATS,
    GOATS,
    GOATS_AGAIN,
    GOATS_AND_CELLO,
    THESIS,
    Prose,
    prose_export,
    said,
)

import memlake

STATEMENTS = [GOATS, GOATS_AGAIN, FIFTEEN_GOATS, CELLO, CELLO_AGAIN, GOATS_AND_CELLO, THESIS]
texts = st.lists(st.sampled_from(STATEMENTS), max_size=4).map(lambda statements: said(*statements))
prose = st.builds(
    Prose,
    st.none() | texts,
    st.dictionaries(st.sampled_from(["p", "q"]), texts, max_size=2),
    st.dictionaries(st.sampled_from(["/a.md", "/b.md"]), texts, max_size=2),
)
damaged = prose.map(lambda whole: json.dumps([whole.record("ida"), "damaged"]).encode())
SAVED = chat("c1", "2025-01-01", add(GOATS), add(CELLO))
talks = st.sampled_from(
    [
        None,
        [SAVED],
        [
            chat("c1", "2025-01-01", add(GOATS), add(CELLO)),
            chat("c2", "2025-03-01", replace(1, FIFTEEN_GOATS), remove(2)),
        ],
        [chat("c3", "2025-02-15", replace(2, THESIS))],
    ]
)
days = st.sampled_from(["", "-2025-02-01", "-2025-03-01", "-2025-03-02"])
exports = st.tuples(days, st.one_of(prose, prose, damaged, st.none()), talks)


@settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(held=st.lists(exports, min_size=2, max_size=3))
def test_any_rewrites_in_any_order_tell_the_same(
    held: list[tuple[str, Prose | bytes | None, list[dict[str, object]] | None]],
) -> None:
    """Forwards, backwards, read again from the raw zone, and with the last one dropped."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [
            prose_export(folder / str(number), f"export{day}", each, conversations=told)
            for number, (day, each, told) in enumerate(held)
        ]
        lake = lake_of(folder / "forwards", *paths[:-1])
        without_last = relations(lake)
        whole = relations(lake_of(lake, paths[-1]))
        assert relations(lake_of(folder / "backwards", *reversed(paths))) == whole

        memlake.Lake(lake).rebuild()
        assert relations(lake) == whole

        gone = {row[0] for row in whole["exports"]} - {row[0] for row in without_last["exports"]}
        for export_id in gone:
            memlake.Lake(lake).drop_export(str(export_id), yes=True)
        assert relations(lake) == without_last
