"""Running text as Markdown in which nothing is active but code between ticks, formulas, emphasis, links to the web.

Nor is anything a tag, a field, a task or the name of a block in the vault of whoever opens the page with Obsidian.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from memlake.archive.markdown.inline import plain

_TICKS = re.compile(r"\\.|`+")
_TICK_RUNS = re.compile("`+")
_RUN_BY_NOTES = ("=", "$=")
"""With these begins code in a line that a plug-in of Obsidian runs, whatever blanks are before them."""

_GOES_ON = re.compile(r"[ ]{0,3}(?![-*+>#=|~<:]|[0-9]{1,9}[.)]|`{3}|\s|$)[^|]*$")
"""A line that goes on with a paragraph, if there is one, and begins nothing."""

_BEGINS_ALONE = re.compile(r"[ \t>]*#{1,6}(?:[ \t]|$)|.*\|")
"""A heading or the row of a table, which no other line goes on with."""

_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_TAG = re.compile("<(?=[A-Za-z/!?])")
_LINK = re.compile(
    r"\]\((?:https?://|mailto:)[^\s`()<>\"\\]*(?:\([^\s`()<>\"\\]*\)[^\s`()<>\"\\]*)*(?:[ ]\"[^\"`\\\n]*\")?\)"
    r"|(?P<other>\]\()"
)
_ACTIVE = re.compile(
    r"!(?=\[)"  # a picture, which a viewer would fetch
    r"|\^(?=\[)"  # a footnote in the line
    r"|\[(?=[\[!^])"  # a page of Obsidian's, a box, a footnote
    r"|\](?=:)"  # the address of links elsewhere on the page
    r"|%%"
    r"|~~~"
)
_OF_NOTES = re.compile(
    r"https?://[^\s<>]+"
    r"|(?<![\w/&#\\])(?P<tag>#)(?=[\w/-]*[^\W\d]|[^\x00-\x7f\s])"
    r"|(?P<field>:)(?=:)"
    r"|^(?P<item>[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)+)(?P<task>\[)(?=[^\n]\](?:\s|$))"
    r"|(?<!\S)(?P<block>\^)(?=[A-Za-z0-9-]+[ \t]*$)",
    re.MULTILINE,
)
_FORMULA = re.compile(
    r"(?<!\\)\$\$(?P<block>(?:[^$]|\$(?!\$))+?)\$\$"
    r"|(?<![\\$\w])\$(?P<line>(?![\s$])[^$\n]*?(?<![\s\\]))\$(?![0-9$])"
    r"|(?<![\\$\w])\\\((?P<round>[^$\n]+?)\\\)(?![0-9$])"
    r"|(?:(?<=\n)|^)(?P<indent>[ \t]*)\\\[(?P<square>(?:(?!\n[ \t]*\n)[^$])+?)\\\](?=[ \t]*(?:\n|$))"
)
_OF_MATHEMATICS = re.compile(r"[\\^_=+<>]|^\s*\w\s*$")
"""What tells a formula between `\\(` and `\\)` from words between brackets that are not to be a link."""


def safe_text(text: str) -> str:
    """Return a text without blocks of code, made safe."""
    if "`" not in text:
        return _safe_words(text)
    return "".join(piece if is_code else _safe_words(piece) for is_code, piece in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """Yield code and the words between, which may go over several lines.

    Code that goes over lines of a paragraph comes on one line, as viewers show it: so nothing ends it.
    """
    words: list[str] = []
    for number, lines in enumerate(_runs_of_lines(text.split("\n"))):
        words.append("\n" if number else "")
        spans = list(_spans(lines))
        ends_cell = any(is_code and "|" in piece for is_code, piece in spans)
        for is_code, piece in spans:
            if is_code:
                yield False, "".join(words)
                words.clear()
                code = _LINE_END.sub(" ", piece) if "\n" in piece else piece
                # a cell of a table ends code, so beside it no code may hold a tag
                yield True, _TAG.sub("&lt;", code) if ends_cell else code
            else:
                words.append(piece)
    yield False, "".join(words)


def _runs_of_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield lines with ticks together with those that go on with their paragraph, and every other line alone."""
    held: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and _GOES_ON.match(line):
            held.append(line)
            continue
        if held:
            yield "\n".join(held)
        held = [line]
        goes_on = "`" in line and not _BEGINS_ALONE.match(line)
    yield "\n".join(held)


