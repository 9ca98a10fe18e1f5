"""What the search index is measured against: a table of words in DuckDB, asked with BM25 in SQL.

    python tests/bench/word_table.py build lake words.duckdb
    python tests/bench/word_table.py ask lake words.duckdb

The words are those of memlake's own index, and as many messages are asked for each memory; word forms, speakers and
dates are left out. Each prints what it took as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb
import polars as pl

from memlake.lake.analysis import tokens, words_of_each

_BATCH_MESSAGES = 4_096
_ASKED_AT_ONCE = 25
_SEARCHED_WORDS, _FOUND = 10, 70

_FREQUENCIES = """
create temp table frequencies as
select word, count(*) as document_count
from postings
where word in (select word from asked)
group by word
"""

_RAREST = """
create temp table rarest as
select a.memory, a.word, f.document_count
from asked a
join frequencies f using (word)
qualify row_number() over (partition by a.memory order by f.document_count, a.word) <= $searched
"""

_ASK = """
with sizes as (select count(*) as message_count, avg(word_count) as usual_count from lengths),
scored as (
    select
        r.memory,
        p.message,
        sum(
            ln(1 + (s.message_count - r.document_count + 0.5) / (r.document_count + 0.5))
            * p.count * 2.2 / (p.count + 1.2 * (0.25 + 0.75 * l.word_count / s.usual_count))
        ) as score
    from rarest r
    join postings p using (word)
    join lengths l using (message)
    cross join sizes s
    where r.memory >= $begin and r.memory < $begin + $size
    group by r.memory, p.message
)
select memory, max_by(message, score, $found) as best
from scored
group by memory
"""


class _Stream:
    """Hands a frame to DuckDB without pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def _build(lake: Path, file: Path) -> None:
    file.unlink(missing_ok=True)
    with duckdb.connect(str(lake / "memlake.duckdb"), read_only=True) as source, duckdb.connect(str(file)) as table:
        table.execute("create table said (message bigint, word varchar, count bigint)")
        table.execute("create table lengths (message bigint, word_count bigint)")
        source.execute("select text from messages where text <> ''")
        first = 0
        while rows := source.fetchmany(_BATCH_MESSAGES):
            _add(table, rows, first)
            first += len(rows)
        table.execute("create table postings as select word, message, count from said order by word, message")
        table.execute("drop table said")


def _add(table: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]], first: int) -> None:
    words = pl.DataFrame({"word": tokens(pl.Series([text for (text,) in rows]))}).with_row_index("message", first)
    counts = words.explode("word").drop_nulls().group_by("message", "word").len("count")
    said = _Stream(counts.cast({"message": pl.Int64, "count": pl.Int64}))
    lengths = _Stream(words.select(pl.col("message").cast(pl.Int64), word_count=pl.col("word").list.len()))
    for name, frame in (("said", said), ("lengths", lengths)):
        landing = frame  # found by its name
        table.execute(f"insert into {name} by name select * from landing")
        del landing


def _ask(lake: Path, file: Path) -> None:
    with duckdb.connect(str(lake / "memlake.duckdb"), read_only=True) as source:
        contents = [str(text) for (text,) in source.execute("select content from memories").fetchall()]
    asked = _Stream(pl.DataFrame({"word": words_of_each(contents)}).with_row_index("memory").explode("word").unique())
    with duckdb.connect(str(file), read_only=True) as table:
        landing = asked
        table.execute("create temp table asked as select * from landing where word is not null")
        del landing
        table.execute(_FREQUENCIES)
        table.execute(_RAREST, {"searched": _SEARCHED_WORDS})
        for begin in range(0, len(contents), _ASKED_AT_ONCE):
            table.execute(_ASK, {"begin": begin, "size": _ASKED_AT_ONCE, "found": _FOUND}).fetchall()


def main() -> None:
    """Do the work that is named, on the lake and the file that are named."""
    work = {"build": _build, "ask": _ask}[sys.argv[1]]
    cpu_began, wall_began = process_time(), perf_counter()
    work(Path(sys.argv[2]), Path(sys.argv[3]))
    timed = {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}
    sys.stdout.write(json.dumps(timed))


if __name__ == "__main__":
    main()
