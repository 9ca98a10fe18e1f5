"""From paths to deliveries: containers, grouping, manifests, ZIPs in ZIPs."""

from __future__ import annotations

import json
import os
import shutil
import socket
import unicodedata
from pathlib import Path

import pytest
from support.deliveries import open_only, opened_names, refusal_of
from support.zips import write_files, write_zip

from memlake.errors import ExportError
from memlake.exports import Delivery, Limits, MediaFile, Refusal, open_deliveries
from memlake.times import time_us

LIST = b'[{"a": 1}]'
COPY = "x-batch-0000 (1).zip"


def _manifest(*names: str, created_at: str | None = "2026-09-01T10:00:00Z") -> bytes:
    files = [{"category": name, "part": 0, "filename": name} for name in names]
    return json.dumps({"version": "1.0", "created_at": created_at, "data_files": files}).encode()


def test_zip_is_one_delivery_without_its_common_folder(tmp_path: Path) -> None:
    """Text members are listed by (base name, name), media apart, clutter not at all."""
    path = write_zip(
        tmp_path / "export.zip",
        {
            "top/z/b.JSON": LIST,
            "top/a.md": b"x",
            "top/chat.html": b"<p>",
            "top/other.html": b"<p>",
            "top/pic.png": b"12345",
            "top/.DS_Store": b"x",
            "top/.hidden/c.json": LIST,
            "__MACOSX/top/._a.md": b"x",
            "top/Thumbs.db": b"x",
        },
    )

    with open_only(path) as delivery:
        assert [member.name for member in delivery.members] == ["a.md", "z/b.JSON", "chat.html"]
        assert delivery.media == (
            MediaFile(name="other.html", size_bytes=3),
            MediaFile(name="pic.png", size_bytes=5),
        )
        assert (delivery.skipped, delivery.missing_parts, delivery.paths) == ((), (), (path,))
        assert delivery.member_time_us == time_us("2026-02-03T04:05:06Z")


def test_folder_with_export_files_is_one_delivery(tmp_path: Path) -> None:
    """Folders inside belong to it; a folder has no member time."""
    folder = write_files(
        tmp_path / "my export", {"conversations.json": LIST, "projects/p.json": b"{}", "a.dat": b"x", ".x/y.json": b"1"}
    )

    with open_only(folder) as delivery:
        assert delivery.file_name == "my export"
        assert [member.name for member in delivery.members] == ["conversations.json", "projects/p.json"]
        assert [file.name for file in delivery.media] == ["a.dat"]
        assert (delivery.member_time_us, delivery.fingerprint, delivery.file_sha256()) == (None, None, None)


def test_folder_of_zips_and_folders_is_many_deliveries(tmp_path: Path) -> None:
    """Prose beside them is not an export."""
    write_zip(tmp_path / "in/a.zip", {"a.json": LIST})
    write_zip(tmp_path / "in/b.zip", {"b.json": LIST})
    write_files(tmp_path / "in", {"wrap/c/c.json": LIST, "readme.txt": b"x", "pictures/p.png": b"x"})

    assert opened_names([tmp_path / "in"]) == {"a.zip": ["a.json"], "b.zip": ["b.json"], "c": ["c.json"]}


def test_folder_of_prose_is_one_delivery_a_file(tmp_path: Path) -> None:
    """Dumps that somebody collected."""
    folder = write_files(tmp_path / "dumps", {"a.txt": b"x", "b.md": b"y", "c.png": b"z"})

    assert opened_names([folder]) == {"a.txt": ["a.txt"], "b.md": ["b.md"]}


def test_loose_files_are_deliveries_of_their_own(tmp_path: Path) -> None:
    """Also text without a suffix."""
    folder = write_files(
        tmp_path, {"conversations.json": LIST, "memory.json": b"[]", "notes": "\u00e9".encode() * 40_000}
    )
    paths = [folder / name for name in ("conversations.json", "memory.json", "notes")]

    assert opened_names(paths) == {path.name: [path.name] for path in paths}


def test_loose_shards_of_one_folder_are_one_delivery(tmp_path: Path) -> None:
    """Shards of another folder are another delivery; gaps are missing parts."""
    write_files(tmp_path, {f"{folder}/conversations-00{n}.json": LIST for folder in "ab" for n in (0, 2)})
    paths = [tmp_path / f"{folder}/conversations-00{n}.json" for folder in "ab" for n in (0, 2)]

    with open_deliveries(paths) as found:
        summary = [(d.file_name, len(d.members), d.missing_parts) for d in found if isinstance(d, Delivery)]

    assert summary == [("conversations", 2, ("conversations-001.json",))] * 2


