"""How the messages of an archive are read: some conversations at a time, and all of each."""

from __future__ import annotations

from pathlib import Path

from support.lakes import open_lake

from memlake.archive.markdown.talks import conversation_heads, conversations_with_messages
from memlake.archive.scope import Scope

_MUCH = 100_000_000


def test_messages_are_the_same_however_many_are_read_at_a_time(all_samples_lake: Path) -> None:
    """In reading order, of conversations that one record tells and of those that several do."""
    with open_lake(all_samples_lake) as database:
        heads = conversation_heads(database, Scope())
        told = list(conversations_with_messages(database, heads))
        one_by_one = list(conversations_with_messages(database, [head._replace(text_bytes=_MUCH) for head in heads]))

    assert {head.record_key is None for head in heads} == {True, False}
    assert all(len(messages) == head.message_count for head, messages in told)
    assert all([message.position for message in messages] == [*range(len(messages))] for _, messages in told)
    assert [[message[1:] for message in messages] for _, messages in one_by_one] == [
        [message[1:] for message in messages] for _, messages in told
    ]
