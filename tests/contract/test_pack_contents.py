"""What is told of memories that a pack leaves out, and which of them are in it, in which order."""

from __future__ import annotations

import shlex
from pathlib import Path

import orjson
import pytest
from support.archives import bytes_in
from support.commandline import memlake_here
from support.lakes import ask, lake_of
from support.packs import answer_of, lake_with, pack_of
from support.pasted import written_out
from support.samples import CLAUDE_FOLDERS, CLAUDE_JUNE, CLAUDE_OCTOBER

from memlake.jobs.pack import PackOptions
from memlake.packs.items import TargetName
from memlake.text import text_key

_WHOLLY_PRIVATE = "Password: kate1"
_HIDDEN_IN_PART = "My wifi code is hunter22"
_PASTE = (
    f"[2026-01-05] - {_WHOLLY_PRIVATE}",
    "[2026-01-05] - Zebra fan.",
    f"[2026-01-05] - {_HIDDEN_IN_PART}",
    "[2026-01-05] - Likes apples.",
    "[2026-01-05] - Diagnosed with diabetes.",
)


@pytest.fixture(scope="module")
def pasted_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of a pasted list, whose ids are hashes over its texts."""
    folder = tmp_path_factory.mktemp("pasted")
    return lake_of(folder / "lake", written_out(folder, *_PASTE))


def test_nothing_that_leaves_the_lake_can_be_tested_against_guesses(pasted_lake: Path, tmp_path: Path) -> None:
    """A short password is soon found by its hash: files and JSON have no id of what lost something."""
    done = memlake_here("--lake", pasted_lake, "pack", "claude", "--json", cwd=tmp_path)

    written = done.stdout.encode() + b"".join(bytes_in(tmp_path).values())
    for text in (_WHOLLY_PRIVATE, _HIDDEN_IN_PART, "Diagnosed with diabetes."):
        assert text_key(text).encode() not in written
    assert text_key("Zebra fan.").encode() in written
    assert b"diabetes" not in written


def test_no_key_of_an_account_is_a_hash_over_what_was_withheld(pasted_lake: Path, tmp_path: Path) -> None:
    """A list without an account is named after its assistant, also where somebody asked for its account."""
    (account_key,) = (key for (key,) in ask(pasted_lake, "select distinct account_key from memories"))
    words = ("--account", account_key, "--json")

    done = memlake_here("--lake", pasted_lake, "pack", "claude", *words, cwd=tmp_path)

    written = done.stdout.encode() + b"".join(bytes_in(tmp_path).values())
    assert account_key.startswith("chatgpt:export-")
    assert account_key.rpartition("-")[2].encode() not in written
    told = orjson.loads(done.stdout)
    assert {place["account_key"] for one in told["left_out"] for place in one["places"]} == {"chatgpt"}
    assert {one["account_key"] for item in told["items"] for one in item["memories"]} == {"chatgpt"}


def test_who_owns_it_finds_what_was_left_out(pasted_lake: Path, tmp_path: Path) -> None:
    """JSON tells its place in the list of its account."""
    done = memlake_here("--lake", pasted_lake, "pack", "claude", "--json", cwd=tmp_path)

    left_out = orjson.loads(done.stdout)["left_out"]
    (account_key,) = {place["account_key"] for one in left_out for place in one["places"]}
    listed = memlake_here("--lake", pasted_lake, "list", "--account", account_key, "--json", cwd=tmp_path)
    contents = [one["content"] for one in orjson.loads(listed.stdout)]
    assert [(contents[one["places"][0]["number"] - 1], one["text"]) for one in left_out] == [
        (_WHOLLY_PRIVATE, "Password: [password 2]"),
        ("Diagnosed with diabetes.", "[health 1]"),
    ]


def test_a_terminal_tells_what_was_left_out_and_why(pasted_lake: Path, tmp_path: Path) -> None:
    """With its id and a placeholder; `show` has the rest, and the classes."""
    done = memlake_here("--lake", pasted_lake, "pack", "claude", "--dry-run", cwd=tmp_path)
    shown = memlake_here("--lake", pasted_lake, "show", f"text-{text_key(_WHOLLY_PRIVATE)}", cwd=tmp_path)

    left_out = done.stdout.partition("\nleft out\n")[2]
    assert f"text-{text_key(_WHOLLY_PRIVATE)}  passwords  Password: [password 2]" in left_out
    assert "what “Password” says" in left_out
    assert "tells about health: “Diagnosed”, “diabetes”" in left_out
    assert "kate1" not in done.stdout
    assert "passwords: what “Password” says" in shown.stdout


def test_what_was_left_out_is_told_also_where_nothing_else_is(tmp_path: Path) -> None:
    """Else nobody would know why there is no pack."""
    lake = lake_of(tmp_path / "lake", written_out(tmp_path, _WHOLLY_PRIVATE))

    done = memlake_here("--lake", lake, "pack", "claude", cwd=tmp_path)

    assert "there is nothing to pack" in done.stdout
    assert "Password: [password 1]" in done.stdout


def test_an_id_that_is_a_hash_over_an_earlier_text_is_not_told(tmp_path: Path) -> None:
    """The earlier text may have held what the newest does not: that memory is named after it all the same."""
    lake = lake_of(tmp_path / "lake", *CLAUDE_FOLDERS)

    pack_of(lake, tmp_path / "pack", options=PackOptions(account="claude"))

    assert b"prose-" not in bytes_in(tmp_path / "pack")["pack.json"]
    assert ask(lake, "select count(*) > 30 from memories where starts_with(memory_id, 'prose-')") == [(True,)]


def test_memories_of_one_date_are_packed_in_the_order_of_their_list(pasted_lake: Path) -> None:
    """Their ids would mix them."""
    found = pack_of(pasted_lake, None, options=PackOptions(account="chatgpt"))

    assert [one.text for one in found.items] == ["Zebra fan.", "My wifi code is [password 1]", "Likes apples."]


def test_a_text_that_the_newest_export_does_not_have_is_not_current(tmp_path: Path) -> None:
    """It is counted, and taken in by its state; a text of the newest export stays."""
    lake = lake_of(tmp_path / "lake", *CLAUDE_FOLDERS)
    june = lake_of(tmp_path / "june", CLAUDE_JUNE)

    current = pack_of(lake, None, "chatgpt", options=PackOptions())
    everything = pack_of(lake, None, "chatgpt", options=PackOptions(states=("active",)))
    then = pack_of(june, None, "chatgpt", options=PackOptions())
    done = memlake_here("--lake", lake, "pack", "chatgpt", "--dry-run", cwd=tmp_path)

    about_tides = "No height is shown without its datum"
    assert (current.outdated_count, everything.outdated_count, then.outdated_count) == (7, 0, 0)
    assert [about_tides in found.text for found in (current, everything, then)] == [False, True, True]
    assert "7 memories of a text that the newest export does not have" in done.stdout


def test_memories_of_other_categories_are_counted(tmp_path: Path) -> None:
    """In a pack and in the list, also where nothing else is left."""
    lake = lake_with(tmp_path, "Prefers short answers.", "Has a daughter called Mia.", "Has a cat called Tom.")

    packed = memlake_here("--lake", lake, "pack", "claude", "--category", "personal", cwd=tmp_path)
    listed = memlake_here("--lake", lake, "list", "--category", "instructions", cwd=tmp_path)
    empty = memlake_here("--lake", lake, "list", "--category", "tools", cwd=tmp_path)

    assert "1 memory of other categories, left out" in packed.stdout
    assert "1 memory: 1 instructions; 2 of other categories are not shown" in listed.stdout
    assert "no memories; 3 of other categories are not shown" in empty.stdout


@pytest.mark.parametrize("name", ["pack", "my pack"])
def test_a_checklist_names_the_folder_that_it_is_in(tmp_path: Path, name: str) -> None:
    """As it can be typed from anywhere; that of what is left names its own."""
    lake = lake_with(tmp_path, "Likes tea.", "Has a cat called Tom.")
    pack_of(lake, tmp_path / name)
    memlake_here(
        "pack", "check", name, answer_of(tmp_path, ["Likes tea.", "Lives in Bonn."]), "--remainder", cwd=tmp_path
    )

    for folder in (tmp_path / name, tmp_path / name / "remainder"):
        checklist = (folder / "checklist.md").read_text(encoding="utf-8")
        command = next(line for line in checklist.splitlines() if line.startswith("memlake pack check "))
        assert shlex.split(command) == ["memlake", "pack", "check", str(folder.resolve()), "ANSWER.txt"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_checklist_speaks_of_the_last_part_only_where_there_are_several(tmp_path: Path, count: int) -> None:
    """One part is only waited for."""
    lake = lake_with(tmp_path, *(f"Knows fact {n} about birds." for n in range(count)))

    pack_of(lake, tmp_path / "pack", options=PackOptions(account="chatgpt", max_items=1))

    checklist = (tmp_path / "pack" / "checklist.md").read_text(encoding="utf-8")
    assert ("Wait 24 hours after the last part:" in checklist) == (count > 1)
    assert ("`part-2.txt` and `part-3.txt`, in order" in checklist) == (count > 1)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("Lives in Bonn.", "the memory is missing"),
        ("Has a cat called Tim.", "the memory has landed with another fact"),
        ("Has a cat called Tom.", "the memory has landed"),
    ],
)
def test_a_single_memory_is_spoken_of_as_one(tmp_path: Path, answer: str, said: str) -> None:
    """There is nothing to count."""
    pack_of(lake_with(tmp_path, "Has a cat called Tom."), tmp_path / "pack")

    done = memlake_here("pack", "check", "pack", answer_of(tmp_path, [answer]), cwd=tmp_path)

    assert done.stdout.splitlines()[0] == said


@pytest.mark.parametrize("target", ["chatgpt", "gemini", "text"])
def test_what_is_remembered_of_another_person_names_them(tmp_path: Path, target: TargetName) -> None:
    """The file's title, which the words alone lack; and what was inferred says so."""
    lake = lake_of(tmp_path / "lake", CLAUDE_OCTOBER)

    found = pack_of(lake, None, target, options=PackOptions(account="claude"))

    lines = [line.partition("- ")[2] for line in found.text.splitlines() if "Tiago:" in line]
    assert lines == [
        "Tiago: Turns 36 on 2 October 2026",
        "Tiago: Works shifts at a hospital",
        "Tiago: Likes tea and comics",
        "Tiago: Does not like surprises (inferred)",
    ]
    assert {one.category for one in found.items if one.text.startswith("Tiago:")} == {"personal"}


