"""Exports of labelled people: the truth is in them, and each variant is what it says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from eval.exports import VARIANTS, LabelledExport, Variant, memory_id, write_export
from eval.people import Person, development_people, load_people

import memlake

_KEYS = ("haruki", "vera")


@pytest.fixture(scope="module")
def people() -> tuple[Person, ...]:
    """Return two people with different languages."""
    return load_people(_KEYS)


@pytest.fixture(scope="module")
def exports(people: tuple[Person, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, LabelledExport]:
    """Return the two as one account in every variant."""
    folder = tmp_path_factory.mktemp("variants")
    return {variant: write_export(people, folder, variant) for variant in VARIANTS}


@pytest.mark.parametrize("is_zipped", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("variant", ["undated", "gone"])
def test_truth_is_in_the_lake(people: tuple[Person, ...], variant: Variant, tmp_path: Path, *, is_zipped: bool) -> None:
    """After ingest every memory is there, and each source is the message that says it."""
    export = write_export(people, tmp_path, variant, is_zipped=is_zipped, noise_count=3)
    said = {
        memory_id(person.key, memory.key): {talk.turns[turn].text for turn in memory.turns}
        for person in people
        for memory in person.memories
        for talk in person.talks
        if talk.key == memory.talk
    }

    assert memlake.ingest(export.path, lake=tmp_path / "lake").exit_code == 0

    lake = memlake.Lake(tmp_path / "lake")
    listed = dict(lake.sql("select memory_id, content from memories").iter_rows())
    messages = {
        row[:2]: row[2] for row in lake.sql("select conversation_id, message_id, text from messages").iter_rows()
    }
    assert listed == {truth.memory_id: truth.text for truth in export.truths}
    for truth in export.truths:
        found = {messages[truth.conversation_id, message] for message in truth.message_ids}
        assert found == (said[truth.memory_id] if truth.conversation_id else set())


@pytest.mark.parametrize("variant", ["undated", "listed"])
def test_undated_memories_have_no_times(exports: dict[str, LabelledExport], variant: str) -> None:
    """Nothing but the text can tell where they are from."""
    assert {tuple(entry) for entry in _memories(exports[variant])} == {("id", "content", "enabled")}


def test_dated_memories_are_created_within_hours_of_their_source(exports: dict[str, LabelledExport]) -> None:
    """The assistant saves what it hears soon, and what was never said at such times too."""
    delays = _delays(exports["dated"])

    assert all(timedelta(0) <= delay < timedelta(hours=6) for delay in delays)
    assert len(set(delays)) > len(delays) / 2
    assert all("created_at" in entry for entry in _memories(exports["dated"]))


def test_late_memories_are_created_months_after_their_source(exports: dict[str, LabelledExport]) -> None:
    """Their time is that of an edit, and tells little about the source."""
    delays = _delays(exports["late"])

    assert all(timedelta(days=30) <= delay < timedelta(days=366) for delay in delays)


def test_late_is_dated_and_later(exports: dict[str, LabelledExport]) -> None:
    """Two variants differ only in what they are about: the same memory was learnt at the same time."""
    dated, late = _created(exports["dated"]), _created(exports["late"])

    assert all(timedelta(days=30) <= late[key] - dated[key] <= timedelta(days=365) for key in dated)


def test_a_quarter_of_the_sources_is_gone(exports: dict[str, LabelledExport]) -> None:
    """Their memories have no source then; all others keep theirs, with the same dates."""
    dated, gone = exports["dated"], exports["gone"]
    before, after = _sources(dated), _sources(gone)
    lost = set(before.values()) - set(after.values()) - {None}

    assert _created(gone) == _created(dated)
    assert len(lost) == pytest.approx(len(set(before.values()) - {None}) / 4, abs=1)
    assert after == {key: None if source in lost else source for key, source in before.items()}
    assert _conversations(dated) - _conversations(gone) == lost
    for truth in gone.truths:
        assert (truth.said_by == "nobody") == (truth.conversation_id is None) == (not truth.message_ids)


@pytest.mark.parametrize("variant", list(VARIANTS))
def test_unsaid_memories_are_in_every_variant_without_source(
    exports: dict[str, LabelledExport], people: tuple[Person, ...], variant: str
) -> None:
    """A lookup that finds one everywhere is wrong."""
    unsaid = {truth.memory_id: truth for truth in exports[variant].truths if truth.kind == "unsaid"}

    expected = {memory_id(who.key, memory.key) for who in people for memory in who.memories if memory.talk is None}
    assert unsaid.keys() == expected
    assert {truth.conversation_id for truth in unsaid.values()} == {None}


def test_listed_memories_stand_in_the_order_in_which_they_were_learnt(exports: dict[str, LabelledExport]) -> None:
    """Of the dated list that order is the order of its times; elsewhere the order tells nothing."""
    learnt = _created(exports["dated"])
    orders = {variant: [learnt[entry["id"]] for entry in _memories(export)] for variant, export in exports.items()}

    in_order = {variant for variant, order in orders.items() if order == sorted(order)}
    assert in_order == {"listed"}
    assert all(
        [truth.memory_id for truth in export.truths] == list(_created_or_not(export)) for export in exports.values()
    )


def test_messages_are_a_minute_apart(exports: dict[str, LabelledExport]) -> None:
    """A time near to a memory's creation points to a message, not only to a conversation."""
    for conversation in _read(exports["dated"], "conversations.json"):
        times = [node["message"]["create_time"] for node in conversation["mapping"].values() if node["message"]]

        assert times == [conversation["create_time"] + 60.0 * number for number in range(len(times))]
        assert conversation["update_time"] == times[-1]


