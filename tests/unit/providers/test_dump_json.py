"""Memories in JSON without ids: element by element, or a whole object of lists."""

from __future__ import annotations

import json

import pytest
from support.dumps import day_of, reason_of, rows_of, texts_of

from memlake.jsontext import JsonBytes
from memlake.model import MemoryRow, Parsed
from memlake.providers.dump import PROVIDER, parse
from memlake.times import to_datetime


def found(value: object) -> list[tuple[str, str | None, str | None]]:
    """Return text, day and section of each memory of a value."""
    return [(row.content, day_of(row.created_at_us), row.section) for row in rows_of(json.dumps(value))]


def test_text_is_an_entry_with_its_label() -> None:
    """Its line breaks are its own."""
    assert found("[2025-05-02] - Bakes\nbread") == [("Bakes\nbread", "2025-05-02", None)]


@pytest.mark.parametrize("key", ["content", "value", "text", "memory", "fact"])
@pytest.mark.parametrize(
    "date", ["2025-05-02", "May 2, 2025", "2025-05-02T14:30:00Z", 1_746_144_000, 1_746_144_000_000]
)
def test_object_with_a_text_is_an_entry(key: str, date: object) -> None:
    """Its date may be an epoch, ISO 8601, or words; its keys are reported."""
    record = {key: "Bakes", "date": date, "category": "Home"}

    outcome = parse("memory_dump", JsonBytes(json.dumps(record).encode()))

    assert found(record) == [("Bakes", "2025-05-02", "Home")]
    assert isinstance(outcome, Parsed)
    assert outcome.shapes == {("memory", (key, "date", "category"))}
    assert {key, "date", "category"} <= PROVIDER.known_fields["memory"]


def test_time_with_a_zone_is_kept_to_the_second() -> None:
    """So is an epoch; a day is its first moment."""
    (row,) = rows_of('{"text": "Bakes", "created_at": 1746196200}')

    assert row.created_at_us is not None
    assert to_datetime(row.created_at_us).isoformat() == "2025-05-02T14:30:00+00:00"


@pytest.mark.parametrize("date", [None, "unknown", "soon", True, [], -5])
def test_date_that_is_none_stays_unknown(date: object) -> None:
    """The label in the text may know better."""
    assert found({"text": "Bakes", "date": date}) == [("Bakes", None, None)]
    assert found({"text": "[2025-05-02] - Bakes", "date": date}) == [("Bakes", "2025-05-02", None)]


@pytest.mark.parametrize(
    "element", ["", "  ", "None", {}, {"text": ""}, {"date": "2025-05-02"}, {"note": "x"}, 5, None, True]
)
def test_element_without_a_text_is_rejected(element: object) -> None:
    """One bad element is one reject."""
    assert reason_of(json.dumps(element)) == "memory without a text"


@pytest.mark.parametrize("value", [[], [[]], [None], [{"tags": ["a"]}]])
def test_list_without_entries_is_no_list_of_memories(value: object) -> None:
    """Nothing of it is quoted."""
    assert reason_of(json.dumps(value)) == "no memory list in this text"


def test_lists_below_names_are_categories() -> None:
    """However they are nested; numbers are texts, nothing is nothing, and dates are dates."""
    value = {
        "Personal": ["Bakes", {"text": "Runs", "date": "2025-05-03"}, 5, None],
        "Work": {"Team": ["Sings"], "Name": "Noa", "date": "x"},
        "2025-05-02": ["Cooks"],
        "2025-06": "Swims",
        "unknown": "Hums",
        "1": "Counts",
        "2": 7,
    }

    assert found(value) == [
        ("Bakes", None, "Personal"),
        ("Runs", "2025-05-03", "Personal"),
        ("5", None, "Personal"),
        ("Sings", None, "Work / Team"),
        ("Name: Noa", None, "Work"),
        ("Cooks", "2025-05-02", None),
        ("Swims", "2025-06-01", None),
        ("unknown: Hums", None, None),
        ("Counts", None, None),
    ]


@pytest.mark.parametrize(
    "key", ["memories", "memory_entries", "saved_memories", "saved_info", "facts", "entries", "items", "data"]
)
def test_list_may_stand_in_an_object_that_is_about_it(key: str) -> None:
    """With what a script adds; other lists of texts in there are categories."""
    value = {
        "account": "a@example.org",
        "count": 1,
        key: ["Bakes"],
        "Other": ["Runs"],
        "stats": {"tokens": "812"},
        "n": [1],
    }

    assert found(value) == [("Bakes", None, None), ("Runs", None, "Other")]


@pytest.mark.parametrize("key", ["exported_at", "exportedAt", "export_date", "generated_at"])
def test_object_may_say_when_its_list_was_taken(key: str) -> None:
    """A time that is none is not believed."""
    taken = [row.seen_at_us for row in rows_of(json.dumps({key: "2026-05-17", "memories": ["Bakes"]}))]

    assert [day_of(time_us) for time_us in taken] == ["2026-05-17"]
    assert rows_of(json.dumps({key: "soon", "memories": ["Bakes"]}))[0].seen_at_us is None


def test_list_may_be_one_text_with_many_lines() -> None:
    """It is read as if it had been pasted."""
    assert found({"memories": "- [2025-05-02] Bakes\n- Runs\n  far"}) == [
        ("Bakes", "2025-05-02", None),
        ("Runs far", None, None),
    ]


def test_json_may_stand_in_a_text_or_in_a_fence() -> None:
    """Lines of JSON, too; broken JSON is a text like any other."""
    lines = '{"text": "Bakes", "note": "a\u2028b"}\n\n{"text": "Runs"}'

    assert texts_of('["Bakes", "Runs"]') == ["Bakes", "Runs"]
    assert texts_of(lines) == ["Bakes", "Runs"]
    assert texts_of(f"Here:\n```jsonl\n{lines.replace(chr(0x2028), ' ')}\n```") == ["Bakes", "Runs"]
    assert texts_of('## Work\n```\n["Bakes"]\n```\n') == ["Bakes"]
    assert reason_of('{"text": "Bakes"}\n{"text": ') == "no memory list in this text"


def test_value_deeper_than_any_list_is_rejected() -> None:
    """Nobody writes memories like that."""
    assert reason_of("[" * 900 + '"Bakes"' + "]" * 900) == "no memory list in this text"
    assert texts_of("[" * 8 + '"Bakes"' + "]" * 8) == ["Bakes"]


def test_position_counts_inside_a_whole_list() -> None:
    """An element does not know its place."""
    assert [row.position for row in rows_of('["Bakes", "None", "Runs"]')] == [0, 1]
    assert all(isinstance(row, MemoryRow) and row.position == 0 for row in rows_of('{"text": "Bakes"}'))
