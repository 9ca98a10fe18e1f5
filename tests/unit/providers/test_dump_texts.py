"""Pasted text: where an entry begins and ends, what names a category, and what is only said around the list."""

# ruff: noqa: RUF001 - letters of other alphabets are meant

from __future__ import annotations

import pytest
from support.dumps import day_of, reason_of, rows_of, texts_of, unread_of

from memlake.jsontext import JsonBytes
from memlake.model import Ignored, MemoryRow
from memlake.providers.dump import PROVIDER, parse
from memlake.text import text_key
from memlake.times import to_datetime


def sections_of(text: str) -> list[tuple[str, str | None]]:
    """Return the memories of a text with the headings above them."""
    return [(row.content, row.section) for row in rows_of(text)]


def test_entry_becomes_a_row_without_an_id() -> None:
    """What a list cannot tell stays unknown."""
    (row,) = rows_of("# Work\n1. [2025-05-02]. User bakes.\n")

    assert row == MemoryRow(
        channel="dump",
        memory_id=None,
        text_key=text_key("User bakes."),
        content="User bakes.",
        enabled=None,
        created_at_us=row.created_at_us,
        created_at_basis="stated",
        updated_at_us=None,
        position=0,
        conversation_id=None,
        message_id=None,
        seen_at_us=None,
        section="Work",
    )
    assert day_of(row.created_at_us) == "2025-05-02"


def test_another_entity_is_ignored() -> None:
    """The provider has one."""
    assert parse("conversations", JsonBytes(b"- x")) == Ignored("not a list of memories")
    assert {rule.entity for rule in PROVIDER.rules} == {"memory_dump"}


@pytest.mark.parametrize(
    "marker", ["-", "*", "+", "•", "–", "—", "‣", "◦", "→", "✅", "- [x]", "1.", "1)", "(1)", "[1]", "**1.**", "1️⃣"]
)
def test_marker_before_an_entry_is_taken_off(marker: str) -> None:
    """Bullets, numbers, boxes."""
    assert texts_of(f"{marker} User bakes bread") == ["User bakes bread"]


@pytest.mark.parametrize("marker", ["•", "・", "●"])
def test_some_bullets_stand_close_to_their_entry(marker: str) -> None:
    """As Japanese writers set them."""
    assert texts_of(f"{marker}毎朝パンを焼く。\n{marker}犬がいる。") == ["毎朝パンを焼く。", "犬がいる。"]


@pytest.mark.parametrize(
    "text",
    [
        "3 cats live with the user",
        "2025. That was the year",
        "3.5 litres a day",
        "10:30 is when the user gets up",
        "#hashtags annoy the user",
        "-40 is cold enough",
        "|x| is how the user writes sets",
        "5. Mai is the user's birthday",
    ],
)
def test_entry_may_begin_like_a_marker(text: str) -> None:
    """A figure, a sign, a day of a month."""
    assert texts_of(f"{text}\nUser bakes every day") == [text, "User bakes every day"]


def test_numbers_may_leave_some_out_but_not_jump() -> None:
    """Deleted memories leave gaps; a year or a street number is no number of an entry."""
    assert texts_of("1. One memory\n2. Two memories\n9. Nine of them\n700. is a part of the ninth") == [
        "One memory",
        "Two memories",
        "Nine of them 700. is a part of the ninth",
    ]


def test_list_may_begin_anywhere() -> None:
    """Half of a list, as long as its numbers count."""
    assert texts_of("17. One memory\n18. Another memory") == ["One memory", "Another memory"]


def test_number_with_bold_around_it_leaves_the_bold_of_the_text() -> None:
    """Bold that began before the number goes on."""
    assert texts_of("**1. Name:** Noa\n__2.__ Likes __tea__\n**3. Bakes bread**") == [
        "**Name:** Noa",
        "Likes __tea__",
        "Bakes bread",
    ]


