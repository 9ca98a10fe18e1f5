"""Changes in words, where the sample exports do not lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from rich.console import RenderableType

from memlake.cli.changes import time_words, window_words
from memlake.cli.conversation_diff_view import conversation_diff_row, conversation_diff_view, conversation_short_view
from memlake.cli.diff_view import diff_row
from memlake.cli.life_view import change_moments, life_table
from memlake.cli.render import NOTHING, cut_to, print_page
from memlake.history.changes import ConversationChange, ConversationDiff, MemoryChange
from memlake.history.exports import ExportPoint

OCTOBER, NOVEMBER = datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 11, 2, 14, 5, tzinfo=UTC)
POINT = ExportPoint(
    export_id="3af1062cd3285801",
    account_key="chatgpt:a",
    exported_at=OCTOBER,
    exported_at_basis="name",
    file_name="export.zip",
    memory_coverage="complete",
    is_whole=True,
    why_not_whole=None,
    memory_count=1,
    conversation_coverage="complete",
    same_time_export_id=None,
)
CHANGE = MemoryChange(
    account_key="chatgpt:a",
    memory_id=None,
    from_export_id=None,
    to_export_id="3af1062cd3285801",
    change_type=None,
    change_kind="not_comparable",
    changed_after=None,
    changed_before=OCTOBER,
    changed_at=None,
    content_before=None,
    content_after=None,
    enabled_before=None,
    enabled_after=None,
    reason="no list",
)
MOVED = ConversationChange(
    account_key="chatgpt:a",
    conversation_id="c-1",
    from_export_id=None,
    to_export_id="3af1062cd3285801",
    change_type="update",
    change_kind="moved",
    changed_after=OCTOBER,
    changed_before=NOVEMBER,
    changed_at=None,
    title_before=None,
    title_after=None,
    project_before=None,
    project_after="g-p-1",
    message_count=None,
    reason="seen in a project",
)


@pytest.fixture
def shown(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Return a function that gives the lines of a page."""
    monkeypatch.setenv("COLUMNS", "100")
    return Shown(capfd)


class Shown:
    """Prints pages and reads them back."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, blocks: Iterable[RenderableType]) -> list[str]:
        """Return the lines that are not empty."""
        print_page(*blocks)
        return [line for line in self._capture.readouterr().out.splitlines() if line]


@pytest.mark.parametrize(
    ("after", "before", "words"),
    [
        (OCTOBER, NOVEMBER, "between 2025-10-01 and 2025-11-02 14:05 UTC"),
        (OCTOBER, OCTOBER, "on 2025-10-01"),
        (None, NOVEMBER, "by 2025-11-02 14:05 UTC"),
        (OCTOBER, None, "after 2025-10-01"),
        (None, None, "at an unknown time"),
    ],
)
def test_a_window_is_told_as_far_as_it_is_known(after: datetime | None, before: datetime | None, words: str) -> None:
    """An end that nothing proves is not made up."""
    assert window_words(after, before) == words


def test_only_what_the_provider_states_is_said_to_be_from_the_export() -> None:
    """The time of a deletion is that of a call in a chat."""
    stated = replace(CHANGE, changed_at=NOVEMBER, change_type="update", change_kind="edited")

    assert time_words(stated) == "on 2025-11-02 14:05 UTC (as the export says)"
    assert time_words(replace(stated, change_type="delete", change_kind="deleted")) == "on 2025-11-02 14:05 UTC"


def test_a_table_says_which_side_was_off() -> None:
    """A flip has the same text on both sides, so the switch is named."""
    flipped = replace(CHANGE, content_before="a", content_after="a", enabled_before=True, enabled_after=False)

    assert diff_row(flipped)[2:4] == ("a", "a (off)")


def test_a_moved_conversation_shows_its_way(shown: Shown) -> None:
    """From where to where, on the page, in a line and in a table, also without a title."""
    diff = ConversationDiff(before=POINT, after=POINT, skipped=(), counts={"moved": 1}, changes=(MOVED,))

    assert "  c-1  (no title) (no project → g-p-1)" in shown(conversation_diff_view(diff))
    assert shown(conversation_short_view(diff)) == ["M c-1  (no title) (no project → g-p-1)"]
    assert conversation_diff_row(MOVED)[-1] == "no project → g-p-1; seen in a project"


def test_conversations_that_cannot_be_compared_say_why(shown: Shown) -> None:
    """On the page and in the short form."""
    obstacle = replace(MOVED, conversation_id=None, change_type=None, change_kind="not_comparable", reason="a part")
    diff = ConversationDiff(before=POINT, after=POINT, skipped=(), counts={"not_comparable": 1}, changes=(obstacle,))

    assert "these two cannot be compared: a part" in shown(conversation_diff_view(diff))
    assert shown(conversation_short_view(diff)) == ["! these two cannot be compared: a part"]


def test_exports_in_a_row_that_tell_nothing_are_one_moment(shown: Shown) -> None:
    """A life of sixty exports without a list stays short; another reason is another moment."""
    later = replace(CHANGE, changed_before=NOVEMBER)
    other = replace(later, reason="cut short", changed_before=None)

    moments = list(change_moments([CHANGE, later, other]))

    assert [moment.told.plain for moment in moments] == ["no list (2 exports in a row), until 2025-11-02", "cut short"]
    assert [line.split()[0] for line in shown([life_table(moments)])] == ["2025-10-01", NOTHING]


def test_a_memory_without_a_stated_time_was_listed_by_then() -> None:
    """Nothing is called its creation that nobody states."""
    (moment,) = change_moments([replace(CHANGE, memory_id="m", change_kind="new", change_type="insert")])

    assert (moment.when, moment.what) == ("by 2025-10-01", "listed")


def test_a_change_without_an_end_came_after_its_beginning() -> None:
    """What only a lower bound of time proves is not said to be done by then."""
    (moment,) = change_moments(
        [replace(CHANGE, memory_id="m", change_kind="edited", changed_after=OCTOBER, changed_before=None)]
    )

    assert (moment.when, moment.told.plain) == ("after 2025-10-01", "after 2025-10-01; no list")


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("short", 5, "short"),
        ("too long", 5, "too…"),
        ("日本語", 6, "日本語"),
        ("日本語です", 6, "日本…"),
        ("a\nb", 3, "a b"),
        ("abc", 0, "…"),
    ],
)
def test_a_text_is_cut_to_a_width(text: str, width: int, cut: str) -> None:
    """Wide letters count twice; what is cut ends with a sign."""
    assert cut_to(text, width) == cut
