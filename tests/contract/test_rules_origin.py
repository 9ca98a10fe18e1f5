"""Origin: the user's idea or the assistant's, told by the call that saved a memory, or by its wording."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from support.chatgpt import START, Json, Turn, assistant, bio_call, conversation, text_content, user
from support.lakes import ask, change, export_folder, lake_of, memory, relations, take_in

from memlake.times import to_datetime

DAY = 86_400.0


class Origin(NamedTuple):
    """What a lake says about the origin of one memory."""

    origin: str
    reason: str
    conversation_id: str | None
    message_id: str | None


def origins(lake: Path) -> dict[str, Origin]:
    """Return the origins of a lake's memories, by their ids."""
    sql = (
        "select memory_id, origin, origin_reason, origin_conversation_id, origin_message_id from staging.memory_origins"
    )
    return {memory_id: Origin(*found) for memory_id, *found in ask(lake, sql)}


def on_day(day: float, *turns: Turn) -> list[Turn]:
    """Return turns of one conversation, a second apart, so many days after the first conversation."""
    return [replace(turn, at=day * DAY + second) for second, turn in enumerate(turns)]


def dated(memory_id: str, content: str, day: float, *, seconds: float = 0, **keys: object) -> Json:
    """Return an element of a memory list that was created so many days after the first conversation."""
    created_at = to_datetime(round((START + day * DAY + seconds) * 1_000_000)).isoformat()
    return memory(memory_id, content, created_at, **keys)


