"""Lists that somebody wrote out: they add memories and dates, and never prove that anything is gone."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest
from support.chatgpt import as_bytes, assistant, conversation, user
from support.lakes import ask, entity, export_folder, lake_of, memory, relations, take_in
from support.monthly import CELLO, DOG, LYON, PIANO, day, difference, feed, listed, monthly, state, windows
from support.pasted import as_text, claude_account, written_out
from support.zips import write_files

import memlake
from memlake.errors import ExitCode
from memlake.text import text_key

TEA = "User likes tea."
WINDOWS = [("deleted", "m2", "02-01", "04-01"), ("new", "m3", "02-01", "04-01")]
"""What the two whole lists tell by themselves."""


def whole_lists(folder: Path) -> list[Path]:
    """Write exports of February and April: m2 is gone from the second list, m3 is new in it."""
    return monthly(folder, [listed("m1"), listed("m2", DOG)], None, [listed("m1"), listed("m3", LYON)])[::2]


def changed(lake: Path) -> list[tuple[object, ...]]:
    """Return kind, memory and window of what changed, without the lists that cannot be compared."""
    return [row for row in windows(lake) if row[0] != "not_comparable"]


def test_a_list_adds_memories_that_are_active_as_pasted(tmp_path: Path) -> None:
    """Nobody knows whether they are switched on; the date is the file's, the section the heading above."""
    lake = tmp_path / "lake"
    name = "chatgpt-memories-2025-03-15.md"
    take_in(lake, write_files(tmp_path, {name: f"# Taste\n\n- {TEA}\n".encode()}) / name)

    found = ask(
        lake,
        "select memory_id, channel, channels, state, state_basis, enabled, is_edited, section, "
        f"{day('first_seen_at')}, {day('last_seen_at')}, deleted_after, deleted_before from memories",
    )

    seen = ("03-15", "03-15")
    assert found == [
        (f"text-{text_key(TEA)}", "dump", ["dump"], "active", "pasted", None, None, "Taste", *seen, None, None)
    ]


@pytest.mark.parametrize(
    ("label", "created_on", "basis"),
    [
        ("[2025-01-20] - ", "2025-01-20", "stated"),
        ("[2024-11] - ", "2024-11-01", "stated_month"),
        ("[2023] - ", "2023-01-01", "stated_year"),
        ("[unknown] - ", None, None),
        ("", None, None),
        ("[03/04/2024] - ", None, None),
    ],
)
def test_a_date_is_as_exact_as_the_list_states(tmp_path: Path, label: str, created_on: str, basis: str) -> None:
    """A month and a year begin on their first day, and a date of which nobody knows the month is none."""
    lake = lake_of(tmp_path / "lake", written_out(tmp_path, f"{label}{TEA}", "[2024-02-03] - User has a bike."))

    found = ask(lake, "select created_at::date::varchar, created_at_basis from memories where content = $it", it=TEA)

    assert found == [(created_on, basis)]


def test_the_most_exact_date_counts_whichever_list_states_it(tmp_path: Path) -> None:
    """The day beats its month, and what the provider or a recorded save says beats both."""
    coarse = written_out(tmp_path, f"[2025-01] - {TEA}", f"[2025-01] - {CELLO}")
    exact = written_out(tmp_path, f"[2025-01-20] - {TEA}", name="chatgpt-memories-2025-04-15.txt")
    export = export_folder(tmp_path, "export-2025-02-01", memories=[memory("m1", CELLO, "2025-01-18T10:00:00Z")])
    lake = lake_of(tmp_path / "lake", exact, export, coarse)
    take_in(lake, coarse, account="me")
    take_in(lake, exact, account="me")
    take_in(lake, export, account="me")

    found = ask(lake, "select content, created_at::date::varchar, created_at_basis from memories order by 1")

    assert found == [(TEA, "2025-01-20", "stated"), (CELLO, "2025-01-18", "provider")]