def test_noise_of_other_people_comes_on_top(people: tuple[Person, ...], tmp_path: Path) -> None:
    """The archive grows by conversations of strangers in words that they and their assistants used."""
    person, stranger = people
    quiet = write_export([person], tmp_path / "quiet", "dated")
    noisy = write_export([person], tmp_path / "noisy", "dated", noise_count=20, noise_from=people)
    known = {said.text for talk in stranger.talks for said in talk.turns}

    added = [
        node["message"]["content"]["parts"][0]
        for conversation in _read(noisy, "conversations.json")
        if conversation["id"] not in _conversations(quiet)
        for node in conversation["mapping"].values()
        if node["message"]
    ]
    assert noisy.truths == quiet.truths
    assert len(_conversations(noisy)) == len(_conversations(quiet)) + 20
    assert set(added) <= known


def test_same_export_is_the_same_bytes(people: tuple[Person, ...], tmp_path: Path) -> None:
    """Figures of two runs can be compared."""
    first, again = (
        write_export(people, tmp_path / name, "gone", noise_count=2, noise_from=development_people())
        for name in ("first", "again")
    )

    assert first.truths == again.truths
    for file in first.path.iterdir():
        assert file.read_bytes() == (again.path / file.name).read_bytes()


def test_another_seed_gives_other_times(people: tuple[Person, ...], tmp_path: Path) -> None:
    """Only chance changes: the memories stay the same."""
    first, other = (write_export(people, tmp_path / str(seed), "dated", seed=seed) for seed in (1, 2))

    assert _created(first).keys() == _created(other).keys()
    assert _created(first) != _created(other)


def _read(export: LabelledExport, name: str) -> list[dict[str, Any]]:
    elements: list[dict[str, Any]] = json.loads((export.path / name).read_bytes())
    return elements


def _memories(export: LabelledExport) -> list[dict[str, Any]]:
    return _read(export, "memory.json")


def _conversations(export: LabelledExport) -> set[str]:
    return {conversation["id"] for conversation in _read(export, "conversations.json")}


def _created_or_not(export: LabelledExport) -> dict[str, str | None]:
    return {entry["id"]: entry.get("created_at") for entry in _memories(export)}


def _created(export: LabelledExport) -> dict[str, datetime]:
    return {key: datetime.fromisoformat(time) for key, time in _created_or_not(export).items() if time}


def _delays(export: LabelledExport) -> list[timedelta]:
    created = _created(export)
    return [created[truth.memory_id] - truth.said_at for truth in export.truths if truth.said_at]


def _sources(export: LabelledExport) -> dict[str, str | None]:
    return {truth.memory_id: truth.conversation_id for truth in export.truths}
