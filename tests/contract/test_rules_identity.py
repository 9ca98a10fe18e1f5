"""Identity: when two sightings are one memory, and which channels and dates it has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from support.chatgpt import START, Turn, assistant, bio_call, conversation, message, numbered, user
from support.lakes import Json, ask, export_folder, lake_of, memory

from memlake.text import text_key

CELLO = "User plays the cello."
CELLO_DIFFERENTLY = "  USER plays\u00a0the \t\uff43\uff45\uff4c\uff4c\uff4f. "
PIANO = "User plays the piano."
DOG = "User has a dog."
BOTH = f"{CELLO}\n{DOG}"
CALL_AT = "2025-01-01 12:00:20+00"


def make_lake(folder: Path, *exports: Json) -> Path:
    """Make a lake of exports of one account, a month apart from February on."""
    dated = (
        export_folder(folder, f"export-2025-{month:02}-01", user="user-1", **export)  # type: ignore[arg-type]
        for month, export in enumerate(exports, start=2)
    )
    return lake_of(folder / "lake", *dated)


def saving(*texts: str, conversation_id: str = "c1") -> Json:
    """Return a conversation in which the assistant saves texts."""
    calls = [turn for text in texts for turn in bio_call(text)]
    return conversation(conversation_id, *numbered(user("remember it"), *calls, assistant("Noted.")))


def snapshot(*entries: str) -> Turn:
    """Return the hidden message that puts a memory list before the model."""
    listing = "\n\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))
    return message("assistant", {"content_type": "model_editable_context", "model_set_context": listing})


def ids(lake: Path) -> list[str]:
    """Return the ids of all memories."""
    return [str(memory_id) for (memory_id,) in ask(lake, "select memory_id from memories order by memory_id")]


def one(lake: Path, columns: str) -> tuple[object, ...]:
    """Return columns of the only memory."""
    (row,) = ask(lake, f"select {columns} from memories")
    return row


def of_text(content: str) -> str:
    """Return the id of a memory that only its text identifies."""
    return f"text-{text_key(content)}"


def test_a_providers_id_is_kept_to_the_letter(tmp_path: Path) -> None:
    """Two ids never merge, not even with the same text or in another case."""
    lake = make_lake(tmp_path, {"memories": [memory("M/1", CELLO), memory("m/1", CELLO)]})
    assert ids(lake) == ["M/1", "m/1"]


def test_a_save_with_the_text_of_a_listed_memory_is_that_memory(tmp_path: Path) -> None:
    """Width, spaces and case of letters do not matter."""
    lake = make_lake(tmp_path, {"conversations": [saving(CELLO_DIFFERENTLY)], "memories": [memory("m1", CELLO)]})
    assert one(lake, "memory_id, channel, channels, content") == ("m1", "memory_file", ["memory_file", "event"], CELLO)


def test_a_save_with_the_text_of_an_older_version_is_that_memory(tmp_path: Path) -> None:
    """The memory was edited after it had been saved; the newest text is its content."""
    lake = make_lake(
        tmp_path,
        {"memories": [memory("m1", PIANO)]},
        {"memories": [memory("m1", CELLO)], "conversations": [saving(PIANO)]},
    )
    assert one(lake, "memory_id, channels, content") == ("m1", ["memory_file", "event"], CELLO)


def test_of_several_memories_with_a_text_the_nearest_in_time_was_saved(tmp_path: Path) -> None:
    """A save belongs to the memory that was created when it happened."""
    near, far = "2025-01-01T12:00:25Z", "2024-06-01T12:00:00Z"
    listed = [memory("a-far", CELLO, far), memory("z-near", CELLO, near)]
    lake = make_lake(tmp_path, {"memories": listed, "conversations": [saving(CELLO)]})
    assert ask(lake, "select memory_id from memories where list_contains(channels, 'event')") == [("z-near",)]


def test_of_several_memories_of_one_time_the_first_id_was_saved(tmp_path: Path) -> None:
    """An arbitrary choice, but always the same one."""
    lake = make_lake(
        tmp_path, {"memories": [memory("m2", CELLO), memory("m1", CELLO)], "conversations": [saving(CELLO)]}
    )
    assert ask(lake, "select memory_id from memories where list_contains(channels, 'event')") == [("m1",)]


def test_a_save_that_no_list_knows_has_the_id_of_its_text(tmp_path: Path) -> None:
    """Whatever spelling came first, the normalised text makes the id."""
    lake = make_lake(tmp_path, {"conversations": [saving(CELLO), saving(CELLO_DIFFERENTLY, conversation_id="c2")]})
    assert ids(lake) == [of_text(CELLO)]


def test_a_save_of_several_lines_is_one_memory_where_a_list_says_so(tmp_path: Path) -> None:
    """The list is the better witness of what was stored."""
    lake = make_lake(tmp_path, {"conversations": [saving(BOTH)]}, {"memories": [memory("m1", BOTH)]})
    assert one(lake, "memory_id, channels") == ("m1", ["memory_file", "event"])


def test_a_save_of_several_lines_is_a_memory_each_otherwise(tmp_path: Path) -> None:
    """Lines that a list knows are that list's memories."""
    lake = make_lake(tmp_path, {"conversations": [saving(BOTH)], "memories": [memory("m1", DOG)]})
    assert ids(lake) == ["m1", of_text(CELLO)]


