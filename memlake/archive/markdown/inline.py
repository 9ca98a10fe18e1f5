"""Texts of any origin inside a line of Markdown: shown as they are, whatever they contain."""

from __future__ import annotations

import re

from memlake.text import inert_line, inert_text

UNTITLED = "(no title)"
_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)
_ALONE_MEANS_NOTHING = b":" + bytes(range(0x80, 0x100))
_MEANS_NOTHING = bytes(sign for sign in range(0x20, 0x7F) if sign not in b"#$%:<[\\]^`~") + b"\n"
_FIRST_OF_MARKS = b"\xee"  # in UTF-8; also of other signs for private use
_MARK = re.compile("\ue200(?P<kind>[a-z_]+)\ue202(?P<told>[^\ue200\ue201]*)\ue201")
_MARK_SIGN = re.compile("[\ue200-\ue2ff]")
_SECOND_OF_LIST = re.compile(r'\["[^"\\]*",\s*"(?P<name>[^"\\]*)"')
_MARKUP = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]~$|#"} | {"<": "&lt;"})
_ENTITY = re.compile(r"&(?=#?\w+;)")
_TEMPLATE = "<%"
_COMMENT = "%%"  # between two of these Obsidian shows nothing
_FIELD = re.compile(":(?=:)")  # behind words at the beginning of a line, a plug-in of Obsidian's reads a value
_BLOCK_NAME = re.compile(r"(?<!\S)\^(?=[A-Za-z0-9-]+$)")
_OPENS_BLOCK = re.compile(r"(?P<number>[0-9]{1,9})(?P<dot>[.)])|[-+=>:]")
_LABEL = str.maketrans("[]|<>`\\", "()/\u2039\u203a'/")
_ADDRESS = re.compile(r"(?i:https?)://[^\s()<>\"`\\]+")


def without_marks(text: str) -> str:
    """Return a text without the marks for places and things that a chat shows as a footnote, a name or a link."""
    return text if text.isascii() else _MARK_SIGN.sub("", _MARK.sub(_shown, text))


def _shown(mark: re.Match[str]) -> str:
    """Return the words in a mark that the chat shows: those of a link, or what a thing is called; of others none."""
    told = mark["told"].partition("\ue202")[0]
    if mark["kind"] == "url":
        return told
    named = _SECOND_OF_LIST.match(told)
    return named["name"] if named else ""


def inert(text: str) -> str:
    """Return what `inert_text` returns; only what is odd in a text is looked at closely, which is seldom much."""
    return _inert(text, _odd_signs(text))


def readable(text: str) -> tuple[str, bool]:
    """Return a text without marks and inert, and whether signs in it may mean something in Markdown.

    Not counted are `*` and `_`, which do no harm, and what means something only where a line or a paragraph begins.
    """
    odd = _odd_signs(text)
    if not odd:
        return text, False
    if _FIRST_OF_MARKS in odd:
        return inert(without_marks(text)), True
    active = odd.translate(None, _ALONE_MEANS_NOTHING)
    return _inert(text, odd), bool(active) or (b"::" in odd and "::" in text)


def _odd_signs(text: str) -> bytes:
    """Return the signs of a text that may mean something in Markdown or steer a terminal, and all beyond ASCII."""
    return text.encode(errors="surrogatepass").translate(None, _MEANS_NOTHING)


def _inert(text: str, odd: bytes) -> str:
    if odd and _STEERS.search(odd.decode(errors="surrogatepass")):
        text = inert_text(text)
    return without_templates(text) if _TEMPLATE.encode() in odd else text


def without_templates(text: str) -> str:
    """Return a text with a blank in what begins a template: a plug-in of Obsidian runs these even in code."""
    return text.replace(_TEMPLATE, "< %")


def on_one_line(text: str) -> str:
    """Return a text on one line, inert and without templates."""
    return without_templates(inert_line(text))


def plain(text: str) -> str:
    """Return a text on one line that Markdown shows character for character, also at the beginning of a block."""
    line = _ENTITY.sub("&amp;", on_one_line(text)).translate(_MARKUP).replace(_COMMENT, "\\%\\%")
    line = _FIELD.sub(r":\\", _BLOCK_NAME.sub(r"\\^", line))
    opening = _OPENS_BLOCK.match(line)
    if opening is None:
        return line
    number = opening["number"]
    return f"{number}\\{line[len(number) :]}" if number else f"\\{line}"


def paragraphs(text: str, indent: str) -> str:
    """Return a text of several lines that Markdown shows as it is, every further line indented."""
    blocks = [[plain(line) for line in block.splitlines()] for block in re.split(r"\n\s*\n", inert(text).strip())]
    return f"\n\n{indent}".join(f"\\\n{indent}".join(filter(None, lines)) for lines in blocks)


def code(text: str) -> str:
    """Return an id or a name on one line, set as code."""
    line = on_one_line(text)
    ticks = "`" * (max((len(run) for run in re.findall("`+", line)), default=0) + 1)
    space = " " if line[:1] in ("`", "") or line[-1:] == "`" else ""
    return f"{ticks}{space}{line}{space}{ticks}"


def wiki_link(target: str, label: str | None, *, heading: str | None = None) -> str:
    """Return a link to a page by its name, which is unique; in its label signs that would end it are replaced."""
    place = f"{target}#{heading}" if heading else target
    words = on_one_line(label or "").replace(_COMMENT, "%").translate(_LABEL) or UNTITLED
    return f"[[{place}|{words}]]"


def web_link(label: str, address: str | None) -> str | None:
    """Return a link to a page of the web; `None` if there is no address, or it could be something else."""
    return f"[{label}]({address})" if address and _ADDRESS.fullmatch(address) else None
