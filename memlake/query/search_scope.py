"""Where a search looks: the places, and the limits that somebody sets, checked against what the lake holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from functools import cached_property
from typing import Literal, get_args

from memlake.errors import UsageError
from memlake.lake import sqlfiles
from memlake.lake.connection import Database
from memlake.lake.fulltext import SPEAKERS, Speaker

SearchPlace = Literal["messages", "titles", "memories", "tools"]
SEARCH_PLACES: tuple[SearchPlace, ...] = get_args(SearchPlace)
USUAL_PLACES: tuple[SearchPlace, ...] = ("messages", "titles", "memories")

_SPEAKERS: dict[str, Speaker] = {"user": "user", "assistant": "other"}
_OF_OPTION: dict[str, tuple[SearchPlace, ...]] = {
    "role": ("messages", "tools"),
    "model": ("messages", "titles", "tools"),
    "state": ("memories",),
}
_MOST_NAMED = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """What a search is limited to; `None` and nothing stand for no limit, no places for the usual ones.

    `messages` is what the user and the assistant said, with the text of attached documents; `tools` are their calls
    and results, thoughts, system and hidden messages. A project is an id, the beginning of one, or a name. Both dates
    are included: those of messages, of the beginning of conversations, of the saving of memories.
    """

    places: Sequence[SearchPlace] = ()
    role: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    project: str | None = None
    model: str | None = None
    states: Sequence[str] = ()
    limit: int = 10

    @property
    def is_limited(self) -> bool:
        """Tell whether it leaves something of its places out."""
        return any((self.role, self.since, self.until, self.project, self.model, self.states))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The same in terms of one lake; conversations are account_key and conversation_id, `None` all of them."""

    places: tuple[SearchPlace, ...]
    role: str | None
    account_key: str | None
    conversations: frozenset[tuple[str, str]] | None
    project_ids: frozenset[str] | None
    since: datetime | None
    until: datetime | None
    states: frozenset[str]
    limit: int

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Whose messages count."""
        return SPEAKERS if self.role is None else (_SPEAKERS[self.role],)

    def holds(self, account_key: str, conversation_id: str, said_at: datetime | None) -> bool:
        """Tell whether something of a conversation, of a time, is looked at."""
        is_there = self.conversations is None or (account_key, conversation_id) in self.conversations
        return is_there and self.is_of(account_key, said_at)

    def is_of(self, account_key: str, said_at: datetime | None) -> bool:
        """Tell whether something of an account, of a time, is looked at; without a time it is in no period."""
        if self.account_key not in (None, account_key):
            return False
        if said_at is None:
            return self.since is None and self.until is None
        return (self.since is None or said_at >= self.since) and (self.until is None or said_at <= self.until)


def scope_of(database: Database, options: SearchOptions, *, account_key: str | None) -> Scope:
    """Return what options mean in a lake. Raises `UsageError` where they name what it does not hold."""
    if options.since and options.until and options.since > options.until:
        raise UsageError(
            f"nothing is since {options.since:%Y-%m-%d %H:%M} and until {options.until:%Y-%m-%d %H:%M}",
            hint="put the earlier date behind --since",
        )
    if options.limit < 1:
        raise UsageError(f"a limit of {options.limit} shows nothing", hint="write --limit 10")
    known = _Known(database)
    role = known.role(options.role) if options.role else None
    project_ids = frozenset(known.projects(options.project)) if options.project else None
    model = known.model(options.model) if options.model else None
    return Scope(
        places=_places(options, role),
        role=role,
        account_key=account_key,
        conversations=_conversations(database, project_ids, model),
        project_ids=project_ids,
        since=options.since,
        until=options.until,
        states=frozenset(options.states),
        limit=options.limit,
    )


def _places(options: SearchOptions, role: str | None) -> tuple[SearchPlace, ...]:
    """Return where to look: of the places asked for those where all limits mean something."""
    of_tools = role is not None and role not in _SPEAKERS
    asked = options.places or (("tools",) if of_tools else USUAL_PLACES)
    given = {"role": role, "model": options.model, "state": options.states}
    left = {place for place in asked if all(place in _OF_OPTION[name] for name, value in given.items() if value)}
    if of_tools:
        left.discard("messages")
    if not left:
        limits = " and ".join(f"--{name}" for name, value in given.items() if value)
        raise UsageError(f"{limits} leaves nothing of {', '.join(asked)}", hint=_hint(given, of_tools=of_tools))
    return tuple(place for place in SEARCH_PLACES if place in left)


def _hint(given: Mapping[str, object], *, of_tools: bool) -> str:
    if of_tools:
        return "what tools and the system say is searched with --in tools"
    meant = (f"--{name} is for {', '.join(_OF_OPTION[name])}" for name, value in given.items() if value)
    return "; ".join(meant)


def _conversations(
    database: Database, project_ids: frozenset[str] | None, model: str | None
) -> frozenset[tuple[str, str]] | None:
    if project_ids is None and model is None:
        return None
    asked: dict[str, object] = {"project_ids": None if project_ids is None else sorted(project_ids), "model": model}
    return frozenset((key, item) for key, item in database.query(sqlfiles.report("search_conversations"), asked).rows)


class _Known:
    """What a search of a lake can be limited to."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _rows(self) -> list[tuple[str, str, str | None]]:
        return self._database.query(sqlfiles.report("search_filters")).rows

    def role(self, words: str) -> str:
        if words.casefold() in _SPEAKERS:
            return words.casefold()
        roles = {*self._values("role"), *_SPEAKERS}
        return self._one("role", words, {role.casefold(): role for role in roles})

    def model(self, words: str) -> str:
        return self._one("model", words, {model.casefold(): model for model in self._values("model")})

    def projects(self, words: str) -> list[str]:
        """Return the ids of the projects with an id or a name, else of those whose id begins so."""
        told = [(value, name) for kind, value, name in self._rows if kind == "project"]
        sought = words.casefold()
        exact = [value for value, name in told if sought in (value.casefold(), (name or "").casefold())]
        fitting = exact or [value for value, _ in told if sought and value.casefold().startswith(sought)]
        if fitting:
            return fitting
        names = {(name or value).casefold(): name or value for value, name in told}
        return [self._one("project", words, names)]

    def _values(self, wanted: str) -> list[str]:
        return [value for kind, value, _ in self._rows if kind == wanted]

    def _one(self, what: str, words: str, known: dict[str, str]) -> str:
        found = known.get(words.casefold())
        if found is not None:
            return found
        near = [known[name] for name in get_close_matches(words.casefold(), list(known), n=1)]
        names = sorted(known.values())
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        listed = f"there are: {', '.join(names[:_MOST_NAMED])}{more}" if names else f"the lake tells of no {what}"
        raise UsageError(
            f"no {what} is called {words!r}", hint=f"did you mean {near[0]!r}? {listed}" if near else listed
        )
