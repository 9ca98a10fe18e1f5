"""Categories that somebody chose: kept under every id that the memory has, whatever comes, until given back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.lakes import ask, export_folder, memory, take_in

import memlake
from memlake.errors import MemlakeError
from memlake.jobs.browse import MemoryCard
from memlake.packs.sorting import CHOSEN, SortedMemory

TEA = memory("m-tea", "User drinks green tea.")
VIM = memory("m-vim", "User writes code in Vim.", "2025-01-02T12:00:00Z")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a lake of two memories."""
    folder = tmp_path_factory.mktemp("original")
    take_in(folder / "lake", export_folder(folder, "export-2026-01-01", memories=[TEA, VIM], user="u1"))
    return folder / "lake"


@pytest.fixture
def lake(original: Path, tmp_path: Path) -> Path:
    """Give a copy of that lake."""
    return Path(shutil.copytree(original, tmp_path / "lake"))


def category_of(lake: Path, words: str) -> tuple[str, str]:
    """Return the category of a memory, and why it is that."""
    found = next(memory for memory in memlake.Lake(lake).memories() if words in memory.content)
    return found.category, found.category_reason


def choose(lake: Path, words: str, category: str | None = "projects") -> SortedMemory:
    """Put a memory under a category."""
    found = memlake.Lake(lake).set_category(words, category)  # type: ignore[arg-type]
    assert isinstance(found, SortedMemory)
    return found


def test_words_tell_a_category_until_somebody_chooses_one(lake: Path) -> None:
    """The choice is shown with the memory, in lists and by itself."""
    assert category_of(lake, "Vim")[0] == "tools"

    assert choose(lake, "m-vim").category_reason == CHOSEN

    assert category_of(lake, "Vim") == ("projects", CHOSEN)
    card = memlake.Lake(lake).show("m-vim")
    assert isinstance(card, MemoryCard)
    assert (card.memory.category, card.memory.category_reason) == ("projects", CHOSEN)
    assert [found.memory_id for found in memlake.Lake(lake).memories(categories=["projects"])] == ["m-vim"]


def test_the_last_choice_counts_and_can_be_given_back(lake: Path) -> None:
    """Each replaces the one before; then words tell it again."""
    before = category_of(lake, "Vim")
    choose(lake, "m-vim")
    choose(lake, "in Vim", "other")
    assert category_of(lake, "Vim") == ("other", CHOSEN)

    choose(lake, "m-vim", None)

    assert category_of(lake, "Vim") == before
    assert ask(lake, "select count(*) from raw.category_choices") == [(1,)]


def test_a_choice_outlasts_a_rebuild_and_another_export(lake: Path, tmp_path: Path) -> None:
    """Also a change of the memory's text."""
    choose(lake, "m-vim")
    memlake.Lake(lake).rebuild()
    assert category_of(lake, "Vim") == ("projects", CHOSEN)

    edited = VIM | {"content": "User writes code in Vim and Emacs.", "updated_at": "2026-01-20T12:00:00Z"}
    take_in(lake, export_folder(tmp_path, "export-2026-02-01", memories=[TEA, edited], user="u1"))

    assert category_of(lake, "Emacs") == ("projects", CHOSEN)


def test_a_choice_about_a_text_holds_when_the_memory_gets_an_id(tmp_path: Path) -> None:
    """A pasted list has none, and no account either; the choice can be given back under the new id."""
    lake = tmp_path / "lake"
    pasted = tmp_path / "memories-2026-01-01.txt"
    pasted.write_text(
        "Here is what I remember:\n- User writes code in Vim.\n- User drinks green tea.\n", encoding="utf-8"
    )
    memlake.ingest(pasted, lake=lake, assistant="chatgpt", provider="dump")
    chosen = choose(lake, "Vim")
    assert chosen.memory_id.startswith("text-")

    take_in(lake, export_folder(tmp_path, "export-2026-02-01", memories=[TEA, VIM], user="u1"))

    assert category_of(lake, "Vim") == ("projects", CHOSEN)
    assert choose(lake, "m-vim", None).category == "tools"
    assert category_of(lake, "Vim")[0] == "tools"


def test_a_choice_outlasts_the_export_that_showed_the_memory(lake: Path, tmp_path: Path) -> None:
    """It waits until another one shows it again."""
    export_id = ask(lake, "select export_id from exports")[0][0]
    choose(lake, "m-vim")
    memlake.Lake(lake).drop_export(export_id, yes=True)
    assert memlake.Lake(lake).memories() == []

    take_in(lake, export_folder(tmp_path, "export-2026-02-01", memories=[TEA, VIM], user="u1"))

    assert category_of(lake, "Vim") == ("projects", CHOSEN)


def test_a_choice_is_in_the_archive(lake: Path, tmp_path: Path) -> None:
    """A lake that is made of it sorts as the one before."""
    choose(lake, "m-vim")
    memlake.Lake(lake).archive(tmp_path / "archive", formats=["parquet"])

    memlake.restore(tmp_path / "archive", lake=tmp_path / "restored")

    assert category_of(tmp_path / "restored", "Vim") == ("projects", CHOSEN)


def test_a_choice_is_of_one_account(lake: Path, tmp_path: Path) -> None:
    """The same id elsewhere is another memory."""
    take_in(lake, export_folder(tmp_path, "export-2026-02-01", memories=[VIM], user="u2"))
    first = ask(lake, "select account_key from accounts order by label")[0][0]

    memlake.Lake(lake).set_category("m-vim", "other", account=first)

    found = {memory.account_key: memory.category for memory in memlake.Lake(lake).memories(text="Vim")}
    assert found.pop(first) == "other"
    assert list(found.values()) == ["tools"]


def test_several_memories_are_a_choice_and_none_is_refused(lake: Path) -> None:
    """Nothing is kept."""
    several = memlake.Lake(lake).set_category("User", "other")

    assert isinstance(several, list)
    assert {found.item_id for found in several} == {"m-tea", "m-vim"}
    with pytest.raises(MemlakeError, match="zeppelin"):
        memlake.Lake(lake).set_category("zeppelin", "other")
    assert ask(lake, "from raw.category_choices") == []


def test_private_memories_are_found_and_counted(tmp_path: Path) -> None:
    """Those in force; status has counts and no secret."""
    lake = tmp_path / "lake"
    memories = [
        memory("m-1", "The wifi password is tulip77! for guests."),
        memory("m-2", "User has asthma and owes 500 € to a clinic."),
        memory("m-3", "User had asthma.", enabled=False),
        TEA,
    ]
    take_in(lake, export_folder(tmp_path, "export-2026-01-01", memories=memories, user="u1"))
    take_in(lake, export_folder(tmp_path, "export-2026-02-01", memories=memories[:1] + memories[2:], user="u1"))

    found = memlake.Lake(lake).private_memories()
    status = memlake.Lake(lake).status()

    assert {each.memory_id: tuple(each.private_classes) for each in found} == {
        "m-1": ("passwords",),
        "m-2": ("finance", "health"),
        "m-3": ("health",),
    }
    assert [each.memory_id for each in memlake.Lake(lake).private_memories("health", states=["disabled"])] == ["m-3"]
    assert [(count.private_class, count.memory_count) for count in status.private] == [("health", 1), ("passwords", 1)]
    assert "tulip77" not in repr(status)
