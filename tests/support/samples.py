"""The sample exports: where they are, what their files say, and the ZIPs that tests make of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
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


def sample_folders() -> list[Path]:
    """Return the folder of every sample export, in the order of their names."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_dir())


def zip_sample(folder: Path, target_dir: Path, *, name: str | None = None, top_folder: bool = False) -> Path:
    """Write a sample as a provider would deliver it, as one ZIP whose bytes are the same every time.

    The ZIP is called like the folder unless `name` says otherwise; its members carry midnight of the date
    that ends the folder's name. With `top_folder` all members stand inside a folder of the sample's name.
    """
    exported_on = date.fromisoformat(folder.name[-len("YYYY-MM-DD") :])
    prefix = f"{folder.name}/" if top_folder else ""
    target = target_dir / (name or f"{folder.name}.zip")
    members = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    with zipfile.ZipFile(target, "w") as archive:
        for member_name, path in sorted(members.items()):
            entry = zipfile.ZipInfo(
                prefix + member_name, (exported_on.year, exported_on.month, exported_on.day, 0, 0, 0)
            )
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the bytes tell on which system they were made
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, path.read_bytes())
    return target


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
