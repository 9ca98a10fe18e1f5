"""Memory that was pasted as prose: told from lists and essays, and cut as the texts of exports are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from memlake.parsing.prose import Statement, statements
from memlake.parsing.sentences import sentences
from memlake.providers.dump.answer_words import ABOUT_THE_USER
from memlake.providers.dump.dates import split_leading
from memlake.providers.dump.fences import LIST_LANGUAGES
from memlake.providers.dump.lines import BOLD_LEVEL, Line
from memlake.providers.dump.prose_words import (
    BARE_STATE,
    HEADINGS,
    NARRATOR,
    NO_NAME,
    PERSON,
    STATE,
    SUBJECT,
    YOU_ARE,
)
from memlake.providers.dump.words import (
    ABOUT_THE_LIST,
    ADDRESSED,
    CLOSER,
    COLONS,
    ENDS,
    QUESTION_MARKS,
    TITLE,
    is_lead_in,
)

_LONGEST_NAME = 60
_MOST_WORDS_OF_A_NAME = 5
_MOST_SENTENCES = 2_000
_MOST_SENTENCES_OF_AN_ENTRY = 2


class _Text(NamedTuple):
    """A text without what leads to it and follows it."""

    lines: Sequence[Line]
    headings: Sequence[str]
    paragraphs: Sequence[Sequence[str]]  # as sentences

    @property
    def has_known_headings(self) -> bool:
        """Whether parts of it are called as those of memory texts are."""
        return any(map(HEADINGS.fullmatch, self.headings))

    @property
    def sentences(self) -> list[str]:
        """All sentences that stand in no list."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]


def prose_statements(lines: Sequence[Line]) -> list[Statement]:
    """Return the statements of a text that an assistant wrote of its user; none if it is a list, or something else.

    They are those that the same text has in an export.
    """
    if any(line.kind in ("row", "dated") or (line.is_item and split_leading(line.text)[1]) for line in lines):
        return []
    text = _text(_body(lines))
    return statements("\n".join(map(_written, text.lines))) if _is_prose(text) and _is_of_the_user(text) else []


def _body(lines: Sequence[Line]) -> list[Line]:
    """Return the lines between what leads to a text and what follows it."""
    body = [line for line in lines if line.kind != "fence" or line.text not in LIST_LANGUAGES]
    body = [Line("blank") if line.kind == "rule" else line for line in body]
    while body and (body[0].kind == "blank" or _leads_in(body[0])):
        del body[0]
    while body and (body[-1].kind == "blank" or _follows_after(body[-1])):
        body.pop()
    return body


def _leads_in(line: Line) -> bool:
    if line.kind == "heading":
        return TITLE.search(line.text) is not None and not HEADINGS.fullmatch(line.text)
    is_about = is_lead_in(line.text) or line.text.endswith(COLONS) or ABOUT_THE_LIST.match(line.text) is not None
    return line.kind == "plain" and is_about


def _follows_after(line: Line) -> bool:
    is_question = line.text.endswith(QUESTION_MARKS) and ADDRESSED.search(line.text) is not None
    return line.kind == "plain" and (is_question or CLOSER.match(line.text) is not None)


def _text(body: Sequence[Line]) -> _Text:
    lines = _with_headings(body)
    headings = [line.text for line in lines if line.kind == "heading"]
    return _Text(lines, headings, [sentences(paragraph) for paragraph in _paragraphs(lines)])


def _with_headings(body: Sequence[Line]) -> list[Line]:
    """Return the lines, those that only read like headings as headings: a page is copied without its marks."""
    found: list[Line] = []
    after = Line("blank")
    for line in reversed(body):
        is_leading = after.is_item or after.kind == "heading" or after.text.endswith(ENDS) or _is_italic(after.text)
        is_name = is_leading and _may_be_name(line)
        found.append(line._replace(kind="heading", level=BOLD_LEVEL) if is_name else line)
        after = after if line.kind == "blank" else found[-1]
    return found[::-1]