ASKED = conversation("c-asked", *on_day(1, user("Remember that I play the cello."), *bio_call("User plays the cello.")))
UNASKED = conversation("c-unasked", *on_day(2, user("I walk my dog at six."), *bio_call("User has a dog.")))
NOBODY = conversation("c-nobody", *on_day(3, *bio_call("User likes tea.")), title=None)
LINES = conversation(
    "c-lines",
    *on_day(4, user("Don't forget: I run, I swim."), *bio_call("User runs.\nUser swims.")),
    title="Sport " * 50,
)
BRANCHED = conversation(
    "c-branched",
    *on_day(5, assistant("Hello."), user("Remember jam."), *bio_call("User likes jam."), user("Hi.").under("n1")),
)
EDITED = conversation("c-edited", *on_day(6, user("No nuts, remember that."), *bio_call("User is allergic to nuts.")))
ECHOED = conversation("c-echoed", *on_day(20, user("Remember to call me Ida."), *bio_call("Call me Ida.")))
MUTE = conversation(
    "c-mute", *on_day(7, user("Remember this."), Turn(role="assistant", content=text_content(None), recipient="bio"))
)
CONVERSATIONS = [ASKED, UNASKED, NOBODY, LINES, BRANCHED, EDITED, ECHOED, MUTE]
MEMORIES = [
    dated("asked", "User plays the cello.", 1, seconds=1.5),
    dated("unasked", "User has a dog.", 2, seconds=1.5),
    dated("line", "User swims.", 4, seconds=1.5),
    dated("edited", "User is allergic to nuts and kiwi.", 6, seconds=3),
    dated("typed", "Call me Ida.", 8),
    dated("typed-meanwhile", "No emoji.", 1, seconds=4),
    dated("concluded", "The user weighs prices before buying.", 9),
    dated("too-new", "User moved to Brest.", 60),
    dated("too-old", "User moved to Bari.", -1),
    memory("undated", "User moved to Bonn.", None),
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of one whole classic export with its list."""
    folder = tmp_path_factory.mktemp("origin")
    export = export_folder(folder, "export-2025-02-01", conversations=CONVERSATIONS, memories=MEMORIES)
    return lake_of(folder / "lake", export)


def test_every_memory_has_one_origin(lake: Path) -> None:
    """And every origin a reason."""
    memory_ids = ask(lake, "select distinct memory_id from staging.memory_sightings order by 1")
    assert ask(lake, "select memory_id from staging.memory_origins where origin_reason <> '' order by 1") == memory_ids


def test_a_call_after_a_request_is_requested(lake: Path) -> None:
    """The reason names the conversation, the columns the call."""
    assert origins(lake)["asked"] == Origin(
        "requested", 'you asked for it just before, in "About c-asked"', "c-asked", "n2"
    )


def test_a_call_without_a_request_is_the_assistants_idea(lake: Path) -> None:
    """The user only told something."""
    assert origins(lake)["unasked"] == Origin(
        "auto",
        'the assistant saved it by itself in "About c-unasked": what you wrote just before does not ask for it',
        "c-unasked",
        "n2",
    )


def test_a_call_that_follows_no_message_of_the_user_is_the_assistants_idea(lake: Path) -> None:
    """In a chat whose title is not known."""
    (found,) = [found for found in origins(lake).values() if found.conversation_id == "c-nobody"]
    reason = "the assistant saved it by itself in a chat without a title: nothing that you wrote comes before it"
    assert (found.origin, found.reason) == ("auto", reason)


def test_each_line_of_a_call_has_its_origin(lake: Path) -> None:
    """A listed line and one that no list has; of a long title only the beginning is told."""
    found = [found for found in origins(lake).values() if found.conversation_id == "c-lines"]
    assert [(line.origin, line.message_id) for line in found] == [("requested", "n2")] * 2
    assert found[0].reason == f'you asked for it just before, in "{("Sport " * 50)[:80]}"'


def test_a_call_on_an_abandoned_branch_is_an_origin(lake: Path) -> None:
    """The memory was saved, whatever became of the branch."""
    (found,) = [found for found in origins(lake).values() if found.conversation_id == "c-branched"]
    assert (found.origin, found.message_id) == ("requested", "n3")


def test_a_memory_edited_since_comes_from_the_call_at_its_creation(lake: Path) -> None:
    """That call's text is in no list."""
    assert origins(lake)["edited"][:1] + origins(lake)["edited"][2:] == ("requested", "c-edited", "n2")


def test_a_later_call_with_the_same_text_is_no_origin(lake: Path) -> None:
    """The memory was there before; its wording tells that the user typed it."""
    assert origins(lake)["typed"] == Origin(
        "manual",
        "no call is recorded, although an export shows the calls of all chats of that time, deleted ones aside; "
        "not worded as the assistant words its own conclusions",
        None,
        None,
    )


def test_a_call_that_saved_another_memory_is_no_origin(lake: Path) -> None:
    """What the user typed just then has only its time in common with it."""
    assert origins(lake)["typed-meanwhile"].origin == "manual"


def test_third_person_without_a_call_is_the_assistants_conclusion(lake: Path) -> None:
    """Nobody writes about themselves like that."""
    assert origins(lake)["concluded"] == Origin(
        "auto",
        "no call is recorded, although an export shows the calls of all chats of that time, deleted ones aside; "
        "worded as the assistant words its own conclusions",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("memory_id", "reason"),
    [
        ("too-new", "no call is recorded, but the newest export that shows all calls (2025-02-01) is older"),
        ("too-old", "no call is recorded, but no export that shows all calls holds the chats of that time"),
        ("undated", "no call with its text is recorded, and its creation date is not known"),
    ],
)
def test_without_evidence_of_its_time_the_origin_is_unknown(lake: Path, memory_id: str, reason: str) -> None:
    """No call can be missed where none could be seen."""
    assert origins(lake)[memory_id] == Origin("unknown", reason, None, None)


def test_a_call_at_the_creation_of_two_memories_belongs_to_its_text(tmp_path: Path) -> None:
    """An edited memory takes the nearest call that no other one claims."""
    calls = [*bio_call("User likes ink.", has_reply=False), *bio_call("User likes jam.", has_reply=False)]
    told = conversation("c", *on_day(1, user("Remember that."), *calls, *bio_call("User likes oil.", has_reply=False)))
    listed = [
        dated("jam", "User likes jam.", 1, seconds=1.4),
        dated("ink", "User likes blue ink.", 1, seconds=1),
        dated("oil", "User likes olive oil.", 1, seconds=3),
    ]
    export = export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED, told], memories=listed)

    found = origins(lake_of(tmp_path / "lake", export))

    assert [found[name].message_id for name in ("ink", "jam", "oil")] == ["n2", "n3", "n4"]


