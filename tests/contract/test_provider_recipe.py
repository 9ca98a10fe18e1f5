"""The recipe for a new provider works as it is written: its example, installed as a plug-in, reads its sample."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
from support.checkout import first_session, matches
from support.commandline import memlake_here
from support.documents import ROOT
from support.lakes import ask, entity, take_in
from support.zips import write_files

from memlake import parsing
from memlake.providers import PLUGIN_GROUP, providers

RECIPE = (ROOT / "memlake" / "providers" / "README.md").read_text(encoding="utf-8")
SAMPLE = "abacus-2026-02-01"

_NAMED_BLOCK = re.compile(r"^`(?P<name>[\w./-]+)`\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_MODULE_NAME = re.compile(r"`(memlake(?:\.\w+)+)`")
_OF_OTHER_PARSERS = {"phrases", "sentences"}


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the files that the recipe shows, its provider installed as pip would."""
    files = {block["name"]: block["text"].encode() for block in _NAMED_BLOCK.finditer(RECIPE)}
    project = tomllib.loads(files["pyproject.toml"].decode())["project"]
    entries = "\n".join(f"{name} = {value}" for name, value in project["entry-points"][PLUGIN_GROUP].items())
    metadata = {
        "METADATA": f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n",
        "entry_points.txt": f"[{PLUGIN_GROUP}]\n{entries}\n",
    }
    write_files(tmp_path, files)
    write_files(tmp_path / "abacus_memlake-1.0.dist-info", {name: text.encode() for name, text in metadata.items()})
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("workplace")
def test_provider_of_the_recipe_is_found() -> None:
    """An entry point is enough."""
    assert "Abacus" in [provider.title for provider in providers()]


def test_provider_of_the_recipe_knows_its_sample(workplace: Path) -> None:
    """Each record is accounted for, one is rejected as the recipe says, and no field is unknown."""
    receipt = take_in(workplace / "lake", workplace / SAMPLE)

    assert {file.file_name: (file.records, file.stored, file.rejected) for file in receipt.files} == {
        "chats.json": (2, 1, 1),
        "facts.json": (2, 2, 0),
        "portrait.json": (1, 1, 0),
    }
    assert receipt.fields.unknown == ()
    assert entity(receipt, "memories").coverage == "complete"
    assert entity(receipt, "conversations").coverage == "partial"


def test_rows_of_the_recipe_reach_every_relation(workplace: Path) -> None:
    """The chat with its messages, the facts, the statements of the portrait, and where the fact came from."""
    take_in(workplace / "lake", workplace / SAMPLE)

    def found(sql: str) -> list[tuple[object, ...]]:
        return ask(workplace / "lake", sql)

    assert found("select title, message_count from conversations") == [("Biscuits for Sunday", 2)]
    assert found("select role, parent_id from messages order by position") == [("user", None), ("assistant", "1")]
    assert found("select channel, content, origin from memories order by all") == [
        ("memory_file", "Bakes on Sundays.", "unknown"),
        ("memory_file", "Sister is allergic to peanuts.", "requested"),
        ("prose", "Bakes for the whole street.", "auto"),
        ("prose", "Lives in Porto.", "auto"),
        ("prose", "Mends clocks.", "auto"),
    ]
    assert found("select level, quote from memory_sources where level <> 'none'") == [
        ("recorded", "sister is allergic to peanuts.")
    ]
    assert found("select provider, dialect, memory_count from exports") == [("abacus", "plain", 2)]


def test_session_of_the_recipe_works_as_shown(workplace: Path) -> None:
    """Its commands, typed one after the other, print what stands below them."""
    session = first_session(RECIPE)

    assert len(session) > 1
    for typed, shown in session:
        done = memlake_here(*typed.split()[1:], cwd=workplace)
        assert matches(shown, done.stdout), done


@pytest.mark.parametrize("name", sorted(set(_MODULE_NAME.findall(RECIPE))))
def test_what_the_recipe_names_exists(name: str) -> None:
    """A reader can open every module and class that it sends them to."""
    assert pkgutil.resolve_name(name)


def test_recipe_names_all_that_providers_share() -> None:
    """Nobody writes anew what is there already."""
    shared = {module.name for module in pkgutil.iter_modules(parsing.__path__)} - _OF_OTHER_PARSERS

    assert {name for name in shared if f"(`{name}`)" not in RECIPE} == set()
