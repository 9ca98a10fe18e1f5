"""Which files are lists that somebody pasted or saved, whose they are, and why others are refused."""

# ruff: noqa: RUF001 - letters of other alphabets are meant

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.deliveries import file_member

from memlake.exports import read_shape
from memlake.parsing.answered import HAS_NONE, NO_LIST
from memlake.provider import FileKind, FileShape, Match
from memlake.providers import claim
from memlake.providers.dump import PROVIDER
from memlake.providers.dump.refusals import OTHER_TOOL, OTHERS_MEMORIES, WEB_PAGE, WHOLE_CHAT

LIST = "- User bakes bread\n- User runs far\n"


def match_of(folder: Path, name: str, data: object) -> Match | None:
    """Return how a file with this name and content would be read."""
    content = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    found = claim(PROVIDER, read_shape(file_member(folder / name, content.encode())))
    return None if found is None else found[1]


def text_match(text: str, *, base_name: str = "a.txt", kind: FileKind = "text") -> Match:
    """Return how a text would be read."""
    found = claim(PROVIDER, FileShape(base_name=base_name, kind=kind, head=text))
    assert found is not None
    assert found[0].is_proof
    return found[1]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "pasted", "a.json"])
@pytest.mark.parametrize("text", [LIST, "[2025-05-02] - User bakes\n[unknown] - User runs\n"])
def test_text_is_read_whole(tmp_path: Path, name: str, text: str) -> None:
    """Whatever its name; a bracket in front does not make it JSON."""
    assert match_of(tmp_path, name, text) == Match(records="whole")


@pytest.mark.parametrize(
    "data",
    [
        ["User bakes", "User runs"],
        [{"content": "User bakes"}],
        [{"text": "User bakes", "date": "2025-05-02", "category": "Home", "confidence": 1}, "User runs"],
        '{"memory": "User bakes"}\n{"memory": "User runs"}',
    ],
)
def test_json_list_without_ids_is_read_by_its_elements(tmp_path: Path, data: object) -> None:
    """So that a bad element is one reject."""
    assert match_of(tmp_path, "a.json", data) == Match()


@pytest.mark.parametrize(
    ("name", "data", "match"),
    [
        ("a.json", {"memories": ["User bakes"], "n": 1}, Match(list_key="memories")),
        ("a.json", {"saved_info": [{"text": "User bakes", "mood": "x"}]}, Match(list_key="saved_info")),
        ("my-memory.json", {"items": [{"fact": "User bakes"}]}, Match(list_key="items")),
        ("a.json", {"exported_at": "2026-05-17", "memories": ["User bakes"]}, Match(records="whole")),
        ("a.json", {"memories": "- User bakes"}, Match(records="whole")),
        ("a.json", {"Home": ["User bakes"], "Work": [], "Else": [{"text": "User runs"}]}, Match(records="whole")),
        ("memories.json", {"Home": [], "Work": ["User bakes"]}, Match(records="whole")),
    ],
)
def test_object_that_holds_a_list_is_claimed(tmp_path: Path, name: str, data: object, match: Match) -> None:
    """Its list element by element, unless the date beside it or several lists need the whole."""
    assert match_of(tmp_path, name, data) == match


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", [{"id": "m", "content": "User bakes"}]),
        ("a.json", {"memories": [{"id": "m", "content": "User bakes"}]}),
        ("a.json", {"memories": [], "n": 1}),
        ("a.json", {"tool": {"entries": [{"id": "m", "content": "x"}]}, "memories": ["User bakes"]}),
        ("a.json", [{"uuid": "u", "text": "x"}]),
        ("a.json", [{"text": "x", "likes": 3}]),
        ("a.json", [{"title": "x"}]),
        ("a.json", [1, 2]),
        ("a.json", [[1]]),
        ("a.json", {"title": "x"}),
        ("a.json", {"items": ["x"], "n": 1}),
        ("a.json", {"dependencies": ["x"], "name": "y"}),
        ("a.json", {"points": [[1]], "more": []}),
        ("a.json", {"people": [{"name": "x"}]}),
        ("a.json", "{}{}"),
    ],
)
def test_other_json_is_not_claimed(tmp_path: Path, name: str, data: object) -> None:
    """Lists with ids are their assistant's, and most JSON is no list of memories."""
    assert match_of(tmp_path, name, data) is None


