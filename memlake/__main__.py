"""Runs the command line as `python -m memlake`."""

from __future__ import annotations

from memlake.cli.main import main

if __name__ == "__main__":
    main()
