"""The pages that an archive is for people: what they say, how they hang together, and what stays out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
from support.chatgpt import START, assistant, bio_call, conversation, message, text_content, user
from support.commandline import memlake_here
from support.hostile import hostile_export, steering_characters
from support.jq import RECIPES
from support.lakes import ask, memory, take_in
from support.pages import body_of, front_matter_of, links_of, page_about, pages_of
from support.rendering import active_parts, headings_of, shown_text, tokens_of
from support.talks import archive, talk

from memlake.archive.markdown.blocks import prose
from memlake.archive.markdown.indexes import KeptProject
from memlake.archive.markdown.inline import without_marks
from memlake.archive.scope import Scope

_ODD_TITLES = (
    None,
    "",
    "CON",
    "../x",
    "😀" * 300,
    "Lyon",
    "lYON",
    "---",
    "a: [b]\n- c",
    "<script>x</script>",
    "]] | #",
    "null",
)
_MARKED_UP = "Use `<b>` here.\n\n```html\n<script>alert(1)</script>\n```\n\n<script>alert(2)</script> ![x](http://x.example/i.png)"


@pytest.fixture(scope="module")
def odd_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a lake of conversations with odd titles, and one with everything in it."""
    folder = tmp_path_factory.mktemp("odd")
    titled = [talk(f"odd-{place}", 3, "Hello?", "Yes.", title=title) for place, title in enumerate(_ODD_TITLES)]
    rich = conversation(
        "rich",
        message("system", text_content("")),
        user(
            "Remember that I play the cello.\n## 9 · Assistant\nforged",
            attachments=[{"id": "file-1", "name": "bow`s <b>.png", "size": 5_000}],
        ),
        *bio_call("User plays the cello."),
        message("assistant", {"content_type": "code", "language": "python", "text": "print('```')"}).saying(
            recipient="python"
        ),
        message("tool", {"content_type": "execution_output", "text": "```\n</details>\n## 1 · You"}),
        user("Never mind.").under("n6"),
        assistant(_MARKED_UP).under("n6"),
        title="Everything at once",
        gizmo_id="g-p-1",
    )
    undated = talk("undated", 0, "When?", create_time=None, update_time=None, title="No date")
    return archive(folder, [*titled, rich, undated], [memory("m1", "User plays the cello.")])


@pytest.fixture(scope="module")
def sample_pages(all_samples_lake: Path) -> dict[str, str]:
    """Return the pages of all samples."""
    return pages_of(all_samples_lake)


def test_every_conversation_has_a_page_and_every_message_a_place(all_samples_lake: Path) -> None:
    """With front matter that says which it is; only messages without a text may be left out."""
    pages = pages_of(all_samples_lake)
    conversations = [front_matter_of(page) for path, page in pages.items() if path.startswith("conversations/")]

    told = {(matter["account_key"], matter["conversation_id"], matter["message_count"]) for matter in conversations}
    assert told == set(ask(all_samples_lake, "select account_key, conversation_id, message_count from conversations"))
    for conversation_id, position, text in ask(
        all_samples_lake,
        "select conversation_id, position, coalesce(spoken_text, text) as said from messages where trim(said) <> ''",
    ):
        (page,) = [page for page in pages.values() if f'conversation_id: "{conversation_id}"' in page]
        if "> as in [[" in page and f"> [!note]- {position + 1} · You · user editable context" in page:
            continue
        numbered = rf"^(## |> \[!note\]- ){position + 1} · "
        assert re.search(numbered, page, re.MULTILINE)
        assert set(re.findall(r"\w+", without_marks(text))) <= set(re.findall(r"\w+", page.replace("\\", "")))


def test_every_link_leads_to_a_page_and_a_heading(sample_pages: dict[str, str]) -> None:
    """By names that no other page has, also where case does not count; the headings are there."""
    names = {PurePosixPath(path).stem: text for path, text in sample_pages.items()}
    assert len({name.casefold() for name in names}) == len(sample_pages)
    links = [link for text in sample_pages.values() for link in links_of(text)]
    assert len(links) > 100
    assert {page for page, _ in links} <= set(names)
    assert all(heading in [words for _, words in headings_of(names[page])] for page, heading in links if heading)


