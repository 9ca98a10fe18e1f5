"""The receipt: every record accounted for, and everything said that one should know."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from support.chatgpt import Json, as_bytes, assistant, bio_call, conversation, user
from support.lakes import ask, entity, export_folder, memory, relations, take_in
from support.pasted import written_out
from support.zips import RawEntry, write_raw_zip, write_zip

import memlake
from memlake.errors import ExitCode, LakeError, UsageError
from memlake.jobs.summary import ExportReceipt, FileReceipt

HELLO = conversation("c1", user("hi"), *bio_call("User likes tea."), assistant("Hello."))
FIRST: list[object] = [HELLO, conversation("c2", user("hi")), conversation("c3", user("hi"))]
SECOND: list[object] = [
    HELLO,
    HELLO,
    conversation("c2", user("hi"), assistant("Hello."), new_key=1),
    {"title": "no id"},
    "lost in export",
]
LISTED = [memory("m1", "User plays the cello."), memory("m2", "User has a dog.")]
EDITED = [memory("m1", "User plays the piano."), memory("m3", "User lives in Lyon.")]


@pytest.fixture(scope="module")
def receipts(tmp_path_factory: pytest.TempPathFactory) -> tuple[ExportReceipt, ExportReceipt]:
    """Return the receipts of two exports of one account, the second one with flaws."""
    folder = tmp_path_factory.mktemp("receipts")
    files = {"notes.json": b'{"nobody": "knows"}', "shopping.json": as_bytes({"cart": []}), "photo.png": b"\x89PNG"}
    first = export_folder(folder, "export-2025-02-01", conversations=FIRST, memories=LISTED, user="user-1")
    second = export_folder(
        folder, "export-2025-03-01", conversations=SECOND, memories=EDITED, user="user-1", files=files
    )
    return take_in(folder / "lake", first), take_in(folder / "lake", second)


def file_of(receipt: ExportReceipt, name: str) -> FileReceipt:
    """Return what a receipt says about a file."""
    return next(file for file in receipt.files if file.file_name == name)


def test_every_record_is_accounted_for(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """Records in = stored + unchanged + duplicate + ignored + rejected, for every file."""
    files = [file for receipt in receipts for file in receipt.files]
    balance = [file.stored + file.unchanged + file.duplicate + file.ignored + file.rejected for file in files]
    assert balance == [file.records for file in files]
    assert len(files) == 8


def test_a_file_counts_what_became_of_its_records(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """One known, one twice, one new, two that could not be read, each with its reason."""
    file = file_of(receipts[1], "conversations.json")
    counts = (file.records, file.stored, file.unchanged, file.duplicate, file.ignored, file.rejected)
    assert counts == (5, 1, 1, 1, 0, 2)
    assert len(file.rules) == 2


def test_the_first_rejects_are_named(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """By file, row and reason, none of the private text; the export counts as partly read."""
    rejects = receipts[1].first_rejects
    assert [(reject.file_name, reject.row_number) for reject in rejects] == [
        ("conversations.json", 4),
        ("conversations.json", 5),
    ]
    assert not any("lost" in reject.reason for reject in rejects)
    assert (receipts[0].is_whole, receipts[1].is_whole) == (True, False)


def test_a_file_that_nobody_knows_is_ignored_by_a_named_rule(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """So is one that is known to hold nothing of interest; a picture is only counted."""
    found = {name: file_of(receipts[1], name) for name in ("notes.json", "shopping.json")}
    assert {name: (file.records, file.ignored, len(file.rules)) for name, file in found.items()} == {
        "notes.json": (1, 1, 1),
        "shopping.json": (1, 1, 1),
    }
    assert found["notes.json"].entity is None
    assert receipts[1].media_count == 1


def test_entities_are_counted_against_what_was_known(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """New, updated, unchanged and vanished, of conversations and memories."""
    second = {name: entity(receipts[1], name) for name in ("conversations", "memories", "memory_events")}
    counts = {name: (e.total, e.new, e.updated, e.unchanged, e.vanished) for name, e in second.items()}
    assert counts == {
        "conversations": (2, 0, 1, 1, None),
        "memories": (2, 1, 1, 0, 1),
        "memory_events": (1, 0, 0, 1, None),
    }


def test_a_first_export_is_all_new(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """And nothing can have vanished."""
    told = entity(receipts[0], "conversations")
    assert (told.total, told.new, told.vanished) == (3, 3, None)


def test_fields_are_compared_with_the_export_before(receipts: tuple[ExportReceipt, ExportReceipt]) -> None:
    """A key that no export had is new; the first export has nothing to be compared with."""
    assert receipts[0].fields.new == ()
    assert "conversation.new_key" in receipts[1].fields.new
    assert receipts[1].fields.vanished == ()


def test_fields_that_are_gone_are_named(tmp_path: Path) -> None:
    """In the order of ingest by date, whichever export came first."""
    lake = tmp_path / "lake"
    told = conversation("c1", user("hi"), old_key=1)
    take_in(lake, export_folder(tmp_path, "export-2025-02-01", conversations=[told], user="user-1"))
    later = export_folder(tmp_path, "export-2025-03-01", conversations=[conversation("c1", user("hi"))], user="user-1")
    assert "conversation.old_key" in take_in(lake, later).fields.vanished


@pytest.mark.parametrize(
    ("export", "words"),
    [
        pytest.param({"conversations": FIRST}, "no memory list", id="no-list"),
        pytest.param({"memories": []}, "the memory list is empty", id="empty-list"),
        pytest.param({"conversations": [conversation("c1", user("hi"), dialect="slim")]}, "no tool layer", id="slim"),
        pytest.param({"conversations": FIRST}, "dated by its newest record", id="newest-record"),
        pytest.param(
            {
                "conversations": [
                    conversation("c1", user("Remember that I have a dog."), assistant("Noted."), dialect="slim")
                ]
            },
            "1 likely save",
            id="likely",
        ),
    ],
)
def test_a_note_says_what_an_export_cannot_tell(tmp_path: Path, export: dict[str, list[Json]], words: str) -> None:
    """Blind spots and assumptions stand in the receipt."""
    receipt = take_in(tmp_path / "lake", export_folder(tmp_path, user="user-1", **export))  # type: ignore[arg-type]
    assert any(words in note for note in receipt.notes)


def test_a_run_is_written_down_with_its_receipt(tmp_path: Path) -> None:
    """As JSON that says the same as the receipt."""
    lake = tmp_path / "lake"
    receipt = take_in(lake, export_folder(tmp_path, memories=LISTED))
    ((job, summary),) = ask(lake, "select job, summary from runs")
    assert job == "ingest"
    assert orjson.loads(str(summary)) == orjson.loads(orjson.dumps(receipt))


def test_an_unsafe_member_is_skipped_and_named(tmp_path: Path) -> None:
    """The rest of the ZIP is read, and a rebuild from the copy tells the same."""
    entries = [RawEntry(name=b"memory.json", data=as_bytes(LISTED)), RawEntry(name=b"../escape.json")]
    lake = tmp_path / "lake"
    receipt = take_in(lake, write_raw_zip(tmp_path / "export.zip", entries))
    skipped = next(file for file in receipt.files if file.status == "skipped")
    assert (skipped.records, receipt.is_whole, receipt.memory_count) == (0, False, 2)
    before = relations(lake)
    memlake.Lake(lake).rebuild()
    assert relations(lake) == before


def test_a_conversation_of_any_length_lands_whole(tmp_path: Path) -> None:
    """More messages than one batch takes; another ZIP of the same account is new."""
    lake = tmp_path / "lake"
    turns = [user("hi") for _ in range(5_000)]
    for name, told in (("long", conversation("c1", *turns)), ("short", conversation("c2", user("hi")))):
        receipt = take_in(lake, write_zip(tmp_path / f"{name}.zip", {"conversations.json": as_bytes([told])}))
        assert receipt.outcome == "new"
    assert ask(lake, "select message_count from conversations order by 1 desc") == [(5_000,), (1,)]
    assert ask(lake, "select count(distinct position) from messages where conversation_id = 'c1'") == [(5_000,)]


def test_a_bad_export_does_not_stop_the_others(tmp_path: Path) -> None:
    """It is refused by name; the rest lands, and the exit code says that something was left out."""
    bad = export_folder(tmp_path, "bad", files={"notes.json": b'{"nobody": "knows"}'})
    good = export_folder(tmp_path, "good", memories=LISTED)
    summary = memlake.ingest(bad, tmp_path / "nowhere.zip", good, lake=tmp_path / "lake")
    assert sorted(refused.file_name for refused in summary.refused) == ["bad", "nowhere.zip"]
    assert [export.file_name for export in summary.exports] == ["good"]
    assert summary.exit_code is ExitCode.PARTLY_READ


def test_only_bad_exports_are_a_failure(tmp_path: Path) -> None:
    """No lake is left in which there is nothing to ask."""
    bad = export_folder(tmp_path, "bad", files={"notes.json": b'{"nobody": "knows"}'})
    summary = memlake.ingest(bad, lake=tmp_path / "lake")
    assert summary.exit_code is ExitCode.FAILURE
    assert not (tmp_path / "lake" / "memlake.duckdb").exists()


def test_a_rehearsal_changes_nothing(tmp_path: Path) -> None:
    """A dry run tells what would happen, of a new lake and of one that is there."""
    lake = tmp_path / "lake"
    first = export_folder(tmp_path, "first", conversations=FIRST, user="user-1")
    rehearsed = memlake.ingest(first, lake=lake, dry_run=True)
    assert (rehearsed.exports[0].outcome, lake.exists()) == ("new", False)
    take_in(lake, first)
    before = {path.name: path.read_bytes() for path in lake.rglob("*") if path.is_file()}

    summary = memlake.ingest(export_folder(tmp_path, "second", memories=LISTED), lake=lake, dry_run=True)

    assert (summary.exports[0].outcome, summary.is_dry_run) == ("new", True)
    assert {path.name: path.read_bytes() for path in lake.rglob("*") if path.is_file()} == before


def test_an_unknown_provider_is_a_mistake_of_usage(tmp_path: Path) -> None:
    """The export is refused with the exit code of a wrong word."""
    summary = memlake.ingest(export_folder(tmp_path, memories=LISTED), lake=tmp_path / "lake", provider="nobody")
    assert summary.exit_code is ExitCode.USAGE


def test_a_lake_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Reading, dropping and rebuilding name the folder and say how to begin."""
    lake = memlake.Lake(tmp_path / "lake")
    for read in (lake.status, lake.exports, lake.rebuild, lake.memories):
        with pytest.raises(LakeError, match="there is no lake"):
            read()
    with pytest.raises(LakeError, match="there is no lake"):
        lake.drop_export("abc", yes=True)
    assert not (tmp_path / "lake").exists()


def test_an_export_that_is_not_there_cannot_be_dropped(tmp_path: Path) -> None:
    """Neither by an id that nothing has, nor by none."""
    exports = [export_folder(tmp_path, name, memories=[memory(name, "User has a dog.")]) for name in ("one", "two")]
    for export in exports:
        take_in(tmp_path / "lake", export)
    lake = memlake.Lake(tmp_path / "lake")
    for words in ("zzz", ""):
        with pytest.raises(UsageError, match="no export is called"):
            lake.drop_export(words, yes=True)
    assert len(lake.exports()) == 2


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (("User works for us.", "Likes rain."), []),
        (("User works for us.", "User works for US."), ["1 entry says the same as another one"]),
        (("Likes tea.", "likes  tea.", "LIKES TEA."), ["2 entries say the same as another one"]),
    ],
)
def test_entries_that_are_one_memory_are_told(tmp_path: Path, entries: tuple[str, ...], said: list[str]) -> None:
    """They differ only in case and spaces; otherwise the list would seem to have lost some."""
    receipt = take_in(tmp_path / "lake", written_out(tmp_path, *entries))

    assert [note.partition(",")[0] for note in receipt.notes if "the same as" in note] == said
    assert receipt.repeated_count == len(entries) - receipt.memory_count
