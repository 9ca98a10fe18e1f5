"""Rows as other programs read them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.hostile import steering_characters

from memlake.cli.formats import as_csv, as_json, as_json_lines, as_markdown, fields_of, streamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something with a value of each kind."""

    text: str
    count: int | None = None
    is_good: bool | None = None
    made_at: datetime | None = None


@given(st.text())
def test_json_means_the_same_text_and_steers_nothing(text: str) -> None:
    """Escapes that are added change how JSON is written, not what it says."""
    written = as_json(Row(text=text)).decode()

    assert json.loads(written)["text"] == text
    assert steering_characters(written) == set()


def test_json_lines_are_one_object_a_line() -> None:
    """Line breaks and separators inside a text do not break a line."""
    rows = [Row(text="a\nb\u2028c"), Row(text="d", made_at=datetime(2026, 1, 2, tzinfo=UTC))]

    lines = as_json_lines(rows).decode().splitlines()

    assert [json.loads(line)["text"] for line in lines] == ["a\nb\u2028c", "d"]
    assert json.loads(lines[1])["made_at"] == "2026-01-02T00:00:00Z"


def test_csv_holds_one_row_a_thing() -> None:
    """Quotes, commas and line breaks come back; a missing value is empty, a time is ISO 8601."""
    row = Row(text='a, "b"\nc', count=1200, is_good=False, made_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))

    written = as_csv([row, Row(text="")], ["text", "count", "is_good", "made_at"]).decode()

    assert list(csv.reader(io.StringIO(written))) == [
        ["text", "count", "is_good", "made_at"],
        ['a, "b"\nc', "1200", "false", "2026-01-02T03:04:05Z"],
        ["", "", "", ""],
    ]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_csv_holds_texts_to_the_letter(texts: list[str]) -> None:
    """Whatever controls, quotes and breaks there are in them; only what nobody could store is spelled out."""
    written = as_csv([Row(text=text, count=1) for text in texts], ["text", "count"]).decode()

    assert [row[0] for row in csv.reader(io.StringIO(written, newline=""))] == ["text", *texts]
    assert as_csv([Row(text="\udcff")], ["text"]) == b"text\n\\udcff\n"


def test_csv_tells_an_empty_text_from_none() -> None:
    """As DuckDB and Polars write it: null is an empty cell, an empty text two quotation marks."""
    assert as_csv([Row(text="", count=None)], ["text", "count"]) == b'text,count\n"",\n'


def test_csv_spells_what_is_no_number() -> None:
    """As databases do."""
    written = b"".join(streamed("csv", ["a", "b"], [[(float("nan"), float("-inf"))]]))

    assert written == b"a,b\nnan,-inf\n"


def test_markdown_shows_markup_as_text() -> None:
    """Neither a table's bars nor links, images, emphasis, HTML or line breaks of a text are markup."""
    written = as_markdown(["memory"], [["a|b <img src=x> ![i](u) *c* `d` &amp; _e_\nf"]]).decode()

    assert written.splitlines() == [
        "| memory |",
        "| --- |",
        "| a\\|b \\<img src=x\\> \\!\\[i\\](u) \\*c\\* \\`d\\` \\&amp; \\_e\\_<br>f |",
    ]


def test_only_dataclasses_have_fields() -> None:
    """Asking anything else is a bug."""
    with pytest.raises(TypeError, match="str is no dataclass"):
        fields_of("text")