def test_batches_are_one_delivery_wherever_they_are(tmp_path: Path) -> None:
    """One stem, numbered; a missing number is a missing part; a download's copy mark does not matter."""
    stem = "data-2026-03-04-05-06-07"
    first = write_zip(tmp_path / f"a/{stem}-batch-0000 (1).zip", {"conversations.json": LIST})
    third = write_zip(tmp_path / f"b/{stem}-batch-0002.zip", {"users.json": LIST})
    other = write_zip(tmp_path / "b/data-2026-03-05-05-06-07-batch-0000.zip", {"users.json": LIST})

    with open_deliveries([first, third, other]) as found:
        summary = [(d.file_name, d.paths, d.missing_parts) for d in found if isinstance(d, Delivery)]

    assert summary == [(stem, (first, third), (f"{stem}-batch-0001.zip",)), (other.name, (other,), ())]


def test_category_parts_of_one_folder_are_one_delivery(tmp_path: Path) -> None:
    """The folder's name dates them."""
    for name in ("conversations-000.zip", "conversations-001.zip", "light_metadata-000.zip"):
        write_zip(tmp_path / f"claude 2026-05-06/{name}", {name.replace(".zip", ".json"): LIST})

    with open_only(tmp_path / "claude 2026-05-06") as delivery:
        assert (delivery.file_name, len(delivery.members), delivery.missing_parts) == ("claude 2026-05-06", 3, ())
        assert (delivery.stated_at_us, delivery.stated_at_basis) == (time_us("2026-05-06"), "name")


def test_zips_with_unlike_names_are_never_one_delivery(tmp_path: Path) -> None:
    """Only numbers or a manifest make parts."""
    paths = [write_zip(tmp_path / name, {"a.json": LIST}) for name in ("a.zip", "b.zip", "a-1.zip", "a-2026.zip")]

    assert len(opened_names(paths)) == 4


def test_manifest_makes_parts_one_delivery_and_dates_it(tmp_path: Path) -> None:
    """It names what is missing; parts beside it come before namesakes elsewhere."""
    parts = [write_zip(tmp_path / f"here/{name}.zip", {f"{name}.json": LIST}) for name in ("users", "Memories (2)")]
    elsewhere = write_zip(tmp_path / "there/users.zip", {"other.json": LIST})
    write_files(tmp_path, {"here/manifest.json": _manifest("users.zip", "memories.zip", "projects.zip")})

    with open_deliveries([elsewhere, *parts, tmp_path / "here/manifest.json"]) as found:
        delivery, other = found
        assert isinstance(delivery, Delivery)
        assert isinstance(other, Delivery)
        assert (delivery.paths, delivery.missing_parts) == (tuple(parts), ("projects.zip",))
        assert (delivery.stated_at_us, delivery.stated_at_basis) == (time_us("2026-09-01T10:00:00Z"), "manifest")
        assert other.paths == (elsewhere,)


@pytest.mark.parametrize("order", [1, -1])
def test_a_delivery_that_lacks_a_part_takes_none_from_another(tmp_path: Path, order: int) -> None:
    """Each manifest first has what stands beside it, in whatever order they come."""
    for folder, names in (("august", ["users-000.zip"]), ("october", ["users-000.zip", "memories-000.zip"])):
        write_files(tmp_path, {f"{folder}/manifest.json": _manifest("users-000.zip", "memories-000.zip")})
        for name in names:
            write_zip(tmp_path / folder / name, {"a.json": LIST})

    with open_deliveries([tmp_path / name for name in ("august", "october")[::order]]) as found:
        missing = {delivery.file_name: delivery.missing_parts for delivery in found if isinstance(delivery, Delivery)}

    assert missing == {"users-000.zip": ("memories-000.zip",), "october": ()}


def test_folder_of_a_manifest_and_its_parts_is_one_delivery(tmp_path: Path) -> None:
    """Parts may have been unpacked by a browser."""
    write_files(tmp_path, {"dl/m.json": _manifest("users-000.zip", "memories-000.zip", created_at=None)})
    write_zip(tmp_path / "dl/users-000.zip", {"users.json": LIST})
    write_files(tmp_path, {"dl/memories-000/memories/x.json": b"{}"})

    with open_only(tmp_path / "dl") as delivery:
        assert [member.base_name for member in delivery.members] == ["users.json", "x.json"]
        assert (delivery.missing_parts, delivery.stated_at_us, delivery.file_sha256() is None) == ((), None, False)


