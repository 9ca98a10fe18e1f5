"""Claude: its data export, as one ZIP or as one for each category, and conversations saved from its web API."""

from __future__ import annotations

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, Parsed, Reject
from memlake.parsing.records import Reader, read_object
from memlake.provider import Provider
from memlake.providers.claude.conversations import read_conversation, read_design_chat, read_reflection
from memlake.providers.claude.files import PART_ENTITIES, RULES
from memlake.providers.claude.known_fields import KNOWN_FIELDS
from memlake.providers.claude.prose import read_prose
from memlake.providers.claude.siblings import read_account, read_project
from memlake.providers.claude.wording import GUIDE, NEVER_EXPORTED, PROMPT

_READERS: dict[str, Reader] = {
    "conversations": read_conversation,
    "design_chats": read_design_chat,
    "reflections": read_reflection,
    "memory_prose": read_prose,
    "projects": read_project,
    "account": read_account,
}


def parse(entity: str, record: JsonBytes) -> Parsed | Ignored | Reject:
    """Turn one record's bytes into rows, for every entity that `RULES` can name."""
    reader = _READERS.get(entity)
    if reader is None:
        return Ignored("not about memories or conversations")
    return read_object(record, reader)


PROVIDER = Provider(
    name="claude",
    title="Claude",
    parser_version=2,
    rules=RULES,
    parse=parse,
    guide=GUIDE,
    prompts={"claude": PROMPT},
    part_entities=PART_ENTITIES,
    known_fields=KNOWN_FIELDS,
    never_exported=NEVER_EXPORTED,
)
