"""Pages of Markdown as a viewer reads them: CommonMark with tables, and HTML that would be shown."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_PARSER.validateLink = lambda url: url is not None  # type: ignore[method-assign] # what a viewer without scruples would follow


def tokens_of(page: str) -> list[Token]:
    """Return what a viewer makes of a page, those inside of lines too."""
    return [inner for token in _PARSER.parse(page) for inner in (token, *(token.children or ()))]


def headings_of(page: str) -> list[tuple[int, str]]:
    """Return the rank and the words of each heading, wherever it stands."""
    tokens = _PARSER.parse(page)
    return [
        (int(token.tag[1]), "".join(child.content for child in tokens[place + 1].children or ()))
        for place, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def active_parts(page: str) -> Iterator[str]:
    """Yield what no text of an archive may make: HTML, pictures, and links to anything but the web and mail."""
    for token in tokens_of(page):
        if token.type in ("html_block", "html_inline", "image"):
            yield f"{token.type}: {token.content}"
        address = str(token.attrGet("href") or "")
        if token.type == "link_open" and not address.lower().startswith(("http://", "https://", "mailto:")):
            yield f"link: {address}"


def shown_text(page: str) -> str:
    """Return the words that a viewer shows, without their markup."""
    return "".join(
        token.content if token.type in ("text", "code_inline", "code_block", "fence", "text_special") else "\n"
        for token in tokens_of(page)
        if not token.children and (token.content or token.type in ("softbreak", "hardbreak"))
    )
