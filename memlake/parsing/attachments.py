"""Files that messages carry, which exports mention in several places."""

from __future__ import annotations

from collections.abc import Iterable

from memlake.model import AttachmentRow


def merged_attachments(mentions: Iterable[AttachmentRow]) -> list[AttachmentRow]:
    """List each file once per message, with all that its mentions say; of two values the first counts."""
    by_place: dict[tuple[str, str], AttachmentRow] = {}
    for mention in mentions:
        key = (mention.message_id, mention.attachment_id)
        by_place[key] = _merged(by_place[key], mention) if key in by_place else mention
    return list(by_place.values())


def _merged(first: AttachmentRow, second: AttachmentRow) -> AttachmentRow:
    return first._replace(
        name=first.name or second.name,
        mime_type=first.mime_type or second.mime_type,
        size_bytes=second.size_bytes if first.size_bytes is None else first.size_bytes,
        kind=second.kind if first.kind == "file" else first.kind,
    )
