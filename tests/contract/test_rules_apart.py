"""Accounts stay apart: two that share every id and text have the history that each has alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt import Turn, assistant, bio_call, message, user
from support.lakes import ask, export_folder, lake_of
from support.monthly import CELLO, DOG, LYON, PIANO, Listed, list_before, listed, monthly, said

RELATIONS = (
    "memory_changes",
    "memory_versions",
    "conversation_changes",
    "custom_instructions",
    "(select * exclude (label) from accounts)",
    "memories",
    "memories_as_of('2025-03-20 00:00:00+00')",
    "memories_in_force('c2')",
    "conversations_with_memory('m1')",
)


def profile(text: str) -> Turn:
    """Return the hidden message that carries custom instructions."""
    return message(
        "user",
        {"content_type": "user_editable_context", "user_profile": text, "user_instructions": "Be brief."},
        user_context_message_data={"about_user_message": text, "about_model_message": "Be brief."},
        is_user_system_message=True,
        is_visually_hidden_from_conversation=True,
    )


def mine(folder: Path) -> list[Path]:
    """Write exports of somebody who had a dog forgotten, edits and switches, and turns memory off in between."""
    chats = [
        said("c1", 2, profile("I live in Porto."), user("forget the dog"), *bio_call(f"Forget that {DOG}")),
        said("c2", 3, user("remember"), *bio_call(LYON), assistant("Done.")),
        said("c3", 4, user("hi"), list_before(CELLO), assistant("Hi.")),
    ]
    lists: tuple[Listed, ...] = (
        [listed("m1"), listed("m2", DOG)],
        [listed("m1", PIANO, enabled=False)],
        [],
        [listed("m1", PIANO), listed("m3", LYON)],
    )
    return monthly(folder, *lists, conversations=chats)


def yours(folder: Path) -> list[Path]:
    """Write exports of somebody else with the same ids, made between the others."""
    chats = [
        said("c1", 3, profile("I live in Lyon."), user("remember the dog"), *bio_call(DOG), assistant("Done.")),
        said("c2", 4, user("hi"), assistant("Hi."), title="Other"),
    ]
    lists = [listed("m1", DOG), listed("m3", LYON)], [listed("m1", CELLO), listed("m2", DOG)], [listed("m2", PIANO)]
    last = export_folder(folder, "user-2-10-2025-06-10", user="user-2", conversations=chats[1:])
    return [*monthly(folder, *lists, day=10, user_id="user-2", conversations=chats), last]


@pytest.fixture(scope="module")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Return a lake of both accounts, and one of each."""
    folder = tmp_path_factory.mktemp("apart")
    both = mine(folder), yours(folder)
    together = lake_of(folder / "together", *both[1], *both[0])
    return together, lake_of(folder / "mine", *both[0]), lake_of(folder / "yours", *both[1])


@pytest.mark.parametrize("relation", RELATIONS)
def test_an_account_has_the_history_that_it_has_alone(lakes: tuple[Path, Path, Path], relation: str) -> None:
    """Every row of both is a row of one, and none is missing."""
    together, *apart = (ask(lake, f"from {relation} order by all") for lake in lakes)
    assert apart[0]
    assert apart[1]
    assert sorted(map(repr, together)) == sorted(map(repr, [*apart[0], *apart[1]]))
