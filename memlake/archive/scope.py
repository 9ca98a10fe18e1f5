"""Which part of a lake an archive holds, and how its list of memories reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Style = Literal["full", "classic"]
"""All that is known of each memory, or one line as a published recipe for jq prints it."""

Only = Literal["memories", "conversations"]
"""One kind of things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One account or all, what began or changed since a time or at any, and one kind of things or all."""

    account_key: str | None = None
    since: datetime | None = None
    only: Only | None = None
