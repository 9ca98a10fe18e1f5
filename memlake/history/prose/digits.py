"""Numerals in words and times of day, written in digits."""

from __future__ import annotations

import re

from memlake.history.prose.vocabulary import AMOUNTS, NUMERALS, ONES, ORDINALS, SCALES, numeral

_FIRST_TENS, _AFTER_TENS = 20, 100
_UNITS = ONES | {word: digits for word, digits in NUMERALS.items() if int(digits) < _FIRST_TENS}
_TENS = {word: digits for word, digits in NUMERALS.items() if _FIRST_TENS <= int(digits) < _AFTER_TENS}
_UNIT, _TEN = ("|".join(sorted(words, key=lambda word: (-len(word), word))) for words in (_UNITS, _TENS))
_COMPOUND = re.compile(
    rf"\b(?:(?P<ten>{_TEN})(?:-|-et-|\s(?:y|e|et)\s)?(?P<unit>{_UNIT})|(?P<first>{_UNIT})(?:und|en)(?P<last>{_TEN}))\b"
)
_WORD = re.compile(r"quatre-vingts?|[^\W\d_]+")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[\s']\d{3})+(?!\d)")
_HUNDREDS = "|".join(sorted(NUMERALS.keys() & SCALES.keys()))
_LONE_HUNDRED = re.compile(rf"(?<!\d)(?<!\d[\s-])\b(?:{_HUNDREDS})\b")
_SUM = re.compile(
    r"(?<![\d.,])(?P<high>\d{1,3}) (?P<scale>mil|thousand|tausend|mille|duizend) (?:e |and |y |et )?"
    r"(?P<low>[1-9]\d{0,2})(?![\d.,:/-]|\s?[%h])"
)
_CLOCK = re.compile(
    r"(?<![\d.,:/-])(?P<hour>\d{1,2})(?:[:h](?P<minutes>\d{2})(?!\d)|\.(?P<dotted>\d{2})(?=\s?(?:uhr|[ap]\.?m)\b))?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?|\s?uhr\b|h\b)?"
)
_ORDINAL = re.compile(rf"(?<!\ba\s)(?<!\bone\s)(?<!\d\s)(?<!\bper\s)\b(?:{'|'.join(ORDINALS)})\b")
_HALF = re.compile(
    r"segund|tenth|zehntel|decimo|dixieme|quarters|viertel|quart|hal[bf]|mei[ao]|medi[ao]|demi|mezz|\u534a"
)
_MYRIADS = re.compile(r"(\d+(?:\.\d+)?)[\u4e07\u842c](\d{1,4})(\u5343)?(?!\d)")
_MYRIAD, _THOUSAND = 10_000, 1_000
_NOON = 12


def in_digits(folded: str, language: str | None) -> str:
    """Return a folded text with its numbers in one spelling.

    "five" is 5, "twenty-five" and "fünfundzwanzig" are 25, 12 000 is 12000, "8 pm" and "20.00 Uhr" are 20, "an hour
    and a half" is 1.5 hours. A word that is a numeral in some languages only counts where the language is one of them.
    """
    joined = _SPACED_THOUSANDS.sub(lambda number: re.sub(r"\D", "", number[0]), _with_halves(_in_order(folded)))
    summed = _COMPOUND.sub(_sum, _MYRIADS.sub(_myriads, joined))
    counted = _SUM.sub(_total, _with_halves(_WORD.sub(lambda word: _digits(word[0], language), summed)))
    return _CLOCK.sub(_time, _LONE_HUNDRED.sub("100", counted))


def _with_halves(text: str) -> str:
    """Write halves in figures; those that stand behind a numeral are found once that is in figures."""
    if _HALF.search(text):
        for pattern, amount in AMOUNTS:
            text = pattern.sub(amount, text)
    return text


def _in_order(text: str) -> str:
    """Write ordinals as "3rd" is written: in figures that count nothing."""
    return _ORDINAL.sub(lambda ordinal: f"{ORDINALS[ordinal[0]]}th", text)


def _myriads(number: re.Match[str]) -> str:
    rest = int(number[2]) * (_THOUSAND if number[3] else 1)
    return str(int(float(number[1]) * _MYRIAD) + rest)


def _sum(compound: re.Match[str]) -> str:
    ten, unit = compound["ten"] or compound["last"], compound["unit"] or compound["first"]
    return str(int(_TENS[ten]) + int(_UNITS[unit]))


def _total(number: re.Match[str]) -> str:
    return str(int(number["high"]) * SCALES[number["scale"]] + int(number["low"]))


def _digits(word: str, language: str | None) -> str:
    return word if word in SCALES else numeral(word, language) or word


def _time(clock: re.Match[str]) -> str:
    hour, minutes = int(clock["hour"]), clock["minutes"] or clock["dotted"]
    if minutes is None and clock["half"] is None:
        return clock["hour"]
    hour += _NOON if clock["half"] == "p" and hour < _NOON else 0
    return str(hour) if minutes in (None, "00") else f"{hour}:{minutes}"
