"""What people and assistants wrote, on a page: read as they meant it, and nothing in it acts."""

from __future__ import annotations

import pytest
from support.rendering import active_parts, shown_text, tokens_of

from memlake.archive.markdown.blocks import prose


def code_in(page: str) -> list[str]:
    """Return the blocks of code that a viewer shows."""
    return [token.content for token in tokens_of(page) if token.type in ("fence", "code_block")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Try:\n\n    List<int> x;\n    # a note\n\nDone.", ["List<int> x;\n# a note\n"]),
        ("    a < b\n\n      c <d>\n\n\nDone", ["a < b\n\n  c <d>\n"]),
        ("# Head\n    <b>\n***\n\t<i>\tx", ["<b>\n", "<i>\tx\n"]),
        ("- one\n\n      vector<T>\n\n  more", ["vector<T>\n"]),
        ("- one\n\nno list\n\n    vector<T>", ["vector<T>\n"]),
        ("1. one\n\n   ```\n   vector<T>\n   ```\n\n       vector<U>", ["vector<T>\n", "vector<U>\n"]),
        ("  \t<b>", ["<b>\n"]),
        (" \t  <b>", ["  <b>\n"]),
        ("```\n    <b>\n```\n    <i>", ["    <b>\n", "<i>\n"]),
        ("Say:\n\n    ```\n    <b>\n    ```", ["```\n<b>\n```\n"]),
    ],
)
def test_code_behind_an_indent_is_kept_as_it_is(text: str, code: list[str]) -> None:
    """As a viewer of Markdown would have read the text itself."""
    assert code_in(text) == code
    assert code_in(prose(text)) == code
    assert list(active_parts(prose(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "words\n    List<int> x;",
        "- one\n\n    List<int> x;",
        "- one\n  - two\n\n      List<int> x;",
        "> words\n    List<int> x;",
        "10. one\n\n    List<int> x;",
    ],
)
def test_an_indent_that_is_none_of_code_makes_no_code(text: str) -> None:
    """A paragraph goes on, or belongs to an item of a list."""
    assert code_in(text) == code_in(prose(text)) == []
    assert "List<int> x;" in shown_text(prose(text))


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("$a<b$ and $$c<d$$", "$a< b$ and $$c< d$$"),
        ("$$\n[[1,2],[3,4]] <!-- %% ![x](y)\n$$", "$$\n[ [1,2],[3,4]] < !-- % %  ! [x] (y)\n$$"),
        (r"so \(a<b\), \(x\) and \( \alpha \).", r"so $a< b$, $x$ and $\alpha$."),
        ("so\n\\[\nE = mc^2\n\\]\nand\n  \\[ a<b \\]", "so\n$$\nE = mc^2\n$$\nand\n  $$ a< b $$"),
        (r"\(see above\) \(x\)5 \[link\](u) in \[ a=b \] it", r"\(see above\) \(x\)5 \[link\](u) in \[ a=b \] it"),
        ("$5 and <b>$6", "$5 and &lt;b>$6"),
        ("`$a<b$` $a`<b>`$", "`$a<b$` $a`<b>`$"),
        (r"\$a<b$ \\(a<b\)", r"\$a&lt;b$ \\(a&lt;b\)"),
        ("$$a `$$` b", "&#36;&#36;a `$$` b"),
    ],
)
def test_formulas_are_read_as_formulas(text: str, page: str) -> None:
    """Between dollars, as Obsidian knows them; what would act elsewhere is kept apart by blanks, which mean nothing."""
    assert prose(text).replace("]&#40;", "](") == page
    assert list(active_parts(prose(text))) == []


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("#todo and (#später) #1 a#b ## C#", r"\#todo and (\#später) #1 a#b ## C#"),
        ("https://x.example/#top https://x.example/a::b", "https://x.example/#top https://x.example/a::b"),
        ("due:: tomorrow, std::vector", r"due:\: tomorrow, std:\:vector"),
        (
            "- [ ] one\n  * [x] two\n1. [X]three\n> - [/] four",
            "- \\[ ] one\n  * \\[x] two\n1. [X]three\n> - \\[/] four",
        ),
        ("the end ^note-1\n^alone\n2^10", "the end \\^note-1\n\\^alone\n2^10"),
        (r"\#todo &#35;todo", r"\#todo &#35;todo"),
        ("`#todo` `a:: b`", "`#todo` `a:: b`"),
    ],
)
def test_nothing_becomes_a_tag_field_task_or_block_of_the_users_own_notes(text: str, page: str) -> None:
    """Backslashes that every viewer drops make signs of Obsidian's plain ones."""
    assert prose(text) == page
    assert shown_text(page) == shown_text(text)


@pytest.mark.parametrize("code", ["`= this.file.name`", "``  $= dv.pages() ``", "`=`", "`= a | b`"])
def test_code_that_a_plug_in_would_run_is_no_code(code: str) -> None:
    """It looks for code in a line behind any blanks; the ticks are shown."""
    assert [token for token in tokens_of(prose(f"see {code}.")) if token.type == "code_inline"] == []
    assert "".join(shown_text(prose(f"see {code}.")).split()) == "".join(f"see {code}.".split())


@pytest.mark.parametrize("language", ["dataviewjs", "Query", "button", "base"])
def test_a_language_that_a_plug_in_runs_is_not_named(language: str) -> None:
    """The code is there all the same."""
    assert prose(f"```{language}\nx\n```") == "```\nx\n```"
