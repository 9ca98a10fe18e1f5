"""Free SQL: one statement that reads, and no way out of the lake."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from support.commandline import command, environment, memlake_here, memlake_process
from support.lakes import open_lake

from memlake.errors import MemlakeError, UsageError
from memlake.lake.freesql import SqlLimits, free_answer

ENDLESS = "with recursive n as (select 1 as i union all select i + 1 from n) select count(*) from n"


def rows(lake: Path, sql: str, *, limits: SqlLimits | None = None) -> list[tuple[object, ...]]:
    """Return all rows of an answer."""
    with open_lake(lake) as database, free_answer(database, sql, limits=limits) as answer:
        return [row for batch in answer.batches for row in batch]


@pytest.mark.parametrize(
    "sql",
    [
        "select 1",
        "from memories",
        "from memories;",
        "-- a remark\nselect 1",
        "describe memories",
        "show tables",
        "summarize memories",
        "explain select 1",
        "values (1)",
        "table memories",
        "with a as (select 1) from a",
        "pivot memories on channel using count(*) group by account_key",
        "from help()",
        "from export_files('')",
    ],
)
def test_whatever_only_reads_is_answered(sample_lake: Path, sql: str) -> None:
    """In every way in which DuckDB lets one write a question."""
    assert rows(sample_lake, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "attach 'x.duckdb'",
        "copy memories to 'x.csv'",
        "copy (from memories) to 'x.parquet'",
        "export database 'x'",
        "import database 'x'",
        "install httpfs",
        "load httpfs",
        "set threads = 1",
        "reset threads",
        "use main",
        "pragma database_list",
        "pragma version",
        "call duckdb_functions()",
        "call enable_logging()",
        "create temp table mine as select 1",
        "create macro mine() as 1",
        "prepare mine as select 1",
        "execute mine",
        "deallocate mine",
        "begin",
        "checkpoint",
        "vacuum",
        "insert into raw.exports select * from raw.exports",
        "delete from raw.exports",
        "drop table raw.exports",
        "alter table raw.exports add column mine int",
        "comment on table memories is 'mine'",
        "select 1; select 2",
        "select 1; drop table raw.exports",
        "",
        " ;; ",
        "-- only a remark",
    ],
)
def test_all_else_is_refused_before_it_is_run(sample_lake: Path, tmp_path: Path, sql: str) -> None:
    """A mistake of usage, with what to do instead; nothing is written anywhere."""
    before = (sample_lake / "memlake.duckdb").read_bytes()

    done = memlake_here("sql", sql, cwd=tmp_path, lake=sample_lake)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "\nhint: " in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert (sample_lake / "memlake.duckdb").read_bytes() == before


@pytest.mark.parametrize(
    ("sql", "what", "hint"),
    [
        ("install httpfs", "install", "memlake shell is"),
        ("use main", "use", "memlake shell is"),
        ("checkpoint", "checkpoint", "memlake shell --write"),
        ("/* a */ begin", "begin", "memlake shell is"),
        ("  set threads = 1", "set", "--timeout and --memory"),
        ("COPY memories to 'x.csv'", "copy", "memlake sql --format csv 'from memories' > memories.csv"),
        ("pragma version", "pragma", "show tables"),
        ("with a as (select 1) insert into raw.exports from a", "insert", "memlake shell --write"),
    ],
)
def test_a_refusal_names_what_was_typed_and_what_does_it(sample_lake: Path, sql: str, what: str, hint: str) -> None:
    """Not what DuckDB makes of it, and not always the same."""
    done = memlake_here("sql", sql, cwd=sample_lake.parent)

    first, second = done.stderr.splitlines()
    assert first == f"memlake: error: {what} is no question, and nothing else is answered here"
    assert hint in second.replace("python -m memlake", "memlake")


@pytest.mark.parametrize(
    "sql",
    [
        "from read_csv('/etc/passwd')",
        "from read_text('{file}')",
        "from read_blob('{file}')",
        "from read_json('{file}')",
        "from read_parquet('{file}')",
        "from '{file}'",
        "from glob('{folder}/*')",
        "from sniff_csv('{file}')",
        "from query('select * from read_text(''{file}'')')",
        "explain analyze copy memories to '{folder}/y.csv'",
        "select * from read_csv('https://example.org/x.csv')",
    ],
)
def test_nothing_but_the_lake_can_be_read(sample_lake: Path, tmp_path: Path, sql: str) -> None:
    """No file of this machine, and nothing from elsewhere."""
    secret = tmp_path / "secret.csv"
    secret.write_text("a\nsecret words\n", encoding="utf-8")

    done = memlake_here("sql", sql.format(file=secret, folder=tmp_path), cwd=tmp_path, lake=sample_lake)

    assert (done.exit_code != 0, done.stdout) == (True, "")
    assert "secret words" not in done.stderr
    assert list(tmp_path.iterdir()) == [secret]


@pytest.mark.parametrize(
    ("sql", "cause", "excerpt", "hint"),
    [
        ("selec 1", 'syntax error at or near "selec"', "LINE 1: selec 1\n        ^", "from help()"),
        (
            "from memorys",
            "Table with name memorys does not exist",
            "LINE 1: from memorys\n             ^",
            '"memories"',
        ),
        ("select\nfoo from memories", 'column "foo" not found', "LINE 2: foo from memories\n        ^", "Candidate"),
        ("select nope(1)", "nope does not exist", "LINE 1: select nope(1)\n               ^", "Did you mean"),
        ("select 'x", "unterminated", "LINE 1: select 'x\n               ^", "from help()"),
    ],
)
def test_a_mistake_is_shown_where_it_is(sample_lake: Path, sql: str, cause: str, excerpt: str, hint: str) -> None:
    """The line with a mark below it, and the nearest help."""
    done = memlake_here("sql", sql, cwd=sample_lake.parent)

    assert (done.exit_code, done.stdout) == (2, "")
    assert cause in done.stderr.splitlines()[0]
    assert excerpt in done.stderr
    assert hint in done.stderr.splitlines()[-1]


def test_a_question_that_fails_at_its_work_is_no_mistake_of_usage(sample_lake: Path) -> None:
    """Exit 1, with what DuckDB says."""
    done = memlake_here("sql", "select error('boom') from memories", cwd=sample_lake.parent)

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("memlake: error: boom\n")


def test_a_question_without_an_end_is_ended(sample_lake: Path) -> None:
    """The error says how to allow more."""
    with pytest.raises(MemlakeError, match=r"no end after 0\.2 seconds") as caught:
        rows(sample_lake, ENDLESS, limits=SqlLimits(seconds=0.2))

    assert "--timeout" in str(caught.value.hint)


@pytest.mark.parametrize("format_name", ["csv", "json", "jsonl", "markdown"])
def test_an_answer_without_an_end_is_ended(sample_lake: Path, format_name: str) -> None:
    """Also where DuckDB has its rows at once: what is made of them counts."""
    done = memlake_process(
        *("sql", f"from range({10**12})", "--timeout", "0.3", "--format", format_name),
        cwd=sample_lake.parent,
        stdout=subprocess.DEVNULL,
    )

    assert done.returncode == 1
    assert done.stderr.startswith("memlake: error: no end after 0.3 seconds\n")


def test_a_reader_may_take_its_time(sample_lake: Path) -> None:
    """An answer that comes at once is whole, however late it is read."""
    limits = SqlLimits(seconds=0.3)
    with open_lake(sample_lake) as database, free_answer(database, "from range(1000)", limits=limits) as answer:
        first = next(answer.batches)
        subprocess.run([sys.executable, "-c", "import time; time.sleep(0.6)"], check=True)
        others = [row for batch in answer.batches for row in batch]

    assert len(first) + len(others) == 1000


def test_a_question_that_takes_too_much_memory_is_ended(sample_lake: Path) -> None:
    """Nothing is put on the disk instead."""
    with pytest.raises(MemlakeError, match="needs more memory than 50,000,000 bytes") as caught:
        rows(
            sample_lake,
            "select * from range(20000000) t(i) order by hash(i)",
            limits=SqlLimits(memory_bytes=50_000_000),
        )

    assert "--memory" in str(caught.value.hint)


@pytest.mark.parametrize("size", ["5", "1KB", "49MB"])
def test_a_limit_in_which_nothing_can_be_answered_is_refused(sample_lake: Path, size: str) -> None:
    """Before anything is asked; the least that goes is said."""
    done = memlake_here("sql", "select 1", "--memory", size, cwd=sample_lake.parent)

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("\nhint: write --memory 50MB or more\n")
    assert memlake_here("sql", "select 1", "--memory", "50MB", cwd=sample_lake.parent).exit_code == 0


@pytest.mark.parametrize(
    ("format_name", "lines"),
    [("csv", ["range\n", "0\n", "1\n"]), ("jsonl", [f'{{"range":{number}}}\n' for number in range(3)])],
)
def test_rows_come_as_a_stream(sample_lake: Path, format_name: str, lines: list[str]) -> None:
    """`| head` gets its lines at once, and memlake ends without a word, however many rows there would be."""
    words = command("sql", f"from range({10**12})", "--format", format_name, "--lake", sample_lake)
    with subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), text=True, cwd=sample_lake.parent
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = [process.stdout.readline() for _ in range(3)]
        process.stdout.close()
        said = process.stderr.read()

    assert first == lines
    assert said == ""


VALUES = (
    "select 1 as a, 2 as a, 1.50::decimal(9, 2) as d, 123456789012345678901234567890::hugeint as h, "
    "[1, null] as l, {'x': 1} as s, map {1: 'y'} as m, date '2025-01-02' as day, 'nan'::double as n, "
    "timestamptz '2025-01-02 03:04:05+00' as t, 'ab'::blob as b, interval 3 days as i, null as z, true as y, "
    "'\x1b[31m' as e"
)
SPELLED = {
    "a": 1,
    "a_2": 2,
    "d": 1.5,
    "h": 123456789012345678901234567890,
    "l": [1, None],
    "s": {"x": 1},
    "m": {"1": "y"},
    "day": "2025-01-02",
    "n": None,
    "t": "2025-01-02T03:04:05Z",
    "b": "6162",
    "i": "3 days, 0:00:00",
    "z": None,
    "y": True,
    "e": "\x1b[31m",
}


def test_every_type_has_its_json(sample_lake: Path) -> None:
    """Equal names are told apart; lines and document say the same, and a document is what the other commands write."""
    lines = memlake_here("sql", VALUES, "--format", "jsonl", cwd=sample_lake.parent).stdout
    document = memlake_here("sql", VALUES, "--json", cwd=sample_lake.parent).stdout
    nothing = memlake_here("sql", "from memories where false", "--json", cwd=sample_lake.parent).stdout

    assert json.loads(lines) == SPELLED
    assert json.loads(document) == [SPELLED]
    assert document.startswith('[\n  {\n    "a": 1,\n')
    assert json.loads(document, parse_float=Decimal)[0]["d"] == Decimal("1.50")
    assert nothing == "[]\n"


@pytest.mark.parametrize("format_name", ["table", "json", "jsonl", "csv", "md"])
def test_nothing_in_an_answer_steers_a_terminal(sample_lake: Path, format_name: str) -> None:
    """Neither in texts nor in the names of columns."""
    words = ("sql", f'{VALUES}, 1 as "\x1b[2J"', "--format", format_name)
    done = memlake_here(*words, cwd=sample_lake.parent, is_terminal=format_name == "csv")

    assert done.exit_code == 0
    assert "\x1b" not in done.stdout


def test_csv_for_programs_is_to_the_letter(sample_lake: Path) -> None:
    """Where no terminal shows it nothing is spelled out, and an empty text is not null."""
    sql = "select chr(27) || '[31m' as e, '' as empty, null as nothing"

    written = memlake_here("sql", sql, "--format", "csv", cwd=sample_lake.parent).stdout

    assert written == 'e,empty,nothing\n\x1b[31m,"",\n'


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "csv", "-- a remark\nselect 42 as answer"),
        ("--a remark\nselect 42 as answer", "--format=csv"),
        ("--format", "csv", "--timeout", "5", "--", "--a remark\nselect 42 as answer"),
    ],
)
def test_a_statement_may_begin_with_a_remark(sample_lake: Path, words: tuple[str, ...]) -> None:
    """Before and behind options; what is spelled like an option, without spaces, is one."""
    done = memlake_here("sql", *words, cwd=sample_lake.parent)
    wrong = memlake_here("sql", "select 1", "--fromat", "csv", cwd=sample_lake.parent)
    spaced = memlake_here("sql", "select 1", "--lake=no such lake", cwd=sample_lake.parent)

    assert (done.exit_code, done.stdout, done.stderr) == (0, "answer\n42\n", "")
    assert "No such option" in wrong.stderr
    assert "no such lake" in spaced.stderr


def test_a_statement_can_come_from_standard_input(sample_lake: Path) -> None:
    """So that it can stand in a file."""
    done = subprocess.run(
        command("sql", "-", "--format", "csv"),
        input="select 42 as answer\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=sample_lake.parent,
        env=environment(),
    )

    assert done.stdout == "answer\n42\n"


@pytest.mark.parametrize("words", [("sql", "select 1"), ("shell",), ("query", "count")])
def test_without_a_lake_there_is_nothing_to_ask(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The error says how to make one."""
    done = memlake_process(*words, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (1, "")
    assert "there is no lake at" in done.stderr
    assert "memlake ingest" in done.stderr


def test_a_refusal_in_python_is_a_usage_error(sample_lake: Path) -> None:
    """What is locked down stays so: the next question of the same connection may be asked."""
    with open_lake(sample_lake) as database:
        with pytest.raises(UsageError), free_answer(database, "checkpoint"):
            pass
        with free_answer(database, "select 1") as answer:
            found = list(answer.batches)

    assert found == [[(1,)]]
