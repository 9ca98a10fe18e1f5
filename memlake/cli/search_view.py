"""What a search finds as people read it: each text with what was asked for marked in it, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from memlake.cli.invocation import Invocation
from memlake.cli.render import (
    NOTHING,
    Cell,
    counted,
    cut_to,
    drawable,
    facts,
    has_colours,
    indented,
    paragraph,
    people_time,
    typed,
)
from memlake.query.search_rows import AskedTerm, PlaceCount, SearchAnswer, SearchHit
from memlake.query.search_scope import USUAL_PLACES
from memlake.text import inert_line

SEARCH_TITLES = ("when", "found in", "who", "title", "quote", "id")
_NOUNS = {"messages": "message", "titles": "title", "memories": "memory", "tools": "message"}
_UNTITLED = "(no title)"
_LABEL_WIDTH = len("assistant")
_MATCH_STYLE = "bold reverse"
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOptions:
    """The options of a search as they can be typed again: where to look, and pairs that leave something of that out."""

    places: Sequence[str] = ()
    limits: Sequence[str] = ()


def search_view(
    answer: SearchAnswer, invocation: Invocation, options: TypedOptions = TypedOptions()
) -> Iterator[RenderableType]:
    """Show the hits, the best first, then how many there are and how to read the first of them."""
    if not answer.hits:
        yield from _nothing(answer, invocation, options)
        return
    has_accounts = len({hit.account_key for hit in answer.hits}) > 1
    for hit in answer.hits:
        yield _block(hit, has_account=has_accounts)
    first = answer.hits[0]
    shown = [first.conversation_id or first.memory_id or "", *(["--all"] if first.found_in == "tools" else [])]
    yield Group(paragraph(f"{_count_words(answer)}; all of the first:"), typed(invocation.command("show", *shown)))


def search_row(hit: SearchHit) -> tuple[str, ...]:
    """Return a hit in the order of `SEARCH_TITLES`."""
    when = people_time(hit.said_at) if hit.said_at else NOTHING
    who = hit.role or hit.state or NOTHING
    quote = "".join(piece for piece, _ in _pieces(hit, marks=("", "")))
    return when, hit.found_in, who, hit.title or NOTHING, quote, hit.conversation_id or hit.memory_id or NOTHING


def _block(hit: SearchHit, *, has_account: bool) -> RenderableType:
    when = people_time(hit.said_at) if hit.said_at else "undated"
    what = f"memory, {hit.state}" if hit.found_in == "memories" else hit.title or _UNTITLED
    label = {"titles": "title", "memories": "memory"}.get(hit.found_in, hit.role or "unknown")
    known: list[tuple[str, Cell]] = [
        (label.ljust(_LABEL_WIDTH), _quote(hit)),
        ("id", hit.conversation_id or hit.memory_id),
        ("account", hit.account_key if has_account else None),
    ]
    return Group(Text(f"{when}  {inert_line(what)}", style="bold", overflow="fold"), indented(facts(known)))


def _quote(hit: SearchHit) -> Text:
    """Return the quote with what was asked for marked: by colour, else by signs."""
    marks = ("", "") if has_colours() else tuple(drawable("»«", "><"))
    quote = Text(overflow="fold")
    for piece, is_match in _pieces(hit, marks=(marks[0], marks[1])):
        quote.append(piece, style=_MATCH_STYLE if is_match and has_colours() else None)
    return quote


def _pieces(hit: SearchHit, *, marks: tuple[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield the quote on one line, in pieces of which some are what was asked for; dots where the text goes on."""
    dots = drawable("…", "...")
    place = 0
    if hit.is_cut_before:
        yield f"{dots} ", False
    for begin, end in hit.matches:
        yield _on_a_line(hit.quote[place:begin]), False
        yield f"{marks[0]}{_on_a_line(hit.quote[begin:end])}{marks[1]}", True
        place = end
    yield _on_a_line(hit.quote[place:]), False
    if hit.is_cut_after:
        yield f" {dots}", False


def _on_a_line(piece: str) -> str:
    """Return a piece of a text, inert, on one line; a space at its edges stays one."""
    line = inert_line(piece)
    if not line:
        return " " if piece else ""
    return f"{' ' * piece[:1].isspace()}{line}{' ' * piece[-1:].isspace()}"


def _count_words(answer: SearchAnswer) -> str:
    """Return how many hits there are: `2 messages and 1 memory`, `the best 10 of 40 messages`."""
    words = _listed([_place_words(place) for place in answer.counts if place.count])
    if sum(place.count for place in answer.counts) == len(answer.hits) and all(one.is_exact for one in answer.counts):
        return words
    return f"the best {len(answer.hits):,} of {words} (--limit)"


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _place_words(place: PlaceCount) -> str:
    words = f"{counted(place.count, _NOUNS[place.found_in])}{' of tools' * (place.found_in == 'tools')}"
    return words if place.is_exact else f"at least {words}"


def _nothing(answer: SearchAnswer, invocation: Invocation, options: TypedOptions) -> Iterator[RenderableType]:
    """Say that nothing was found, and why, as far as the words tell."""
    places = [one.found_in for one in answer.counts]
    limited = f" with {cut_to(shlex.join(options.limits), _LONGEST_QUERY)}" if options.limits else ""
    yield paragraph(f"nothing in {_listed(places)}{limited} says all of: {cut_to(answer.query, _LONGEST_QUERY)}")
    told = [
        (inert_line(term.typed), _term_words(term, limited)) for term in answer.terms if term.message_count is not None
    ]
    if told:
        yield facts(told)
    yield from _what_else(answer, invocation, options)


def _term_words(term: AskedTerm, limited: str) -> str:
    if term.message_count:
        return f"in {counted(term.message_count, 'message')}{limited}"
    near = f"; near: {', '.join(term.similar)}" if term.similar else ""
    return f"in no message{limited}{near}"


def _what_else(answer: SearchAnswer, invocation: Invocation, options: TypedOptions) -> Iterator[RenderableType]:
    """Suggest what may find something: fewer limits, other words, or another place."""
    places, limits = options.places, options.limits
    without_limits = [one for one in answer.counts_without_limits if one.count]
    if without_limits:
        found = f"without {_listed(limits[::2])} it finds {_listed(list(map(_place_words, without_limits)))}:"
        asked = [*places, answer.query]
    elif any(term.similar for term in answer.terms):
        found = "did you mean:"
        asked = [*places, *limits, _corrected(answer.terms)]
    elif tuple(one.found_in for one in answer.counts) == USUAL_PLACES:
        found = "tools, thoughts and hidden messages are searched with:"
        asked = ["--in", "tools", *limits, answer.query]
    else:
        return
    yield Group(paragraph(found), typed(invocation.command("search", *asked)))


def _corrected(terms: Sequence[AskedTerm]) -> str:
    return " ".join(term.similar[0] if term.similar else term.typed for term in terms)
