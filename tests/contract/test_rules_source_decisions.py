"""What a lookup found and what people decided: kept in the lake, ranked among the candidates, and never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.chatgpt import bio_call, conversation, numbered, user
from support.lakes import ask, export_folder, lake_of, memory, open_lake

import memlake
from memlake.lake import links, schema
from memlake.lake.connection import Database
from memlake.lake.links import CandidateRow, LookupRow, Verdict
from memlake.text import text_key

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
CHATS = [conversation(f"c{number}", user(f"Chat {number}."), user("I love rye bread.")) for number in (1, 2, 3)]
BREAD = memory("bread", "User loves rye bread.", None)
SAVED = conversation("c-saved", *numbered(user("I play the cello."), *bio_call("User plays the cello.")))
AGAIN = conversation(
    "c-again", *(replace(turn, at=9_000.0) for turn in (user("The cello!"), *bio_call("User plays the cello.")))
)
CELLO = memory("cello", "User plays the cello.", None)


def account_of(lake: Path) -> str:
    """Return the only account."""
    ((account_key,),) = ask(lake, "select account_key from accounts")
    return str(account_key)


def looked_up(account_key: str, level: Any = "near_verbatim", **keys: Any) -> LookupRow:  # noqa: ANN401 - any column
    """Return the result of a lookup of the bread, in the second chat unless nothing was found."""
    place = None if level == "none" else "c2"
    row = LookupRow(
        account_key=account_key,
        memory_id="bread",
        content="User loves rye bread.",
        basis_key="b1",
        method_version="1",
        level=level,
        confidence=0.25 if level == "none" else 0.75,
        conversation_id=place,
        message_id=place and "n2",
        quote=place and "I love rye bread.",
        quote_start=0 if place else None,
        quote_end=17 if place else None,
        said_by="nobody" if level == "none" else "user",
        runner_up_conversation_id="c3",
        why="nearly the same words",
        explanation="[]",
        run_id=None,
    )
    return row._replace(**keys)


def candidate(account_key: str, rank: int, conversation_id: str, score: float) -> CandidateRow:
    """Return a candidate for the bread."""
    names = ("words", "window", "spelling", "phrase", "speaker", "date", "list_place", "echo", "crowd")
    return CandidateRow(
        account_key=account_key,
        memory_id="bread",
        rank=rank,
        conversation_id=conversation_id,
        message_id="n2",
        score=score,
        **dict.fromkeys(names, 0.5),
        method_version="1",
    )


def store(lake: Path, *rows: LookupRow, chats: Sequence[str] = ("c2", "c3")) -> None:
    """Write a lookup as its job does."""
    account_key = account_of(lake)
    found = [candidate(account_key, rank, chat, 0.75 / rank) for rank, chat in enumerate(chats, start=1)]
    with Database(lake / "memlake.duckdb", read_only=False) as database:
        links.write_lookups(database, rows or [looked_up(account_key)], found)


def decide(lake: Path, memory_id: str, conversation_id: str, verdict: Verdict, *, minutes: int = 0) -> None:
    """Write a decision as its job does."""
    with Database(lake / "memlake.duckdb", read_only=False) as database:
        links.write_decision(
            database,
            account_key=account_of_database(database),
            memory_id=memory_id,
            conversation_id=conversation_id,
            verdict=verdict,
            decided_at=NOON + timedelta(minutes=minutes),
        )


def account_of_database(database: Database) -> str:
    """Return the only account of an open lake."""
    return str(database.value("select account_key from accounts"))


def source(lake: Path, memory_id: str, *columns: str) -> tuple[Any, ...]:
    """Return columns of the one source of a memory."""
    (row,) = ask(lake, f"select {', '.join(columns)} from memory_sources where memory_id = $id", id=memory_id)
    return row


def ranks(lake: Path, memory_id: str) -> list[tuple[Any, ...]]:
    """Return the candidates of a memory, best first, once every data test has passed."""
    with open_lake(lake) as database:
        assert schema.failed_checks(database) == []
    sql = "select conversation_id, role, score from memory_source_candidates where memory_id = $id order by rank"
    return ask(lake, sql, id=memory_id)


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Return a lake of three chats and a memory that no call saved."""
    return lake_of(
        tmp_path / "lake", export_folder(tmp_path, "export-2025-02-01", conversations=CHATS, memories=[BREAD], user="u")
    )


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """Return a lake whose memory was saved in two chats."""
    return lake_of(
        tmp_path / "lake",
        export_folder(tmp_path, "export-2025-02-01", conversations=[SAVED, AGAIN, *CHATS], memories=[CELLO], user="u"),
    )


def test_what_a_lookup_found_is_the_source(lake: Path) -> None:
    """With its level, its confidence, its quote and the second best."""
    store(lake)
    assert source(lake, "bread", "level", "confidence", "conversation_id", "message_id", "quote", "said_by") == (
        *("near_verbatim", 0.75, "c2", "n2", "I love rye bread.", "user"),
    )
    assert source(lake, "bread", "runner_up_conversation_id", "is_confirmed", "why", "message_at is null") == (
        *("c3", False, "nearly the same words", False),
    )
    assert ranks(lake, "bread") == [("c2", "origin", 0.75), ("c3", "origin", 0.375)]