def test_manifest_inside_an_export_dates_it(tmp_path: Path) -> None:
    """It is a member, but no part of the content's identity."""
    with_it = write_zip(tmp_path / "a.zip", {"m.json": _manifest("x.zip"), "c.json": LIST, "d.json": LIST})
    without = write_zip(tmp_path / "b.zip", {"c.json": LIST, "d.json": LIST})

    with open_only(with_it) as dated, open_only(without) as plain:
        assert dated.stated_at_basis == "manifest"
        assert dated.manifests == {"m.json"}
        assert dated.content_sha256() == plain.content_sha256()
        assert dated.fingerprint == plain.fingerprint


@pytest.mark.parametrize("place", ["manifest.json", "only/manifest.json"])
def test_manifest_alone_is_refused_with_the_parts_to_download(tmp_path: Path, place: str) -> None:
    """The message lists them, whether the file or its folder was passed."""
    write_files(tmp_path, {place: _manifest("users-000.zip", "memories-000.zip")})

    error = refusal_of(tmp_path / place.partition("/")[0]).error

    assert "users-000.zip, memories-000.zip" in error.message
    assert error.hint is not None
    assert "download the parts" in error.hint


@pytest.mark.parametrize(
    "data",
    [b'{"data_files": 3}', b'{"data_files": [3, {"filename": 4}]}', b'["data_files"]', b'{"data_files": [', b"{}"],
)
def test_files_that_only_resemble_a_manifest_are_ordinary(tmp_path: Path, data: bytes) -> None:
    """A list of file names is what makes a manifest."""
    assert opened_names([write_files(tmp_path, {"a.json": data}) / "a.json"]) == {"a.json": ["a.json"]}


def test_same_file_given_twice_is_one_delivery(tmp_path: Path) -> None:
    """By path, by link, and by its folder."""
    path = write_zip(tmp_path / "in/a.zip", {"a.json": LIST})
    link = tmp_path / "link.zip"
    link.symlink_to(path)

    assert opened_names([path, tmp_path / "in", link, tmp_path / "in/../in/a.zip"]) == {"a.zip": ["a.json"]}


def test_same_part_downloaded_twice_counts_once(tmp_path: Path) -> None:
    """Equal members of two containers are one; the other is reported."""
    for name in ("x-batch-0000.zip", COPY):
        write_zip(tmp_path / f"in/{name}", {"a.json": LIST, "b.json": LIST})

    with open_only(tmp_path / "in") as delivery:
        assert [member.name for member in delivery.members] == ["x-batch-0000.zip/a.json", "x-batch-0000.zip/b.json"]
        assert [file.name for file in delivery.skipped] == [
            "x-batch-0000 (1).zip/a.json",
            "x-batch-0000 (1).zip/b.json",
        ]


def test_zip_in_a_zip_is_opened(tmp_path: Path) -> None:
    """A person knows the outer name; its date counts, and readme files beside the inner ZIP do no harm."""
    inner = write_zip(tmp_path / "inner.zip", {"conversations.json": LIST})
    outer = write_zip(tmp_path / "outer 2026-01-05.zip", {"x/inner.zip": inner.read_bytes(), "x/readme.txt": b"hi"})

    with open_only(outer) as delivery:
        assert (delivery.file_name, delivery.paths) == ("inner.zip", (outer,))
        assert delivery.stated_at_us == time_us("2026-01-05")
        assert delivery.members[0].sha256()
        delivery.check_unchanged()


def test_zip_of_parts_is_one_delivery(tmp_path: Path) -> None:
    """Numbered parts and their manifest keep belonging together inside a ZIP."""
    parts = {
        name: write_zip(tmp_path / name, {f"{name}.json": LIST}).read_bytes() for name in ("a-000.zip", "b-000.zip")
    }
    numbered = write_zip(tmp_path / "numbered.zip", parts)
    listed = write_zip(tmp_path / "listed.zip", parts | {"m.json": _manifest("a-000.zip", "c-000.zip")})

    with open_only(numbered) as delivery:
        assert len(delivery.members) == 2
    with open_deliveries([listed]) as found:
        summary = [(len(d.members), d.missing_parts) for d in found if isinstance(d, Delivery)]
    assert summary == [(1, ("c-000.zip",)), (1, ())]


