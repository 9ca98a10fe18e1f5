"""What happens while libjq runs a program, piece of input by piece, and the exit code that jq makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

UNREADABLE_CODE, INVALID_PROGRAM_CODE, FAULT_CODE = 2, 3, 5
_FALSY_CODE, _NOTHING_CODE = 1, 4


@dataclass(frozen=True, slots=True)
class Output:
    """Some of what is to be printed; `is_truthy` tells of the last value in it."""

    data: bytes
    is_truthy: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """The program failed; what is left of the document is not looked at."""

    message: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The input is not JSON from here on; nothing more is looked at."""

    reason: str


@dataclass(frozen=True, slots=True)
class Halt:
    """The program stopped everything, with an exit code and a last word for standard error."""

    code: int
    message: str


@dataclass(frozen=True, slots=True)
class DocumentEnd:
    """The program is through with a document."""


Event = Output | Fault | Unreadable | Halt | DocumentEnd


@dataclass(slots=True)
class Verdict:
    """The exit code that jq gives: that of the last document, and with `-e` of the last value."""

    is_of_values: bool  # -e
    _document_code: int | None = None  # None: no value yet
    _last_code: int | None = None
    _values_code: int = _NOTHING_CODE
    _final_code: int | None = None

    def see(self, event: Event) -> None:
        """Take in what happened next."""
        match event:
            case Output():
                self._document_code = 0 if event.is_truthy else -_FALSY_CODE
            case Fault():
                self._document_code = FAULT_CODE
            case DocumentEnd():
                self._end_document()
            case Halt():
                self._final_code = event.code
            case Unreadable():
                self._final_code = UNREADABLE_CODE
            case _:
                assert_never(event)

    @property
    def is_final(self) -> bool:
        """Whether nothing more is to be looked at."""
        return self._final_code is not None

    def exit_code(self) -> int:
        """Return the exit code, once there is nothing more to see."""
        if self._final_code is not None:
            return self._final_code
        if self._last_code is None:
            return self._values_code if self.is_of_values else 0
        return abs(self._last_code) if self.is_of_values else max(0, self._last_code)

    def _end_document(self) -> None:
        self._last_code = self._document_code
        if self._document_code is not None and self._document_code <= 0:
            self._values_code = -self._document_code
        self._document_code = None
