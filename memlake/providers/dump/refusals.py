"""Why a text that somebody pasted is no list of memories, in words for people."""

from __future__ import annotations

import re

from memlake.providers.dump.answers import answer_without_list
from memlake.providers.dump.words import any_of

WEB_PAGE = "a web page, not a list: open it, copy the list as text and save that"
WHOLE_CHAT = "a whole chat, not a list: copy only the answer with the list"
OTHERS_MEMORIES = "memories of another tool, which names whose they are: no assistant's list does"
OTHER_TOOL = "the memory file of the MCP memory server, which is another tool's and no assistant's list"

_LOOK = 16 * 1024
_FEWEST_TURNS = 3
_PAGE = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_USER = any_of(
    """
    you|user|me|human|prompt|du|sie|ich|tú|tu|yo|eu|você|usuario|usuário|vous|moi|utilisateur|вы|я
    あなた|ユーザー|你|您|我|나|사용자|أنت
    """
)
_ASSISTANT = any_of(
    r"""
    chatgpt|gpt-?[\w.]{1,6}|claude|gemini|bard|copilot|grok|assistant|model|ai|bot|asistente|assistente|assistent
    ассистент|アシスタント|助手|어시스턴트
    """
)
_SAID = r"[ \t]?(?:said|sagte|hat gesagt|disse|dijo|a dit|сказал\w{0,2}|说|說|さん?の発言|の発言|의 말)"
_TURN = re.compile(
    r"^[ \t>]{0,4}(?P<dressing>#{1,6}[ \t]{1,4}|[*_]{1,3})?[*_]{0,3}"
    rf"(?:(?P<user>{_USER})|(?P<assistant>{_ASSISTANT}))(?P<said>{_SAID})?[*_]{{0,3}}[ \t]?"
    r"(?:[:：][*_]{0,3}(?P<inline>[ \t]*+[^\s*_])?|(?(dressing)$|(?!)))",
    re.IGNORECASE | re.MULTILINE,
)


def refusal(text: str) -> str | None:
    """Return why a text is no list, judged by its beginning; `None` if nothing speaks against it."""
    beginning = text[:_LOOK]
    if _is_web_page(beginning):
        return WEB_PAGE
    return WHOLE_CHAT if _is_whole_chat(beginning) else answer_without_list(beginning)


def _is_web_page(text: str) -> bool:
    """Say whether a text is the source of a web page."""
    return _PAGE.match(text) is not None


def _is_whole_chat(text: str) -> bool:
    """Say whether a text has turns of both sides: several, or a question and its answer."""
    turns = list(_TURN.finditer(text))
    if not any(turn["user"] for turn in turns) or not any(turn["assistant"] for turn in turns):
        return False
    first = turns[0]
    is_question = first["user"] and first["inline"] and not text[: first.start()].strip()
    return len(turns) >= _FEWEST_TURNS or any(turn["said"] for turn in turns) or bool(is_question)
