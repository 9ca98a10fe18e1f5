"""The words by which prose that an assistant wrote of its user differs from an essay."""

from __future__ import annotations

import re

from memlake.providers.dump.words import any_of

HEADINGS = re.compile(
    any_of(
        r"""
        (?:work|personal|professional|family) (?:context|background|life|details|information)|top of mind|brief history
        (?:recent|earlier) (?:months|context|updates)|long[- ]term background|purpose (?:&|and) context|current state
        on the horizon|key learnings (?:&|and) principles|approach (?:&|and) patterns|tools (?:&|and) resources
        """
    ),
    re.IGNORECASE,
)
"""What stands above the parts of a memory text."""

NARRATOR = re.compile(
    r"(?:^|[\s(])(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Ii]ch|[Mm]eine?[mnrs]?|[Jj]e|[Mm]on|[Yy]o|[Ee]u|[Mm]inha|[Mm]eu|[Ii]o|[Ii]k)(?=[\s,.])"
    r"|我|私は|僕|俺|저는|나는"
)
"""Whoever tells a story of their own."""

_STATES = any_of(
    r"""
    lives|works|prefers|likes|loves|enjoys|wants|uses|plays|speaks|studies|plans|owns|drinks|eats|teaches|runs|builds
    dislikes|avoids|values|appreciates|writes|reads|lebt|wohnt|arbeitet|bevorzugt|nutzt|mag|möchte|spielt|plant|lernt
    spricht|studiert|trinkt|liebt|vit|habite|travaille|préfère|aime|utilise|joue|étudie|parle|apprend
    vive|trabaja|prefiere|estudia|habla|usa|toca|quiere|aprende|mora|trabalha|gosta|prefere|estuda|fala|quer
    abita|lavora|ama|preferisce|studia|parla|suona|vuole|woont|werkt|gebruikt|speelt|studeert|spreekt|drinkt
    mieszka|pracuje|woli|lubi|używa|gra|uczy|живёт|живет|работает|предпочитает|любит|играет|учит
    """
)
SUBJECT = re.compile(rf"(?<!\w)([A-ZÀ-ÞА-Я][\w’'-]+)(?: (?:also|currently|often|usually))? {_STATES}\b")
"""A name, or another word that begins with a capital, and what is true of whoever has it."""

NO_NAME = re.compile(
    any_of(
        """
        he|she|they|it|this|that|who|which|one|everyone|nobody|you|the|users?|er|sie|es|wer|il|elle|on|qui|él|ella|quien
        usted|ele|ela|quem|lui|lei|chi|hij|zij|ze|het|wie|ona|on|он|она|кто|(?:be)?nutzer(?:in)?
        """
    ),
    re.IGNORECASE,
)

BARE_STATE = re.compile(rf"\W*(?:{_STATES}|está|es|tiene|tem|é|ha|è)\b", re.IGNORECASE)
"""How a sentence begins in a language that leaves its subject out."""

_YOU_DO = r"(?:are|have|live|work|prefer|like|love|enjoy|own|play|study|speak|drink|plan)\b"
STATE = re.compile(
    rf"\b{_STATES}\b|\b(?:[Hh]e|[Ss]he)(?:['’]s| (?:\w+ )?(?!(?:was|does|says|goes)\b)\w+s)\b"
    r"|\b[Tt]hey (?:are|have|live|work|prefer|like|use|want|enjoy)\b"
    rf"|\b[Yy]ou(?:['’](?:re|ve)| (?:\w+ )?{_YOU_DO})"
)
"""What is true now of somebody, rather than what happened."""

PERSON = re.compile(
    r"\b(?:he|she|they|his|hers?|their|him|them|yours?|you|er|sie|ihr\w{0,2}|sein\w{0,2}"
    r"|il|elle|son|ses|él|ella|su|sus"
    r"|ele|ela|seu|sua|lui|lei|suo|sua|hij|zij|ze|zijn|haar|on|ona|jego|jej|он|она|его|её)\b|[他她你您]|彼|あなた|그는|그녀|당신",
    re.IGNORECASE,
)
"""Whoever the text is about, after it was said who that is."""

YOU_ARE = re.compile(rf"You(?:['’](?:re|ve)| {_YOU_DO})")
"""How an assistant tells its user what it knows, as no guide to anything begins."""
