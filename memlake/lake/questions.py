"""Which SQL is a question: one statement that only reads. What is none is refused with what does it instead."""

from __future__ import annotations

import re

from memlake.errors import UsageError
from memlake.lake.connection import Database

HELP = "memlake sql 'from help()' tells what there is"

_ALLOWED = {"SELECT", "EXPLAIN"}
_PIVOTS = (["MULTI"], ["CREATE", "SELECT"])  # one that must look up its columns first, in newer and older versions
_BEGIN_QUESTIONS = {"pivot", "from", "with", "select"}
_ARE_REWRITTEN = {"pragma", "import"}  # into other statements, before DuckDB tells their kind
_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/|\()*(?P<word>\w+)", re.DOTALL)
_WRITES_THE_LAKE = "memlake shell --write opens the lake for writing; your own tables belong in the schema my"
_WRITES_FILES = "memlake sql --format csv 'from memories' > memories.csv writes an answer into a file"
_IN_THE_SHELL = "memlake shell is DuckDB's own shell on the lake, which takes it"
_INSTEAD = {
    "copy": _WRITES_FILES,
    "export": f"{_WRITES_FILES}, memlake archive --help tells how to write all",
    "pragma": "show tables, describe memories and from help() tell what there is",
    "set": f"--timeout and --memory set the limits; {_IN_THE_SHELL}",
    **dict.fromkeys(("reset", "attach", "detach", "use", "install", "load", "import", "call"), _IN_THE_SHELL),
    **dict.fromkeys(("prepare", "execute", "deallocate", "begin", "start", "commit", "rollback"), _IN_THE_SHELL),
}


def refuse_all_but_reading(database: Database, sql: str) -> None:
    """Raise `UsageError` for SQL that is not one statement that only reads, `duckdb.Error` for what is no SQL."""
    found = _FIRST_WORD.match(sql)
    word = found["word"].lower() if found else ""
    if word in _ARE_REWRITTEN:
        raise _no_question(word)
    kinds = database.statement_kinds(sql)
    if kinds in _PIVOTS and word in _BEGIN_QUESTIONS:
        return
    if not kinds:
        raise UsageError("there is no statement to run", hint=HELP)
    if len(kinds) > 1:
        raise UsageError(
            f"these are {len(kinds)} statements; one can be run at a time", hint="memlake shell runs any number"
        )
    if kinds[0] not in _ALLOWED:
        raise _no_question(kinds[0].replace("_", " ").lower() if word in _BEGIN_QUESTIONS else word)


def _no_question(what: str) -> UsageError:
    return UsageError(
        f"{what} is no question, and nothing else is answered here", hint=_INSTEAD.get(what, _WRITES_THE_LAKE)
    )
