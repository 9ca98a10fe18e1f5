"""What happens in a conversation with Claude: questions with documents, answers, and the tools within them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from account import JsonObject, random_uuid
from claude_chat import BRANCH_SHARE, ClaudeChat

GIANT_TURN_COUNT = 178  # about 370 messages: the longest that anybody counted has 379
_MOST_TURNS = 150

_Blocks = list[JsonObject]


def usual_turn_count(chat: ClaudeChat) -> int:
    """Return how many turns a conversation has: mostly few, sometimes many."""
    return min(_MOST_TURNS, 1 + round(chat.rng.lognormvariate(1.35, 1.05)))


def add_turns(chat: ClaudeChat, count: int) -> None:
    """Add so many questions, each with its answer."""
    for _ in range(count):
        chat.now += chat.rng.uniform(30, 600)
        _ask(chat)
        tool = chat.rng.choices(_TOOLS, cum_weights=_TOOL_WEIGHTS)[0]
        chat.answer([*_thoughts(chat), *tool(chat)])
        if chat.rng.random() < BRANCH_SHARE:
            chat.regenerate([*_thoughts(chat), *_answer(chat)])


def add_memory_edit(chat: ClaudeChat, number: int) -> str:
    """Let the user say something about themselves, and the assistant note it by a recorded call; return what it says.

    Of six edits four add a line, one replaces a line, and one adds a line after the list was looked at.
    """
    said = chat.prose.statement()
    content = f"User {said}"
    line = 1 + number % 29
    chat.ask(f"{chat.prose.text(160)} Please remember that I {said}.")
    blocks: _Blocks = []
    if number % 6 == 5:
        lines = "\n".join(f"{place}. User {chat.prose.statement()}" for place in range(1, line + 1))
        blocks += _edit(chat, {"command": "view"}, f"Viewed memory edits:\n\n{lines}")
    if number % 6 == 4:
        arguments: JsonObject = {"command": "replace", "line_number": line, "replacement": content}
        blocks += _edit(chat, arguments, f"Replaced memory #{line}: {content}")
    else:
        blocks += _edit(chat, {"command": "add", "control": content}, f"Added memory #{line}: {content}")
    chat.answer([*blocks, chat.text_block(chat.prose.text(240))])
    return content


def _edit(chat: ClaudeChat, arguments: JsonObject, reply: str) -> _Blocks:
    replies = [chat.result_text(reply)]
    return chat.tool_blocks("memory_user_edits", arguments, replies, icon="memory", integration="Memory")


def _ask(chat: ClaudeChat) -> None:
    length = 9_000 if chat.rng.random() < 0.03 else chat.rng.lognormvariate(5.4, 1.0)
    attachments: list[JsonObject] = []
    files: list[JsonObject] = []
    chance = chat.rng.random()
    if chance < 0.14:
        attachments.append(_document(chat))
    elif chance < 0.19:
        files.append({"file_uuid": random_uuid(chat.rng), "file_name": "picture.png"})
    chat.ask(chat.prose.text(length), attachments=attachments, files=files)


def _document(chat: ClaudeChat) -> JsonObject:
    """Return a document with its text; a long text that was pasted has no name."""
    content = chat.prose.text(min(200_000, chat.rng.lognormvariate(10.0, 0.9)))
    name, kind = chat.rng.choice((("", "txt"), ("notes.pdf", "pdf"), ("table.csv", "text/csv")))
    return {"file_name": name, "file_size": len(content), "file_type": kind, "extracted_content": content}


def _thoughts(chat: ClaudeChat) -> _Blocks:
    if chat.rng.random() >= 0.55:
        return []
    text = chat.prose.text(chat.rng.lognormvariate(7.1, 0.8))
    signature = b64encode(chat.rng.randbytes(360)).decode() if chat.rng.random() < 0.5 else None
    summaries = [chat.prose.text(70) for _ in range(chat.rng.randrange(1, 4))]
    return [chat.thinking_block(text, summaries, signature)]


def _answer_text(chat: ClaudeChat) -> str:
    text = chat.prose.text(chat.rng.lognormvariate(7.5, 0.75))
    return f"{text}\n\n```python\n{chat.prose.code(700)}\n```" if chat.rng.random() < 0.2 else text


def _answer(chat: ClaudeChat) -> _Blocks:
    return [chat.text_block(_answer_text(chat))]


def _search_web(chat: ClaudeChat) -> _Blocks:
    blocks = [chat.text_block(chat.prose.text(120))]
    pages: list[JsonObject] = []
    for _ in range(chat.rng.randrange(1, 5)):
        pages = [_page(chat) for _ in range(10)]
        blocks += chat.tool_blocks("web_search", {"query": chat.prose.title()}, pages, icon="globe")
    for page in pages[: chat.rng.randrange(2, 8)]:
        text = chat.prose.text(380)
        source = {"type": "web_search_citation", "url": page["url"]}
        citation = {"uuid": random_uuid(chat.rng), "start_index": 0, "end_index": len(text), "details": source}
        blocks.append(chat.text_block(text, [citation]))
    return blocks


def _page(chat: ClaudeChat) -> JsonObject:
    domain = f"{chat.rng.choice(_SITES)}.example"
    url = f"https://www.{domain}/{chat.prose.title().lower().replace(' ', '-')}"
    return {
        "type": "knowledge",
        "title": chat.prose.title(),
        "url": url,
        "metadata": {
            "type": "webpage_metadata",
            "site_domain": domain,
            "favicon_url": f"https://www.example.com/s2/favicons?sz=64&domain={domain}",
            "site_name": domain.partition(".")[0].capitalize(),
        },
        "is_missing": False,
        "text": chat.prose.text(chat.rng.uniform(1_200, 4_200)),
        "is_citable": True,
        "prompt_context_metadata": {"url": url, "age": "3 weeks ago", "search_provider": "example"},
        "links": None,
    }


def _work_on_files(chat: ClaudeChat) -> _Blocks:
    blocks: _Blocks = []
    for step in range(chat.rng.randrange(1, 7)):
        path = f"/home/claude/{chat.prose.title().lower().replace(' ', '_')}.py"
        if step % 2 == 0:
            code = chat.prose.code(chat.rng.lognormvariate(8.6, 0.7))
            arguments: JsonObject = {"description": chat.prose.title(), "path": path, "file_text": code}
            done = chat.result_text(f"File created successfully: {path}")
            blocks += chat.tool_blocks("create_file", arguments, [done], icon="file")
        else:
            ran: JsonObject = {"command": f"python3 {path}", "description": chat.prose.title()}
            output = chat.result_text(chat.prose.text(chat.rng.lognormvariate(6.8, 0.9)))
            is_error = chat.rng.random() < 0.15
            blocks += chat.tool_blocks("bash_tool", ran, [output], is_error=is_error, icon="code")
        if chat.rng.random() < 0.4:
            blocks.append(chat.text_block(chat.prose.text(160)))
    return [*blocks, *_answer(chat)]


def _write_artifact(chat: ClaudeChat) -> _Blocks:
    arguments: JsonObject = {
        "id": chat.prose.title().lower().replace(" ", "-"),
        "type": "text/markdown",
        "title": chat.prose.title(),
        "command": "create",
        "content": chat.prose.text(chat.rng.lognormvariate(9.0, 0.6)),
        "version_uuid": random_uuid(chat.rng),
    }
    lead = chat.text_block(chat.prose.text(200))
    return [lead, *chat.tool_blocks("artifacts", arguments, [chat.result_text("OK")]), *_answer(chat)]


def _search_chats(chat: ClaudeChat) -> _Blocks:
    arguments: JsonObject = {"query": chat.prose.title(), "max_results": 5}
    found = [
        f"<chat url='https://claude.ai/chat/{random_uuid(chat.rng)}'>{chat.prose.text(1_500)}</chat>" for _ in "12345"
    ]
    results = [chat.result_text("\n".join(found))]
    return [*chat.tool_blocks("conversation_search", arguments, results, icon="chat"), *_answer(chat)]


_SITES = ("garden", "river", "archive", "museum", "weather", "library", "kitchen", "railway")
_TOOLS: tuple[Callable[[ClaudeChat], _Blocks], ...] = (
    _answer,
    _search_web,
    _work_on_files,
    _write_artifact,
    _search_chats,
)
_TOOL_WEIGHTS = (0.6, 0.76, 0.88, 0.97, 1.0)