def test_damaged_and_empty_files_are_not_claimed() -> None:
    """There is nothing to tell them by."""
    assert claim(PROVIDER, FileShape(base_name="a.txt", kind="unreadable")) is None
    assert claim(PROVIDER, FileShape(base_name="a.txt", kind="empty")) is None


@pytest.mark.parametrize(
    ("name", "text", "assistant"),
    [
        ("chatgpt-memories-2026-05-17.txt", LIST, "chatgpt"),
        ("ChatGPT_memories.md", LIST, "chatgpt"),
        ("claude-2026.txt", LIST, "claude"),
        ("from Gemini.txt", LIST, "gemini"),
        ("a.txt", f"# ChatGPT Memories\n{LIST}", "chatgpt"),
        ("a.txt", f"Gemini saved info\n\n{LIST}", "gemini"),
        ("a.txt", f"Here is what I, Claude, remember about you and your many projects:\n{LIST}", "claude"),
        ("a.txt", f"Exported from ChatGPT on a quiet afternoon of 17 May 2026\n{LIST}", "chatgpt"),
        ("a.txt", "- User prefers ChatGPT to everything else", None),
        ("a.txt", "User says that ChatGPT should answer in French.\nUser bakes bread.", None),
        ("chatgpt-or-claude.txt", LIST, None),
        ("a.txt", LIST, None),
    ],
)
def test_name_or_title_may_say_whose_list_it_is(name: str, text: str, assistant: str | None) -> None:
    """A memory that names an assistant does not; nor do two names."""
    assert text_match(text, base_name=name).assistant == assistant


def test_name_says_whose_list_a_json_file_is(tmp_path: Path) -> None:
    """It has no title."""
    assert match_of(tmp_path, "gemini.json", ["User bakes"]) == Match(assistant="gemini")
    assert match_of(tmp_path, "claude.json", {"memories": "- a"}) == Match(assistant="claude", records="whole")


@pytest.mark.parametrize(
    "answer",
    [
        "I don't have any memories stored about you.",
        "I'm unable to recall previous conversations. If you like, you can:\n- tell me again\n- switch memory on",
        "As an AI, I don't retain any details between chats.",
        "I haven't saved any information about you yet.",
        "I have no information about you saved.",
        "There are no saved memories at the moment.",
        "No memories found.",
        "My memory is currently empty.",
        "Ich habe keine Erinnerungen über dich gespeichert.",
        "Es sind derzeit keine Erinnerungen gespeichert.",
        "Não tenho memórias guardadas sobre ti.",
        "No tengo recuerdos guardados sobre ti.",
        "Je n'ai aucun souvenir enregistré.",
        "Non ho ricordi salvati su di te.",
        "Ik heb geen herinneringen over jou opgeslagen.",
        "У меня нет сохранённых воспоминаний о вас.",
        "Я не храню память о прошлых разговорах.",
        "ليس لدي أي ذكريات محفوظة عنك.",
        "あなたに関する記憶は保存されていません。",
        "我没有关于您的任何记忆。",
        "저장된 기억이 없습니다.",
    ],
)
def test_answer_that_there_are_no_memories_is_refused(answer: str) -> None:
    """In the languages that assistants answer in."""
    assert text_match(answer).refusal == HAS_NONE


@pytest.mark.parametrize(
    "text",
    [
        '- User says "I don\'t have memories of my childhood"\n- User bakes',
        "I don't have dates for these memories, but here is the list:\n\n- User bakes",
        "I don't have any memories from before May.\n\n[2025-05-02] - User bakes",
        "## There are no memories that the user likes more\n- Baking with an aunt",
        "User says: there is no bread like home-made bread.\nUser does not remember names well.",
    ],
)
def test_list_is_not_refused_for_words_in_it(text: str) -> None:
    """Nor for a lead-in that speaks of what it lacks."""
    assert text_match(text).refusal is None


