"""Whatever is wrong with a record: no exception, no message lost, every value of its column's type."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from support.chatgpt import Json, assistant, bio_call, conversation, message, text_content, user
from support.mutations import any_json, assert_messages_whole, assert_rows_typed, mutated

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject
from memlake.parsing.tree import _sorted_tree, _tree_in_file_order, active_path, read_tree
from memlake.providers.chatgpt import PROVIDER, parse

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


def message_count(record: object) -> int:
    """Count the nodes with a message that is not null, independently of the provider."""
    mapping = record.get("mapping") if isinstance(record, dict) else None
    nodes = mapping.values() if isinstance(mapping, dict) else ()
    return sum(1 for node in nodes if isinstance(node, dict) and node.get("message") is not None)


@st.composite
def mutated_records(draw: st.DrawFn) -> object:
    """Draw a conversation with up to six things wrong."""
    return mutated(draw, whole_record(draw(st.sampled_from(["classic", "slim"]))))


@settings(max_examples=400, deadline=None)
@given(mutated_records())
def test_mutated_conversation_keeps_every_message_once(record: object) -> None:
    """Parsing never raises, and rows have the types of their columns."""
    outcome = parse("conversations", JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Reject)
    if isinstance(outcome, Parsed):
        assert_messages_whole(outcome, message_count(record))
        assert_rows_typed(outcome)


JSON = any_json(["id", "content", "mapping", "logical_files", "files", "file_id", "email", "x.dat", "enabled"])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ENTITIES), JSON)
def test_any_json_is_an_answer_for_every_entity(entity: str, record: object) -> None:
    """Parsed, ignored or rejected, and nothing else."""
    outcome = parse(entity, JsonBytes(json.dumps(record).encode()))

    assert isinstance(outcome, Parsed | Ignored | Reject)
    if isinstance(outcome, Parsed):
        assert_rows_typed(outcome)


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
