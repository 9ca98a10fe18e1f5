"""Conversations in the exports of four months, and the changes that these have to show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from support.chatgpt import START, Json, Turn, as_bytes, assistant, bio_call, conversation, numbered, text_content, user
from support.lakes import ask, export_folder, memory

DAY = 86_400.0
ON_10_FEBRUARY = 40 * DAY
ON_11_APRIL = 100 * DAY
NEXT_YEAR = 400 * DAY

Row = tuple[str, str | None, str | None]
"""A kind of change with its window, each end as MM-DD."""

NEW: Row = ("new", None, "02-01")


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation as one export tells it, in whichever dialect that has."""

    turns: tuple[Turn, ...]
    keys: Json

    def record(self, conversation_id: str, dialect: str) -> Json:
        """Return the element of `conversations.json`."""
        return conversation(conversation_id, *self.turns, dialect=dialect, **self.keys)


def told(*turns: Turn, **keys: object) -> Told:
    """Return a conversation of some turns."""
    return Told(turns, keys)


TURNS = numbered(
    user("remember that I play the cello"),
    *bio_call("User plays the cello."),
    assistant("Noted."),
    replace(user("and the piano"), at=ON_10_FEBRUARY),
    replace(assistant("Noted, too."), at=ON_10_FEBRUARY + 5),
)
LONG = told(*TURNS)
SHORT = told(*TURNS[:4])
WITHOUT_TOOLS = told(TURNS[0], TURNS[3])
WITHOUT_REPLY = told(*TURNS[:2], TURNS[3])
LONGER = told(*TURNS, replace(user("and the harp"), key="n7", at=ON_11_APRIL))
DATED_AHEAD = told(*TURNS[:4], replace(user("again"), key="n9", at=NEXT_YEAR))
REGENERATED = told(*TURNS[:4], Turn(role="assistant", content=text_content("Really?"), key="n9").under("n1"))
WITH_HIDDEN = told(*TURNS[:4], replace(user("context", is_visually_hidden_from_conversation=True), key="n9"))
WITH_OUTPUT = told(*TURNS[:4], Turn(role="tool", name="python", content=text_content("42"), key="n9"))
WITH_SYSTEM = told(*TURNS[:4], Turn(role="system", content=text_content("context"), key="n9"))
WITH_CONTEXT = told(*TURNS[:4], Turn(role="user", content={"content_type": "user_editable_context"}, key="n9"))
IN_PROJECT = told(*TURNS, gizmo_id="g-p-1")
SLIM_IN_PROJECT = told(*TURNS, conversation_template_id="g-p-1")
SLIM_IN_OTHER_PROJECT = told(*TURNS, conversation_template_id="g-p-2")
ARCHIVED = told(*TURNS, is_archived=True)
NOT_ARCHIVED = told(*TURNS, is_archived=False)
EMPTY = told(mapping={})
UNTITLED = told(*TURNS, title=None)
RENAMED = told(*TURNS, title="Another title")
BEGUN_ON_11_APRIL = told(*TURNS, create_time=START + ON_11_APRIL)


@dataclass(frozen=True, slots=True)
class Life:
    """A conversation in the exports of four months (None: not there), and the changes that they show."""

    months: tuple[Told | None, Told | None, Told | None, Told | None]
    changes: tuple[Row, ...]


