"""Frames as the bytes of files that other programs read: Parquet, JSON Lines and CSV; and what such a file holds."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import orjson
import polars as pl

from memlake.errors import LakeError

_ROW_GROUP_ROWS = 8_192
_COMPRESSION_LEVEL = 1  # the next costs half as much again and saves a tenth
_ISO_TIME = "%Y-%m-%dT%H:%M:%S%.fZ"
_EXECUTED = r"^[\s\x00]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]"  # how cells begin that a spreadsheet computes
_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "JSON": pl.String(),
    "BOOLEAN": pl.Boolean(),
    "INTEGER": pl.Int32(),
    "BIGINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
    "TIMESTAMP WITH TIME ZONE": pl.Datetime("us", "UTC"),
    "VARCHAR[]": pl.List(pl.String()),
    "INTEGER[]": pl.List(pl.Int32()),
}


def as_parquet(frame: pl.DataFrame, metadata: Mapping[str, str]) -> bytes:
    """Return a frame as Parquet that reads back as this frame. Raises `LakeError` if it does not."""
    target = io.BytesIO()
    frame.write_parquet(
        target,
        compression="zstd",
        compression_level=_COMPRESSION_LEVEL,
        row_group_size=_ROW_GROUP_ROWS,
        metadata=dict(metadata),
    )
    data = target.getvalue()
    if not from_parquet(data).equals(frame):
        raise LakeError("Parquet does not read back as it was written", hint="please report this")
    return data


def from_parquet(data: bytes) -> pl.DataFrame:
    """Return the frame that some Parquet holds."""
    return pl.read_parquet(io.BytesIO(data))


def as_json_lines(frame: pl.DataFrame) -> bytes:
    """Return one JSON object a row; times are ISO 8601 in UTC."""
    target = io.BytesIO()
    _with_iso_times(frame).write_ndjson(target)
    return target.getvalue()


def as_csv(frame: pl.DataFrame, *, is_neutral: bool, has_header: bool = True) -> bytes:
    """Return a CSV: an empty cell is null, `""` an empty text, a list is JSON.

    With `is_neutral` a cell that a spreadsheet would compute begins with an apostrophe, and NUL becomes a sign for it.
    """
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    plain = _with_iso_times(frame).with_columns(_json_of(frame[name]) for name in lists)
    if is_neutral:
        texts = pl.col(pl.String).str.replace_all("\0", "\u2400", literal=True)
        plain = plain.with_columns(texts.str.replace(_EXECUTED, "'${0}"))
    target = io.BytesIO()
    plain.write_csv(target, include_header=has_header, quote_style="necessary")
    return target.getvalue()


def rows_in_file(path: Path) -> int:
    """Return how many rows a file holds. Raises `ValueError` if it is not what its name says."""
    match path.suffix:
        case ".parquet":
            return int(_parquet(path).select(pl.len()).collect().item())
        case ".jsonl":
            with path.open("rb") as lines:
                return sum(1 for _ in lines)
        case _:
            with path.open(encoding="utf-8", newline="") as lines:
                return sum(1 for _ in csv.reader(lines)) - 1


def parquet_columns(path: Path) -> dict[str, pl.DataType]:
    """Return the columns of a Parquet file. Raises `ValueError` if it is none."""
    return dict(_parquet(path).collect_schema())


def are_types(columns: Mapping[str, pl.DataType], named: Mapping[str, str]) -> bool:
    """Tell whether columns are those that DuckDB calls by these names and types."""
    return dict(columns) == {name: _TYPES.get(kind) for name, kind in named.items()}


def _parquet(path: Path) -> pl.LazyFrame:
    try:
        found = pl.scan_parquet(path, hive_partitioning=False)
        found.collect_schema()
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"{path.name} is no Parquet") from error
    return found


def _with_iso_times(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Datetime("us", "UTC")).dt.strftime(_ISO_TIME))


def _json_of(series: pl.Series) -> pl.Series:
    spelled = [None if value is None else orjson.dumps(value).decode() for value in series.to_list()]
    return pl.Series(series.name, spelled, dtype=pl.String)
