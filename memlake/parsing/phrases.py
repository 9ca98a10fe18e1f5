"""How people ask an assistant to remember or to forget, in the languages that they write to it.

A *command* is one only outside a question ("Remember that I moved?"); a *wish* is one in a question too ("Could you
remember that I moved?"); a *standing order* ("from now on …") wants to be remembered without saying so.
They are matched against lines without runs of spaces, and repeats are bounded: none takes long on any text.
"""

from __future__ import annotations

import re


def _any_of(*phrases: str) -> str:
    return f"(?:{'|'.join(phrases)})"


def _compiled(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases), re.IGNORECASE | re.MULTILINE)


# Where a command can begin: a clause, and what may stand before its verb. Elsewhere the same word tells a story
# ("I can't remember", "ele esquece").
_START = (
    r"(?:^|[^\w\s'-]|-\s)\s*(?:"
    + _any_of(
        r"please|pls|kindly|just|always|also|and|so|but|then|ok|okay|yes|now|do|try to|(?:be|make) sure (?:to|you)",
        r"por favor|e|mas|também|y|pero|también|per favore|ma|anche",
        r"s'il (?:te|vous) pla[iî]t|stp|svp|et|mais|aussi",
        r"bitte|und|aber|auch|alsjeblieft|alstublieft|en|maar|ook",
        r"proszę|ale|też|пожалуйста|и|но",
    )
    + r"[\s,]+){0,4}"
)
_REST = r"[^.!?\n]{0,120}"  # the rest of a clause, or less
_YOU = r"\b(?:can|could|would|will) you (?:please |also |just )?"
_KEEP = r"(?:save|store|add|put|keep|record|log|write|commit)\b"
_IT = r"(?: (?:it|this|that|these|those|them|the following|all (?:of )?(?:this|that)))?"
_YOUR_MEMORY = r"(?:your|my|a|its|chatgpt's)(?: [\w-]+)? memor(?:y|ies)\b"
_MEMORY = _any_of(r"(?:the )?memory\b", _YOUR_MEMORY)
_CHANGE = r"(?:update|correct|change|fix|amend|revise|edit|adjust|replace)\b"
_YOUR_OWN = r"your(?: [\w-]+)? (?:memor(?:y|ies)|records?)\b(?! (?:usage|limit|card|leak|allocat|manage))"
_ABOUT_ME = r"what you (?:know|remember|have saved) about me\b"
_IN_YOUR_MEMORY = rf"{_REST} (?:(?:in|on) {_YOUR_OWN}|{_ABOUT_ME})"
_A_MEMORY = (
    r"(?:make|create|add|save|store) (?:this |that |it )?(?:as )?(?:a|another) (?:new |permanent |saved )?memory"
    r"(?: (?:that|of (?:this|that|it)|about (?:this|that|it|me)|for (?:this|that|it|me))\b|\s*[:.!?]|$)"
)

WISHES_TO_REMEMBER = _compiled(
    # English
    r"\bplease (?:also |always )?remember\b(?! when\b)",
    rf"{_YOU}remember (?!what|when|who|where|why|how|if|which|whether)\w",
    rf"{_YOU}{_KEEP}{_REST} (?:to|in|into) {_MEMORY}",
    rf"{_YOU}(?:{_CHANGE}{_IN_YOUR_MEMORY}|update {_YOUR_OWN}|{_A_MEMORY})",
    rf"{_YOU}(?:keep|bear)\b(?: \w+)? in mind\b",
    r"\b(?:want|need|like|love|expect|ask|asking|tell|telling|told) you to (?:always )?remember\b",
    rf"\b(?:want|need|like|ask|asking) you to (?:{_CHANGE}{_IN_YOUR_MEMORY}|update {_YOUR_OWN})",
    r"\byou (?:can|should|must|may|need to|have to) (?:also |always )?remember\b",
    r"\bmind remembering\b",
    r"\bfor (?:my |your )?future reference\b",
    r"\bin (?:all )?future (?:chat|conversation|answer|response|session)s?\b",
    # Portuguese, Spanish, Italian
    r"\b(?:podes|pode|poderia|puedes|puede|podrías|puoi|potresti) (?:lembrar|recordar|ricordar|memori[sz]ar)",
    r"\b(?:quero|gostava|gostaria|quiero|quisiera|voglio|vorrei)(?: de)? (?:que|che) (?:te |se |ti )?"
    r"(?:lembres?|recuerdes?|ricordi)\b",
    r"\b(?:para|per) (?:referência futura|futuras? (?:referencias?|conversaciones)|riferimento futuro)\b",
    # French
    r"\b(?:peux-tu|pourrais-tu|tu peux|tu pourrais) (?:te souvenir|te rappeler|retenir|mémoriser)",
    r"\b(?:je veux|je voudrais|j'aimerais) que tu (?:te souviennes|te rappelles|retiennes)\b",
    # German, Dutch
    rf"\b(?:kannst|könntest|würdest|sollst|solltest) du dir\b{_REST}\bmerken\b",
    rf"\b(?:kun|kan|kunt|wil|zou) (?:je|jij|u)\b{_REST}\bonthouden\b",
    # Polish, Russian, Turkish
    r"\b(?:możesz|mógłbyś|mogłabyś) (?:to )?zapamiętać\b",
    r"\b(?:можешь|можете|мог бы|могли бы) (?:это )?запомнить\b",
    r"\bhatırlar mısın\b|\b(?:hatırla|unutma)manı ist",
    # Chinese, Japanese, Korean
    r"(?:能|可以|可否|能否)(?:请|請|帮我|幫我)?(?:你|您)?(?:记住|記住|记下|記下)",
    r"覚えて(?:おいて)?(?:くれ|もらえ|いただけ|ほしい|欲しい)",
    r"(?:기억|메모)해\s?(?:줄|주[겠실])",
)

