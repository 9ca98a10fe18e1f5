"""Exports with prose memory for tests, a month apart: what each text says in, what a lake tells of statements out.

lake = lake_of(tmp_path / "lake", *months(tmp_path, Prose("Keeps 12 goats."), Prose("Keeps 15 goats.")))
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support.lakes import Json, ask, lake_of
from support.talks import assert_sound
from support.zips import write_files

from memlake.hashing import short_hash
from memlake.text import text_key

IDA = f"claude:{short_hash('ida', 12)}"


GOATS = "Keeps twelve goats on a farm near Turku."
GOATS_AGAIN = "Has a farm near Turku where twelve goats are kept."
FIFTEEN_GOATS = "Keeps fifteen goats on a farm near Turku."
CELLO = "Plays the cello in an amateur orchestra."
CELLO_AGAIN = "Is the cellist of an amateur orchestra."
GOATS_AND_CELLO = "Keeps twelve goats on a farm near Turku and plays the cello in an amateur orchestra."
THESIS = "Writes a thesis about medieval bridges."


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
    folder: Path, name: str, prose: Held, *, user: str = "ida", conversations: Sequence[Json] | None = None
) -> Path:
    """Write an export of one account, whose conversations are its own."""
    account = {"uuid": user, "full_name": user, "email_address": f"{user}@example.org"}
    files = {"users.json": json.dumps([account]).encode()}
    if isinstance(prose, Prose):
        files["memories.json"] = json.dumps([prose.record(user)]).encode()
    elif prose is not None:
        files["memories.json"] = prose
    if conversations is not None:
        files["conversations.json"] = json.dumps(
            [told | {"account": {"uuid": user}} for told in conversations]
        ).encode()
    return write_files(folder / name, files)


def months(
    folder: Path, *held: Held, user: str = "ida", conversations: Sequence[Sequence[Json] | None] = ()
) -> list[Path]:
    """Write an export for each state of the memory, a month apart from February 2025 on."""
    chats = [*conversations, *[None] * (len(held) - len(conversations))]
    return [
        prose_export(folder, f"{user}-2025-{month:02}-01", prose, user=user, conversations=told)
        for month, (prose, told) in enumerate(zip(held, chats, strict=True), start=2)
    ]


def lake_of_months(folder: Path, *held: Held | str) -> Path:
    """Make a lake of exports a month apart; a bare string is the account's text."""
    lake = lake_of(folder / "lake", *months(folder, *(Prose(one) if isinstance(one, str) else one for one in held)))
    assert_sound(lake)
    return lake


def statement_id(text: str, *, scope: str = "account", account: str = IDA) -> str:
    """Return the id of the memory that began with a text."""
    return "prose-" + short_hash("\n".join((account, scope, text_key(text))), 16)


def changed(lake: Path) -> list[tuple[object, ...]]:
    """Return kind, wordings and window of every change after the first text; times are months of 2025."""
    return ask(
        lake,
        "select change_kind, content_before, content_after, month(changed_after), month(changed_before) "
        "from memory_changes where from_export_id is not null or change_type is null "
        "order by (select exported_at from exports where export_id = to_export_id), 1, 3, 2",
    )


def states(lake: Path) -> dict[str, tuple[str, str]]:
    """Return state and basis of each memory by its text."""
    return {
        text: (state, basis) for text, state, basis in ask(lake, "select content, state, state_basis from memories")
    }


def wordings(lake: Path, statement: str) -> list[tuple[object, ...]]:
    """Return text, begin and end of all versions of the memory that a text is now; times are months of 2025."""
    return ask(
        lake,
        "select v.content, month(v.valid_from), month(v.valid_to) from memory_versions v "
        "join memories m using (account_key, memory_id) where m.content = $statement order by v.version_number",
        statement=statement,
    )


def said(*statements: str) -> str:
    """Return a text of some statements, each a paragraph."""
    return "\n\n".join(statements)


def ids(lake: Path) -> dict[str, str]:
    """Return the id of each memory by its text."""
    return dict(ask(lake, "select content, memory_id from memories"))
