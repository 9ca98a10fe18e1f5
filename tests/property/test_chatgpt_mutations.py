"""Whatever is wrong with a record: no exception, no message lost, every value of its column's type."""

from __future__ import annotations

import json
from typing import get_type_hints

from hypothesis import given, settings
from hypothesis import strategies as st
from support.chatgpt import Json, assistant, bio_call, conversation, message, text_content, user

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, MessageRow, Parsed, Reject, Row
from memlake.parsing.tree import _sorted_tree, _tree_in_file_order, active_path, read_tree
from memlake.providers.chatgpt import PROVIDER, parse

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
ENTITIES = sorted({rule.entity for rule in PROVIDER.rules})

POINTER: Json = {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1", "size_bytes": 9}


def whole_record(dialect: str) -> Json:
    """Return a conversation with something of everything."""
    return conversation(
        "c",
        message("system", text_content(""), user_context_message_data={"about_user_message": "I bake."}),
        user("Remember that I play the cello.", attachments=[{"id": "file_1", "name": "a.png", "size": 5}]),
        *bio_call("User plays the cello.\nUser bakes."),
        assistant("Got it."),
        message("user", {"content_type": "multimodal_text", "parts": ["see", POINTER]}).under("n2"),
        message("assistant", {"content_type": "model_editable_context", "model_set_context": "1. [2024-05-12]. a"}),
        assistant("User likes tea."),
        assistant("Noted.").under("n7"),
        dialect=dialect,
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


def message_count(record: object) -> int:
    """Count the nodes with a message that is not null, independently of the provider."""
    mapping = record.get("mapping") if isinstance(record, dict) else None
    nodes = mapping.values() if isinstance(mapping, dict) else ()
    return sum(1 for node in nodes if isinstance(node, dict) and node.get("message") is not None)


def assert_typed(row: Row) -> None:
    """Check that each value has exactly the type of its column, and that it can be stored."""
    for name, hint in get_type_hints(type(row)).items():
        value = getattr(row, name)
        assert type(value) in getattr(hint, "__args__", (hint,)), f"{type(row).__name__}.{name} is a {type(value)}"
        if type(value) is int:
            assert -(2**63) <= value < 2**63
        if isinstance(value, str):
            value.encode()


@st.composite
def mutated_records(draw: st.DrawFn) -> object:
    """Draw a conversation with up to six things wrong."""
    record: object = whole_record(draw(st.sampled_from(["classic", "slim"])))
    for _ in range(draw(st.integers(1, 6))):
        path = draw(st.sampled_from(places(record)))
        record = changed(record, path, draw(ODD_VALUES), is_deleted=draw(st.booleans()))
    return record


@settings(max_examples=400, deadline=None)
@given(mutated_records())
def test_mutated_conversation_keeps_every_message_once(record: object) -> None:
    """Parsing never raises, and rows have the types of their columns."""
    outcome = parse("conversations", JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Reject)
    if isinstance(outcome, Parsed):
        rows = [row for found in outcome.rows.values() for row in found]
        messages = [row for row in rows if isinstance(row, MessageRow)]
        assert len(messages) == message_count(record)
        assert len({row.message_id for row in messages}) == len(messages)
        assert [row.position for row in messages] == [*range(len(messages))]
        reached: set[str | None] = {None}
        for row in messages:
            assert row.parent_id in reached
            reached.add(row.message_id)
        for found in rows:
            assert_typed(found)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "content", "mapping", "logical_files", "files", "file_id", "email", "x.dat", "enabled"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ENTITIES), JSON)
def test_any_json_is_an_answer_for_every_entity(entity: str, record: object) -> None:
    """Parsed, ignored or rejected, and nothing else."""
    outcome = parse(entity, JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Ignored | Reject)
    if isinstance(outcome, Parsed):
        for found in outcome.rows.values():
            for row in found:
                assert_typed(row)


@given(st.sampled_from(ENTITIES), st.binary(max_size=80))
def test_any_bytes_are_an_answer_for_every_entity(entity: str, data: bytes) -> None:
    """Also what is no JSON at all."""
    assert isinstance(parse(entity, JsonBytes(data)), Parsed | Ignored | Reject)


KEYS = st.sampled_from("abcdefgh")


@given(
    st.dictionaries(KEYS, st.none() | KEYS | st.just("gone")),
    st.dictionaries(KEYS, st.none() | st.integers(1, 4)),
    st.none() | KEYS,
)
def test_any_links_give_a_tree_with_parents_first(
    links: dict[str, str | None], times: dict[str, int | None], current_node: str | None
) -> None:
    """Every message is there once; the quick way and the thorough way agree; the active path is a path."""
    stated_times = {key: time for key, time in times.items() if key in links}

    tree = read_tree(links, stated_times)

    assert sorted(tree.keys) == sorted(stated_times)
    for position, key in enumerate(tree.keys):
        assert tree.parents[key] in (None, *tree.keys[:position])
    quick = _tree_in_file_order(tree.parents, stated_times)
    assert quick is None or quick == _sorted_tree(tree.parents, stated_times)
    path = active_path(tree, links, current_node)
    assert all(tree.parents[key] in (None, *path) for key in path)
