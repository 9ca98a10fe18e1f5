"""The command `query`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import click
from rich.console import Group, RenderableType

from memlake.cli.formats import MarkdownTable, as_csv, as_json, as_json_lines, as_markdown
from memlake.cli.invocation import Invocation, current_invocation
from memlake.cli.narration import print_notes
from memlake.cli.options import account_option, format_option, json_option, lake_option
from memlake.cli.render import (
    NOTHING,
    Cell,
    Column,
    counted,
    emit,
    facts,
    paragraph,
    people_time,
    print_page,
    section,
    table,
    typed,
)
from memlake.cli.source_view import percent
from memlake.jobs.query import ask, list_queries
from memlake.query.named import Answer, NamedQuery

_LIST_TITLES = ("name", "what it answers")
_LIST_COLUMNS = [Column(title="name"), Column(title="what it answers", kind="text")]
_HEADLINE = "content"


@click.command("query")
@click.argument("name", required=False)
@account_option
@format_option
@json_option
@lake_option
@click.pass_context
def query_command(
    context: click.Context, *, name: str | None, account: str | None, format_name: str, is_json: bool, lake: Path
) -> None:
    """Answer a question that has a name; without NAME list the names.

    Each is a file in sql/queries that any DuckDB shell runs as well.

    Example: memlake query unsaid
    """
    format_name = "json" if is_json else format_name
    if name is None:
        _write_names(list_queries(), format_name, current_invocation(context))
    else:
        _write_answer(ask(lake, name, account=account), format_name, current_invocation(context))


def _write_names(queries: Sequence[NamedQuery], format_name: str, invocation: Invocation) -> None:
    rows = [(query.name, query.description) for query in queries]
    if format_name == "table":
        asked = typed(invocation.command("query", queries[-1].name))
        print_page(table(_LIST_COLUMNS, rows), Group(paragraph("ask one:"), asked))
        return
    documents: list[dict[str, object]] = [
        {"name": query.name, "description": query.description, "columns": query.columns} for query in queries
    ]
    emit(_in_format(format_name, documents, ("name", "description"), (_LIST_TITLES, rows)))


def _write_answer(answer: Answer, format_name: str, invocation: Invocation) -> None:
    if format_name == "table":
        print_page(*_answer_view(answer, invocation))
        return
    if answer.not_looked_up_count:
        print_notes([f"{_waiting_words(answer)}; memlake lookup-sources does it"])
    names = tuple(answer.query.columns)
    texts = [tuple(_as_text(value) for value in row) for row in answer.rows]
    emit(_in_format(format_name, answer.as_dicts(), names, (names, texts)))


def _answer_view(answer: Answer, invocation: Invocation) -> Iterator[RenderableType]:
    """Show one block a row, headed by the memory; what is null is left out."""
    yield paragraph(answer.query.description)
    rows = answer.as_dicts()
    accounts = {row["account_key"] for row in rows}
    hidden = {_HEADLINE} if len(accounts) > 1 else {_HEADLINE, "account_key"}
    for row in rows:
        known = [(name.replace("_", " "), _cell(value)) for name, value in row.items() if name not in hidden]
        yield section(row[_HEADLINE], facts(known))
    if rows:
        one = typed(invocation.command("show", rows[-1]["memory_id"]))
        yield Group(paragraph(f"{counted(len(rows), 'memory')}; all about one:"), one)
    elif not answer.not_looked_up_count:
        yield paragraph("no memory is like that")
    if answer.not_looked_up_count:
        yield Group(paragraph(f"{_waiting_words(answer)}:"), typed(invocation.command("lookup-sources")))


def _waiting_words(answer: Answer) -> str:
    return f"not looked up yet: the sources of {counted(answer.not_looked_up_count, 'memory')}"


def _cell(value: object) -> Cell:
    """Return a value as people read it; the one kind of fraction in a lake is a probability."""
    if isinstance(value, float):
        return percent(value)
    return value if isinstance(value, bool | int | str | datetime) else None


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return people_time(value)
    return NOTHING if value is None else str(value)


def _in_format(name: str, rows: Sequence[dict[str, object]], columns: Sequence[str], markdown: MarkdownTable) -> bytes:
    """Return rows whose columns depend on the query in one of the formats for programs."""
    match name:
        case "json":
            return as_json(rows)
        case "jsonl":
            return as_json_lines(rows)
        case "csv":
            return as_csv([SimpleNamespace(**row) for row in rows], columns)
        case _:
            return as_markdown(*markdown)
