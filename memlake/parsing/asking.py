"""Requests to remember or to forget, as people write them to the assistant.

Two needs, two rules. Where an export no longer shows calls, a request is all there is: `requested_fact` finds what
it wants remembered, and would rather miss one than invent one. Before a recorded call the question is only whether
the person asked for it: `asks_to_remember` and `asks_to_forget` know more phrases and more languages.
"""

from __future__ import annotations

import re

from memlake.parsing.phrases import (
    COMMANDS_TO_FORGET,
    COMMANDS_TO_REMEMBER,
    STANDING_ORDERS,
    WISHES_TO_FORGET,
    WISHES_TO_REMEMBER,
)

LONGEST_REQUEST = 2_000
"""Longer messages are pasted: what they ask for is not meant for the assistant."""

LONGEST_FACT = 400

_EDGE_OF_PASTED = 500  # before or after what is pasted stands what is asked

# A text without any of these asks for nothing: a fast way past most conversations.
_STEMS = (
    *("remember", "forget", "in mind", "lembr", "esque", "recu", "olvid", "ten ", "merk", "vergiss", "denk"),
    *("souviens", "rappelle", "retiens", "oublie", "garde", "ricorda", "dimentic", "tieni"),
)

_GREETINGS = r"(?:(?:hi|hey|hello|ok|okay|also|and|so|chatgpt|oh|by\ the\ way|btw)[,!\s]+)*"
_REQUEST = re.compile(
    rf"""(?:^|(?<=[.!?:;\n]))[\s"“«]{{0,8}}+{_GREETINGS}
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
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n")
_ASKS_FOR_ANSWER = re.compile(r"[^.!?\u3002\uff01\uff1f\n]*+(?<!\bok)(?<!okay)(?<!please)(?<!will you)[?\uff1f]")
_ASKED_POLITELY = re.compile(r"[\s\"“«]*(?:please|pls|can you|could you)", re.IGNORECASE)


def may_request(text: str) -> bool:
    """Say, fast, whether `requested_fact` could find something."""
    lowered = text.lower()
    return any(stem in lowered for stem in _STEMS)


def requested_fact(text: str) -> str | None:
    """Return what a user's message asks to remember, in the user's words; a question asks for nothing."""
    request = _REQUEST.search(text) if may_request(text) else None
    if request is None:
        return None
    end = _SENTENCE_END.search(text, request.end())
    fact = text[request.end() : end.end() if end else len(text)].strip()
    if fact.endswith("?") and not _ASKED_POLITELY.match(request[0]):
        return None
    if not _says_something(fact):
        fact = _last_sentence(text[: request.start()])
    return fact if _says_something(fact) and len(fact) <= LONGEST_FACT else None


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _last_sentence(text: str) -> str:
    text = text.strip()
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() < len(text)]
    return text[ends[-1] if ends else 0 :].strip()


def asks_to_remember(text: str) -> bool:
    """Say whether a user's message, just before the assistant saved something, asked it to."""
    message = _own_words(text)
    return (
        WISHES_TO_REMEMBER.search(message) is not None
        or _is_told(COMMANDS_TO_REMEMBER, message)
        or _is_told(STANDING_ORDERS, message)
    )


def asks_to_forget(text: str) -> bool:
    """Say whether a user's message, just before the assistant forgot something, asked it to."""
    message = _own_words(text)
    return WISHES_TO_FORGET.search(message) is not None or _is_told(COMMANDS_TO_FORGET, message)


def _own_words(text: str) -> str:
    """Return what of a message is not pasted, as lines without runs of spaces and with straight apostrophes."""
    if len(text) > LONGEST_REQUEST:
        text = f"{text[:_EDGE_OF_PASTED]}\n{text[-_EDGE_OF_PASTED:]}"
    lines = (" ".join(line.split()) for line in text.replace("\u2019", "'").splitlines())
    return "\n".join(line for line in lines if line)


def _is_told(commands: re.Pattern[str], message: str) -> bool:
    """Say whether some command is given; in a question ("Remember that I moved?") it is none."""
    return any(not _ASKS_FOR_ANSWER.match(message, command.end()) for command in commands.finditer(message))
