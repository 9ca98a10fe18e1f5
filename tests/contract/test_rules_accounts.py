"""Accounts: whose an export is, and that two people's data never mix."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest
from support.chatgpt import assistant, bio_call, conversation, numbered, user
from support.lakes import Json, ask, entity, export_folder, lake_of, memory, relations, take_in

import memlake
from memlake.errors import ExitCode, UsageError
from memlake.hashing import short_hash
from memlake.lake import sqlfiles

ONE, OTHER = (f"chatgpt:{short_hash(name, 12)}" for name in ("user-1", "user-2"))


def chat(conversation_id: str, *, saved: str = "User likes tea.") -> Json:
    """Return a conversation with a save in it."""
    return conversation(conversation_id, *numbered(user("remember it"), *bio_call(saved), assistant("Noted.")))


def accounts_of(lake: Path) -> dict[str, str]:
    """Return the account of each export by the export's name."""
    return {str(name): str(key) for name, key in ask(lake, "select file_name, account_key from exports")}


def loose_list(folder: Path, name: str = "loose") -> Path:
    """Write a memory list that does not say whose it is."""
    return export_folder(folder, name, memories=[memory("m-loose", f"User has a {name} dog.")])


def owned(folder: Path, number: int) -> Path:
    """Write an export that says whose it is."""
    return export_folder(folder, f"owned-{number}", conversations=[chat(f"c{number}")], user=f"user-{number}")


def test_the_providers_user_id_makes_the_account(tmp_path: Path) -> None:
    """Hashed, behind the provider's name; the label is the e-mail address until somebody gives another."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1))
    assert ask(lake, "select account_key, provider, label from accounts") == [(ONE, "chatgpt", "user-1@example.org")]


def test_a_new_label_makes_an_account(tmp_path: Path) -> None:
    """The label is kept, and means that account from then on."""
    lake = tmp_path / "lake"
    take_in(lake, loose_list(tmp_path, "first"), account="my work")
    take_in(lake, loose_list(tmp_path, "second"), account="my work")
    key = f"chatgpt:{short_hash('my work', 12)}"
    assert ask(lake, "select account_key, label from accounts") == [(key, "my work")]
    assert accounts_of(lake) == {"first": key, "second": key}


def test_a_label_can_be_given_again_after_a_drop(tmp_path: Path) -> None:
    """The account is the same one, and has one label."""
    lake = tmp_path / "lake"
    receipt = take_in(lake, loose_list(tmp_path), account="my work")
    memlake.Lake(lake).drop_export(receipt.export_id, yes=True)
    assert ask(lake, "from accounts") == []
    assert take_in(lake, loose_list(tmp_path), account="my work").account_key == receipt.account_key
    assert ask(lake, "select label from raw.account_labels") == [("my work",)]


@pytest.mark.parametrize("words", [ONE, ONE[:12], ONE.partition(":")[2][:4], "user-1@example.org"])
def test_an_account_can_be_named_in_many_ways(tmp_path: Path, words: str) -> None:
    """By its key, the beginning of it with or without the provider, or its label."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1), owned(tmp_path, 2))
    take_in(lake, loose_list(tmp_path), account=words)
    assert accounts_of(lake)["loose"] == ONE


def test_a_beginning_that_several_accounts_share_is_refused(tmp_path: Path) -> None:
    """The message names them; nothing is taken in."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1), owned(tmp_path, 2))
    summary = memlake.ingest(loose_list(tmp_path), lake=lake, account="chatgpt:")
    assert summary.exit_code is ExitCode.USAGE
    assert ONE in summary.refused[0].message
    assert OTHER in summary.refused[0].message


@pytest.mark.parametrize("order", list(permutations(range(3)))[::2])
def test_exports_that_share_conversations_are_one_account(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Through a third one, too, and in any order; another one stays apart."""
    exports = [
        export_folder(tmp_path, "left", conversations=[chat("a"), chat("b")]),
        export_folder(tmp_path, "right", conversations=[chat("c"), chat("d")]),
        export_folder(tmp_path, "bridge", conversations=[chat("b"), chat("c")]),
    ]
    apart = export_folder(tmp_path, "apart", conversations=[chat("z")])
    found = accounts_of(lake_of(tmp_path / "lake", apart, *(exports[number] for number in order)))
    assert found["left"] == found["right"] == found["bridge"] != found["apart"]


def test_a_shared_conversation_leads_to_the_account_that_is_known(tmp_path: Path) -> None:
    """An export without a user id joins the one that has it, whichever comes first."""
    nameless = export_folder(tmp_path, "nameless", conversations=[chat("c1"), chat("c9")])
    further = export_folder(tmp_path, "further", conversations=[chat("c9")])
    lake = lake_of(tmp_path / "lake", further, nameless, owned(tmp_path, 1), owned(tmp_path, 2))
    assert accounts_of(lake) == {"further": ONE, "nameless": ONE, "owned-1": ONE, "owned-2": OTHER}


