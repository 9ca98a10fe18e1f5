"""How a long job is drawn: a bar with real totals on a terminal, nothing anywhere else."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.spinner import Spinner
from rich.table import Column
from rich.text import Text

from memlake.text import inert_line


class TerminalProgress:
    """Draws on standard error while it is open, if that is a terminal; cleans up behind itself."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._live = Live(console=self._console, transient=True)
        self._bar = Progress(
            TextColumn(
                "{task.description}",
                markup=False,
                table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"),
            ),
            BarColumn(bar_width=20),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            expand=True,
        )

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def start(self, label: str, total_bytes: int) -> None:
        """Begin a bar in place of what was drawn before."""
        for task_id in self._bar.task_ids:
            self._bar.remove_task(task_id)
        self._bar.add_task(inert_line(label), total=total_bytes)
        self._live.update(self._bar, refresh=True)

    def advance(self, done_bytes: int) -> None:
        """Move the bar on."""
        for task_id in self._bar.task_ids:
            self._bar.advance(task_id, done_bytes)

    def step(self, label: str) -> None:
        """Show what happens now, in place of the bar."""
        self._live.update(Spinner("line", Text(inert_line(label))), refresh=True)
