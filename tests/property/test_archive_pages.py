"""Whatever a text contains, it stays in its place on a page of the archive."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.rendering import active_parts, headings_of, shown_text, tokens_of

from memlake.archive.markdown.blocks import fenced, prose, quoted
from memlake.archive.markdown.inline import code, paragraphs, plain, wiki_link

_PIECES = (
    *(
        "`",
        "``",
        "```",
        "````",
        "~~~",
        "~~~~",
        "\n",
        "\n",
        "\n\n",
        "    ",
        "  ",
        "\t",
        " ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "10. ",
    ),
    *(
        "<script>",
        "</script>",
        "<b>",
        "<!--",
        "-->",
        "<?x",
        "<![CDATA[",
        "<https://x.example>",
        "<",
        ">",
        "&lt;",
        "&#60;",
    ),
    *(
        "# ",
        "## 2 · Assistant",
        "###",
        "===",
        "---",
        "-",
        "***",
        "___",
        "|",
        "| a | b |\n| - | - |\n",
        "\\",
        "\\`",
        "\\<",
    ),
    *(
        "[a](",
        "](",
        "[",
        "]",
        ")",
        "(",
        "](http://x.example)",
        "](javascript:x)",
        "![",
        "[[",
        "]]",
        "![[",
        "[^1]: ",
        "[a]: ",
    ),
    *(
        "[a]: <javascript:x>\n",
        "http://x.example",
        "#tag",
        "a:: b",
        "[ ] ",
        " ^id",
        "`= x`",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "a^b",
        '"',
        "'",
        "$$",
        "$",
        "%%",
        "==",
        "word",
        "\u00a0\n",
        "\u0661. ",
        "\u3000",
        "é",
        "\u202e",
        "\x1b[31m",
        "\x00",
    ),
    *(
        "```js\n",
        "```dataviewjs\n",
        "- ```\n",
        "1. ```py\n",
        "   ```\n",
        "      ```\n",
        "~~~ x `\n",
        "> ```\n",
        "- - ~~~\n",
    ),
)
_MARKERS = ("", "- ", "* ", "1. ", "2. ", "10) ", "> ", "- - ", "> - ", "-\t", "\t", "-     ")
_BLOCKS = (
    *(
        "```",
        "```js",
        "````",
        "~~~",
        "<b>",
        "text",
        "",
        "`<b>`",
        "`",
        "``",
        "| `a | `<b>` |",
        "| - | - |",
        "# h",
        "---",
    ),
    *("```x```<b>", "~~~ `<b>", "\\`<b>`", "[a](`x) ` `<b>`", "[b]: <x>", "<!--"),
)
_LINES = ("words", "a <b> c", "# head", "", "", "code<T>", "\tcode\t<T>", "***")
_indents = st.integers(0, 8).map(lambda count: " " * count)
hostile_texts = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)
hostile_blocks = st.lists(
    st.tuples(_indents, st.sampled_from(_MARKERS), _indents, st.sampled_from(_BLOCKS)).map("".join), max_size=9
).map("\n".join)


def _on_a_page(block: str) -> str:
    return f"# Title\n\n## 1 · You\n\n{block}\n\n## 2 · Assistant\n\nthe last words\n"


def _is_contained(block: str) -> None:
    page = _on_a_page(block)
    assert list(active_parts(page)) == []
    ranks = [found for found in headings_of(page) if found[0] <= 2]
    assert ranks == [(1, "Title"), (2, "1 · You"), (2, "2 · Assistant")]
    last = tokens_of(page)[-3:]
    assert (last[-1].type, last[-1].level, tokens_of(page)[-2].content) == ("paragraph_close", 0, "the last words")


@given(hostile_texts | hostile_blocks)
@example("[a](`x) ` `<b>`")
@example("| ` | ` `<b>` |\n| - | - |\n| ` | ` `<b>` |")
@example("- - ~~~\n    ```js\n    ~~~\n    <script>\n    ```")
@example("para\n    ```\n    <b>\n\n    x\n    ```")
@example("a ` b\n`<b>` x")
@example("\u00a0\n    ```\n    <b>\n\n    x\n    ```")
@example("\u0661. ```js\n<b>\n\nx\n```")
@example("[a](\n`x) ` `<b>`")
@settings(max_examples=400, deadline=None)
def test_prose_stays_in_its_turn(text: str) -> None:
    """No HTML, picture, odd link or heading of the page's own; what follows is read as if it were not there."""
    _is_contained(prose(text))


@given(st.lists(st.tuples(_indents, st.sampled_from(_LINES)).map("".join), max_size=8).map("\n".join))
@settings(max_examples=300, deadline=None)
def test_code_that_a_viewer_would_see_is_code(text: str) -> None:
    """To the letter, where it stands behind an indent."""
    read, written = tokens_of(text.strip("\n")), tokens_of(prose(text))
    code = [token.content.rstrip("\n") for token in read if token.type == "code_block"]
    assert [token.content.rstrip("\n") for token in written if token.type == "fence"] == code


@given(hostile_texts)
@settings(max_examples=150, deadline=None)
def test_code_stays_in_its_fence(text: str) -> None:
    """A fence is longer than any run of ticks in it, also inside a quote."""
    for block in (fenced(text), quoted(fenced(text))):
        _is_contained(block)
        fences = [token for token in tokens_of(_on_a_page(block)) if token.type == "fence"]
        assert len(fences) == 1


@given(hostile_texts)
@settings(max_examples=150, deadline=None)
def test_words_of_a_line_stay_on_it(text: str) -> None:
    """Titles, names and memories are shown character for character, and links to pages do not end early."""
    label = re.escape(wiki_link("page", text))
    for block in (f"# {plain(text)} x", f"- {plain(text)}", f"- {paragraphs(text, '  ')}", f"- x {code(text)}"):
        assert list(active_parts(block)) == []
    assert re.fullmatch(label, wiki_link("page", text))
    assert list(active_parts(f"- {wiki_link('page', text)}")) == []
    assert wiki_link("page", text).count("]") == wiki_link("page", text).count("[") == 2
    assert len(headings_of(f"- {plain(text)}\n\n- {paragraphs(text, '  ')}")) == 0


@given(st.lists(st.sampled_from([piece for piece in _PIECES if piece.isprintable()]), max_size=12).map("".join))
@settings(max_examples=150, deadline=None)
def test_plain_words_read_as_they_were_written(text: str) -> None:
    """What a viewer shows of a title is the title; only what begins a template gets a blank."""
    assert shown_text(f"## 1 {plain(text)}").split() == f"1 {text}".replace("<%", "< %").split()


@given(st.lists(st.text(st.sampled_from("ab<>#`*[]|~-= $%\\"), max_size=12), max_size=6), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_code_between_fences_is_kept_character_for_character(lines: list[str], indent: int) -> None:
    """Whatever looks like Markdown in it; only what begins a template gets a blank."""
    code_lines = [line for line in lines if "```" not in line]
    kept = [line.replace("<%", "< %") for line in code_lines]
    lead = " " * indent
    text = "\n".join(
        ["Do this:", "", f"{lead}```sh", *(f"{lead}{line}" for line in code_lines), f"{lead}```", "", "Done."]
    )
    (fence,) = [token for token in tokens_of(prose(text)) if token.type == "fence"]
    assert (fence.info, fence.content) == ("sh", "".join(f"{line}\n" for line in kept))
    assert shown_text(prose(text)).endswith("Done.")
