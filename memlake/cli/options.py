"""Options that several commands share, each written once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from memlake.cli.dates import HOW_TO_WRITE_A_DATE, parse_period
from memlake.cli.invocation import choose_lake
from memlake.clock import utc_now
from memlake.provider import Provider
from memlake.providers import providers
from memlake.selectors import Selector

FORMATS = ("table", "json", "jsonl", "csv", "markdown", "md")
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kmgt]?)(?P<is_binary>i?)b?", re.IGNORECASE)
_POWERS = {"": 0, "k": 1, "m": 2, "g": 3, "t": 4}


class OptionWithNames(click.Option):
    """An option whose help ends with the names to choose from, which are looked up only when somebody reads it."""

    def __init__(
        self,
        declarations: list[str],
        *,
        names: Callable[[], Iterable[str]],
        **settings: Any,  # noqa: ANN401 - whatever click's own options take
    ) -> None:
        super().__init__(declarations, **settings)
        self._names = names

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return how the option is written, and its help with the names."""
        record = super().get_help_record(ctx)
        return record and (record[0], f"{record[1]}: {', '.join(self._names())}.")


def _lake(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    return choose_lake(context, value)


def provider_names() -> list[str]:
    """Return the names of all providers."""
    return [provider.name for provider in providers()]


def first_moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    """Return the first moment in UTC of the day, month or time that words mean."""
    return None if value is None else _period(value)[0]


def last_moment(_context: click.Context, _parameter: click.Parameter, value: str | None) -> datetime | None:
    """Return the last moment in UTC of what words mean: what was so on a day was so by its end."""
    return None if value is None else _period(value)[1]


def _period(words: str) -> tuple[datetime, datetime]:
    period = parse_period(words, now=utc_now())
    if period is None:
        raise click.BadParameter(f"{words!r} is no date; {HOW_TO_WRITE_A_DATE}")
    return period


def provider_named(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Provider | None:
    """Return the provider with a name."""
    known = {provider.name: provider for provider in providers()}
    if value is None or value in known:
        return known.get(value or "")
    raise click.BadParameter(f"no provider is called {value!r}; choose one of: {', '.join(known)}")


def size_in_bytes(_context: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    """Return the bytes that words like `80GB`, `1.5 GiB` or `500m` mean."""
    if value is None:
        return None
    found = _SIZE.fullmatch(value.strip())
    size = (
        float(found["number"]) * (1024 if found["is_binary"] else 1000) ** _POWERS[found["unit"].lower()]
        if found
        else 0
    )
    if size < 1:
        raise click.BadParameter(f"{value!r} is no size; write it like 80GB")
    return int(size)


def export_selector(_context: click.Context, _parameter: click.Parameter, value: str | None) -> Selector | None:
    """Return what selects an export; a date as a time, for `last tuesday` depends on today."""
    if value is None:
        return None
    period = parse_period(value, now=utc_now())
    return period[1] if period else value


lake_option = click.option(
    "--lake",
    type=click.Path(path_type=Path),
    callback=_lake,
    metavar="DIR",
    help="The lake's folder.  [default: lake; environment: MEMLAKE_LAKE]",
)
account_option = click.option(
    "--account", metavar="NAME", help="Only this account: its key, the beginning of it, or its label."
)
json_option = click.option("--json", "is_json", is_flag=True, help="Answer in JSON.")
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="How to write it; --json is --format json.",
)
wait_option = click.option(
    "--wait",
    "wait_seconds",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="SECONDS",
    help="Wait this long for a lake that is in use.",
)