def test_other_people_come_under_their_own_heading(tmp_path: Path) -> None:
    """Not under what is told of the user."""
    lake = lake_of(tmp_path / "lake", CLAUDE_OCTOBER)

    blocks = pack_of(lake, None, "gemini").text.split("\n# ")

    assert [block.partition("\n")[0] for block in blocks if "Tiago:" in block] == ["Relationships"]


def test_a_list_names_whom_a_memory_is_about(tmp_path: Path) -> None:
    """As a person reads it; the card has it, too, and JSON keeps the words apart."""
    lake = lake_of(tmp_path / "lake", CLAUDE_OCTOBER)

    listed = memlake_here("--lake", lake, "list", "--text", "shifts", cwd=tmp_path).stdout
    card = memlake_here("--lake", lake, "show", "Works shifts", cwd=tmp_path).stdout
    (row,) = orjson.loads(memlake_here("--lake", lake, "list", "--text", "shifts", "--json", cwd=tmp_path).stdout)

    assert "Tiago: Works shifts at a hospital" in listed
    assert "about       Tiago" in card
    assert (row["content"], row["subject"]) == ("Works shifts at a hospital [stated]", "Tiago")


def test_somebody_who_is_no_family_is_somebody_else(tmp_path: Path) -> None:
    """What a file about people tells of a stranger is nothing personal of the user."""
    record = {
        "conversations_memory": "Likes tea.",
        "memory_files": [{"path": "/people/rui.md", "content": "# Rui\n\n- Loves tea and comics\n"}],
    }
    export = tmp_path / "claude-2026-01-01"
    export.mkdir()
    (export / "memories.json").write_bytes(orjson.dumps([record]))
    lake = lake_of(tmp_path / "lake", export)

    (found,) = (one for one in pack_of(lake, None, "text").items if one.is_about_another)

    assert (found.text, found.category) == ("Rui: Loves tea and comics", "other")


def test_what_is_remembered_of_a_project_names_it(tmp_path: Path) -> None:
    """Its name is told by the project, and it is nobody, whoever stands beside it."""
    record = {
        "conversations_memory": "Her son's project Tidewatch is for sailors.",
        "project_memories": [{"project_uuid": "p1", "memory": "Runs every night. Tidewatch has an API."}],
    }
    export = tmp_path / "claude-2026-01-01"
    export.mkdir()
    (export / "memories.json").write_bytes(orjson.dumps([record]))
    (export / "projects.json").write_bytes(orjson.dumps([{"uuid": "p1", "name": "Tidewatch", "docs": []}]))
    lake = lake_of(tmp_path / "lake", export)

    found = pack_of(lake, None, "text").items

    assert {(one.text, one.is_about_another) for one in found[1:]} == {
        ("Tidewatch: Runs every night.", False),
        ("Tidewatch has an API.", False),
    }