def test_bold_around_a_whole_entry_is_the_lists_way_of_writing() -> None:
    """Bold inside is the entry's."""
    assert texts_of("- **Bakes bread.**\n- __Runs.__\n- **Never** rye\n- **a** and **b**") == [
        "Bakes bread.",
        "Runs.",
        "**Never** rye",
        "**a** and **b**",
    ]


def test_quotation_marks_around_every_entry_are_the_lists() -> None:
    """Around some of them they are the entries'."""
    assert texts_of('"Bakes bread",\n"Runs a lot on Sundays",') == ["Bakes bread", "Runs a lot on Sundays"]
    assert texts_of("- “Bakes”\n- „Läuft“\n- «Nage»") == ["Bakes", "Läuft", "Nage"]
    assert texts_of('- "Bakes"\n- Runs') == ['"Bakes"', "Runs"]
    assert texts_of('- "Bakes" and "runs"') == ['"Bakes" and "runs"']
    assert texts_of('- "') == ['"']


def test_line_without_a_marker_goes_on_with_the_entry_before() -> None:
    """Indented or not; a paragraph of its own stays one."""
    text = "1. Bakes\nbread.\n2. Runs\n   far.\n\n   Every day.\n\nEven in rain.\n\n3. Sings."

    assert texts_of(text) == ["Bakes bread.", "Runs far.\n\nEvery day.\n\nEven in rain.", "Sings."]


@pytest.mark.parametrize(
    "tail",
    [
        "That's everything I have stored.",
        "**This is the complete list.**",
        "Is this complete? Yes.",
        "Let me know if you want any removed!",
        "Would you like me to update something?",
        "Do they still hold for you?",
        "Das ist alles, was ich gespeichert habe.",
        "É tudo o que tenho.",
        "¿Quieres que borre algo?",
        "Souhaitez-vous en supprimer ?",
        "Это всё.",
        "以上です。",
        "이상입니다.",
        "هل تريد حذف شيء؟",
        "Total: 2 memories",
        "continue",
    ],
)
@pytest.mark.parametrize(
    "list_text", ["- Bakes bread.\n- Runs far.", "1. [2025-05-02]. Bakes bread.\n\n2. [n/a]. Runs far."]
)
def test_what_follows_the_list_is_no_memory(list_text: str, tail: str) -> None:
    """That it is complete, what the assistant offers next, in many languages; nor what comes after that."""
    assert texts_of(f"{list_text}\n\n{tail}\n\nBye.") == ["Bakes bread.", "Runs far."]


def test_closing_sentence_right_behind_the_last_entry_is_no_part_of_it() -> None:
    """Only in the end: in between it goes on with its entry."""
    assert texts_of("- Bakes\n- Runs\nThat's all I have stored.") == ["Bakes", "Runs"]
    assert texts_of("- Says\nthat's all I have, always\n- Runs") == ["Says that's all I have, always", "Runs"]


def test_paragraph_behind_the_last_entry_is_a_part_of_it_unless_the_list_is_an_answer() -> None:
    """A list that a script wrote has nobody to say a last word; an answer has."""
    assert texts_of("1. Bakes.\n2. Runs.\n\nSince 2019.") == ["Bakes.", "Runs.\n\nSince 2019."]
    assert texts_of("Here is what I know:\n\n1. Bakes.\n2. Runs.\n\nEnjoy.") == ["Bakes.", "Runs."]


def test_what_breaks_in_between_two_entries_is_no_part_of_either() -> None:
    """Somebody asked to go on, and the assistant did."""
    assert texts_of("1. Bakes.\n\ncontinue\n\nSure, the rest of the list:\n\n2. Runs.") == ["Bakes.", "Runs."]