@pytest.mark.parametrize("label", ["[2025-01-20] - ", "[unknown] - "])
def test_entries_of_one_date_stand_in_the_order_of_their_list(tmp_path: Path, label: str) -> None:
    """Also as of a day; the newest list counts."""
    entries = [f"{label}Knows fact {fact}." for fact in ("d", "b", "e", "a", "c")]
    older = written_out(tmp_path, *sorted(entries))
    lake = lake_of(tmp_path / "lake", older, written_out(tmp_path, *entries, name="chatgpt-memories-2025-04-15.txt"))

    found = [one.content for one in memlake.Lake(lake).memories()]
    then = [one.content for one in memlake.Lake(lake).memories_as_of(datetime(2025, 5, 1, tzinfo=UTC))]

    assert found == then == [entry.removeprefix(label) for entry in entries]
    assert ask(lake, "select list(position order by position) from memories") == [([0, 1, 2, 3, 4],)]


def test_a_list_closes_nothing(tmp_path: Path) -> None:
    """What it lacks is there as before; the receipt counts nothing as vanished, and no diff compares it."""
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1"), listed("m2", DOG)]))

    receipt = take_in(lake, written_out(tmp_path, TEA))

    assert (receipt.is_joined, entity(receipt, "memories").coverage, entity(receipt, "memories").vanished) == (
        True,
        "partial",
        None,
    )
    assert feed(lake) == [("not_comparable", None)]
    assert [state(lake, name)[:2] for name in ("m1", "m2")] == [("active", "listed")] * 2
    assert difference(lake, "2025-02-01", "2025-03-15") == [("not_comparable", None)]


def test_a_list_between_two_whole_ones_changes_no_comparison(tmp_path: Path) -> None:
    """The second whole list is compared with the first, not with what somebody wrote out between them."""
    lake = lake_of(tmp_path / "lake", *whole_lists(tmp_path), written_out(tmp_path, CELLO))
    assert difference(lake, "2025-02-01", "2025-04-01") == [("deleted", "m2"), ("new", "m3")]
    assert changed(lake) == WINDOWS


def test_a_list_with_a_date_narrows_windows(tmp_path: Path) -> None:
    """What it shows was there by then, and still there then."""
    exports = whole_lists(tmp_path)
    lake = lake_of(tmp_path / "lake", *exports, written_out(tmp_path, DOG, LYON))
    assert changed(lake) == [("deleted", "m2", "03-15", "04-01"), ("new", "m3", "02-01", "03-15")]


def test_a_list_that_only_its_newest_entry_dates_narrows_no_window(tmp_path: Path) -> None:
    """It may have been written out at any time after that, when what it shows had come, or had come back."""
    exports = whole_lists(tmp_path)
    dump = written_out(
        tmp_path, f"[unknown] - {DOG}", f"[unknown] - {LYON}", f"[2025-03-15] - {TEA}", name="chatgpt.txt"
    )
    lake = lake_of(tmp_path / "lake", *exports, dump)
    assert ask(lake, "select exported_at_basis from exports where provider = 'dump'") == [("newest_record",)]
    assert changed(lake) == WINDOWS


def test_a_list_without_a_date_only_adds_evidence(tmp_path: Path) -> None:
    """Active as pasted where no whole list tells; it moves no window and no state of another memory."""
    alone = lake_of(tmp_path / "alone", written_out(tmp_path, TEA, name="chatgpt.txt"))
    lake = lake_of(tmp_path / "lake", *whole_lists(tmp_path), written_out(tmp_path, DOG, LYON, name="chatgpt.txt"))

    assert ask(alone, "select state, state_basis, first_seen_at from memories") == [("active", "pasted", None)]
    assert changed(lake) == WINDOWS
    assert [state(lake, name)[0] for name in ("m2", "m3")] == ["deleted", "active"]


@pytest.mark.parametrize("text", [CELLO, PIANO, "user  plays the CELLO."])
@pytest.mark.parametrize("is_first", [True, False])
def test_the_text_of_any_version_of_a_listed_memory_is_that_memory(
    tmp_path: Path, text: str, *, is_first: bool
) -> None:
    """Spaces and capitals aside; one memory with both channels, whichever came first."""
    exports = monthly(tmp_path, [listed("m1")], [listed("m1", PIANO)])
    lake = tmp_path / "lake"
    lake_of(lake, *([written_out(tmp_path, text)] if is_first else []), *exports)

    take_in(lake, written_out(tmp_path, text))

    found = ask(lake, "select memory_id, channel, channels, content, state_basis from memories")
    assert found == [("m1", "memory_file", ["memory_file", "dump"], PIANO, "listed")]


