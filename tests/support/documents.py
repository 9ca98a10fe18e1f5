"""The generated parts of the documents; cog calls these functions from the documents themselves."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from support.lakes import empty_lake

from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database
from memlake.lake.sqlfiles import SqlFile
from memlake.query.named import named_queries as known_queries

ROOT = Path(__file__).resolve().parents[2]
_GENERATED = re.compile(r"^<!-- \[\[\[cog.*?^<!-- \[\[\[end\]\]\] -->$", re.MULTILINE | re.DOTALL)
_SQL_BLOCK = re.compile(r"^```sql\n(?P<sql>.*?)^```$", re.MULTILINE | re.DOTALL)


def public_relations() -> list[SqlFile]:
    """Return the relations that people query, in order of their names."""
    return [file for file in _relations() if not is_lower_tier(file)]


def is_lower_tier(file: SqlFile) -> bool:
    """Tell whether a relation is for maintainers: it lives in another schema than `main`."""
    return "." in file.name


def sql_blocks(document: str) -> list[str]:
    """Return the SQL examples of a Markdown text, without those in its generated parts."""
    handwritten = _GENERATED.sub("", document)
    return [block["sql"].strip() for block in _SQL_BLOCK.finditer(handwritten)]


def data_dictionary() -> str:
    """Describe every relation that people query: what a row is, its key, an example, its columns."""
    with empty_lake() as database:
        sections = [_section(database, file) for file in public_relations()]
    macros = [_macro_section(file) for file in sqlfiles.load("macros")]
    return "\n" + "\n".join(sections + macros) + "\n"


def named_queries() -> str:
    """List the queries that have a name: what each answers, and how it is asked."""
    rows = (
        (_sentence(query.description).replace("?.", "?"), f"`{query.example}`") for query in known_queries().values()
    )
    return "\n" + _table(("what it answers", "how it is asked"), rows) + "\n"


def lower_tiers() -> str:
    """List the relations behind the public ones, without their columns."""
    rows = ((f"`{file.name}`", file.grain, file.description) for file in _relations() if is_lower_tier(file))
    return "\n" + _table(("relation", "grain", "what it is for"), rows) + "\n"


def help_text(*command: str) -> str:
    """Return what `memlake COMMAND --help` prints on a terminal of 80 columns, as a block for a document."""
    asked = subprocess.run(
        [sys.executable, "-m", "memlake", *command, "--help"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "80"},
    )
    typed = " ".join(["memlake", *command, "--help"])
    return f"\n```console\n$ {typed}\n{asked.stdout.rstrip()}\n```\n\n"


def _relations() -> list[SqlFile]:
    return sorted(sqlfiles.load("tables") + sqlfiles.load("views"), key=lambda file: file.name)


def _section(database: Database, file: SqlFile) -> str:
    types = {str(name): _short(str(type_name)) for name, type_name, *_ in database.query(f"describe {file.name}").rows}
    meanings = schema.column_meanings(file, list(types))
    columns = ((f"`{name}`", type_name, meanings.get(name, "")) for name, type_name in types.items())
    return "\n".join(
        [
            f"### {file.name}\n",
            f"{_grain(file)}\n",
            f"{file.description}\n",
            *(f"```sql\n{example}\n```\n" for example in file.examples),
            _table(("column", "type", "meaning"), columns),
        ]
    )


def _macro_section(file: SqlFile) -> str:
    examples = (f"```sql\n{example}\n```\n" for example in file.examples)
    return "\n".join([f"### {file.name}\n", f"{_grain(file)}\n", f"{file.description}\n", *examples])


def _grain(file: SqlFile) -> str:
    key = ", ".join(f"`{column}`" for column in file.key)
    return f"{_sentence(file.grain)} Key: {key}." if key else _sentence(file.grain)


def _short(type_name: str) -> str:
    return type_name.lower().replace("timestamp with time zone", "timestamptz")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    divider = tuple("---" for _ in header)
    return "\n".join(_row(cells) for cells in (header, divider, *rows)) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
