"""The words around a pasted list, in the languages that assistants answer in: months, labels, openers, closers."""

from __future__ import annotations

import re

ENDS = (".", "!", "?", "。", "！", "？", "؟")
COLONS = (":", "：")
QUESTION_MARKS = ("?", "？", "؟")
EDGE_OF_NAMES = " :：*_"


def any_of(alternatives: str) -> str:
    """Return a pattern for any of some patterns, which stand one or several a line, with "|" in between."""
    return "(?:" + "|".join(line.strip(" |") for line in alternatives.splitlines() if line.strip()) + ")"


_MONTH_NAMES = """
    january jan januar jänner januari janvier janeiro enero ene gennaio gen stycznia styczeń января январь يناير ocak
    february feb februar februari février févr fevereiro fev febrero febbraio lutego luty февраля февраль فبراير şubat
    march mar märz mär maart mrt mars março marzo marca marzec марта март مارس mart
    april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр أبريل ابريل nisan
    may mai mei maio mayo maggio mag maja maj мая май مايو mayıs
    june jun juni juin junho junio giugno giu czerwca czerwiec июня июнь июн يونيو haziran
    july jul juli juillet juil julho julio luglio lug lipca lipiec июля июль июл يوليو temmuz
    august aug augustus août agosto ago sierpnia sierpień августа август авг أغسطس ağustos
    september sep sept septembre setembro set septiembre settembre września wrzesień сентября сентябрь سبتمبر eylül
    october oct oktober okt octobre outubro out octubre ottobre ott października październik октября октябрь أكتوبر ekim
    november nov novembre novembro noviembre listopada listopad ноября ноябрь ноя نوفمبر kasım
    december dec dezember dez décembre dezembro diciembre dic dicembre grudnia grudzień декабря декабрь ديسمبر aralık
"""
MONTHS = {
    name: month for month, names in enumerate(_MONTH_NAMES.strip().splitlines(), start=1) for name in names.split()
}

_FILLERS = "of the de del do da di den dem el le am la on в г года year"
FILLERS = frozenset(_FILLERS.split())
"""What stands between the parts of a date in words."""

_UNKNOWN_DATES = """
    unknown | n/a | na | none | ? | ?? | ??? | - | – | — | undated | not available | unavailable | not known
    not stored | date unknown | unknown date | no date | date not available | date unavailable | date n/a
    date not stored | no date available | no date stored | no date saved | date not recorded | not specified
    unbekannt | kein datum | ohne datum | datum unbekannt | undatiert | nicht verfügbar | datum nicht verfügbar
    desconhecido | desconhecida | sem data | data desconhecida | não disponível | data não disponível
    desconocido | desconocida | sin fecha | fecha desconocida | no disponible | fecha no disponible
    inconnu | inconnue | sans date | date inconnue | non daté | non disponible | date non disponible
    sconosciuto | sconosciuta | senza data | data sconosciuta | onbekend | geen datum | datum onbekend
    nieznana | nieznane | brak daty | data nieznana | bilinmiyor | tarih yok | tarih bilinmiyor
    неизвестно | неизвестна | дата неизвестна | без даты | нет даты
    غير معروف | غير معروفة | غير معروف التاريخ | تاريخ غير معروف | بدون تاريخ | بلا تاريخ
    不明 | 日付不明 | 日付なし | 未知 | 日期未知 | 无日期 | 未知日期 | 日期不明
    날짜 없음 | 날짜 미상 | 날짜 알 수 없음 | 알 수 없음 | 미상
"""
UNKNOWN_DATES = frozenset(name.strip() for line in _UNKNOWN_DATES.strip().splitlines() for name in line.split("|"))

SAVED = re.compile(
    r"(?:date |memory )?"
    + any_of(
        """
        saved|stored|added|created|recorded|noted|remembered|learned|date
        gespeichert|hinzugefügt|notiert|datum
        salv[oa]|guardad[oa]|gravad[oa]|adicionad[oa]|registrad[oa]|data|fecha
        enregistrée?|ajoutée?|mémorisée?|salvat[oa]|aggiunt[oa]|opgeslagen|zapisan[oae]|kaydedildi
        сохранен[оа]?|сохранён|добавлен[оа]?|дата|حُفظت?|حفظت?|أضيفت?|تاريخ الحفظ
        保存日|保存|記録|记录|저장일|저장됨|저장|기록
        """
    )
    + r"(?: date)?(?: in memory)?(?: on| at| in| am| im| em| el| en| le| il| op| w| dnia| в| في)?"
    r"(?:\s*+[:：]\s*+|\s++)",
    re.IGNORECASE,
)
"""What introduces the date of a memory, the space or colon behind it included."""

APPROXIMATELY = re.compile(
    r"(?:~|≈|c\.|ca\.?|circa|approx\.?|approximately|around|about|um|etwa|por volta de|hacia|vers|около|約|约|약)\s*+",
    re.IGNORECASE,
)

