"""The command `lookup-sources`."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Literal, NamedTuple, assert_never

import click
from click.core import ParameterSource

from memlake.cli.cards import choice_table, choice_view
from memlake.cli.formats import as_csv, as_format
from memlake.cli.invocation import current_invocation
from memlake.cli.lookup_view import SOURCE_TITLES, card_view, is_sure_enough, report_view, source_row
from memlake.cli.options import account_option, format_option, json_option, lake_option, wait_option
from memlake.cli.progress import TerminalProgress
from memlake.cli.render import emit, print_page
from memlake.clock import utc_now
from memlake.errors import ExitCode
from memlake.jobs.lookup import decide_link, lookup_memory, lookup_sources, lookup_text
from memlake.lookup.report import LookupOptions, LookupReport, SourceCard
from memlake.query.finding import Found
from memlake.query.memories import STATES

Answer = LookupReport | SourceCard | list[Found]

_OF_ONE = {"words": "--memory", "text": "--text", "confirmed": "--confirm", "rejected": "--reject"}
_OF_ALL = {"states": "--state", "min_confidence": "--min-confidence", "is_again": "--all"}
_NESTED = ("runner_up", "candidates", "steps")
_CSV_COLUMNS = [field.name for field in fields(SourceCard) if field.name not in _NESTED]


class Decision(NamedTuple):
    """What a person says about a link: that a memory came from a conversation, or that it did not."""

    verdict: Literal["confirmed", "rejected"]
    memory: str
    conversation: str


def _words(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.strip():
        raise click.BadParameter("it is empty; write some words")
    return value


def _two(_context: click.Context, _parameter: click.Parameter, value: tuple[str, str] | None) -> tuple[str, str] | None:
    if value is not None and not all(words.strip() for words in value):
        raise click.BadParameter("name a memory and a chat, each by its id or by words of it")
    return value


def _probability(_context: click.Context, _parameter: click.Parameter, value: float | None) -> float | None:
    if value is None or 0 <= value <= 1:
        return value
    raise click.BadParameter(f"{value:g} is not between 0 and 1; write it like 0.8")


@click.command("lookup-sources")
@click.option("--memory", "words", metavar="ID|TEXT", callback=_words, help="Only this memory: its id or words of it.")
@click.option("--text", metavar="TEXT", callback=_words, help="Find where this was said, also if it is no memory.")
@click.option("--explain", "is_explained", is_flag=True, help="Show how the evidence adds up, and what else fits.")
@click.option(
    "--min-confidence",
    type=float,
    metavar="P",
    callback=_probability,
    help="Only links that are at least this sure: 0.8 is 80 %.",
)
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(STATES),
    help="Only memories in this state; may be given several times.",
)
@account_option
@click.option("--all", "is_again", is_flag=True, help="Look every memory up again, not only what is new.")
@click.option("--confirm", "confirmed", nargs=2, metavar="MEMORY CHAT", callback=_two, help="It came from this chat.")
@click.option("--reject", "rejected", nargs=2, metavar="MEMORY CHAT", callback=_two, help="It did not come from it.")
@wait_option
@format_option
@json_option
@lake_option
@click.pass_context
def lookup_command(
    context: click.Context,
    *,
    words: str | None,
    text: str | None,
    is_explained: bool,
    min_confidence: float | None,
    states: tuple[str, ...],
    account: str | None,
    is_again: bool,
    confirmed: tuple[str, str] | None,
    rejected: tuple[str, str] | None,
    wait_seconds: float,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """Find the chat that each memory came from and your own words there, and say how sure that is.

    Where a chat recorded the save, that is the source; the others are looked up in all that was said. No source is an
    answer too. What you confirm or reject outlasts every ingest.

    Example: memlake lookup-sources --memory cello --explain
    """
    _refuse_what_does_not_fit(context)
    options = LookupOptions(
        account=account, states=states, min_confidence=min_confidence, again=is_again, wait_seconds=wait_seconds
    )
    decision = Decision("confirmed", *confirmed) if confirmed else Decision("rejected", *rejected) if rejected else None
    answer = _look_up(lake, options, words=words, text=text, decision=decision)
    if is_json or format_name != "table":
        _write_data(answer, "json" if is_json else format_name, min_confidence)
    else:
        _print_answer(answer, context, options, decision=decision, is_explained=is_explained)
    if decision and isinstance(answer, list):
        context.exit(ExitCode.USAGE)  # nothing was decided


def _refuse_what_does_not_fit(context: click.Context) -> None:
    """Raise a usage error where options mean different things."""
    given = {name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
    of_one = [option for name, option in _OF_ONE.items() if name in given]
    of_all = [option for name, option in _OF_ALL.items() if name in given]
    if len(of_one) > 1:
        raise click.UsageError(f"{' and '.join(of_one)} ask for different things; use one", context)
    if of_one and of_all:
        raise click.UsageError(f"{of_all[0]} chooses among all memories, {of_one[0]} means one thing", context)


def _look_up(
    lake: Path, options: LookupOptions, *, words: str | None, text: str | None, decision: Decision | None
) -> Answer:
    with TerminalProgress() as progress:
        if decision:
            return decide_link(
                lake,
                decision.memory,
                decision.conversation,
                decision.verdict,
                account=options.account,
                clock=utc_now,
                progress=progress,
                wait_seconds=options.wait_seconds,
            )
        if words is not None:
            return lookup_memory(lake, words, options=options, clock=utc_now, progress=progress)
        if text is not None:
            return lookup_text(lake, text, options=options, clock=utc_now, progress=progress)
        return lookup_sources(lake, options=options, clock=utc_now, progress=progress)


def _print_answer(
    answer: Answer, context: click.Context, options: LookupOptions, *, decision: Decision | None, is_explained: bool
) -> None:
    invocation = current_invocation(context)
    match answer:
        case LookupReport():
            print_page(
                *report_view(
                    answer,
                    invocation,
                    is_explained=is_explained,
                    is_chosen=bool(options.states or options.account),
                    min_confidence=options.min_confidence,
                )
            )
        case SourceCard():
            print_page(*card_view(answer, invocation, is_explained=is_explained, account=options.account))
        case list():
            words, rest = _completed(answer, decision)
            print_page(*choice_view(answer, invocation, words=words, rest=rest))
        case _:
            assert_never(answer)


def _completed(found: list[Found], decision: Decision | None) -> tuple[list[str], list[str]]:
    """Return the words before and after the id that completes the command."""
    if decision is None:
        return ["lookup-sources", "--memory"], []
    option = {"confirmed": "--confirm", "rejected": "--reject"}[decision.verdict]
    if found[0].kind == "memory":
        return ["lookup-sources", option], [decision.conversation]
    return ["lookup-sources", option, decision.memory], []


def _write_data(answer: Answer, format_name: str, min_confidence: float | None) -> None:
    if isinstance(answer, list):
        found = choice_table(answer)
        emit(as_format(format_name, document=answer, rows=answer, row_type=Found, markdown=found))
        return
    if isinstance(answer, LookupReport) and min_confidence is not None:
        answer = replace(answer, cards=tuple(card for card in answer.cards if is_sure_enough(card, min_confidence)))
    cards = answer.cards if isinstance(answer, LookupReport) else (answer,)
    if format_name == "csv":
        emit(as_csv(cards, _CSV_COLUMNS))
        return
    markdown = (SOURCE_TITLES, [source_row(card) for card in cards])
    emit(as_format(format_name, document=answer, rows=cards, row_type=SourceCard, markdown=markdown))
