"""How anybody would read the conversations of a ChatGPT export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reading import Json, Reading, SimpleConversation, SimpleMessage

# A citation's page also begins with its title, but not with a time after it.
_RECORD_START = re.compile(rb', ?(?=\{"title": ?"[^"]*", ?"create_time":)')

_DUCKDB_MESSAGES = """
create table messages as
with nodes as (
    select conversation_id, unnest(map_values(mapping)) as node
    from read_json(
        $path,
        format = 'array',
        maximum_object_size = 67108864,
        columns = {
            conversation_id: 'varchar',
            mapping: 'map(varchar, struct(
                id varchar,
                parent varchar,
                message struct(
                    id varchar,
                    author struct("role" varchar, "name" varchar),
                    create_time double,
                    content struct(content_type varchar, parts json[], "text" varchar),
                    recipient varchar
                )
            ))'
        }
    )
)
select
    conversation_id,
    node.message.id as message_id,
    node.parent as parent_id,
    node.message.author."role" as "role",
    node.message.author."name" as author_name,
    node.message.recipient as recipient,
    node.message.content.content_type as content_type,
    coalesce(
        array_to_string(list_transform(node.message.content.parts, lambda part: part ->> '$'), chr(10)),
        node.message.content."text"
    ) as "text",
    node.message.create_time as created
from nodes
where node.message is not null
"""


def _texts(conversation: Json) -> Iterator[str]:
    for node in conversation["mapping"].values():
        if node["message"] is not None:
            yield _text_of(node["message"]["content"])


def _text_of(content: Json) -> str:
    parts = content.get("parts")
    thoughts = content.get("thoughts")
    texts = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    texts += [thought["content"] for thought in thoughts] if isinstance(thoughts, list) else []
    texts += [value for key in ("text", "content") if isinstance(value := content.get(key), str)]
    return "\n".join(texts)


def _conversation(told: Json) -> SimpleConversation:
    return SimpleConversation(told["id"], told["title"], told["create_time"], told["update_time"])


def _messages(conversation: Json) -> Iterator[SimpleMessage]:
    for node in conversation["mapping"].values():
        message = node["message"]
        if message is None:
            continue
        content = message["content"]
        parts = [part for part in content.get("parts", ()) if isinstance(part, str)]
        yield SimpleMessage(
            message["id"],
            conversation["id"],
            node["parent"],
            message["author"]["role"],
            message["recipient"],
            content["content_type"],
            "\n".join(parts) or content.get("text"),
            message["create_time"],
        )


READING = Reading(
    record_start=_RECORD_START,
    texts=_texts,
    conversation=_conversation,
    messages=_messages,
    duckdb_messages=_DUCKDB_MESSAGES,
)
