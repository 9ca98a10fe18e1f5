"""Calls of the memory tool, with which the assistant edits what it remembers, and the lists that it answers with."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from typing import NamedTuple

from memlake.model import EventRow, ListRow, MemoryRow, MessageRow
from memlake.parsing.asking import asks_to_forget, asks_to_remember
from memlake.parsing.memory_rows import memory_row
from memlake.parsing.turns import nearest_turns
from memlake.parsing.values import JsonObject, id_or_none
from memlake.providers.claude.blocks import is_call, is_result, result_text
from memlake.providers.claude.edit_list import listed_edits
from memlake.providers.claude.memory_tool import Edit, is_memory_tool, read_edit
from memlake.providers.claude.thread import Thread
from memlake.text import text_key
from memlake.times import time_us

_SAYS_IT_FAILED = re.compile(r"\s*(?:error|failed|invalid)\b", re.IGNORECASE)


class _Block(NamedTuple):
    """A call or a result, and where it stands: the message's position, and its place among the blocks."""

    position: int
    place: int
    block: JsonObject


class _Call(NamedTuple):
    row: MessageRow
    event_index: int
    edit: Edit
    occurred_at_us: int | None
    reply: str | None
    is_refused: bool


def memory_edits(thread: Thread) -> Iterator[EventRow | ListRow | MemoryRow]:
    """Yield each recorded call, on every branch, and the list of edits where a message shows it.

    A message that shows it twice gives the later one.
    """
    calls = list(_calls(thread))
    if not calls:
        return
    turns = nearest_turns(thread.rows, is_turn=lambda _: True)
    own_words = {row.message_id: words for row, words in zip(thread.rows, thread.own_words, strict=True)}
    listings: dict[str, _Call] = {}
    for call in calls:
        prompt_id = turns[call.row.message_id]
        yield _event(call, thread.conversation_id, prompt_id, own_words.get(prompt_id or "", ""))
        if call.edit.action == "list" and not call.is_refused and listed_edits(call.reply or "") is not None:
            listings[call.row.message_id] = call
    for call in listings.values():
        yield from _listing(call, thread.conversation_id)


def _calls(thread: Thread) -> Iterator[_Call]:
    calls = [found for found in _blocks(thread, is_call) if is_memory_tool(found.block)]
    replies = _Replies(calls, list(_blocks(thread, is_result)) if calls else [], thread.rows)
    event_index = 0
    for number, call in enumerate(calls):
        event_index = event_index + 1 if number and calls[number - 1].position == call.position else 0
        row = thread.rows[call.position]
        stated_at_us = time_us(call.block.get("start_timestamp"))
        result = replies.of(call)
        reply = None if result is None else result_text(result)
        yield _Call(
            row=row,
            event_index=event_index,
            edit=read_edit(call.block),
            occurred_at_us=row.created_at_us if stated_at_us is None else stated_at_us,
            reply=reply,
            is_refused=result is not None
            and (result.get("is_error") is True or _SAYS_IT_FAILED.match(reply or "") is not None),
        )


def _blocks(thread: Thread, is_wanted: Callable[[JsonObject], bool]) -> Iterator[_Block]:
    for position, blocks in enumerate(thread.blocks):
        for place, block in enumerate(blocks):
            if is_wanted(block):
                yield _Block(position, place, block)


class _Replies:
    """Finds the result of each call: by its id, else the next one of this tool that is no other call's."""

    def __init__(self, calls: list[_Block], results: list[_Block], rows: list[MessageRow]) -> None:
        self._rows = rows
        self._by_id: dict[str | None, JsonObject] = {}
        self._unnamed: defaultdict[int, deque[_Block]] = defaultdict(deque)  # by position: those of no call's id
        self._answers: defaultdict[str | None, deque[int]] = defaultdict(deque)  # to a message, by position
        call_ids = {id_or_none(call.block.get("id")) for call in calls} - {None}
        for result in results:
            call_id = id_or_none(result.block.get("tool_use_id"))
            if call_id in call_ids:
                self._by_id.setdefault(call_id, result.block)
            elif is_memory_tool(result.block):
                self._unnamed[result.position].append(result)
        for position in self._unnamed:
            self._answers[rows[position].parent_id].append(position)

    def of(self, call: _Block) -> JsonObject | None:
        """Return the result of a call; the calls have to come in reading order, since each takes one away."""
        stated = self._by_id.get(id_or_none(call.block.get("id")))
        if stated is not None:
            return stated
        here = self._unnamed[call.position]
        while here and here[0].place < call.place:
            here.popleft()
        if here:
            return here.popleft().block
        answers = self._answers[self._rows[call.position].message_id]
        while answers:
            if there := self._unnamed[answers[0]]:
                return there.popleft().block
            answers.popleft()
        return None


def _event(call: _Call, conversation_id: str, prompt_id: str | None, prompt: str) -> EventRow:
    edit = call.edit
    action = "noop" if call.is_refused else edit.action
    is_about_text = action in ("save", "replace", "forget") and edit.content is not None
    return EventRow(
        conversation_id=conversation_id,
        message_id=call.row.message_id,
        event_index=call.event_index,
        action=action,
        content=edit.content,
        text_key=text_key(edit.content or "") if is_about_text else None,
        occurred_at_us=call.occurred_at_us,
        is_acknowledged=call.reply is not None and not call.is_refused,
        prompt_message_id=prompt_id,
        is_requested=_is_requested(edit.command, prompt),
        line_number=edit.line_number,
        is_list_edit=True,
    )


def _is_requested(command: str, prompt: str) -> bool:
    """Say whether the person asked for a change; to replace, they may say either that something is so or is not."""
    return (command != "remove" and asks_to_remember(prompt)) or (
        command in ("remove", "replace") and asks_to_forget(prompt)
    )


def _listing(call: _Call, conversation_id: str) -> Iterator[ListRow | MemoryRow]:
    edits = listed_edits(call.reply or "") or []
    yield ListRow(conversation_id, call.row.message_id, call.occurred_at_us, len(edits))
    for position, content in enumerate(edits):
        yield memory_row(
            "list_snapshot",
            content,
            position=position,
            conversation_id=conversation_id,
            message_id=call.row.message_id,
            seen_at_us=call.occurred_at_us,
        )
