"""Where one sentence ends and the next begins, in languages with and without spaces."""

from __future__ import annotations

import re

_TAGS = r"(?:\s{0,3}[\[［][\w /-]{1,24}[\]］]){0,4}"
_MARK = re.compile(
    rf"(?<![.!?…])(?P<mark>[.!?…]++)(?P<close>[\"'”’»)\]*_]{{0,8}}{_TAGS})\s++(?P<next>\S)"
    rf"|(?<![。！？｡])(?P<wide>[。！？｡]++)(?P<wide_close>[」』）”’\"']{{0,4}}+{_TAGS})\s*+(?P<wide_next>\S)"
)
_TAG = re.compile(r"[(\[{][\w /,-]{1,40}[\])}][.]?")
_WIDE_CLOSING = ("」", "』", "）", "”", "’", '"', "'")
_OPENING = "\"'“‘„«»([*_¿¡"
_LAST_WORD = re.compile(r"[^\s(\[\"'“„«/]*\Z")
_INITIAL = re.compile(r"[^\W\d_]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ORDINAL = re.compile(r"\d{1,2}")
_LONGEST_WORD = 40

# Without their last dot, in lower case; those that often end a sentence (etc, usw) are left out on purpose.
_ABBREVIATED = """
    mr mrs dr prof st jr sr vs al approx dept eg ie cf ca resp
    jan feb apr jun jul aug sep sept oct nov dec
    hr fr fa bzw mio mrd tsd evtl ggf inkl exkl zzgl str tel geb gest dipl ing habil med phil sog vgl
    sra srta dra exmo exma av ud uds lic arq mme mlle mgr sigg dott ssa dhr mevr drs ir
"""
_BEFORE_NUMBERS = frozenset(["no", "nos", "nr", "vol", "fig", "abs", "pág", "págs", "núm", "art"])
_GERMAN_BEFORE_ORDINALS = """
    am dem den der die das ein eine einem einen einer vom zum zur im seit bis ab jeden und ihr ihre ihren sein seine
"""
_GERMAN_MONTHS = "januar februar märz april mai juni juli august september oktober november dezember"
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_BEFORE_ORDINALS = frozenset(_GERMAN_BEFORE_ORDINALS.split())
_MONTHS = tuple(_GERMAN_MONTHS.split())
_LONGEST_MONTH = max(map(len, _MONTHS))
_LONGEST_QUOTED = 1_000


def sentences(text: str) -> list[str]:
    """Cut a paragraph into its sentences, each without the spaces around it.

    A dot ends none after an abbreviation, an initial or a German ordinal, nor before a word in lower case; nothing does
    inside quotation marks. A remark in brackets after the end ("[stated]") belongs to its sentence.
    """
    pieces: list[str] = []
    start = 0
    for found in _MARK.finditer(text):
        group = "next" if found["mark"] is not None else "wide_next"
        is_end = _is_end(text, found) if group == "next" else _is_wide_end(found)
        if is_end and not _is_inside_quotes(text[start : found.start(group)]):
            pieces.append(text[start : found.start(group)].strip())
            start = found.start(group)
    return _joined([*pieces, text[start:].strip()])


def _is_end(text: str, found: re.Match[str]) -> bool:
    place = found.start("next")
    follower = text[place : place + _LONGEST_WORD].lstrip(_OPENING)[:1]
    if follower.islower():
        return False
    if found["mark"] != "." or found["close"]:
        return True
    dot = found.start()
    before = _LAST_WORD.search(text[max(0, dot - _LONGEST_WORD) : dot])
    word = before[0].strip("*_") if before else ""
    if word == "Ms" or (word.casefold() in _BEFORE_NUMBERS and follower.isdigit()):
        return False
    if word.casefold() in _ABBREVIATIONS or _INITIAL.fullmatch(word) or _DOTTED.fullmatch(word):
        return False
    may_be_ordinal = _ORDINAL.fullmatch(word) is not None and follower.isalpha()
    return not (may_be_ordinal and (_is_month(text, place) or _word_before(text, dot - len(word)) in _BEFORE_ORDINALS))


def _is_wide_end(found: re.Match[str]) -> bool:
    """Tell whether 。 ends a sentence: what is quoted goes on after its closing mark ("「はい。」と言った")."""
    goes_on = found.end("wide_close") == found.start("wide_next")
    return not (goes_on and found["wide_close"][:1] in _WIDE_CLOSING)


def _is_inside_quotes(piece: str) -> bool:
    """Tell whether a quotation that began in a sentence is still open; one that never ends is none."""
    if len(piece) > _LONGEST_QUOTED:
        return False
    low, high, end = piece.count("„"), piece.count("“"), piece.count("”")  # “ ends what „ begins
    return piece.count('"') % 2 == 1 or low > high or high - low > end


def _is_month(text: str, place: int) -> bool:
    """Tell whether a German month begins here, as in "on the list: 7. Mai"."""
    return text[place : place + _LONGEST_MONTH].casefold().startswith(_MONTHS)


def _word_before(text: str, place: int) -> str:
    return text[max(0, place - _LONGEST_WORD) : place].rstrip().rpartition(" ")[2].casefold()


def _joined(pieces: list[str]) -> list[str]:
    joined: list[str] = []
    for piece in filter(None, pieces):
        if joined and (_TAG.fullmatch(piece) or not any(character.isalnum() for character in piece)):
            joined[-1] = f"{joined[-1]} {piece}"
        else:
            joined.append(piece)
    return joined
