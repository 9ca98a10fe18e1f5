"""What changed between two wordings of one statement, apart from the words: a number, a name, a yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from memlake.history.prose.decisions import decision_changed
from memlake.history.prose.kinds import is_former, kind_changed
from memlake.history.prose.languages import language_of, statement_language
from memlake.history.prose.names import Spelling, name_changed, spelling_of
from memlake.history.prose.negation import denial_changed
from memlake.history.prose.numbers import counts_changed
from memlake.history.prose.replaced import word_replaced
from memlake.history.prose.swapped import swapped
from memlake.history.prose.wordings import Weights, wording


@dataclass(frozen=True, slots=True)
class Context:
    """What two exports of one account's prose together tell about its words."""

    language: str
    spelling: Spelling
    weights: Weights

    @classmethod
    def of(cls, texts: Sequence[str]) -> Context:
        """Return the context that some statements make for one another."""
        return cls(language_of(texts), spelling_of(texts), Weights(wording(text) for text in texts))

    def within(self, *texts: str) -> Context:
        """Return the context of a few statements among all: they may be in a language of their own."""
        return replace(self, language=statement_language(texts, otherwise=self.language))


def fact_change(before: str, after: str, context: Context) -> str | None:
    """Return in a few words which fact of a statement changed; `None` where only the wording did, as far as words tell.

    Facts are numbers, dates, names, what is asserted, denied or left open, which of two things comes first, and a noun
    where nothing else changed.
    Another noun or verb amid other words counts as a rewording.
    """
    if before == after:
        return None
    if counts := counts_changed(before, after, language=context.language):
        return counts
    if names := name_changed(before, after, spelling=context.spelling, language=context.language):
        return f"name: {names[0]} → {names[1]}"
    for told in (
        denial_changed(before, after, language=context.language, weights=context.weights),
        decision_changed(before, after, language=context.language),
        swapped(before, after),
    ):
        if told:
            return told
    if former := is_former(before, after):
        return f'no longer so, or so again: "{former}"'
    words = kind_changed(before, after, language=context.language) or word_replaced(
        before, after, language=context.language
    )
    return f"word: {words[0]} → {words[1]}" if words else None
