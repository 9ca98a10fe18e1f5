"""Named queries: their files, and which memories each finds."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest
from support.chatgpt import conversation, numbered, user
from support.lakes import change, export_folder, lake_of, memory, open_lake
from support.programs import program

from memlake.errors import UsageError
from memlake.lake import sqlfiles
from memlake.query.named import answer, named_queries

DECISIONS = [
    "User decided to learn Rust.",
    "Chose oat milk for the café.",
    "Will use DuckDB for the project.",
    "Switched to a standing desk.",
    "Is going with the blue tiles.",
    "Prefers tea over coffee.",
    "Plans to move to Lisbon.",
    "Use metres, not feet.",
    "Decidiu mudar de emprego.",
    "Optou por uma bicicleta elétrica.",
    "Prefere chá a café.",
    "Usará DuckDB no projeto.",
    "Decidió estudiar piano.",
    "Eligió el piso azul.",
    "Prefiere el té al café.",
    "Se pasó a Linux.",
    "A décidé de déménager.",
    "A choisi le vélo.",
    "Préfère le thé au café.",
    "Est passée de Word à LaTeX.",
    "Hat sich entschieden, umzuziehen.",
    "Plant eine Reise nach Bern.",
    "Zieht Tee dem Kaffee vor.",
    "Trinkt lieber Tee als Kaffee.",
    "Ha deciso di partire.",
    "Heeft besloten te stoppen.",
    "Решила переехать.",
    "Предпочитает чай вместо кофе.",
    "이사하기로 결정함.",
    "커피보다 차를 선호함.",
    "决定搬家。",
    "更喜欢茶而不是咖啡。",
    "選擇了藍色。",
    "引っ越すことにした。",
    "コーヒーより紅茶が好き。",
]
FACTS = [
    "Has a dog called Miso.",
    "Is undecided about the trip.",
    "Prefers concise answers.",
    "Has a study plan for Spanish.",
    "Prefere respostas curtas.",
    "Vive en Madrid.",
    "Préfère les réponses courtes.",
    "Hat Angst vor Spinnen.",
    "Abita a Roma.",
    "Woont in Utrecht.",
    "Живёт в Москве.",
    "서울에 산다.",
    "有一个学习计划。",
    "紅茶が好き。",
]
OPEN = [
    "The move to Lisbon is not decided yet.",
    "An importer in another language is possible but not decided.",
    "Has never decided to move.",
    "Hasn't chosen a school yet.",
    "Doesn't plan to sell the boat.",
    "The colour is to be decided.",
    "Is considering moving to Lisbon.",
    "Wonders whether she will use DuckDB.",
    "The decision is still open.",
    "Ainda não decidiu se vai mudar de casa.",
    "Não pretende vender o barco.",
    "Aún no ha decidido si va a cambiar de piso.",
    "N'a pas encore choisi le vélo.",
    "Ne prévoit pas de déménager.",
    "Der Umzug ist noch nicht entschieden.",
    "Plant keine Reise.",
    "Überlegt, ob er die Stelle wechselt.",
    "Non ha ancora deciso di partire.",
    "Heeft nog niet besloten te stoppen.",
    "Ещё не решила переехать.",
    "이사를 결정한 적 없음.",
    "还没决定搬家。",
    "引っ越すかまだ決めていない。",
    "引っ越す予定はない。",
]
DECIDED_ALL_THE_SAME = [
    "Decided not to move.",
    "Has not decided on a car, but plans to move.",
    "After considering both, she chose the blue one.",
    "Hat sich gegen den Umzug entschieden, nicht gegen die Stelle.",
    "决定不搬家。",
]
NAMES = sorted(named_queries())
TOLD = {"created": {"year": "2025"}, "find": {"text": "typescript"}}
"""What some queries must be told."""

UNTOLD = [name for name in NAMES if not named_queries()[name].parameters]


def lake_remembering(folder: Path, *texts: str) -> Path:
    """Make a lake with the conversation c-1, whose memories are some texts, with the ids m-00, m-01 and so on."""
    listed = [memory(f"m-{number:02}", text) for number, text in enumerate(texts)]
    chats = [conversation("c-1", *numbered(user("hello")))]
    export = export_folder(folder, "export-2025-06-01", memories=listed, conversations=chats, user="user-1")
    return lake_of(folder / "lake", export)


def look_up(lake: Path, memory_id: str, level: str, said_by: str) -> None:
    """Store the result of a lookup for one memory; what it found is in c-1."""
    found = "null" if level == "none" else "'c-1'"
    change(
        lake,
        "insert into raw.lookups (account_key, memory_id, content, basis_key, method_version, level, confidence, "
        "conversation_id, said_by, why, explanation) "
        f"select account_key, memory_id, content, 'basis', '1', '{level}', 0.2, {found}, '{said_by}', 'because', '[]' "
        f"from memories where memory_id = '{memory_id}'",
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_query_documents_the_columns_that_it_answers(sample_lake: Path, name: str) -> None:
    """All of them, in their order; it can be told whose row it is, and what it says in a line."""
    file = next(file for file in sqlfiles.load("queries") if file.name == name.replace("-", "_"))
    defaults: dict[str, object] = {parameter.name: parameter.default for parameter in file.parameters}

    with open_lake(sample_lake) as lake:
        columns = lake.query(file.body, defaults | TOLD.get(name, {})).columns

    assert tuple(file.columns) == columns
    assert "account_key" in columns or "account" in defaults
    assert set(file.key) <= set(columns)
    assert all(file.columns.values())
    assert all(parameter.meaning for parameter in file.parameters)
    assert file.grain
    assert file.description


@pytest.mark.parametrize("name", NAMES)
def test_a_query_finds_something_about_the_samples(all_samples_lake: Path, name: str) -> None:
    """So that whoever tries it sees what it is for; what rests on a lookup says that it waits for one."""
    with open_lake(all_samples_lake) as lake:
        found = answer(lake, name, parameters=TOLD.get(name))

    assert found.rows or found.not_looked_up_count
    assert found.lacking is None


@pytest.mark.parametrize("name", NAMES)
def test_the_key_of_a_query_is_one(all_samples_lake: Path, name: str) -> None:
    """No two rows have the same."""
    file = next(file for file in sqlfiles.load("queries") if file.name == name.replace("-", "_"))
    with open_lake(all_samples_lake) as lake:
        rows = answer(lake, name, parameters=TOLD.get(name)).as_dicts()

    keys = [tuple(row[column] for column in file.key) for row in rows]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("name", NAMES)
def test_the_example_of_a_query_is_one_of_it(name: str) -> None:
    """It can be typed as it stands."""
    query = named_queries()[name]

    words = shlex.split(query.example.partition(" >")[0])

    assert words[:3] == ["memlake", "query", name]
    assert {word.partition("=")[0] for word in words[4::2]} <= {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("name", UNTOLD)
def test_the_released_shell_runs_the_file(sample_lake: Path, name: str) -> None:
    """One that takes no parameter; its rows are those of the command."""
    path = sqlfiles.sql_folder() / "queries" / f"{name.replace('-', '_')}.sql"
    with open_lake(sample_lake) as lake:
        rows = answer(lake, name).rows

    shell = subprocess.run(
        [program("duckdb"), "-readonly", "-jsonlines", str(sample_lake / "memlake.duckdb"), "-f", str(path)],
        check=True,
        capture_output=True,
        text=True,
    )

    assert len(shell.stdout.strip().splitlines()) == len(rows)


def test_decisions_are_found_in_many_languages(tmp_path: Path) -> None:
    """Whoever decided, chose, switched, plans or prefers one thing over another; what is just so is no decision."""
    lake = lake_remembering(tmp_path, *DECISIONS, *FACTS)

    with open_lake(lake) as database:
        found = answer(database, "decision-memories").as_dicts()

    contents = {row["content"] for row in found}
    assert sorted(contents ^ set(DECISIONS)) == []
    assert {row["decision"] for row in found if row["content"] == "Prefers tea over coffee."} == {"Prefers tea over"}


def test_what_is_denied_or_open_is_no_decision(tmp_path: Path) -> None:
    """Unless something else beside it is decided, or the decision is not to do it."""
    lake = lake_remembering(tmp_path, *OPEN, *DECIDED_ALL_THE_SAME)

    with open_lake(lake) as database:
        found = answer(database, "decision-memories").as_dicts()

    assert sorted({row["content"] for row in found} ^ set(DECIDED_ALL_THE_SAME)) == []


def test_a_decision_without_a_source_is_dated_by_its_memory(tmp_path: Path) -> None:
    """The nearest time that the lake knows."""
    lake = lake_remembering(tmp_path, DECISIONS[0])

    with open_lake(lake) as database:
        (row,) = answer(database, "decision-memories").as_dicts()

    assert f"{row['decided_at']:%Y-%m-%dT%H}" == "2025-01-01T12"
    assert row["level"] is None


@pytest.mark.parametrize(("level", "confidence"), [("none", None), ("paraphrase", 0.2)])
def test_a_decision_without_a_source_has_no_confidence(tmp_path: Path, level: str, confidence: float | None) -> None:
    """How probable the best of those was that are no source would pass for one."""
    lake = lake_remembering(tmp_path, DECISIONS[0])
    look_up(lake, "m-00", level, "user")

    with open_lake(lake) as database:
        (row,) = answer(database, "decision-memories").as_dicts()

    assert (row["level"], row["confidence"]) == (level, confidence)


@pytest.mark.parametrize(
    ("level", "said_by", "is_unsaid"),
    [
        ("none", "nobody", True),
        ("none", "user", False),
        ("paraphrase", "assistant", True),
        ("paraphrase", "nobody", True),
        ("paraphrase", "user", False),
        ("verbatim", "document", True),
    ],
)
def test_unsaid_is_what_has_no_source_among_your_words(
    tmp_path: Path, level: str, said_by: str, *, is_unsaid: bool
) -> None:
    """A document is not you; what you said in chats that are too many to tell is; what waits is not told."""
    lake = lake_remembering(tmp_path, "Likes tea.", "Likes milk.")
    look_up(lake, "m-00", level, said_by)

    with open_lake(lake) as database:
        found = answer(database, "unsaid")

    assert [row["content"] for row in found.as_dicts()] == ["Likes tea."] * is_unsaid
    assert found.not_looked_up_count == 1


def test_an_account_asks_for_its_own_rows(tmp_path: Path) -> None:
    """Another account's key finds nothing of this one."""
    lake = lake_remembering(tmp_path, DECISIONS[0])

    with open_lake(lake) as database:
        (key,) = (row["account_key"] for row in answer(database, "decision-memories").as_dicts())
        own = answer(database, "decision-memories", account_key=key)
        other = answer(database, "decision-memories", account_key="claude:other")

    assert (len(own.rows), own.not_looked_up_count) == (1, 1)
    assert (other.rows, other.not_looked_up_count) == ((), 0)


