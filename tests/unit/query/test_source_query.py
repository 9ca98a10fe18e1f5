"""The source of one memory: the words around its quote, and memories without a source."""

from __future__ import annotations

from pathlib import Path

from support.chatgpt import conversation, numbered, user
from support.lakes import ask, change, export_folder, lake_of, memory, open_lake

from memlake.query.memories import source_of

QUOTED = """
select s.account_key, s.memory_id, m.text
from memory_sources s
join messages m using (account_key, conversation_id, message_id)
where s.quote is not null
"""


def test_a_quote_stands_in_its_message_between_its_neighbours(sample_lake: Path) -> None:
    """What is before and after it is what the message says there."""
    rows = ask(sample_lake, QUOTED)
    with open_lake(sample_lake) as lake:
        found = [(source_of(lake, account_key, memory_id), text) for account_key, memory_id, text in rows]

    assert any(source.quote_before or source.quote_after for source, _ in found)
    assert [text for one, text in found if f"{one.quote_before}{one.quote}{one.quote_after}" not in text] == []


def test_neighbours_are_at_most_200_characters(tmp_path: Path) -> None:
    """A quote in the middle of a book does not bring the book."""
    said = f"{'a' * 500}I like tea{'b' * 500}"
    chats = [conversation("c-1", *numbered(user(said)))]
    export = export_folder(tmp_path, memories=[memory("m", "Likes tea.")], conversations=chats, user="user-1")
    lake = lake_of(tmp_path / "lake", export)
    change(
        lake,
        "insert into raw.lookups (account_key, memory_id, content, basis_key, method_version, level, confidence, "
        "conversation_id, message_id, quote, quote_start, quote_end, said_by, why, explanation) "
        "select account_key, 'm', 'Likes tea.', 'basis', '1', 'paraphrase', 0.9, conversation_id, message_id, "
        "'I like tea', 500, 510, 'user', 'because', '[]' from messages",
    )

    with open_lake(lake) as database:
        source = source_of(database, *ask(lake, "select account_key, memory_id from memories")[0])

    assert (source.quote_before, source.quote, source.quote_after) == ("a" * 200, "I like tea", "b" * 200)


def test_a_memory_that_was_not_looked_up_has_no_source(tmp_path: Path) -> None:
    """Every field that a lookup would fill is empty, and it says why."""
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, memories=[memory("m", "Likes tea.")], user="user-1"))

    with open_lake(lake) as database:
        source = source_of(database, *ask(lake, "select account_key, memory_id from memories")[0])

    assert (source.level, source.confidence, source.quote, source.is_confirmed) == (None, None, None, False)
    assert (source.quote_before, source.quote_after, source.why) == ("", "", "not looked up yet")
