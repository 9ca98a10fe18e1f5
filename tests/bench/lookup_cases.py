"""The bench's third table: where the memories of a big archive came from, and how soon a lookup knows.

As a program, this runs one piece of work on a lake and prints what it took as JSON:

    python tests/bench/lookup_cases.py ranking lake
    python tests/bench/lookup_cases.py every-message lake
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from asked import taken_in
from cases import Case, cpu_over, markdown_table, peak_mb, run_rounds, table_rows, wall_ms
from honesty import measure_honesty
from index_cases import index_cases, index_row
from ingest_cases import describe_export, generate
from measured import measure_self_timed
from readings import READINGS

RANKING = "candidates and ranking"
EVERY_MESSAGE = "rapidfuzz on every message"

_HERE = Path(__file__).parent
_PROVIDER = "chatgpt"
_ROUND_COUNT = 3
_SAMPLED_MEMORIES, _SAMPLED_MESSAGES = 20, 400
_LEGEND = (
    f"{RANKING}: all memories, the index caught up, in one process; {EVERY_MESSAGE}: token_set_ratio on "
    f"{_SAMPLED_MEMORIES} memories and {_SAMPLED_MESSAGES} messages, extrapolated to all"
)


def report_lookup(size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the archive."""
    export = generate(_PROVIDER, size, folder)
    lake = taken_in(folder / "lookup-lake", export)
    cases = (*index_cases(lake), *_lookup_cases(lake))
    costs = run_rounds(cases, round_count or _ROUND_COUNT)
    rows = [*table_rows(cases, costs), index_row(lake)]
    return f"{markdown_table(rows)}\n\n{_LEGEND}\n{describe_export(measure_honesty(export, READINGS[_PROVIDER]))}"


def _lookup_cases(lake: Path) -> tuple[Case, ...]:
    program = (sys.executable, _HERE / "lookup_cases.py")
    command = (sys.executable, "-m", "memlake", "--lake", lake, "lookup-sources", "--json")
    return (
        Case(
            name=RANKING,
            command=(*program, "ranking", lake),
            goals=(wall_ms(5_000), peak_mb(1_000)),
            run=measure_self_timed,
        ),
        Case(
            name=EVERY_MESSAGE,
            command=(*program, "every-message", lake),
            goals=(cpu_over(RANKING),),
            run=measure_self_timed,
        ),
        Case(name="lookup-sources --all", command=(*command, "--all"), goals=(wall_ms(), peak_mb(1_000))),
        Case(name="lookup-sources, nothing new", command=command, goals=(wall_ms(1_000),)),
    )


def _rank(lake: Path) -> dict[str, float]:
    from memlake.lake.fulltext_opening import open_caught_up  # noqa: PLC0415 - the process that measures others stays small
    from memlake.lake.layout import Layout  # noqa: PLC0415
    from memlake.lake.reader import open_lake  # noqa: PLC0415
    from memlake.lookup.archive import asked_memories, calendars  # noqa: PLC0415
    from memlake.lookup.finding import compare, judge  # noqa: PLC0415
    from memlake.lookup.model import built_in_model  # noqa: PLC0415

    with open_caught_up(Layout(lake)) as index, open_lake(Layout(lake)) as database:
        database.limit_memory()
        cpu_began, wall_began = process_time(), perf_counter()
        times = calendars(database, index)
        for account_key, memories in asked_memories(database).items():
            calendar = times[account_key]
            compared = compare(database, index, memories, calendar=calendar, report=lambda _: None)
            judge(compared, calendar=calendar, model=built_in_model(), message_count=index.message_count)
        return {"cpu_seconds": process_time() - cpu_began, "wall_seconds": perf_counter() - wall_began}


def _compare_every_message(lake: Path) -> dict[str, float]:
    from rapidfuzz import fuzz  # noqa: PLC0415

    import memlake  # noqa: PLC0415

    opened = memlake.Lake(lake)
    memories = [str(text) for text in opened.sql("select content from memories order by memory_id")["content"]]
    sample = "select text from messages where text <> '' order by hash(message_id) limit $count"
    messages = [str(text) for text in opened.sql(sample, count=_SAMPLED_MESSAGES)["text"]]
    message_count = int(opened.sql("select count(*) as found from messages where text <> ''")["found"][0])
    asked = memories[:: max(1, len(memories) // _SAMPLED_MEMORIES)][:_SAMPLED_MEMORIES]
    cpu_began, wall_began = process_time(), perf_counter()
    for memory in asked:
        for message in messages:
            fuzz.token_set_ratio(memory, message)
    times = len(memories) * message_count / max(1, len(asked) * len(messages))
    return {
        "cpu_seconds": (process_time() - cpu_began) * times,
        "wall_seconds": (perf_counter() - wall_began) * times,
    }


def main() -> None:
    """Do the work that is named on the lake that is named."""
    work = {"ranking": _rank, "every-message": _compare_every_message}[sys.argv[1]]
    sys.stdout.write(json.dumps(work(Path(sys.argv[2]))))


if __name__ == "__main__":
    main()