def test_the_first_of_two_calls_for_a_memory_is_its_origin(tmp_path: Path) -> None:
    """The later one, whose text the list has, edited it within the day."""
    first = conversation("c-first", *on_day(1, user("Remember my puppy."), *bio_call("User has a puppy.")))
    edit = conversation("c-edit", *on_day(1.5, user("He is a year old!"), *bio_call("User has a dog.")))
    listed = [dated("dog", "User has a dog.", 1, seconds=1.5)]
    export = export_folder(tmp_path, "export-2025-02-01", conversations=[first, edit], memories=listed)

    found = origins(lake_of(tmp_path / "lake", export))

    assert (found["dog"].origin, found["dog"].conversation_id) == ("requested", "c-first")


def test_the_first_known_wording_tells(tmp_path: Path) -> None:
    """The user changed the assistant's words later."""
    exports = [
        export_folder(
            tmp_path, f"export-2025-0{month}-01", conversations=[ASKED], memories=[dated("prices", wording, 9)]
        )
        for month, wording in [(2, "User weighs prices."), (3, "I weigh prices.")]
    ]

    assert origins(lake_of(tmp_path / "lake", *exports))["prices"].origin == "auto"


def test_a_memory_under_two_ids_has_one_origin(tmp_path: Path) -> None:
    """A list that came back with other ids was saved by the same calls."""
    first = export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED], memories=MEMORIES[:1])
    again = [dated("again", "User plays the cello.", 1, seconds=1.5)]
    second = export_folder(tmp_path, "export-2025-03-01", conversations=[ASKED], memories=again)

    found = origins(lake_of(tmp_path / "lake", first, second))

    assert (found["again"], found["again"].origin) == (found["asked"], "requested")


def test_without_a_tool_layer_the_origin_is_unknown(tmp_path: Path) -> None:
    """Of a likely memory, and of a listed one, even if a likely save has its text."""
    turns = [user("Remember that I run."), assistant("Noted."), user("Remember that I swim."), assistant("Noted.")]
    told = conversation("c", *turns, dialect="slim")
    listed = [memory("run", "I run."), memory("sing", "User sings.")]
    export = export_folder(tmp_path, "export-2025-02-01", conversations=[told], memories=listed)

    found = origins(lake_of(tmp_path / "lake", export))

    assert {origin.origin for origin in found.values()} == {"unknown"}
    assert found["run"].reason == found["sing"].reason == "no call is recorded, and no export shows all calls"
    (likely,) = found.keys() - {"run", "sing"}
    assert found[likely].reason == "only a likely save: no export shows a call"


def test_a_damaged_export_proves_no_absence(tmp_path: Path) -> None:
    """The call may be in what could not be read."""
    export = export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED, "lost"], memories=MEMORIES)

    found = origins(lake_of(tmp_path / "lake", export))

    assert found["typed"].origin == found["concluded"].origin == "unknown"
    assert found["asked"].origin == "requested"


def test_chats_that_are_all_younger_prove_no_absence(tmp_path: Path) -> None:
    """An older export had chats of the time before, a newer one after: that of the creation may be deleted."""
    january = export_folder(tmp_path, "export-2025-01-05", conversations=[ASKED], user="user-1")
    recent = conversation("c-recent", *on_day(20, user("Hi.")), create_time=START + 20 * DAY)
    february = export_folder(tmp_path, "export-2025-02-01", conversations=[recent], memories=MEMORIES, user="user-1")

    found = origins(lake_of(tmp_path / "lake", january, february))

    assert found["typed"].origin == "unknown"
    assert found["typed"].reason.endswith("holds the chats of that time")


def test_a_stated_day_is_known_to_the_day_only(tmp_path: Path) -> None:
    """A list in the chat page that was made on the day itself may be older than the memory."""
    page = ["2025-02-01: Call me Ida.", "2025-01-20: Call me Noa."]
    export = export_folder(tmp_path, "export-2025-02-01", conversations=[UNASKED], page=page)

    found = origins(lake_of(tmp_path / "lake", export))

    assert sorted(origin.origin for origin in found.values()) == ["auto", "manual", "unknown"]


