"""Turns rows into columns, the form in which DuckDB takes them fastest."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, get_type_hints

import polars as pl

_TIME = pl.Datetime("us", "UTC")
_TYPES: dict[object, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    bool: pl.Boolean(),
    float | None: pl.Float64(),
    str | None: pl.String(),
    int | None: pl.Int64(),
    bool | None: pl.Boolean(),
    list[int]: pl.List(pl.Int64()),
    tuple[str, ...]: pl.List(pl.String()),
}


def frame_of(kind: type[NamedTuple], rows: Sequence[Any], **constants: Sequence[int]) -> pl.DataFrame:
    """Return named tuples of one kind as a frame, with further columns in front.

    Types come from the annotations; times (`_us`) become UTC datetimes and lose the suffix.
    """
    columns = [pl.Series(name, values, dtype=pl.Int64) for name, values in constants.items()]
    for (name, dtype), values in zip(_columns(kind), zip(*rows, strict=True), strict=True):
        series = pl.Series(name, values, dtype=dtype)
        columns.append(series.cast(_TIME).alias(name.removesuffix("_us")) if name.endswith("_us") else series)
    return pl.DataFrame(columns)


@cache
def _columns(kind: type[NamedTuple]) -> tuple[tuple[str, pl.DataType], ...]:
    hints = get_type_hints(kind)
    return tuple((name, _TYPES[hints[name]]) for name in kind._fields)
