"""Lists of memories that somebody pasted or saved, of any assistant: text, Markdown, or JSON without ids."""

from __future__ import annotations

from collections.abc import Sequence

from memlake.jsontext import JsonBytes
from memlake.model import FieldShape, Ignored, MemoryRow, Parsed, Reject, Row, UnreadRow
from memlake.parsing.answered import NO_LIST
from memlake.parsing.values import JsonObject, first_text, is_object
from memlake.provider import Provider
from memlake.providers.dump.entries import Found, memory_row
from memlake.providers.dump.files import ENTITY, RULES
from memlake.providers.dump.json_values import (
    DATE_KEYS,
    NOT_JSON,
    OTHER_KEYS,
    SECTION_KEYS,
    TEXT_KEYS,
    json_value,
)
from memlake.providers.dump.reading import Reading, read_json, read_text, reading_of
from memlake.providers.dump.refusals import refusal
from memlake.providers.dump.wording import GUIDE, NEVER_EXPORTED, PROMPT_FOR_GEMINI
from memlake.text import decode_text

_NO_TEXT = "memory without a text"
_MOST_PLACES = 10
_EXCERPT_CHARACTERS = 200


def parse(entity: str, record: JsonBytes) -> Parsed | Ignored | Reject:
    """Turn a whole text, or one element of a JSON list, into the rows of its memories."""
    if entity != ENTITY:
        return Ignored("not a list of memories")
    text = decode_text(record.data)
    value = json_value(text)
    if value is NOT_JSON:
        recognised = refusal(text)
        return Reject(recognised) if recognised else _parsed(text, read_text(text), or_else=NO_LIST)
    if isinstance(value, str):
        return _parsed(text, reading_of([Found(value)]), or_else=_NO_TEXT)
    if is_object(value):
        return _parsed(text, read_json(value), or_else=_NO_TEXT, shape=_shape(value))
    return _parsed(text, read_json(value), or_else=NO_LIST) if isinstance(value, list) else Reject(_NO_TEXT)


def _parsed(text: str, reading: Reading, *, or_else: str, shape: FieldShape | None = None) -> Parsed | Reject:
    rows: list[Row] = [
        memory_row(entry, position=position, seen_at_us=reading.exported_at_us)
        for position, entry in enumerate(reading.entries)
    ]
    if not rows:
        return Reject(or_else)
    rows_of_kinds = {MemoryRow: rows, UnreadRow: [_unread(text, reading.empty_places)] if reading.empty_places else []}
    return Parsed(rows=rows_of_kinds, shapes=frozenset({shape} if shape else ()))


def _unread(text: str, places: Sequence[int]) -> Row:
    """Tell which entries of a list have a label and nothing behind it."""
    shown = ", ".join(map(str, places[:_MOST_PLACES]))
    more = f" and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    reason = f"entries without a text: {shown}{more}"
    return UnreadRow(reason=reason, excerpt=text[:_EXCERPT_CHARACTERS].replace("\0", "\ufffd"))


def _shape(value: JsonObject) -> FieldShape | None:
    return ("memory", tuple(value)) if first_text(value, TEXT_KEYS) is not None else None


PROVIDER = Provider(
    name="dump",
    title="pasted list",
    parser_version=2,
    rules=RULES,
    parse=parse,
    guide=GUIDE,
    prompts={"gemini": PROMPT_FOR_GEMINI},
    is_any_assistants=True,
    known_fields={"memory": frozenset((*TEXT_KEYS, *DATE_KEYS, *SECTION_KEYS, *OTHER_KEYS))},
    never_exported=NEVER_EXPORTED,
)
