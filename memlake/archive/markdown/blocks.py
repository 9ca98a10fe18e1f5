"""What people and assistants wrote, as blocks of Markdown that nothing in them breaks out of.

Prose keeps its Markdown, but opens no HTML, no comment, no picture and no page of its own, and its headings rank below
those of a page. The rules rest on one of CommonMark: what follows a list marker, a quote mark or an indent is read as
if it stood by itself, so every line is made safe alone, and a fence with all its lines stands at one indent.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from memlake.archive.markdown.inline import inert

_UNDERLINED = re.compile(r"\n[ \t>]*(?:-+|=+)[ \t]*(?=\n|$)")
_FENCE = re.compile(
    r"(?P<lead>[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)?)"
    r"(?:(?P<ticks>`{3,})(?P<info>[^`]*)|(?P<waves>~{3,})(?P<waves_info>.*))"
)
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,20}(?![^\s{,:])")
_DEEPEST_FENCE = 3  # spaces; behind more of them it is text or indented code
_RUN_BY_NOTES = frozenset({"dataview", "dataviewjs", "js-engine", "query", "tasks", "templater", "buttons"})
"""Languages of code that plug-ins of Obsidian run as soon as a page is shown."""

_HEADING = re.compile(
    r"^(?P<lead>(?:[ \t>]|[-*+][ \t]|[0-9]{1,9}[.)][ \t])*)(?P<signs>#{1,6})(?=[ \t]|$)", re.MULTILINE
)
_UNDERLINE = re.compile(r"^(?P<lead>[ \t>]*)(?P<signs>-+|=+)[ \t]*$", re.MULTILINE)
_RANKS_ABOVE = 2
_LOWEST_RANK = 6
_RULE_LENGTH = 3
_TICKS = re.compile(r"\\.|`+")
_TICK_RUNS = re.compile("`+")
_TAG = re.compile("<(?=[A-Za-z/!?%])")
_LINK = re.compile(
    r"\]\((?:https?://|mailto:)[^\s`()<>\"\\]*(?:\([^\s`()<>\"\\]*\)[^\s`()<>\"\\]*)*(?:[ ]\"[^\"`\\\n]*\")?\)"
    r"|(?P<other>\]\()"
)
_ACTIVE = re.compile(
    r"!(?=\[)"  # a picture, which a viewer would fetch
    r"|\[(?=[\[!^])"  # a page of Obsidian's, a box, a footnote
    r"|\](?=:)"  # the address of links elsewhere on the page
    r"|%%"
    r"|~~~"
)


def prose(text: str) -> str:
    """Return a text as Markdown, made safe."""
    text = inert(text).strip("\n")
    if "`" in text or ("~" in text and "~~~" in text):
        return "\n".join(_safe_lines(text.split("\n")))
    return _safe_words(_below_page(text))


def fenced(text: str, language: str = "") -> str:
    """Return a text as a block of code, whatever it contains."""
    text = inert(text)
    fence = _fence_for(text)
    return f"{fence}{language}\n{text}\n{fence}"


def quoted(text: str) -> str:
    """Return Markdown inside a quote."""
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _safe_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a text one after the other, code with fences of its own."""
    place = 0
    is_after_text = False
    while place < len(lines):
        line = lines[place]
        opening = _FENCE.fullmatch(line)
        if opening is None:
            yield _safe_spans(_below_page(line))
            is_after_text = bool(line.strip(" \t"))
            place += 1
            continue
        lead = opening["lead"].expandtabs(4)
        held, place = _code_lines(lines, place + 1, opening["ticks"] or opening["waves"], len(lead))
        if is_after_text and (lead.strip() or len(lead) > _DEEPEST_FENCE):
            yield ""  # else it could be a part of the paragraph before
        info = opening["info"] if opening["ticks"] else opening["waves_info"]
        yield from _code_block(held, lead, _language(info))
        is_after_text = False


