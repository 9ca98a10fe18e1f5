"""Claude's split delivery: a manifest and one ZIP for each category and part, as small as they can be."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from support.claude import Json, assistant, conversation, edit, human
from support.zips import write_files, write_zip

Parts = Mapping[str, Mapping[str, bytes]]
"""The files of each part by the part's name."""

MADE_AT = "2026-09-22T10:00:00Z"


def as_json(value: object) -> bytes:
    """Return a value as an export holds it."""
    return json.dumps(value).encode()


def person(number: int = 1) -> Json:
    """Return an element of `users.json`."""
    name = f"Person {number}"
    address = f"n{number}@example.org"
    return {"uuid": f"account-{number}", "full_name": name, "email_address": address, "verified_phone_number": None}


def chat(conversation_id: str, number: int = 1) -> Json:
    """Return a conversation of a person, in which an edit of memory is saved."""
    saved = edit("add", "Added memory #1: User lives in Lyon", control="User lives in Lyon")
    turns = human("Remember that I live in Lyon."), assistant(*saved, "Noted.")
    return conversation(conversation_id, *turns, account={"uuid": f"account-{number}"})


def remembered_text(number: int = 1, text: object = "**Work**\n\nNoa teaches.") -> Json:
    """Return what Claude remembers about a person."""
    return {"account_uuid": f"account-{number}", "conversations_memory": text, "memory_files": []}


def parts(number: int = 1, *, text: str = "**Work**\n\nNoa teaches.") -> dict[str, Mapping[str, bytes]]:
    """Return the five parts of a person's delivery, with two conversations and one statement."""
    project = {"uuid": "p1", "name": "Garden", "prompt_template": "Be kind.", "docs": []}
    return {
        "light_metadata-000.zip": {"users.json": as_json([person(number)])},
        "conversations-000.zip": {"conversations.json": as_json([chat("c1", number)])},
        "conversations-001.zip": {"conversations.json": as_json([chat("c2", number)])},
        "memories-000.zip": {f"memories/account-{number}.json": as_json(remembered_text(number, text))},
        "projects-000.zip": {"projects/p1.json": as_json(project)},
    }


def manifest(names: Collection[str], *, made_at: str = MADE_AT) -> bytes:
    """Return the file that lists the parts."""
    files = [
        {"category": name.rpartition("-")[0], "part": int(name[-7:-4]), "batch_index": 0, "filename": name}
        for name in names
    ]
    return as_json({"version": "1.0", "created_at": made_at, "total_files": len(files), "data_files": files})


def delivered(folder: Path, content: Parts, *, only: Collection[str] | None = None, has_manifest: bool = True) -> Path:
    """Write a delivery into a folder, whole or only some of its parts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, files in content.items():
        if only is None or name in only:
            write_zip(folder / name, files)
    if has_manifest:
        write_files(folder, {"manifest.json": manifest(content)})
    return folder


def classic(**files: object) -> dict[str, bytes]:
    """Return the files of the one ZIP of older exports; `memories=…` stands for `memories.json`, and so on."""
    usual: dict[str, object] = {
        "users": [person()],
        "conversations": [chat("c1"), chat("c2")],
        "memories": [remembered_text() | {"project_memories": {}}],
    }
    return {
        f"{name}.json": content if isinstance(content, bytes) else as_json(content)
        for name, content in (usual | files).items()
    }