def test_heading_names_the_section_of_what_stands_below() -> None:
    """Marks of Markdown, bold lines, colons, ornaments; deeper ones are joined."""
    text = (
        "# Saved memories\n## Work ##\n- a b\n### **Team:**\n- c d\n## 2. Home (2)\n- e f\n\n"
        "**Health**\n- g h\n\nTravel:\n- i j\n\nOther things\n\n- k l\n--- Last ---\n- m n\n🏠 House\n- o p"
    )

    assert sections_of(text) == [
        ("a b", "Work"),
        ("c d", "Work / Team"),
        ("e f", "Home"),
        ("g h", "Home / Health"),
        ("i j", "Home / Health / Travel"),
        ("k l", "Home / Health / Other things"),
        ("m n", "Last"),
        ("o p", "Last / 🏠 House"),
    ]


@pytest.mark.parametrize(
    "title", ["# ChatGPT Memories", "**Deine Erinnerungen**", "== MEMORY DUMP ==", "Saved memories", "## 記憶の一覧"]
)
def test_title_of_the_list_is_no_section(title: str) -> None:
    """It names the whole."""
    assert sections_of(f"{title}\n\n- Bakes bread\n") == [("Bakes bread", None)]


def test_question_as_a_heading_is_followed_by_no_memories() -> None:
    """The assistant talks about the list."""
    text = "## Work\n- Bakes\n## Is this complete?\nYes, it is.\n## This is everything\n- you can delete it"

    assert texts_of(text) == ["Bakes"]


@pytest.mark.parametrize("nothing", ["None", "(none)", "N/A", "- None.", "No entries stored.", "Keine", "なし", "—"])
def test_empty_category_holds_no_memory(nothing: str) -> None:
    """That there is none is not one."""
    assert texts_of(f"## Work\n- Bakes\n## Home\n{nothing}\n## Health\n- Runs") == ["Bakes", "Runs"]


def test_item_with_items_below_is_a_category_if_it_is_bold_or_most_are() -> None:
    """Else they are details of the memory above them."""
    assert sections_of("1. **Work**\n   - a b\n2. **Home**\n   None\n3. c d") == [("a b", "Work"), ("c d", None)]
    assert sections_of("- Work:\n  - a b\n- Home\n  - c d") == [("a b", "Work"), ("c d", "Home")]
    assert texts_of("- Has rules:\n  - one\n    - two\n- Runs\n- Sings") == [
        "Has rules:\n- one\n  - two",
        "Runs",
        "Sings",
    ]
    assert texts_of("1. [2025-05-02]. Has rules\n   - one\n   - two") == ["Has rules\n- one\n- two"]
    assert texts_of("- Wants it said in a sentence, always.\n  - one") == [
        "Wants it said in a sentence, always.\n- one"
    ]


def test_items_with_dates_below_an_item_make_it_a_category() -> None:
    """A detail has no date of its own."""
    text = "1. What the user said about work\n   - [2025-05-02] - Bakes\n2. Else\n3. More"

    assert sections_of(text)[0] == ("Bakes", "What the user said about work")


def test_list_below_a_colon_or_a_name_belongs_there_without_indent_too() -> None:
    """Below anything else, another marker begins an entry."""
    assert texts_of("1. Has a plan:\n- run\n- rest\n2. Sings\n3. Cooks") == [
        "Has a plan:\n- run\n- rest",
        "Sings",
        "Cooks",
    ]
    assert sections_of("1. Work\n- a b\n- c d\n2. Home\n- e f") == [("a b", "Work"), ("c d", "Work"), ("e f", "Home")]
    assert texts_of("1. Bakes bread, every day.\n- Runs\n2. Sings") == ["Bakes bread, every day.", "Runs", "Sings"]


def test_very_deep_list_is_read_as_far_as_anybody_would_write_one() -> None:
    """Its entries are all there."""
    text = "\n".join(f"{'  ' * depth}- entry number {depth}, said." for depth in range(300))

    assert sum(content.count("entry number") for content in texts_of(text)) == 300


