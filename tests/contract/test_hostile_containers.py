"""Broken and hostile containers beside a sound export: each is named or read as far as it goes, the sound one is in."""

from __future__ import annotations

import json
import os
import unicodedata
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from support.commandline import Finished, environment, memlake_here, memlake_process
from support.lakes import open_lake
from support.tiny import FIRST_MEMORY, first_export, leftovers, remembered, second_export, tiny_files
from support.zips import RawEntry, deflate, write_files, write_raw_zip, write_zip

import memlake
from memlake.jobs.progress import SilentProgress

DATA = tiny_files("odd", remembers="Sails.")["conversations.json"]
GOOD = RawEntry(name=b"conversations.json", data=DATA)
BIG_BYTES = 70 * 1024 * 1024


def ingest_beside_a_sound_one(folder: Path, *words: str | Path) -> Finished:
    """Ingest something, and the sound first export after it; the sound one has to be in."""
    done = memlake_here("ingest", *words, first_export(folder), cwd=folder)
    assert FIRST_MEMORY in remembered(folder / "lake")
    assert leftovers(folder / "lake") == set()
    return done


def as_zip(*entries: RawEntry) -> Callable[[Path], Path]:
    """Return what writes a ZIP with these entries."""
    return lambda folder: write_raw_zip(folder / "odd.zip", entries)


def with_bytes(name: str, data: bytes) -> Callable[[Path], Path]:
    """Return what writes a file with these bytes."""
    return lambda folder: write_files(folder, {name: data}) / name


def cut_off(folder: Path) -> Path:
    """Write a ZIP whose last third is missing."""
    path = write_zip(folder / "odd.zip", {"conversations.json": DATA * 20})
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    return path


def bomb(folder: Path) -> Path:
    """Write a ZIP whose member unpacks to a thousand times its size."""
    spaces = b" " * BIG_BYTES
    entry = RawEntry(name=b"a.json", data=b"", packed=deflate(spaces), size_bytes=BIG_BYTES, crc32=zlib.crc32(spaces))
    return write_raw_zip(folder / "odd.zip", [entry])


def fifo(folder: Path) -> Path:
    """Make a FIFO, from which reading would last for ever."""
    os.mkfifo(folder / "odd.zip")
    return folder / "odd.zip"


def manifest_of_parts(folder: Path) -> Path:
    """Write a delivery's manifest without any of the parts that it lists."""
    files = [{"category": "conversations", "part": 0, "filename": "conversations-000.zip"}]
    content = {"version": "1.0", "created_at": "2026-09-01T10:00:00Z", "data_files": files}
    return write_files(folder, {"manifest.json": json.dumps(content).encode()}) / "manifest.json"


