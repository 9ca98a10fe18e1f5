"""How a job tells that it is getting on; the command line draws it, everybody else may stay silent."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told about each long piece of work: its name and size first, then how much was done."""

    def start(self, label: str, total_bytes: int) -> None:
        """Begin a piece of work; it replaces the one before."""

    def advance(self, done_bytes: int) -> None:
        """Say how many more bytes are done."""

    def step(self, label: str) -> None:
        """Say what happens now, where nothing can be counted."""


class SilentProgress:
    """Draws nothing."""

    def start(self, label: str, total_bytes: int) -> None:
        """Ignore the beginning."""

    def advance(self, done_bytes: int) -> None:
        """Ignore the way."""

    def step(self, label: str) -> None:
        """Ignore the step."""