def test_a_statement_of_prose_with_the_same_text_is_that_memory(tmp_path: Path) -> None:
    """One memory, seen in the text and in the list."""
    lake = lake_of(tmp_path / "lake", claude_account(tmp_path, memory="**Work**\n\nNoa teaches the cello."))

    take_in(lake, written_out(tmp_path, "Noa teaches the cello.", name="claude-memories-2025-03-15.txt"))

    ((memory_id, channels),) = ask(lake, "select memory_id, channels from memories")
    assert (memory_id[:6], channels) == ("prose-", ["dump", "prose"])


def test_pasted_prose_is_the_statements_that_an_export_of_it_has(tmp_path: Path) -> None:
    """Whichever came first, each statement is one memory, and the paste adds that it was there."""
    text = (
        "**Work context**\n\nNoa teaches the cello. She is on call every third week.\n\n**Top of mind**\n\nNoa moves."
    )
    export = claude_account(tmp_path, name="2025-02-01", memory=text)
    paste = write_files(tmp_path, {"claude-memory-2025-03-15.md": text.encode()}) / "claude-memory-2025-03-15.md"

    lakes = [lake_of(tmp_path / "a", export, paste), lake_of(tmp_path / "b", paste, export)]

    wanted = f"select content, channels, section, {day('last_seen_at')} from memories order by content"
    expected = [
        ("Noa moves.", ["dump", "prose"], "Top of mind", "03-15"),
        ("Noa teaches the cello.", ["dump", "prose"], "Work context", "03-15"),
        ("She is on call every third week.", ["dump", "prose"], "Work context", "03-15"),
    ]
    assert [ask(lake, wanted) for lake in lakes] == [expected, expected]


def test_two_lists_with_the_same_text_are_one_memory(tmp_path: Path) -> None:
    """Seen from the first to the last."""
    again = written_out(tmp_path, f"[2025-01-20] - {TEA}", name="chatgpt-memories-2025-04-15.txt")
    lake = tmp_path / "lake"
    take_in(lake, again, account="me")
    take_in(lake, written_out(tmp_path, TEA), account="me")
    found = ask(lake, f"select {day('first_seen_at')}, {day('last_seen_at')}, {day('created_at')} from memories")
    assert found == [("03-15", "04-15", "01-20")]


@pytest.mark.parametrize(
    ("last_list", "expected"),
    [
        pytest.param([listed("m1")], ("unknown", "not_listed"), id="lacks-it"),
        pytest.param([listed("m1"), listed("m9", TEA)], ("active", "listed"), id="has-it"),
        pytest.param([], ("unknown", "list_emptied"), id="is-empty"),
        pytest.param(None, ("active", "pasted"), id="is-absent"),
    ],
)
def test_a_later_whole_list_tells_what_became_of_a_pasted_memory(
    tmp_path: Path, last_list: list[dict[str, object]] | None, expected: tuple[str, str]
) -> None:
    """Merged, rephrased or deleted: a list without it cannot tell which."""
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m1")], None, last_list), written_out(tmp_path, TEA))
    assert ask(lake, "select state, state_basis from memories where content = $it", it=TEA) == [expected]


def test_a_text_of_prose_tells_nothing_about_a_pasted_memory(tmp_path: Path) -> None:
    """Each channel closes only its own: neither other sentences nor an empty text end what a list showed."""
    lake = lake_of(
        tmp_path / "lake",
        claude_account(tmp_path, name="2025-02-01", memory="Noa teaches."),
        written_out(tmp_path, TEA, name="claude-memories-2025-03-15.txt"),
        claude_account(tmp_path, name="2025-04-01", memory="Noa teaches and paints."),
    )
    assert ask(lake, "select state, state_basis from memories where content = $it", it=TEA) == [("active", "pasted")]

    take_in(lake, claude_account(tmp_path, name="2025-05-01", memory=""))

    assert ask(lake, "select state, state_basis from memories where content = $it", it=TEA) == [("active", "pasted")]


def test_a_deleted_memory_that_a_later_list_shows_is_back(tmp_path: Path) -> None:
    """The newer evidence wins; the deletion before it stays known."""
    exports = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")])
    lake = lake_of(tmp_path / "lake", *exports, written_out(tmp_path, DOG))
    assert ask(lake, "select state, state_basis from memories where memory_id = 'm2'") == [("active", "pasted")]
    assert changed(lake) == [("deleted", "m2", "02-01", "03-01")]


