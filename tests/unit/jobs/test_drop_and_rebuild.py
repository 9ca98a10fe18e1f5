"""Taking an export out, and reading every export again: nothing is lost that should stay."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from support.chatgpt import as_bytes, assistant, bio_call, conversation, numbered, user
from support.lakes import Json, ask, change, export_folder, lake_of, memory, relations, take_in

import memlake
from memlake.errors import LakeError
from memlake.jsontext import JsonBytes
from memlake.model import Ignored, MemoryRow, Parsed, Reject
from memlake.providers import chatgpt

TOLD = numbered(user("remember it"), *bio_call("User likes tea."), assistant("Noted."), user("thanks"))
CELLO, PIANO, DOG = (memory("m1", "User plays the cello."), memory("m1", "User plays the piano."), memory("m2", "Dog."))
TABLE = "create table my.notes as select 1 as number"
VIEW = "create view my.titles as select title from conversations"


def first(folder: Path) -> Path:
    """Write an export of February."""
    told: list[Json] = [conversation("c1", *TOLD[:4]), conversation("c2", user("hi"))]
    return export_folder(folder, "export-2025-02-01", conversations=told, memories=[CELLO, DOG], user="user-1")


def second(folder: Path) -> Path:
    """Write an export of March that shares, changes and lacks something."""
    told: list[Json] = [conversation("c1", *TOLD, dialect="slim"), conversation("c2", user("hi")), conversation("c3")]
    return export_folder(folder, "export-2025-03-01", conversations=[*told, "bad"], memories=[PIANO], user="user-1")


def id_of(lake: Path, file_name: str) -> str:
    """Return the id of an export."""
    (row,) = ask(lake, "select export_id from exports where file_name = $name", name=file_name)
    return str(row[0])


def drop(lake: Path, file_name: str) -> None:
    """Drop an export by its name."""
    memlake.Lake(lake).drop_export(id_of(lake, file_name)[:10], yes=True)


def files_of(lake: Path) -> dict[str, bytes]:
    """Return all files of a lake."""
    return {path.name: path.read_bytes() for path in lake.rglob("*") if path.is_file()}


def raw_contents(lake: Path) -> set[str]:
    """Return the names in the raw zone."""
    return {path.name for path in (lake / "exports").iterdir()}


@pytest.mark.parametrize("dropped", ["export-2025-02-01", "export-2025-03-01"])
def test_a_dropped_export_was_never_there(tmp_path: Path, dropped: str) -> None:
    """Every relation is what it is without it, shared records included; only its own copy leaves the raw zone."""
    exports = {path.name: path for path in (first(tmp_path), second(tmp_path))}
    lake = lake_of(tmp_path / "lake", *exports.values())
    exports.pop(dropped)
    without = lake_of(tmp_path / "without", *exports.values())

    drop(lake, dropped)

    assert relations(lake) == relations(without)
    assert raw_contents(lake) == raw_contents(without)
    assert len(raw_contents(lake)) == 1


def test_a_plan_changes_nothing_and_says_what_would_go(tmp_path: Path) -> None:
    """Without confirmation the lake stays the same to the byte."""
    lake = lake_of(tmp_path / "lake", first(tmp_path), second(tmp_path))
    before = files_of(lake)
    plan = memlake.Lake(lake).drop_export(id_of(lake, "export-2025-03-01"))
    assert files_of(lake) == before
    assert (plan.is_done, plan.conversations_lost, plan.messages_lost, plan.memories_lost) == (False, 1, 1, 0)


def test_a_plan_counts_the_history_that_would_go(tmp_path: Path) -> None:
    """An export between two others holds nothing of its own but changes that only it shows."""
    listed: list[list[Json]] = [[CELLO, DOG], [PIANO], [CELLO, DOG]]
    exports = [
        export_folder(tmp_path, f"export-2025-0{month}-01", memories=memories, user="user-1")
        for month, memories in enumerate(listed, start=2)
    ]
    lake = lake_of(tmp_path / "lake", *exports)

    plan = memlake.Lake(lake).drop_export(id_of(lake, "export-2025-03-01"))

    assert (plan.memories_lost, plan.changes_lost) == (0, 4)


def test_a_drop_is_written_down(tmp_path: Path) -> None:
    """In the relation runs, like every job that changes the lake."""
    lake = lake_of(tmp_path / "lake", first(tmp_path))
    drop(lake, "export-2025-02-01")
    assert ask(lake, "select job from runs order by started_at") == [("ingest",), ("exports drop",)]
    assert ask(lake, "select count(*) from raw.records") == [(0,)]


def test_one_of_two_sightings_can_be_dropped(tmp_path: Path) -> None:
    """The content stays for the other one, also in the raw zone."""
    export = first(tmp_path)
    again = shutil.copytree(export, tmp_path / "export-2025-05-01")
    lake = lake_of(tmp_path / "lake", export, again)
    drop(lake, "export-2025-02-01")
    assert relations(lake) == relations(lake_of(tmp_path / "without", again))
    assert len(raw_contents(lake)) == 1


def test_a_loose_list_joins_another_account_when_its_own_is_dropped(tmp_path: Path) -> None:
    """And stays with that one when a third arrives."""
    owned = [
        export_folder(tmp_path, f"owned-{n}", conversations=[conversation(f"c{n}")], user=f"u{n}") for n in (1, 2, 3)
    ]
    loose = export_folder(tmp_path, "loose", memories=[CELLO])
    lake = lake_of(tmp_path / "lake", owned[0], loose, owned[1])
    drop(lake, "owned-1")
    lake_of(lake, owned[2])
    assert relations(lake)["exports"] == relations(lake_of(tmp_path / "without", loose, owned[1], owned[2]))["exports"]


def test_what_a_user_made_survives_every_job(tmp_path: Path) -> None:
    """Tables and views in the schema `my`, through ingest, rebuild and drop."""
    lake = lake_of(tmp_path / "lake", first(tmp_path))
    change(lake, TABLE, VIEW)
    lake_of(lake, second(tmp_path))
    memlake.Lake(lake).rebuild()
    drop(lake, "export-2025-03-01")
    assert ask(lake, "from my.notes") == [(1,)]
    assert ask(lake, "select count(*) from my.titles") == [(2,)]


def test_a_rebuilt_lake_tells_the_same(tmp_path: Path) -> None:
    """From the raw zone alone; dates, moved accounts and further sightings stay."""
    export = first(tmp_path)
    again = shutil.copytree(export, tmp_path / "export-2025-05-01")
    lake = lake_of(tmp_path / "lake", export, second(tmp_path), again)
    take_in(lake, export_folder(tmp_path, "loose", memories=[DOG]), account="somebody")
    before = relations(lake)
    shutil.rmtree(export)
    shutil.rmtree(again)

    summary = memlake.Lake(lake).rebuild()

    assert relations(lake) == before
    assert summary.export_count == 4
    assert ask(lake, "select count(*) from raw.records") == [(summary.record_count,)]


def test_without_a_copy_the_original_is_read_again(tmp_path: Path) -> None:
    """`--keep none` refers to the file that was passed."""
    lake = tmp_path / "lake"
    export = first(tmp_path)
    memlake.ingest(export, lake=lake, keep="none")
    before = relations(lake)
    assert raw_contents(lake) == set()
    memlake.Lake(lake).rebuild()
    assert relations(lake) == before


def remove(export: Path) -> None:
    """Take an export away."""
    shutil.rmtree(export)


def alter(export: Path) -> None:
    """Change an export's list."""
    (export / "memory.json").write_bytes(as_bytes([PIANO]))