REFUSED: Mapping[str, tuple[Callable[[Path], Path], str]] = {
    "truncated ZIP": (cut_off, "odd.zip is cut off or damaged"),
    "web page": (with_bytes("odd.zip", b"<!DOCTYPE html><title>Sign in</title>"), "odd.zip is a web page"),
    "empty file": (with_bytes("odd.zip", b""), "odd.zip is empty"),
    "other format": (with_bytes("odd.zip", b"Rar!\x1a\x07\x00"), "odd.zip is not a ZIP"),
    "encrypted": (as_zip(RawEntry(name=b"conversations.json", data=DATA, flags=0x801)), "odd.zip is encrypted"),
    "overlapping": (as_zip(GOOD, RawEntry(name=b"b.json", data=DATA, offset=0)), "its members overlap"),
    "foreign compression": (as_zip(RawEntry(name=b"conversations.json", data=DATA, method=14)), "method 14"),
    "nobody's files": (as_zip(RawEntry(name=b"notes.json", data=b'{"a": 1}')), "no known export is in here"),
    "only pictures": (as_zip(RawEntry(name=b"a.png", data=b"x")), "holds no export files"),
    "only unsafe names": (as_zip(RawEntry(name=b"../conversations.json", data=DATA)), "holds no export files"),
    "manifest alone": (manifest_of_parts, "only lists the parts of an export: conversations-000.zip"),
    "missing": (lambda folder: folder / "odd.zip", "odd.zip does not exist"),
    "FIFO": (fifo, "is not a regular file or folder"),
    "picture": (with_bytes("odd.png", b"\x89PNG\0"), "is no ZIP, JSON or text file"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_container_that_cannot_be_read_is_refused_with_its_cause(tmp_path: Path, kind: str) -> None:
    """Exit 1, one line with the cause, one with what to do, and no export."""
    make, cause = REFUSED[kind]

    done = memlake_here("ingest", make(tmp_path), cwd=tmp_path)

    error, hint = done.stderr.splitlines()
    assert (done.exit_code, done.stdout) == (1, "")
    assert error.startswith("memlake: error: ")
    assert cause in error
    assert hint.startswith("hint: ")


def test_containers_that_cannot_be_read_cost_no_neighbour(tmp_path: Path) -> None:
    """All of them and a sound one: exit 3, each is refused by its cause, and the sound one is in."""
    odd = []
    for number, (make, _) in enumerate(REFUSED.values()):
        (tmp_path / str(number)).mkdir()
        odd.append(make(tmp_path / str(number)))

    done = ingest_beside_a_sound_one(tmp_path, *odd)

    errors = [line for line in done.stderr.splitlines() if line.startswith("memlake: error: ")]
    assert done.exit_code == 3
    assert len(errors) == len(REFUSED)
    assert all(any(cause in error for error in errors) for _, cause in REFUSED.values())


@pytest.mark.parametrize("limit", [["--max-unpacked", "60MB"], ["--max-ratio", "500"]])
def test_a_bomb_is_refused_and_the_limits_can_be_moved(tmp_path: Path, limit: list[str]) -> None:
    """By what it unpacks to, or by how tightly it is packed; without limits it is only an unknown file."""
    odd = bomb(tmp_path)

    refused = ingest_beside_a_sound_one(tmp_path, *limit, odd)
    allowed = memlake_here("ingest", "--max-unpacked", "1GB", "--max-ratio", "100000", odd, cwd=tmp_path)

    assert refused.exit_code == 3
    assert "odd.zip unpacks to more than" in refused.stderr or "decompression bomb" in refused.stderr
    assert "no known export is in here" in allowed.stderr


UNSAFE: Mapping[str, RawEntry] = {
    "../users.json": RawEntry(name=b"../users.json"),
    "/etc/users.json": RawEntry(name=b"/etc/users.json"),
    "C:/users.json": RawEntry(name=b"C:\\users.json"),
    "a\0.json": RawEntry(name=b"a\0.json"),
    "link.json": RawEntry(name=b"link.json", data=b"/etc/passwd", unix_mode=0o120777),
    "fifo.json": RawEntry(name=b"fifo.json", unix_mode=0o010644),
}


def test_unsafe_members_are_left_out_and_reported(tmp_path: Path) -> None:
    """The member beside them is read; nothing is written outside the lake."""
    odd = write_raw_zip(tmp_path / "odd.zip", [*UNSAFE.values(), GOOD])
    (tmp_path / "work").mkdir()

    done = memlake_here("ingest", odd, cwd=tmp_path / "work")

    with open_lake(tmp_path / "work" / "lake") as lake:
        skipped = lake.query("select name from raw.members where status = 'skipped'").rows
    assert done.exit_code == 3
    assert {name for (name,) in skipped} == set(UNSAFE)
    assert remembered(tmp_path / "work" / "lake") == ["Sails."]
    assert {path.name for path in tmp_path.iterdir()} == {"odd.zip", "work"}


def test_a_checksum_that_fails_costs_nothing_but_certainty(tmp_path: Path) -> None:
    """What could be read is in, the export is not whole, and the member says why."""
    files = {"users.json": b"[]", "conversations.json": DATA}
    entries = [RawEntry(name=name.encode(), data=data, crc32=1) for name, data in files.items()]

    done = ingest_beside_a_sound_one(tmp_path, write_raw_zip(tmp_path / "odd.zip", entries))

    with open_lake(tmp_path / "lake") as lake:
        members = lake.query("select status, reason from raw.members where name = 'conversations.json'").rows
        coverage = lake.query("select conversation_coverage from exports where file_name = 'odd.zip'").rows
    assert done.exit_code == 3
    assert ("partial", "fails its checksum") in members
    assert coverage == [("partial",)]
    assert remembered(tmp_path / "lake") == [FIRST_MEMORY, "Sails."]


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        (b"", "ends in the middle of the list"),
        (b', {"id": "cut', "ends in the middle of the list"),
        (b"] and more", "goes on after the end of the list"),
    ],
)
def test_a_list_that_does_not_end_as_it_should_keeps_its_records(tmp_path: Path, tail: bytes, reason: str) -> None:
    """The whole records before the end are in."""
    odd = write_zip(tmp_path / "odd.zip", {"conversations.json": DATA.rstrip()[:-1] + tail})

    done = ingest_beside_a_sound_one(tmp_path, odd)

    with open_lake(tmp_path / "lake") as lake:
        found = lake.query("select status, reason from raw.members where status <> 'complete'").rows
    assert done.exit_code == 3
    assert found == [("partial", reason)]
    assert remembered(tmp_path / "lake") == [FIRST_MEMORY, "Sails."]


