"""What counts as a word of a query in one lake, and whether a text says all that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from memlake.lake.analysis import are_unspaced, stemmer
from memlake.lake.fulltext import MessageIndex
from memlake.lake.fulltext_asking import Forms
from memlake.lake.languages import language_of_script, languages_said
from memlake.lake.shelf import Shelf
from memlake.query.search_language import Term
from memlake.text import normalise

_OTHER_FORM_WEIGHT = 0.7  # the word as it was typed comes first
_SIMILAR = 0.75
_MOST_SIMILAR = 3
_MOST_LETTERS_MORE = 2
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_LARGE_NUMBER = re.compile(r"[1-9][0-9]{3,14}")


@dataclass(frozen=True, slots=True)
class Need:
    """A term with what the lake has of each of its words; of signs the lake knows no words."""

    term: Term
    groups: tuple[Forms, ...]

    @property
    def is_certain(self) -> bool:
        """Tell whether a text with the words, one after the other, says it; else the text has to be read."""
        return bool(self.groups) and self.term.unspaced is None

    def is_said(self, text: str, words: Sequence[str]) -> bool:
        """Tell whether a text says it; `words` are those of the text as the index has them, needed if it is certain."""
        if self.term.signs is not None:
            return self.term.signs in text
        if self.term.unspaced is not None:
            return self.term.unspaced in normalise(text)
        return any(True for _ in self.runs(words))

    def runs(self, words: Sequence[str]) -> Iterable[int]:
        """Yield where in a text its words stand one after the other."""
        first, *others = self.groups
        for place, word in enumerate(words):
            following = words[place + 1 : place + 1 + len(others)]
            if (
                first.accepts(word)
                and len(following) == len(others)
                and all(forms.accepts(next_word) for forms, next_word in zip(others, following, strict=True))
            ):
                yield place


def fits(text: str, words: Sequence[str], needs: Iterable[Need]) -> bool:
    """Tell whether a text says all that it must and nothing that it must not."""
    return all(need.is_said(text, words) is not need.term.is_barred for need in needs)


class Vocabulary:
    """The words of a lake: those of the search index, and of some shelves beside it."""

    def __init__(self, index: MessageIndex, shelves: Sequence[Shelf]) -> None:
        self._index = index
        self._shelves = shelves
        self._languages = languages_said(index.document_frequency, index.message_count)

    def need(self, term: Term) -> Need:
        """Return what the lake has of a term."""
        if term.signs is not None:
            return Need(term, ())
        if term.unspaced is not None and not term.words:
            character = next(one for one in term.unspaced if any(are_unspaced([one])))
            return Need(term, (self._open(Forms(weights={}, character=character)),))
        if len(term.words) == 1 and not term.is_exact and not term.is_beginning:
            return Need(term, (self._alone(term.words[0]),))
        last = len(term.words) - 1
        return Need(
            term,
            tuple(
                self._open(Forms(weights={}, beginning=word))
                if term.is_beginning and place == last
                else self._word(word, is_exact=term.is_exact)
                for place, word in enumerate(term.words)
            ),
        )

    def similar(self, need: Need) -> Sequence[str]:
        """Return what is spelled nearly as a term some of whose words no message has, as it can be searched for.

        Of several words each that is missing must have a near one. Of what is to be left out, and of what only reading
        tells, there is none.
        """
        if not need.is_certain or need.term.is_barred:
            return ()
        near = [
            [word] if self._frequency(forms) else self._near(word)
            for word, forms in zip(need.term.words, need.groups, strict=True)
        ]
        if not all(near) or [words[0] for words in near] == list(need.term.words):
            return ()
        phrase = " ".join(words[0] for words in near)
        return near[0] if len(near) == 1 else (f'"{phrase}"',)

    def _near(self, word: str) -> list[str]:
        """Return known words that begin with the same letter as one and are spelled nearly so, the nearest first."""
        likely = sorted(other for other in self._begun(word[:1]) if abs(len(other) - len(word)) <= _MOST_LETTERS_MORE)
        return get_close_matches(word, likely, n=_MOST_SIMILAR, cutoff=_SIMILAR)

    def _alone(self, word: str) -> Forms:
        """Return what counts as a word that is asked for by itself: also what it is the first part of, and amounts.

        `snake` is part of `snake_case`, `1.29` of `1.29.3`, and 1250 is written `1,250.00`, too.
        """
        forms = self._word(word, is_exact=False)
        beginning = f"{word}{'.' if _DECIMAL.fullmatch(word) else '_'}"
        others = [form for whole, sign in _amounts(word) for form in (whole, *self._begun(f"{whole}{sign}"))]
        if not others and not self._begun(beginning):
            return forms
        weight = _OTHER_FORM_WEIGHT * max(forms.weights.values())
        weights = dict.fromkeys(others, weight) | dict(forms.weights)
        return Forms(weights=weights, beginning=beginning, open_weight=weight)

    def _begun(self, beginning: str) -> set[str]:
        """Return the words of the lake that begin so."""
        known = set(self._index.words_beginning(beginning))
        return known.union(*(shelf.words_beginning(beginning) for shelf in self._shelves))

    def _word(self, word: str, *, is_exact: bool) -> Forms:
        forms = [word] if is_exact else list(dict.fromkeys([word, *self._other_forms(word)]))
        rarity = self._index.rarity(sum(map(self._index.document_frequency, forms)))
        return Forms(weights={form: rarity * (1 if form == word else _OTHER_FORM_WEIGHT) for form in forms})

    def _other_forms(self, word: str) -> Iterator[str]:
        written = language_of_script(word)
        for stem in map(stemmer, (written,) if written else self._languages):
            yield from self._index.variants(word, stem)
            for shelf in self._shelves:
                yield from shelf.variants(word, stem)

    def _open(self, forms: Forms) -> Forms:
        return replace(forms, open_weight=self._index.rarity(self._frequency(forms)))

    def _frequency(self, forms: Forms) -> int:
        beginning = forms.beginning or forms.character
        begun = sum(self._index.words_beginning(beginning).values()) if beginning else 0
        return begun + sum(map(self._index.document_frequency, forms.weights))


def _amounts(word: str) -> list[tuple[str, str]]:
    """Return how a large whole number is written, each time with the sign before its cents; nothing of other words."""
    if not _LARGE_NUMBER.fullmatch(word):
        return []
    english = f"{int(word):,}"
    return [(word, "."), (word, ","), (english, "."), (english.replace(",", "."), ",")]
