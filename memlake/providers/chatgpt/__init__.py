"""ChatGPT: its data export in both dialects, its memory list, and lists saved from its web API."""

from __future__ import annotations

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject
from memlake.parsing.records import Reader, read_object
from memlake.provider import Provider
from memlake.providers.chatgpt.conversations import read_conversation
from memlake.providers.chatgpt.files import RULES
from memlake.providers.chatgpt.known_fields import KNOWN_FIELDS
from memlake.providers.chatgpt.memory_file import read_memory
from memlake.providers.chatgpt.memory_page import read_memory_page
from memlake.providers.chatgpt.siblings import (
    read_account,
    read_feedback,
    read_file_names,
    read_manifest,
    read_shared_link,
)
from memlake.providers.chatgpt.wording import GUIDE, NEVER_EXPORTED, PROMPT

_READERS: dict[str, Reader] = {
    "conversations": read_conversation,
    "memories": read_memory,
    "account": read_account,
    "feedback": read_feedback,
    "shared_links": read_shared_link,
    "file_names": read_file_names,
    "manifest": read_manifest,
}


def parse(entity: str, record: JsonBytes) -> Parsed | Ignored | Reject:
    """Turn one record's bytes into rows, for every entity that `RULES` can name."""
    if entity == "memory_page":
        return read_memory_page(record.data)
    reader = _READERS.get(entity)
    if reader is None:
        return Ignored("not about memories or conversations")
    return read_object(record, reader)


PROVIDER = Provider(
    name="chatgpt",
    title="ChatGPT",
    parser_version=3,
    rules=RULES,
    parse=parse,
    guide=GUIDE,
    prompts={"chatgpt": PROMPT},
    part_entities={"conversations": "conversations"},
    known_fields=KNOWN_FIELDS,
    never_exported=NEVER_EXPORTED,
)
