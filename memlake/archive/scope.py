"""Which part of a lake an archive holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One account or all, what began or changed since a time or at any, and one kind of things or all."""

    account_key: str | None = None
    since: datetime | None = None
    only: Literal["memories", "conversations"] | None = None
