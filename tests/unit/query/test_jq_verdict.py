"""The exit code that jq makes of what happened."""

from __future__ import annotations

import pytest

from memlake.query.jq.events import DocumentEnd, Event, Fault, Halt, Output, Unreadable, Verdict

END = DocumentEnd()
TRUE, FALSE = Output(b"1", is_truthy=True), Output(b"null", is_truthy=False)
FAULT = Fault("x")

CASES: list[tuple[list[Event], int, int]] = [
    ([], 0, 4),
    ([END], 0, 4),
    ([TRUE, END], 0, 0),
    ([TRUE, FALSE, END], 0, 1),
    ([FALSE, END, END], 0, 1),
    ([TRUE, END, FALSE, END, END], 0, 1),
    ([TRUE, FAULT, END], 5, 5),
    ([FAULT, END, TRUE, END], 0, 0),
    ([FAULT, END, END], 0, 4),
    ([TRUE, END, Unreadable("x")], 2, 2),
    ([TRUE, Halt(7, "")], 7, 7),
]


@pytest.mark.parametrize(("events", "usual", "of_values"), CASES)
def test_the_last_document_decides(events: list[Event], usual: int, of_values: int) -> None:
    """With `-e` its last value, and without one the last value before."""
    codes = []
    for is_of_values in (False, True):
        verdict = Verdict(is_of_values)
        for event in events:
            verdict.see(event)
        codes.append(verdict.exit_code())

    assert codes == [usual, of_values]


def test_a_halt_and_unreadable_input_are_final() -> None:
    """A program that fails goes on with the next document."""
    finals = []
    for event in (Halt(0, ""), Unreadable("x"), FAULT):
        verdict = Verdict(is_of_values=False)
        verdict.see(event)
        finals.append(verdict.is_final)

    assert finals == [True, True, False]
