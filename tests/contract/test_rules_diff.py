"""What `diff` and `history` promise: whatever a list turned into is shown once, and never more than that."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from support.chatgpt import as_bytes
from support.checkout import make, make_checkout
from support.commandline import memlake_here
from support.lakes import Json, export_folder, lake_of, memory
from support.samples import JANUARY, SEPTEMBER

import memlake

NUMBERED = [memory(f"old-{number}", f"Remembers thing {number}.") for number in range(4)]
OTHER_IDS = [memory(f"new-{number}", f"Remembers thing {number}.") for number in range(4)]


def lists(folder: Path, *memory_lists: list[Json] | None, user: str = "user-1") -> Path:
    """Make a lake of exports, a month apart, of which each holds a list, or none."""
    exports = [
        export_folder(
            folder, f"{user}-2025-{month:02d}-01", memories=listed, user=user, conversations=None if listed else []
        )
        for month, listed in enumerate(memory_lists, start=1)
    ]
    return lake_of(folder / "lake", *exports)


def short(folder: Path, *words: str) -> list[str]:
    """Return the lines of `diff --short`."""
    return memlake_here("diff", "--short", *words, cwd=folder).stdout.splitlines()


@pytest.fixture(scope="module")
def changing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with a lake in which each month's list differs from the one before in a way of its own."""
    folder = tmp_path_factory.mktemp("changing")
    zero, one, two = NUMBERED[:3]
    other = zero | {"content": "Remembers thing zero.", "enabled": False}
    changing = [
        [zero],
        [zero, one],
        [zero, one, two | {"enabled": False}],
        [zero, one],
        [other, one],
        [other | {"enabled": True}, one],
        [other | {"enabled": True}, OTHER_IDS[1]],
        [other | {"enabled": True}, OTHER_IDS[1], two],
    ]
    lists(folder, *changing)
    return folder


@pytest.mark.parametrize(
    ("month", "lines"),
    [
        pytest.param(2, ["+ old-1  Remembers thing 1."], id="new"),
        pytest.param(3, ["+ old-2  Remembers thing 2. (off)"], id="new-and-off"),
        pytest.param(4, ["- old-2  Remembers thing 2."], id="deleted"),
        pytest.param(
            5,
            ["M old-0  Remembers thing [-0-]{+zero+}.", "E old-0  Remembers thing [-0-]{+zero+}. (on → off)"],
            id="edited-and-disabled",
        ),
        pytest.param(6, ["E old-0  Remembers thing zero. (off → on)"], id="enabled"),
        pytest.param(7, ["- old-1  Remembers thing 1.", "R new-1  Remembers thing 1."], id="recreated"),
        pytest.param(8, ["R old-2  Remembers thing 2."], id="restored"),
    ],
)
def test_each_change_has_its_letter(changing_folder: Path, month: int, lines: list[str]) -> None:
    """One line a change, from the list of the month before."""
    assert short(changing_folder, f"2025-{month - 1:02d}", f"2025-{month:02d}") == lines


def test_where_nothing_changed_there_is_no_line(changing_folder: Path) -> None:
    """Two lists that say the same, and one list held against itself."""
    assert short(changing_folder, "2025-02", "2025-04") == []
    assert short(changing_folder, "latest", "latest") == []


def test_facts_about_the_whole_list_stand_first(tmp_path: Path) -> None:
    """Emptied, come back, and not comparable begin with an exclamation mark."""
    lists(tmp_path, NUMBERED[:1], [], NUMBERED[:1], None)

    assert short(tmp_path, "2025-01", "2025-02") == [
        "! the list was emptied; all deleted, or memory switched off: the export cannot tell"
    ]
    assert short(tmp_path, "2025-02", "2025-03")[0].startswith("! the list came back: ")
    assert short(tmp_path, "latest~1", "latest")[0].startswith("! these two cannot be compared: ")


def test_a_list_that_came_back_is_counted_and_shown(tmp_path: Path) -> None:
    """The fact, the counts, and every memory that is in it now."""
    lists(tmp_path, [], NUMBERED[:2])

    page = memlake_here("diff", cwd=tmp_path).stdout

    assert "the list came back: " in page
    assert "2 new; 0 unchanged" in page


def test_two_empty_lists_do_not_differ(tmp_path: Path) -> None:
    """That is said, too."""
    lists(tmp_path, [], [])

    assert memlake_here("diff", cwd=tmp_path).stdout.splitlines()[-1] == "no differences; 0 unchanged"


