"""Memory lists a month apart, what a lake tells of them, and the chats in between."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from support.chatgpt import Turn, conversation, message, numbered
from support.lakes import Json, ask, export_folder, lake_of

CELLO = "User plays the cello."
PIANO = "User plays the piano."
DOG = "User has a dog."
LYON = "User lives in Lyon."

Listed = Sequence[Json] | bytes | None
"""A memory list: its elements, the bytes of a damaged file, or no file."""


def listed(memory_id: str, content: str = CELLO, **keys: object) -> Json:
    """Return an element of a list without any times unless they are given."""
    return {"id": memory_id, "content": content, "enabled": True} | keys


def monthly(folder: Path, *lists: Listed, day: int = 1, user_id: str = "user-1", **more: object) -> list[Path]:
    """Write an export for each list, a month apart from February 2025 on, all of one account."""
    return [
        export_folder(
            folder,
            f"{user_id}-{day}-2025-{month:02}-{day:02}",
            user=user_id,
            memories=None if listed is None or isinstance(listed, bytes) else listed,
            files={"memory.json": listed} if isinstance(listed, bytes) else None,
            **more,  # type: ignore[arg-type]
        )
        for month, listed in enumerate(lists, start=2)
    ]


def lake_of_lists(folder: Path, *lists: Listed) -> Path:
    """Make a lake of monthly lists."""
    return lake_of(folder / "lake", *monthly(folder, *lists))


def feed(lake: Path, columns: str = "change_kind, memory_id") -> list[tuple[object, ...]]:
    """Return what changed after the first list, in order; times are days of 2025."""
    return ask(
        lake,
        f"select {columns} from memory_changes where from_export_id is not null or change_type is null "
        "order by (select exported_at from exports where export_id = to_export_id), change_kind, memory_id",
    )


def windows(lake: Path) -> list[tuple[object, ...]]:
    """Return kind, memory and window of what changed after the first list."""
    return feed(lake, f"change_kind, memory_id, {day('changed_after')}, {day('changed_before')}")


def day(column: str) -> str:
    """Return SQL for the month and day of a time; seconds where it is no midnight."""
    return f"replace(strftime({column}, '%m-%d %H:%M:%S'), ' 00:00:00', '')"


def difference(lake: Path, former: str, latter: str) -> list[tuple[object, ...]]:
    """Return kind and memory of what differs between two exports, chosen by their dates."""
    return ask(
        lake,
        "select change_kind, memory_id from memory_changes($former, $latter) order by change_kind, memory_id",
        former=former,
        latter=latter,
    )


def state(lake: Path, memory_id: str) -> tuple[object, ...]:
    """Return the state of a memory, on what it rests, and the window of its deletion."""
    (row,) = ask(
        lake,
        f"select state, state_basis, {day('deleted_after')}, {day('deleted_before')} "
        "from memories where memory_id = $id",
        id=memory_id,
    )
    return row


def said(conversation_id: str, month: int, *turns: Turn, **keys: object) -> Json:
    """Return a conversation in the middle of a month of 2025."""
    begun = datetime(2025, month, 15, 12, tzinfo=UTC).timestamp()
    at_its_time = [
        turn.saying(create_time=begun + 10 * number) for number, turn in enumerate(numbered(*turns), start=1)
    ]
    return conversation(conversation_id, *at_its_time, create_time=begun, update_time=begun + 10 * len(turns)) | keys


def list_before(*entries: str) -> Turn:
    """Return the hidden message that puts a memory list before the model."""
    listing = "\n\n".join(f"{number}. [2025-01-01]. {entry}" for number, entry in enumerate(entries, start=1))
    return message("assistant", {"content_type": "model_editable_context", "model_set_context": listing})