def _spans(lines: str) -> Iterator[tuple[bool, str]]:
    """Yield the pieces of some lines and whether each is code; ticks that begin none are spelled out.

    A run of ticks without its like would find one further down.
    """
    starts: dict[int, list[int]] = {}
    for run in _TICK_RUNS.finditer(lines):
        starts.setdefault(run.end() - run.start(), []).append(run.start())
    told = searched = 0
    while found := _TICKS.search(lines, searched):
        searched = found.end()
        if found[0][0] == "\\":
            continue
        length = found.end() - found.start()
        same = starts.get(length, [])
        later = bisect_left(same, found.end())
        yield False, lines[told : found.start()]
        ticks = "&#96;" * length
        if later == len(same):
            yield True, ticks
        else:
            searched = same[later] + length
            code = lines[found.end() : same[later]]
            is_run = code.lstrip().startswith(_RUN_BY_NOTES)
            yield True, f"{ticks}{plain(code)}{ticks}" if is_run else lines[found.start() : searched]
        told = searched
    yield False, lines[told:]


def _safe_words(words: str) -> str:
    """Return words outside of code; entities stay what they are even behind a backslash."""
    if "$" not in words and "\\(" not in words and "\\[" not in words:
        return _safe_prose(words)
    pieces: list[str] = []
    told = 0
    for found in _FORMULA.finditer(words):
        if (formula := _formula(found)) is not None:
            pieces += [_safe_prose(words[told : found.start()]), formula]
            told = found.end()
    return "".join([*pieces, _safe_prose(words[told:])])


def _formula(found: re.Match[str]) -> str | None:
    """Return a formula between dollars, as Obsidian and most viewers know it; `None` if it may be none."""
    if found["block"] is not None:
        return f"$${_safe_formula(found['block'])}$$"
    if found["line"] is not None:
        return f"${_safe_formula(found['line'])}$"
    body = found["square"] or found["round"]
    if not _OF_MATHEMATICS.search(body):
        return None
    if found["square"]:
        return f"{found['indent']}$${_safe_formula(body)}$$"
    return f"${_safe_formula(body.strip())}$" if body.strip() else None


def _safe_formula(formula: str) -> str:
    """Return a formula in which blanks, which mean nothing there, keep signs from being active elsewhere."""
    formula = _TAG.sub("< ", formula)
    formula = _LINK.sub(lambda link: "] (" if link["other"] else link[0], formula)
    return _ACTIVE.sub(lambda signs: "".join(f"{sign} " for sign in signs[0]), formula)


def _safe_prose(words: str) -> str:
    if "<" in words:
        words = _TAG.sub("&lt;", words)
    if "](" in words:
        words = _LINK.sub(lambda link: "]&#40;" if link["other"] else link[0], words)
    if "[" in words or "]" in words or "%" in words or "~" in words:
        words = _ACTIVE.sub(_spelled_out, words)
    if "$$" in words:
        words = words.replace("$$", "&#36;&#36;")  # it would begin a formula that takes in the rest of the page
    if "#" in words or "^" in words or "::" in words or ("[" in words and "] " in words):
        words = _OF_NOTES.sub(_escaped, words)
    return words


def _spelled_out(signs: re.Match[str]) -> str:
    return "".join(f"&#{ord(sign)};" for sign in signs[0])


def _escaped(found: re.Match[str]) -> str:
    if found["task"]:
        return f"{found['item']}\\["
    if found["field"]:
        return ":\\"
    return f"\\{found[0]}" if found["tag"] or found["block"] else found[0]
