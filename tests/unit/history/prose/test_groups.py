"""Links that have a statement in common are one memory."""

from __future__ import annotations

from memlake.history.prose.alignment import Link, groups


def test_links_without_a_common_statement_are_groups_of_their_own() -> None:
    """One statement each that became one, in the order of the earlier text."""
    found = groups([Link(2, 0), Link(0, 5)])

    assert found == [((0,), (5,)), ((2,), (0,))]


def test_split_statement_goes_on_in_all_its_parts() -> None:
    """The parts stand in the order of the later text."""
    found = groups([Link(1, 4), Link(1, 2), Link(1, 3)])

    assert found == [((1,), (2, 3, 4))]


def test_merged_statements_are_one_group() -> None:
    """Both have the merged one as what they became."""
    found = groups([Link(3, 1), Link(0, 1), Link(1, 0)])

    assert found == [((0, 3), (1,)), ((1,), (0,))]


def test_groups_are_joined_through_a_statement_between_them() -> None:
    """What was split, and one of whose parts was merged with another, is one group, whatever the order of links."""
    links = [Link(0, 0), Link(1, 1), Link(1, 0), Link(0, 2)]

    assert groups(links) == groups(links[::-1]) == groups([*links, *links]) == [((0, 1), (0, 1, 2))]


def test_no_links_make_no_group() -> None:
    """Two exports that share nothing."""
    assert groups([]) == []