LIVES = {
    "unchanged": Life((LONG, LONG, LONG, LONG), (NEW,)),
    "in other bytes": Life((LONG, LONG, LONG, told(*TURNS, nothing=1)), (NEW,)),
    "tool calls added": Life((WITHOUT_TOOLS, WITHOUT_TOOLS, WITHOUT_TOOLS, SHORT), (NEW,)),
    "tool call known late": Life((WITHOUT_TOOLS, SHORT, SHORT, SHORT), (NEW,)),
    "tool call without reply added": Life((WITHOUT_TOOLS, WITHOUT_TOOLS, WITHOUT_TOOLS, WITHOUT_REPLY), (NEW,)),
    "hidden turn added": Life((SHORT, SHORT, SHORT, WITH_HIDDEN), (NEW,)),
    "tool output added": Life((SHORT, SHORT, SHORT, WITH_OUTPUT), (NEW,)),
    "system turn added": Life((SHORT, SHORT, SHORT, WITH_SYSTEM), (NEW,)),
    "context added": Life((SHORT, SHORT, SHORT, WITH_CONTEXT), (NEW,)),
    "turns lost and back": Life((LONG, SHORT, SHORT, LONG), (NEW,)),
    "without messages": Life((EMPTY, EMPTY, EMPTY, EMPTY), (NEW,)),
    "continued": Life((SHORT, LONG, LONG, LONG), (NEW, ("continued", "02-01", "03-01"))),
    "continued twice": Life(
        (SHORT, LONG, LONG, LONGER), (NEW, ("continued", "02-01", "03-01"), ("continued", "04-01", "05-01"))
    ),
    "dated ahead": Life((SHORT, DATED_AHEAD, DATED_AHEAD, SHORT), (NEW, ("continued", "02-01", "03-01"))),
    "answered again": Life((SHORT, SHORT, SHORT, REGENERATED), (NEW, ("continued", "04-01", "05-01"))),
    "o'renamed \"; --": Life((UNTITLED, LONG, None, RENAMED), (NEW, ("renamed", "03-01", "05-01"))),
    "renamed in the dark": Life(
        (SHORT, UNTITLED, UNTITLED, RENAMED), (NEW, ("continued", "02-01", "03-01"), ("renamed", "02-01", "05-01"))
    ),
    "renamed and back": Life(
        (LONG, RENAMED, RENAMED, LONG), (NEW, ("renamed", "02-01", "03-01"), ("renamed", "04-01", "05-01"))
    ),
    "archived": Life((NOT_ARCHIVED, LONG, LONG, ARCHIVED), (NEW, ("archived", "02-01", "05-01"))),
    "unarchived": Life((LONG, ARCHIVED, ARCHIVED, NOT_ARCHIVED), (NEW, ("unarchived", "04-01", "05-01"))),
    "archived and back": Life(
        (NOT_ARCHIVED, ARCHIVED, ARCHIVED, NOT_ARCHIVED),
        (NEW, ("archived", "02-01", "03-01"), ("unarchived", "04-01", "05-01")),
    ),
    "flag told late": Life((LONG, ARCHIVED, ARCHIVED, ARCHIVED), (NEW,)),
    "in a project and out": Life(
        (LONG, SLIM_IN_PROJECT, LONG, LONG), (NEW, ("moved", "02-01", "03-01"), ("moved", "03-01", "04-01"))
    ),
    "project untold": Life((IN_PROJECT, LONG, LONG, IN_PROJECT), (NEW,)),
    "out of a project": Life((IN_PROJECT, LONG, LONG, LONG), (NEW, ("moved", "02-01", "05-01"))),
    "to another project": Life(
        (IN_PROJECT, SLIM_IN_OTHER_PROJECT, SLIM_IN_OTHER_PROJECT, IN_PROJECT),
        (NEW, ("moved", "02-01", "03-01"), ("moved", "04-01", "05-01")),
    ),
    "vanished": Life((IN_PROJECT, None, None, None), (NEW, ("vanished", "02-01", "03-01"))),
    "returned": Life(
        (SHORT, None, None, RENAMED),
        (
            NEW,
            ("vanished", "02-01", "03-01"),
            ("continued", "02-01", "05-01"),
            ("renamed", "02-01", "05-01"),
            ("returned", "03-01", "05-01"),
        ),
    ),
    "returned unchanged": Life(
        (LONG, None, None, LONG), (NEW, ("vanished", "02-01", "03-01"), ("returned", "03-01", "05-01"))
    ),
    "missing where some are": Life((LONG, LONG, None, LONG), (NEW,)),
    "only where some are": Life((None, None, LONG, None), (("new", "03-01", "04-01"), ("vanished", "04-01", "05-01"))),
    "late": Life((None, None, None, LONG), (("new", "03-01", "05-01"),)),
    "begun late": Life((None, None, None, BEGUN_ON_11_APRIL), (("new", "03-01", "05-01"),)),
}


def _month(number: int, dialect: str) -> list[Json]:
    """Return the conversations that one of the four months has."""
    return [
        state.record(conversation_id, dialect)
        for conversation_id, life in LIVES.items()
        if (state := life.months[number])
    ]


def shards(records: list[Json]) -> dict[str, bytes]:
    """Return the files of an export that has its conversations in two shards."""
    half = len(records) // 2
    return {
        "conversations-000.json": as_bytes(records[:half]),
        "conversations-001.json": as_bytes(records[half:]),
    }


def four_months(folder: Path) -> list[Path]:
    """Write the exports: the third lacks a conversation that cannot be read, and two more can tell nothing."""
    timeless = [
        conversation(each, replace(user("hi"), at=None), title="Undated", create_time=None, update_time=None)
        for each in ("unchanged", "only in the undated one")
    ]
    return [
        export_folder(folder, "export-2025-05-01", files=shards(_month(3, "classic")), user="user-1"),
        export_folder(folder, "export-2025-03-01", files=shards(_month(1, "slim")), user="user-1"),
        export_folder(folder, "undated", conversations=timeless, user="user-1"),
        export_folder(folder, "export-2025-05-15", memories=[memory("m1", "Plays the cello.")], user="user-1"),
        export_folder(folder, "export-2025-02-01", files=shards(_month(0, "classic")), user="user-1"),
        export_folder(folder, "export-2025-04-01", conversations=[*_month(2, "slim"), "damaged"], user="user-1"),
    ]


def changes(lake: Path, conversation_id: str) -> tuple[Row, ...]:
    """Return what changed for a conversation over all exports."""
    sql = (
        "select change_kind, strftime(changed_after, '%m-%d'), strftime(changed_before, '%m-%d') "
        "from conversation_changes where conversation_id = $id order by changed_before, change_kind"
    )
    return tuple(ask(lake, sql, id=conversation_id))
