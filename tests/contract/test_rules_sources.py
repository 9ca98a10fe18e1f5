"""Recorded sources: a memory comes from the call that first saved it, as soon as its export is taken in."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.chatgpt import START, Json, Turn, assistant, bio_call, conversation, numbered, user
from support.lakes import ask, export_folder, lake_of, memory, open_lake
from support.programs import program

import memlake
from memlake.lake import schema, sqlfiles
from memlake.lake.connection import Database
from memlake.times import to_datetime

DAY = 86_400.0


def on_day(day: float, *turns: Turn) -> list[Turn]:
    """Return turns of one conversation, a second apart, so many days after the first conversation."""
    return [replace(turn, at=day * DAY + second) for second, turn in enumerate(turns)]


def dated(memory_id: str, content: str, day: float, **keys: object) -> Json:
    """Return an element of a memory list that was created two seconds into such a conversation."""
    return memory(memory_id, content, to_datetime(round((START + day * DAY + 2) * 1_000_000)).isoformat(), **keys)


def sources(lake: Path, *columns: str) -> dict[str, tuple[Any, ...]]:
    """Return columns of the sources of a lake's memories, by their ids."""
    return {row[0]: row[1:] for row in ask(lake, f"select memory_id, {', '.join(columns)} from memory_sources")}


def candidates(lake: Path, memory_id: str) -> list[tuple[Any, ...]]:
    """Return conversation, role and score of a memory's candidates, best first."""
    sql = "select conversation_id, role, score from memory_source_candidates where memory_id = $memory_id order by rank"
    return ask(lake, sql, memory_id=memory_id)


def lake_with(
    folder: Path, conversations: Sequence[object], memories: Sequence[object], *, name: str = "export-2025-06-01"
) -> Path:
    """Return a lake of one export."""
    return lake_of(folder / "lake", export_folder(folder, name, conversations=conversations, memories=memories))


CELLO = conversation(
    "c-cello", *on_day(1, user("Morning! I play the cello on Sundays."), *bio_call("User plays the cello."))
)


def test_a_saved_memory_has_its_source_after_ingest(tmp_path: Path) -> None:
    """With the user's words, the call, and nothing left to guess."""
    lake = lake_with(tmp_path, [CELLO], [dated("cello", "User plays the cello.", 1)])

    found = sources(
        lake,
        *("level", "confidence", "conversation_id", "title", "message_id", "epoch(message_at)", "event_message_id"),
        *("quote", "said_by", "runner_up_conversation_id", "is_confirmed", "why"),
    )
    assert found["cello"] == (
        *("recorded", 1.0, "c-cello", "About c-cello", "n1", START + DAY, "n2"),
        *("I play the cello", "user", None, False, "the assistant's save call in that chat has this text"),
    )


def test_a_quote_stands_where_its_place_says(tmp_path: Path) -> None:
    """Its begin and end cut it out of the message."""
    lake = lake_with(tmp_path, [CELLO], [dated("cello", "User plays the cello.", 1)])
    sql = (
        "select quote, m.text[quote_start + 1 : quote_end] from memory_sources "
        "join messages m using (conversation_id, message_id)"
    )
    ((quote, cut),) = ask(lake, sql)
    assert quote == cut


def test_each_line_of_a_call_is_a_source(tmp_path: Path) -> None:
    """Whether a list has it, or nothing but the call."""
    told = conversation("c-lines", *on_day(1, user("I run and I swim."), *bio_call("User runs.\nUser swims.")))
    lake = lake_with(tmp_path, [told], [dated("swims", "User swims.", 1)])
    found = ask(lake, "select content, conversation_id, level from memories join memory_sources using (memory_id)")
    assert sorted(found) == [("User runs.", "c-lines", "recorded"), ("User swims.", "c-lines", "recorded")]


