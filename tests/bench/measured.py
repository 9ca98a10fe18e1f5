"""Run a program once and say what it cost, its children included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1_024  # the unit of ru_maxrss

_LAST_WORDS = 400  # characters of a failed program's complaint


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one run, or the median of several, took. `cpu_seconds` is user and system time."""

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


class FailedRunError(Exception):
    """A measured program did not end well; the message ends with what it wrote last."""


def measure(command: Sequence[str]) -> Cost:
    """Run a command to its end and return its cost.

    Raises `FailedRunError` when it fails. The peak is that of the largest process; on Linux it is at least
    the memory of this one, which must therefore stay small.
    """
    cost, _ = _run(command)
    return cost


def measure_self_timed(command: Sequence[str]) -> Cost:
    """Run a command that prints its own `cpu_seconds` and `wall_seconds` as JSON; memory is measured."""
    cost, output = _run(command)
    timed = json.loads(output)
    return Cost(cpu_seconds=timed["cpu_seconds"], wall_seconds=timed["wall_seconds"], peak_mb=cost.peak_mb)


def median_cost(costs: Sequence[Cost]) -> Cost:
    """Return the median of each figure."""
    return Cost(
        cpu_seconds=median(cost.cpu_seconds for cost in costs),
        wall_seconds=median(cost.wall_seconds for cost in costs),
        peak_mb=median(cost.peak_mb for cost in costs),
    )


def _run(command: Sequence[str]) -> tuple[Cost, bytes]:
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            last_words = errors.read().decode(errors="replace").strip()[-_LAST_WORDS:]
            raise FailedRunError(f"exit code {process.returncode}: {last_words}")
        output.seek(0)
        cost = Cost(
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            wall_seconds=wall_seconds,
            peak_mb=usage.ru_maxrss * _MAXRSS_BYTES / 1e6,
        )
        return cost, output.read()