def test_memories_under_other_ids_are_counted_once(tmp_path: Path) -> None:
    """Not as deleted and new; the reason names the former id."""
    lists(tmp_path, NUMBERED, OTHER_IDS)

    assert short(tmp_path) == [f"= new-{number}  Remembers thing {number}." for number in range(4)]
    page = memlake_here("diff", cwd=tmp_path).stdout

    assert "4 reidentified; 0 unchanged" in page
    assert "old-3" in page


def test_a_list_cut_short_is_said_to_be_a_part(tmp_path: Path) -> None:
    """It cannot be compared, whatever it holds."""
    whole = export_folder(tmp_path, "one-2025-01-01", memories=NUMBERED, user="user-1")
    part = export_folder(tmp_path, "one-2025-02-01", files={"memory.json": as_bytes([*NUMBERED[:2], 7])}, user="user-1")
    lake_of(tmp_path / "lake", whole, part)

    page = memlake_here("diff", cwd=tmp_path).stdout

    assert "a part of the list: 2 memories" in page
    assert "these two cannot be compared" in page


def test_an_export_without_a_date_is_only_named_by_its_id(tmp_path: Path) -> None:
    """It has no place in the order; named, it says why it cannot be compared."""
    dateless = [{"id": f"u-{number}", "content": f"Remembers thing {number}."} for number in range(2)]
    dated = export_folder(tmp_path, "one-2025-01-01", memories=NUMBERED, user="user-1")
    undated = export_folder(tmp_path, "two", memories=dateless, user="user-1")
    lake_of(tmp_path / "lake", dated, undated)
    exports = json.loads(memlake_here("exports", "--json", cwd=tmp_path).stdout)
    (undated_id,) = [export["export_id"] for export in exports if export["exported_at"] is None]

    latest = memlake_here("diff", "latest", undated_id[:6], cwd=tmp_path).stdout
    picture = memlake_here("history", cwd=tmp_path).stdout

    assert "unknown date" in latest
    assert "nothing tells when this export was made" in latest
    assert "undated" in picture


def test_two_exports_of_one_time_have_a_fixed_order_and_a_note(tmp_path: Path) -> None:
    """Nobody knows which was first; the answer is the same whichever came in first."""
    one, other = (
        export_folder(tmp_path, f"{name}-2025-01-01", memories=listed, user="user-1")
        for name, listed in (("one", NUMBERED[:1]), ("other", NUMBERED[:2]))
    )
    lake_of(tmp_path / "ab" / "lake", one, other)
    lake_of(tmp_path / "ba" / "lake", other, one)

    pages = [memlake_here("diff", cwd=tmp_path / order).stdout for order in ("ab", "ba")]

    assert pages[0] == pages[1]
    assert "both were made at the same time: nothing tells which was first" in pages[0]


def test_ids_of_two_accounts_are_refused(tmp_path: Path) -> None:
    """Two people's lists are never held against one another."""
    lists(tmp_path, NUMBERED, user="user-1")
    lake = memlake.Lake(lists(tmp_path, NUMBERED, user="user-2"))
    one, other = (export.export_id for export in lake.exports())

    done = memlake_here("diff", one, other, cwd=tmp_path)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "the exports are of different accounts" in done.stderr


def test_a_disabled_memory_is_never_called_inactive(sample_lake: Path) -> None:
    """It may still have influenced answers before; no page says otherwise."""
    folder = sample_lake.parent
    pages = [
        memlake_here(*words, cwd=folder).stdout
        for words in (("diff", "2025-09-30", "2026-01-12"), ("history",), ("list",), ("show", "prefers concise"))
    ]

    assert "disabled" in pages[0]
    assert not any("inactive" in page.lower() for page in pages)


def test_make_diff_takes_selectors_as_typed(tmp_path: Path) -> None:
    """Neither make nor the shell reads anything into them; without them it is the last two exports."""
    checkout = make_checkout(tmp_path, environment=Path(sys.prefix))
    lake_of(checkout / "lake", SEPTEMBER, JANUARY)

    usual = make(checkout, "diff")
    named = make(checkout, "diff", "A=2026-01-12", "B=2025-09-30")
    odd = make(checkout, "diff", "A=$(shell touch made-by-make) `touch made-by-sh`")

    assert "1 edited" in usual.stdout
    assert "read backwards" in named.stdout
    assert (odd.returncode, list(checkout.glob("made-by-*"))) == (2, [])
    assert "no export is called" in odd.stderr
