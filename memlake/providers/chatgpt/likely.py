"""Likely saves: what is left of a memory call in exports that no longer show tool calls.

Never a record, only a sign, so these rules prefer missing a memory to inventing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.model import MemoryRow, MessageRow
from memlake.parsing.asking import LONGEST_FACT, LONGEST_REQUEST, may_request, requested_fact
from memlake.parsing.memory_rows import memory_row
from memlake.providers.chatgpt.thread import Thread, answered_turns

_ACKNOWLEDGED_WITHIN = 200
_THINKING = ("thoughts", "reasoning_recap")

_THIRD_PERSON = re.compile(
    r"""(?:the\ )?user (?:['\u2019]s\ \w+ | \ (?:
      is|was|has|had|does|did|will|would|can|cannot|may|no\ longer|
      (?:recently|currently|often|usually|also|always|never|typically|primarily|previously|now)\ \w+|
      (?:avoid|believe|celebrate|collect|consider|dislike|drink|drive|eat|enjoy|expect|feel|find|follow|hate|
         identifie|intend|keep|learn|like|live|love|make|need|own|plan|play|prefer|read|run|speak|studie|take|
         teache|think|train|use|want|work|write|goe)s|
      (?:adopted|asked|bought|built|created|decided|finished|married|mentioned|moved|requested|said|started|
         stated|stopped|switched|wrote)
    )\b)""",
    re.IGNORECASE | re.VERBOSE,
)

_ACKNOWLEDGEMENT = re.compile(
    r"""\b(?:
      i(?:['\u2019]ll|\ will)\ (?:remember|keep\ (?:that|this|it)\ in\ mind|make\ a\ note)
      | i(?:['\u2019]ve|\ have)\ (?:noted|saved|made\ a\ note|updated)
      | got\ it | noted | memory\ updated | updated\ (?:saved\ )?memory | saved\ to\ memory
      | vou\ (?:me\ )?lembrar | lembrar-me-ei | (?:fica\ )?anotado | mem[óo]ria\ atualizada | entendido | registr?ado
      | (?:lo\ )?recordar[ée] | tomo\ nota | tendr[ée]\ en\ cuenta | memoria\ actualizada
      | merke?\ (?:ich\ )?(?:es\ |das\ )?mir | mir\ (?:das\ )?(?:gemerkt|notiert) | notiert | gemerkt | alles\ klar
      | je\ m['\u2019]en\ souviendrai | je\ (?:le\ )?retiens | not[ée]
      | m[ée]moire\ mise\ [àa]\ jour
      | (?:me\ )?lo\ ricorder[òo] | ricorder[òo] | annotato | memoria\ aggiornata | terr[òo]\ a\ mente
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def likely_saves(thread: Thread) -> Iterator[MemoryRow]:
    """Yield the memories that a conversation without a tool layer seems to have saved.

    Either an assistant's third-person statement about the user just before its visible answer, or a user's
    request to remember something that the assistant acknowledged; of both in one turn, the former.
    """
    facts = {} if thread.has_tool_layer else _facts(thread.rows)
    seen = (
        (row, time_us) for row, time_us in zip(thread.rows, thread.times_us, strict=True) if row.message_id in facts
    )
    for position, (row, time_us) in enumerate(seen):
        yield memory_row(
            "likely",
            facts[row.message_id],
            position=position,
            conversation_id=thread.conversation_id,
            message_id=row.message_id,
            seen_at_us=time_us,
        )


def _facts(rows: list[MessageRow]) -> dict[str, str]:
    """Return what seems to have been saved, by the id of the message that says it."""
    turns = answered_turns(rows)
    answered = {row.parent_id for row in rows if row.role == "assistant"}
    stated = {row.message_id: row.text.strip() for row in rows if row.message_id in answered and _is_statement(row)}
    turns_with_statement = {turns[message_id] for message_id in stated}
    asking = [
        row
        for row in rows
        if row.role == "user" and len(row.text) <= LONGEST_REQUEST and row.message_id not in turns_with_statement
    ]
    if not may_request("\n".join([row.text for row in asking])):
        return stated
    requested = {row.message_id: fact for row in asking if (fact := requested_fact(row.text))}
    acknowledged = {turns[row.message_id] for row in rows if _is_acknowledgement(row)}
    return stated | {message_id: fact for message_id, fact in requested.items() if message_id in acknowledged}


def _is_statement(row: MessageRow) -> bool:
    """Say whether a message is nothing but one short statement about the user, as saved memories are."""
    if row.role != "assistant" or row.content_type != "text" or len(row.text) > LONGEST_FACT:
        return False
    text = row.text.strip()
    return "?" not in text and "\n" not in text and _THIRD_PERSON.match(text) is not None


def _is_acknowledgement(row: MessageRow) -> bool:
    if row.role != "assistant" or row.content_type in _THINKING:
        return False
    return _ACKNOWLEDGEMENT.search(row.text[:_ACKNOWLEDGED_WITHIN]) is not None
