"""The command `query`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.console import Group, RenderableType

from memlake.cli.answer_view import answer_view, write_answer
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.narration import print_notes
from memlake.cli.options import account_option, format_option, json_option, lake_option
from memlake.cli.render import (
    Cell,
    Column,
    counted,
    emit,
    facts,
    paragraph,
    people_time,
    print_page,
    print_paged,
    section,
    table,
    typed,
)
from memlake.cli.source_view import percent
from memlake.jobs.query import ask, list_queries
from memlake.lake.sqlfiles import Parameter
from memlake.query.named import Answer, NamedQuery

_LIST_COLUMNS = [Column(title="name"), Column(title="-p"), Column(title="what it answers", kind="text")]
_HEADLINES = ("content", "excerpt")
_SPEAKERS = ("user", "assistant")
_MOST_TABLE_COLUMNS = 6


def _parameters(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    wrong = next((name for name, sign, _ in pairs if not sign or not name.strip()), None)
    if wrong is not None:
        raise click.BadParameter(f"{wrong!r} has no value; write it like year=2025")
    found: dict[str, str] = {}
    for name, _, value in pairs:
        if found.setdefault(name.strip(), value) != value:
            raise click.BadParameter(f"{name.strip()!r} has two values; give it one")
    return found


@click.command("query")
@click.argument("name", required=False)
@click.option(
    "-p",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_parameters,
    help="What the query must be told, each -p a name and its value; memlake query lists the names.",
)
@click.option("--list", "is_list", is_flag=True, help="List the names, and what each query answers.")
@account_option
@format_option
@json_option
@lake_option
@click.pass_context
def query_command(
    context: click.Context,
    *,
    name: str | None,
    parameters: dict[str, str],
    is_list: bool,
    account: str | None,
    format_name: str,
    is_json: bool,
    lake: Path,
) -> None:
    """Answer a question that has a name; without NAME list the names.

    Each is a file of SQL in sql/queries.

    Example: memlake query find -p text="TypeScript for the new API"
    """
    format_name = "json" if is_json else format_name
    if name is None or is_list:
        _write_names(list_queries(), format_name, current_invocation(context))
    else:
        found = ask(lake, name, account=account, parameters=parameters)
        _write(found, format_name, current_invocation(context))


def _write_names(queries: Sequence[NamedQuery], format_name: str, invocation: Invocation) -> None:
    if format_name == "table":
        shown = [(query.name, ", ".join(map(_spelled, query.parameters)) or "", query.description) for query in queries]
        example = invocation.spelled(queries[-1].example)
        print_page(table(_LIST_COLUMNS, shown), Group(paragraph("ask one:"), typed(example)))
        return
    rows = [
        (
            query.name,
            query.description,
            [parameter.name for parameter in query.parameters],
            list(query.columns),
            query.example,
        )
        for query in queries
    ]
    write_answer(("name", "description", "parameters", "columns", "example"), [rows], format_name)


def _spelled(parameter: Parameter) -> str:
    return parameter.name if parameter.default is None else f"[{parameter.name}]"


def _write(answer: Answer, format_name: str, invocation: Invocation) -> None:
    if format_name == "table" and answer.query.is_lines:
        _print_notes(answer)
        emit("".join(f"{row['line']}\n" for row in answer.as_dicts()).encode())
    elif format_name == "table":
        print_paged(*_answer_page(answer, invocation))
    else:
        _print_notes(answer)
        write_answer(tuple(answer.query.columns), [answer.rows], format_name)


def _print_notes(answer: Answer) -> None:
    if answer.lacking:
        print_notes([f"{_lacking_words(answer)}; memlake status tells what it holds"])
    if answer.not_looked_up_count:
        print_notes([f"{_waiting_words(answer)}; memlake lookup-sources does it"])


def _answer_page(answer: Answer, invocation: Invocation) -> Iterator[RenderableType]:
    yield paragraph(answer.query.description)
    rows = answer.as_dicts()
    hidden = set() if len({row.get("account_key") for row in rows}) > 1 else {"account_key"}
    if not rows and not answer.not_looked_up_count and not answer.lacking:
        yield paragraph("nothing is like that")
    headline = next((name for name in _HEADLINES if name in answer.query.columns), None)
    if rows and headline and len(answer.query.columns) > _MOST_TABLE_COLUMNS:
        yield from _blocks(rows, headline, hidden)
    elif rows:
        names = [name for name in answer.query.columns if name not in hidden]
        yield from answer_view(
            [name.replace("_", " ") for name in names], [[_dated(row[name]) for name in names] for row in rows]
        )
    if rows and (shown := _shown_by(rows[-1])):
        yield Group(paragraph("all about one:"), typed(invocation.command("show", *shown)))
    if answer.not_looked_up_count:
        yield Group(paragraph(f"{_waiting_words(answer)}:"), typed(invocation.command("lookup-sources")))
    if answer.lacking:
        yield Group(paragraph(f"{_lacking_words(answer)}; what it holds:"), typed(invocation.command("status")))


def _shown_by(row: Mapping[str, object]) -> list[str]:
    """Return what the command `show` takes for the memory or the message of a row, nothing if it has none."""
    if "memory_id" in row:
        return [str(row["memory_id"])]
    if "conversation_id" not in row:
        return []
    is_aside = row.get("is_hidden") or row.get("role", _SPEAKERS[0]) not in _SPEAKERS
    return [str(row["conversation_id"]), *(["--all"] if is_aside else [])]


def _blocks(rows: Sequence[dict[str, object]], headline: str, hidden: set[str]) -> Iterator[RenderableType]:
    """Show one block a row, headed by the memory or the words; what is null or not so is left out."""
    for row in rows:
        known = [
            (name.replace("_", " "), _cell(value))
            for name, value in row.items()
            if name not in {*hidden, headline} and value is not False
        ]
        yield section(str(row[headline]), facts(known))
    yield paragraph(counted(len(rows), "row"))


def _waiting_words(answer: Answer) -> str:
    return f"not looked up yet: the sources of {counted(answer.not_looked_up_count, 'memory')}"


def _lacking_words(answer: Answer) -> str:
    return f"the lake holds no {answer.lacking}"


def _dated(value: object) -> object:
    """Return a time as text: among those of memories are days without a time, which no clock here shall move."""
    return people_time(value) if isinstance(value, datetime) else value


def _cell(value: object) -> Cell:
    """Return a value as people read it; the one kind of fraction in such a row is a probability."""
    if isinstance(value, float):
        return percent(value)
    return value if isinstance(value, bool | int | str | datetime) else None