def test_the_list_of_memories_tells_state_dates_origin_words_and_place(sample_pages: dict[str, str]) -> None:
    """Of each memory, as far as it is known."""
    (entry,) = [part for part in sample_pages["memories.md"].split("\n\n") if part.startswith("- Use TypeScript")]
    assert "created 2025-08-12; last seen 2026-05-17" in entry
    assert "saved because you asked for it" in entry
    assert "you said: “Remember this: Use TypeScript for the new API, not Go." in entry
    assert re.search(r"from \[\[2025-08-12-tidewatch-[\w-]+#9 · You\|Tidewatch: language for the new API\]\]", entry)
    assert "[chat](https://chatgpt.com/c/689bb657-" in entry
    assert "recorded, certain" in entry
    assert "deleted after 2025-09-30, by 2026-01-12" in sample_pages["memories.md"]


def test_every_memory_is_in_the_list_once(all_samples_lake: Path, sample_pages: dict[str, str]) -> None:
    """Likely ones apart, at the end."""
    for (memory_id,) in ask(all_samples_lake, "select memory_id from memories"):
        assert sample_pages["memories.md"].count(f"id `{memory_id}`\n") == 1
    assert re.search(r"^73 memories: .*; likely ones beside them: 2\.$", sample_pages["memories.md"], re.MULTILINE)
    likely = sample_pages["memories.md"].rindex("### Likely (")
    assert sample_pages["memories.md"].rindex("### Deleted (", 0, likely) < likely


