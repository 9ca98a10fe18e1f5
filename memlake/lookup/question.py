"""What a memory asks of the archive: its telling words, each with its forms and its rarity."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from memlake.lake.analysis import stemmer, words_of, words_of_each
from memlake.lake.fulltext import MessageIndex
from memlake.lake.languages import function_words, languages_of

MAX_WORDS = 48
"""Of a very long memory the rarest words are enough, and keep the search fast."""

THE_USER = re.compile(
    r"\b(?:the\s+)?users?(?:['\u2019]s)?\b"
    r"|\b(?:[oa]s?\s+|el\s+|la\s+|los\s+)?(?:usuári[oa]s?|utilizador(?:es|as?)?|usuari[oa]s?)\b"
    r"|\b(?:l['\u2019]\s?|les?\s+|la\s+)?utilisat(?:eurs?|rices?)\b"
    r"|\b(?:d(?:er|ie|es|em|en)\s+)?(?:be)?nutzer(?:in|innen|s|n)?\b"
    r"|\b(?:l['\u2019]\s?)?utent[ei]\b|\b(?:de\s+)?gebruikers?\b|\bużytkowni\w+|\bkullanıcı\w*|\bпользовател\w+"
    r"|사용자(?:는|가|의|를|에게|께서)?|유저(?:는|가|의)?|ユーザー?(?:は|が|の|を|に)?|用[户戶]的?|使用者",
    re.IGNORECASE,
)
"""What memories call the person whose they are, in their languages."""

_CAPITALISED = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÀ-ÖØ-ÞΑ-ΩА-Я][\w\u2019'-]+")
_FIRST_WORD = re.compile(r"\W*([^\W\d_]+)")
_OWN_NAME_SHARE = 0.15
_OWN_NAME_COUNT = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One telling word: the forms of it that the index has, and its rarity there (BM25's weight of a word)."""

    text: str
    forms: tuple[str, ...]
    rarity: float


@dataclass(frozen=True, slots=True)
class Question:
    """The telling words of one memory, those that no message has included, and the names in it.

    `wording` are all its words in their order, without those that mean the user.
    """

    words: tuple[Word, ...]
    names: tuple[str, ...]
    wording: tuple[str, ...]

    @property
    def rarity(self) -> float:
        """How much there is to find: the rarities of all words."""
        return sum(word.rarity for word in self.words)


def questions(contents: Sequence[str], index: MessageIndex, *, own_names: Collection[str]) -> list[Question]:
    """Turn the texts of memories into questions, in their order."""
    words = words_of_each([THE_USER.sub(" ", content) for content in contents])
    names = words_of_each([" ".join(_CAPITALISED.findall(content)) for content in contents])
    languages = languages_of(contents, words)
    return [
        _question(found, frozenset(capitalised), language, index, own_names)
        for found, capitalised, language in zip(words, names, languages, strict=True)
    ]


def own_names(contents: Sequence[str]) -> frozenset[str]:
    """Return the names by which memories call the user: capitalised words that many of them begin with."""
    first = Counter(match[1] for content in contents if (match := _FIRST_WORD.match(content)))
    common = max(_OWN_NAME_COUNT, len(contents) * _OWN_NAME_SHARE)
    names = [name for name, count in first.items() if count >= common and name[0].isupper()]
    return frozenset(word for name in names for word in words_of(name)) - {"user", "the", "is", "has"}


def _question(
    content: Sequence[str], names: Collection[str], language: str, index: MessageIndex, own: Collection[str]
) -> Question:
    stem, silent = stemmer(language), function_words(language) | function_words("en") | set(own)
    found = dict.fromkeys(_singular(word) for word in content)
    by_stem = {stem(word): word for word in reversed(found) if word not in silent}
    words = [_word(word, tuple(index.variants(word, stem)), index) for word in reversed(by_stem.values())]
    rarest = sorted(words, key=lambda word: -word.rarity)[:MAX_WORDS]
    return Question(
        words=tuple(word for word in words if word in rarest),
        names=tuple(word.text for word in rarest if word.text in names),
        wording=tuple(content),
    )


def _singular(word: str) -> str:
    return word.removesuffix("'s")


def _word(text: str, forms: tuple[str, ...], index: MessageIndex) -> Word:
    count = index.message_count
    frequency = min(count, sum(index.document_frequency(form) for form in forms))
    return Word(text, forms, math.log1p((count - frequency + 0.5) / (frequency + 0.5)))
