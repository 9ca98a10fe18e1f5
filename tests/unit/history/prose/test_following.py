"""Statements followed from export to export keep their ids, whatever happens to their words."""

from __future__ import annotations

from support.prose import (
    CELLO,
    CELLO_AGAIN,
    FIFTEEN_GOATS,
    GOATS,
    GOATS_AGAIN,
    GOATS_AND_CELLO,
    IDA,
    THESIS,
    statement_id,
)

from memlake.hashing import short_hash
from memlake.history.prose.following import follow
from memlake.lake.prose import ProseExport, StatementPlace, StatementRow
from memlake.text import text_key


def export(
    number: int, *texts: str | tuple[str, str], kinds: tuple[str, ...] = ("account",), section: str | None = None
) -> ProseExport:
    """Return an export of the account's statements; a pair is a scope and a statement of it."""
    placed = [("account", text) if isinstance(text, str) else text for text in texts]
    return ProseExport(
        export_key=number,
        statements=tuple(
            StatementPlace(text, scope, section, 100 * number + place) for place, (scope, text) in enumerate(placed)
        ),
        kinds=frozenset(kinds),
    )


def shown(*exports: ProseExport, account: str = IDA) -> list[dict[str, str | None]]:
    """Return for each export the text of each memory that it tells of; `None` where it tells that it is gone."""
    rows = follow(account, exports)
    return [{row.memory_id: row.content for row in rows if row.export_key == one.export_key} for one in exports]


def test_statement_is_a_memory_named_after_its_earliest_words() -> None:
    """A row tells where it stands in the export, and in which record."""
    rows = follow(IDA, [export(1, CELLO, GOATS, section="Work")])

    assert rows[1] == StatementRow(
        account_key=IDA,
        memory_id=statement_id(GOATS),
        export_key=1,
        is_present=True,
        content=GOATS,
        text_key=text_key(GOATS),
        scope="account",
        section="Work",
        position=1,
        fact_change=None,
        fact_state=0,
        record_key=101,
    )


def test_reworded_statement_is_the_same_memory() -> None:
    """Nothing is told to have changed in it."""
    rows = follow(IDA, [export(1, GOATS, CELLO), export(2, CELLO_AGAIN, GOATS_AGAIN)])

    assert [(row.memory_id, row.content, row.fact_change) for row in rows[2:]] == [
        (statement_id(GOATS), GOATS_AGAIN, None),
        (statement_id(CELLO), CELLO_AGAIN, None),
    ]


def test_other_number_is_a_change_of_the_same_memory() -> None:
    """Told once, by the export that shows it first."""
    rows = follow(IDA, [export(1, GOATS), export(2, FIFTEEN_GOATS), export(3, FIFTEEN_GOATS)])

    assert {row.memory_id for row in rows} == {statement_id(GOATS)}
    assert [bool(row.fact_change) for row in rows] == [False, True, False]


def test_missing_statement_is_gone_once() -> None:
    """The first export without it says so; those after it have nothing to tell of it."""
    found = shown(export(1, GOATS, CELLO), export(2, CELLO), export(3, CELLO))

    assert found[1:] == [{statement_id(GOATS): None, statement_id(CELLO): CELLO}, {statement_id(CELLO): CELLO}]


def test_statement_that_comes_back_is_the_former_memory() -> None:
    """In the words it had, and in others; what else is new is not."""
    found = shown(export(1, GOATS, CELLO), export(2, CELLO), export(3, CELLO, GOATS_AGAIN, THESIS))

    assert found[2] == {statement_id(GOATS): GOATS_AGAIN, statement_id(CELLO): CELLO, statement_id(THESIS): THESIS}


def test_statement_that_comes_back_with_another_number_has_changed() -> None:
    """The change is told although nothing was there in between."""
    rows = follow(IDA, [export(1, GOATS, CELLO), export(2, CELLO), export(3, CELLO, FIFTEEN_GOATS)])

    (last,) = [row for row in rows if row.export_key == 3 and row.memory_id == statement_id(GOATS)]
    assert last.fact_change


def test_statement_that_is_gone_again_is_told_again() -> None:
    """Each time that it leaves."""
    found = shown(export(1, GOATS, CELLO), export(2, CELLO), export(3, GOATS, CELLO), export(4, CELLO))

    assert [one.get(statement_id(GOATS), "nothing told") for one in found] == [GOATS, None, GOATS, None]


def test_kind_of_text_that_is_not_there_closes_nothing() -> None:
    """Only an export with notes in files tells that a note is gone."""
    note = ("file:/farm.md", GOATS)
    found = shown(
        export(1, CELLO, note, kinds=("account", "file")),
        export(2, CELLO),
        export(3, CELLO, ("file:/study.md", THESIS), kinds=("account", "file")),
    )

    goats = statement_id(GOATS, scope=note[0])
    assert [one.get(goats, "nothing told") for one in found] == [GOATS, "nothing told", None]


def test_statement_that_moved_to_another_text_is_the_same_memory() -> None:
    """From the account's text to a file; it is closed by where it stands now."""
    found = shown(
        export(1, GOATS, CELLO),
        export(2, CELLO, ("file:/farm.md", GOATS), kinds=("account", "file")),
        export(3, CELLO),
    )

    assert found[1] == {statement_id(GOATS): GOATS, statement_id(CELLO): CELLO}
    assert found[2] == {statement_id(CELLO): CELLO}


