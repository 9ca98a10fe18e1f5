"""Changes in words: when one happened, on what that rests, and which words of a text are others."""

from __future__ import annotations

from datetime import datetime

from rich.text import Text

from memlake.cli.render import drawable, has_colours, people_time
from memlake.history.changes import ConversationChange, MemoryChange
from memlake.history.words import Span, word_differences
from memlake.text import inert_line, inert_text

_STYLES = {"gone": "red strike", "new": "bold green"}
_SIGNS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}


def evidence_words(change: MemoryChange | ConversationChange) -> str:
    """Return when something changed, and what that rests on."""
    return "; ".join(filter(None, [time_words(change), change.reason]))


def time_words(change: MemoryChange | ConversationChange) -> str:
    """Return when something changed: the time that is stated, else the window that is proven."""
    if change.changed_at is None:
        return window_words(change.changed_after, change.changed_before)
    basis = "" if change.change_type == "delete" else " (as the export says)"
    return f"on {people_time(change.changed_at)}{basis}"


def window_words(after: datetime | None, before: datetime | None) -> str:
    """Return a window of time, as far as it is known."""
    first, last = (moment and people_time(moment) for moment in (after, before))
    if first and last:
        return f"on {last}" if first == last else f"between {first} and {last}"
    if first or last:
        return f"by {last}" if last else f"after {first}"
    return "at an unknown time"


def flip_words(change: MemoryChange) -> str:
    """Return how the switch of a memory was turned."""
    arrow = drawable("→", "->")
    return f"off {arrow} on" if change.enabled_after else f"on {arrow} off"


def marked_text(before: str, after: str) -> Text:
    """Return a text with what is gone and new in it: in colours, where there are none in the signs of word diffs."""
    return Text.assemble(*(_marked(span, inert_text(span.text)) for span in word_differences(before, after)))


def marked_line(before: str, after: str) -> Text:
    """Return what `marked_text` does, on one line."""
    spans = word_differences(inert_line(before), inert_line(after))
    return Text.assemble(*(_marked(span, span.text) for span in spans))


def _marked(span: Span, text: str) -> str | tuple[str, str]:
    if span.kind == "same":
        return text
    if has_colours():
        return text, _STYLES[span.kind]
    opening, closing = _SIGNS[span.kind]
    return f"{opening}{text}{closing}"