def test_date_may_be_the_heading_or_the_item_above() -> None:
    """It is then no section; a date of the entry's own wins."""
    text = "## 2025-05-02\n- Bakes\n- [2025-06-01] - Runs\n## Work\n- [2025-07-01]\n  - Sings\n  - Cooks"

    assert [(row.content, day_of(row.created_at_us), row.section) for row in rows_of(text)] == [
        ("Bakes", "2025-05-02", None),
        ("Runs", "2025-06-01", None),
        ("Sings", "2025-07-01", "Work"),
        ("Cooks", "2025-07-01", "Work"),
    ]


def test_date_may_stand_on_a_line_below_its_entry() -> None:
    """Or in fields, one a line; fields without a text are a text themselves."""
    text = (
        '- Bakes\n  Date: 2025-05-02\n- date: 2025-05-03\n  content: "Runs"\n- text: Sings\n  note: loud\n'
        "- date: x\n  saved: y"
    )

    assert [(row.content, day_of(row.created_at_us)) for row in rows_of(text)] == [
        ("Bakes", "2025-05-02"),
        ("Runs", "2025-05-03"),
        ("text: Sings note: loud", None),
        ("date: x saved: y", None),
    ]


def test_date_behind_every_entry_is_the_lists() -> None:
    """Behind one of them it is the entry's."""
    assert texts_of("- Bakes (2025-05-02)\n- Runs (May 2025)") == ["Bakes", "Runs"]
    assert texts_of("- Bakes (2025-05-02)\n- Runs") == ["Bakes (2025-05-02)", "Runs"]
    assert texts_of("- Bakes (2025-05-02)") == ["Bakes (2025-05-02)"]


def test_label_that_is_no_date_begins_an_entry_among_dates() -> None:
    """And stays in its text."""
    text = "[2025-05-02] - Bakes\n[soon] - Runs\nfar away\n[2025-05-03] - Sings"

    assert texts_of(text) == ["Bakes", "[soon] - Runs far away", "Sings"]


def test_sentences_of_which_some_have_a_date_are_an_entry_each() -> None:
    """After long lines they go on instead, and below a date that stands alone."""
    long = "[2025-05-02] - Wants every answer to begin with the shortest possible summary"

    assert texts_of("User bakes bread, and well\n2025-05-02: Runs far\nSings well\nCooks") == [
        "User bakes bread, and well",
        "Runs far",
        "Sings well",
        "Cooks",
    ]
    assert texts_of(f"{long}\nAlways in English\n{long}\nAnd always in metres") == [
        "Wants every answer to begin with the shortest possible summary Always in English",
        "Wants every answer to begin with the shortest possible summary And always in metres",
    ]
    assert texts_of("[2025-05-02]\nBakes\n[2025-05-03]\nRuns") == ["Bakes", "Runs"]


def test_paragraph_that_is_wrapped_is_one_entry() -> None:
    """Long lines that begin in the middle of a sentence; so is a line with indented ones below."""
    text = (
        "User keeps a diary of the weather over the old harbour\nand of all the ships that come and go there in the\n"
        "evening.\n\nUser bakes bread and\n  sells it on Sundays"
    )

    diary = "User keeps a diary of the weather over the old harbour"

    assert texts_of(text) == [
        f"{diary} and of all the ships that come and go there in the evening.",
        "User bakes bread and sells it on Sundays",
    ]


def test_lines_without_markers_lose_what_is_said_around_them() -> None:
    """Titles, lead-ins, closing words, and what is said between two parts."""
    text = (
        "Your memories\nExported on 2026-05-17 by a script\nHere is what I know:\nUser bakes bread.\n\ncontinue\n\n"
        "User runs far.\nThat is all I need, says the user.\nWould you like more?\nThe list is complete."
    )

    assert texts_of(text) == ["User bakes bread.", "User runs far.", "That is all I need, says the user."]