@pytest.mark.parametrize(
    ("name", "given", "cause", "hint"),
    [
        ("created", {}, "created must be told: year", "memlake query created -p year=2025"),
        ("created", {"yaer": "2025"}, "created has no parameter 'yaer'; it takes year", "did you mean -p year=2025?"),
        ("count", {"zzz": "1"}, "count has no parameter 'zzz'; it takes none", "memlake query"),
        ("untouched", {"months": "x"}, "the value of months is no whole number up to 9,999: 'x'", "-p months=12"),
        ("untouched", {"months": "-1"}, "is no whole number", "memlake query untouched -p months=12"),
        ("untouched", {"months": "1.5"}, "is no whole number", "-p months=12"),
        ("untouched", {"months": "999999999999"}, "is no whole number", "-p months=12"),
        ("created", {"year": "abc"}, "the value of year is no year of four digits: 'abc'", "-p year=2025"),
        ("created", {"year": "2025x"}, "is no year", "-p year=2025"),
        ("created", {"year": "٢٠٢٥"}, "is no year", "-p year=2025"),
        ("created", {"year": ""}, "is no year", "-p year=2025"),
        ("find", {"text": ""}, "the value of text says nothing: ''", "memlake query find -p text="),
        ("find", {"text": " \n"}, "the value of text says nothing", "-p text="),
    ],
)
def test_a_wrong_parameter_is_named(
    all_samples_lake: Path, name: str, given: dict[str, str], cause: str, hint: str
) -> None:
    """With what would be right."""
    with open_lake(all_samples_lake) as lake, pytest.raises(UsageError) as caught:
        answer(lake, name, parameters=given)

    assert cause in caught.value.message
    assert hint in str(caught.value.hint)


