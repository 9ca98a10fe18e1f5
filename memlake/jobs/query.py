"""Asking a lake the questions that have a name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from memlake.errors import UsageError
from memlake.jobs.accounts import account_named
from memlake.lake.layout import Layout
from memlake.lake.reader import open_lake
from memlake.query.named import ACCOUNT_PARAMETER, Answer, NamedQuery, answer, named_queries


def list_queries() -> list[NamedQuery]:
    """Return the queries that have a name, in alphabetical order."""
    return list(named_queries().values())


def ask(lake: Path, name: str, *, account: str | None = None, parameters: Mapping[str, str] | None = None) -> Answer:
    """Return what a named query finds in one account or all; `_` and `-` in its name are the same.

    Raises `UsageError` if no query has the name, or its parameters are not those.
    """
    spelled = name.strip().lower().replace("_", "-")
    known = named_queries()
    if spelled not in known:
        nearest = get_close_matches(spelled, known, n=1)
        hint = f"did you mean: memlake query {nearest[0]}" if nearest else "memlake query"
        raise UsageError(f"no query is called {name!r}; there are: {', '.join(known)}", hint=hint)
    told = dict(parameters or {})
    if any(parameter.name == ACCOUNT_PARAMETER for parameter in known[spelled].parameters):
        account = account or told.pop(ACCOUNT_PARAMETER, None) or None
    with open_lake(Layout(lake)) as database:
        return answer(database, spelled, account_key=account_named(database, account), parameters=told)
