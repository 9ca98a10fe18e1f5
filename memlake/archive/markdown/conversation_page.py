"""The page of one conversation: front matter, turns, what tools did folded away, and at the end other branches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from memlake.archive.markdown.accounts import Accounts
from memlake.archive.markdown.blocks import fenced, prose, quoted
from memlake.archive.markdown.front_matter import front_matter
from memlake.archive.markdown.inline import UNTITLED, plain, web_link, wiki_link
from memlake.archive.markdown.talks import Attachment, Extras, Head, Message
from memlake.archive.markdown.words import counted, size_words

_SPEAKERS = {"user": "You", "assistant": "Assistant", "system": "System", "tool": "Tool"}
_LANGUAGES = frozenset({"python", "javascript", "bash", "sql", "json"})
_TEXT, _CODE = "text", "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What a conversation's page is written from beside its messages; `pages` are the names of all such pages."""

    extras: Extras
    pages: Mapping[tuple[str, str], str]
    accounts: Accounts


def conversation_page(head: Head, messages: Sequence[Message], archived: Archived, remembered: Sequence[str]) -> str:
    """Return the page; `remembered` are the memories that came from the conversation."""
    parts = [_head_matter(head, archived.accounts), f"# {plain(head.title or '') or UNTITLED}\n"]
    link = web_link("Open the chat", head.url)
    if link:
        parts.append(f"{link}\n")
    if remembered:
        parts.append("Remembered from here ([[memories|all memories]]):\n")
        parts.append("".join(f"- {plain(content)}\n" for content in remembered))
    active = [message for message in messages if message.is_on_active_path]
    left = [message for message in messages if not message.is_on_active_path] if active else []
    parts.extend(_turns(head, active or messages, archived))
    told = list(_turns(head, left, archived, _numbers(messages)))
    if told:
        parts.append("## Other branches\n")
        parts.append("What was said here before it was edited, or asked for again.\n")
        parts.extend(told)
    return "\n".join(parts)


def turn_heading(position: int, role: str | None) -> str:
    """Return the heading of a turn, which is unique on its page."""
    return f"{position + 1} · {_SPEAKERS.get(role or '', 'Unknown')}"


def _head_matter(head: Head, accounts: Accounts) -> str:
    return front_matter(
        [
            ("title", head.title or ""),
            ("aliases", head.names or None),
            ("conversation_id", head.conversation_id),
            ("account", accounts.name(head.account_key)),
            ("account_key", head.account_key),
            ("url", head.url),
            ("created_at", head.created_at),
            ("updated_at", head.updated_at),
            ("model", head.model),
            ("project", head.project_name),
            ("project_id", head.project_id),
            ("message_count", head.message_count),
            ("kind", None if head.kind == "chat" else head.kind),
            ("is_archived", head.is_archived or None),
            ("is_vanished", head.is_vanished or None),
        ]
    )


def _numbers(messages: Sequence[Message]) -> dict[str | None, int]:
    return {message.message_id: message.number for message in messages}


def _turns(
    head: Head, messages: Sequence[Message], archived: Archived, numbers: dict[str | None, int] | None = None
) -> Iterator[str]:
    """Yield what each message shows; `numbers` are those of all messages where it is told which one each follows."""
    for message in messages:
        key = (*head.key, message.message_id)
        files = archived.extras.attachments.get(key, ())
        action = archived.extras.calls.get(key)
        follows = numbers.get(message.parent_id) if numbers else None
        remarks = _remarks(head, message, action, follows)
        told_in = archived.pages.get((head.account_key, archived.extras.repeats.get(key, "")))
        if told_in:
            earlier = wiki_link(told_in, "an earlier conversation")
            yield f"> [!note]- {_box_title(message, remarks)}\n> as in {earlier}\n"
            continue
        if not message.is_spoken or (action and message.spoken_text is None):
            if message.text.strip() or files:
                yield _folded(message, remarks, message.text, files)
            continue
        said = message.text if message.spoken_text is None else message.spoken_text
        unspoken = _unspoken(message)
        if said.strip() or files or not unspoken:
            yield _turn(message, remarks, said, files)
        if unspoken:
            yield _folded(message, ["with tools", *remarks], unspoken, ())


def _turn(message: Message, remarks: Sequence[str], said: str, files: Sequence[Attachment]) -> str:
    heading = f"## {turn_heading(message.position, message.role)}\n"
    about = f"*{' · '.join(remarks)}*\n" if remarks else ""
    text = f"{prose(said)}\n" if said.strip() else "(no text)\n" if not files else ""
    return "\n".join(filter(None, (heading, about, text, _file_list(files))))


def _folded(message: Message, remarks: Sequence[str], text: str, files: Sequence[Attachment]) -> str:
    """Return a box that Obsidian shows closed, and others as a quote."""
    language = message.recipient if message.content_type == _CODE and message.recipient in _LANGUAGES else ""
    parts = [fenced(text.strip("\n"), language or "") if text.strip() else "", _file_list(files).strip()]
    return f"> [!note]- {_box_title(message, remarks)}\n{quoted(chr(10).join(filter(None, parts)))}\n"


def _box_title(message: Message, remarks: Sequence[str]) -> str:
    who = turn_heading(message.position, message.role)
    name = _name(message.author_name or "")
    kind = _name((message.content_type or "").replace("_", " ")) if message.content_type != _TEXT else ""
    return " · ".join(filter(None, [f"{who} {name}".strip(), kind, *remarks]))


def _remarks(head: Head, message: Message, action: str | None, follows: int | None) -> list[str]:
    marks = [
        message.said_at,
        _name(message.model) if message.model and message.model != head.model else None,
        f"to {_name(message.recipient)}" if message.recipient and message.recipient != "all" else None,
        "spoken" if message.is_voice else None,
        f"memory: {_name(action)}" if action else None,
        f"follows {follows}" if follows else None,
    ]
    return [mark for mark in marks if mark]


@lru_cache(maxsize=4_096)
def _name(name: str) -> str:
    """Return the name of a tool, a model or a kind, of which there are few."""
    return plain(name)


def _unspoken(message: Message) -> str:
    """Return the calls, results and thoughts in a message; its whole text where these stand between what it said."""
    if message.spoken_text is None:
        return ""
    before, is_one_piece, after = message.text.partition(message.spoken_text)
    if not message.spoken_text or not is_one_piece:
        return message.text
    return "\n\n".join(filter(None, (before.strip(), after.strip())))


def _file_list(files: Sequence[Attachment]) -> str:
    if not files:
        return ""
    lines = [f"- {_file_words(file)}\n" for file in files]
    return f"{counted(len(files), 'attachment')}, not copied:\n\n{''.join(lines)}"


def _file_words(file: Attachment) -> str:
    about = ", ".join(filter(None, [plain(file.kind or "file"), size_words(file.size_bytes)]))
    return f"{plain(file.name or '') or plain(file.attachment_id)} ({about})"