@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "numpy==2.0\npandas>=1\nrequests",
        '{"a": 1} and more of it\n}',
        "word " * 200,
        "One. Two. Three. Four sentences in one go.",
        "Here is the list:",
        "# Only a heading",
        "```\n```",
        "---\n***\n___",
        "\n \n\t",
        "- [2025-05-02] -",
        "- None",
    ],
)
def test_text_without_a_list_is_rejected(text: str) -> None:
    """An essay, a program, a word; nothing of it is quoted."""
    assert reason_of(text) == "no memory list in this text"


def test_list_in_fences_is_all_of_the_list() -> None:
    """Around them stand headings and words to the reader."""
    text = (
        "Sure:\n## Work\n```text\n- a b\n```\ncontinue\n## Home\n~~~\nc d e\n\n~~~\nYou can:\n- delete it\n"
        "```python\nx = 1\n```\nRules:\n````\n- e f\n```\n- g h"
    )

    assert sections_of(text) == [("a b", "Work"), ("c d e", "Home"), ("e f", "Home / Rules"), ("g h", "Home / Rules")]


def test_fence_inside_an_entry_is_code_that_it_quotes() -> None:
    """The list stands around it, then."""
    text = "- Formats like this:\n  ```python\n  - x = 1\n\n  # y\n  ```\n- Runs\n```\nplain words\n```"

    assert texts_of(text) == ["Formats like this: - x = 1\n\ny", "Runs plain words"]


def test_table_holds_a_memory_a_row() -> None:
    """Columns are told by what they hold; a table without heads is one, too."""
    head = "| No. | Text | More | State |\n|---|---|---|---|"
    text = f"{head}\n| 1. | a \\| b | c | warm |\n| 2. | d | | cold |\n| 3. | e |\n|||||"

    assert texts_of(text) == ["a | b \u2013 c", "d", "e"]
    assert texts_of("|---|---|\n| 2025-05-02 | Bakes |") == ["Bakes"]
    assert texts_of("| Bakes |\n| Runs |\n- Sings\n| Cooks |") == ["Bakes", "Runs", "Sings", "Cooks"]
    assert sections_of("## Work\nUser says so.\n| Topic | Memory |\n|---|---|\n| Bread | Bakes |") == [
        ("User says so.", "Work"),
        ("Bakes", "Work / Bread"),
    ]


def test_words_before_the_first_heading_are_no_memories_where_lists_stand_below() -> None:
    """Below a heading they are."""
    text = "I looked everywhere for it.\nIt took a while.\n\n## Work\n- Bakes\n\n## Home\nHas a dog."

    assert sections_of(text) == [("Bakes", "Work"), ("Has a dog.", "Home")]


def test_marks_of_direction_and_zero_width_do_no_harm() -> None:
    """Nor do NUL, quotation of a mail, line ends of any system, and UTF-16 as Windows writes it."""
    text = "\ufeff> \u200f- Ba\0kes\u200e \r> - Runs\r\n>\n> - Sings\u2028> - Cooks"

    assert texts_of(text) == ["Bakes", "Runs", "Sings", "Cooks"]
    assert texts_of(text.encode("utf-16")) == ["Bakes", "Runs", "Sings", "Cooks"]
    assert texts_of(b"- K\xf6ln") == ["K\ufffdln"]


@pytest.mark.parametrize(
    ("head", "moment"),
    [
        ("Exported at: 2026-05-17T09:12:44Z", "2026-05-17T09:12:44+00:00"),
        ("*Exported: May 17, 2026*", "2026-05-17T00:00:00+00:00"),
        ("# Memories (as of 2026-05-17)", "2026-05-17T00:00:00+00:00"),
        ("Generated on 17 May 2026 by a script", "2026-05-17T00:00:00+00:00"),
        ("- Exported on: 2026-05-17", "2026-05-17T00:00:00+00:00"),
        ("Stand: 17.05.2026", "2026-05-17T00:00:00+00:00"),
        ("Exported at: some day", None),
        ("Exported at: May 2026", None),
        ("A list", None),
    ],
)
def test_list_may_say_when_it_was_taken(head: str, moment: str | None) -> None:
    """A day or a moment, before the first entry."""
    (row,) = rows_of(f"{head}\n\n- Bakes bread\n")

    assert (row.seen_at_us and to_datetime(row.seen_at_us).isoformat()) == moment


