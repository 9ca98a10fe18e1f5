"""The user's words behind recorded save calls: which message before a call says what it saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal, NamedTuple

from memlake.lake.connection import Database
from memlake.lake.links import (
    EarlierMessage,
    RecordedCall,
    RecordedQuote,
    messages_before,
    recorded_calls,
    write_recorded_quotes,
)
from memlake.lookup.details import details, lacking
from memlake.lookup.pasted import said_in
from memlake.lookup.quotes import Quote, best_quote, shared_words

_SAID_CLEARLY = 0.6  # then no message further back is looked at
_SAID = 0.3
_SAID_BY_OTHERS = 0.5
_FURTHER_BACK = 0.15  # a message before the prompt has to say so much more of it
_READ_CLOSELY = 3
_SHARED_ENOUGH = 0.2
_FEWEST_CHARACTERS = 6  # "ok" and "yes!" say nothing

_Other = Literal["document", "assistant"]
_OTHERS: dict[str, _Other] = {"tool": "document", "assistant": "assistant"}
"""Who speaks in messages that are not the user's; what a document says the assistant only repeats."""


class _Said(NamedTuple):
    message_id: str
    message: str
    quote: Quote


def align_recorded_quotes(database: Database) -> None:
    """Find for every recorded origin the user's words that it was made of, and store them as its quote.

    The message before the call is taken unless one of the twenty messages before says clearly more. Where no user's
    message says it, or a number or a name in it only somebody else said, the quote is null and `said_by` a document
    or the assistant, whichever said it first, or nobody.
    """
    calls = recorded_calls(database)
    prompts = [_prompt(call) for call in calls]
    unclear = [
        call
        for call, prompt in zip(calls, prompts, strict=True)
        if prompt is None or prompt.quote.similarity < _SAID_CLEARLY or lacking(details(call.text), [prompt.message])
    ]
    earlier: defaultdict[tuple[str, str, str], list[EarlierMessage]] = defaultdict(list)
    for message in messages_before(database, unclear):
        earlier[message.account_key, message.conversation_id, message.event_message_id].append(message)
    write_recorded_quotes(
        database,
        [
            _quote(call, prompt, earlier[call.account_key, call.conversation_id, call.event_message_id])
            for call, prompt in zip(calls, prompts, strict=True)
        ],
    )


def _prompt(call: RecordedCall) -> _Said | None:
    if call.prompt_message_id is None or call.prompt is None:
        return None
    return _Said(call.prompt_message_id, call.prompt, best_quote(call.text, call.prompt))


def _quote(call: RecordedCall, prompt: _Said | None, earlier: Sequence[EarlierMessage]) -> RecordedQuote:
    said = _best_by_user(call, prompt, earlier)
    other = _who_gave_details(call, prompt, earlier)
    if other is not None:
        return _unquoted(call, other)
    if said is not None and said.quote.similarity >= _SAID:
        return _quoted(call, said)
    for role, speaker in _OTHERS.items():
        if _is_said(call, [message for message in earlier if message.role == role]):
            return _unquoted(call, speaker)
    if prompt is not None and len(prompt.quote.text) >= _FEWEST_CHARACTERS:
        return _quoted(call, prompt)
    return _unquoted(call, "nobody")


def _who_gave_details(call: RecordedCall, prompt: _Said | None, earlier: Sequence[EarlierMessage]) -> _Other | None:
    """Return who said the numbers and names that the user said nowhere before; `None` if there are none such."""
    by_user = [message.text for message in earlier if message.role == "user"]
    unsaid = lacking(details(call.text), [*by_user, prompt.message if prompt else ""])
    for role, speaker in _OTHERS.items():
        if lacking(unsaid, [message.text for message in earlier if message.role == role]) != unsaid:
            return speaker
    return None


def _best_by_user(call: RecordedCall, prompt: _Said | None, earlier: Sequence[EarlierMessage]) -> _Said | None:
    others = [
        _Said(message.message_id, message.text, best_quote(call.text, message.text))
        for message in _closest(call, [message for message in earlier if message.role == "user"])
        if message.message_id != call.prompt_message_id
    ]
    best = max(others, key=lambda said: said.quote.similarity, default=prompt)
    if prompt is None or best is None:
        return best
    return best if best.quote.similarity >= prompt.quote.similarity + _FURTHER_BACK else prompt


def _is_said(call: RecordedCall, messages: Sequence[EarlierMessage]) -> bool:
    closest = _closest(call, messages)
    return any(best_quote(call.text, message.text).similarity >= _SAID_BY_OTHERS for message in closest)


def _closest(call: RecordedCall, messages: Sequence[EarlierMessage]) -> list[EarlierMessage]:
    """Return the few messages that share most words with a call, of equal ones the nearer: to align costs more."""
    shares = {message.message_id: shared_words(call.text, message.text) for message in messages}
    sharing = [message for message in messages if shares[message.message_id] >= _SHARED_ENOUGH]
    return sorted(sharing, key=lambda message: (-shares[message.message_id], message.steps))[:_READ_CLOSELY]


def _quoted(call: RecordedCall, said: _Said) -> RecordedQuote:
    quote = said.quote
    return RecordedQuote(
        *(call.account_key, call.memory_id, call.conversation_id, call.event_message_id),
        message_id=said.message_id,
        quote=quote.text,
        quote_start=quote.start,
        quote_end=quote.end,
        said_by=said_in(said.message, quote.start, quote.end),
    )


def _unquoted(call: RecordedCall, said_by: Literal["document", "assistant", "nobody"]) -> RecordedQuote:
    return RecordedQuote(
        *(call.account_key, call.memory_id, call.conversation_id, call.event_message_id),
        message_id=None,
        quote=None,
        quote_start=None,
        quote_end=None,
        said_by=said_by,
    )