def test_a_pasted_memory_gets_its_source_by_lookup(tmp_path: Path) -> None:
    """Nothing records it, so it has none before."""
    told = [conversation("c1", user("I have played the violoncello in a quartet since 2019."), assistant("Lovely."))]
    lake = lake_of(
        tmp_path / "lake",
        export_folder(tmp_path, "export-2025-02-01", conversations=told, user="user-1"),
        written_out(tmp_path, "User has played the violoncello in a quartet since 2019."),
    )
    before = ask(lake, "select conversation_id from memory_sources")

    memlake.lookup_sources(lake)

    after = ask(lake, "select level <> 'none', conversation_id, said_by from memory_sources")
    assert (before, after) == ([(None,)], [(True, "c1", "user")])


def test_the_order_of_ingest_changes_nothing(tmp_path: Path) -> None:
    """Two whole lists, a list with a date, and one with dates of its own."""
    exports = [
        *whole_lists(tmp_path),
        written_out(tmp_path, f"[2025-01] - {CELLO}", LYON, f"[unknown] - {TEA}"),
        written_out(tmp_path, f"[2025-01-07] - {DOG}", TEA, name="chatgpt.txt"),
    ]
    orders = list(permutations(exports))[::5]
    first, *others = (relations(lake_of(tmp_path / f"lake-{number}", *order)) for number, order in enumerate(orders))
    assert all(other == first for other in others)


def test_dropping_a_list_undoes_it(tmp_path: Path) -> None:
    """Everything is as if it had never been there."""
    exports = monthly(tmp_path, [listed("m1"), listed("m2", DOG)], [listed("m1")])
    lake = lake_of(tmp_path / "lake", *exports)
    before = relations(lake)
    receipt = take_in(lake, written_out(tmp_path, DOG, f"[2024] - {CELLO}", TEA))
    assert relations(lake) != before

    memlake.Lake(lake).drop_export(receipt.export_id, yes=True)

    assert relations(lake) == before


@pytest.mark.parametrize(
    "files",
    [
        {"chatgpt-memories-2025-03-15.md": f"# Taste\n\n- {TEA}\n- {DOG}\n".encode()},
        {"chatgpt": f"- {TEA}\n- {DOG}\n".encode()},
        {".chatgpt.txt": f"- {TEA}\n- {DOG}\n".encode()},
        {"chatgpt-memories-2025-03-15.json": as_bytes([{"content": TEA}, {"date": "2025-01-01"}])},
    ],
    ids=lambda files: next(iter(files)),
)
def test_a_rebuild_gives_the_same_relations(tmp_path: Path, files: dict[str, bytes]) -> None:
    """From the copy in the raw zone, whatever the file was called, and when it is gone."""
    (name,) = files
    path = write_files(tmp_path, files) / name
    lake = lake_of(tmp_path / "lake", *monthly(tmp_path, [listed("m2", DOG)]), path)
    before = relations(lake)
    path.unlink()

    memlake.Lake(lake).rebuild()

    assert relations(lake) == before
    assert len(before["rejects"]) == name.endswith(".json")


def test_fields_are_compared_with_those_of_a_list_alone(tmp_path: Path) -> None:
    """Those of an export with chats are not gone because somebody wrote a list out; one as text has no fields."""
    chats = export_folder(tmp_path, "export-2025-02-01", conversations=[conversation("c1", user("hi"))], user="user-1")
    lake = lake_of(tmp_path / "lake", chats, written_out(tmp_path, DOG))
    name = "chatgpt-memories-2025-04-15.json"

    receipt = take_in(lake, write_files(tmp_path, {name: as_bytes([{"content": TEA, "surprise": 1}])}) / name)
    last = take_in(lake, written_out(tmp_path, TEA, name="chatgpt-memories-2025-05-15.txt"))

    assert (receipt.fields.new, receipt.fields.unknown) == ((), ("memory.surprise",))
    assert (receipt.fields.vanished, last.fields.vanished) == ((), ())


