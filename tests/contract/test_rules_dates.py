"""Identity and dates of exports: the content and an explicit date make the id, and the best date counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_STORED

import pytest
from support.chatgpt import Json, as_bytes, conversation, user
from support.lakes import ask, entity, export_folder, lake_of, memory, relations, take_in
from support.samples import JANUARY, zip_sample
from support.zips import write_files, write_zip

import memlake
from memlake.jobs.summary import ExportReceipt

FIRST_OF_MAY = datetime(2025, 5, 1, tzinfo=UTC)
LISTED = [memory("m1", "User plays the cello.")]
FILES = {
    "conversations.json": as_bytes([conversation("c1", user("hi"))]),
    "memory.json": as_bytes(LISTED),
    "user.json": as_bytes({"id": "user-1", "chatgpt_plus_user": False}),
}


def dated(lake: Path, export: Path, exported_at: datetime | None = FIRST_OF_MAY) -> ExportReceipt:
    """Ingest an export with an explicit date."""
    (receipt,) = memlake.ingest(export, lake=lake, exported_at=exported_at).exports
    return receipt


def bases(lake: Path) -> list[tuple[object, ...]]:
    """Return when each export was made, and how that is known."""
    return ask(lake, "select exported_at::date::varchar, exported_at_basis from exports order by all")


@pytest.fixture(scope="module")
def january(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of the sample from January, taken in as a folder; tests only read it."""
    return lake_of(tmp_path_factory.mktemp("january") / "lake", JANUARY)


def test_the_same_export_in_any_wrapping_is_known(january: Path, tmp_path: Path) -> None:
    """As a ZIP, with a top folder, stored instead of packed, in another order, and as a ZIP inside a ZIP."""
    texts = {path.name: path.read_bytes() for path in JANUARY.iterdir() if path.suffix in (".json", ".html")}
    packed = zip_sample(JANUARY, tmp_path)
    wrapped = {
        "packed": packed,
        "in a folder": zip_sample(JANUARY, tmp_path, name="in-folder.zip", top_folder=True),
        "stored": write_zip(tmp_path / "stored.zip", dict(reversed(texts.items())), method=ZIP_STORED),
        "doubly": write_zip(tmp_path / "doubly.zip", {"inner.zip": packed.read_bytes()}),
    }
    outcomes = {
        name: memlake.ingest(path, lake=january, dry_run=True).exports[0].outcome for name, path in wrapped.items()
    }
    assert outcomes == dict.fromkeys(wrapped, "known")


def test_the_id_does_not_depend_on_the_wrapping(january: Path, tmp_path: Path) -> None:
    """A lake that starts from the ZIP gives the export the same id."""
    receipt = take_in(tmp_path / "lake", zip_sample(JANUARY, tmp_path))
    assert [(receipt.export_id,)] == ask(january, "select export_id from exports")


def test_ingest_twice_is_ingest_once(tmp_path: Path) -> None:
    """The second time not one byte of the database changes, and no run is written down."""
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, memories=LISTED))
    database = lake / "memlake.duckdb"
    before = (database.read_bytes(), database.stat().st_mtime_ns, database.stat().st_ino)

    receipt = take_in(lake, tmp_path / "export")

    assert (database.read_bytes(), database.stat().st_mtime_ns, database.stat().st_ino) == before
    assert receipt.outcome == "known"
    assert (entity(receipt, "memories").total, entity(receipt, "memories").new) == (1, 0)


def test_an_explicit_date_comes_before_all_others(tmp_path: Path) -> None:
    """The option beats the name of the file."""
    lake = tmp_path / "lake"
    dated(lake, write_zip(tmp_path / "export-2025-04-01.zip", FILES))
    assert bases(lake) == [("2025-05-01", "option")]


def test_a_manifest_comes_before_the_name(tmp_path: Path) -> None:
    """A list of parts says when the delivery was made."""
    part = write_zip(tmp_path / "download-2025-04-01" / "conversations-000.zip", FILES)
    manifest = {"created_at": "2025-03-01T00:00:00Z", "data_files": [{"filename": "conversations-000.zip"}]}
    write_files(part.parent, {"manifest.json": as_bytes(manifest)})
    assert bases(lake_of(tmp_path / "lake", part.parent)) == [("2025-03-01", "manifest")]


def test_a_full_date_in_the_name_comes_before_the_records(tmp_path: Path) -> None:
    """Midnight in UTC."""
    lake = lake_of(tmp_path / "lake", write_zip(tmp_path / "export-2025-04-01.zip", FILES))
    assert bases(lake) == [("2025-04-01", "name")]


def test_the_newest_record_comes_before_the_time_of_a_member(tmp_path: Path) -> None:
    """An export is at least as new as what is in it."""
    lake = lake_of(tmp_path / "lake", write_zip(tmp_path / "export.zip", FILES))
    assert bases(lake) == [("2025-01-01", "newest_record")]