COMMANDS_TO_REMEMBER = _compiled(
    _START
    + _any_of(
        # English
        r"remember\b(?! (?:when|the time|that (?:time|day|night|one))\b)",
        r"(?:don't|do not|never) forget\b",
        r"(?:keep|bear|have)\b(?: (?:it|this|that|these|those))? in mind\b",
        r"note(?: that\b| this\b| down\b|\s*:)|(?:make|take) (?:a )?(?:mental )?note\b|memori[sz]e\b",
        rf"{_KEEP}{_IT} (?:to|in|into) {_MEMORY}",
        rf"{_KEEP}{_REST} (?:to|in|into|as) {_YOUR_MEMORY}",
        rf"update (?:my memor(?:y|ies)\b|{_YOUR_OWN})|{_CHANGE}{_IT} (?:in|to) (?:the |my )?memory\b|{_A_MEMORY}",
        rf"{_CHANGE}{_IN_YOUR_MEMORY}|(?:add|save|put){_IT} (?:in|to) {_ABOUT_ME}",
        # Portuguese
        r"lembr[ae](?:-te|-se)?\b(?!-| (?:quando|daquel))|n[ãa]o (?:te |se |o |a )?esque[çc]as?\b",
        r"(?:tem|tenha)(?: (?:isto|isso))? em (?:conta|mente)\b",
        r"memoriz[ae]\b|tom[ae] nota\b|anot[ae]\b|regist[ae]\b|guard[ae] (?:isto|isso|que)\b",
        rf"(?:guard|grav|salv|adicion|acrescent)[ae]\b{_REST} mem[óo]ria\b",
        rf"(?:atualiz|actualiz|corrig|alter|mud)[aeo]\b{_REST} (?:tua|sua) mem[óo]ria\b",
        # Spanish
        r"(?:recu[eé]rd[ae](?:lo|la|los|las)?|recordá|acuérdate)\b(?! cuando\b)|no (?:te |lo |la )?olvid(?:es|e)\b",
        r"t[eé]n(?:ga)?(?:lo|la)?(?: (?:esto|eso))? (?:en cuenta|presente|en mente)\b",
        r"(?:memor[ií]za(?:lo)?|toma nota|an[oó]ta(?:lo)?|ap[uú]nta(?:lo)?|gu[aá]rda(?:lo)? (?:esto|eso|que))\b",
        rf"(?:gu[aá]rda(?:lo)?|añáde(?:lo)?|agréga(?:lo)?)\b{_REST} memoria\b",
        rf"(?:actual[ií]za|corr[ií]ge|mod[ií]fica|c[aá]mbia)(?:lo|la)?\b{_REST} (?:tu|su) memoria\b",
        # Italian
        r"(?:ricorda(?:ti|telo|lo)?|si ricordi|non (?:ti )?dimenticar(?:e|lo|ti)|memorizza(?:lo)?|segnati)\b",
        rf"(?:tieni(?:lo)? (?:presente|a mente|conto)|prendi nota|(?:salva|aggiungi)\w*\b{_REST} memoria)\b",
        rf"(?:aggiorna|correggi|modifica|cambia)(?:lo|la)?\b{_REST} (?:tua|sua) memoria\b",
        # French
        r"(?:souviens-toi|souvenez-vous|rappelle-toi|rappelez-vous|retiens|retenez|mémorisez?|prends note)\b",
        rf"(?:n'oubliez? pas|gardez?\b{_REST} (?:tête|mémoire)|notez? (?:que|bien|ceci|ça))\b",
        rf"(?:enregistre|ajoute|mets)[sz]?\b{_REST} mémoire\b",
        rf"(?:actualise|corrige|modifie|change|mettez)[sz]?\b{_REST} (?:ta|votre) mémoire\b",
        # German
        r"(?:merke? dir|merken sie sich|(?:vergiss|vergessen sie) (?:bitte )?nicht|denke? (?:bitte )?daran)\b",
        rf"notiere? (?:dir\b|bitte\b|dass\b|das\b)|behalte?\b{_REST} (?:kopf|hinterkopf|gedächtnis|erinnerung)\b",
        rf"(?:speicher|nimm)e?\b{_REST} (?:gedächtnis|erinnerung(?:en)?|memory)\b",
        rf"(?:aktualisier|änder|korrigier|ergänz|berichtig)e?\b{_REST} (?:deine?[mnr]?|ihre?[mnr]?) "
        r"(?:gedächtnis|erinnerung(?:en)?|memory)\b",
        # Dutch
        r"(?:onthoud|vergeet (?:alsjeblieft )?niet|noteer|denk eraan|houd? (?:er )?rekening mee)\b",
        rf"(?:houd?\b{_REST} gedachten|(?:sla|zet)\b{_REST} geheugen)\b",
        rf"(?:werk|pas|update|wijzig|corrigeer)\b{_REST} (?:je|jouw|uw) geheugen\b",
        # Polish, Russian
        r"(?:za)?pamiętaj(?:cie)?\b|nie zapom(?:nij|inaj)\b|miej na uwadze\b",
        r"(?:zapisz|zanotuj) (?:to|sobie|że|w pamięci)\b",
        rf"(?:zaktualizuj|popraw|zmień)\b{_REST} (?:swoj(?:ej|ą)|twoj(?:ej|ą)) pamię(?:ci|ć)\b",
        r"(?:запомни|помни|не забудь|не забывай|имей в виду|учти|учитывай)(?:те)?\b",
        rf"(?:запиши|сохрани|добавь)(?:те)?\b{_REST} памят[ьи]\b",
        rf"(?:обнови|исправь|измени)(?:те)?\b{_REST} (?:сво|тво|ваш)\w{{1,3}} памят[ьи]\b",
    ),
    # German and Turkish, where the verb can come last
    r"\bdir (?:bitte )?merken\b",
    r"\b(?:hatırla|unutma)(?:yın)?\b|\baklında (?:tut|bulunsun|olsun)\b|\bnot (?:al|et)\b",
    r"\b(?:hafıza|belle[kğ])\w* (?:kaydet|ekle|al)\b",
    # Chinese, Japanese, Korean
    r"(?<![我没沒能難难你还還])(?:记住|記住|牢记|牢記|记下|記下)|(?<![我你还還])(?:记得|記得)|(?:别|別|不要)忘",
    r"[存加写寫](?:入|进|進|到|储到|添到)?(?:你的|您的)?(?:记忆|記憶)|(?:更新|保存到|添加到)(?:你的|您的)?(?:记忆|記憶)",
    r"在(?:你|您)的(?:记忆|記憶)(?:里|裡|中)?(?:更新|修改|保存|记下|記下)",
    r"覚えて(?:おいて|おけ|ください|下さい|ね|$|[。！!])|覚えといて|忘れないで|記憶して(?:おいて|ください|下さい)",
    r"(?:メモリー?|記憶)を更新して(?:おいて|ください|下さい|$|[。！!])",
    r"(?:メモリー?|記憶)に(?:保存|追加|登録|記録)|メモして(?:おいて|ください|下さい)",
    r"(?:기억|명심|메모)해\s?(?:줘|주세요|둬|두세요|놔|라|$|[.!])|기억하(?:세요|십시오|도록)|(?:잊|까먹)지\s?[마말]",
    r"(?:메모리|기억)에 (?:저장|추가)|(?:메모리|기억)[을를]? ?(?:업데이트|수정)해\s?(?:줘|주세요|둬|라|$|[.!])",
)

