"""Measure memlake on generated exports; print a table each of ingest, history, lookup, search, jq and archives.

    python tests/bench/bench.py --size 500M
    python tests/bench/bench.py --size 500M --provider claude
    python tests/bench/bench.py --only lookup --size 1350M
    python tests/bench/bench.py --only search --size 1460M

Every case runs in a process of its own, once a round, the cases taking turns; the tables show medians.
CPU seconds are the figure to trust, because other work on the machine disturbs them least. Nothing fails here
for being slow: the table says `over`.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from archive_cases import report_archive
from history_cases import report_history
from ingest_cases import report_ingest
from jq_cases import report_jq
from lookup_cases import report_lookup
from search_cases import report_search

_PACKAGES = ("duckdb", "polars", "orjson", "isal", "tantivy", "rapidfuzz", "jq")
_TABLES = {"chatgpt": ("ingest", "history", "lookup", "search", "jq", "archive"), "claude": ("ingest",)}  # by provider


def describe_machine() -> str:
    """Return what a reader must know to compare the figures with their own."""
    packages = " · ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))
    machine = f"{os.cpu_count()} cores {platform.machine()} · {platform.system()}"
    return f"{machine} · Python {platform.python_version()} · {packages}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def main() -> None:
    """Generate, measure, print."""
    parser = argparse.ArgumentParser(description="Measure memlake on generated exports.")
    parser.add_argument("--provider", choices=tuple(_TABLES), default="chatgpt", help="whose exports")
    parser.add_argument("--size", default="50M", help="of the big export's conversations.json: 50M, 500M, 2G")
    parser.add_argument("--only", choices=_TABLES["chatgpt"], help="one of the tables")
    parser.add_argument("--out", type=Path, default=Path(".bench"), help="folder for exports and lakes")
    parser.add_argument("--rounds", type=int, help="default: 3, for very big exports 1")
    options = parser.parse_args()
    measured = _TABLES[options.provider]
    if options.only and options.only not in measured:
        parser.error(f"of {options.provider} only this is measured: {', '.join(measured)}")
    wanted = (options.only,) if options.only else measured
    folder = options.out / options.provider / options.size
    if "ingest" in wanted:
        sys.stdout.write(f"{report_ingest(options.provider, options.size, folder, options.rounds)}\n")
    if "history" in wanted:
        sys.stdout.write(f"{report_history(options.out / 'history', options.rounds)}\n")
    if "lookup" in wanted:
        sys.stdout.write(f"{report_lookup(options.size, folder, options.rounds)}\n")
    if "search" in wanted:
        sys.stdout.write(f"{report_search(options.size, folder, options.rounds)}\n")
    if "jq" in wanted:
        sys.stdout.write(f"{report_jq(options.size, folder, options.rounds)}\n")
    if "archive" in wanted:
        sys.stdout.write(f"{report_archive(options.size, folder, options.rounds)}\n")
    sys.stdout.write(f"{describe_machine()}\n")


if __name__ == "__main__":
    main()
