"""Why a text that somebody pasted is no list of memories, in words for people."""

from __future__ import annotations

import re

from memlake.providers.dump.words import any_of

NO_LIST = "no memory list in this text"
WEB_PAGE = "a web page, not a list: open it, copy the list as text and save that"
WHOLE_CHAT = "a whole chat, not a list: copy only the answer with the list"
NO_MEMORIES = "the assistant answered that it has no memories to list"
OTHERS_MEMORIES = "memories of another tool, which names whose they are: no assistant's list does"
OTHER_TOOL = "the memory file of the MCP memory server, which is another tool's and no assistant's list"

_LONGEST_LEAD = 1_000
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
_SOME = r"[^.!?。\n:：]{0,80}"
_I_DO_NOT = any_of(
    r"""
    \b(?:i|we) (?:\w+ )?(?:do not|don['’]t|cannot|can['’]t|haven['’]t|have not|have no|have nothing)\b
    \b(?:i am|i['’]m) (?:unable|not able) to\b|\bas an ai\b
    """
)
_NO_MEMORIES = re.compile(
    any_of(
        rf"""
        {_I_DO_NOT}{_SOME}\b(?:memory|memories|(?:past|previous|earlier|prior) (?:chats|conversations))\b
        {_I_DO_NOT}{_SOME}\b(?:remember|recall|retain) (?:any|you|our|past|prev|details|info|things)
        {_I_DO_NOT}{_SOME}\b(?:stored|saved)\b{_SOME}\b(?:info|details|data|facts|anything|about you)
        {_I_DO_NOT}{_SOME}\b(?:information|anything|data|details|facts|about you)\b{_SOME}\b(?:stored|saved)\b
        \b(?:there (?:are|is)|you have) (?:currently )?(?:no|nothing)\b{_SOME}\b(?:memory|memories|stored|saved)\b
        \bno (?:saved |stored )?memories (?:are |have been )?(?:stored|saved|found|yet|available)\b
        \bmy (?:saved )?memory (?:of you )?is (?:currently )?empty\b
        \bich \w+\b{_SOME}\b(?:keine?n?|nichts|nicht)\b{_SOME}(?:erinnerung|gespeichert|gedächtnis)
        \bich \w+\b{_SOME}\b(?:keine?n?|nicht)\b{_SOME}(?:frühere|vergangene)\w? (?:gespräch|unterhaltung|chat)
        \bes (?:sind|gibt|ist) (?:\w+ )?(?:keine|nichts)\b{_SOME}(?:erinnerung|gespeichert)
        \bnão (?:tenho|guardo|consigo|possuo|há|existem)\b{_SOME}(?:memória|guardad|salv|conversas anteriores)
        \bno (?:tengo|guardo|puedo|hay|dispongo|he guardado)\b{_SOME}(?:memoria|recuerdos|guardad)
        \bno (?:tengo|guardo|puedo|dispongo)\b{_SOME}conversaciones (?:anteriores|pasadas)
        \b(?:je n['’]ai|je ne (?:dispose|conserve|garde)|il n['’]y a)\b{_SOME}(?:souvenir|mémoire|mémoris|enregistr)
        \b(?:je n['’]ai|je ne (?:peux|garde))\b{_SOME}conversations (?:passées|précédentes)
        \bnon (?:ho|conservo|posso|ci sono)\b{_SOME}(?:memori|ricordi|salvat)
        \bik heb (?:momenteel )?(?:geen|niets)\b{_SOME}(?:herinnering|opgeslagen|geheugen)
        \bу меня (?:сейчас |пока )?нет\b{_SOME}(?:воспоминан|памят|сохран)
        \bя не (?:хран|помн|сохран){_SOME}(?:памят|разговор|чат|воспоминан)
        (?:ليس لدي|لا أملك|لا أحتفظ|لا توجد){_SOME}(?:ذكريات|ذاكرة|محفوظ|محادثات)
        (?:記憶|メモリ|保存された情報){_SOME}(?:ありません|持っていません|保存されていません|できません)
        (?:没有|沒有|无法|不会){_SOME}(?:记忆|記憶|保存|之前的对话)
        (?:기억|메모리|저장된){_SOME}(?:없습니다|없어요|않습니다)
        """
    ),
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    any_of(
        r"""
        \b(?:here (?:is|are)|here['’]s|but i (?:do|can)|what i (?:do )?(?:have|know)|following)\b|\bhier (?:ist|sind)\b
        \baqui (?:está|estão)|\baquí (?:está|están)|\bvoici\b|\becco\b|\bвот\b|以下|다음|إليك
        """
    ),
    re.IGNORECASE,
)


def is_web_page(text: str) -> bool:
    """Say whether a text is the source of a web page."""
    return _PAGE.match(text) is not None


def is_whole_chat(text: str) -> bool:
    """Say whether a text has turns of both sides: several, or a question and its answer."""
    turns = list(_TURN.finditer(text))
    if not any(turn["user"] for turn in turns) or not any(turn["assistant"] for turn in turns):
        return False
    first = turns[0]
    is_question = first["user"] and first["inline"] and not text[: first.start()].strip()
    return len(turns) >= _FEWEST_TURNS or any(turn["said"] for turn in turns) or bool(is_question)


def says_there_are_none(text: str) -> bool:
    """Say whether an answer begins with the assistant's word that it remembers nothing, and no list follows."""
    lead = text.strip()[:_LONGEST_LEAD].partition("\n\n")[0]
    return _NO_MEMORIES.search(lead) is not None and _LEADS_ON.search(lead) is None
