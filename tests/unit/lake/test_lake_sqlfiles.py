"""SQL files: their headers, their order, and the names of what they make."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from memlake.lake import sqlfiles

_LITERAL = re.compile(r"'[^']*'")

TEXT = """\
-- relation: staging.things
-- grain:    one row per thing
-- key:      account_key, thing_id
-- reads:    raw.things, memories
-- column:   thing_id - the id of a thing
-- example:  from staging.things
-- example:  select thing_id from staging.things
-- Things are what is left.
-- They never end.
create or replace view staging.things as
-- a comment inside
select 1;
"""


@pytest.fixture
def things(tmp_path: Path) -> sqlfiles.SqlFile:
    """Return a file with every field of a header."""
    path = tmp_path / "staging_things.sql"
    path.write_text(TEXT, encoding="utf-8")
    return sqlfiles.parse("views", path)


def test_a_header_is_read_field_by_field(things: sqlfiles.SqlFile) -> None:
    """Fields may stand several times; what is no field describes the relation."""
    assert (things.kind, things.name, things.grain) == ("views", "staging.things", "one row per thing")
    assert things.key == ("account_key", "thing_id")
    assert things.reads == ("raw.things", "memories")
    assert things.columns == {"thing_id": "the id of a thing"}
    assert things.examples == ("from staging.things", "select thing_id from staging.things")
    assert things.comment == "Grain: one row per thing. Things are what is left. They never end."


def test_a_parameter_says_what_it_takes(tmp_path: Path) -> None:
    """Its kind and its default may be missing; a default may be empty."""
    path = tmp_path / "query.sql"
    headers = ["a (whole number) = 6 - so many", "b (text) - words", "c = - an account", "d = Some Title - a heading"]
    path.write_text("".join(f"-- parameter: {header}\n" for header in headers) + "select 1;\n", encoding="utf-8")

    parameters = sqlfiles.parse("queries", path).parameters

    assert [(one.name, one.kind, one.default, one.meaning) for one in parameters] == [
        ("a", "whole number", "6", "so many"),
        ("b", "text", None, "words"),
        ("c", None, "", "an account"),
        ("d", None, "Some Title", "a heading"),
    ]


def test_a_parameter_that_nobody_can_read_is_a_bug(tmp_path: Path) -> None:
    """It stops the program that ships it."""
    path = tmp_path / "query.sql"
    path.write_text("-- parameter: two words - what\nselect 1;\n", encoding="utf-8")

    with pytest.raises(ValueError, match="'two words' is no parameter"):
        sqlfiles.parse("queries", path)


def test_the_body_is_what_follows_the_header(things: sqlfiles.SqlFile) -> None:
    """Comments further down belong to it."""
    assert things.body == "create or replace view staging.things as\n-- a comment inside\nselect 1;"


def test_a_file_without_a_header_is_called_by_its_name(tmp_path: Path) -> None:
    """Data tests have no more than a sentence."""
    path = tmp_path / "every_thing_is_there.sql"
    path.write_text("-- Every thing is there.\nselect 1;\n", encoding="utf-8")
    file = sqlfiles.parse("checks", path)
    assert (file.name, file.comment, file.body) == ("every_thing_is_there", "Every thing is there.", "select 1;")


def test_a_relation_is_made_after_those_it_reads() -> None:
    """In whatever order the files are called; a relation and a macro may have the same name."""
    files = sqlfiles.load("tables", "views", "macros")
    made = [file.reference for file in files]
    early = [
        (file.reference, read)
        for file in files
        for read in file.reads
        if read in made and made.index(read) > made.index(file.reference)
    ]
    assert early == []
    assert len(made) == len(set(made))


def test_a_header_names_all_that_is_read_and_no_more() -> None:
    """The order of making rests on it."""
    files = {file.reference: file for file in sqlfiles.load("tables", "views", "macros")}
    known = {*files, *(read for file in files.values() for read in file.reads)}
    wrong = {
        file.reference: difference
        for file in files.values()
        if (difference := {name for name in known - {file.reference} if _reads(file.body, name)} ^ set(file.reads))
    }
    assert wrong == {}


def _reads(body: str, reference: str) -> bool:
    body = _LITERAL.sub("", body)
    if reference.endswith("()"):
        return re.search(rf"(?<![\w.]){re.escape(reference[:-1])}", body) is not None
    words = body.replace("(", " ").replace(")", " ").replace(";", " ").split()
    return any(before in ("from", "join") and word == reference for before, word in pairwise(words))


def test_every_check_says_what_it_stands_for() -> None:
    """Its sentence is shown when it fails."""
    assert [file.name for file in sqlfiles.load("checks") if not file.description.endswith(".")] == []


def test_migrations_count_on_without_a_gap() -> None:
    """Numbers are given once, in order."""
    assert [number for number, _ in sqlfiles.migrations()] == list(range(1, len(sqlfiles.migrations()) + 1))


def test_the_version_of_what_is_derived_is_a_hash() -> None:
    """The same for the same files."""
    assert len(sqlfiles.derived_version()) == 16
    assert sqlfiles.report("receipt_export").startswith("-- ")