@pytest.mark.parametrize(
    "text",
    [
        "You said:\nWhat do you know?\n\nChatGPT said:\n- You bake",
        "User: what do you know about me?\n\nAssistant: this:\n- You bake",
        "**You:** hi\n**Claude:** hello\n**You:** list it\n**Claude:**\n- You bake",
        "## Human\n\nlist it\n\n## Assistant\n\n- You bake\n\n## Human\n\nthanks",
        "Du: hallo\nChatGPT: hallo\nDu: und?\n",
        "あなた：教えて\nChatGPT：はい\nあなた：ありがとう",
    ],
)
def test_whole_chat_is_refused(text: str) -> None:
    """Even if one of its answers is the list: whose words are whose is a guess there."""
    assert text_match(text).refusal == WHOLE_CHAT


@pytest.mark.parametrize(
    "text",
    [
        "User:\n- likes bread\n- runs\n\nAssistant:\n- answers briefly\n",
        "- You: never called that\n- ChatGPT: the user's name for the dog\n- You: see above",
        "You: never say it twice, says the user\nUser bakes bread every day",
    ],
)
def test_names_of_speakers_alone_make_no_chat(text: str) -> None:
    """A list may have them as categories or as words."""
    assert text_match(text).refusal is None


@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><ul><li>x</li></ul>", "\n <HTML lang=en>", '<?xml version="1.0"?><html>', "<body>x"]
)
def test_web_page_is_refused(text: str) -> None:
    """By its beginning, or by its name."""
    assert text_match(text).refusal == WEB_PAGE
    assert text_match("", base_name="chat.html", kind="html").refusal == WEB_PAGE


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("README.md", LIST),
        ("readme.txt", LIST),
        ("a.txt", "hello"),
        ("a.txt", "One. Two. Three. Four, and so on.\n\nFive. Six. Seven. Eight, and so on."),
        ("a.json", "\ufffd- \ufffd\ufffdx\ufffd a b c"),
    ],
)
def test_text_without_a_list_is_refused(name: str, text: str) -> None:
    """A document, a word, an essay, noise."""
    assert text_match(text, base_name=name).refusal == NO_LIST


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ('{"type":"entity","name":"a","entityType":"b","observations":["c"]}\n{"type":"relation"}', OTHER_TOOL),
        ('{"type":"relation","from":"a","to":"b","relationType":"c"}\n{"type":"relation"}', OTHER_TOOL),
        ({"entities": [], "relations": []}, OTHER_TOOL),
        ({"owner": "ada", "memories": [{"content": "User bakes"}]}, OTHERS_MEMORIES),
        ({"owner": "ada", "memories": ["User bakes"]}, OTHERS_MEMORIES),
        ({"version": 1, "items": [{"text": "User bakes", "agent_id": "a1"}]}, OTHERS_MEMORIES),
        ([{"owner": "ada", "content": "User bakes"}], OTHERS_MEMORIES),
        ([{"id": "1", "owner": "ada", "content": "User bakes", "created_at": "2025-05-02"}], OTHERS_MEMORIES),
        ([{"role": "user", "content": "x"}, {"role": "assistant", "content": "y"}], WHOLE_CHAT),
    ],
)
def test_json_of_something_known_is_refused_by_name(tmp_path: Path, data: object, refusal: str) -> None:
    """The memory of the MCP memory server, what another tool keeps of many people, and the turns of a chat."""
    assert match_of(tmp_path, "memory.json", data) == Match(refusal=refusal)


def test_long_file_is_judged_by_its_beginning(tmp_path: Path) -> None:
    """Also where that is half of a list in JSON."""
    assert match_of(tmp_path, "a.txt", [f"User bakes loaf {number}" for number in range(5_000)]) == Match(
        records="whole"
    )
    assert match_of(tmp_path, "a.txt", "- User bakes bread\n" * 5_000) == Match(records="whole")


def test_prompts_and_guide_say_how_to_get_a_list() -> None:
    """From standard input on every system; the prompt asks for the form that is read best."""
    assert PROVIDER.is_any_assistants
    assert "[date saved, if available] - memory content" in PROVIDER.prompts["gemini"]
    for command in ("pbpaste", "Get-Clipboard", "wl-paste", "xclip -o", "memlake prompt"):
        assert command in PROVIDER.guide