def test_date_inside_the_list_is_not_when_it_was_taken() -> None:
    """Nor is it without a list."""
    assert {row.seen_at_us for row in rows_of("- Bakes\n- Exported on 2026-05-17: bread\n")} == {None}
    assert {row.seen_at_us for row in rows_of("Bakes bread daily\nRuns far away\n")} == {None}


def test_entry_may_be_a_record_of_several_lines() -> None:
    """With or without a marker, and with a number of its own, which is no section."""
    text = "Entry #1\nDate: 2025-05-02\nMemory: Bakes\n\n**Entry 2**\nSaved: unknown\nContent: Runs\nCategory: Sport"

    assert [(row.content, day_of(row.created_at_us), row.section) for row in rows_of(text)] == [
        ("Bakes", "2025-05-02", None),
        ("Runs", None, "Sport"),
    ]


def test_line_may_name_the_category_of_what_follows() -> None:
    """Where it stands apart; inside an entry it is a field of it."""
    text = "Category: Work\n- Bakes\n**Kategorie:** Familie\n- Hat einen Hund\n- text: Sings\n  category: Music"

    assert sections_of(text) == [("Bakes", "Work"), ("Hat einen Hund", "Familie"), ("Sings", "Familie / Music")]


def test_tags_letters_and_commas_around_entries_are_the_lists() -> None:
    """As assistants and spreadsheets write them."""
    assert texts_of("<memories>\na) Bakes bread\nb) Runs far\n</memories>") == ["Bakes bread", "Runs far"]
    assert texts_of("2025-05-02, Bakes bread\n2025-05-03, Runs far") == ["Bakes bread", "Runs far"]
    assert texts_of('1. *"Bakes"* — saved 2 May 2025\n2. _Runs_') == ['"Bakes"', "Runs"]


def test_date_in_front_of_every_entry_needs_nothing_behind_it() -> None:
    """In front of one of them it belongs to what it says."""
    assert texts_of("2025-05-02 Bakes bread\n2025-05-03 Runs far") == ["Bakes bread", "Runs far"]
    assert texts_of("- 2025-05-02 was the wedding\n- Runs far") == ["2025-05-02 was the wedding", "Runs far"]
    assert texts_of("- 2025-05-02 Wedding") == ["2025-05-02 Wedding"]


def test_pairs_of_a_name_and_a_value_are_entries() -> None:
    """However short."""
    assert texts_of("Job: weaver\nDog: Miso\nHome: Lyon") == ["Job: weaver", "Dog: Miso", "Home: Lyon"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("[unknown] -\n[2025-05-02] - User bakes bread.", "1"),
        ("- User bakes bread.\n- [2025-05-02] -\n- [unknown]", "2, 3"),
        ("| Date | Memory |\n|---|---|\n| 2025-05-02 | |\n| unknown | User bakes bread. |", "1"),
        ('{"exported_at": "2025-05-02", "memories": ["User bakes bread.", {"content": ""}, {"date": "2025"}]}', "2, 3"),
        ("- User bakes bread.\n" + "- [unknown] -\n" * 12, "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more"),
    ],
)
def test_entry_with_a_label_and_no_text_is_told(text: str, places: str) -> None:
    """By its place in the list; the others are read."""
    assert texts_of(text) == ["User bakes bread."]
    assert unread_of(text) == [f"entries without a text: {places}"]


def test_word_for_nothing_is_no_entry_without_a_text() -> None:
    """It says that there is none."""
    assert unread_of("- User bakes bread.\n\n## Health\n- None") == []
