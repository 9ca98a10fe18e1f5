"""How a long job is drawn: a bar with real totals on a terminal, nothing anywhere else."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

from memlake.text import inert_line


class TerminalProgress:
    """Draws on standard error while it is open, if that is a terminal; cleans up behind itself."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        self._bars = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bars.add_task("", total=None, visible=False)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start(self, label: str, total_bytes: int) -> None:
        """Begin a bar."""
        self._bars.reset(self._task, description=inert_line(label), total=total_bytes, visible=True)

    def advance(self, done_bytes: int) -> None:
        """Move the bar on."""
        self._bars.advance(self._task, done_bytes)

    def step(self, label: str) -> None:
        """Show what happens now, with a bar that only moves."""
        self._bars.reset(self._task, description=inert_line(label), total=None, visible=True)