def split(export: Path) -> None:
    """Make two exports of one."""
    for name in ("one", "two"):
        export_folder(export, name, memories=[CELLO])
    for path in export.glob("*.json"):
        path.unlink()


def empty(export: Path) -> None:
    """Leave nothing of an export but its folder."""
    for path in export.iterdir():
        path.unlink()


@pytest.mark.parametrize(
    ("damage", "words"),
    [(remove, "not there"), (alter, "not what it was"), (split, "has become 2 exports"), (empty, "holds no export")],
)
def test_what_cannot_be_read_again_is_named(tmp_path: Path, damage: Callable[[Path], None], words: str) -> None:
    """Neither in the raw zone nor where it was, or not the same there: nothing changes."""
    lake = tmp_path / "lake"
    export = first(tmp_path)
    memlake.ingest(export, second(tmp_path), lake=lake, keep="none")
    damage(export)
    before = relations(lake)
    with pytest.raises(memlake.MemlakeError, match=words) as caught:
        memlake.Lake(lake).rebuild()
    assert "export-2025-02-01" in caught.value.message
    assert relations(lake) == before


def test_a_missing_copy_is_a_problem_that_status_names(tmp_path: Path) -> None:
    """With the original still there a rebuild works all the same."""
    lake = lake_of(tmp_path / "lake", first(tmp_path))
    for path in (lake / "exports").iterdir():
        path.unlink()
    assert "export-2025-02-01" in memlake.Lake(lake).status().problems[0]
    assert memlake.Lake(lake).rebuild().export_count == 1


