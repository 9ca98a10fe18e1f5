"""Long names at every width of the terminal: nothing collapses, nothing sticks out."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len
from support.claude_delivery import as_json, chat, delivered, manifest, parts, remembered_text
from support.commandline import memlake_here

from memlake.cli.named_table import named_table
from memlake.cli.render import Column, elided, indented, next_steps, print_page

NAME = Column(title="name", kind="name")
KIND = Column(title="kind", kind="phrase")
LACKS = Column(title="lacks", kind="text")
COUNT = Column(title="conversations", kind="number")
LONG = "delivery-of-the-twenty-second-of-september-with-a-long-name"
DRY_RUN = ("ingest", "--dry-run", ".")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a lake of two deliveries in parts, the second without one of them, and long names."""
    place = tmp_path_factory.mktemp("named")
    content = parts() | {
        f"conversations-00{number}.zip": {"conversations.json": as_json([chat(f"c{number}"), "bad"])}
        for number in range(2)
    }
    first = delivered(place / LONG, content)
    content["memories-000.zip"] = {"memories/account-1.json": as_json(remembered_text(text="**Work**\n\nNoa swims."))}
    second = delivered(place / f"data-{'2f1c9e3a' * 8}-batch", content, only=content.keys() - {"conversations-001.zip"})
    (second / "manifest.json").write_bytes(manifest(content, made_at="2026-10-22T10:00:00Z"))
    for export in (first, second):
        memlake_here("ingest", export, cwd=place)
    return place


@pytest.mark.parametrize("width", [80, 100, 120, 200])
@pytest.mark.parametrize(
    "words", [("diff",), ("diff", "--conversations"), ("exports",), ("status",), DRY_RUN, (*DRY_RUN, "-v")]
)
def test_no_page_is_wider_than_the_terminal(folder: Path, words: tuple[str, ...], width: int) -> None:
    """Names of exports and of the parts in them are shown, and no column is a letter wide."""
    page = memlake_here(*words, cwd=folder, columns=width).stdout

    assert max(map(cell_len, page.splitlines())) <= width
    assert min(len(line.strip()) for line in page.splitlines() if line) > 2
    assert LONG in page


def test_parts_are_told_apart_in_a_receipt(folder: Path) -> None:
    """In the balance of the files and in what was rejected, at 80 columns too."""
    page = memlake_here(*DRY_RUN, "-v", "--lake", "other", cwd=folder, columns=80).stdout

    for part in ("conversations-000.zip", "conversations-001.zip"):
        assert f"\n{part}/conversations.json  " in page
        assert f" {part}/conversations.json, record 2: not an object" in page


def test_a_name_stands_in_its_column_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """As in any other table."""
    monkeypatch.setenv("COLUMNS", "100")

    print_page(named_table([NAME, KIND, COUNT], [(LONG, "ChatGPT classic", 12), ("b", "Claude", 3)]))

    assert capfd.readouterr().out.splitlines() == [
        f"name{' ' * 55}  kind             conversations",
        f"{LONG}  ChatGPT classic             12",
        f"b{' ' * 58}  Claude                       3",
    ]


def test_a_name_without_room_stands_above_the_rest(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The titles as well; what follows has the same columns in every row."""
    monkeypatch.setenv("COLUMNS", "80")

    print_page(named_table([NAME, KIND, COUNT], [(LONG, "ChatGPT classic", 12), ("b", "Claude", 3)]))

    assert capfd.readouterr().out.splitlines() == [
        "name",
        "  kind             conversations",
        LONG,
        "  ChatGPT classic             12",
        "b",
        "  Claude                       3",
    ]


def test_a_name_that_is_not_first_stands_below_the_rest(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Without its middle, where even a line is too short; without titles no line is lost to them."""
    monkeypatch.setenv("COLUMNS", "40")

    rows = [("from", LONG, "part of the conversations, and more")]
    print_page(indented(named_table([Column(title=""), NAME, LACKS], rows, has_titles=False)))

    assert capfd.readouterr().out.splitlines() == [
        "  from  part of the conversations, and",
        "        more",
        "    delivery-of-the-tw…-with-a-long-name",
    ]


def test_a_phrase_is_broken_between_words_alone(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where nothing else gives way."""
    monkeypatch.setenv("COLUMNS", "25")

    print_page(named_table([NAME, KIND, COUNT], [(LONG, "Claude branched", 12)]))

    assert capfd.readouterr().out.splitlines()[3:] == ["  Claude               12", "  branched"]


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("memories.txt", 12, "memories.txt"),
        ("memories.txt", 11, "memor…s.txt"),
        ("conversations-001.zip/conversations.json", 20, "conversati…ions.json"),
        ("日本語日本語.zip", 9, "日本….zip"),
        ("a\x1b[2Jb.zip", 40, "a␛[2Jb.zip"),
        ("abc", 0, "…"),
    ],
)
def test_a_long_name_keeps_its_end(name: str, width: int, shown: str) -> None:
    """What is left out is in the middle; wide letters count twice, and nothing steers the terminal."""
    assert elided(name, width) == shown


def test_a_command_stays_whole_whatever_the_width(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What it is good for stands beside it, or below it."""
    command = f"memlake --lake /{'long/' * 12}lake list"
    for width in (80, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        print_page(next_steps([(command, "read the memories")]))

    assert capfd.readouterr().out.splitlines() == [
        "next",
        f"  {command}",
        "    read the memories",
        "next",
        f"  {command}  read the memories",
    ]