def test_a_call_of_several_lines_is_the_source_of_its_whole_text(tmp_path: Path) -> None:
    """And of a line, if one list has the whole and another one the line."""
    told = conversation("c-lines", *on_day(1, user("I run and I swim."), *bio_call("User runs.\nUser swims.")))
    exports = [
        export_folder(tmp_path, name, conversations=[told], memories=[listed])
        for name, listed in {
            "export-2025-03-01": dated("both", "User runs. User swims.", 1),
            "export-2025-04-01": memory("one", "User swims.", None),
        }.items()
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    assert sources(lake, "conversation_id", "level") == dict.fromkeys(("both", "one"), ("c-lines", "recorded"))


def test_a_poorer_export_takes_no_source_away(tmp_path: Path) -> None:
    """The newer export has neither the calls nor the list."""
    turns = numbered(user("I play the cello."), *bio_call("User plays the cello."), assistant("Noted."))
    rich = export_folder(
        tmp_path,
        "export-2025-02-01",
        conversations=[conversation("c-cello", *turns)],
        memories=[memory("cello", "User plays the cello.")],
    )
    poor = export_folder(tmp_path, "export-2025-03-01", conversations=[conversation("c-cello", *turns, dialect="slim")])
    alone = lake_of(tmp_path / "alone", rich)

    columns = ("level", "conversation_id", "message_id", "quote", "event_message_id")
    for name, order in {"forwards": [rich, poor], "backwards": [poor, rich]}.items():
        assert sources(lake_of(tmp_path / name, *order), *columns) == sources(alone, *columns)


def test_a_call_on_an_abandoned_branch_is_a_source(tmp_path: Path) -> None:
    """And its quote comes from its own branch."""
    told = conversation(
        "c-branched",
        *on_day(
            1, user("Hello."), user("I like jam."), *bio_call("User likes jam."), user("I like jam a lot.").under("n1")
        ),
    )
    lake = lake_with(tmp_path, [told], [dated("jam", "User likes jam.", 1)])
    assert sources(lake, "level", "message_id", "quote")["jam"] == ("recorded", "n2", "I like jam.")


def test_the_first_of_two_equal_saves_is_the_source(tmp_path: Path) -> None:
    """The second follows as an origin of lower rank, not as an edit: nothing changed."""
    again = conversation("c-again", *on_day(9, user("Still the cello!"), *bio_call("User plays the cello.")))
    lake = lake_with(tmp_path, [again, CELLO], [memory("cello", "User plays the cello.", None)])
    assert sources(lake, "conversation_id")["cello"] == ("c-cello",)
    assert candidates(lake, "cello") == [("c-cello", "origin", 1.0), ("c-again", "origin", None)]


def test_two_equal_saves_in_one_chat_have_a_quote_each(tmp_path: Path) -> None:
    """They are two candidates, by their messages."""
    turns = [
        user("I like tea."),
        *bio_call("User likes tea."),
        user("I like tea, really."),
        *bio_call("User likes tea."),
    ]
    lake = lake_with(tmp_path, [conversation("c-tea", *on_day(1, *turns))], [memory("tea", "User likes tea.", None)])
    assert ask(lake, "select message_id, role from memory_source_candidates order by rank") == [
        ("n1", "origin"),
        ("n4", "origin"),
    ]


def test_a_call_that_edits_is_a_candidate_and_the_origin_stays(tmp_path: Path) -> None:
    """Both texts were listed, under one id."""
    edit = conversation("c-edit", *on_day(40, user("And the piano."), *bio_call("User plays cello and piano.")))
    exports = [
        export_folder(tmp_path, name, conversations=told, memories=[dated("music", content, 1)])
        for name, told, content in [
            ("export-2025-02-01", [CELLO], "User plays the cello."),
            ("export-2025-06-01", [CELLO, edit], "User plays cello and piano."),
        ]
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    assert sources(lake, "level", "conversation_id")["music"] == ("recorded", "c-cello")
    assert candidates(lake, "music") == [("c-cello", "origin", 1.0), ("c-edit", "edit", None)]


@pytest.mark.parametrize(("seconds", "expected"), [(2, [("c-edit", "edit", None)]), (-9_000, [])])
def test_a_later_call_edits_only_what_changed_with_it(
    tmp_path: Path, seconds: int, expected: list[tuple[object, ...]]
) -> None:
    """A memory that was there long before, and of which only one text is known; else the call repeats it."""
    edit = conversation("c-edit", *on_day(40, user("And the piano."), *bio_call("User plays cello and piano.")))
    updated_at = to_datetime(round((START + 40 * DAY + seconds) * 1_000_000)).isoformat()
    lake = lake_with(tmp_path, [edit], [dated("music", "User plays cello and piano.", 1, updated_at=updated_at)])
    assert candidates(lake, "music") == expected
    assert sources(lake, "level", "why")["music"] == (None, "not looked up yet")


def test_a_call_repeats_what_a_list_had_before(tmp_path: Path) -> None:
    """It is neither origin nor edit, whether or not the list says when the memory was made."""
    echo = conversation("c-echo", *on_day(60, user("Hm."), *bio_call("User plays the cello.")))
    listed = [memory("cello", "User plays the cello.", None)]
    exports = [
        export_folder(tmp_path, name, conversations=told, memories=listed, user="u")
        for name, told in {"export-2025-01-20": [conversation("c-other")], "export-2025-06-01": [echo]}.items()
    ]
    assert candidates(lake_of(tmp_path / "lake", *exports), "cello") == []


def test_a_memory_edited_before_the_first_list_comes_from_the_call_at_its_creation(tmp_path: Path) -> None:
    """Its text differs from the call's, and the reason says so."""
    lake = lake_with(tmp_path, [CELLO], [dated("music", "User plays the cello in a quartet.", 1)])
    level, conversation_id, quote, why = sources(lake, "level", "conversation_id", "quote", "why")["music"]
    assert (level, conversation_id, quote) == ("recorded", "c-cello", "I play the cello")
    assert "edited before the first list" in why


def test_a_list_that_came_back_with_other_ids_keeps_its_source(tmp_path: Path) -> None:
    """Also where it does not say when its memories were made."""
    exports = [
        export_folder(tmp_path, name, conversations=[CELLO], memories=[memory(name, "User plays the cello.", None)])
        for name in ("export-2025-02-01", "export-2025-03-01")
    ]
    found = sources(lake_of(tmp_path / "lake", *exports), "level", "conversation_id")
    assert found == dict.fromkeys(("export-2025-02-01", "export-2025-03-01"), ("recorded", "c-cello"))


def test_a_replacing_call_edits(tmp_path: Path) -> None:
    """It never begins a memory, also if nothing else is known of its text."""
    lake = lake_with(tmp_path, [CELLO], [dated("cello", "User plays the cello.", 1)])
    (links,) = (file for file in sqlfiles.load("tables") if file.name == "staging.recorded_links")
    with Database(lake / "memlake.duckdb", read_only=False) as database:
        database.run("update memory_events set action = 'replace'")
        database.run("delete from staging.memory_sightings where channel = 'event'")
        database.run("update staging.memory_origins set origin_message_id = null")
        database.run(links.body)
    assert candidates(lake, "cello") == [("c-cello", "edit", None)]


def test_a_likely_save_is_never_recorded(tmp_path: Path) -> None:
    """No export shows a call."""
    told = conversation("c", *numbered(user("Remember that I run."), assistant("Noted.")), dialect="slim")
    lake = lake_with(tmp_path, [told], [memory("runs", "User runs every day.")])
    assert set(ask(lake, "select level, conversation_id, why from memory_sources")) == {
        (None, None, "not looked up yet")
    }
    assert ask(lake, "from staging.recorded_links") == []


def test_two_accounts_with_the_same_texts_have_their_own_sources(tmp_path: Path) -> None:
    """Ids and texts are the same, the words before the calls are not."""
    exports = []
    for name, day in {"ida": 1, "ole": 5}.items():
        told = conversation(
            "c", *on_day(day, user(f"{name.title()} plays the cello."), *bio_call("User plays the cello."))
        )
        listed = [dated("cello", "User plays the cello.", day)]
        exports.append(
            export_folder(tmp_path, f"export-{name}-2025-06-01", conversations=[told], memories=listed, user=name)
        )
    lake = lake_of(tmp_path / "lake", *exports)
    quotes = ask(lake, "select label, quote from memory_sources join accounts using (account_key) order by 1")
    assert quotes == [(f"{name}@example.org", f"{name.title()} plays the cello.") for name in ("ida", "ole")]


def test_a_memory_loses_its_source_with_the_only_export_of_its_chat(tmp_path: Path) -> None:
    """The list of another export still holds it."""
    chats = export_folder(tmp_path, "export-2025-02-01", conversations=[CELLO], user="u")
    listed = [dated("cello", "User plays the cello.", 1)]
    lists = export_folder(tmp_path, "export-2025-03-01", conversations=[], memories=listed, user="u")
    lake = lake_of(tmp_path / "lake", chats, lists)
    ((export_id,),) = ask(lake, "select export_id from exports where file_name = 'export-2025-02-01'")
    before = sources(lake, "level")

    memlake.Lake(lake).drop_export(export_id, yes=True)

    assert before == {"cello": ("recorded",)}
    assert sources(lake, "level", "conversation_id", "why") == {"cello": (None, None, "not looked up yet")}
    assert ask(lake, "from raw.recorded_quotes") == []


def test_every_memory_of_the_samples_has_one_source_row(sample_lake: Path) -> None:
    """Recorded or not, listed, likely, edited and deleted ones; every data test of the lake passes."""
    assert ask(sample_lake, "select memory_id from memories order by all") == ask(
        sample_lake, "select memory_id from memory_sources order by all"
    )
    with open_lake(sample_lake) as database:
        assert schema.failed_checks(database) == []


@pytest.mark.parametrize("relation", ["memory_sources", "memory_source_candidates"])
def test_the_released_shell_reads_sources(sample_lake: Path, relation: str) -> None:
    """Every row and column, with a DuckDB that is older than the library's."""
    command = [program("duckdb"), "-readonly", "-csv", str(sample_lake / "memlake.duckdb"), "-c", f"from {relation}"]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert len(shown.splitlines()) > len(ask(sample_lake, f"from {relation}"))