_SELF = _any_of(
    r"(?:i|i'm|i'll|we|we're|my|eu|yo|je|io|ich|wir|ik|wij|ja|я|мы)\b|j'|我|私|僕|俺|저는|나는|내가|제가",
    r"(?:vou|sou|estou|tenho|trabalho|vivo|moro|soy|estoy|voy|tengo|trabajo|sono|ho|lavoro|abito)\b",
    r"\w+ (?:ich|wir|ik|wij|we)\b",
)
_FROM_NOW_ON = r"\bfrom (?:now|here|today) on(?:wards?)?\b"

STANDING_ORDERS = _compiled(
    _START
    + _any_of(
        r"from (?:now|here|today|this point) on(?:wards?)?|going forward|henceforth",
        r"a partir de agora|de agora em diante|daqui para a frente|a partir de ahora|de ahora en adelante",
        r"à partir de maintenant|désormais|dorénavant|d(?:'|a )ora in poi",
        r"ab (?:jetzt|sofort)|von nun an|vanaf nu|voortaan|od teraz|odtąd|bundan (?:sonra|böyle)",
        r"отныне|впредь|с этого момента",
    )
    + rf"\b(?![\s,]*{_SELF})",
    rf"(?:从现在(?:起|开始)|從現在(?:起|開始)|从今以后|今後は|これからは|앞으로는|지금부터)(?![\s,，、]*{_SELF})",
    rf"(?:^|[.!?])(?:(?!\b(?:i|i'm|i'll|we|he|she|they)\b)[^.!?\n]){{0,200}}{_FROM_NOW_ON}\s*(?=[.!,;)]|$)",
    rf"\b(?:like|want|need|prefer|expect)\b[^.!?\n]{{0,200}}{_FROM_NOW_ON}",
    rf"{_FROM_NOW_ON},? i(?:'d| would)? (?:like|want|need|prefer|expect)\b",
)