def _may_be_name(line: Line) -> bool:
    is_short = len(line.text) <= _LONGEST_NAME and len(line.text.split()) <= _MOST_WORDS_OF_A_NAME
    ends_open = not line.text.endswith((*ENDS, *COLONS, ",", ";"))
    return line.kind == "plain" and is_short and ends_open and not (_is_italic(line.text) or line.text[0].islower())


def _paragraphs(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what is told in whole sentences: lines of a list without marks are one each, wrapped lines go together."""
    begun: list[str] = []
    for line in [*lines, Line("blank")]:
        if line.kind == "plain" and not _is_italic(line.text):
            begun.append(line.text)
        if begun and (line.kind != "plain" or line.text.endswith(ENDS)):
            yield " ".join(begun)
            begun = []


def _is_italic(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and text[0] == text[-1] and text[0] in "*_"


def _is_prose(text: _Text) -> bool:
    """Say whether most paragraphs have several sentences, and are no entries of a list; known headings say so, too."""
    paragraphs = text.paragraphs
    if text.has_known_headings:
        return bool(paragraphs) and all(paragraph[-1].endswith(ENDS) for paragraph in paragraphs)
    several = sum(len(paragraph) > 1 for paragraph in paragraphs)
    return bool(paragraphs) and several * 2 >= len(paragraphs) and not _is_list(text)


def _is_list(text: _Text) -> bool:
    """Say whether a list outweighs the paragraphs, or these are its entries: close together, or short and of a user."""
    item_count = sum(line.is_item for line in text.lines)
    if item_count >= (len(text.sentences) if text.headings else 1):
        return True
    plain = [line for line in text.lines if line.kind == "plain"]
    close = [line for line, after in pairwise(text.lines) if line.kind == after.kind == "plain"]
    entries = sum(len(told) <= _MOST_SENTENCES_OF_AN_ENTRY and _begins_with_user(told[0]) for told in text.paragraphs)
    return sum(line.text.endswith(ENDS) for line in close) * 2 >= len(plain) or entries * 2 >= len(text.paragraphs)


def _begins_with_user(sentence: str) -> bool:
    return ABOUT_THE_USER.match(sentence) is not None


def _is_of_the_user(text: _Text) -> bool:
    """Say whether a text tells what is true of one person, who is not telling it."""
    told = text.sentences[:_MOST_SENTENCES]
    name = _name(told)
    about = sum(_is_about(sentence, name) for sentence in told)
    states = sum(_is_state(sentence) for sentence in told)
    if sum(NARRATOR.search(sentence) is not None for sentence in told) * 10 > len(told):
        return False
    if text.has_known_headings:
        return True
    is_somebody = name is not None or any(_begins_with_user(sentence) or YOU_ARE.match(sentence) for sentence in told)
    return is_somebody and about * 5 >= len(told) * 3 and states * 3 >= len(told)


def _name(told: Sequence[str]) -> str | None:
    subjects = [found[1] for sentence in told for found in SUBJECT.finditer(sentence)]
    names = Counter(subject for subject in subjects if not NO_NAME.fullmatch(subject))
    return next((name for name, _ in names.most_common(1)), None)


def _is_about(sentence: str, name: str | None) -> bool:
    is_named = name is not None and name in sentence
    is_somebody = PERSON.search(sentence) is not None or _begins_with_user(sentence)
    return is_named or is_somebody or BARE_STATE.match(sentence) is not None


def _is_state(sentence: str) -> bool:
    is_bare = BARE_STATE.match(sentence) is not None
    return is_bare or _begins_with_user(sentence) or STATE.search(sentence) is not None


def _written(line: Line) -> str:
    """Write a line as it stood, but for what was not the text's own."""
    if line.kind == "heading":
        return f"**{line.text}**" if line.level >= BOLD_LEVEL else f"{'#' * line.level} {line.text}"
    return f"{' ' * line.indent}{line.marker} {line.text}" if line.is_item else line.text
