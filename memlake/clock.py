"""The only clock: commands and the Python API hand it down, so that all below can be asked about any moment."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Return the time it is, in UTC."""
    return datetime.now(UTC)
