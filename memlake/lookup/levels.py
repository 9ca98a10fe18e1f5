"""How near a message is to a memory: word for word, nearly so, or in other words."""

from __future__ import annotations

from typing import Literal

from memlake.lookup.finding import Finding, Scored

_VERBATIM = (0.99, 0.95)  # share of the words in one or two sentences, likeness in their order
_NEAR_VERBATIM = (0.75, 0.72)


def level_of(finding: Finding, candidate: Scored) -> Literal["verbatim", "near_verbatim", "paraphrase"]:
    """Return how near one candidate is to the memory."""
    likeness = candidate.evidence.sentence, candidate.evidence.order
    if _is_word_for_word(finding, candidate) or all(
        value >= least for value, least in zip(likeness, _VERBATIM, strict=True)
    ):
        return "verbatim"
    if all(value >= least for value, least in zip(likeness, _NEAR_VERBATIM, strict=True)):
        return "near_verbatim"
    return "paraphrase"


def is_said(finding: Finding) -> bool:
    """Tell whether the user said it word for word somewhere, wherever the memory came from; one word says nothing."""
    return len(finding.question.words) > 1 and any(
        candidate.evidence.passage.is_by_user and level_of(finding, candidate) == "verbatim"
        for candidate in finding.candidates
    )


def _is_word_for_word(finding: Finding, candidate: Scored) -> bool:
    """Tell whether all words of a memory stand in a message side by side, the small ones too."""
    said = (word for sentence in candidate.evidence.passage.sentences for word in sentence.words)
    return f" {' '.join(finding.question.wording)} " in f" {' '.join(said)} "
