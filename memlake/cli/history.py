"""The command `history`."""

from __future__ import annotations

from pathlib import Path

import click

from memlake.cli.cards import choice_table, choice_view
from memlake.cli.diff_view import DIFF_TITLES, diff_row
from memlake.cli.formats import as_format
from memlake.cli.invocation import current_invocation
from memlake.cli.life_view import life_view
from memlake.cli.options import account_option, format_option, json_option, lake_option
from memlake.cli.picture import GLIMPSE_TITLES, glimpse_row, picture_view
from memlake.cli.render import emit, print_page
from memlake.history.changes import MemoryChange
from memlake.history.timeline import Glimpse, Timeline
from memlake.jobs.browse import MemoryCard
from memlake.jobs.history import life_of, timelines
from memlake.query.finding import Found


@click.command("history")
@click.argument("words", nargs=-1, metavar="[ID|TEXT]")
@account_option
@format_option
@json_option
@lake_option
@click.pass_context
def history_command(
    context: click.Context, *, words: tuple[str, ...], account: str | None, format_name: str, is_json: bool, lake: Path
) -> None:
    """Show how one memory lived: saved, listed, edited, switched off, deleted. Without words the whole list over time.

    Example: memlake history cello
    """
    format_name = "json" if is_json else format_name
    if not words:
        _write_timelines(timelines(lake, account=account), format_name, context)
        return
    life = life_of(lake, " ".join(words), account=account)
    if isinstance(life, MemoryCard):
        _write_life(life, format_name)
    else:
        _write_choice(life, format_name, context)


def _write_timelines(found: list[Timeline], format_name: str, context: click.Context) -> None:
    if format_name == "table":
        print_page(*picture_view(found, current_invocation(context)))
        return
    glimpses = [glimpse for timeline in found for memory in timeline.memories for glimpse in memory.glimpses]
    markdown = (GLIMPSE_TITLES, [glimpse_row(glimpse) for glimpse in glimpses])
    emit(as_format(format_name, document=found, rows=glimpses, row_type=Glimpse, markdown=markdown))


def _write_life(life: MemoryCard, format_name: str) -> None:
    if format_name == "table":
        print_page(*life_view(life))
        return
    markdown = (DIFF_TITLES, [diff_row(change) for change in life.changes])
    emit(as_format(format_name, document=life, rows=life.changes, row_type=MemoryChange, markdown=markdown))


def _write_choice(found: list[Found], format_name: str, context: click.Context) -> None:
    if format_name == "table":
        print_page(*choice_view(found, current_invocation(context), words=["history"]))
        return
    emit(as_format(format_name, document=found, rows=found, row_type=Found, markdown=choice_table(found)))
