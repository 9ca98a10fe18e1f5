"""JSON with something wrong in it, and what has to be true of the rows that are made of it all the same."""

from __future__ import annotations

from typing import get_type_hints

from hypothesis import strategies as st

from memlake.model import MessageRow, Parsed, Row

ODD_VALUES: st.SearchStrategy[object] = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        2**63,
        10**400,
        1e300,
        float("nan"),
        float("-inf"),
        "",
        "n1",
        "x\x00",
        [],
        {},
        [None],
        {"n1": {}},
    ]
)


def mutated(draw: st.DrawFn, record: object) -> object:
    """Return a record with up to six things wrong."""
    for _ in range(draw(st.integers(1, 6))):
        path = draw(st.sampled_from(places(record)))
        record = changed(record, path, draw(ODD_VALUES), is_deleted=draw(st.booleans()))
    return record


def any_json(keys: list[str]) -> st.SearchStrategy[object]:
    """Draw small JSON values whose objects have some of the keys."""
    return st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner, max_size=5),
        max_leaves=12,
    )


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """List the way to every value inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def changed(value: object, path: tuple[object, ...], new: object, *, is_deleted: bool) -> object:
    """Return a JSON value with one place changed or deleted; a place that is gone changes nothing."""
    if not path:
        return new
    if isinstance(value, dict) and path[0] in value:
        inner = changed(value[path[0]], path[1:], new, is_deleted=is_deleted)
        kept = {key: item for key, item in value.items() if key != path[0] or path[1:] or not is_deleted}
        return {key: inner if key == path[0] else item for key, item in kept.items()}
    if isinstance(value, list) and isinstance(path[0], int) and path[0] < len(value):
        return [
            changed(item, path[1:], new, is_deleted=False) if i == path[0] else item for i, item in enumerate(value)
        ]
    return value


def assert_typed(row: Row) -> None:
    """Check that each value has exactly the type of its column, and that it can be stored."""
    for name, hint in get_type_hints(type(row)).items():
        value = getattr(row, name)
        assert type(value) in getattr(hint, "__args__", (hint,)), f"{type(row).__name__}.{name} is a {type(value)}"
        if type(value) is int:
            assert -(2**63) <= value < 2**63
        if isinstance(value, str):
            value.encode()


def assert_rows_typed(parsed: Parsed) -> None:
    """Check the values of every row."""
    for found in parsed.rows.values():
        for row in found:
            assert_typed(row)


def assert_messages_whole(parsed: Parsed, count: int) -> None:
    """Check that there is a row for each of so many messages, once, with parents first."""
    messages = [row for row in parsed.rows.get(MessageRow, []) if isinstance(row, MessageRow)]
    assert len(messages) == count
    assert len({row.message_id for row in messages}) == len(messages)
    assert [row.position for row in messages] == [*range(len(messages))]
    reached: set[str | None] = {None}
    for row in messages:
        assert row.parent_id in reached
        reached.add(row.message_id)
