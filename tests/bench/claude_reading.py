"""How anybody would read the conversations of a Claude export."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reading import Json, Reading, SimpleConversation, SimpleMessage

_RECORD_START = re.compile(rb', ?(?=\{"uuid": ?"[^"]*", ?"name": ?"[^"]*", ?"summary":)')

_DUCKDB_MESSAGES = """
create table messages as
with told as (
    select uuid as conversation_id, unnest(chat_messages) as message
    from read_json(
        $path,
        format = 'array',
        maximum_object_size = 67108864,
        columns = {
            uuid: 'varchar',
            chat_messages: 'struct(
                uuid varchar,
                parent_message_uuid varchar,
                sender varchar,
                created_at timestamp,
                content struct(
                    "text" varchar, thinking varchar, input map(varchar, varchar), content struct("text" varchar)[]
                )[],
                attachments struct(extracted_content varchar)[]
            )[]'
        }
    )
)
select
    conversation_id,
    message.uuid as message_id,
    message.parent_message_uuid as parent_id,
    message.sender as "role",
    array_to_string(
        list_concat(
            list_transform(
                message.content,
                lambda block: coalesce(
                    block."text",
                    block.thinking,
                    array_to_string(map_values(block.input), chr(10)),
                    array_to_string(list_transform(block.content, lambda result: result."text"), chr(10))
                )
            ),
            list_transform(message.attachments, lambda attachment: attachment.extracted_content)
        ),
        chr(10)
    ) as "text",
    message.created_at as created
from told
"""


def _texts(conversation: Json) -> Iterator[str]:
    for message in conversation["chat_messages"]:
        yield _text_of(message)


def _text_of(message: Json) -> str:
    texts = [text for block in message["content"] for text in _block_texts(block)]
    return "\n".join([*texts, *(attachment["extracted_content"] for attachment in message["attachments"])])


def _block_texts(block: Json) -> list[str]:
    match block["type"]:
        case "tool_use":
            return [value for value in block["input"].values() if isinstance(value, str)]
        case "tool_result":
            return [result["text"] for result in block["content"]]
        case kind:
            return [block[kind]]


def _conversation(told: Json) -> SimpleConversation:
    return SimpleConversation(told["uuid"], told["name"], told["created_at"], told["updated_at"])


def _messages(conversation: Json) -> Iterator[SimpleMessage]:
    for message in conversation["chat_messages"]:
        yield SimpleMessage(
            message["uuid"],
            conversation["uuid"],
            message["parent_message_uuid"],
            message["sender"],
            None,
            None,
            _text_of(message),
            message["created_at"],
        )


READING = Reading(
    record_start=_RECORD_START,
    texts=_texts,
    conversation=_conversation,
    messages=_messages,
    duckdb_messages=_DUCKDB_MESSAGES,
)
