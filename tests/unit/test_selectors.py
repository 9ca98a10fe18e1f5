"""Which export somebody means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

import pytest

from memlake.errors import MemlakeError, UsageError
from memlake.selectors import Selector, select_exports


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export as selectors see it."""

    export_id: str
    account_key: str = "chatgpt:a"
    exported_at: datetime | None = None


def of(export_id: str, *moment: int, account: str = "chatgpt:a") -> Export:
    """Return an export made at a time in UTC, or without a date."""
    exported_at = datetime(*moment, tzinfo=UTC) if moment else None  # type: ignore[arg-type, misc]
    return Export(export_id=export_id, account_key=account, exported_at=exported_at)


UNDATED = of("aa00")
SEPTEMBER = of("bb11", 2025, 9, 30)
JANUARY = of("bc22", 2026, 1, 12, 17, 30)
AUGUST = of("cc33", 2026, 8, 3)
EXPORTS = [UNDATED, SEPTEMBER, JANUARY, AUGUST]
OTHER = of("dd44", 2026, 2, 2, account="claude:b")


@pytest.mark.parametrize(
    ("selector", "export"),
    [
        ("latest", AUGUST),
        ("latest~0", AUGUST),
        ("latest~2", SEPTEMBER),
        ("2026-01-12", JANUARY),
        ("2026-01-11", SEPTEMBER),
        ("2026-01", JANUARY),
        ("2026-01-12T17:29", SEPTEMBER),
        ("2026-01-12T17:30Z", JANUARY),
        ("2099-01-01", AUGUST),
        (datetime(2026, 1, 12, 17, 30, tzinfo=UTC), JANUARY),
        (datetime(2026, 1, 12, 18, 29, tzinfo=timezone(timedelta(hours=1))), SEPTEMBER),
        (datetime(2026, 1, 12, 17, 30), JANUARY),  # noqa: DTZ001 - without a zone it is UTC
        ("aa00", UNDATED),
        ("bc", JANUARY),
        ("CC", AUGUST),
    ],
)
def test_a_selector_means_one_export(selector: Selector, export: Export) -> None:
    """Steps back from the latest, a time and the end of a day or month, or the beginning of an id."""
    assert select_exports([selector], EXPORTS) == [export]


@pytest.mark.parametrize(
    ("selector", "exports", "message", "hint"),
    [
        ("zz", EXPORTS, "no export is called 'zz'", "memlake exports"),
        ("", EXPORTS, "no export is called ''", "memlake exports"),
        ("latest~", EXPORTS, "no export is called 'latest~'", "memlake exports"),
        ("b", EXPORTS, "several exports begin with 'b': bb11, bc22", "write more"),
        ("2025-09-29", EXPORTS, "no export was made by 2025-09-29; the oldest is of 2025-09-30", "memlake exports"),
        ("latest~3", EXPORTS, "latest~3: there are only 3 exports with a date", "memlake exports"),
        ("latest~1", [SEPTEMBER], "latest~1: there is only one export with a date", "memlake exports"),
        ("latest", [UNDATED], "no export has a date", "by its id"),
        ("latest", [], "no export has a date", "by its id"),
        ("latest", [*EXPORTS, OTHER], "several accounts: chatgpt:a, claude:b", "memlake diff --account chatgpt:a"),
    ],
)
def test_what_means_no_single_export_is_refused(selector: str, exports: list[Export], message: str, hint: str) -> None:
    """The message says what there is, the hint what to do."""
    with pytest.raises(MemlakeError) as caught:
        select_exports([selector], exports)

    assert message in caught.value.message
    assert hint in str(caught.value.hint)


def test_a_pair_of_which_there_is_only_one_takes_another() -> None:
    """It is no mistake of usage: both words are right, an export is missing."""
    with pytest.raises(MemlakeError, match="a difference takes two") as caught:
        select_exports(["latest~1", "latest"], [UNDATED, SEPTEMBER])

    assert caught.type is MemlakeError
    assert caught.value.hint == "take in another with: memlake ingest EXPORT.zip"


def test_the_hint_names_the_command_that_an_account_can_be_added_to() -> None:
    """That of the person who asked."""
    with pytest.raises(UsageError) as caught:
        select_exports(["latest"], [*EXPORTS, OTHER], command="memlake exports drop latest")

    assert caught.value.hint == "choose one: memlake exports drop latest --account chatgpt:a"


def test_an_id_settles_the_account_of_both() -> None:
    """Where one of two is named, `latest` is the latest of the same account."""
    assert select_exports(["bb", "latest"], [*EXPORTS, OTHER]) == [SEPTEMBER, AUGUST]
    assert select_exports(["latest", "dd"], [*EXPORTS, OTHER]) == [OTHER, OTHER]


def test_exports_of_two_accounts_are_never_a_pair() -> None:
    """Two ids of different accounts are refused with both accounts."""
    with pytest.raises(UsageError, match="different accounts: chatgpt:a, claude:b"):
        select_exports(["bb", "dd"], [*EXPORTS, OTHER])


def test_of_two_exports_of_one_time_the_order_given_counts() -> None:
    """`latest` is the last in order; who gives the order has settled it."""
    twin = of("bd55", 2026, 8, 3)

    assert select_exports(["latest", "latest~1", "2026-08-03"], [*EXPORTS, twin]) == [twin, AUGUST, twin]
