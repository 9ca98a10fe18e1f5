"""Headings in what people and assistants wrote: they rank below those of the page that they are on."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*)(?P<signs>#{1,6})(?=[ \t]|$)", re.MULTILINE
)
_UNDERLINED = re.compile(r"\n[ \t>]*(?:-+|=+)[ \t]*(?=\n|$)")
_UNDERLINED_TITLE = re.compile(
    r"(?P<before>\A|\n[ \t]*\n)[ ]{0,3}(?!\s|[-*+][ \t]|[0-9]{1,9}[.)][ \t]|[-*_~`]{3}|[#>|])"
    r"(?P<title>[^\n]*[^\n\s#])[ \t]*\n[ ]{0,3}(?P<signs>={2,}|-{2,})[ \t]*(?=\n|\Z)"
)
"""A paragraph of one line that a line under it makes a heading."""

_UNDERLINE = re.compile(r"^(?P<lead>[ \t>]*)(?P<signs>-+|=+)[ \t]*$", re.MULTILINE)
_RANKS_ABOVE = 2
_LOWEST_RANK = 6
_RULE_LENGTH = 3


def below_page(text: str) -> str:
    """Return a text without code whose headings rank below those of its page; a line under words makes none."""
    if ("-" in text or "=" in text) and _UNDERLINED.search(f"\n{text}"):
        text = _UNDERLINE.sub(_no_underline, _UNDERLINED_TITLE.sub(_with_signs, text))
    return _HEADING.sub(_lowered, text) if "#" in text else text


def _with_signs(heading: re.Match[str]) -> str:
    return f"{heading['before']}{'#' if heading['signs'].startswith('=') else '##'} {heading['title']}"


def _lowered(heading: re.Match[str]) -> str:
    return heading["lead"] + "#" * min(_LOWEST_RANK, len(heading["signs"]) + _RANKS_ABOVE)


def _no_underline(underline: re.Match[str]) -> str:
    signs = underline["signs"]
    return underline["lead"] + ("***" if signs.startswith("-" * _RULE_LENGTH) else f"\\{signs}")
