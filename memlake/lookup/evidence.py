"""What speaks for a message as the source of a memory: one number per kind of evidence, from the texts alone."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from memlake.lake.languages import speaks_of_oneself
from memlake.lookup.passages import NEIGHBOURHOOD, Passage, Passages
from memlake.lookup.question import Question
from memlake.lookup.sentences import Sentence

_NEIGHBOUR_WEIGHT = 0.6
_LEAST_LIKENESS = 75.0
_LONGEST_COMPARED = 2_000
_RECITED_SHARE, _RECITED_MEMORIES = 0.75, 4
_ECHO_SHARE = 0.85
_ECHO_LEAST = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One message's likeness to a memory. Shares are of the rarity of all telling words of the memory, 0 to 1."""

    passage: Passage
    sentences: tuple[Sentence, ...]  # the one or two that say most of it
    words: float  # share of the words that the message has
    window: float  # the same with its neighbours, which count less
    before: float  # what the message before adds, such as the question that this one answers
    chat: float  # how much other messages of the conversation say of it, 1 = as no other conversation
    sentence: float  # share of the words in the best sentences
    length: float  # logarithm of the message's number of words
    names: float  # whether its speaker is the one who uses the memory's names: positive if so
    first_person: float  # 1 if the sentences speak of the speaker
    asks: float  # 1 if they are a question
    spelling: float  # share of words that are there in a like spelling only
    letters: float  # likeness of the groups of four letters
    alignment: float  # likeness of the sets of words, 0 to 1
    order: float  # likeness with the words in their order, 0 to 1
    echo: float  # 1 if another conversation said as much before


FEATURES = (
    "words",
    "window",
    "before",
    "chat",
    "sentence",
    "length",
    "names",
    "first_person",
    "asks",
    "spelling",
    "letters",
    "alignment",
    "order",
    "echo",
)


def recitals(asked: Sequence[tuple[Question, Collection[int]]], passages: Passages) -> set[int]:
    """Return the messages in which the assistant repeats a list of memories: it learnt none of them there.

    `asked` are questions with the numbers of the messages that may answer them.
    """
    repeated: Counter[int] = Counter()
    for question, numbers in asked:
        compared = _Asked(question)
        repeated.update(
            number
            for number in numbers
            if (passage := passages.get(number)) is not None
            and not passage.is_by_user
            and compared.share((passage.words, 1.0)) >= _RECITED_SHARE
        )
    return {number for number, count in repeated.items() if count >= _RECITED_MEMORIES}


def weigh(
    question: Question, passages: Passages, numbers: Sequence[int], *, chats: Mapping[int, float]
) -> list[Evidence]:
    """Return the evidence for each of the messages, in their order; `chats` is that for their conversations."""
    asked = _Asked(question)
    read = [passage for number in numbers if (passage := passages.get(number)) is not None]
    weighed = [_weigh_one(asked, passage, passages) for passage in read]
    return [
        replace(one, chat=chats[one.passage.conversation_number], echo=float(_is_echo(one, weighed))) for one in weighed
    ]


def speaker_of_names(question: Question, frequencies: Mapping[str, tuple[int, int]]) -> float:
    """Return who uses the names of a memory: log odds, positive for the user; `frequencies` are (user, others)."""
    odds = [
        math.log((by_user + 0.5) / (by_others + 0.5))
        for name in question.names
        if sum(frequencies.get(name, (0, 0)))
        for by_user, by_others in [frequencies[name]]
    ]
    return max(odds, key=abs, default=0.0)


