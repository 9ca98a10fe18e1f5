"""What an assistant answers in place of its list, told from a list that speaks of what somebody cannot do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from memlake.parsing.answered import HAS_NONE, IS_OFF, SHOWS_NONE
from memlake.parsing.sentences import sentences
from memlake.providers.dump.answer_words import (
    ABOUT_THE_USER,
    APOLOGY,
    LEADS_ON,
    MEMORY_OFF,
    NO_MEMORIES,
    OF_ASSISTANTS,
    OFFERS,
    SHOWS_NOT,
    UNABLE,
    Unable,
)
from memlake.providers.dump.dates import split_leading
from memlake.providers.dump.lines import read_lines
from memlake.providers.dump.words import ADDRESSED, CLOSER

_FIRST_SENTENCES = 4
_LONGEST_SENTENCE = 400


def answer_without_list(text: str) -> str | None:
    """Return what an answer says that is no list; `None` where a list stands in it, or may.

    It begins with the assistant's word that it has no memories, shows none or has memory off. What follows is of the
    assistant and its reader, or a list of what they can do instead. A date, or "[unknown]", stands only in lists.
    """
    lines = [line for line in read_lines(text) if line.kind not in ("blank", "fence", "rule")]
    before = list(takewhile(lambda line: not line.is_item, lines))
    lead = [line.text for line in before if line.kind == "plain"]
    if not lead or any(line.kind in ("dated", "row") or split_leading(line.text)[1] for line in lines):
        return None
    said = _said(lead)
    if said is None:
        return None
    words = " ".join(lead)
    leads_on = LEADS_ON.search(words) is not None
    if len(before) < len(lines):
        leads_to_offers = OFFERS.search(before[-1].text) is not None
        return said if leads_to_offers or (said == HAS_NONE and not leads_on) else None
    if leads_on and not OFFERS.search(words):
        return None
    return said if sum(map(_is_of_assistants, lead)) * 2 > len(lead) else None


def _said(lead: Sequence[str]) -> str | None:
    has_apologised = False
    first = [sentence for line in lead for sentence in sentences(line[:_LONGEST_SENTENCE])][:_FIRST_SENTENCES]
    for sentence in first:
        has_apologised = has_apologised or APOLOGY.search(sentence) is not None
        if found := _kind(sentence, has_apologised=has_apologised):
            return found
    return None


def _kind(sentence: str, *, has_apologised: bool) -> str | None:
    if ABOUT_THE_USER.match(sentence):
        return None
    if MEMORY_OFF.search(sentence):
        return IS_OFF
    if NO_MEMORIES.search(sentence):
        return SHOWS_NONE if SHOWS_NOT.search(sentence) else HAS_NONE
    return SHOWS_NONE if any(_cannot(words, sentence, has_apologised=has_apologised) for words in UNABLE) else None


def _cannot(unable: Unable, sentence: str, *, has_apologised: bool) -> bool:
    has_verb = unable.me.search(sentence) is not None and unable.negation.search(sentence) is not None
    return has_verb and (has_apologised or unable.subject.search(sentence) is not None)


def _is_of_assistants(line: str) -> bool:
    return (
        _kind(line[:_LONGEST_SENTENCE], has_apologised=False) is not None
        or any(words.search(line) for words in (APOLOGY, OF_ASSISTANTS, OFFERS, ADDRESSED))
        or CLOSER.match(line) is not None
    )