def test_a_text_to_find_is_literal_and_in_any_case(sample_lake: Path) -> None:
    """Signs that mean something in patterns mean themselves."""
    with open_lake(sample_lake) as lake:
        found = answer(lake, "find", parameters={"text": "TYPESCRIPT FOR THE NEW API"}).as_dicts()
        nothing = answer(lake, "find", parameters={"text": "Type.cript%"}).rows

    assert {"title", "conversation_id", "created_at"} <= set(found[0])
    assert "TypeScript for the new API" in found[0]["excerpt"]
    assert nothing == ()


def test_what_is_found_is_marked_where_it_was_cut(tmp_path: Path) -> None:
    """By dots at the side where the message goes on; a hidden message says so."""
    texts = ["A beagle.", f"{'word ' * 20}beagle {'word ' * 20}".strip()]
    chats = [conversation("c1", *(user(text, is_visually_hidden_from_conversation=True) for text in texts))]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=chats))

    with open_lake(lake) as database:
        found = answer(database, "find", parameters={"text": "beagle"}).as_dicts()

    excerpts = sorted(row["excerpt"] for row in found)
    assert excerpts == ["A beagle.", f"…ord {'word ' * 7}beagle {'word ' * 8}…"]
    assert {row["is_hidden"] for row in found} == {True}


def test_what_is_untouched_was_touched_before_that(tmp_path: Path) -> None:
    """The longest untouched comes first; a month more or less decides."""
    texts = [memory("m-1", "Likes tea.", "2025-03-01T12:00:00Z"), memory("m-2", "Has a dog.")]
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "export-2025-06-01", memories=texts, user="user-1"))

    with open_lake(lake) as database:
        old = answer(database, "untouched", parameters={"months": "1"}).as_dicts()
        ancient = answer(database, "untouched", parameters={"months": "1200"}).rows

    assert [row["memory_id"] for row in old] == ["m-2", "m-1"]
    assert ancient == ()
