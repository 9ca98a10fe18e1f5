"""What people and assistants wrote, on a page: read as they meant it, and nothing in it acts."""

from __future__ import annotations

import pytest
from support.rendering import active_parts, headings_of, shown_text, tokens_of

from memlake.archive.markdown.blocks import fenced, prose
from memlake.archive.markdown.front_matter import front_matter
from memlake.archive.markdown.inline import code, plain


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


@pytest.mark.parametrize("language", ["dataviewjs", "Query", "button", "base", "ad-note", "run-shell", "chart"])
def test_a_language_that_a_plug_in_runs_is_a_word_of_the_code(language: str) -> None:
    """The code is there all the same, and runs nothing."""
    assert prose(f"```{language}\nx\n```") == f"```\n{language}\nx\n```"


@pytest.mark.parametrize(
    ("info", "language", "told"),
    [
        ("python", "python", ""),
        (" c++ ", "c++", ""),
        ("python app/main.py", "python", "app/main.py\n"),
        ("js:src/app.js", "js", "src/app.js\n"),
        ("python {.line}", "python", "{.line}\n"),
        ('ts title="my file.ts"', "ts", 'title="my file.ts"\n'),
        ("{r, echo=FALSE}", "", "{r, echo=FALSE}\n"),
        ("SELECT * FROM users WHERE id = 7;", "", "SELECT * FROM users WHERE id = 7;\n"),
        ("how do I exit vim", "", "how do I exit vim\n"),
        ("[[x]] <b>", "", "[[x]] <b>\n"),
    ],
)
@pytest.mark.parametrize("fence", ["```", "~~~"])
def test_words_behind_a_fence_are_not_lost(info: str, language: str, told: str, fence: str) -> None:
    """A viewer shows nothing of them, so they are the first line of the code."""
    for end in (f"\nx\n{fence}", "\nx"):
        (code,) = [token for token in tokens_of(prose(f"{fence}{info}{end}")) if token.type == "fence"]
        assert (code.info, code.content) == (language, f"{told}x\n")


@pytest.mark.parametrize(
    "text",
    [
        "> ```py\n> x = [[1]]\n> ```\nafter",
        ">```\n><b>\n\nout",
        "> - a\n>   ```\n>   <b>\n>   ```\n",
        "> say:\n>\n>     <b>\n> so",
        "> > ```\n> > <b>\n> x",
        "- unclosed\n  ```\n  <b>\n- next\nout",
        "1. a\n\n   ```sh\n   <b>\n\n2. b",
    ],
)
def test_code_in_quotes_and_items_ends_with_them(text: str) -> None:
    """As a viewer reads it, whether its fence is closed or not."""
    (expected,) = code_in(text)
    (found,) = code_in(prose(text))
    assert found.rstrip("\n") == expected.rstrip("\n")
    assert list(active_parts(prose(text))) == []


def test_a_quote_in_too_many_quotes_is_words() -> None:
    """It is read no deeper than anybody writes."""
    text = f"{'> ' * 5_000}```\n<b>"
    assert code_in(prose(text)) == []
    assert list(active_parts(prose(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "1.\tStep\n\n\tmore text\n\n2.\tNext",
        "-\tItem one\n\n\tA paragraph of it.\n\n-\tItem two",
        "- a\n\t- b\n\t\t- c\n\n\t\t\tpara of c",
    ],
)
def test_tabs_behind_the_marks_of_items_reach_the_next_column(text: str) -> None:
    """So paragraphs of an item are none of code, and the list is one."""
    kinds = [token.type for token in tokens_of(text)]
    assert [token.type for token in tokens_of(prose(text))] == kinds


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("a `code\nspan [[x]]` b", "a `code span [[x]]` b"),
        ("- a `x\n  y` and ``p ` q\n<b>``", "- a `x y` and &#96;&#96;p &#96; q\n&lt;b>&#96;&#96;"),
        ("# a `b\nc` [[d]]", "### a &#96;b\nc&#96; &#91;[d]]"),
        ("| a ` |\nb ` [[c]]", "| a &#96; |\nb &#96; &#91;[c]]"),
        ("a `b\n\nc` [[d]]", "a &#96;b\n\nc&#96; &#91;[d]]"),
    ],
)
def test_code_over_lines_of_a_paragraph_comes_on_one(text: str, page: str) -> None:
    """And ticks of two blocks are none of code."""
    assert prose(text) == page


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Title\n=====\n\nSub\n---\nbody", [(3, "Title"), (4, "Sub")]),
        ("**Bold** `x`\n--\n\n1984\n====", [(4, "Bold x"), (3, "1984")]),
        ("one\ntwo\n---", []),
        ("- item\n---", []),
        ("C #\n---", []),
        ("x\n-", []),
    ],
)
def test_a_line_under_one_line_makes_a_heading_below_the_page(text: str, headings: list[tuple[int, str]]) -> None:
    """Under more lines it is taken for a rule, which people mean more often."""
    assert headings_of(prose(text)) == headings


@pytest.mark.parametrize(
    "text", ["`<% tp.x %>`", "```\n<%* tp.x %>\n```", "<% tp.x %>", "    <%= x %>", "\ue200<%\x80"]
)
def test_no_template_is_left(text: str) -> None:
    """A plug-in of Obsidian runs these wherever they stand in a new page."""
    for page in (prose(text), fenced(text), plain(text), code(text), front_matter([("title", text)])):
        read = page.replace("&lt;", "<")
        assert "< %" in read
        assert "<%" not in read


@pytest.mark.parametrize(
    "text",
    [
        "- ````\n" * 40_000 + "```\n" * 40_000,
        "- ```\n" * 40_000,
        "> " * 40_000 + "```",
        "`" + "a" * 1_000_000 + "\n" + "b\n" * 40_000,
        "`a\n" * 40_000,
        "\n \n" * 40_000 + "---",
    ],
)
def test_a_text_made_to_be_slow_ends(text: str) -> None:
    """No line is looked at again for each of the others: the tests' time limit would end such a run."""
    assert len(prose(text)) > len(text) // 2
