"""What happens in a conversation with ChatGPT: questions, answers, and the tools between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from account import JsonObject
from chatgpt_chat import BRANCH_SHARE, NULL_NODE_SHARE, Chat

INSTRUCTIONS_SHARE = 0.7  # of the conversations carry the custom instructions
GIANT_TURN_COUNT = 3_300
_MOST_TURNS = 62

_PROFILE = "Preferred name: Robin\nRole: translator\nOther information: lives by the sea, cycles, keeps bees"
_STYLE = "Short answers first, then the reasons. Metric units."
_LAST_WORDS = re.compile(r"(\S+) (\S+)$")


def open_chat(chat: Chat) -> None:
    """Add the hidden messages that stand above the first question."""
    chat.say("system", _text(""), is_hidden=True)
    if chat.rng.random() < INSTRUCTIONS_SHARE:
        content: JsonObject = {
            "content_type": "user_editable_context",
            "user_profile": f"The user provided the following about themselves:\n```{_PROFILE}```",
            "user_instructions": f"The user would like answers like this:\n```{_STYLE}```",
        }
        about = {"about_user_message": _PROFILE, "about_model_message": _STYLE}
        chat.say("user", content, is_hidden=True, is_user_system_message=True, user_context_message_data=about)


def usual_turn_count(chat: Chat) -> int:
    """Return how many turns a conversation has: mostly few, sometimes many."""
    return min(_MOST_TURNS, 1 + round(chat.rng.lognormvariate(1.3, 0.92)))


def add_turns(chat: Chat, count: int) -> None:
    """Add so many questions, each with its answer."""
    for _ in range(count):
        chat.now += chat.rng.uniform(30, 600)
        _ask(chat)
        tool = chat.rng.choices(_TOOLS, cum_weights=_TOOL_WEIGHTS)[0]
        tool(chat)
        if chat.rng.random() < BRANCH_SHARE:
            chat.regenerate(_text(_answer_text(chat)))
        if chat.rng.random() < NULL_NODE_SHARE:
            chat.skip_node()


def add_memory(chat: Chat, number: int) -> JsonObject:
    """Let the user say what memory `number` holds, and return the memory.

    Of ten memories four are the user's own words, four are reworded and two were said nowhere; three were
    saved by a recorded call.
    """
    kind = number % 10
    said = chat.prose.statement()
    content = said if kind < 4 else _reworded(chat, said) if kind < 8 else chat.prose.statement()
    chat.say("user", _text(f"{chat.prose.text(160)} I {said}. {chat.prose.text(120)}"))
    saved_at = chat.now
    if kind in {0, 4, 5}:
        saved_at = _call_memory_tool(chat, content)
    chat.say("assistant", _text(chat.prose.text(300)), channel="final")
    time = datetime.fromtimestamp(saved_at, UTC).isoformat()
    memory_id = f"mem_{chat.new_id()[-12:]}"
    return {"id": memory_id, "content": content, "enabled": True, "created_at": time, "updated_at": time}


def add_short_turn(chat: Chat) -> None:
    """Add a question and an answer of a sentence or two."""
    chat.say("user", _text(chat.prose.text(120)))
    chat.say("assistant", _text(chat.prose.text(200)), channel="final")


def add_forgetting(chat: Chat, content: str) -> None:
    """Let the user ask for a memory to be forgotten, and the assistant do it by a recorded call."""
    chat.say("user", _text(chat.prose.text(80)))
    _call_memory_tool(chat, f"Forget that {content}")
    chat.say("assistant", _text(chat.prose.text(80)), channel="final")


def _call_memory_tool(chat: Chat, words: str) -> float:
    """Add a call and its reply; return when the call was."""
    chat.say("assistant", _text(words), recipient="bio", channel="commentary")
    called_at = chat.now
    reply = _text("Model set context updated.")
    chat.say("tool", reply, author="bio", recipient="assistant", memory_percentage_used=0.07)
    return called_at


def _ask(chat: Chat) -> None:
    length = 9_000 if chat.rng.random() < 0.04 else chat.rng.lognormvariate(5.4, 1.0)
    question = chat.prose.text(length)
    chance = chat.rng.random()
    if chance < 0.05:
        pointer = f"sediment://file_{chat.new_id()[:23]}"
        image = {"content_type": "image_asset_pointer", "asset_pointer": pointer, "size_bytes": 184_321, "width": 1024}
        chat.say("user", {"content_type": "multimodal_text", "parts": [image, question]})
    elif chance < 0.09:
        attachment = {
            "id": f"file-{chat.new_id()[:22]}",
            "name": "notes.pdf",
            "size": 48_211,
            "mime_type": "application/pdf",
        }
        chat.say("user", _text(question), attachments=[attachment])
    else:
        chat.say("user", _text(question))


def _answer_text(chat: Chat) -> str:
    text = chat.prose.text(chat.rng.lognormvariate(7.65, 0.72))
    return f"{text}\n\n```python\n{chat.prose.code(500)}\n```" if chat.rng.random() < 0.15 else text


def _answer(chat: Chat) -> None:
    chat.say("assistant", _text(_answer_text(chat)), channel="final", pad="AAAAAAAAAAAAAAAA" * chat.rng.randrange(60))


def _think(chat: Chat) -> None:
    steps = [
        {"summary": chat.prose.title(), "content": chat.prose.text(450), "chunks": [], "finished": True}
        for _ in range(chat.rng.randrange(1, 5))
    ]
    content: JsonObject = {"content_type": "thoughts", "thoughts": steps, "source_analysis_msg_id": chat.new_id()}
    chat.say("assistant", content, reasoning_status="is_reasoning")
    _answer(chat)
    recap: JsonObject = {"content_type": "reasoning_recap", "content": "Thought for 12 seconds"}
    chat.say("assistant", recap, reasoning_status="reasoning_ended", finished_duration_sec=12)


def _run_code(chat: Chat) -> None:
    for _ in range(chat.rng.randrange(1, 4)):
        code: JsonObject = {"content_type": "code", "language": "unknown", "text": chat.prose.code(900)}
        chat.say("assistant", code, recipient="python", channel="analysis")
        output: JsonObject = {"content_type": "execution_output", "text": chat.prose.text(700)}
        run = {"status": "success", "run_id": chat.new_id(), "start_time": chat.now, "messages": []}
        chat.say("tool", output, author="python", aggregate_result=run)
    _answer(chat)


def _search_web(chat: Chat) -> None:
    query: JsonObject = {"content_type": "code", "language": "unknown", "text": f'search("{chat.prose.title()}")'}
    chat.say("assistant", query, recipient="web", channel="analysis")
    pages = [_page(chat) for _ in range(chat.rng.randrange(3, 9))]
    groups = [
        {"type": "search_result_group", "domain": page["domain"], "entries": [{"type": "search_result"} | page]}
        for page in pages
    ]
    chat.say("tool", _text(""), author="web", search_result_groups=groups, debug_sonic_thread_id="thread")
    for page in pages[:2]:
        quote: JsonObject = {"content_type": "tether_quote", "text": chat.prose.text(2_600)} | page
        chat.say("tool", quote, author="web")
    text, mark = _answer_text(chat), "\ue200cite\ue202turn0search0\ue202turn0search1\ue201"
    reference = {"matched_text": mark, "start_idx": len(text), "type": "grouped_webpages", "items": pages[:3]}
    citation = {"start_ix": 0, "end_ix": 12, "metadata": pages[0], "invalid_reason": None}
    chat.say("assistant", _text(text + mark), channel="final", content_references=[reference], citations=[citation])


def _page(chat: Chat) -> JsonObject:
    domain = f"www.{chat.rng.choice(_SITES)}.example"
    slug = chat.prose.title().lower().replace(" ", "-")
    return {
        "title": chat.prose.title(),
        "url": f"https://{domain}/{slug}?utm_source=chatgpt.com",
        "domain": domain,
        "snippet": chat.prose.text(140),
        "ref_id": {"turn_index": 0, "ref_type": "search", "ref_index": 1},
        "pub_date": None,
        "attributions": None,
    }


def _reworded(chat: Chat, statement: str) -> str:
    """Return the statement as an assistant would note it: some words dropped, the rest moved, endings changed."""
    words = [word for word in statement.split() if chat.rng.random() < 0.8] or statement.split()
    turned = words[len(words) // 3 :] + words[: len(words) // 3]
    return _LAST_WORDS.sub(r"\1ing \2s", f"User {' '.join(turned)}")


def _text(text: str) -> JsonObject:
    return {"content_type": "text", "parts": [text]}


_SITES = ("garden", "river", "archive", "museum", "weather", "library", "kitchen", "railway")
_TOOLS: tuple[Callable[[Chat], None], ...] = (_answer, _think, _run_code, _search_web)
_TOOL_WEIGHTS = (0.5, 0.75, 0.88, 1.0)