@pytest.mark.parametrize("name", ["caf\u00e9", unicodedata.normalize("NFD", "caf\u00e9")])
def test_names_are_the_same_however_they_are_composed(tmp_path: Path, name: str) -> None:
    """One export in a ZIP with composed letters and with decomposed ones is one export."""
    composed = write_zip(tmp_path / "composed.zip", {"caf\u00e9/conversations.json": DATA, "caf\u00e9/x.json": b"{}"})
    other = write_files(tmp_path / "other" / name, {"conversations.json": DATA, "x.json": b"{}"})

    summary = memlake.ingest(composed, other, lake=tmp_path / "lake")

    assert [export.outcome for export in summary.exports] == ["new", "known"]


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    """Equal ones once and reported, different ones all."""
    other = tiny_files("other", remembers="Dives.")["conversations.json"]
    entries = [RawEntry(name=b"conversations.json", data=data) for data in (DATA, other, DATA)]

    done = ingest_beside_a_sound_one(tmp_path, write_raw_zip(tmp_path / "odd.zip", entries))

    assert done.exit_code == 3
    assert remembered(tmp_path / "lake") == sorted([FIRST_MEMORY, "Sails.", "Dives."])


def test_a_zip_with_64_bit_sizes_is_read(tmp_path: Path) -> None:
    """As programs write it that do not know the size beforehand."""
    with (
        ZipFile(tmp_path / "odd.zip", "w", ZIP_STORED) as archive,
        archive.open("conversations.json", "w", force_zip64=True) as member,
    ):
        member.write(DATA)

    assert ingest_beside_a_sound_one(tmp_path, tmp_path / "odd.zip").exit_code == 0
    assert remembered(tmp_path / "lake") == [FIRST_MEMORY, "Sails."]


class Meddler(SilentProgress):
    """Does something once, right after an export has begun to be read."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._has_acted = False

    def start(self, label: str, total_bytes: int) -> None:
        """Act at the first export."""
        assert label
        assert total_bytes
        if not self._has_acted:
            self._has_acted = True
            self._act()


def test_an_export_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    """A download that is not complete yet: try again; the lake knows nothing of it."""
    export, sound = second_export(tmp_path), first_export(tmp_path)
    growing = Meddler(lambda: os.utime(export, (0, 0)))

    summary = memlake.ingest(export, sound, lake=tmp_path / "lake", progress=growing)

    (refused,) = summary.refused
    assert f"{export} changed while it was read" in refused.message
    assert summary.exit_code == 3
    assert remembered(tmp_path / "lake") == [FIRST_MEMORY]
    assert leftovers(tmp_path / "lake") == set()


@pytest.mark.parametrize("is_zipped", [True, False])
def test_an_export_that_vanishes_while_another_is_read_is_refused(tmp_path: Path, *, is_zipped: bool) -> None:
    """A stick that is pulled out: what was read before is in."""
    files = tiny_files("odd", remembers="Sails.")
    export = write_zip(tmp_path / "odd.zip", files) if is_zipped else write_files(tmp_path / "odd", files)
    data = export if is_zipped else export / "conversations.json"

    summary = memlake.ingest(first_export(tmp_path), export, lake=tmp_path / "lake", progress=Meddler(data.unlink))

    (refused,) = summary.refused
    assert refused.file_name == export.name
    assert refused.hint
    assert remembered(tmp_path / "lake") == [FIRST_MEMORY]
    assert leftovers(tmp_path / "lake") == set()


def test_two_accounts_share_a_lake(tmp_path: Path) -> None:
    """The same conversation and memory ids in both stay apart."""
    for user_id in ("user-1", "user-2"):
        account = {"id": user_id, "email": f"{user_id}@example.org", "chatgpt_plus_user": True}
        files = tiny_files("same", remembers=f"Is {user_id}.") | {
            "user.json": json.dumps(account).encode(),
            "memory.json": json.dumps([{"id": "m", "content": f"Is {user_id}."}]).encode(),
        }
        write_zip(tmp_path / f"{user_id}-2026-01-01.zip", files)

    done = memlake_here("ingest", *sorted(tmp_path.glob("*.zip")), cwd=tmp_path)

    with open_lake(tmp_path / "lake") as lake:
        found = lake.query("select label, content from memories join accounts using (account_key) order by all").rows
    assert done.exit_code == 0
    assert found == [("user-1@example.org", "Is user-1."), ("user-2@example.org", "Is user-2.")]


@pytest.mark.parametrize(
    "name", ["a b (1).zip", "quo'te\".zip", "$HOME `id`.zip", "[red]x[bold].zip", "-v.zip", "\u202ex.zip"]
)
def test_an_export_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """Its name is data, never a command, markup or an option."""
    write_zip(tmp_path / name, tiny_files("odd", remembers="Sails."))

    done = memlake_process("ingest", "--", name, cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert name.replace("\u202e", "\\u202e") in done.stdout
    assert remembered(tmp_path / "lake") == ["Sails."]


def test_errors_reach_a_terminal_without_unicode(tmp_path: Path) -> None:
    """LANG=C: what cannot be shown is spelled out, and nothing breaks."""
    plain = environment(LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    done = memlake_process("ingest", "caf\u00e9 \U0001f30a.zip", first_export(tmp_path), cwd=tmp_path, env=plain)

    assert done.returncode == 3
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr
