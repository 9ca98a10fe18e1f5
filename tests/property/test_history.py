"""What the lake says about the past is true: random lives of a memory list, told by exports with gaps.

`MEMLAKE_EXAMPLES=300` makes the search longer.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import chain, pairwise, product
from pathlib import Path
from typing import Any, get_args

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from support.lakes import relations
from support.lives import Action, Export, FactKind, Habits, Life, Plan, Request, State, Step, live, tell
from support.told import Change, Past, Told, told

EXAMPLES = int(os.environ.get("MEMLAKE_EXAMPLES", "3"))

_EXPLAINED_BY: dict[str, tuple[FactKind, ...]] = {
    "new": ("created", "recreated"),
    "recreated": ("recreated",),
    "restored": ("returned",),
    "edited": ("edited",),
    "enabled": ("enabled",),
    "disabled": ("disabled",),
    "deleted": ("deleted",),
    "reidentified": ("recreated", "deleted"),
    "list_emptied": ("emptied",),
    "list_returned": ("returned",),
}
_ABOUT_THE_LIST = ("restored", "list_emptied", "list_returned")
_TOLD_IN_CHATS = ("new", "recreated", "deleted", "reidentified")

NetChange = tuple[str | None, str | None]


picks = st.integers(0, 5)
pauses = st.sampled_from([1, 60, 7_200, 86_400, 2_000_000])
often: tuple[Action, ...] = ("create", "save", "edit", "flip", "delete", "forget", "recreate", "snapshot")
actions = st.sampled_from([*get_args(Action), *often, *often, "create", "save"])
steps = st.builds(Step, action=actions, pick=picks, after_s=pauses)
requests_with_chats = st.builds(
    Request,
    listing=st.sampled_from(["whole", "whole", "whole", "partial", "missing"]),
    chats=st.sampled_from(["classic", "slim"]),
    dating=st.sampled_from(["name", "name", "option", "newest_record"]),
    pick=picks,
    after_s=pauses,
)
requests_of_lists = st.builds(
    Request,
    listing=st.sampled_from(["whole", "whole", "partial"]),
    chats=st.just("missing"),
    dating=st.sampled_from(["name", "option", "none"]),
    pick=picks,
    after_s=pauses,
)
habits = st.builds(
    Habits, has_created_at=st.booleans(), updated_by=st.sampled_from(["edits and flips", "edits", "nothing"])
)
openings = st.lists(
    st.builds(Step, action=st.sampled_from(["create", "save"]), pick=picks, after_s=pauses), min_size=2, max_size=4
)
chapters = st.tuples(st.lists(steps, min_size=1, max_size=6), requests_with_chats | requests_of_lists)


def plans_of(least: int, most: int) -> st.SearchStrategy[Plan]:
    """Draw a plan that begins with some memories, of so many chapters, each of which ends with an export."""
    books = st.lists(chapters, min_size=least, max_size=most)
    told_through = books.map(lambda book: [step for events, request in book for step in (*events, request)])
    return st.builds(Plan, habits=habits, steps=st.builds(lambda *parts: tuple(chain(*parts)), openings, told_through))


plans = plans_of(4, 6)
short_plans = plans_of(2, 3)

Property = Callable[..., None]


def for_any(example_count: int = EXAMPLES, **drawn: st.SearchStrategy[Any]) -> Callable[[Property], Property]:
    """Draw the same lives for each test, so that a lake is made once and asked by all."""

    def decorate(test: Property) -> Property:
        limited = settings(
            max_examples=example_count, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        return limited(seed(1)(given(**drawn)(test)))

    return decorate


def is_within(at: float, after: float | None, before: float | None) -> bool:
    """Say whether a time lies in a window; an open end is not known."""
    return (after is None or after <= at) and (before is None or at <= before)


def true_times(life: Life, change: Change) -> list[int]:
    """Return when such a change truly happened."""
    meant: set[str | None] = {change.memory_id}
    if change.change_kind in _ABOUT_THE_LIST:
        meant = {None}
    elif change.change_kind in _TOLD_IN_CHATS and change.memory_id:
        meant |= life.alike(change.memory_id, change.content_before, change.content_after)
    kinds = _EXPLAINED_BY[change.change_kind]
    return [fact.at for fact in life.facts if fact.kind in kinds and fact.memory_id in meant]


def changes(answers: Told) -> list[Change]:
    """Return the rows of the feed that say that something changed."""
    return [change for change in answers.feed if change.change_kind != "not_comparable"]


def shown_by_dated_lists(answers: Told) -> set[str]:
    """Return the memories that a list with a sure place in time shows, whole or not."""
    dated = [export for export_id, export in answers.exports.items() if export.is_exact or export_id in answers.whole]
    return {memory_id for export in dated for memory_id in export.shown}


def check_windows(answers: Told) -> None:
    """Fail if a window of the feed does not hold the true time, or a stated time is not true."""
    for change in changes(answers):
        times = true_times(answers.life, change)
        assert any(is_within(at, change.changed_after, change.changed_before) for at in times), change
        if change.changed_at is not None:
            assert is_within(change.changed_at, change.changed_after, change.changed_before), change
            assert change.changed_at in {fact.at for fact in answers.life.facts}, change


def applied(state: dict[str, State], differences: Iterable[Change]) -> dict[str, State]:
    """Change a list as a difference says."""
    result = dict(state)
    for row in differences:
        if row.change_kind == "list_emptied":
            assert row.change_type is None
            result.clear()
        elif row.memory_id is None:
            assert row.change_kind == "list_returned"
        else:
            _apply(result, row.memory_id, row)
    return result


def _apply(state: dict[str, State], memory_id: str, row: Change) -> None:
    match row.change_type:
        case "insert":
            assert memory_id not in state
            state[memory_id] = (str(row.content_after), bool(row.enabled_after))
        case "delete":
            assert state.pop(memory_id) == (row.content_before, row.enabled_before)
        case _:
            content, enabled = state[memory_id]
            if row.change_kind == "edited":
                assert content == row.content_before
                state[memory_id] = (str(row.content_after), enabled)
            else:
                assert row.change_kind == ("enabled" if row.enabled_after else "disabled")
                assert enabled == row.enabled_before
                state[memory_id] = (content, bool(row.enabled_after))


def net(before: dict[str, State], after: dict[str, State]) -> set[NetChange]:
    """Return what became of each memory between two lists."""
    inserted: set[NetChange] = {(memory_id, "insert") for memory_id in after.keys() - before.keys()}
    deleted: set[NetChange] = {(memory_id, "delete") for memory_id in before.keys() - after.keys()}
    both = before.keys() & after.keys()
    updated: set[NetChange] = {(memory_id, "update") for memory_id in both if before[memory_id] != after[memory_id]}
    return inserted | deleted | updated


def claimed(before: dict[str, State], differences: Sequence[Change]) -> set[NetChange]:
    """Return what a difference says became of each memory; of an emptied list all memories are gone."""
    if any(row.change_kind == "list_emptied" for row in differences):
        return {(memory_id, "delete") for memory_id in before}
    return {(row.memory_id, row.change_type) for row in differences if row.memory_id is not None}


@for_any(plan=plans)
def test_a_reported_window_holds_the_true_time(plan: Plan) -> None:
    """Of every change in the feed, and a time that is stated lies in the window and is true."""
    check_windows(told(plan))


@for_any(plan=plans)
def test_the_window_of_a_deletion_holds_its_true_time(plan: Plan) -> None:
    """A memory that is called deleted truly was, in the window that is said."""
    life = told(plan).life
    for row in told(plan).memories:
        if row.state == "deleted":
            meant = life.alike(row.memory_id, row.content)
            times = [fact.at for fact in life.facts if fact.kind == "deleted" and fact.memory_id in meant]
            assert any(is_within(at, row.deleted_after, row.deleted_before) for at in times), row


@for_any(plan=plans)
def test_nothing_is_reported_that_did_not_happen(plan: Plan) -> None:
    """Each change truly happened before the export that shows it, after the last list that was not empty."""
    answers = told(plan)
    for change in changes(answers):
        to_export = answers.exports[change.to_export_id]
        filled = [e.made_at for e in answers.whole.values() if e.shown and e.made_at < to_export.made_at]
        times = true_times(answers.life, change)
        assert any(is_within(at, max(filled, default=None), to_export.made_at) for at in times), change
        shown = to_export.shown.get(str(change.memory_id))
        if change.change_type in ("insert", "update") and shown is not None:
            assert shown == (change.content_after, change.enabled_after), change


@for_any(plan=plans)
def test_changes_are_told_from_one_whole_list_to_the_next(plan: Plan) -> None:
    """An export without a whole list or without a date says that it cannot be compared, exactly once."""
    answers = told(plan)
    before: dict[str, str | None] = dict(zip(answers.whole, [None, *answers.whole], strict=False))
    for change in answers.feed:
        if change.to_export_id in before:
            assert change.from_export_id == before[change.to_export_id], change
    not_comparable = [row.to_export_id for row in answers.feed if row.change_kind == "not_comparable"]
    assert sorted(not_comparable) == sorted(answers.exports.keys() - answers.whole.keys())


@for_any(plan=plans)
def test_the_newest_list_says_what_a_memory_is(plan: Plan) -> None:
    """What truly existed when the newest whole list was made is not called deleted, unless it was forgotten later."""
    answers = told(plan)
    if not answers.whole:
        return
    newest = list(answers.whole.values())[-1]
    later = [e for e in answers.exports.values() if e.made_at > newest.made_at and e.request.dating != "none"]
    deleted = {fact.memory_id for fact in answers.life.facts if fact.kind == "deleted" and fact.at > newest.made_at}
    rows = {row.memory_id: row for row in answers.memories}
    for memory_id in newest.alive & rows.keys():
        row = rows[memory_id]
        if answers.life.alike(memory_id) & deleted:
            continue
        assert row.state != "deleted", row
        shown = [export.shown[memory_id] for export in (newest, *later) if memory_id in export.shown]
        if shown:
            assert row.state == ("active" if shown[-1][1] else "disabled"), row


@for_any(plan=plans)
def test_a_difference_makes_one_list_of_the_other(plan: Plan) -> None:
    """Between any two whole lists, forwards and backwards."""
    answers = told(plan)
    for (a, before), (b, after) in product(answers.whole.items(), repeat=2):
        assert applied(before.shown, answers.differences[a, b]) == after.shown, (before, after)


@for_any(plan=plans)
def test_an_export_does_not_differ_from_itself(plan: Plan) -> None:
    """What is no whole list cannot be compared with anything, and says so once."""
    answers = told(plan)
    for (a, b), rows in answers.differences.items():
        if not {a, b} <= answers.whole.keys():
            assert [row.change_kind for row in rows] == ["not_comparable"]
        elif a == b:
            assert rows == []


@for_any(plan=plans)
def test_two_differences_in_a_row_are_one(plan: Plan) -> None:
    """From a to b and on to c is from a to c, in what the list is and in what became of each memory."""
    answers = told(plan)
    for (a, first), b, c in product(answers.whole.items(), answers.whole, answers.whole):
        halfway = applied(first.shown, answers.differences[a, b])
        at_last = applied(halfway, answers.differences[b, c])
        directly = answers.differences[a, c]
        assert applied(first.shown, directly) == at_last
        assert claimed(first.shown, directly) == net(first.shown, at_last)


@for_any(plan=plans)
def test_the_past_is_what_a_list_of_that_time_showed(plan: Plan) -> None:
    """At the time of a list that is not empty nothing else was there, and nothing is uncertain."""
    answers = told(plan)
    for export in answers.exact.values():
        if export.shown:
            expected = [Past(memory_id, *state, is_uncertain=False) for memory_id, state in export.shown.items()]
            assert answers.pasts[export.made_at] == sorted(expected)


@for_any(plan=plans)
def test_what_is_certain_of_the_past_is_true(plan: Plan) -> None:
    """At any time; a text that chats tell and several memories had may belong to any of them, and is left alone."""
    answers = told(plan)
    for at, rows in answers.pasts.items():
        truth = answers.life.at(at)
        for row in rows:
            is_one_of_several = len(answers.life.alike(row.memory_id, row.content) - {row.memory_id}) > 0
            if not row.is_uncertain and not is_one_of_several:
                assert truth[row.memory_id][0] == row.content, (at, row)


@for_any(plan=plans)
def test_what_was_there_is_not_left_out_of_the_past(plan: Plan) -> None:
    """There is a row, certain or not, for each memory that truly was there and that a dated list shows.

    At any time but that of an empty list, which is all that was in force then.
    """
    answers = told(plan)
    dated = shown_by_dated_lists(answers)
    emptied = {export.made_at for export in answers.exact.values() if not export.shown}
    for at in answers.pasts.keys() - emptied:
        assert answers.life.at(at).keys() & dated <= {row.memory_id for row in answers.pasts[at]}, at


@for_any(plan=plans)
def test_versions_follow_one_another(plan: Plan) -> None:
    """They never overlap; one without a begin is of a list without a date, and the only one."""
    answers = told(plan)
    for version in answers.versions:
        if version.valid_from is not None:
            assert version.valid_to is None or version.valid_from < version.valid_to, version
            assert version.last_seen_at is not None
            assert is_within(version.last_seen_at, version.valid_from, version.valid_to), version
            assert version.known_from is None or version.valid_from <= version.known_from, version
    for version, following in pairwise(answers.versions):
        if version.memory_id == following.memory_id:
            assert version.valid_to is not None
            assert following.valid_from is not None
            assert version.valid_to <= following.valid_from, (version, following)


@for_any(plan=plans)
def test_every_state_that_a_list_showed_is_a_version(plan: Plan) -> None:
    """At the time of a list exactly one version of each of its memories holds, with the text that the list showed."""
    answers = told(plan)
    for export in answers.exact.values():
        at = export.made_at
        then = {
            version.memory_id: (version.content, version.enabled)
            for version in answers.versions
            if (version.valid_from or at) <= at < (version.valid_to or at + 1)
        }
        for memory_id, state in export.shown.items():
            assert then.get(memory_id) == state, (export.name, memory_id)


@for_any(plan=plans)
def test_a_version_was_opened_by_a_true_change(plan: Plan) -> None:
    """Between the last time when it was certainly not so and the first when it was, the memory truly changed."""
    answers = told(plan)
    for version in answers.versions:
        if version.opened_after is not None:
            meant = answers.life.alike(version.memory_id, version.content) | {None}
            times = [fact.at for fact in answers.life.facts if fact.memory_id in meant]
            assert any(is_within(at, version.opened_after, version.known_from) for at in times), version


def everything(exports: Sequence[Export]) -> dict[str, list[tuple[object, ...]]]:
    """Return all relations of the lake that some exports make."""
    with tempfile.TemporaryDirectory() as folder:
        tell(Path(folder), exports)
        return relations(Path(folder))


@for_any(max(EXAMPLES // 3, 1), plan=short_plans, randomly=st.randoms(use_true_random=False))
def test_the_order_of_ingest_does_not_matter(plan: Plan, randomly: Any) -> None:  # noqa: ANN401 - a Random of hypothesis
    """Whichever export comes first, every relation has the same rows."""
    exports = live(plan).exports
    shuffled = randomly.sample(exports, len(exports))
    assert everything(shuffled) == everything(exports)


@for_any(max(EXAMPLES // 3, 1), plan=short_plans)
def test_two_exports_of_one_time_tell_the_same_in_any_order(plan: Plan) -> None:
    """The last export, asked for twice at once, is followed by no change that did not happen."""
    *before, last = plan.steps
    assert isinstance(last, Request)
    one = replace(last, chats="classic", dating="name")
    saved = Step(action="save", pick=0, after_s=1)
    twins = replace(plan, steps=(*before, saved, one, replace(one, chats="slim", after_s=0)))
    exports = live(twins).exports
    assert everything(exports[::-1]) == everything(exports)
    check_windows(told(twins))


@for_any(max(EXAMPLES // 3, 1), plan=short_plans, other_plan=short_plans)
def test_two_accounts_never_mix(plan: Plan, other_plan: Plan) -> None:
    """In one lake, with exports in between one another, each knows what it knows alone."""
    one, other = (live(each, account=user).exports for each, user in ((plan, "user-1"), (other_plan, "user-2")))
    both = everything(sorted([*one, *other], key=lambda export: export.made_at))
    alone, other_alone = everything(one), everything(other)
    for name, rows in both.items():
        assert sorted(rows, key=repr) == sorted(alone[name] + other_alone[name], key=repr), name