def test_a_lookup_that_found_nothing_is_an_answer(lake: Path) -> None:
    """Its confidence is that of the best candidate; there is no source."""
    store(lake, looked_up(account_of(lake), "none", why="no message says it"))
    assert source(lake, "bread", "level", "confidence", "conversation_id", "title", "message_id", "quote") == (
        *("none", 0.25, None, None, None, None),
    )
    assert source(lake, "bread", "said_by", "why") == ("nobody", "no message says it")


def test_a_lookup_replaces_the_one_before(lake: Path) -> None:
    """Of the same memory, with all its candidates."""
    store(lake)
    store(lake, looked_up(account_of(lake), basis_key="b2"), chats=["c2"])
    with open_lake(lake) as database:
        assert links.stored_bases(database) == {(account_of(lake), "bread"): "b2"}
    assert ranks(lake, "bread") == [("c2", "origin", 0.75)]


def test_looking_up_nothing_changes_nothing(lake: Path) -> None:
    """An empty batch leaves the rows that are there."""
    store(lake)
    with Database(lake / "memlake.duckdb", read_only=False) as database:
        links.write_lookups(database, [], [])
    assert source(lake, "bread", "level") == ("near_verbatim",)


def test_a_recorded_call_beats_a_lookup(recorded: Path) -> None:
    """And says what the lookup measured of its message; what the lookup found follows."""
    account_key = account_of(recorded)
    found = [
        candidate(account_key, rank, chat, 0.9 / rank)._replace(memory_id="cello", message_id="n1")
        for rank, chat in enumerate(["c1", "c-saved"], start=1)
    ]
    row = looked_up(account_key, memory_id="cello", conversation_id="c1", message_id="n1")
    with Database(recorded / "memlake.duckdb", read_only=False) as database:
        links.write_lookups(database, [row], found)

    assert source(recorded, "cello", "level", "confidence", "conversation_id", "quote", "said_by") == (
        *("recorded", 1.0, "c-saved", "I play the cello.", "user"),
    )
    assert ask(recorded, "select conversation_id, score, words from memory_source_candidates order by rank") == [
        ("c-saved", 1.0, 0.5),
        ("c-again", None, None),
        ("c1", 0.9, 0.5),
    ]


def test_a_confirmed_lookup_keeps_its_level(lake: Path) -> None:
    """It is certain now, and no other chat competes with it."""
    store(lake)
    decide(lake, "bread", "c2", "confirmed")
    assert source(lake, "bread", "level", "confidence", "is_confirmed", "quote", "runner_up_conversation_id") == (
        *("near_verbatim", 1.0, True, "I love rye bread.", None),
    )
    assert source(lake, "bread", "why") == ("you confirmed it; nearly the same words",)
    assert ranks(lake, "bread") == [("c2", "origin", 1.0), ("c3", "origin", 0.375)]


def test_another_candidate_can_be_confirmed(lake: Path) -> None:
    """It goes to the top with its message; the quote of the one that was found before is not its own."""
    store(lake)
    decide(lake, "bread", "c3", "confirmed")
    assert source(lake, "bread", "level", "conversation_id", "message_id", "quote", "said_by", "why") == (
        *("paraphrase", "c3", "n2", None, "user", "you confirmed it"),
    )
    assert ranks(lake, "bread") == [("c3", "origin", 1.0), ("c2", "origin", 0.75)]


@pytest.mark.parametrize("level", ["never", "none"])
def test_a_chat_that_no_lookup_found_can_be_confirmed(lake: Path, level: str) -> None:
    """Nothing is known but the chat."""
    if level == "none":
        store(lake, looked_up(account_of(lake), "none"), chats=[])
    decide(lake, "bread", "c1", "confirmed")
    assert source(lake, "bread", "level", "confidence", "title", "message_id", "message_at", "quote", "said_by") == (
        *("paraphrase", 1.0, "About c1", None, None, None, None),
    )
    assert ranks(lake, "bread") == [("c1", "origin", 1.0)]


def test_a_chat_that_is_not_in_the_lake_cannot_be_the_source(lake: Path) -> None:
    """It was confirmed when it was, or may come yet."""
    decide(lake, "bread", "c-gone", "confirmed")
    assert source(lake, "bread", "level", "is_confirmed") == (None, False)
    assert ranks(lake, "bread") == []


def test_a_rejected_lookup_counts_as_not_looked_up(lake: Path) -> None:
    """And its chat is no candidate any more."""
    store(lake)
    decide(lake, "bread", "c2", "rejected")
    assert source(lake, "bread", "level", "confidence", "conversation_id", "quote", "why") == (
        *(None, None, None, None, "not looked up yet"),
    )
    assert ranks(lake, "bread") == [("c3", "origin", 0.375)]


def test_a_rejected_runner_up_is_none(lake: Path) -> None:
    """The source stays."""
    store(lake)
    decide(lake, "bread", "c3", "rejected")
    assert source(lake, "bread", "conversation_id", "runner_up_conversation_id") == ("c2", None)