STATE_MARKERS = frozenset(
    ("older/less relevant", "older / less relevant", "less relevant", "older", "cold", "warm", "cold memory")
)
"""What scripts put behind an entry to say how the assistant uses it."""

NOTHING = re.compile(
    r"[(\[*_]*+"
    + any_of(
        r"""
        (?:none|nothing|no (?:entries|memories|items|information|data))(?: [a-z]{2,9}){0,4}|n/a|empty|-+|–|—
        keine(?: einträge)?|nichts(?: gespeichert)?|nenhum[ao]?|nada|ningun[oa]|ninguno|aucune?|néant|rien
        nessun[oa]?|geen|brak|нет|ничего|пусто|لا شيء|لا يوجد|なし|特になし|该类别无|无|無|없음
        """
    )
    + r"[.)\]*_。]*",
    re.IGNORECASE,
)
"""An entry or a paragraph that only says that there is none."""

OPENER = re.compile(
    r"[*_>\"'“]*+"
    + any_of(
        r"""
        here\b|here's|below\b|these are\b|this is (?:everything|what|the|all|your|a)\b|sure\b|certainly\b|of course\b
        absolutely\b|the following\b|following (?:are|is)\b|i (?:have|currently have|'ve)\b|i've\b
        what i (?:know|remember|have)\b|i (?:currently )?(?:remember|know)\b|okay\b|ok\b|got it\b|your (?:saved )?memor
        continuing\b|continued\b|as of\b
        hier\b|natürlich\b|gerne?\b|klar\b|selbstverständlich\b|folgende|das ist alles\b|im folgenden\b|ich habe\b
        aqui (?:está|estão|vai|tens|tem)|claro\b|com certeza\b|seguem?\b|abaixo\b|estas? (?:são|é)\b|tudo o que\b
        aqu[ií] (?:está|están|tienes|va)|por supuesto\b|a continuación\b|est[oa]s? (?:son|es)\b|todo lo que\b
        voici\b|bien sûr\b|ci-dessous\b|voilà\b|tout ce que\b|d'accord\b
        ecco\b|certo\b|di seguito\b|certamente\b|natuurlijk\b|dit is\b|oto\b|poniżej\b|oczywiście\b|jasne\b|işte\b
        вот\b|конечно\b|ниже\b|вс[её],? что\b|هذه\b|هذا\b|إليك|بالتأكيد|بالطبع|فيما يلي
        以下|こちら|はい|もちろん|承知|わかりました|あなたについて|当然|好的|这是|這是|下面
        다음|아래|네|물론|여기|알겠습니다
        """
    ),
    re.IGNORECASE,
)
"""How a sentence begins that leads to the list."""

CLOSER = re.compile(
    r"[*_>\"'“(✅\s]*+(?:yes[,.!: ]+)?"
    + any_of(
        r"""
        (?:this|that|it|these|those)(?:'s|’s| is| are| was| were) (?:the end of|complete\b)
        (?:this|that|it|these|those)(?:'s|’s| is| are| was| were) (?:a|the|your) (?:complete|full|entire|whole)
        (?:this|that|it)(?:'s|’s| is| was) (?:everything|all)(?:[.!)*_]|$| of| the| that i| your| memor)
        (?:this|that|it)(?:'s|’s| is| was) (?:everything|all) (?:stored|saved|currently)
        (?:this|that|it)(?:'s|’s| is| was) (?:everything|all) i(?:['’]ve)? (?:have|know|currently|remember|store)
        (?:the|this|your|above)(?: \w+){0,2} (?:list|export|set|dump)(?: above)? (?:is|contains|covers|includes)
        (?:is (?:this|the list|that|it) complete|complete|list complete)\s*[?:]
        let me know|would you like|do you want|if you\b|feel free|just (?:say|tell|ask|let)|tell me|want me to
        shall i|should i|you can (?:ask|tell|delete|remove|manage|view|review|edit)|i can (?:also|delete|remove|update)
        (?:i am|i'm) happy to|is there anything|please note|note:|end of (?:list|memor|export|dump)|confirm\w*[:.!]
        (?:there (?:is|are) no|no|i (?:do not|don't|don’t) have any) (?:other|more|further|additional)\b
        das (?:ist|war|sind) (?:alles|die vollständige|die komplette|alle)|die liste ist|möchtest du|soll ich|falls du
        sage? (?:mir|einfach|bescheid)|wenn du (?:möchtest|willst)|lass es mich wissen|vollständig[:.!?]|ja, das
        (?:isto|isso|esta) é (?:tudo|a lista)|é tudo|a lista está completa|(?:queres|quer) que|se quiser|diz-me se
        me avise|avisa-me|gostaria\b|posso\b
        (?:eso|esto) es todo|esta es la lista|la lista está completa|¿quieres|¿te gustaría|¿deseas|avísame|dime si
        si quieres
        c['’]est tout|voilà tout|la liste est complète|souhaite[sz]-|veux-tu|voulez-vous|(?:dis|dites)-moi si
        n['’]hésite|si tu (?:veux|souhaites)|si vous\b
        questo è tutto|è tutto|la lista è completa|vuoi che|fammi sapere|dit is alles|de lijst is volledig|wil je
        laat het me|to wszystko|lista jest kompletna|czy chcesz|daj mi znać|hepsi bu|liste tamam
        это (?:вс[её]|полный список)|список (?:полный|полон|заверш)|хотите|хочешь|дайте? знать|если хо
        هذا كل|هذه هي القائمة|القائمة كاملة|هل تريد|هل ترغب|أخبرني|إذا أردت
        以上です|以上が|以上、|これで全部|これがすべて|リストは完全|このリスト|何か(?:追加|削除|変更)
        削除したい|必要であれば
        以上就是|以上是|这就是|就这些|列表完整|如果您|如果你|需要我|您想|你想
        이상입니다|이것이 (?:전부|모두)|이게 전부|위(?:의)? (?:목록|내용)|목록은|원하시면|삭제하고|필요하시면
        혹시
        """
    ),
    re.IGNORECASE,
)
"""How a sentence begins that follows the list: that it is complete, or what the assistant offers next."""