def test_a_loose_list_joins_the_only_account_and_says_so(tmp_path: Path) -> None:
    """Also as a mere file."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1))
    receipt = take_in(lake, loose_list(tmp_path) / "memory.json")
    assert (receipt.account_key, receipt.is_loose, receipt.is_joined) == (ONE, True, True)
    assert any(ONE in note for note in receipt.notes)


def test_a_loose_list_joins_the_account_that_comes_later_and_stays(tmp_path: Path) -> None:
    """Once joined it stays, whatever accounts arrive after that."""
    lake = tmp_path / "lake"
    before = take_in(lake, loose_list(tmp_path))
    lake_of(lake, owned(tmp_path, 1), owned(tmp_path, 2))
    assert before.account_key.startswith("chatgpt:export-")
    assert accounts_of(lake)["loose"] == ONE


def test_loose_lists_of_one_assistant_share_an_account_in_any_order(tmp_path: Path) -> None:
    """Whoever pastes lists is one person until told otherwise; an export of theirs takes all of them in."""
    lists = [loose_list(tmp_path, name) for name in ("one", "two")]
    lake, reverse = lake_of(tmp_path / "lake", *lists), lake_of(tmp_path / "reverse", *reversed(lists))
    before = accounts_of(lake)
    lake_of(lake, owned(tmp_path, 1))
    assert before["one"] == before["two"]
    assert before == accounts_of(reverse)
    assert set(accounts_of(lake).values()) == {ONE}


def test_a_receipt_says_that_a_loose_list_joined_another(tmp_path: Path) -> None:
    """The first has nothing to join."""
    first = take_in(tmp_path / "lake", loose_list(tmp_path, "one"))
    second = take_in(tmp_path / "lake", loose_list(tmp_path, "two"))
    assert (first.is_joined, second.is_joined) == (False, True)
    assert any(f"taken for {second.account_key}" in note for note in second.notes)


def test_with_several_accounts_a_loose_list_is_refused(tmp_path: Path) -> None:
    """A mistake of usage whose hint names the accounts; the others of the run go on."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1), owned(tmp_path, 2))
    alone = memlake.ingest(loose_list(tmp_path), lake=lake)
    among = memlake.ingest(loose_list(tmp_path), owned(tmp_path, 3), lake=lake)
    assert (alone.exit_code, among.exit_code) == (ExitCode.USAGE, ExitCode.PARTLY_READ)
    assert [ONE in str(alone.refused[0].hint), OTHER in str(alone.refused[0].hint)] == [True, True]
    assert "loose" not in accounts_of(lake)


def test_a_known_export_moves_to_another_account(tmp_path: Path) -> None:
    """Everything is then as if it had been given to it at once."""
    moved, at_once = tmp_path / "moved", tmp_path / "at-once"
    lake_of(moved, owned(tmp_path, 1), loose_list(tmp_path), owned(tmp_path, 2))

    receipt = take_in(moved, loose_list(tmp_path), account=OTHER)

    lake_of(at_once, owned(tmp_path, 1), owned(tmp_path, 2))
    take_in(at_once, loose_list(tmp_path), account=OTHER)
    assert (receipt.outcome, receipt.account_key) == ("moved", OTHER)
    assert relations(moved) == relations(at_once)


def test_a_loose_list_goes_along_when_its_account_moves_away(tmp_path: Path) -> None:
    """An account that no export proves any more has nothing; what lies in the tables is what a rebuild gives."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1), loose_list(tmp_path))

    take_in(lake, owned(tmp_path, 1), account="renamed")

    key = f"chatgpt:{short_hash('renamed', 12)}"
    assert accounts_of(lake) == {"owned-1": key, "loose": key}
    lake_of(lake, owned(tmp_path, 2))
    assert accounts_of(lake)["loose"] == key


def test_two_accounts_with_the_same_texts_and_ids_never_mix(tmp_path: Path) -> None:
    """Each has in every relation exactly what it has in a lake of its own."""
    told = {
        "conversations": [chat("c1")],
        "memories": [memory("m1", "User likes tea."), memory("m2", "User has a dog.")],
    }
    first = export_folder(tmp_path, "first-2025-02-01", user="user-1", **told)  # type: ignore[arg-type]
    second = export_folder(tmp_path, "second-2025-03-01", user="user-2", **told)  # type: ignore[arg-type]
    later = export_folder(tmp_path, "later-2025-04-01", user="user-2", conversations=[], memories=[])
    together = lake_of(tmp_path / "together", first, second, later)
    alone = {ONE: lake_of(tmp_path / "one", first), OTHER: lake_of(tmp_path / "other", second, later)}

    by_account = [file.name for file in sqlfiles.load("tables", "views") if "account_key" in file.key]
    names = [name for name in by_account if "." not in name]

    assert len(names) > 5
    for key, lake in alone.items():
        apart = relations(lake)
        found = {name: [row for row in relations(together)[name] if key in row] for name in names}
        assert found == {name: apart[name] for name in names}


def test_what_another_account_has_is_new_to_this_one(tmp_path: Path) -> None:
    """The records are stored once; the receipt still counts for each account what was new to it."""
    lake = lake_of(tmp_path / "lake", export_folder(tmp_path, "first", conversations=[chat("c1")], user="user-1"))
    receipt = take_in(lake, export_folder(tmp_path, "second", conversations=[chat("c1")], user="user-2"))
    assert [file.unchanged for file in receipt.files if file.entity == "conversations"] == [1]
    assert (entity(receipt, "conversations").new, entity(receipt, "conversations").unchanged) == (1, 0)


def test_an_unknown_account_is_a_mistake_of_usage(tmp_path: Path) -> None:
    """When reading; the hint names those that there are."""
    lake = lake_of(tmp_path / "lake", owned(tmp_path, 1))
    with pytest.raises(UsageError, match="nobody") as caught:
        memlake.Lake(lake).memories(account="nobody")
    assert ONE in str(caught.value.hint)