def test_zip_beside_export_files_is_media(tmp_path: Path) -> None:
    """An attachment is never opened."""
    inner = write_zip(tmp_path / "inner.zip", {"x.json": LIST}).read_bytes()
    path = write_zip(tmp_path / "a.zip", {"a.json": LIST, "inner.zip": inner})

    with open_only(path) as delivery:
        assert [member.name for member in delivery.members] == ["a.json"]
        assert [file.name for file in delivery.media] == ["inner.zip"]


def test_zips_nested_too_deep_are_refused(tmp_path: Path) -> None:
    """Two levels are read, a third is not."""
    path = write_zip(tmp_path / "0.zip", {"a.json": LIST})
    for level in range(1, 4):
        path = write_zip(tmp_path / f"{level}.zip", {path.name: path.read_bytes()})

    assert opened_names([tmp_path / "2.zip"]) == {"0.zip": ["a.json"]}
    assert "too deep" in refusal_of(path).error.message
    assert "too deep" in refusal_of(tmp_path / "1.zip", limits=Limits(nesting_depth=0)).error.message


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    """Refusals are values beside the deliveries."""
    good = write_zip(tmp_path / "good.zip", {"a.json": LIST})

    with open_deliveries([tmp_path / "nowhere.zip", good]) as (refusal, delivery):
        assert isinstance(refusal, Refusal)
        assert (refusal.file_name, refusal.error.message) == (
            "nowhere.zip",
            f"{tmp_path / 'nowhere.zip'} does not exist",
        )
        assert isinstance(delivery, Delivery)


@pytest.mark.parametrize(
    ("name", "data", "cause"),
    [
        ("a.zip", b"", "is empty"),
        ("a.zip", b"hello", "is not a ZIP"),
        ("a.zip", b" \n<!DOCTYPE html><html>Sign in", "web page"),
        ("a.json", b"<html>Sign in", "web page"),
        ("a.bin", b"\0\1\2", "no ZIP, JSON or text"),
        ("a.bin", b"\xff\xfe" + b"x" * 100, "no ZIP, JSON or text"),
        ("page.html", b"<p>", "no ZIP, JSON or text"),
        ("a", b"", "no ZIP, JSON or text"),
    ],
)
def test_files_that_are_no_exports_are_refused(tmp_path: Path, name: str, data: bytes, cause: str) -> None:
    """Each with its cause and a next step."""
    error = refusal_of(write_files(tmp_path, {name: data}) / name).error

    assert cause in error.message
    assert name in error.message
    assert error.hint


@pytest.mark.parametrize("files", [{}, {"p.png": b"x"}, {".hidden/a.json": b"[]"}])
def test_folder_without_export_files_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    """Empty, media only, hidden only."""
    (tmp_path / "in").mkdir()

    assert "holds no export" in refusal_of(write_files(tmp_path / "in", files)).error.message


def test_zip_without_export_files_is_refused(tmp_path: Path) -> None:
    """A ZIP of pictures."""
    assert "holds no export files" in refusal_of(write_zip(tmp_path / "a.zip", {"p.png": b"x"})).error.message


def test_special_files_are_refused(tmp_path: Path) -> None:
    """They are never opened: a FIFO would wait for ever."""
    os.mkfifo(tmp_path / "fifo.zip")

    assert "not a regular file" in refusal_of(tmp_path / "fifo.zip").error.message
    assert "not a regular file" in refusal_of(Path("/dev/null")).error.message


def test_unreadable_files_in_a_folder_are_skipped_and_reported(tmp_path: Path) -> None:
    """Links, FIFOs and sockets are never followed or opened."""
    folder = write_files(tmp_path / "in", {"a.json": LIST})
    (tmp_path / "secret.json").write_bytes(LIST)
    (folder / "link.json").symlink_to(tmp_path / "secret.json")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "fifo.json")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(folder / "s.json"))

    with open_only(folder) as delivery:
        assert [member.name for member in delivery.members] == ["a.json"]
        assert {file.name: file.reason for file in delivery.skipped} == {
            "link.json": "it is a symbolic link",
            "linked": "it is a symbolic link",
            "fifo.json": "it is not a regular file",
            "s.json": "it is not a regular file",
        }


