"""Finds the sentences of a text that tell about somebody's health or money."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from memlake.packs.accounts import account_numbers
from memlake.packs.lexicon import Hit, Lexicon, fold, packaged_toml, quoted
from memlake.parsing.sentences import sentences

TOPICS = ("health", "finance")

_ENOUGH = 2
_SURE, _MAYBE, _APART = 2, 1, 2
_WORDS = ("sure", "maybe", "body", "sign", "deal", "work", "apart")
_AMOUNT = {"health": "reading", "finance": "money"}


class TopicSentence(NamedTuple):
    """A sentence about a topic: where, which topic, and the words that tell it."""

    start: int
    end: int
    topic: str
    words: str


class _Vocabulary(NamedTuple):
    lexicon: Lexicon
    patterns: Mapping[str, re.Pattern[str]]


def topic_sentences(text: str, topics: Collection[str]) -> Iterator[TopicSentence]:
    """Yield the sentences about some of the topics, in order; one sentence may be about both."""
    hits = _vocabulary().lexicon.find(text).hits if topics else []
    if "://" in text:
        hits = [hit for hit in hits if not _is_in_address(hit, text)]
    for start, end in sentence_places(text) if hits else ():
        inside = [hit for hit in hits if start <= hit.start < end]
        for topic in topics if inside else ():
            telling = _telling(topic, inside, text, text[start:end])
            if telling:
                yield TopicSentence(start, end, topic, quoted(text, telling))


def _telling(topic: str, hits: Sequence[Hit], text: str, sentence: str) -> Sequence[Hit] | None:
    """Return the words that make a sentence one about a topic; nothing if it is none."""
    sure, maybe, body, sign, deal, work, apart = (
        [hit for hit in hits if hit.name == f"{topic}.{kind}"] for kind in _WORDS
    )
    sure = [hit for hit in sure if not any(one.start <= hit.start and hit.end <= one.end for one in apart)]
    amount = _vocabulary().patterns[_AMOUNT[topic]]
    has_amount = amount.search(sentence) or (topic == "finance" and any(account_numbers(sentence)))
    points = _SURE * min(_different(sure, text), 2)
    points += _SURE * bool(deal and has_amount)
    if not work:
        points += _MAYBE * min(_different(maybe, text), 2) + bool(has_amount) * bool(sure or maybe)
        points += _SURE * bool(body and sign) + _MAYBE * bool(body and maybe)
    return [*sure, *maybe, *body, *sign, *deal] if points - _APART * bool(apart) >= _ENOUGH else None


def _is_in_address(hit: Hit, text: str) -> bool:
    addresses = _vocabulary().patterns["address"].finditer(text)
    return any(address.start() <= hit.start < address.end() for address in addresses)


def _different(hits: Sequence[Hit], text: str) -> int:
    """Count words that do not overlap, each once."""
    words, end = set(), 0
    for hit in hits:
        if hit.start >= end:
            end = hit.end
            words.add(fold(text[hit.start : end]))
    return len(words)


def sentence_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sentences begin and end, without the spaces around them."""
    place = 0
    for line in text.splitlines():
        for sentence in sentences(line):
            start = text.find(sentence, place)
            if start < 0:  # cut and joined again with other spaces
                yield place, len(text)
                return
            place = start + len(sentence)
            yield start, place


@cache
def _vocabulary() -> _Vocabulary:
    table = packaged_toml("private.toml")
    phrases = {f"{topic}.{kind}": _merged(words) for topic in TOPICS for kind, words in table[topic].items()}
    return _Vocabulary(Lexicon(phrases), {name: re.compile(pattern) for name, pattern in table["patterns"].items()})


def _merged(words: Mapping[str, str | Mapping[str, str]]) -> dict[str, str]:
    """Return the phrases of each language, over all sections of a kind."""
    merged: dict[str, str] = {}
    for name, part in words.items():
        for language, phrases in {name: part}.items() if isinstance(part, str) else part.items():
            merged[language] = f"{merged[language]}, {phrases}" if language in merged else phrases
    return merged
