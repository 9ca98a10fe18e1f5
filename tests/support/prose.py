"""Exports with prose memory for tests, a month apart: what each text says in, what a lake tells of statements out.

lake = lake_of(tmp_path / "lake", *months(tmp_path, Prose("Keeps 12 goats."), Prose("Keeps 15 goats.")))
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support.lakes import ask
from support.zips import write_files


@dataclass(frozen=True, slots=True)
class Prose:
    """The memory in one export; a text that is `None` is not there at all."""

    account: str | None = None
    projects: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    def record(self, user: str) -> dict[str, object]:
        """Return it as exports hold it."""
        return {
            "account_uuid": user,
            "conversations_memory": self.account,
            "project_memories": dict(self.projects),
            "memory_files": [{"path": path, "content": text} for path, text in self.files.items()],
        }


Held = Prose | bytes | None
"""Memory in an export: prose, the bytes of a damaged file, or no file."""


def prose_export(
    folder: Path, name: str, prose: Held, *, user: str = "ida", conversations: Sequence[object] | None = None
) -> Path:
    """Write an export of one account."""
    account = {"uuid": user, "full_name": user, "email_address": f"{user}@example.org"}
    files = {"users.json": json.dumps([account]).encode()}
    if isinstance(prose, Prose):
        files["memories.json"] = json.dumps([prose.record(user)]).encode()
    elif prose is not None:
        files["memories.json"] = prose
    if conversations is not None:
        files["conversations.json"] = json.dumps(list(conversations)).encode()
    return write_files(folder / name, files)


def months(
    folder: Path, *held: Held, user: str = "ida", conversations: Sequence[Sequence[object] | None] = ()
) -> list[Path]:
    """Write an export for each state of the memory, a month apart from February 2025 on."""
    chats = [*conversations, *[None] * (len(held) - len(conversations))]
    return [
        prose_export(folder, f"{user}-2025-{month:02}-01", prose, user=user, conversations=told)
        for month, (prose, told) in enumerate(zip(held, chats, strict=True), start=2)
    ]


def changed(lake: Path) -> list[tuple[object, ...]]:
    """Return kind, wordings and window of every change after the first text; times are months of 2025."""
    return ask(
        lake,
        "select change_kind, content_before, content_after, month(changed_after), month(changed_before) "
        "from memory_changes where from_export_id is not null or change_type is null order by to_export_id, all",
    )


def states(lake: Path) -> dict[str, tuple[str, str]]:
    """Return state and basis of each memory by its text."""
    return {
        text: (state, basis) for text, state, basis in ask(lake, "select content, state, state_basis from memories")
    }


def ids(lake: Path) -> dict[str, str]:
    """Return the id of each memory by its text."""
    return dict(ask(lake, "select content, memory_id from memories"))
