"""The Python interface: the same functions that the command line calls."""

from memlake.api.functions import diff, ingest, lookup_sources, pack_check, restore, verify
from memlake.api.lake import Lake

__all__ = ["Lake", "diff", "ingest", "lookup_sources", "pack_check", "restore", "verify"]