def test_the_strongest_channel_comes_first(tmp_path: Path) -> None:
    """A memory that was seen everywhere names all its channels in the order of their strength."""
    seen = conversation("c2", *numbered(user("hi"), snapshot(f"[2025-01-01]. {CELLO}"), assistant("Hello.")))
    lake = make_lake(
        tmp_path,
        {"conversations": [saving(CELLO), seen], "page": [CELLO]},
        {"memories": [memory("m1", CELLO)], "page": [CELLO]},
    )
    channels = ["memory_file", "list_snapshot", "html", "event"]
    assert one(lake, "memory_id, channel, channels") == ("m1", "memory_file", channels)


def test_a_snapshot_of_the_list_makes_memories(tmp_path: Path) -> None:
    """They have no id and a date that is stated, of which only the day is known."""
    seen = conversation("c1", *numbered(user("hi"), snapshot(f"[2024-12-24]. {CELLO}"), assistant("Hello.")))
    lake = make_lake(tmp_path, {"conversations": [seen]})
    columns = "memory_id, channel, created_at_basis, created_at = '2024-12-24 00:00:00+00'"
    assert one(lake, columns) == (of_text(CELLO), "list_snapshot", "stated", True)


def test_the_list_in_the_page_counts_where_there_is_no_file(tmp_path: Path) -> None:
    """Older exports hold the list only in chat.html."""
    lake = make_lake(tmp_path, {"conversations": [], "page": [f"[2024-12-24] {CELLO}"]})
    assert one(lake, "memory_id, channel, content") == (of_text(CELLO), "html", CELLO)
    assert ask(lake, "select memory_coverage, memory_count from exports") == [("complete", 1)]


def test_a_list_that_is_told_twice_is_counted_once(tmp_path: Path) -> None:
    """An export with the list as a file and in the page holds one list."""
    lake = make_lake(tmp_path, {"memories": [memory("m1", CELLO)], "page": [CELLO]})
    assert ids(lake) == ["m1"]
    assert ask(lake, "select memory_coverage, memory_count from exports") == [("complete", 1)]


def test_the_providers_time_comes_before_that_of_the_save(tmp_path: Path) -> None:
    """The list knows best when a memory was made."""
    listed = [memory("m1", CELLO, "2025-01-01T12:00:25Z")]
    lake = make_lake(tmp_path, {"memories": listed, "conversations": [saving(CELLO)]})
    assert one(lake, "created_at_basis, created_at = '2025-01-01 12:00:25+00'") == ("provider", True)


def test_the_time_of_the_save_comes_before_a_stated_day(tmp_path: Path) -> None:
    """Of several saves the first counts."""
    seen = conversation("c2", *numbered(user("hi"), snapshot(f"[2024-12-24]. {CELLO}"), assistant("Hello.")))
    again = saving(CELLO, conversation_id="c3") | {"title": "again"}
    lake = make_lake(tmp_path, {"conversations": [saving(CELLO), again, seen], "memories": [memory("m1", CELLO, None)]})
    assert one(lake, f"created_at_basis, created_at = '{CALL_AT}'") == ("event", True)


def test_a_memory_without_any_date_has_none(tmp_path: Path) -> None:
    """Unknown stays null, never the time of ingest."""
    lake = make_lake(tmp_path, {"memories": [memory("m1", CELLO, None)]})
    assert one(lake, "created_at, created_at_basis") == (None, None)


def test_an_id_that_stands_twice_in_one_list_is_one_memory(tmp_path: Path) -> None:
    """The later element counts; an exact repetition is a duplicate."""
    listed = [memory("m1", PIANO), memory("m1", CELLO), memory("m2", DOG), memory("m2", DOG)]
    lake = make_lake(tmp_path, {"memories": listed})
    assert ask(lake, "select memory_id, content from memories order by 1") == [("m1", CELLO), ("m2", DOG)]


def test_the_newest_list_says_what_a_memory_is(tmp_path: Path) -> None:
    """Text, state and times of sighting, whatever came first; a later save in other words changes nothing."""
    lake = make_lake(
        tmp_path,
        {"memories": [memory("m1", PIANO)]},
        {"memories": [memory("m1", CELLO, enabled=False)]},
        {"conversations": [saving(PIANO)]},
    )
    columns = "content, enabled, first_seen_at = '2025-01-01 12:00:20+00', last_seen_at = '2025-03-01 00:00:00+00'"
    assert one(lake, columns) == (CELLO, False, True, True)


LIKELY: Sequence[Turn] = numbered(user("Please remember that I play the cello."), assistant("I'll remember that."))


def test_a_likely_save_is_listed_apart(tmp_path: Path) -> None:
    """Nothing recorded it, so it has a channel of its own and no state."""
    lake = make_lake(tmp_path, {"conversations": [conversation("c1", *LIKELY, dialect="slim")]})
    assert one(lake, "channel, channels, enabled") == ("likely", ["likely"], None)


def test_a_likely_save_gives_way_to_an_export_that_shows_tool_calls(tmp_path: Path) -> None:
    """An older classic export of the conversation shows whether anything was saved."""
    lake = make_lake(
        tmp_path,
        {"conversations": [conversation("c1", *LIKELY)]},
        {"conversations": [conversation("c1", *LIKELY, dialect="slim")]},
    )
    assert ids(lake) == []
    assert ask(lake, "select epoch(created_at) from conversations") == [(START,)]