def test_after_a_rejected_save_the_next_one_counts(recorded: Path) -> None:
    """And after the last of them nothing is known."""
    decide(recorded, "cello", "c-saved", "rejected")
    assert ranks(recorded, "cello") == [("c-again", "origin", 1.0)]
    decide(recorded, "cello", "c-again", "rejected")
    assert source(recorded, "cello", "level", "event_message_id") == (None, None)


def test_a_confirmed_save_is_recorded_and_confirmed(recorded: Path) -> None:
    """Also the second one, if somebody says so."""
    decide(recorded, "cello", "c-again", "confirmed")
    assert source(recorded, "cello", "level", "conversation_id", "is_confirmed", "why") == (
        *("recorded", "c-again", True, "you confirmed it; the assistant's save call in that chat has this text"),
    )
    assert ranks(recorded, "cello") == [("c-again", "origin", 1.0), ("c-saved", "origin", 1.0)]


def test_the_last_word_counts(lake: Path) -> None:
    """Of two about one chat, and of two chats that were confirmed."""
    store(lake)
    decide(lake, "bread", "c2", "rejected")
    decide(lake, "bread", "c2", "confirmed", minutes=1)
    decide(lake, "bread", "c3", "confirmed", minutes=2)
    assert ranks(lake, "bread") == [("c3", "origin", 1.0), ("c2", "origin", 1.0)]


def test_decisions_survive_every_job(recorded: Path, tmp_path: Path) -> None:
    """A rejected link never returns: not with another export, not when all is read again, not when one is dropped."""
    decide(recorded, "cello", "c-saved", "rejected")
    decide(recorded, "cello", "c3", "confirmed")
    before = ranks(recorded, "cello")
    more = export_folder(
        tmp_path, "export-2025-03-01", conversations=[SAVED, AGAIN, *CHATS], memories=[CELLO, BREAD], user="u"
    )

    lake_of(recorded, more)
    assert ranks(recorded, "cello") == before
    memlake.Lake(recorded).rebuild()
    assert ranks(recorded, "cello") == before
    ((export_id,),) = ask(recorded, "select export_id from exports where file_name = 'export-2025-02-01'")
    memlake.Lake(recorded).drop_export(export_id, yes=True)
    assert ranks(recorded, "cello") == before == [("c3", "origin", 1.0), ("c-again", "origin", 1.0)]


def test_a_decision_follows_a_memory_that_gets_an_id(tmp_path: Path) -> None:
    """Made about its text; a later one about the id counts more."""
    first = export_folder(tmp_path, "export-2025-02-01", conversations=[SAVED, *CHATS], user="u")
    lake = lake_of(tmp_path / "lake", first)
    decide(lake, "text-" + text_key("User plays the cello."), "c-saved", "rejected")

    lake_of(
        lake, export_folder(tmp_path, "export-2025-03-01", conversations=[SAVED, *CHATS], memories=[CELLO], user="u")
    )

    assert source(lake, "cello", "level") == (None,)
    with open_lake(lake) as database:
        assert [each[1:4] for each in links.decisions(database)] == [("cello", "c-saved", "rejected")]
    decide(lake, "cello", "c-saved", "confirmed", minutes=1)
    assert source(lake, "cello", "level", "is_confirmed") == ("recorded", True)


def test_a_decision_concerns_one_account(tmp_path: Path) -> None:
    """Another one with the same ids keeps its source."""
    exports = [
        export_folder(tmp_path, f"export-{name}-2025-02-01", conversations=[SAVED], memories=[CELLO], user=name)
        for name in ("ida", "ole")
    ]
    lake = lake_of(tmp_path / "lake", *exports)
    decide(lake, "cello", "c-saved", "rejected")
    levels = ask(lake, "select level from memory_sources order by level nulls last")
    assert levels == [("recorded",), (None,)]


def test_a_lookup_goes_with_its_chat(lake: Path, tmp_path: Path) -> None:
    """A dropped export takes the results that rest on it; the memory in another list stays."""
    store(lake)
    listed = export_folder(tmp_path, "export-2025-03-01", conversations=CHATS[:1], memories=[BREAD], user="u")
    lake_of(lake, listed)
    ((export_id,),) = ask(lake, "select export_id from exports where file_name = 'export-2025-02-01'")

    memlake.Lake(lake).drop_export(export_id, yes=True)

    assert source(lake, "bread", "level", "why") == (None, "not looked up yet")
    assert ask(lake, "from raw.lookups") == ask(lake, "from raw.lookup_candidates") == []


def test_a_lookup_stays_where_nothing_of_it_is_gone(lake: Path) -> None:
    """Reading all again keeps what was looked up."""
    store(lake)
    memlake.Lake(lake).rebuild()
    assert source(lake, "bread", "level", "conversation_id") == ("near_verbatim", "c2")
    assert len(ranks(lake, "bread")) == 2


def test_the_audit_shows_the_source(lake: Path) -> None:
    """In one flat row."""
    store(lake)
    assert ask(lake, "select title, quote, said_by, confidence from memory_audit") == [
        ("About c2", "I love rye bread.", "user", 0.75)
    ]
