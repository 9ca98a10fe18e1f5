"""memlake: find out what your AI assistant remembers about you, where it learnt it, and how that changed.

    import memlake

    summary = memlake.ingest("export.zip", lake="lake")
    memlake.Lake("lake").sql("from memories")

Names are imported when they are first used, so that `memlake --help` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from memlake.api import Lake, diff, ingest, lookup_sources, pack_check, restore, verify
    from memlake.errors import ExitCode, MemlakeError
    from memlake.history.changes import ConversationDiff, MemoryDiff
    from memlake.jobs.archive import ArchiveSummary
    from memlake.jobs.pack import PackSummary
    from memlake.jobs.pack_check import PackCheck
    from memlake.jobs.restore import RestoreSummary, VerifySummary
    from memlake.jobs.summary import ExportReceipt, IngestSummary
    from memlake.lookup.report import LookupReport, SourceCard

__all__ = [
    "ArchiveSummary",
    "ConversationDiff",
    "ExitCode",
    "ExportReceipt",
    "IngestSummary",
    "Lake",
    "LookupReport",
    "MemlakeError",
    "MemoryDiff",
    "PackCheck",
    "PackSummary",
    "RestoreSummary",
    "SourceCard",
    "VerifySummary",
    "__version__",
    "diff",
    "ingest",
    "lookup_sources",
    "pack_check",
    "restore",
    "verify",
]
__version__ = "0.1.0"

_HOMES = {
    "ArchiveSummary": "memlake.jobs.archive",
    "ConversationDiff": "memlake.history.changes",
    "ExitCode": "memlake.errors",
    "ExportReceipt": "memlake.jobs.summary",
    "IngestSummary": "memlake.jobs.summary",
    "Lake": "memlake.api",
    "LookupReport": "memlake.lookup.report",
    "MemlakeError": "memlake.errors",
    "MemoryDiff": "memlake.history.changes",
    "PackCheck": "memlake.jobs.pack_check",
    "PackSummary": "memlake.jobs.pack",
    "RestoreSummary": "memlake.jobs.restore",
    "SourceCard": "memlake.lookup.report",
    "VerifySummary": "memlake.jobs.restore",
    "diff": "memlake.api",
    "ingest": "memlake.api",
    "lookup_sources": "memlake.api",
    "pack_check": "memlake.api",
    "restore": "memlake.api",
    "verify": "memlake.api",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'memlake' has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
