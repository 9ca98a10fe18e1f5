"""Strikes a running `memlake ingest` with a signal at an exact moment, as often as a test asks.

A moment is the number of a step of the run: a function of memlake/lake is entered or left, or a call of the
operating system that changes the disk begins or ends. Imports are paid once: each run is a fork of this script.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

_NEVER = 0
_SWAP = "replace"
_DISK_CALLS = {"chmod", "copy_file_range", "fsync", "mkdir", "open", _SWAP, "unlink"}
_LAKE_ROOM = str(Path("memlake", "lake"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a run ended: as a shell says it (a signal is negative), and what it wrote to standard error."""

    exit_code: int
    stderr: str


class Striker:
    """Runs `memlake` with the same words any number of times; close it afterwards."""

    def __init__(self, *words: str | Path, cwd: Path) -> None:
        self._steps = cwd / "steps.txt"
        self._stderr = cwd / "stderr.txt"
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(self._steps), str(self._stderr), *map(str, words)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def steps(self) -> list[str]:
        """Let a run end by itself; return its steps: the first of them is moment 1."""
        self.strike(_NEVER, signal.SIGKILL)
        return self._steps.read_text(encoding="utf-8").splitlines()

    def strike(self, moment: int, signal_number: signal.Signals) -> Outcome:
        """Run until a moment, send the signal, and wait for the end."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([moment, signal_number]) + "\n")
        self._process.stdin.flush()
        exit_code = int(self._process.stdout.readline())
        return Outcome(exit_code=exit_code, stderr=self._stderr.read_text(encoding="utf-8"))


def chosen_moments(steps: Sequence[str], *, count: int) -> list[int]:
    """Return every moment around a replaced file, and others spread evenly over the run."""
    moments = range(1, len(steps) + 1)
    swaps = {near for moment in moments if steps[moment - 1].endswith(f"call {_SWAP}") for near in (moment, moment + 1)}
    return sorted(swaps | set(moments[:: max(1, len(steps) // (count - len(swaps)))]))


class _Steps:
    """Counts the steps of this process, and strikes it at one of them."""

    def __init__(self, moment: int, signal_number: int) -> None:
        self._moment = moment
        self._signal_number = signal_number
        self.passed: list[str] = []

    def __call__(self, frame: FrameType, event: str, subject: Any) -> None:  # noqa: ANN401 - as `sys.setprofile` has it
        if event.startswith("c_"):
            name = subject.__name__
            if subject.__module__ != "posix" or name not in _DISK_CALLS:
                return
        else:
            name = frame.f_code.co_name
            if _LAKE_ROOM not in frame.f_code.co_filename or name.startswith("<"):
                return
        self.passed.append(f"{event} {name}")
        if len(self.passed) == self._moment:
            os.kill(os.getpid(), self._signal_number)


@contextmanager
def _counted(moment: int, signal_number: int, steps: Path) -> Iterator[None]:
    counter = _Steps(moment, signal_number)
    sys.setprofile(counter)
    try:
        yield
    finally:
        sys.setprofile(None)
        if moment == _NEVER:
            steps.write_text("\n".join(counter.passed), encoding="utf-8")


def _serve(steps: Path, stderr: Path, words: Sequence[str]) -> None:
    """Answer each line of standard input, a moment and a signal, with the exit code of a run."""
    import memlake.cli.archive  # noqa: PLC0415 - every fork has it loaded
    import memlake.cli.ingest  # noqa: F401, PLC0415 - as this
    from memlake.cli.main import main  # noqa: PLC0415

    for line in sys.stdin:
        moment, signal_number = json.loads(line)
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            os.dup2(os.open(stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), sys.stderr.fileno())
            sys.argv = ["memlake", *words]
            with _counted(moment, signal_number, steps):
                main()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
