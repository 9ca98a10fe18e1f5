"""The net below the finders: what is hardly anything but a secret in a sentence about access, however it is told.

The finders of the other modules read how a value stands beside one word. Here any word about access is enough, and
what looks like a value is one unless something else explains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from memlake.packs.cues import may_be_one
from memlake.packs.lexicon import Hit
from memlake.packs.values import Place, is_odd, is_uuid, is_year, known, numbers, quoted, tokens

_NEAR = 40
_LONGEST = 8  # more figures are those of a phone, an account, a customer
_FEWEST = 3
_LONG = 5  # no model has so many
_FEWEST_ALONE = 4  # where nothing locks: three are the number of a door
_GROUPS = re.compile(
    r"(?<![\d.,:/-])\d{1,2}(?:(?:, ?| und | and | y |,? dann |,? then |,? luego |、|、次に)\d{1,2}){2,}"
    r"(?![\d%.,:/-]?\d| ?%)"
)
_MODEL = re.compile(r"(?:19|20)\d\d-\d\d|\d+\.\d+\.[\d.]+|[A-Z]{2,}-?\d+[A-Za-z]?|[A-Z]\d{1,2}|\d\dH\d")

_NAME_BEFORE = re.compile(r"[^\W\d_a-z][\w!.&+-]*[ -]$")
_NOUN_BEHIND = re.compile(r" [A-ZÀ-Þ]")
_CHAIN = re.compile(
    r"(?<![A-Za-z0-9ß-ÿ@./_-])(?![\d_-]+\b)[a-zß-ÿ0-9]{2,}(?:[-_][a-zß-ÿ0-9]{2,}){1,5}(?![A-Za-z0-9ß-ÿ@/_-]|\.\w)"
)
_SURE = frozenset(("code", "lock", "typed", "password"))
_WORDED = frozenset(("login", "network", "password", "typed", "code", "lock", "key", "guard", "access"))
_QUOTING = frozenset(("login", "network", "password", "typed", "lock"))
_DEVICES = frozenset(("login", "network", "lock"))
_SAID_IN_ANY_CASE = ("net_phrase", "net_pair", "net_equal")
_SAID = ("net_bare", "net_word", "net_chosen", "net_crypt", "net_letters", "net_hush")
_VERBS = ("en", "ed", "ing", "ly", "ar", "er", "ir")
_SAID_OF_DEVICES = ("net_answers", "net_with", "net_types", "net_now", "net_named")
_OPENED = frozenset(("lock", "place", "code", "access"))
_PLAIN = re.compile(
    r"\d{4,8}|\d(?:[ -]\d){2,5}(?<!1 2 3)|\d\d(?:[ -]\d\d){2}|\d{3,4}[A-Z]"
)  # whatever is said beside them
_LAST_YEAR = 2100


class Sentence(NamedTuple):
    """A sentence of a text that speaks of access: where it stands, and the words that say so."""

    text: str
    plain: str
    start: int
    end: int
    hits: Sequence[Hit]
    names: AbstractSet[str]

    def says(self, sign: str) -> bool:
        """Tell whether it holds a sign."""
        return known().signs[sign].search(self.plain, self.start, self.end) is not None


def caught(sentence: Sentence) -> Iterator[Place]:
    """Yield what must be a secret in a sentence about access, or all of it where the secret is told in plain words."""
    yield from _figures(sentence)
    if not sentence.hits:
        return
    if any(map(sentence.says, _SAID_IN_ANY_CASE)):
        yield _whole(sentence)
    if sentence.says("net_talk"):
        return
    yield from _quotations(sentence)
    yield from _odd_tokens(sentence)
    for found in known().signs["net_ja"].finditer(sentence.plain, sentence.start, sentence.end):
        yield found.span("value")
    yield from _chains(sentence)
    if _tells(sentence):
        told = list(_marked_words(sentence))
        yield from told or [_whole(sentence)]


def _marked_words(sentence: Sentence) -> Iterator[Place]:
    """Yield letters with figures that are no usual ones: where a sentence has such, they are what it tells."""
    for place in tokens(sentence.text, sentence.start, sentence.end, is_strict=True):
        if not known().signs["net_usual"].fullmatch(sentence.plain, *place):
            yield place


def _whole(sentence: Sentence) -> Place:
    said = sentence.text[sentence.start : sentence.end]
    return sentence.start + len(said) - len(said.lstrip()), sentence.start + len(said.rstrip())


def _figures(sentence: Sentence) -> Iterator[Place]:
    text, plain, start, end = sentence[:4]
    if sentence.hits:
        yield from (found.span() for found in known().signs["net_digits"].finditer(plain, start, end))
    places = list(numbers(text, start, end))
    groups = [found.span() for found in _GROUPS.finditer(text, start, end)] if sentence.names & _SURE else []
    if not (places or groups) or (sentence.says("net_other") and not sentence.names & _SURE):
        return
    yield from (place for place in groups if not _is_explained(sentence, place))
    for place in places:
        figures = text[slice(*place)]
        if not _is_value(sentence, figures, place) or _is_explained(sentence, place):
            continue
        if _is_free(sentence, place) or is_odd(figures):
            yield place


def _is_value(sentence: Sentence, figures: str, place: Place) -> bool:
    """Tell whether figures have the form of a code: no model, phone, year or round number, unless they are linked."""
    signs, digits = known().signs, re.sub(r"\D", "", figures)
    if _MODEL.fullmatch(figures):
        return False
    before = sentence.plain[max(sentence.start, place[0] - _NEAR) : place[0]]
    if not sentence.hits:
        is_dated = signs["net_dated"].search(before) is not None and figures < str(_LAST_YEAR)
        is_other = is_dated or is_year(figures) or figures.endswith("00")
        return not is_other and _PLAIN.fullmatch(figures) is not None
    is_linked = signs["net_link"].search(before) is not None
    fewest = _FEWEST if is_linked or sentence.names & _SURE else _FEWEST_ALONE
    if not fewest <= len(digits) <= _LONGEST and len(figures) < _FEWEST_ALONE:
        return False
    if len(digits) > _LONGEST and not sentence.names & _SURE:
        return False
    is_round = figures.isdecimal() and figures.endswith("00") and not figures.startswith("0")
    if is_round or is_year(figures):
        is_beside = any(hit.end == place[0] - 1 and hit.name in _OPENED for hit in sentence.hits)
        return (is_linked or is_beside) and len(digits) >= _FEWEST_ALONE
    return not (figures.isdecimal() and int(figures) < _LAST_YEAR and signs["net_dated"].search(before))


def _is_explained(sentence: Sentence, place: Place) -> bool:
    """Tell whether what stands before figures says that they are something else, or the name of a thing does."""
    before = max(sentence.start, place[0] - _NEAR)
    if known().signs["net_counted"].search(sentence.plain, before, place[0]):
        return True
    is_said = "code" in sentence.names or (sentence.hits and sentence.says("net_valid"))
    is_long = sentence.hits and place[1] - place[0] >= _LONG and sentence.text[place[0] : place[1]].isdecimal()
    name = None if is_said or is_long else _NAME_BEFORE.search(sentence.text, before, place[0])
    return name is not None and not any(hit.start < name.end() - 1 <= hit.end for hit in sentence.hits)


def _is_free(sentence: Sentence, place: Place) -> bool:
    """Tell whether figures count nothing: no noun follows them."""
    if known().signs["net_unit"].match(sentence.plain, place[1]):
        return False
    if known().signs["after_code"].match(sentence.plain, place[1]):
        return True
    if _NOUN_BEHIND.match(sentence.text, place[1]):
        return known().signs["net_key"].match(sentence.plain, place[1]) is not None
    return known().signs["net_free"].match(sentence.plain, place[1]) is not None or sentence.says("net_german")


def _quotations(sentence: Sentence) -> Iterator[Place]:
    if sentence.names & _QUOTING and not sentence.says("net_title"):
        yield from quoted(sentence.text, sentence.start, sentence.end)


def _chains(sentence: Sentence) -> Iterator[Place]:
    """Yield words with hyphens between, as nobody writes them but for a password."""
    if not sentence.names & _WORDED and not sentence.says("account"):
        return
    for found in _CHAIN.finditer(sentence.text, sentence.start, sentence.end):
        before = max(sentence.start, found.start() - _NEAR)
        if known().signs["net_usual"].fullmatch(sentence.plain, *found.span()) or is_uuid(found[0]):
            continue
        if known().signs["handle"].search(sentence.plain, before, found.start()):
            continue
        if known().signs["net_link"].search(sentence.plain, before, found.start()) and known().signs[
            "net_clause_end"
        ].match(sentence.plain, found.end()):
            yield found.span()


def _odd_tokens(sentence: Sentence) -> Iterator[Place]:
    """Yield letters with figures that a word about access is linked to."""
    signs = known().signs
    if sentence.says("net_other"):
        return
    for place in tokens(sentence.text, sentence.start, sentence.end, is_strict=True):
        before = max(sentence.start, place[0] - _NEAR)
        if signs["net_usual"].fullmatch(sentence.plain, *place) or signs["no_shape"].fullmatch(sentence.plain, *place):
            continue
        if signs["handle"].search(sentence.plain, before, place[0]):
            continue
        is_access = sentence.names & _WORDED or sentence.says("account")
        if is_access and signs["net_link"].search(sentence.plain, before, place[0]):
            yield place


def _tells(sentence: Sentence) -> bool:
    """Tell whether a sentence says in plain words what opens something, or is said to somebody who asks."""
    names = sentence.names
    if sentence.says("net_as") or (("password" in names or "guard" in names) and sentence.says("net_apposed")):
        return True
    if names & {"guard", "asked"} and (sentence.says("net_guarded") or sentence.says("net_watched")):
        return True
    if sentence.says("net_asked") and sentence.says("net_answered"):
        return True
    if any(map(sentence.says, _SAID)) or _is_beside(sentence):
        return True
    is_device = bool(names & _DEVICES) or sentence.says("account") or sentence.says("net_device")
    return is_device and (any(map(sentence.says, _SAID_OF_DEVICES)) or _ends_in_words(sentence))


def _is_beside(sentence: Sentence) -> bool:
    """Tell whether a plain word stands directly behind that for a password."""
    signs, plain = known().signs, sentence.plain
    for hit in sentence.hits:
        found = signs["net_beside"].match(plain, hit.end) if hit.name == "password" else None
        if found is None or signs["no_noun"].match(plain, hit.end):
            continue
        value = sentence.text[slice(*found.span("value"))]
        is_verb = value == value.lower() and value.endswith(_VERBS)
        if may_be_one(found["value"]) and not is_verb and not signs["plural"].fullmatch(plain, hit.start, hit.end):
            return True
    return False


def _ends_in_words(sentence: Sentence) -> bool:
    """Tell whether a sentence ends in words that make none: no little words, and not only names."""
    signs = known().signs
    for found in signs["net_run"].finditer(sentence.plain, sentence.start, sentence.end):
        words = sentence.text[slice(*found.span("value"))].split()
        folded = found["value"].split()
        is_plain = all(map(str.isalpha, words)) and any(word == word.lower() for word in words[1:])
        if is_plain and not any(signs["filler"].fullmatch(one) or signs["no_word"].fullmatch(one) for one in folded):
            return True
    return False