class _Asked:
    """A question made ready to be compared with many messages."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.canonical = {form: word.text for word in question.words for form in word.forms}
        self.forms = frozenset(self.canonical)
        self.rarity = {word.text: word.rarity for word in question.words}
        self.whole = question.rarity
        self.text = " ".join(self.rarity)[:_LONGEST_COMPARED]
        self.letters = _groups_of_letters(self.text)

    def said(self, words: Iterable[str]) -> set[str]:
        """Return the words of the question among some words, in whatever form."""
        return {self.canonical[form] for form in self.forms.intersection(words)}

    def rarity_of(self, words: Collection[str]) -> float:
        """Return the rarity of some words of the question together, the same in whatever order they come."""
        return math.fsum(self.rarity[word] for word in words)

    def share(self, *told: tuple[Iterable[str], float]) -> float:
        """Return the share of the rarity that the words of some messages have, the heaviest first: one counts once."""
        found: set[str] = set()
        total = 0.0
        for words, weight in told:
            new = self.said(words) - found
            total += weight * self.rarity_of(new)
            found |= new
        return total / self.whole


def _weigh_one(asked: _Asked, passage: Passage, passages: Passages) -> Evidence:
    itself = (passage.words, 1.0)
    own = asked.share(itself)
    before = passages.spoken_neighbour(passage, -1)
    best, share = _best_sentences(asked, passage.sentences)
    words = [word for sentence in best for word in sentence.words]
    said = [asked.canonical.get(word, word) for word in words]
    text = " ".join(passage.text[sentence.start : sentence.end] for sentence in best)
    theirs = " ".join(said)[:_LONGEST_COMPARED]
    return Evidence(
        passage=passage,
        sentences=best,
        words=own,
        window=asked.share(itself, *_neighbours(passage, passages)),
        before=asked.share(itself, (before.first_words, 1.0)) - own if before else 0.0,
        chat=0.0,
        sentence=share,
        length=math.log(passage.word_count + 1),
        names=0.0,
        first_person=float(speaks_of_oneself(words, text)),
        asks=float("?" in text or "？" in text),
        spelling=_like_spellings(asked.question, set(said)),
        letters=_cosine(asked.letters, _groups_of_letters(theirs)),
        alignment=fuzz.token_set_ratio(asked.text, theirs) / 100,
        order=fuzz.partial_ratio(asked.text, theirs) / 100,
        echo=0.0,
    )


def _neighbours(passage: Passage, passages: Passages) -> Iterator[tuple[frozenset[str], float]]:
    """Yield the words of the messages before and after one, and what these weigh."""
    for distance in NEIGHBOURHOOD:
        other = passages.spoken_neighbour(passage, distance)
        if other is not None:
            yield other.first_words, _NEIGHBOUR_WEIGHT


def _best_sentences(asked: _Asked, sentences: tuple[Sentence, ...]) -> tuple[tuple[Sentence, ...], float]:
    """Return the sentence that says most of it, with a neighbour if that adds something, and the share they say."""
    said = [asked.said(sentence.words) for sentence in sentences]
    values = [asked.rarity_of(words) for words in said]
    if not values or not asked.whole:
        return sentences[:1], 0.0
    best = max(range(len(values)), key=lambda place: (values[place], -place))
    value, first, last = values[best], best, best
    for place in (best - 1, best + 1):
        if 0 <= place < len(said) and (both := asked.rarity_of(said[best] | said[place])) > value:
            value, first, last = both, min(best, place), max(best, place)
    return sentences[first : last + 1], value / asked.whole


def _like_spellings(question: Question, said: set[str]) -> float:
    """Return the share of the words that are not there, but in a spelling much like theirs."""
    likeness = 0.0
    for word in question.words:
        if word.text not in said:
            found = process.extractOne(word.text, said, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS)
            likeness += word.rarity * found[1] / 100 if found else 0.0
    return likeness / question.rarity


def _groups_of_letters(text: str) -> set[str]:
    """Return all groups of four letters that stand side by side."""
    return {text[place : place + 4] for place in range(len(text) - 3)}


def _cosine(one: set[str], other: set[str]) -> float:
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _is_echo(one: Evidence, weighed: Sequence[Evidence]) -> bool:
    """Tell whether another conversation said about as much before: then this one repeats it."""
    at = one.passage.said_at
    return (
        at is not None
        and one.words >= _ECHO_LEAST
        and any(
            other.passage.said_at is not None
            and other.passage.said_at < at
            and other.passage.conversation_number != one.passage.conversation_number
            and other.words >= one.words * _ECHO_SHARE
            for other in weighed
        )
    )