def test_an_entry_that_is_none_is_rejected(tmp_path: Path) -> None:
    """The others are in; exit 3."""
    data = as_bytes([{"content": TEA}, {"date": "2025-01-01"}, {"content": DOG}])
    path = write_files(tmp_path, {"chatgpt-memories.json": data}) / "chatgpt-memories.json"

    summary = memlake.ingest(path, lake=tmp_path / "lake")

    assert summary.exit_code is ExitCode.PARTLY_READ
    assert ask(tmp_path / "lake", "select row_number, reason from rejects") == [(2, "memory without a text")]
    assert ask(tmp_path / "lake", "select content from memories order by 1") == [(DOG,), (TEA,)]


def test_an_entry_without_a_text_is_told_in_every_export_that_has_it(tmp_path: Path) -> None:
    """The list is in, exit 3 says that not all of it is; the same again under another date, and after a rebuild."""
    path = written_out(tmp_path, "[unknown] -", f"[2025-01-07] - {TEA}")
    lake = tmp_path / "lake"

    first = memlake.ingest(path, lake=lake)
    memlake.ingest(path, lake=lake, exported_at=datetime(2025, 6, 1, tzinfo=UTC))
    memlake.Lake(lake).rebuild()

    assert first.exit_code is ExitCode.PARTLY_READ
    assert [(reject.row_number, reject.reason) for reject in first.exports[0].first_rejects] == [
        (1, "entries without a text: 1")
    ]
    rejects = ask(lake, "select e.exported_at::date::varchar, reason from rejects join exports e using (export_id)")
    assert sorted(rejects) == [(day, "entries without a text: 1") for day in ("2025-03-15", "2025-06-01")]
    assert ask(lake, "select content from memories") == [(TEA,)]


def test_a_folder_of_lists_is_another_export_when_one_of_them_changes(tmp_path: Path) -> None:
    """Markdown beside JSON is a list like any other, and no remark on it."""
    lake = tmp_path / "lake"
    for month, animal in (("03", "cat"), ("04", "bird"), ("05", "bird")):
        files = {"chatgpt.json": as_bytes([{"content": TEA}]), "chatgpt.md": as_text(DOG, f"User has a {animal}.")}
        receipt = take_in(lake, write_files(tmp_path / f"memories-2025-{month}-15", files), account="me")
    assert receipt.outcome == "seen_again"
    assert ask(lake, "select count(*) from memories") == [(4,)]
    assert ask(lake, f"select {day('last_seen_at')} from memories where content like '%cat.'") == [("03-15",)]


def test_a_version_begins_when_the_list_says_that_it_was_saved(tmp_path: Path) -> None:
    """From then until the list it may have been otherwise; without a date it may have been there before."""
    entries = f"[2024-01-20] - {TEA}", f"[2024-05] - {DOG}", CELLO
    lake = lake_of(tmp_path / "lake", written_out(tmp_path, *entries))

    versions = ask(
        lake,
        "select content, strftime(valid_from, '%Y-%m-%d'), valid_from_basis, strftime(known_from, '%m-%d'), valid_to "
        "from memory_versions order by valid_from",
    )
    before = ask(lake, "select content, is_uncertain from memories_as_of('2024-03-01 00:00:00+00') order by 1")

    assert versions == [
        (TEA, "2024-01-20", "created", "03-15", None),
        (DOG, "2024-05-01", "created", "03-15", None),
        (CELLO, "2025-03-15", "seen", "03-15", None),
    ]
    assert before == [(TEA, True), (CELLO, True)]


def test_a_later_date_dates_a_list(tmp_path: Path) -> None:
    """As if it had been given at once; another date is another sighting of the same list."""
    late, at_once = tmp_path / "late", tmp_path / "at-once"
    april, june = datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
    path = written_out(tmp_path, f"[2025-01-07] - {TEA}", name="chatgpt.txt")
    take_in(late, path)

    (dated,) = memlake.ingest(path, lake=late, exported_at=april).exports
    memlake.ingest(path, lake=at_once, exported_at=april)

    assert (dated.outcome, relations(late) == relations(at_once)) == ("dated", True)
    assert memlake.ingest(path, lake=late, exported_at=june).exports[0].outcome == "seen_again"
    assert ask(late, f"select {day('first_seen_at')}, {day('last_seen_at')} from memories") == [("04-01", "06-01")]
