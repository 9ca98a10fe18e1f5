"""The sample exports: where they are, what their files say, and the ZIPs that tests make of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

JsonObject = dict[str, Any]

SAMPLES = Path(__file__).resolve().parents[2] / "sample_exports"
SEPTEMBER = SAMPLES / "chatgpt-2025-09-30"
JANUARY = SAMPLES / "chatgpt-2026-01-12"
AUGUST = SAMPLES / "chatgpt-2026-08-03"
OCTOBER = SAMPLES / "chatgpt-2026-10-20"
CLASSIC_FOLDERS = [SEPTEMBER, JANUARY]
SLIM_FOLDERS = [AUGUST, OCTOBER]
CHATGPT_FOLDERS = CLASSIC_FOLDERS + SLIM_FOLDERS
CLAUDE_MARCH = SAMPLES / "claude-2026-03-06"
CLAUDE_JUNE = SAMPLES / "claude-2026-06-20"
CLAUDE_OCTOBER = SAMPLES / "claude-2026-10-05"
CLAUDE_FOLDERS = [CLAUDE_MARCH, CLAUDE_JUNE, CLAUDE_OCTOBER]
DUMP_FOLDERS = [SAMPLES / "dump-2026-05-17"]


def sample_folders() -> list[Path]:
    """Return the folder of every sample export, in the order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_dir())


def zip_sample(folder: Path, target_dir: Path, *, name: str | None = None, top_folder: bool = False) -> Path:
    """Write a sample as a provider would deliver it, as one ZIP whose bytes are the same every time.

    The ZIP is called like the folder unless `name` says otherwise; its members carry midnight of the date
    that ends the folder's name. With `top_folder` all members stand inside a folder of the sample's name.
    """
    prefix = f"{folder.name}/" if top_folder else ""
    target = target_dir / (name or f"{folder.name}.zip")
    _write_zip(
        target, {prefix + path.relative_to(folder).as_posix(): path for path in _files(folder)}, _date_of(folder)
    )
    return target


def zip_parts(folder: Path, target_dir: Path) -> list[Path]:
    """Write a sample that is kept in parts as the provider delivers it: its manifest first, then one ZIP for each part.

    The bytes are the same every time. A part's ZIP is called like its folder, whose name is not inside.
    """
    written = []
    for path in sorted(folder.iterdir(), key=lambda child: (child.is_dir(), child.name)):
        if path.is_dir():
            target = target_dir / f"{path.name}.zip"
            _write_zip(target, {file.relative_to(path).as_posix(): file for file in _files(path)}, _date_of(folder))
        else:
            target = target_dir / path.name
            target.write_bytes(path.read_bytes())
        written.append(target)
    return written


def _date_of(folder: Path) -> date:
    return date.fromisoformat(folder.name[-len("YYYY-MM-DD") :])


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _write_zip(target: Path, members: Mapping[str, Path], day: date) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for member_name, path in sorted(members.items()):
            entry = zipfile.ZipInfo(member_name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the bytes tell on which system they were made
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, path.read_bytes())


def readme_table(first_column: str) -> list[dict[str, str]]:
    """Return the rows of the table on the samples' own page that starts with a column of this name."""
    lines = (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {first_column} |"))
    header, _, *rest = [
        [cell.replace("`", "").strip() for cell in line.strip("|").split("|")]
        for line in lines[start : lines.index("", start)]
    ]
    return [dict(zip(header, cells, strict=True)) for cells in rest]


def load(path: Path) -> Any:  # noqa: ANN401 - whatever the JSON file holds
    """Return the value of a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def conversations(folder: Path) -> dict[str, JsonObject]:
    """Return the readable conversations of an export by id."""
    elements = [element for path in sorted(folder.glob("conversations*.json")) for element in load(path)]
    return {element["id"]: element for element in elements if isinstance(element, dict)}


def messages(conversation: JsonObject) -> list[JsonObject]:
    """Return all messages of a conversation, those on abandoned branches too."""
    return [node["message"] for node in conversation["mapping"].values() if node["message"] is not None]


def strings(message: JsonObject) -> list[str]:
    """Return what was said in a message: its string parts and what was heard of its voice."""
    parts = message["content"].get("parts", [])
    heard = [part["text"] for part in parts if isinstance(part, dict) and "text" in part]
    return [part for part in parts if isinstance(part, str)] + heard


def called_texts(conversation: JsonObject) -> list[str]:
    """Return the texts that a conversation handed to the memory tool."""
    return [strings(message)[0] for message in messages(conversation) if message.get("recipient") == "bio"]


def listed(folder: Path) -> dict[str, JsonObject]:
    """Return the listed memories of an export by id."""
    return {memory["id"]: memory for memory in load(folder / "memory.json")}


def active_path(conversation: JsonObject) -> Iterator[JsonObject]:
    """Yield the nodes from the current one up to the root."""
    node_id = conversation["current_node"]
    while node_id is not None:
        yield conversation["mapping"][node_id]
        node_id = conversation["mapping"][node_id]["parent"]
