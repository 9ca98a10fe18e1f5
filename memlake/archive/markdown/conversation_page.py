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
_EVERYBODY = "all"
_NO_EXTRAS = Extras({}, {}, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What a conversation's page is written from beside its messages, by account and conversation.

    `pages` are the names of all such pages.
    """

    extras: Mapping[tuple[str, str], Extras]
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
    attachments, calls, repeats = archived.extras.get(head.key, _NO_EXTRAS)
    for message in messages:
        files = attachments.get(message.message_id, ())
        action = calls.get(message.message_id)
        follows = numbers.get(message.parent_id) if numbers else None
        remarks = _remarks(head.model, message, action, follows)
        if message.message_id in repeats:
            told_in = archived.pages.get((head.account_key, repeats[message.message_id]))
            if told_in:
                yield _box(message, remarks, f"as in {wiki_link(told_in, 'an earlier conversation')}")
                continue
        if not message.is_spoken or (action and message.spoken_text is None):
            if files or message.text.strip():
                yield _folded(message, remarks, message.text, files)
            continue
        said = message.text if message.spoken_text is None else message.spoken_text
        unspoken = "" if message.spoken_text is None else _unspoken(message.text, message.spoken_text)
        if files or not unspoken or said.strip():
            yield _turn(message, remarks, said, files)
        if unspoken:
            yield _folded(message, f"with tools · {remarks}" if remarks else "with tools", unspoken, ())


def _turn(message: Message, remarks: str, said: str, files: Sequence[Attachment]) -> str:
    about = f"\n*{remarks}*\n" if remarks else ""
    if said.strip():
        text = f"\n{_code(message, said) if message.content_type == _CODE else prose(said)}\n"
    else:
        text = "" if files else "\n(no text)\n"
    listed = f"\n{_file_list(files)}" if files else ""
    return f"## {turn_heading(message.position, message.role)}\n{about}{text}{listed}"


def _folded(message: Message, remarks: str, text: str, files: Sequence[Attachment]) -> str:
    """Return a box that Obsidian shows closed, and others as a quote."""
    held = _code(message, text) if text.strip() else ""
    if files:
        held = f"{held}\n{_file_list(files).strip()}".lstrip("\n")
    return _box(message, remarks, held)


def _code(message: Message, text: str) -> str:
    recipient = message.recipient
    is_named = recipient in _LANGUAGES and message.content_type == _CODE
    return fenced(text.strip("\n"), recipient if is_named and recipient else "")


def _box(message: Message, remarks: str, held: str) -> str:
    title = turn_heading(message.position, message.role)
    if message.author_name and (name := _name(message.author_name)):
        title = f"{title} {name}"
    if (
        message.content_type
        and message.content_type != _TEXT
        and (kind := _name(message.content_type.replace("_", " ")))
    ):
        title = f"{title} · {kind}"
    if remarks:
        title = f"{title} · {remarks}"
    return f"> [!note]- {title}\n{quoted(held)}\n"


def _remarks(model: str | None, message: Message, action: str | None, follows: int | None) -> str:
    """Return what is said about a message beside its text; `model` is that of the conversation."""
    marks = [message.said_at] if message.said_at else []
    if message.model and message.model != model:
        marks.append(_name(message.model))
    if message.recipient and message.recipient != _EVERYBODY:
        marks.append(f"to {_name(message.recipient)}")
    if message.is_voice:
        marks.append("spoken")
    if action:
        marks.append(f"memory: {_name(action)}")
    if follows:
        marks.append(f"follows {follows}")
    return " · ".join(marks)


@lru_cache(maxsize=4_096)
def _name(name: str) -> str:
    """Return the name of a tool, a model or a kind, of which there are few."""
    return plain(name)


def _unspoken(text: str, said: str) -> str:
    """Return the calls, results and thoughts in a text; all of it where these stand between what was said."""
    before, is_one_piece, after = text.partition(said) if said else (text, "", "")
    if not is_one_piece:
        return text
    return "\n\n".join(filter(None, (before.strip(), after.strip())))


def _file_list(files: Sequence[Attachment]) -> str:
    lines = [f"- {_file_words(file)}\n" for file in files]
    return f"{counted(len(files), 'attachment')}, not copied:\n\n{''.join(lines)}"


def _file_words(file: Attachment) -> str:
    about = ", ".join(filter(None, [plain(file.kind or "file"), size_words(file.size_bytes)]))
    return f"{plain(file.name or '') or plain(file.attachment_id)} ({about})"