def test_the_time_of_a_member_comes_last(tmp_path: Path) -> None:
    """A ZIP of nothing but an empty list still was packed at some time."""
    files = {"memory.json": as_bytes([memory("m1", "User plays the cello.", None)])}
    assert bases(lake_of(tmp_path / "lake", write_zip(tmp_path / "export.zip", files))) == [
        ("2026-02-03", "member_time")
    ]


def test_without_any_sign_an_export_has_no_date(tmp_path: Path) -> None:
    """The receipt says so and offers the option."""
    lake = tmp_path / "lake"
    receipt = take_in(lake, export_folder(tmp_path, memories=[memory("m1", "User plays the cello.", None)]))
    assert bases(lake) == [(None, "none")]
    assert any("--exported-at" in note for note in receipt.notes)


def test_a_later_date_dates_a_known_export(tmp_path: Path) -> None:
    """Everything is then as if the date had been given at once, the id too; no record is read again."""
    export = export_folder(tmp_path, conversations=[conversation("c1", user("hi"))], memories=LISTED)
    late, at_once = tmp_path / "late", tmp_path / "at-once"
    take_in(late, export)

    receipt = dated(late, export)

    assert receipt.outcome == "dated"
    assert sum(file.stored for file in receipt.files) == 0
    dated(at_once, export)
    assert relations(late) == relations(at_once)


def test_another_date_is_another_sighting(tmp_path: Path) -> None:
    """The same content at another time: a new export of known records, and a longer life of what is in it."""
    lake = tmp_path / "lake"
    export = export_folder(
        tmp_path, "export-2025-04-01", memories=LISTED, conversations=[conversation("c1", user("hi"))]
    )
    take_in(lake, export)
    records = ask(lake, "select count(*) from raw.records")

    receipt = dated(lake, export)

    assert receipt.outcome == "seen_again"
    assert bases(lake) == [("2025-04-01", "name"), ("2025-05-01", "option")]
    assert ask(lake, "select count(*) from raw.records") == records
    assert ask(lake, "select last_seen_at::date::varchar from memories") == [("2025-05-01",)]
    assert ask(lake, "select distinct memory_count from exports") == [(1,)]


def test_two_dates_in_either_order_are_the_same_two_exports(tmp_path: Path) -> None:
    """An id comes from the content and the date, never from the order of ingest."""
    export = export_folder(tmp_path, memories=LISTED)
    moments = [FIRST_OF_MAY, datetime(2025, 6, 1, tzinfo=UTC)]
    forwards, backwards = tmp_path / "forwards", tmp_path / "backwards"
    for moment in moments:
        dated(forwards, export, moment)
    for moment in reversed(moments):
        dated(backwards, export, moment)
    assert len(bases(forwards)) == 2
    assert relations(forwards) == relations(backwards)


def test_a_dated_export_without_its_date_is_known(tmp_path: Path) -> None:
    """Nothing new is said."""
    lake = tmp_path / "lake"
    export = export_folder(tmp_path, memories=LISTED)
    dated(lake, export)
    assert take_in(lake, export).outcome == "known"
    assert dated(lake, export).outcome == "known"


def test_a_date_without_a_zone_is_utc(tmp_path: Path) -> None:
    """The same date with a zone is no other one."""
    lake = tmp_path / "lake"
    export = export_folder(tmp_path, memories=LISTED)
    dated(lake, export, FIRST_OF_MAY.replace(tzinfo=None))
    assert dated(lake, export).outcome == "known"
    assert bases(lake) == [("2025-05-01", "option")]


def test_another_sighting_of_a_loose_list_stays_with_its_account(tmp_path: Path) -> None:
    """Whose it is was said once."""
    lake = tmp_path / "lake"
    told: list[Json] = [conversation("c1", user("hi"))]
    for number in (1, 2):
        take_in(lake, export_folder(tmp_path, f"export-{number}", conversations=told, user=f"user-{number}"))
    loose = write_files(tmp_path, {"memory-2025-04-01.json": as_bytes(LISTED)}) / "memory-2025-04-01.json"
    owner = ask(lake, "select account_key from accounts order by 1 limit 1")[0][0]
    take_in(lake, loose, account=str(owner))

    receipt = dated(lake, loose)

    assert (receipt.outcome, receipt.account_key) == ("seen_again", owner)


def test_exports_of_one_time_keep_their_order_and_say_so(tmp_path: Path) -> None:
    """Whichever came first, the same one counts as the newer."""
    one = export_folder(tmp_path, "one-2025-04-01", memories=[memory("m1", "User plays the cello.")], user="user-1")
    other = export_folder(tmp_path, "other-2025-04-01", memories=[memory("m1", "User plays the piano.")], user="user-1")
    lake = tmp_path / "lake"
    take_in(lake, one)

    receipt = take_in(lake, other)

    assert any("same time" in note for note in receipt.notes)
    assert relations(lake) == relations(lake_of(tmp_path / "backwards", other, one))
