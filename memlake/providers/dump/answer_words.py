"""The words with which an assistant says that it has no memories, shows none or has memory switched off."""

from __future__ import annotations

import re
from typing import NamedTuple

from memlake.providers.dump.words import any_of


class Unable(NamedTuple):
    """What a sentence has in it by which an assistant says that it cannot; all three, in any order."""

    me: re.Pattern[str]
    negation: re.Pattern[str]
    subject: re.Pattern[str]  # its memory, or what it was asked for


def _unable(me: str, negation: str, subject: str) -> Unable:
    return Unable(*(re.compile(any_of(words), re.IGNORECASE) for words in (me, negation, subject)))


_SOME = r"[^.!?。\n:：]{0,80}"
_I_DO_NOT = any_of(
    r"""
    \b(?:i|we) (?:\w+ )?(?:do not|don['’]t|cannot|can['’]t|haven['’]t|have not|have no|have nothing)\b
    \b(?:i am|i['’]m) (?:unable|not able) to\b|\bas an ai\b
    """
)
NO_MEMORIES = re.compile(
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

_IS = r"(?:is|are|was|(?:has|have) been|seems?|appears?)(?: to be)?(?: \w+)?"
_OFF = any_of(
    """
    (?:turned|switched) off|disabled|deactivated|off|paused|unavailable
    not (?:currently )?(?:enabled|active|available|supported|(?:turned|switched) on)
    """
)
MEMORY_OFF = re.compile(
    any_of(
        rf"""
        \bmemor(?:y|ies)(?: \w+){{0,2}} (?:{_IS} )?{_OFF}\b
        (?:gedächtnis|erinnerung|speicher).{{0,40}}\b(?:deaktiviert|(?:aus|ab)geschaltet|nicht (?:aktiv|verfügbar))
        mémoire\b.{{0,40}}\b(?:désactivée?|pas (?:activée?|disponible)|indisponible)
        memoria\b.{{0,40}}\b(?:desactivada|deshabilitada|apagada|no está (?:activ|disponible))
        memoria\b.{{0,40}}\b(?:disattivata|disabilitata|spenta|non è (?:attiva|disponibile))
        memória\b.{{0,40}}\b(?:desativada|desactivada|desligada|não está (?:ativ|activ|disponível))
        geheugen\b.{{0,40}}\b(?:uitgeschakeld|staat uit|niet (?:actief|ingeschakeld|beschikbaar))
        pamięć\b.{{0,30}}\bwyłączona|память\b.{{0,30}}\b(?:отключена|выключена)
        (?:bellek|hafıza)\b.{{0,20}}\b(?:kapalı|devre dışı)
        (?:记忆|記憶)(?:功能)?.{{0,8}}(?:关闭|關閉|停用|未开启|未启用)|(?:メモリ|記憶).{{0,12}}(?:オフ|無効)
        메모리.{{0,12}}(?:꺼져|비활성|사용 중지)|الذاكرة.{{0,20}}(?:معطلة|متوقفة|موقوفة)
        """
    ),
    re.IGNORECASE,
)

APOLOGY = re.compile(
    any_of(
        r"""
        \b(?:i['’]m|i am) (?:very |so |really )?sorry\b|^\W*sorry\b|\bi apologi[sz]e\b|\bmy apologies\b
        \bi['’]m afraid i\b
        \btut mir (?:sehr )?leid\b|\bentschuldig|\blo siento\b|\blo lamento\b|\bdisculp[ae]\b|\bdésolée?\b
        \bje regrette\b
        \bmi (?:dispiace|spiace)\b|\bsinto muito\b|\blamento\b|\bdesculp[ae]\b|\bpeço desculpa|\bhet spijt me\b
        \bprzykro mi\b|\bprzepraszam\b|\bизвините\b|\bпростите\b|\büzgünüm\b
        申し訳|すみません|ごめんなさい|抱歉|对不起|對不起|죄송|미안|عذر|آسف|أعتذر
        """
    ),
    re.IGNORECASE,
)

_ENGLISH_DO = any_of(
    """
    share|show|reveal|display|disclose|divulge|provide|access|list|print|output|export|reproduce|give|return|retrieve
    view|see|tell|do|answer|discuss|(?:help|assist)(?: you)? with|comply with|fulfil|fulfill
    """
)
SHOWS_NOT = re.compile(
    any_of(
        r"""
        \b(?:can ?not|can['’]t|won['’]t|(?:un|not )able to) (?:\w+ )?(?:share|show|reveal|display|disclose|reproduce)\b
        \b(?:can ?not|can['’]t|won['’]t|(?:un|not )able to) (?:\w+ )?(?:divulge|list|print|output|export|access)\b
        \b(?:don['’]t|do not) (?:\w+ )?have (?:\w+ )?access\b
        \b(?:zugreifen|zugriff|anzeigen|zeigen|auflisten|preisgeben|ausgeben)\b
        \bno puedo (?:mostrar|compartir|acceder|listar|revelar|ver)|\bno tengo acceso\b
        \bnão (?:posso|consigo) (?:mostrar|partilhar|compartilhar|aceder|acessar|listar|ver)|\bnão tenho acesso\b
        \bje ne (?:peux|dispose) \w+ (?:\w+ )?(?:montrer|afficher|partager|accéder|lister|accès)\b
        \bje n['’]ai pas accès\b
        \bnon posso (?:mostrare|condividere|accedere|elencare)|\bnon ho accesso\b
        (?:見せ|表示|共有|開示|公開|アクセス)[^。]{0,12}(?:できません|できない|いたしかねます)
        """
    ),
    re.IGNORECASE,
)
_ENGLISH_END = (
    r"(?=\s*[.!,;:\u2013\u2014-]|$| (?:information|request|contents?|data|list|details|kind|type|sort|with|to|for) ?)"
)
_GERMAN_DO = (
    r"(?:(?:an|aus|mit|weiter|preis|offen|bereit)(?:zu)?)?"
    r"(?:zeigen|teilen|geben|legen|stellen|nennen|sagen|beantworten|tun|machen|verraten)"
)
_PORTUGUESE_DO = (
    "(?:mostrar|(?:com)?partilhar|compartilhar|revelar|ver|dar|fornecer|listar|fazer|exibir|divulgar|acessar)"
)

UNABLE = (
    _unable(
        r"\b(?:i|i['’](?:m|ve|ll)|me|my|we)\b|\bas an? (?:ai|(?:large )?language)\b|^\W*(?:unable|not able) to\b",
        r"""
        \b(?:can ?not|can['’]t|won['’]t|will not|could(?:n['’]t| not)|don['’]t|do not|does(?:n['’]t| not))\b
        \b(?:haven['’]t|have no(?:t|thing)?|unable|not (?:able|allowed|permitted|possible)|no (?:access|way|ability))\b
        \b(?:without|lack|never)\b
        """,
        rf"""
        \bmy (?:saved |stored )?memor|\bmemor(?:y|ies) (?:about|of) (?:you|our)|\bcontents? of (?:my|your)
        \b(?:past|previous|prior|earlier|other|between|across) (?:\w+ )?(?:conversation|chat|session|interaction)s?\b
        \b(?:about|with|from) you\b|\byour (?:\w+ )?(?:data|information|details|history|memor|request|profile)
        \b(?:retain|persist|remember|recall|store)\b (?:any|you|our|past|prev|prior|personal|details|info|data|things)
        \b{_ENGLISH_DO} (?:you |out )?(?:that|this|it|those|these|them|such){_ENGLISH_END}
        \baccess to (?:that|this|it|those|these|them){_ENGLISH_END}
        \baccess (?:to )?(?:any|your|stored|saved|persistent|long-term|personal) (?:\w+ )?(?:memor|info|data|chat|conv)
        """,
    ),
    _unable(
        r"\b(?:ich|mir|mich|mein\w*|wir|uns)\b",
        r"\b(?:nicht|keine?[mnrs]?|nichts|niemals|außerstande|unmöglich)\b",
        rf"""
        erinnerung|gedächtnis|\bgespeichert|\büber (?:dich|sie)\b
        \b(?:früher|vergangen|vorherig)e\w? (?:gespr|unterh|chat)
        \b(?:deine|ihre)[rn]? (?:daten|informationen|angaben)|\b(?:darauf|darüber|dazu|hierauf|hierzu|dabei|damit)\b
        \b(?:das|dies|diese (?:daten|informationen|liste)) (?:\w+ ){{0,4}}{_GERMAN_DO}\b
        """,
    ),
    _unable(
        r"\b(?:je|j['’]|me|m['’]|moi|mon|ma|mes)",
        r"\b(?:ne|pas|aucune?|jamais|impossible|incapable)\b|\bn['’]",
        r"""
        souvenir|\b(?:ma|de) mémoire|mémoris|conversations? (?:passé|précéd|antér)|\bà (?:ton|votre) sujet
        \bsur (?:toi|vous)\b
        \b(?:tes|vos) (?:données|informations)|\b(?:y|n['’]y) (?:\w+ ){0,2}(?:accès|accéder)|informations? entre\b
        \b(?:partager|montrer|afficher|révéler|fournir|divulguer|lister|faire|donner) (?:ça|cela|ceci|ces|cette)\b
        \b(?:accès|accéder|aider|répondre) (?:à|avec) (?:ça|cela|ceci|ces|cette)\b
        """,
    ),
    _unable(
        r"\b(?:puedo|tengo|dispongo|guardo|conservo|recuerdo|almaceno|poseo|cuento|soy|estoy|yo|mi|mis|me)\b",
        r"\b(?:no|ning[uú]n\w*|nada|nunca|incapaz)\b",
        r"""
        \bmi memoria|recuerdos|\b(?:guard|almacen)ad[oa]s?\b|conversaciones (?:anteriores|pasadas|previas)
        información entre\b|\bsobre (?:ti|usted|vos)\b|\b(?:tus?|sus?) (?:datos|información)
        \b(?:mostrar|compartir|revelar|ver|dar|proporcionar|listar|hacer)(?:te|le)? (?:eso|esto|ello|es[ao]s|est[ao]s)\b
        \b(?:acced|acces|ayud|respond)\w* (?:a|con) (?:eso|esto|ello|es[ao]s?|est[ao]s?)\b
        \b(?:mostr|compart|revel|facilit)\w*(?:telo|selo|lo)\b
        """,
    ),
    _unable(
        r"\b(?:posso|tenho|consigo|guardo|armazeno|lembro|possuo|disponho|sou|estou|sei|eu|minha|meu|me)\b",
        r"\b(?:não|nenhuma?|nada|nunca|incapaz)\b",
        rf"""
        \bminha memória|lembranças|\b(?:guard|salv|armazen)ad[oa]s?\b|conversas (?:anteriores|passadas|prévias)
        informaç(?:ão|ões) entre\b|\bsobre (?:ti|você|si)\b|\b(?:teus|seus|tuas|suas) (?:dados|informações)
        \b{_PORTUGUESE_DO}(?:-te|-lhe)? (?:isso|isto|ess[ae]s?|est[ae]s?)\b
        \b(?:aced|acess|ajud|respond)\w* (?:a|com) (?:isso|isto|ess[ae]s?|est[ae]s?)\b|\bacesso a(?:\b|os|as)
        """,
    ),
    _unable(
        r"\b(?:posso|ho|conservo|memorizzo|ricordo|dispongo|riesco|sono|io|mi|mia|mio)\b",
        r"\b(?:non|nessun\w*|niente|nulla|mai|incapace)\b",
        r"""
        \bmia memoria|\bricordi\b|\bsalvat[oaie]\b|conversazioni (?:precedenti|passate)|\bsu di (?:te|lei)\b
        \b(?:tuoi|suoi) dati|informazioni tra\b|\btue informazioni
        \b(?:mostrar|condivider|rivelar|dar|fornir)(?:te|ve)?lo\b
        \b(?:mostrare|condividere|rivelare|fornire|elencare|fare|vedere|visualizzare) (?:questo|quello|ciò|quest[aei])\b
        \b(?:acce|aiuta|rispond)\w* (?:a|con|in) (?:questo|quello|ciò|quest[aei])\b
        """,
    ),
    _unable(
        r"\b(?:ik|mij|me|mijn|wij)\b",
        r"\b(?:niet|geen|niets|nooit|onmogelijk)\b",
        r"""
        \bgeheugen\b|\bherinnering|\bopgeslagen\b|\b(?:eerdere|vorige|vroegere) (?:gesprek|chat|conversatie)
        informatie tussen\b|\bover (?:jou|je|u)\b|\b(?:jouw|je|uw) (?:gegevens|informatie)
        \b(?:daar|hier)(?:toe|over|bij|mee)\b
        \btoegang toe\b
        \b(?:dat|dit) (?:\w+ ){0,4}(?:delen|tonen|weergeven|laten zien|geven|onthullen|doen)\W*$
        \btoegang tot (?:dat|dit|je)
        """,
    ),
    _unable(
        r"\b(?:mogę|mam|pamiętam|przechowuję|zapisuję|jestem|mi|moj\w+)\b",
        r"\b(?:nie|żadn\w+|nic)\b",
        r"""
        \bwspomnie|\b(?:moj\w+|w) pamięci\b|\b(?:poprzedni|wcześniejsz)\w+ (?:rozm|czat|konwers)
        \bo (?:tobie|panu|pani)\b
        \b(?:pokazać|udostępnić|ujawnić|zrobić|podać) (?:tego|tych)\b|\bdostępu do (?:tego|tych|twoich)\b
        """,
    ),
    _unable(
        r"\b(?:я|меня|мне|мо[яеий]\w*|могу|храню|помню)\b",
        r"\b(?:не|нет|ничего|никак\w*)\b",
        r"""
        воспоминан|\b(?:моей|мою) памят|сохран[её]нн|\b(?:прошл|предыдущ|прежн)\w+ (?:разговор|чат|бесед|диалог)
        \bо (?:вас|тебе)\b|\b(?:показать|раскрыть|предоставить|сделать|вывести) (?:это|эту|эти)\b
        \b(?:поделиться|помочь с) этим|\bдоступа к (?:этому|этой|этим|ним|вашим|твоим)
        """,
    ),
    _unable(
        r"(?:ım|im|um|üm|em|am)\b",
        r"(?:[ae]m[ıi]yorum|[ae]mam|[ae]mem|yok)\b",
        r"\b(?:paylaş|göster|eriş|bellek|belleğ|hafıza|önceki (?:sohbet|konuşma)|hakkınızda|hakkında)\w*",
    ),
    _unable(
        r"私|わたくし|当方|AI|申し訳",
        r"できません|できかねます|いたしかねます|ありません|おりません|していません",
        r"記憶|メモリ|会話|共有|表示|開示|公開|お見せ|お答え|アクセス|あなた|その情報|ご要望",
    ),
    _unable(
        r"我|抱歉|对不起|對不起",
        r"无法|無法|不能|没有|沒有|不会|不便",
        r"记忆|記憶|分享|显示|顯示|透露|展示|之前的|以前的|关于[你您]|關於[你您]|[这這该該此]些?(?:信息|資訊|内容|請求|请求)",
    ),
    _unable(
        r"저는|제가|제\s|죄송|미안|AI",
        r"없습니다|없어요|못합니다|않습니다",
        r"기억|메모리|이전 대화|공유|표시|보여|공개|제공|접근|회원님|사용자님|그 정보",
    ),
    _unable(
        r"ني\b|لدي|أستطيع|أملك|أحتفظ|أنا|ذاكرتي",
        r"\bلا\b|ليس|لست|لم",
        r"ذاكر|ذكريات|مشاركة|عرض|الكشف|الوصول|محادثات|عنك|ذلك|هذه المعلومات",
    ),
)

OFFERS = re.compile(
    any_of(
        r"""
        \b(?:i can|i could|able to|happy to) (?:\w+ )?(?:help|assist|support|do|offer|answer|work)
        \byou (?:can|could|may|might)\b|\b(?:things|ways) (?:i|you)\b
        \b(?:instead|try|options|suggest|feel free|for example)\b
        \bhow (?:memory|it) works\b|\bto (?:enable|turn|switch|check|view|manage)\b|\bwhat i can (?:do|help)\b
        \b(?:kann|könnte) ich (?:dir|ihnen|dich)?\b|\b(?:du kannst|sie können)\b|\bstattdessen\b
        \bpuedo ayudar|\b(?:puedes|puede)\b|\ben cambio\b|\bje peux (?:t['’]|vous )?aid|\b(?:tu peux|vous pouvez)\b
        \b(?:posso|consigo) (?:te )?ajud|\b(?:podes|você pode|pode)\b|\bposso aiutar|\b(?:puoi|può)\b
        \bkan ik (?:je|u)?\b|\bje kunt\b|\bu kunt\b|\bmogę (?:ci )?pom|\bmożesz\b|\bмогу помочь|\b(?:можете|можешь)\b
        お手伝い|できること|我可以|我能|您可以|你可以|도와드릴|하실 수|يمكنني مساعدت|يمكنك
        """
    ),
    re.IGNORECASE,
)
"""What leads to a list of what the assistant, or the reader, can do in its place."""

LEADS_ON = re.compile(
    any_of(
        r"""
        \b(?:here (?:is|are)|here['’]s|but i (?:do|can)\b(?!['’]t| not)|what i (?:do )?(?:have|know)|following)\b
        \bhier (?:ist|sind)\b
        \baqui (?:está|estão)|\baquí (?:está|están)|\bvoici\b|\becco\b|\bвот\b|以下|다음|إليك
        """
    ),
    re.IGNORECASE,
)

OF_ASSISTANTS = re.compile(
    any_of(
        r"""
        \b(?:ai|chat\w*|conversations?|sessions?|memory|memories|settings|feature|account|request|privacy|context)\b
        gespräch|unterhaltung|einstellung|erinnerung|gedächtnis|conversación|conversaciones|memoria|ajustes|configura
        conversa|memória|mémoire|paramètres|impostazioni|conversazion|geheugen|instellingen|rozmow|pamię|ustawie
        разговор|памят|настройк|メモリ|記憶|会話|設定|记忆|記憶|对话|设置|메모리|기억|대화|설정|ذاكر|محادث|إعداد
        """
    ),
    re.IGNORECASE,
)
"""What an assistant speaks of when it speaks of itself."""

ABOUT_THE_USER = re.compile(
    r"\W*"
    + any_of(
        r"""
        the user|users?\b|d(?:er|ie) (?:be)?nutzer|nutzer|l['’]utilisat|utilisat|(?:el|la) usuari|usuari
        [oa] (?:usu[aá]ri|utilizador)|l['’]utente|utente|de gebruiker|gebruiker|użytkowni|пользовател|kullanıcı
        用户|使用者|ユーザー|사용자는|المستخدم
        """
    ),
    re.IGNORECASE,
)
"""How a sentence begins that tells something of the user."""
