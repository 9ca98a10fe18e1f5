"""Files that are mentioned in several places."""

from __future__ import annotations

from memlake.model import AttachmentRow
from memlake.parsing.attachments import merged_attachments


def mention(message_id: str, *about: object) -> AttachmentRow:
    """Return what one place says about the file `f`: name, type, size, kind."""
    return AttachmentRow._make(("c", message_id, "f", *about))


def test_mentions_of_a_file_add_up_once_per_message() -> None:
    """Of two values the first counts, except that any kind says more than "file"."""
    mentions = [
        mention("m1", None, "text/csv", None, "file"),
        mention("m2", None, None, None, "file"),
        mention("m1", "a.csv", "text/plain", 0, "image"),
        mention("m1", "b.csv", None, 5, "audio"),
    ]

    assert merged_attachments(mentions) == [
        mention("m1", "a.csv", "text/csv", 0, "image"),
        mention("m2", None, None, None, "file"),
    ]