def shouting(entity: str, record: JsonBytes) -> Parsed | Ignored | Reject:
    """Parse as a newer version does that reads memories in capitals."""
    outcome = chatgpt.parse(entity, record)
    if isinstance(outcome, Parsed) and MemoryRow in outcome.rows:
        rows = [
            row._replace(content=row.content.upper()) for row in outcome.rows[MemoryRow] if isinstance(row, MemoryRow)
        ]
        return Parsed(rows={MemoryRow: list(rows)}, shapes=outcome.shapes)
    return outcome


@pytest.fixture
def newer_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the next jobs run as after an update of memlake."""
    newer = replace(chatgpt.PROVIDER, parser_version=chatgpt.PROVIDER.parser_version + 1, parse=shouting)
    monkeypatch.setattr(chatgpt, "PROVIDER", newer)


def updated(request: pytest.FixtureRequest) -> None:
    """Update memlake now."""
    request.getfixturevalue("newer_parser")


def test_a_newer_parser_reaches_old_rows_at_the_next_ingest(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """All old rows are read anew from the raw zone, whatever comes in."""
    export = first(tmp_path)
    lake = lake_of(tmp_path / "lake", export)
    listed = "from memories where channel = 'memory_file' order by memory_id"
    expected = ask(lake, f"select upper(content) {listed}")
    updated(request)

    assert take_in(lake, export).outcome == "known"

    assert ask(lake, f"select content {listed}") == expected


def test_a_newer_parser_reaches_what_is_shared_where_exports_are_gone(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """What an export shares with older ones is read anew, and changes in all of them; records stay one each."""
    export = export_folder(tmp_path, "export-2025-02-01", memories=[CELLO, DOG], user="user-1")
    lake = tmp_path / "lake"
    memlake.ingest(export, lake=lake, keep="none")
    shutil.rmtree(export)
    updated(request)

    receipt = take_in(lake, export_folder(tmp_path, "export-2025-03-01", memories=[CELLO, CELLO], user="user-1"))

    assert ask(lake, "select content from memories order by memory_id") == [("USER PLAYS THE CELLO.",), ("Dog.",)]
    assert ask(lake, "select count(*), count(distinct record_sha256) from raw.records") == [(3, 3)]
    assert [file.duplicate for file in receipt.files if file.entity == "memories"] == [1]


def test_a_newer_parser_reaches_all_rows_at_a_rebuild(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """From the raw zone, without the original."""
    export = export_folder(tmp_path, memories=[CELLO, DOG])
    lake = lake_of(tmp_path / "lake", export)
    shutil.rmtree(export)
    updated(request)
    memlake.Lake(lake).rebuild()
    assert ask(lake, "select content from memories order by memory_id") == [("USER PLAYS THE CELLO.",), ("DOG.",)]


def test_a_result_that_a_data_test_refuses_is_undone(tmp_path: Path) -> None:
    """The lake stays as it was, and the message says which test found what."""
    lake = lake_of(tmp_path / "lake", first(tmp_path))
    change(lake, "insert into raw.sightings values (1, 1, 99, 999, 'kept', null)")
    before = files_of(lake)
    with pytest.raises(LakeError, match="inconsistent"):
        memlake.ingest(second(tmp_path), lake=lake)
    assert files_of(lake) == before
    assert memlake.Lake(lake).status().problems
