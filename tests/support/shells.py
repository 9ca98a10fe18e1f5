"""A DuckDB shell that stays open, as on somebody's screen."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

from support.programs import program

_DONE = "-- done --"


class Shell:
    """The released shell on a lake's database; leaving the context quits it."""

    def __init__(self, lake: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [program("duckdb"), *options, "-list", "-noheader", lake / "memlake.duckdb"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.ask("select 1")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.communicate()

    def ask(self, sql: str) -> list[str]:
        """Run statements and return the lines that they answer."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{sql};\n.print {_DONE}\n")
        self.process.stdin.flush()
        lines = iter(self.process.stdout.readline, "")
        answer = []
        for line in lines:
            if line.strip() == _DONE:
                break
            answer.append(line.strip())
        return answer

    def kill(self) -> None:
        """End the shell as a crash does, together with the script that may have started it."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