@pytest.mark.parametrize("name", ["sample_lake", "all_samples_lake"])
def test_the_classic_list_is_what_the_published_recipe_prints(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """To the byte, on the lake in the shape of memory.json; what has no date stands as in its text."""
    lake = request.getfixturevalue(name)
    printed = memlake_here("jq", *RECIPES[-1], cwd=tmp_path, lake=lake).stdout
    assert pages_of(lake, style="classic")["memories.md"] == printed
    undated = "select content from memories where created_at is null and state = 'active' and scope is not null"
    places = [printed.index(f"- **** {text}") for (text,) in ask(lake, f"{undated} order by scope, position")]
    assert places == sorted(places)


def test_what_each_export_changed_is_told_newest_first(sample_pages: dict[str, str]) -> None:
    """Memories with both texts and the reason, conversations with their pages."""
    page = sample_pages["changes.md"]
    days = re.findall(r"^## (\S+) · ", page, re.MULTILINE)
    assert days == sorted(days, reverse=True)
    assert (
        "- **edited** She no longer drinks coffee.\n  - before: Twice a day, and not after 14:00, she drinks coffee."
        in page
    )
    assert re.search(r"- \*\*renamed\*\* \[\[[\w-]+\|Bouldering in Gerland\]\], before: Bouldering on Tuesdays", page)
    assert "The list was emptied: all deleted, or memory switched off" in page
    assert "The memories cannot be compared: no memory list in this export" in page


def test_the_indexes_lead_to_all_conversations(sample_pages: dict[str, str]) -> None:
    """By month, and by project where one is known."""
    conversations = {PurePosixPath(path).stem for path in sample_pages if path.startswith("conversations/")}
    by_month = [page for path, text in sample_pages.items() if path.startswith("months/") for page, _ in links_of(text)]
    assert sorted(by_month) == sorted(conversations)
    index = {page for page, _ in links_of(sample_pages["conversations.md"])}
    assert index == {PurePosixPath(path).stem for path in sample_pages if path.startswith(("months/", "projects/"))}
    (tidewatch,) = [text for path, text in sample_pages.items() if path.startswith("projects/project-tidewatch-")]
    assert "## Instructions\n\nYou help with Tidewatch" in tidewatch
    assert "- importer.md\n" in tidewatch
    (unnamed,) = [text for text in sample_pages.values() if text.startswith('---\ntitle: "Project without a name (g-p')]
    assert len(links_of(unnamed)) == 4


def test_where_there_are_several_accounts_pages_say_whose_something_is(
    sample_pages: dict[str, str], odd_lake: Path
) -> None:
    """By the label that people gave it; where there is one, nothing is said."""
    whose = " · noa.lindqvist@example.org (chatgpt)"
    assert f"|Tidewatch: a small server]]{whose}\n" in sample_pages["months/conversations-2026-01.md"]
    assert f"(g-p-68a1c09b5d6c8191a7e4f2d3b6c5a901)]]{whose}: 4\n" in sample_pages["conversations.md"]
    assert "## noa.lindqvist@example.org (claude)\n\naccount `claude:" in sample_pages["memories.md"]
    matter = front_matter_of(page_about(sample_pages, "cello-practice-plan"))
    assert (matter["account"], matter["account_key"]) == (whose[3:], "chatgpt:ace03e8262e7")
    alone = pages_of(odd_lake)
    key = front_matter_of(page_about(alone, "everything"))["account_key"]
    assert key not in alone["memories.md"] + alone["conversations.md"]
    assert f"`{key}`, export `" in alone["changes.md"]


def test_custom_instructions_are_told_once(sample_pages: dict[str, str]) -> None:
    """Later conversations lead to the first one that carried the same."""
    told = [text for text in sample_pages.values() if "Be direct. Say when you are not sure." in text]
    led = [text for text in sample_pages.values() if "> as in [[" in text]
    assert len(told) < len(led)
    for page in led:
        ((first, _),) = [link for link in links_of(page) if f"> as in [[{link[0]}|" in page]
        assert "user editable context" in page
        assert any("The user provided" in text for path, text in sample_pages.items() if path.endswith(f"/{first}.md"))


def test_a_project_is_called_by_its_name_or_by_what_it_says() -> None:
    """One that nothing tells of but an id has no name; one without anything to tell has no page."""
    project = KeptProject(
        account_key="a",
        project_id="p-1",
        name=None,
        names=(),
        description=None,
        instructions=None,
        created_at=None,
        updated_at=None,
        doc_names=(),
    )
    told = replace(project, instructions="Answer in the words of a sailor,\nshort and dry.")
    assert (project.title, project.is_told) == ("Project without a name (p-1)", False)
    assert (told.title, told.is_told) == ("Answer in the words of a sailor, short…", True)
    assert replace(told, instructions="Be kind.").title == "Be kind."


def test_marks_that_a_chat_shows_as_footnotes_are_not_shown_as_signs() -> None:
    """Words in them stay: those of a link, the name of a thing."""
    text = (
        "It rains.\ue200cite\ue202turn0search1\ue202turn0search2\ue201 "
        "See \ue200url\ue202the law\ue202https://x.example\ue201 by "
        '\ue200entity\ue202["people","Ada Lovelace","mathematician"]\ue201, \ue200filecite\ue202turn0file0\ue201\ue203.'
    )
    assert prose(text) == "It rains. See the law by Ada Lovelace, ."


def test_of_many_changes_some_are_named_and_the_others_counted(tmp_path: Path) -> None:
    """The whole lists are a link away."""
    talks = [talk(f"t{number}", number / 10, "Hello?", title=f"Talk {number:02}") for number in range(23)]
    memories = [memory(f"m{number}", f"User owns {number} boats.") for number in range(53)]
    page = pages_of(archive(tmp_path, talks, memories))["changes.md"]
    assert "Memories: 53 new" in page
    assert page.count("- **new** User owns") == 50
    assert "- and 3 more new: [[memories|all memories]]\n" in page
    assert "Conversations: 23 new" in page
    assert page.count("|Talk ") == 20
    assert "- and 3 more new: [[conversations|all conversations]]\n" in page


def test_odd_titles_give_pages_that_say_them(odd_lake: Path) -> None:
    """In front matter that is valid YAML, in a heading, and in an index; none ends up elsewhere."""
    pages = {path: text for path, text in pages_of(odd_lake).items() if path.startswith("conversations/")}
    assert len({path.casefold() for path in pages}) == len(_ODD_TITLES) + 2
    assert all(re.fullmatch(r"conversations/(\d{4}-\d\d|undated)/[^/\\]+\.md", path) for path in pages)
    read = {front_matter_of(page)["conversation_id"]: page for page in pages.values()}
    for place, title in enumerate(_ODD_TITLES):
        page = read[f"odd-{place}"]
        told = " ".join((title or "").split())
        assert front_matter_of(page)["title"] == told
        assert headings_of(body_of(page))[0] == (1, told or "(no title)")
        assert list(active_parts(body_of(page))) == []


def test_what_is_said_stays_in_its_turn(odd_lake: Path) -> None:
    """Forged headings rank below those of the page, code keeps its fence, HTML and pictures are only shown."""
    page = body_of(page_about(pages_of(odd_lake), "everything"))
    ranks = [words for rank, words in headings_of(page) if rank <= 2]
    assert ranks == ["Everything at once", "2 · You", "8 · Assistant", "Other branches", "7 · You"]
    assert (4, "9 · Assistant") in headings_of(page)
    assert list(active_parts(page)) == []
    fences = [token.content for token in tokens_of(page) if token.type == "fence"]
    assert "<script>alert(1)</script>\n" in fences
    assert "<b>" in [token.content for token in tokens_of(page) if token.type == "code_inline"]
    assert "<script>alert(2)</script>" in shown_text(page)


def test_what_tools_did_is_folded_with_all_that_it_holds(odd_lake: Path) -> None:
    """In boxes that stand closed; calls of the memory tool say what they did, code in which language it is."""
    page = page_about(pages_of(odd_lake), "everything")
    assert "> [!note]- 3 · Assistant · 2025-01-01 12:00 UTC · to bio · memory: save\n> ```\n> User plays" in page
    assert "> ````python\n> print('```')\n> ````" in page
    assert "> ````\n> ```\n> </details>\n> ## 1 · You\n> ````" in page


def test_files_are_named_and_branches_stand_at_the_end(odd_lake: Path) -> None:
    """A branch says which message it follows."""
    page = page_about(pages_of(odd_lake), "everything")
    assert "1 attachment, not copied:\n\n- bow\\`s &lt;b>.png (file, 5 kB)" in page
    assert page.endswith("## 7 · You\n\n*2025-01-01 12:01 UTC · follows 6*\n\nNever mind.\n")


def test_what_was_remembered_from_a_conversation_is_told_there(odd_lake: Path) -> None:
    """With a link back to the list."""
    page = page_about(pages_of(odd_lake), "everything")
    assert "Remembered from here ([[memories|all memories]]):\n\n- User plays the cello.\n" in page


def test_spoken_words_come_before_what_tools_did_in_the_same_message(sample_pages: dict[str, str]) -> None:
    """What the user saw is the turn, the rest is folded below it."""
    page = page_about(sample_pages, "lunch-for-two-new-colleagues")
    turn, box = page.split("> [!note]- ", 1)
    assert "Noted. A welcome lunch for seven" in turn
    assert "with tools" in box.splitlines()[0]
    assert "> add: Noa is vegetarian on weekdays." in box
    assert "Noted. A welcome lunch" not in box.split("\n\n", maxsplit=1)[0]


def test_no_text_steers_the_terminal_that_shows_a_page(tmp_path: Path) -> None:
    """Nor does it begin HTML or a line of front matter."""
    take_in(tmp_path / "lake", hostile_export(tmp_path))
    for path, page in pages_of(tmp_path / "lake").items():
        assert steering_characters(page) == set()
        assert list(active_parts(body_of(page) if page.startswith("---") else page)) == []
        assert path.isprintable()
        assert not re.search("^forged: line", page, re.MULTILINE)


def test_the_same_lake_gives_the_same_pages(all_samples_lake: Path, sample_pages: dict[str, str]) -> None:
    """Byte for byte."""
    assert pages_of(all_samples_lake) == sample_pages


def test_a_later_export_changes_only_pages_of_what_changed(tmp_path: Path) -> None:
    """So that whoever keeps versions of an archive sees only that."""
    talks = [talk(f"t{number}", number, "Hello?", "Yes.", title=f"Talk {number}") for number in range(4)]
    lake = archive(tmp_path, talks, [memory("m1", "User bakes.")], name="export-2026-01-01")
    before = pages_of(lake)
    more = talk("t1", 1, "Hello?", "Yes.", "More?", title="Talk 1")
    archive(tmp_path, [talks[0], more, *talks[2:]], [memory("m1", "User bakes.")], name="export-2026-02-01", lake=lake)
    after = pages_of(lake)
    changed = {path.split("/")[-1][:18] for path in after if before.get(path) != after[path]}
    assert changed == {"changes.md", "2025-01-02-talk-1-"}


def test_a_page_keeps_its_name_when_the_conversation_is_renamed(tmp_path: Path) -> None:
    """The name tells the first title, so links of the user's own go on to lead there; the page tells all titles."""
    first = archive(tmp_path, [talk("t1", 1, "Hello?", title="Dinner")], [], name="export-2026-01-01")
    (before,) = [path for path in pages_of(first) if path.startswith("conversations/")]
    for month, title in (("02", "Supper"), ("03", "Supper"), ("04", "Feast")):
        renamed = talk("t1", 1, "Hello?", title=title)
        archive(tmp_path, [renamed], [], name=f"export-2026-{month}-01", lake=first)

    (page,) = [text for path, text in pages_of(first).items() if path == before]

    assert "-dinner-" in before
    assert front_matter_of(page)["title"] == "Feast"
    assert front_matter_of(page)["aliases"] == ["Feast", "Dinner", "Supper"]
    assert headings_of(body_of(page))[0] == (1, "Feast")


def test_a_scope_leaves_out_what_is_not_asked_for(odd_lake: Path) -> None:
    """And nothing in the rest leads there."""
    memories = pages_of(odd_lake, Scope(only="memories"))
    assert set(memories) == {"memories.md", "changes.md"}
    assert links_of(memories["memories.md"]) == []
    assert "from “Everything at once”, [chat](" in memories["memories.md"]
    assert "Conversations: " not in memories["changes.md"]
    conversations = pages_of(odd_lake, Scope(only="conversations"))
    assert "memories.md" not in conversations
    assert "Memories: " not in conversations["changes.md"]
    assert "Conversations: " in conversations["changes.md"]
    assert "memories|" not in "".join(conversations.values())
    assert "No memories." in pages_of(odd_lake, Scope(account_key="nobody"))["memories.md"]


def test_since_keeps_what_began_or_changed_then_and_what_nothing_dates(odd_lake: Path) -> None:
    """A conversation without a date may be of that time."""
    since = datetime.fromtimestamp(START, UTC).replace(month=1, day=3)
    pages = pages_of(odd_lake, Scope(since=since))
    read = {
        front_matter_of(page)["conversation_id"] for path, page in pages.items() if path.startswith("conversations/")
    }
    assert read == {*(f"odd-{place}" for place in range(len(_ODD_TITLES))), "undated"}
    assert pages["memories.md"].startswith("# Memories\n\nNo memories.")
    assert not [path for path in pages if path.startswith("projects/")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("$$\nx^2\n$$ and $$y$$", "$$\nx^2\n$$ and $$y$$"),
        ("costs $$", "costs &#36;&#36;"),
        ("`echo $$` is $$\n\n```sh\necho $$\n```", "`echo $$` is &#36;&#36;\n\n```sh\necho $$\n```"),
    ],
)
def test_a_formula_that_does_not_end_begins_none(text: str, shown: str) -> None:
    """Viewers that know formulas would take in the rest of the page; code stays as it is."""
    assert prose(text) == shown
