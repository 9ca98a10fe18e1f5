"""Claude's deliveries, incomplete and mixed up: what is missing is named, nothing is taken for what it is not."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.claude_delivery import (
    as_json,
    chat,
    classic,
    delivered,
    manifest,
    parts,
    person,
    remembered_text,
)
from support.commandline import memlake_here
from support.lakes import ask, take_in
from support.tiny import first_export, leftovers, remembered
from support.zips import write_files, write_zip

import memlake
from memlake.errors import ExitCode
from memlake.hashing import short_hash

PARTS = parts()
OWNER, OTHER = (f"claude:{short_hash(name, 12)}" for name in ("account-1", "account-2"))
ENTITIES = {"conversations": "conversations", "memory_events": "conversations", "memories": "memories"}
"""Which category of parts holds what."""

EDIT, STATEMENT = "User lives in Lyon", "Noa teaches."


def coverage(lake: Path) -> dict[str, str]:
    """Return how much of each kind of thing the only export holds."""
    return dict(ask(lake, "select entity, status from export_coverage"))


def contents(lake: Path) -> list[str]:
    """Return what the assistant remembers."""
    return [text for (text,) in ask(lake, "select content from memories order by 1")]


def test_a_whole_delivery_is_one_export(tmp_path: Path) -> None:
    """Exit 0; its manifest dates it."""
    done = memlake_here("ingest", delivered(tmp_path / "claude", PARTS), cwd=tmp_path)

    assert (done.exit_code, done.stderr) == (0, "")
    assert set(coverage(tmp_path / "lake").values()) == {"complete"}
    assert ask(tmp_path / "lake", "select account_key, exported_at_basis, memory_count from exports") == [
        (OWNER, "manifest", 1)
    ]


def test_a_manifest_without_its_parts_is_refused(tmp_path: Path) -> None:
    """The message lists what to download, and the hint says what to do with it."""
    folder = delivered(tmp_path / "claude", PARTS, only=())

    for path in (folder, folder / "manifest.json"):
        done = memlake_here("ingest", path, cwd=tmp_path)
        error, hint = done.stderr.splitlines()
        assert done.exit_code == 1
        assert all(name in error for name in PARTS)
        assert hint == "hint: download the parts it lists and pass all of them together"
    assert not (tmp_path / "lake" / "memlake.duckdb").exists()


@pytest.mark.parametrize("has_only_one", [True, False])
@pytest.mark.parametrize("name", PARTS)
def test_missing_parts_are_named(tmp_path: Path, name: str, *, has_only_one: bool) -> None:
    """Exit 3; what is there is in, and what the missing ones held by their names does not count as whole."""
    only = {name} if has_only_one else set(PARTS) - {name}

    summary = memlake.ingest(delivered(tmp_path / "claude", PARTS, only=only), lake=tmp_path / "lake")

    (receipt,) = summary.exports
    assert summary.exit_code is ExitCode.PARTLY_READ
    assert receipt.missing_parts == tuple(sorted(set(PARTS) - only))
    missing = {category for category in ENTITIES.values() if any(category in part for part in set(PARTS) - only)}
    partial = {entity for entity, status in coverage(tmp_path / "lake").items() if status == "partial"}
    assert partial == {entity for entity, category in ENTITIES.items() if category in missing}
    assert contents(tmp_path / "lake") == [
        text for text, part in ((STATEMENT, "memories"), (EDIT, "conversations")) if any(part in it for it in only)
    ]


@pytest.mark.parametrize(
    ("name", "expected", "exit_code"),
    [
        ("light_metadata-000.zip", ("absent", "absent", "absent"), 0),
        ("conversations-000.zip", ("partial", "absent", "partial"), 0),
        ("conversations-001.zip", ("partial", "absent", "partial"), 3),
        ("memories-000.zip", ("absent", "partial", "absent"), 0),
        ("projects-000.zip", ("absent", "absent", "absent"), 0),
    ],
)
def test_a_part_on_its_own_covers_what_it_holds(
    tmp_path: Path, name: str, expected: tuple[str, ...], exit_code: int
) -> None:
    """Without a manifest it may be one of many; a gap in the numbers shows that something is missing."""
    path = delivered(tmp_path / "claude", PARTS, only=[name], has_manifest=False) / name

    summary = memlake.ingest(path, lake=tmp_path / "lake")

    found = coverage(tmp_path / "lake")
    assert tuple(found[entity] for entity in ("conversations", "memories", "memory_events")) == expected
    assert summary.exit_code == exit_code


def test_a_part_without_its_manifest_closes_nothing(tmp_path: Path) -> None:
    """What other parts may hold has not vanished; the receipt says why nothing can be known of it."""
    take_in(tmp_path / "lake", delivered(tmp_path / "whole", PARTS))
    part = delivered(tmp_path / "later", PARTS, only=["conversations-000.zip"], has_manifest=False)

    receipt = take_in(tmp_path / "lake", part / "conversations-000.zip")

    assert "no manifest came with its parts, so some may be missing: pass it and all parts together" in receipt.notes
    assert ask(tmp_path / "lake", "from conversation_changes where change_kind = 'vanished'") == []
    assert ask(tmp_path / "lake", "from memories where state = 'deleted'") == []


@pytest.mark.parametrize("has_manifest", [True, False])
def test_what_came_in_parts_can_go_once_all_of_it_is_here(tmp_path: Path, *, has_manifest: bool) -> None:
    """The receipt of the whole names the exports that it makes needless."""
    part = delivered(tmp_path / "part", PARTS, only=["memories-000.zip"], has_manifest=has_manifest)
    (first,) = memlake.ingest(part, lake=tmp_path / "lake").exports

    whole = take_in(tmp_path / "lake", delivered(tmp_path / "whole", PARTS))

    assert f"which can go: memlake exports drop {first.export_id}" in "\n".join(whole.notes)
    assert not any("the same time" in note for note in whole.notes)


def test_prose_that_was_rewritten_later_than_the_newest_chat_dates_an_export(tmp_path: Path) -> None:
    """A file of memory says when it was changed."""
    file = {"path": "/garden.md", "content": "Noa grows beans.", "updated_at": "2026-09-30T08:00:00Z"}
    text = remembered_text() | {"memory_files": [file]}
    files = {"conversations.json": as_json([chat("c1")]), "memories.json": as_json([text])}

    take_in(tmp_path / "lake", write_files(tmp_path / "claude", files))

    assert ask(tmp_path / "lake", "select exported_at::date::varchar, exported_at_basis from exports") == [
        ("2026-09-30", "newest_record")
    ]


def test_a_manifest_that_was_downloaded_twice_is_one_delivery(tmp_path: Path) -> None:
    """Nothing is said to be missing from the copy."""
    folder = delivered(tmp_path / "claude", PARTS)
    shutil.copy(folder / "manifest.json", folder / "manifest (1).json")

    summary = memlake.ingest(folder, lake=tmp_path / "lake")

    assert (summary.exit_code, len(summary.exports), summary.refused) == (ExitCode.OK, 1, ())


@pytest.mark.parametrize("has_manifest", [True, False])
def test_a_part_that_was_downloaded_twice_is_there_once(tmp_path: Path, *, has_manifest: bool) -> None:
    """It is reported, and the export is the one without the copy."""
    folder = delivered(tmp_path / "claude", PARTS, has_manifest=has_manifest)
    take_in(tmp_path / "lake", folder)
    shutil.copy(folder / "conversations-000.zip", folder / "conversations-000 (1).zip")
    shutil.copy(folder / "memories-000.zip", folder / "memories-000(2).zip")

    again = memlake.ingest(folder, lake=tmp_path / "lake")
    fresh = memlake.ingest(folder, lake=tmp_path / "fresh")

    assert [receipt.outcome for receipt in again.exports] == ["known"]
    assert fresh.exit_code is ExitCode.PARTLY_READ
    assert ask(tmp_path / "fresh", "select name, reason from raw.members where status = 'skipped' order by 1") == [
        (name, "the same file is there twice")
        for name in ("conversations-000 (1).zip/conversations.json", "memories-000(2).zip/account-1.json")
    ]


def test_a_download_that_broke_off_is_replaced_by_its_second_one(tmp_path: Path) -> None:
    """The broken one is refused by name, and nothing is missing."""
    folder = delivered(tmp_path / "claude", PARTS)
    whole = (folder / "conversations-000.zip").read_bytes()
    (folder / "conversations-000 (1).zip").write_bytes(whole)
    (folder / "conversations-000.zip").write_bytes(whole[: len(whole) // 2])

    summary = memlake.ingest(folder, lake=tmp_path / "lake")

    assert [refused.file_name for refused in summary.refused] == ["conversations-000.zip"]
    assert summary.exit_code is ExitCode.PARTLY_READ
    assert summary.exports[0].missing_parts == ()
    assert set(coverage(tmp_path / "lake").values()) == {"complete"}


def test_two_deliveries_in_one_folder_are_two_exports(tmp_path: Path) -> None:
    """A browser puts a mark behind all names of the second."""
    folder = delivered(tmp_path / "downloads", PARTS)
    for name, files in parts(text="Noa paints.").items():
        write_zip(folder / name.replace(".zip", " (1).zip"), files)
    write_files(folder, {"manifest (1).json": manifest(PARTS, made_at="2026-10-05T10:00:00Z")})

    summary = memlake.ingest(folder, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.OK
    assert ask(
        tmp_path / "lake",
        "select x.exported_at::date::varchar, text from memory_texts t join exports x using (export_id) order by 1",
    ) == [("2026-09-22", "**Work**\n\nNoa teaches."), ("2026-10-05", "Noa paints.")]


def zips(folder: Path) -> Path:
    """Write the delivery as it is downloaded."""
    return delivered(folder / "zips", PARTS)


def folders(folder: Path) -> Path:
    """Write the delivery as some browsers unpack it."""
    files = {f"{name[:-4]}/{inner}": data for name, content in PARTS.items() for inner, data in content.items()}
    return write_files(folder / "folders", files | {"manifest.json": manifest(PARTS)})


def one_zip(folder: Path) -> Path:
    """Write the delivery as somebody packs it to hand it on."""
    packed = delivered(folder / "packed", PARTS)
    return write_zip(folder / "one.zip", {path.name: path.read_bytes() for path in packed.iterdir()})


def one_zip_with_a_folder(folder: Path) -> Path:
    """Write the delivery as a system packs a folder."""
    packed = delivered(folder / "packed-too", PARTS)
    return write_zip(folder / "deep.zip", {f"claude/{path.name}": path.read_bytes() for path in packed.iterdir()})


@pytest.mark.parametrize("wrapped", [zips, folders, one_zip, one_zip_with_a_folder])
def test_a_delivery_is_the_same_in_any_wrapping(tmp_path: Path, wrapped: Callable[[Path], Path]) -> None:
    """The same id, account, date and coverage."""
    first, other = tmp_path / "first", tmp_path / "other"
    take_in(first, zips(tmp_path))

    done = memlake_here("ingest", wrapped(tmp_path), "--lake", other, cwd=tmp_path)

    sql = "select export_id, account_key, exported_at, memory_count from exports"
    assert (done.exit_code, ask(other, sql)) == (0, ask(first, sql))
    assert coverage(other) == coverage(first)
    assert memlake.ingest(wrapped(tmp_path), lake=first).exports[0].outcome == "known"


@pytest.mark.parametrize(("numbers", "missing"), [((0, 1), ()), ((0, 2), ("0001",)), ((1,), ("0000",))])
def test_batches_of_the_classic_export_are_one(
    tmp_path: Path, numbers: tuple[int, ...], missing: tuple[str, ...]
) -> None:
    """The last one holds the account and its memory; a gap is a missing part."""
    stem = "data-2026-03-06-10-11-12-batch-"
    files = classic()
    shares: list[Mapping[str, bytes]] = [{name: files[name]} for name in ("conversations.json",)]
    shares = [*shares, {name: files[name] for name in ("users.json", "memories.json")}][-len(numbers) :]
    paths = [
        write_zip(tmp_path / f"{stem}{number:04}.zip", share) for number, share in zip(numbers, shares, strict=True)
    ]

    summary = memlake.ingest(*paths, lake=tmp_path / "lake")

    (receipt,) = summary.exports
    assert receipt.missing_parts == tuple(f"{stem}{number}.zip" for number in missing)
    assert summary.exit_code == (3 if missing else 0)
    assert (receipt.account_key, receipt.exported_at_basis) == (OWNER, "name")
    assert coverage(tmp_path / "lake")["memories"] == ("partial" if missing else "complete")


STRANGE_PARTS: dict[str, Mapping[str, bytes]] = {
    "conversations-001.zip": {"conversations.json": as_json([chat("c2", 2)])},
    "memories-000.zip": {"memories/account-2.json": as_json(remembered_text(2))},
}


@pytest.mark.parametrize("name", STRANGE_PARTS)
def test_parts_of_two_accounts_are_refused(tmp_path: Path, name: str) -> None:
    """By name, and not one record of them is stored; an export beside them lands."""
    mixed = delivered(tmp_path / "mixed", PARTS | {name: STRANGE_PARTS[name]})

    done = memlake_here("ingest", mixed, first_export(tmp_path), cwd=tmp_path)

    assert done.exit_code == 3
    assert "mixed holds data of 2 accounts" in done.stderr
    assert "one account together" in done.stderr
    assert remembered(tmp_path / "lake") == ["Plays the violoncello."]
    assert ask(tmp_path / "lake", "select distinct provider from raw.records") == [("chatgpt",)]
    assert leftovers(tmp_path / "lake") == set()


def test_a_list_of_several_users_does_not_tell_whose_export_it_is(tmp_path: Path) -> None:
    """What is in the export does, and the account has its owner's address; the list alone is refused."""
    users = [person(2), person(1), person(3)]
    whole = write_zip(tmp_path / "whole-2026-03-06.zip", classic(users=users))
    text = write_zip(tmp_path / "text-2026-03-07.zip", classic(users=users, conversations=[]))
    alone = write_zip(tmp_path / "alone.zip", {"users.json": as_json(users)})

    summary = memlake.ingest(whole, text, alone, lake=tmp_path / "lake")

    assert [refused.message for refused in summary.refused] == ["alone.zip holds data of 3 accounts"]
    assert ask(tmp_path / "lake", "select account_key, label from accounts") == [(OWNER, "n1@example.org")]


def test_a_design_chat_that_somebody_else_began_is_no_other_account(tmp_path: Path) -> None:
    """Projects are shared; the chats and the memory tell whose export it is."""
    content = {"content": "Draw a pond.", "authorAccountUuid": "account-2"}
    message = {"uuid": "m1", "role": "user", "content": content, "created_at": "2026-09-01T10:00:00Z"}
    design = {"uuid": "d1", "title": "Pond", "project": {"uuid": "p1", "name": "Garden"}, "messages": [message]}
    shared = PARTS | {"design_chats-000.zip": {"design_chats/d1.json": as_json(design)}}

    receipt = take_in(tmp_path / "lake", delivered(tmp_path / "claude", shared))

    assert receipt.account_key == OWNER
    assert ask(tmp_path / "lake", "select count(*) from conversations") == [(3,)]


@pytest.mark.parametrize("label", ["work", None])
def test_an_account_can_be_named_for_parts_that_name_several(tmp_path: Path, label: str | None) -> None:
    """Somebody who knows better may say so."""
    mixed = delivered(tmp_path / "mixed", PARTS | STRANGE_PARTS)
    summary = memlake.ingest(mixed, lake=tmp_path / "lake", account=label)
    assert summary.exit_code == (0 if label else 1)
