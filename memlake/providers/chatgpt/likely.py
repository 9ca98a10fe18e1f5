"""Likely saves: what is left of a memory call in exports that no longer show tool calls.

Never a record, only a sign, so these rules prefer missing a memory to inventing one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from memlake.model import MemoryRow, MessageRow
from memlake.providers.chatgpt.memory_rows import memory_row
from memlake.providers.chatgpt.thread import Thread

_LONGEST_FACT = 400
_LONGEST_REQUEST = 2_000  # longer messages are pasted: what they ask for is not meant for the assistant
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

# A text without any of these asks for nothing: a fast way past most conversations.
_STEMS = (
    *("remember", "forget", "in mind", "lembr", "esque", "recu", "olvid", "ten ", "merk", "vergiss", "denk"),
    *("souviens", "rappelle", "retiens", "oublie", "garde", "ricorda", "dimentic", "tieni"),
)

_OPENERS = r"(?:(?:hi|hey|hello|ok|okay|also|and|so|chatgpt|oh|by\ the\ way|btw)[,!\s]+)*"
_REQUEST = re.compile(
    rf"""(?:^|(?<=[.!?:;\n]))[\s"“«]{{0,8}}+{_OPENERS}
    (?:
      # English
      (?:(?:please|pls|can\ you|could\ you|just)[,\s]+)* (?:
          remember (?:\ that\b(?!\ (?:for|in|next|time|when)\b) | \ this(?:\ please)?(?=\s*[:,.!-]|\s*$) | \s*:)
        | (?:do\ not|don['\u2019]t)\ forget\ that\b | keep\ in\ mind\ that\b
        | (?<=please\ )remember\b(?!\ (?:when|how|what|who|where|why|if|to)\b)
      )
      # Portuguese
      | (?:por\ favor[,\s]+)? (?:lembr(?:a-te|e-se|a|e)|n[ãa]o\ (?:te\ |se\ )?esque[çc]as?)\ (?:de\ )?que\b
      # Spanish
      | (?:por\ favor[,\s]+)? (?:recu[eé]rd[ae]|no\ olvides|ten\ (?:en\ cuenta|presente))\ que\b
      # German
      | (?:bitte[,\s]+)? (?:merke?\ dir|vergiss\ nicht|denk\ daran)(?:\ bitte)?(?:,\ dass\b|\s*:)
      # French
      | (?:s['\u2019]il\ te\ pla[iî]t[,\s]+)?
        (?:souviens-toi|rappelle-toi|retiens|n['\u2019]oublie\ pas|garde\ en\ t[êe]te)\ qu(?:e\b|['\u2019])
      # Italian
      | (?:per\ favore[,\s]+)? (?:ricorda(?:ti)?|non\ dimenticare|tieni\ (?:presente|a\ mente))\ che\b
    )[\s,:\u2013\u2014-]*""",
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

_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_ASKED_POLITELY = re.compile(r"[\s\"“«]*(?:please|pls|can you|could you)", re.IGNORECASE)


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
    turns = _turns(rows)
    answered = {row.parent_id for row in rows if row.role == "assistant"}
    stated = {row.message_id: row.text.strip() for row in rows if row.message_id in answered and _is_statement(row)}
    turns_with_statement = {turns[message_id] for message_id in stated}
    asking = [
        row
        for row in rows
        if row.role == "user" and len(row.text) <= _LONGEST_REQUEST and row.message_id not in turns_with_statement
    ]
    if not _may_ask("\n".join([row.text for row in asking])):
        return stated
    requested = {row.message_id: fact for row in asking if (fact := requested_fact(row.text))}
    acknowledged = {turns[row.message_id] for row in rows if _is_acknowledgement(row)}
    return stated | {message_id: fact for message_id, fact in requested.items() if message_id in acknowledged}


def _turns(rows: list[MessageRow]) -> dict[str, str | None]:
    """Return for each message the user message that it is or answers."""
    turns: dict[str, str | None] = {}
    for row in rows:
        answered = turns[row.parent_id] if row.parent_id is not None else None
        turns[row.message_id] = row.message_id if row.role == "user" else answered
    return turns


def _is_statement(row: MessageRow) -> bool:
    """Say whether a message is nothing but one short statement about the user, as saved memories are."""
    if row.role != "assistant" or row.content_type != "text" or len(row.text) > _LONGEST_FACT:
        return False
    text = row.text.strip()
    return "?" not in text and "\n" not in text and _THIRD_PERSON.match(text) is not None


def _is_acknowledgement(row: MessageRow) -> bool:
    if row.role != "assistant" or row.content_type in _THINKING:
        return False
    return _ACKNOWLEDGEMENT.search(row.text[:_ACKNOWLEDGED_WITHIN]) is not None


def requested_fact(text: str) -> str | None:
    """Return what a user's message asks to remember, in the user's words; a question asks for nothing."""
    request = _REQUEST.search(text) if _may_ask(text) else None
    if request is None:
        return None
    end = _SENTENCE_END.search(text, request.end())
    fact = text[request.end() : end.end() if end else len(text)].strip()
    if fact.endswith("?") and not _ASKED_POLITELY.match(request[0]):
        return None
    if not _says_something(fact):
        fact = _last_sentence(text[: request.start()])
    return fact if _says_something(fact) and len(fact) <= _LONGEST_FACT else None


def _may_ask(text: str) -> bool:
    lowered = text.lower()
    return any(stem in lowered for stem in _STEMS)


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _last_sentence(text: str) -> str:
    text = text.strip()
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() < len(text)]
    return text[ends[-1] if ends else 0 :].strip()