def test_file_without_permission_is_refused(tmp_path: Path) -> None:
    """The message names the cause; also in a folder, where the rest is read."""
    folder = write_files(tmp_path / "in", {"a.json": LIST, "b.json": LIST, "closed/c.json": LIST})
    path = write_zip(tmp_path / "a.zip", {"a.json": LIST})
    for closed in (path, folder / "b.json", folder / "closed"):
        closed.chmod(0)
    with pytest.MonkeyPatch.context() as patch:
        if os.geteuid() == 0:
            for parent in (tmp_path, *tmp_path.parents[:3]):
                parent.chmod(parent.stat().st_mode | 0o055)
            patch.setattr(os, "access", lambda path, mode: Path(path).stat().st_mode & 0o444 != 0 and mode == os.R_OK)
            os.seteuid(65534)
        try:
            error = refusal_of(path).error
            hidden = refusal_of(folder / "closed/c.json").error
            with open_only(folder) as delivery:
                skipped = {file.name: file.reason for file in delivery.skipped}
        finally:
            if os.getuid() == 0:
                os.seteuid(0)
            (folder / "closed").chmod(0o700)

    assert "Permission denied" in error.message
    assert "Permission denied" in hidden.message
    assert skipped == {"b.json": "cannot be read (permission denied)", "closed/": "cannot be read (Permission denied)"}


def test_change_during_reading_is_detected(tmp_path: Path) -> None:
    """Written to, replaced, or removed."""
    path = write_zip(tmp_path / "a.zip", {"a.json": LIST})

    with open_only(path) as delivery:
        delivery.check_unchanged()
        shutil.copy(path, tmp_path / "copy")
        (tmp_path / "copy").replace(path)
        with pytest.raises(ExportError, match="changed while it was read"):
            delivery.check_unchanged()
        path.unlink()
        with pytest.raises(ExportError, match="changed while it was read"):
            delivery.check_unchanged()


def test_same_content_has_one_identity(tmp_path: Path) -> None:
    """Zipped, re-zipped with other folders and media, unpacked, or with other time stamps."""
    files = {"conversations.json": LIST, "chat.html": b"<p>", "user.json": b"{}"}
    first = write_zip(tmp_path / "a.zip", files)
    again = write_zip(
        tmp_path / "b.zip", {f"t/s/{name}": data for name, data in files.items()} | {"p.png": b"x"}, method=0
    )
    folder = write_files(tmp_path / "c", files | {"notes.txt": b"mine"})

    with open_only(first) as a, open_only(again) as b, open_only(folder) as c:
        assert a.content_sha256() == b.content_sha256() == c.content_sha256()
        assert a.fingerprint == b.fingerprint
        assert a.file_sha256() != b.file_sha256()
        known = dict.fromkeys(a.members, "0" * 64)
        assert a.content_sha256(known) != a.content_sha256()


def test_lone_file_has_the_identity_of_its_bytes(tmp_path: Path) -> None:
    """Whatever its name and container."""
    write_files(tmp_path, {"a.txt": b"tea", "b.md": b"tea", "c.txt": b"coffee"})
    zipped = write_zip(tmp_path / "z.zip", {"d.txt": b"tea"})

    with open_only(zipped) as one, open_only(write_zip(tmp_path / "y.zip", {"e.txt": b"tea"})) as other:
        assert one.fingerprint == other.fingerprint
    with open_deliveries([tmp_path / "a.txt", tmp_path / "b.md", tmp_path / "c.txt", zipped]) as found:
        hashes = [each.content_sha256() for each in found if isinstance(each, Delivery)]

    assert hashes[0] == hashes[1] == hashes[3] != hashes[2]


def test_file_hash_of_parts_does_not_depend_on_their_order(tmp_path: Path) -> None:
    """And differs from that of one part."""
    paths = [write_zip(tmp_path / f"x-batch-000{n}.zip", {f"{n}.json": LIST}) for n in (0, 1)]

    with open_deliveries(paths) as (a,), open_deliveries(paths[::-1]) as (b,), open_only(paths[0]) as c:
        assert isinstance(a, Delivery)
        assert isinstance(b, Delivery)
        assert a.file_sha256() == b.file_sha256() != c.file_sha256()


def test_names_compare_in_one_normal_form(tmp_path: Path) -> None:
    """Decomposed letters, as macOS writes them, are the same name."""
    composed = "caf\u00e9.json"
    decomposed = unicodedata.normalize("NFD", composed)
    folder = write_files(tmp_path / "in", {decomposed: LIST})
    path = write_zip(tmp_path / "a.zip", {decomposed: LIST})

    assert opened_names([folder, path]) == {"in": [composed], "a.zip": [composed]}


def test_a_container_that_has_vanished_cannot_be_told_again(tmp_path: Path) -> None:
    """It was there when it was opened; the error says what is gone."""
    path = write_zip(tmp_path / "a.zip", {"a.json": LIST})
    with open_only(path) as delivery:
        path.unlink()

        with pytest.raises(ExportError, match="cannot be read any more"):
            delivery.file_sha256()
