"""Which two exports are compared where nobody says which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from memlake.history.exports import ExportPoint

_NEEDED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPair:
    """Two exports to compare, and the newer ones that were left out because they cannot be compared."""

    before: ExportPoint
    after: ExportPoint
    skipped: tuple[ExportPoint, ...] = ()


def newest_pair(
    exports: Sequence[ExportPoint],
    is_comparable: Callable[[ExportPoint], bool],
    *,
    before: ExportPoint | None = None,
) -> ExportPair | None:
    """Return the newest two exports that can be compared, or `before` and the newest after it; `None`: there are none.

    `exports` are all of one account, oldest first.
    """
    fitting = [export for export in exports if is_comparable(export)]
    if before is not None:
        fitting = [before, *[export for export in fitting if exports.index(export) > exports.index(before)]]
        fitting[1:-1] = []
    if len(fitting) < _NEEDED:
        return None
    first, second = fitting[-_NEEDED:]
    begin = exports.index(second if before is not None else first)
    skipped = tuple(export for export in exports[begin + 1 :] if not is_comparable(export))
    return ExportPair(before=first, after=second, skipped=skipped)