WISHES_TO_FORGET = _compiled(
    rf"{_YOU}(?:forget|delete|remove|erase|clear)\b",
    r"\b(?:want|need|like|ask|asking) you to (?:forget|delete|remove|erase|clear)\b",
    r"\bplease (?:forget|stop remembering)\b|\byou (?:can|should|may|must) (?:now )?forget\b",
    r"\b(?:podes|pode|puedes|puede|puoi) (?:esquecer|apagar|olvidar|borrar|dimenticare|cancellare)\b",
    r"\b(?:peux-tu|pourrais-tu|tu peux) (?:oublier|supprimer|effacer)\b",
    rf"\b(?:kannst|könntest|sollst) du\b{_REST}\b(?:vergessen|löschen)\b",
    rf"\b(?:kun|kan|wil) (?:je|jij|u)\b{_REST}\b(?:vergeten|verwijderen|wissen)\b",
    r"\bmożesz (?:to )?(?:zapomnieć|usunąć)\b|\b(?:можешь|можете) (?:это )?(?:забыть|удалить)\b",
)

COMMANDS_TO_FORGET = _compiled(
    _START
    + _any_of(
        # English
        r"(?:forget|delete|remove|erase|clear|wipe|unlearn|stop remembering|(?:don't|do not) remember)\b",
        # Portuguese, Spanish, Italian, French
        r"(?:esque[cç][ea]|apag(?:a|ue)|elimin[ae]|remov[ae])\b",
        r"(?:olvida(?:te|lo)?|olvídate|olvídalo|borra|dimentica(?:lo)?|cancella)\b",
        r"(?:oublie|supprime|efface)[sz]?\b",
        # German, Dutch
        r"(?:vergiss|vergessen sie|vergeet)\b(?! (?:bitte |alsjeblieft )?(?:nicht|niet)\b)",
        r"(?:lösche?|entferne?|verwijder|wis)\b",
        # Polish, Russian
        r"(?:zapomnij|usuń|skasuj)\b|(?:забудь|удали|сотри)(?:те)?\b",
    ),
    # Turkish, Chinese, Japanese, Korean
    r"\bunut\b|\b(?:hafıza|belle[kğ])\w* sil\b",
    r"(?<![别別要我])(?:忘记|忘記|忘掉|忘了)|删除|刪除|删掉|刪掉|清除",
    r"忘れて(?:ください|下さい|くれ|いい|$|[。！!])|(?:削除|消去)して|消して",
    r"(?:잊어|지워|삭제해)\s?(?:줘|주세요|버려|라|$|[.!])",
)