ADDRESSED = re.compile(
    r"\b(?:you|your|du|dir|dich|dein|deine|deiner|ihnen|tu|te|ti|teu|tua|você|seu|usted|tus|vous|votre|toi|ton|tes"
    r"|jij|jouw|вы|вас|вам|ваш|ты|тебе|тебя)\b|あなた|您|你|당신|[?？؟]$",
    re.IGNORECASE,
)
"""Words to the reader, who is nobody's memory."""

GO_ON = re.compile(
    r"[*_>\"'“(]*+"
    + any_of(
        r"""
        continue|continued|continuing|go on|next|part \d+|weiter|fortsetzung|continua|continuar|continuação|continuación
        suite|continuer|seguito|verder|dalej|далее|продолж\w*|続き|続ける|继续|繼續|계속
        """
    )
    + r"(?:[\s(]{1,2}(?:please|here|with the|from (?:where|the)|the list|part|bitte)\b[^\n]{0,40})?[\W_]{0,6}",
    re.IGNORECASE,
)
"""What people and assistants write between two parts of a list."""

_EXPORTED = "export(?:ed|iert|ado|é|iado)?|generated|erstellt|gerado|generado|généré|экспорт\\w*|エクスポート|내보낸"

ABOUT_THE_LIST = re.compile(
    r"[>*_#\s-]*+"
    + any_of(
        rf"""
        (?:{_EXPORTED})[^:：\n]{{0,20}}[:：]|exported (?:at|on|from|by)\b
        (?:memory )?(?:tokens?|usage|capacity|storage)(?: used| usage)?\s*[:：]
        (?:used|max(?:imum)?)(?: memory)? tokens?\s*[:：]
        \d[\d,.]* ?/ ?\d[\d,.]* tokens?\b|used \d[\d,.]* (?:of|/)|(?:account|source)\s*[:：]
        (?:total|count|number of)(?: saved)?(?: memor(?:y|ies)| entries)?\s*[:：]
        """
    ),
    re.IGNORECASE,
)
"""A line in which a script says what it wrote, when and how much."""

EXPORTED_AT = re.compile(
    rf"(?:{_EXPORTED}|as of|stand)(?:日時?)?(?:[ _-](?:at|on|am|em|el|le|date|time))?"
    r"[\s:：*_]{1,8}([^\n|()*_]{4,40})",
    re.IGNORECASE,
)

TITLE = re.compile(
    any_of(
        """
        memor(?:y|ies)|erinnerung|gedächtnis|memória|memoria|recuerdo|souvenir|mémoire|ricord|herinnering|wspomnie
        памят|воспоминан|ذاكر|ذكريات|記憶|メモリ|记忆|메모리|기억|saved info|about you|über dich|dump|export
        """
    ),
    re.IGNORECASE,
)
"""A first heading that names the list and not a part of it."""

_ABOUT_MEMORY = re.compile(
    any_of(
        rf"""
        {TITLE.pattern}|stored|saved|remember|know|list|gespeichert|weiß|merk|liste|guardad|salv|sei\\b|sé\\b|lista
        sais|retenu|lijst|запом|знаю|список|保存|覚え|知っ|一覧|リスト|列表|知道|저장|알고|목록|أعرف|قائمة
        """
    ),
    re.IGNORECASE,
)

_LONGEST_LEAD_IN = 400


def is_lead_in(text: str) -> bool:
    """Say whether a line leads to a list and is not a part of one."""
    if len(text) > _LONGEST_LEAD_IN:
        return False
    is_open = text.rstrip("*_ ").endswith((*COLONS, "…", "👇"))
    return OPENER.match(text) is not None and (is_open or _ABOUT_MEMORY.search(text) is not None)
