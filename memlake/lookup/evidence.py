"""What speaks for a message as the source of a memory: one number per kind of evidence, from the texts alone."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from memlake.lookup.passages import Passage, Passages
from memlake.lookup.question import Question
from memlake.lookup.sentences import Sentence

CLOSELY_READ = 12
"""So many messages of a short list are compared sentence by sentence."""

_NEIGHBOURS = {-1: 0.6, 1: 0.6, -2: 0.4, 2: 0.4}  # the heaviest first
_LEAST_LIKENESS = 75.0
_LONGEST_COMPARED = 2_000
_RECITED_SHARE, _RECITED_MEMORIES = 0.75, 4
_ECHO_SHARE = 0.85
_ECHO_LEAST = 0.4
_FIRST_PERSON = re.compile(
    r"\b(?:i|i['\u2019](?:m|ve|d|ll)|my|mine|me|myself|we|our|us|eu|meu|minha|meus|minhas|nosso|nossa|yo|mi|mis|nuestro|"
    r"nuestra|je|j|mon|ma|mes|moi|nous|notre|ich|mein\w*|mich|mir|wir|unser\w*|uns|io|mio|mia|ik|mijn|jag|min|mitt|"
    r"я|мой|моя|моё|мои|мне|меня|мы|наш\w*|нас)\b|[我咱私僕俺]|うち|저는|제가|나는|내가|저희|우리|난 ",
    re.IGNORECASE,
)


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
            and compared.share([(passage, 1.0)]) >= _RECITED_SHARE
        )
    return {number for number, count in repeated.items() if count >= _RECITED_MEMORIES}


def preselect(
    question: Question, passages: Passages, found: Mapping[int, float], *, rejected: Collection[str] = ()
) -> list[int]:
    """Return the numbers of the messages that deserve a close look, by their words and how well the index liked them.

    None is of the `rejected` conversations (conversation_id).
    """
    spoken = [
        passage
        for number in found
        if (passage := passages.get(number)) is not None
        and passage.is_spoken
        and passage.counts
        and passage.conversation_id not in rejected
    ]
    asked = _Asked(question)
    scores = {passage.number: asked.share([(passage, 1.0)]) + found[passage.number] / 2 for passage in spoken}
    ordered = sorted(spoken, key=lambda passage: (-scores[passage.number], *_age(passage), passage.number))
    return [passage.number for passage in ordered[:CLOSELY_READ]]


def _age(passage: Passage) -> tuple[float, str]:
    """Return what puts equal messages in order, the oldest first; numbers would tell in which order exports came."""
    return math.inf if passage.created_at is None else passage.created_at, passage.conversation_id


def weigh(
    question: Question, passages: Passages, sentences: Mapping[int, tuple[Sentence, ...]], numbers: Sequence[int]
) -> list[Evidence]:
    """Return the evidence for each of the messages, in their order."""
    asked = _Asked(question)
    weighed = [
        _weigh_one(asked, passage, passages, sentences[number])
        for number in numbers
        if (passage := passages.get(number)) is not None
    ]
    chats = _chat_strengths(weighed)
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
        self.rarity = {word.text: word.rarity for word in question.words}
        self.whole = question.rarity

    def said(self, words: Iterable[str]) -> set[str]:
        """Return the words of the question among some words, in whatever form."""
        return {self.canonical[word] for word in words if word in self.canonical}

    def share(self, near: Sequence[tuple[Passage, float]]) -> float:
        """Return the share of the rarity that some messages have, the heaviest first: a word counts once."""
        found: set[str] = set()
        total = 0.0
        for passage, weight in near:
            new = self.said(passage.counts) - found
            total += weight * sum(self.rarity[word] for word in new)
            found |= new
        return total / self.whole


def _weigh_one(asked: _Asked, passage: Passage, passages: Passages, sentences: tuple[Sentence, ...]) -> Evidence:
    own = asked.share([(passage, 1.0)])
    neighbour = passages.neighbour(passage, -1)
    before = neighbour if neighbour is not None and neighbour.is_spoken else None
    best, share = _best_sentences(asked, sentences)
    said = [asked.canonical.get(word, word) for sentence in best for word in sentence.words]
    text = " ".join(passage.text[sentence.start : sentence.end] for sentence in best)
    ours, theirs = " ".join(asked.rarity)[:_LONGEST_COMPARED], " ".join(said)[:_LONGEST_COMPARED]
    return Evidence(
        passage=passage,
        sentences=best,
        words=own,
        window=asked.share(_window(passage, passages)),
        before=asked.share([(passage, 1.0), (before, 1.0)]) - own if before else 0.0,
        chat=0.0,
        sentence=share,
        length=math.log(passage.word_count + 1),
        names=0.0,
        first_person=float(bool(_FIRST_PERSON.search(text))),
        asks=float("?" in text or "？" in text),
        spelling=_like_spellings(asked.question, set(said)),
        letters=_letters(ours, theirs),
        alignment=fuzz.token_set_ratio(ours, theirs) / 100,
        order=fuzz.partial_ratio(ours, theirs) / 100,
        echo=0.0,
    )


def _window(passage: Passage, passages: Passages) -> list[tuple[Passage, float]]:
    """Return a message with its neighbours and what these weigh, the heaviest first."""
    near = [(passages.neighbour(passage, distance), weight) for distance, weight in _NEIGHBOURS.items()]
    return [(passage, 1.0), *((other, weight) for other, weight in near if other is not None and other.is_spoken)]


def _best_sentences(asked: _Asked, sentences: tuple[Sentence, ...]) -> tuple[tuple[Sentence, ...], float]:
    """Return the sentence that says most of it, with a neighbour if that adds something, and the share they say."""
    said = [asked.said(sentence.words) for sentence in sentences]
    values = [sum(asked.rarity[word] for word in words) for words in said]
    if not values or not asked.whole:
        return sentences[:1], 0.0
    best = max(range(len(values)), key=lambda place: (values[place], -place))
    value, first, last = values[best], best, best
    for place in (best - 1, best + 1):
        if 0 <= place < len(said) and (both := sum(asked.rarity[word] for word in said[best] | said[place])) > value:
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


def _letters(ours: str, theirs: str) -> float:
    """Return the cosine of two sets of groups of four letters."""
    one, other = ({text[place : place + 4] for place in range(len(text) - 3)} for text in (ours, theirs))
    return len(one & other) / math.sqrt(len(one) * len(other)) if one and other else 0.0


def _chat_strengths(weighed: Sequence[Evidence]) -> dict[int, float]:
    squares: dict[int, float] = defaultdict(float)
    for one in weighed:
        squares[one.passage.conversation_number] += one.words**2
    best = max(squares.values(), default=0.0) or 1.0
    return {conversation: math.sqrt(square / best) for conversation, square in squares.items()}


def _is_echo(one: Evidence, weighed: Sequence[Evidence]) -> bool:
    """Tell whether another conversation said about as much before: then this one repeats it."""
    at = one.passage.created_at
    return (
        at is not None
        and one.words >= _ECHO_LEAST
        and any(
            other.passage.created_at is not None
            and other.passage.created_at < at
            and other.passage.conversation_number != one.passage.conversation_number
            and other.words >= one.words * _ECHO_SHARE
            for other in weighed
        )
    )