def _code_lines(lines: Sequence[str], place: int, fence: str, indent: int) -> tuple[list[str], int]:
    """Return the lines of code up to the fence that ends it, or to the end, and the place of the next line."""
    closing = re.compile(rf"[ \t]{{0,{indent + 3}}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    held: list[str] = []
    while place < len(lines):
        line = lines[place]
        place += 1
        if closing.fullmatch(line):
            break
        held.append(_outdented(line, indent))
    return held, place


def _outdented(line: str, indent: int) -> str:
    if not indent:
        return line
    bare = line.lstrip(" \t")
    lead = line[: len(line) - len(bare)].expandtabs(4)
    return lead[indent:] + bare


def _code_block(held: Sequence[str], lead: str, language: str) -> Iterator[str]:
    fence = _fence_for("\n".join(held))
    indent = " " * len(lead)
    yield f"{lead}{fence}{language}"
    yield from (f"{indent}{line}" if line else "" for line in held)
    yield f"{indent}{fence}"


def _fence_for(text: str) -> str:
    return "`" * (max(2, *map(len, _TICK_RUNS.findall(text))) + 1) if "```" in text else "```"


def _language(info: str) -> str:
    found = _LANGUAGE.match(info.strip())
    name = found[0] if found else ""
    return "" if name.casefold() in _RUN_BY_NOTES else name


def _below_page(text: str) -> str:
    """Return a text whose headings rank below those of its page, and none is made by a line under it."""
    if ("-" in text or "=" in text) and _UNDERLINED.search(f"\n{text}"):
        text = _UNDERLINE.sub(_no_underline, text)
    return _HEADING.sub(_lower_heading, text) if "#" in text else text


def _lower_heading(heading: re.Match[str]) -> str:
    return heading["lead"] + "#" * min(_LOWEST_RANK, len(heading["signs"]) + _RANKS_ABOVE)


def _no_underline(underline: re.Match[str]) -> str:
    signs = underline["signs"]
    return underline["lead"] + ("***" if signs.startswith("-" * _RULE_LENGTH) else f"\\{signs}")


def _safe_spans(line: str) -> str:
    """Return a line in which nothing is active but code between ticks, emphasis and links to the web.

    A run of ticks without its like would find one further down; a cell of a table ends code, so beside it no code
    may hold a tag.
    """
    if "`" not in line:
        return _safe_words(line)
    pieces: list[str] = []
    ends_cell = False
    for is_code, piece in _spans(line):
        ends_cell |= is_code and "|" in piece
        pieces.append(piece if is_code else _safe_words(piece))
    safe = "".join(pieces)
    return _TAG.sub("&lt;", safe) if ends_cell else safe


def _spans(line: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of a line and whether each is code; ticks that begin none are spelled out."""
    starts: dict[int, list[int]] = {}
    for run in _TICK_RUNS.finditer(line):
        starts.setdefault(run.end() - run.start(), []).append(run.start())
    told = searched = 0
    while found := _TICKS.search(line, searched):
        searched = found.end()
        if found[0][0] == "\\":
            continue
        length = found.end() - found.start()
        same = starts.get(length, [])
        later = bisect_left(same, found.end())
        yield False, line[told : found.start()]
        if later == len(same):
            yield True, "&#96;" * length
        else:
            searched = same[later] + length
            yield True, line[found.start() : searched]
        told = searched
    yield False, line[told:]


def _safe_words(words: str) -> str:
    """Return words outside of code; entities stay what they are even behind a backslash."""
    if "<" in words:
        words = _TAG.sub("&lt;", words)
    if "](" in words:
        words = _LINK.sub(lambda link: "]&#40;" if link["other"] else link[0], words)
    if "[" in words or "]" in words or "%" in words or "~" in words:
        words = _ACTIVE.sub(_spelled_out, words)
    if "$" in words and words.count("$$") % 2:
        words = words.replace("$$", "&#36;&#36;")  # one alone would begin a formula that takes in the rest of the page
    return words


def _spelled_out(signs: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in signs[0])
