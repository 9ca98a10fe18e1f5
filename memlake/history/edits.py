"""The numbered list of edits that an assistant keeps beside its memory, replayed from the calls that changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from memlake.lake.edits import Edit, EditCall

_MOST_LINES = 1_000
"""A line number beyond is no line: real lists end at 30 or so."""


@dataclass(slots=True)
class _Line:
    entry_number: int
    version_number: int
    line_number: int
    content: str | None
    text_key: str | None
    root_text_key: str | None
    begun_by: str
    call: EditCall | None


class _List:
    """The list as it stands, and all that was in it before."""

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._entry_count = 0
        self.past: list[Edit] = []

    def take(self, call: EditCall) -> None:
        """Do what a call did; what names no line and no text that is there changes nothing."""
        if call.action == "save":
            self._append(call.content, call.text_key, "save", call)
        elif call.action == "list":
            self._show(call)
        elif (line := self._meant_by(call)) is not None:
            if call.action == "replace":
                self._replace(line, call)
            else:
                self._lines.remove(line)
                self._end(line, call, "forget")

    def standing(self) -> Iterator[Edit]:
        """Yield the lines that are there in the end."""
        yield from (_edit(line, None, None, number_now=number) for number, line in enumerate(self._lines, start=1))

    def _append(self, content: str | None, text_key: str | None, begun_by: str, call: EditCall | None) -> _Line:
        self._entry_count += 1
        line = _Line(self._entry_count, 1, len(self._lines) + 1, content, text_key, text_key, begun_by, call)
        self._lines.append(line)
        return line

    def _meant_by(self, call: EditCall) -> _Line | None:
        number = call.line_number
        if number is None:
            same = [line for line in self._lines if call.action == "forget" and line.text_key == call.text_key]
            return same[-1] if same and call.text_key is not None else None
        if number > _MOST_LINES:
            return None
        while len(self._lines) < number:  # written where no export shows it
            self._append(None, None, "unknown", None)
        return self._lines[number - 1]

    def _replace(self, line: _Line, call: EditCall) -> None:
        place = self._lines.index(line)
        root = line.root_text_key or call.text_key
        self._lines[place] = _Line(
            line.entry_number, line.version_number + 1, place + 1, call.content, call.text_key, root, "replace", call
        )
        self._end(line, call, "replace")

    def _show(self, call: EditCall) -> None:
        """Take over the lines that a call shows: those known by their text, those not known so far, and new ones."""
        if call.listed is None:
            return
        left = list(self._lines)
        self._lines = []
        for content, text_key in call.listed:
            line = next((one for one in left if one.text_key == text_key), None)
            if line is None:
                line = next((one for one in left if one.text_key is None), None)
                if line is not None:
                    line.content, line.text_key, line.root_text_key = content, text_key, text_key
                    line.begun_by, line.call = "list", call
            if line is None:
                self._append(content, text_key, "list", call)
            else:
                left.remove(line)
                self._lines.append(line)
        for line in left:
            self._end(line, call, "list")

    def _end(self, line: _Line, call: EditCall, ended_by: str) -> None:
        self.past.append(_edit(line, call, ended_by))


def replay(calls: Iterable[EditCall]) -> list[Edit]:
    """Return every text that every line of the list ever had; the calls have to come in the order of their times."""
    edits = _List()
    for call in calls:
        edits.take(call)
    found = [*edits.past, *edits.standing()]
    return sorted(found, key=lambda edit: (edit.entry_number, edit.version_number))


def _edit(line: _Line, end: EditCall | None, ended_by: str | None, *, number_now: int | None = None) -> Edit:
    begin = line.call
    return Edit(
        entry_number=line.entry_number,
        version_number=line.version_number,
        line_number=line.line_number,
        line_number_now=number_now,
        content=line.content,
        text_key=line.text_key,
        root_text_key=line.root_text_key,
        begun_by=line.begun_by,
        begun_at=begin.occurred_at if begin else None,
        conversation_id=begin.conversation_id if begin else None,
        message_id=begin.message_id if begin else None,
        event_index=begin.event_index if begin else None,
        ended_by=ended_by,
        ended_at=end.occurred_at if end else None,
        end_conversation_id=end.conversation_id if end else None,
        end_message_id=end.message_id if end else None,
        end_event_index=end.event_index if end else None,
    )
