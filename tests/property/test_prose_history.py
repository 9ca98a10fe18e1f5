"""What holds for the history of any prose, whoever wrote it."""

from __future__ import annotations

import os
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from memlake.history.prose.alignment import Placed, align, groups
from memlake.history.prose.facts import Context, fact_change

_WORDS = """
    Ada Lyon keeps bees not never no may May twelve 12 1.200 3,5 25 8 pm in on dos sept due 2027-12-03 12.5. kein ohne
    Frau Lind ne pas jamais noch ni instead of rather than left right [stated] **bold** — ! two hundred 9h30
    quatre-vingt-dix 東京 コーヒー 三人 ない ではなく 「木」 佐々木課長 커피 않다
"""
TEXTS = st.one_of(st.lists(st.sampled_from(_WORDS.split()), min_size=1, max_size=9).map(" ".join), st.text(max_size=30))
STATEMENTS = st.lists(
    st.builds(Placed, TEXTS, st.sampled_from(["account", "project:a"]), st.sampled_from([None, "Work"])), max_size=7
)


@given(statements=STATEMENTS)
def test_unchanged_statements_are_linked_each_to_itself(statements: list[Placed]) -> None:
    """As long as no two are the same."""
    distinct = list({statement.text: statement for statement in statements}.values())

    assert align(distinct, distinct) == [(place, place) for place in range(len(distinct))]


@given(before=STATEMENTS, after=STATEMENTS)
def test_links_name_statements_that_there_are(before: list[Placed], after: list[Placed]) -> None:
    """Each pair once, in order; and every statement is in one group at most, and in some group if it is linked."""
    links = align(before, after)
    found = groups(links)

    assert links == sorted(set(links))
    assert all(0 <= link.before < len(before) and 0 <= link.after < len(after) for link in links)
    for side, total in ((0, len(before)), (1, len(after))):
        grouped = [place for group in found for place in group[side]]
        assert len(set(grouped)) == len(grouped) <= total
        assert set(grouped) == {link[side] for link in links}


@given(before=TEXTS, after=TEXTS, others=st.lists(TEXTS, max_size=5))
def test_change_of_a_fact_is_one_in_both_directions(before: str, after: str, others: list[str]) -> None:
    """And a statement never differs from itself."""
    context = Context.of([before, after, *others])

    assert fact_change(before, before, context) is None
    assert (fact_change(before, after, context) is None) == (fact_change(after, before, context) is None)


def test_links_and_changes_do_not_depend_on_how_python_hashes_words() -> None:
    """Every process orders sets in a way of its own."""
    program = """
from eval.prose_people import load_prose_people
from eval.prose_scoring import judged_rewrites
for person in load_prose_people(["kenji", "jonas", "devon"]):
    for rewrite in judged_rewrites(person):
        print([(sorted(memory.pairs), memory.change) for memory in rewrite.memories])
"""
    told = []
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", program]
        told.append(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)

    assert len(set(told)) == 1
