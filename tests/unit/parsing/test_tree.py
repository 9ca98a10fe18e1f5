"""Ids, parents and reading order of messages, however the tree is drawn."""

from __future__ import annotations

import pytest
from support.chatgpt import (
    Turn,
    assistant,
    conversation,
    nodes,
    parsed_rows,
    user,
)

from memlake.model import (
    MessageRow,
)


def messages(record: object) -> list[MessageRow]:
    """Return the message rows in reading order."""
    return parsed_rows(record, MessageRow)


def ids(record: object) -> list[str]:
    """Return the message ids in reading order."""
    return [row.message_id for row in messages(record)]


def test_message_without_an_id_has_its_nodes() -> None:
    """The node's key stands in for a missing, empty or impossible id."""
    turns = [
        user("a").saying(id=None),
        user("b").saying(id=""),
        user("c").saying(id={"x": 1}),
        user("d").saying(id=7.5),
    ]

    assert ids(conversation("c", *turns)) == ["n1", "n2", "n3", "7.5"]


def test_repeated_message_id_gives_way_to_the_nodes_own() -> None:
    """Nothing is lost to a repeated id, not even where the node's key is taken as well."""
    turns = [user("a").saying(id="n3"), user("b").saying(id="n3"), user("c").saying(id="n3")]

    assert ids(conversation("c", *turns)) == ["n3", "n2", "n3~"]


def test_parent_is_the_nearest_message_above() -> None:
    """Empty nodes between two messages do not count."""
    record = conversation("c", user("a"), assistant("b"))
    nodes(record).update(e1={"message": None, "parent": "n1"}, e2={"message": None, "parent": "e1"})
    nodes(record)["n2"]["parent"] = "e2"
    nodes(record)["n3"] = {"message": {"id": "m3"}, "parent": "e1"}

    assert [row.parent_id for row in messages(record)] == [None, "n1", "n1"]


def test_numeric_parent_finds_its_node() -> None:
    """Keys of an object are always strings, whatever the link is."""
    record = {"id": "c", "mapping": {"1": {"message": {}, "parent": None}, "2": {"message": {}, "parent": 1}}}

    assert [row.parent_id for row in messages(record)] == [None, "1"]


def test_file_order_does_not_decide_about_reading_order() -> None:
    """Parents come first, then earlier messages."""
    record = conversation("c", user("a"), assistant("b"), user("d"), assistant("e"))
    record["mapping"] = dict(reversed(nodes(record).items()))

    assert ids(record) == ["n1", "n2", "n3", "n4"]
    assert [row.position for row in messages(record)] == [0, 1, 2, 3]


def test_parent_comes_first_even_if_it_claims_to_be_later() -> None:
    """A clock that runs backwards does not turn a conversation round."""
    assert ids(conversation("c", Turn(role="user", content=None, at=90), Turn(role="user", content=None, at=10))) == [
        "n1",
        "n2",
    ]


def test_branches_are_read_by_time_and_unknown_times_follow_their_parent() -> None:
    """Siblings are merged into one order."""
    record = conversation(
        "c",
        Turn(role="user", content=None, at=10),
        Turn(role="assistant", content=None, at=50),
        Turn(role="user", content=None, at=60),
        Turn(role="assistant", content=None, at=20, parent="n1"),
        Turn(role="user", content=None, at=None),
    )

    assert ids(record) == ["n1", "n4", "n5", "n2", "n3"]


def test_active_path_leads_from_the_current_node_to_the_root() -> None:
    """An abandoned branch is kept, but is not on the path."""
    record = conversation("c", user("a"), assistant("old"), assistant("new").under("n1"), user("b"))

    assert [row.message_id for row in messages(record) if row.is_on_active_path] == ["n1", "n3", "n4"]


def test_current_node_without_a_message_stands_for_the_one_above() -> None:
    """The path begins at the nearest message."""
    record = conversation("c", user("a"), assistant("b"), current_node="end")
    nodes(record)["end"] = {"message": None, "parent": "n1"}

    assert [row.is_on_active_path for row in messages(record)] == [True, False]


@pytest.mark.parametrize("current_node", [None, "gone", 5, []])
def test_unknown_current_node_gives_way_to_the_newest_leaf(current_node: object) -> None:
    """The last thing said is where a person left off."""
    record = conversation("c", user("a"), assistant("b"), assistant("late").under("n1"), current_node=current_node)

    assert [row.message_id for row in messages(record) if row.is_on_active_path] == ["n1", "n3"]


def test_of_leaves_without_times_the_last_one_is_current() -> None:
    """Nothing but the order is left to decide."""
    turns = [Turn(role="user", content=None, at=None), *[Turn(role="user", content=None, at=None, parent="n1")] * 2]

    on_path = [
        row.message_id for row in messages(conversation("c", *turns, current_node=None)) if row.is_on_active_path
    ]

    assert on_path == ["n1", "n3"]


@pytest.mark.parametrize("parent", ["n1", "n3", "gone"])
def test_circles_and_dangling_parents_end_at_a_root(parent: str) -> None:
    """The first of a circle in the file becomes a root; every message is still there once."""
    record = conversation("c", user("a"), assistant("b"), user("d"))
    nodes(record)["n1"]["parent"] = parent

    assert [(row.message_id, row.parent_id) for row in messages(record)] == [("n1", None), ("n2", "n1"), ("n3", "n2")]


def test_branch_that_leads_into_a_circle_keeps_its_parent() -> None:
    """Only the circle is cut."""
    record = conversation("c", user("x"), user("a"), assistant("b"))
    nodes(record)["n1"]["parent"] = "n3"
    nodes(record)["n2"]["parent"] = "n3"

    assert {row.message_id: row.parent_id for row in messages(record)} == {"n1": "n3", "n2": None, "n3": "n2"}


def test_circle_of_empty_nodes_leads_nowhere() -> None:
    """Messages below it are roots."""
    record = conversation("c", user("a"), user("b"))
    nodes(record).update(e1={"message": None, "parent": "e2"}, e2={"message": None, "parent": "e1"})
    nodes(record)["n1"]["parent"] = "e1"
    nodes(record)["n2"]["parent"] = "e2"

    assert [row.parent_id for row in messages(record)] == [None, None]