def test_accounts_never_mix(tmp_path: Path) -> None:
    """Calls of one account, and the lack of them, say nothing about the same words in another."""
    lake = tmp_path / "lake"
    listed = MEMORIES[:1]
    asked = export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED], memories=listed, user="user-1")
    whole = export_folder(tmp_path, "export-2025-02-02", conversations=[MUTE], memories=listed, user="user-2")
    alone = export_folder(tmp_path, "export-2025-02-03", memories=listed, user="user-3")

    for export in (asked, whole, alone):
        take_in(lake, export)

    found = ask(lake, "select origin, origin_conversation_id from staging.memory_origins order by 1")
    assert found == [("auto", None), ("requested", "c-asked"), ("unknown", None)]


def test_origins_do_not_depend_on_the_order_of_ingest(tmp_path: Path) -> None:
    """Nor on what came in between."""
    exports = [
        export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED, EDITED], memories=MEMORIES),
        export_folder(tmp_path, "export-2025-03-01", conversations=CONVERSATIONS, memories=MEMORIES[1:]),
        export_folder(tmp_path, "export-2025-04-01", memories=MEMORIES[:4]),
    ]

    forwards = origins(lake_of(tmp_path / "forwards", *exports))
    backwards = origins(lake_of(tmp_path / "backwards", *reversed(exports)))

    assert forwards == backwards
    assert {origin.origin for origin in forwards.values()} == {"auto", "manual", "requested", "unknown"}


def test_a_call_that_nobody_looked_at_leaves_the_origin_unknown(tmp_path: Path) -> None:
    """An older memlake read it, and its export is gone."""
    first = export_folder(tmp_path, "export-2025-02-01", conversations=[ASKED], memories=MEMORIES[:1])
    lake = lake_of(tmp_path / "lake", first)
    change(lake, "update raw.events set prompt_message_id = null, is_requested = null")

    take_in(lake, export_folder(tmp_path, "export-2025-03-01", memories=MEMORIES[:2]))

    assert origins(lake)["asked"] == Origin(
        "unknown",
        'saved in "About c-asked", but whether you asked for it was not looked at',
        "c-asked",
        "n2",
    )


LATER_TABLES = (
    *("lookups", "lookup_candidates", "link_decisions", "recorded_quotes"),
    *("prose", "prose_memo", "projects", "project_docs", "unread_parts", "category_choices"),
)
LATER_COLUMNS = (
    *(("exports", "assistant"), ("exports", "received_at")),
    *(("exports", "is_open_ended"), ("missing_parts", "entity")),
    *(("conversations", "kind"), ("conversations", "user_id")),
    *(("messages", "spoken_text"), ("events", "line_number"), ("events", "is_list_edit")),
    *(("memories", "scope"), ("memories", "section"), ("events", "capacity_used")),
    *(("deployed", name) for name in ("grain", "columns", "example", "about")),
)


def test_an_old_lake_learns_who_asked(tmp_path: Path) -> None:
    """A lake that an older memlake made is read anew at the next ingest."""
    export = export_folder(tmp_path, "export-2025-02-01", conversations=CONVERSATIONS, memories=MEMORIES)
    lake = lake_of(tmp_path / "lake", export)
    expected = relations(lake)["memory_events"]
    change(
        lake,
        "alter table raw.events drop column prompt_message_id",
        "alter table raw.events drop column is_requested",
        "update raw.records set parser_version = 1",
        *(f"drop table raw.{name}" for name in LATER_TABLES),
        *(f"alter table raw.{table} drop column {column}" for table, column in LATER_COLUMNS),
        "update raw.lake_state set schema_version = 1, derived_version = 'older'",
    )

    take_in(lake, export)

    assert relations(lake)["memory_events"] == expected


def test_the_sample_story_has_its_origins(sample_lake: Path) -> None:
    """Two memories that Noa asked for, one that she typed, and one that ChatGPT concluded."""
    sql = (
        "select origin, s.content from staging.memory_origins o join staging.memory_sightings s "
        "using (account_key, memory_id) where s.channel = 'memory_file' and "
        "(origin <> 'auto' or origin_message_id is null) group by all order by all"
    )
    assert ask(sample_lake, sql) == [
        ("auto", "The user wants to know what it costs to undo a decision before making it."),
        ("auto", "User's sister Elsa lives in Malmö and has twins."),
        ("manual", "Call me Noa, never Ms Lindqvist."),
        ("requested", "Prefers concise answers without bullet points."),
        ("requested", "Use TypeScript for the new API, not Go."),
    ]