def test_merged_statements_go_on_as_two_memories_with_the_same_words() -> None:
    """Neither has changed."""
    rows = follow(IDA, [export(1, GOATS, CELLO), export(2, GOATS_AND_CELLO)])

    assert [(row.memory_id, row.content, row.fact_change) for row in rows[2:]] == [
        (statement_id(GOATS), GOATS_AND_CELLO, None),
        (statement_id(CELLO), GOATS_AND_CELLO, None),
    ]


def test_merged_statements_that_part_again_are_what_they_were() -> None:
    """Each takes what its own last words say."""
    found = shown(export(1, GOATS, CELLO), export(2, GOATS_AND_CELLO), export(3, CELLO_AGAIN, GOATS_AGAIN))

    assert found[2] == {statement_id(GOATS): GOATS_AGAIN, statement_id(CELLO): CELLO_AGAIN}


def test_changed_half_of_a_merged_statement_changes_that_memory_alone() -> None:
    """The number of goats is nothing that the cello has to do with."""
    rows = follow(IDA, [export(1, GOATS, CELLO), export(2, GOATS_AND_CELLO.replace("twelve", "fifteen"))])

    assert {row.memory_id: bool(row.fact_change) for row in rows if row.export_key == 2} == {
        statement_id(GOATS): True,
        statement_id(CELLO): False,
    }


def test_split_statement_is_one_memory_with_all_its_sentences() -> None:
    """In the order of the text, with a space between them."""
    found = shown(export(1, GOATS_AND_CELLO), export(2, GOATS, CELLO))

    assert found[1] == {statement_id(GOATS_AND_CELLO): f"{GOATS} {CELLO}"}


def test_sentences_of_a_writing_without_spaces_are_joined_without_one() -> None:
    """As the text itself would have them."""
    one, other = "佐々木さんは東京で柴犬を二匹飼っている。", "佐々木さんは毎週金曜日に陶芸教室に通っている。"
    merged = "佐々木さんは東京で柴犬を二匹飼っていて、毎週金曜日に陶芸教室に通っている。"
    found = shown(export(1, merged), export(2, one, other))

    assert found[1] == {statement_id(merged): one + other}


def test_text_that_repeats_a_statement_has_one_memory() -> None:
    """Its words are not doubled; also if it is said a second time later, or again after it was gone."""
    once, twice = {statement_id(GOATS): GOATS, statement_id(CELLO): CELLO}, (GOATS, CELLO, GOATS)
    assert shown(export(1, *twice), export(2, *twice), export(3, *twice)) == [once] * 3
    assert shown(export(1, GOATS, CELLO), export(2, *twice)) == [once] * 2
    assert shown(export(1, *twice), export(2, CELLO), export(3, *twice))[2] == once


def test_same_sentence_in_two_texts_is_two_memories() -> None:
    """Each goes on in its own text."""
    project = ("project:p", GOATS)
    whole = export(1, GOATS, project, kinds=("account", "project"))
    found = shown(whole, export(2, CELLO, project, kinds=("account", "project")))

    in_account, in_project = statement_id(GOATS), statement_id(GOATS, scope="project:p")
    assert found[0] == {in_account: GOATS, in_project: GOATS}
    assert (found[1][in_account], found[1][in_project]) == (None, GOATS)


def test_new_statement_with_the_first_words_of_another_has_an_id_of_its_own() -> None:
    """The other one goes on in new words, so that both are there."""
    found = shown(export(1, GOATS, CELLO), export(2, FIFTEEN_GOATS, CELLO), export(3, FIFTEEN_GOATS, GOATS, CELLO))

    assert len(found[2]) == 3
    assert found[2][statement_id(GOATS)] == FIFTEEN_GOATS
    assert found[2]["prose-" + short_hash(statement_id(GOATS), 16)] == GOATS


def test_accounts_have_ids_of_their_own() -> None:
    """The same text of two people is two memories."""
    assert shown(export(1, GOATS), account="claude:eve") == [{statement_id(GOATS, account="claude:eve"): GOATS}]


def test_what_is_remembered_of_a_sequence_tells_the_same() -> None:
    """Also of its beginning alone, and what leads to nothing any more is forgotten."""
    exports = [export(1, GOATS, CELLO), export(2, GOATS_AND_CELLO), export(3, THESIS), export(4, GOATS_AGAIN, THESIS)]
    memo: dict[str, str] = {}
    rows = follow(IDA, exports, memo)
    known = dict(memo)

    assert len(known) == len(exports)
    assert follow(IDA, exports, memo) == rows
    assert memo == known
    assert follow(IDA, exports[:2], memo) == [row for row in rows if row.export_key <= 2]
    assert len(memo) == 2
    assert memo.items() <= known.items()


def test_what_is_remembered_is_of_one_account_and_of_these_texts() -> None:
    """Other words, other texts and another person lead to keys of their own."""
    keys = set[str]()
    variants = [
        (IDA, export(1, GOATS)),
        ("claude:eve", export(1, GOATS)),
        (IDA, export(1, CELLO)),
        (IDA, export(1, ("file:/a.md", GOATS))),
        (IDA, export(1, GOATS, section="Work")),
        (IDA, export(1, GOATS, kinds=("account", "file"))),
    ]
    for account, one in variants:
        memo: dict[str, str] = {}
        follow(account, [one], memo)
        keys |= memo.keys()

    assert len(keys) == len(variants)


def test_no_exports_tell_nothing() -> None:
    """And leave nothing to remember."""
    memo = {"old": "[]"}

    assert follow(IDA, [], memo) == []
    assert memo == {}
