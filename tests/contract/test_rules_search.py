"""What `search` finds: the words, the places, the limits, and in which order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import claude
from support.chatgpt import assistant, conversation, message, numbered, text_content, user
from support.lakes import export_folder, lake_of, memory, take_in

import memlake
from memlake.errors import LakeError, UsageError
from memlake.query.search_rows import SearchAnswer
from memlake.query.search_scope import SearchOptions

CHATS = [
    conversation(
        "c-pets",
        *numbered(
            user("My dog eats carrots. Dogs do."),
            assistant("Carrots are good for a dog, in C++ or in C."),
            user("I use node.js and don't like São Paulo -> or do I???"),
            assistant("猫が好き、日本語で書く。"),
        ),
        title="Pets and carrots",
    ),
    conversation(
        "c-tools",
        *numbered(
            user("Look the theremin up", is_visually_hidden_from_conversation=True),
            message("tool", text_content("A theremin is played without touch.")),
            assistant("It is an instrument; a cat walked by."),
        ),
        title="An instrument",
        gizmo_id="g-p-music",
        create_time=1_740_000_000.0,
    ),
    conversation("c-long", *numbered(user(f"A dog {'and a word ' * 300}")), title="Long"),
]
MEMORIES = [
    memory("m-dog", "User has a dog called Miso."),
    memory("m-gone", "User has a parrot."),
    memory("m-off", "User likes carrots.", created_at="2025-06-01T12:00:00Z", enabled=False),
]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> memlake.Lake:
    """Make a lake of three conversations and three memories, of which one is gone."""
    folder = tmp_path_factory.mktemp("search")
    first = export_folder(folder, "e-2026-01-01", conversations=CHATS, memories=MEMORIES, user="one")
    second = export_folder(folder, "e-2026-02-01", memories=[MEMORIES[0], MEMORIES[2]], user="one")
    return memlake.Lake(lake_of(folder / "lake", first, second))


def ids(answer: SearchAnswer) -> list[str]:
    """Return what was found, the best first: messages and memories by their ids, titles by `title:` and theirs."""
    return [hit.message_id or hit.memory_id or f"title:{hit.conversation_id}" for hit in answer.hits]


def counts(answer: SearchAnswer) -> dict[str, int]:
    """Return how many hits each place has."""
    assert all(one.is_exact for one in answer.counts)
    return {one.found_in: one.count for one in answer.counts}


def marked(answer: SearchAnswer) -> list[list[str]]:
    """Return of each hit the words that are marked in its quote."""
    return [[hit.quote[begin:end] for begin, end in hit.matches] for hit in answer.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dog carrots", {"n1", "n2"}),
        ("dogs -miso", {"n1", "n2", "c-long/n1"}),
        ('"dogs"', {"n1"}),
        ('"dogs do"', {"n1"}),
        ('"do dogs"', set()),
        ('dog -"dogs do"', {"n2", "c-long/n1", "m-dog"}),
        ("carro*", {"n1", "n2", "m-off", "title:c-pets"}),
        ("dog -carr*", {"c-long/n1", "m-dog"}),
        ("C++", {"n2"}),
        ("C", {"n2"}),
        ("C -c++", set()),
        ("don't", {"n3"}),
        ("node.js", {"n3"}),
        ("js.node", set()),
        ("sao paulo", {"n3"}),
        ("->", {"n3"}),
        ("???", {"n3"}),
        ("paulo ->", {"n3"}),
        ("-> -paulo", set()),
        ("日本語", {"n4"}),
        ("日語", set()),
        ("猫", {"n4"}),
        ("き", {"n4"}),
        ("猫 -日本", set()),
        ("好き -犬", {"n4"}),
        ("theremin", set()),
        ("parrot", {"m-gone"}),
        ("instruments", {"c-tools/n3", "title:c-tools"}),
    ],
)
def test_a_search_finds_what_says_it_all(lake: memlake.Lake, text: str, found: set[str]) -> None:
    """In messages, titles and memories."""
    answer = lake.search(text)

    told = {
        f"{hit.conversation_id}/{name}" if hit.message_id and hit.conversation_id != "c-pets" else name
        for hit, name in zip(answer.hits, ids(answer), strict=True)
    }
    assert told == found
    assert sum(counts(answer).values()) == len(found)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("snake", {"n1"}),
        ("snake_case", {"n1"}),
        ('"snake"', set()),
        ("snake -case", {"n1"}),
        ("cases -snake", set()),
        ("camel*", {"n1"}),
        ("1.29", {"n2"}),
        ("v2.7*", {"n2"}),
        ("v2.7.3", {"n2"}),
        ("1250", {"n3", "n4"}),
        ("1,250.00", {"n3"}),
        ("4000000", {"n4"}),
        ("250", set()),
        ("12", set()),
    ],
)
def test_a_word_is_found_in_longer_names_and_numbers(tmp_path: Path, query: str, found: set[str]) -> None:
    """That it is the first part of, with `_` or `.` behind it; large numbers also with their thousands apart."""
    chat = conversation(
        "c1",
        *numbered(
            user("Call snake_case_name or camelCase."),
            assistant("From 1.29.3 to v2.7.3."),
            user("It costs $1,250.00."),
            assistant("That is 1.250,00 of 4,000,000."),
        ),
    )
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[chat])))

    assert set(ids(lake.search(query))) == found


def test_a_word_in_longer_ones_is_found_beside_the_lake(tmp_path: Path) -> None:
    """In titles and memories, which are in no index; the whole word is marked."""
    chat = conversation("c1", user("Hello"), title="About snake_case")
    files = export_folder(tmp_path, conversations=[chat], memories=[memory("m-1", "Pays 1,250.50 a month.")])
    lake = memlake.Lake(lake_of(tmp_path / "lake", files))

    assert marked(lake.search("snake")) == [["snake_case"]]
    assert marked(lake.search("1250")) == [["1,250.50"]]


def test_short_texts_and_the_word_itself_come_first(lake: memlake.Lake) -> None:
    """A memory before a message, a message before one in which much else is said."""
    assert ids(lake.search("dog", places=["memories", "messages"]))[:-1].count("m-dog") == 1
    assert [hit.conversation_id for hit in lake.search("dog", places=["messages"]).hits][-1] == "c-long"
    assert ids(lake.search('"dog"', role="user")) == ["n1", "n1"]


def test_the_marked_words_are_those_of_the_text(lake: memlake.Lake) -> None:
    """In any form."""
    assert marked(lake.search("dog carrot", role="user")) == [["dog", "carrots", "Dogs"]]
    assert marked(lake.search("???")) == [["???"]]
    assert marked(lake.search("日本語")) == [["日本語"]]


def test_tools_are_searched_when_they_are_asked_for(lake: memlake.Lake) -> None:
    """Results of tools and hidden messages; a role that never speaks means them."""
    assert ids(lake.search("theremin", places=["tools"])) == ["n1", "n2"]
    assert ids(lake.search("theremin", places=["tools"], role="tool")) == ["n2"]
    assert ids(lake.search("theremin", role="TOOL")) == ["n2"]
    assert counts(lake.search("cat", places=["messages", "tools"])) == {"messages": 1, "tools": 0}
    assert ids(lake.search("touch.", places=["tools"])) == ["n2"]
    assert ids(lake.search("???", places=["tools"])) == []


def test_calls_inside_a_message_are_tools(tmp_path: Path) -> None:
    """What was said around them counts as said, and the whole text as that of tools."""
    calls = [claude.tool_call("search", {"q": "theremin"}), claude.tool_result("search", "ein Größen-Theremin")]
    chat = claude.conversation("c1", claude.human("Hello"), claude.assistant("I looked.", *calls))
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=[chat])))

    assert ids(lake.search("looked")) == ["m2"]
    assert ids(lake.search("theremin")) == []
    assert ids(lake.search("grossen theremin", places=["tools"])) == ["m2"]
    assert lake.search("theremin", places=["tools"]).hits[0].found_in == "tools"


def test_dates_are_included(lake: memlake.Lake) -> None:
    """Of messages, of the beginning of a conversation, of saving a memory."""
    day = datetime(2025, 6, 1, tzinfo=UTC)
    noon = day.replace(hour=12)

    assert ids(lake.search("carrots", since=day)) == ["m-off"]
    assert ids(lake.search("carrots", since=noon, until=noon)) == ["m-off"]
    assert ids(lake.search("carrots", since=noon.replace(minute=1))) == []
    assert set(ids(lake.search("carrots", until=datetime(2025, 6, 1)))) == {"n1", "n2", "title:c-pets"}  # noqa: DTZ001
    assert counts(lake.search("instrument", since=day)) == {"messages": 0, "titles": 0, "memories": 0}
    with pytest.raises(UsageError, match="nothing is since 2025-06-01 12:00 and until 2025-06-01 00:00"):
        lake.search("dog", since=noon, until=day)


def test_a_text_without_a_date_is_in_no_period(tmp_path: Path) -> None:
    """But found without one."""
    chats = [conversation("c1", user("axolotl"), create_time=None, update_time=None)]
    chats[0]["mapping"]["n1"]["message"]["create_time"] = None  # type: ignore[index]
    lake = memlake.Lake(
        lake_of(
            tmp_path / "lake",
            export_folder(tmp_path, conversations=chats, memories=[memory("m", "axolotl", created_at=None)]),
        )
    )

    assert counts(lake.search("axolotl")) == {"messages": 1, "titles": 0, "memories": 1}
    assert lake.search("axolotl", places=["messages"]).hits[0].said_at is None
    assert lake.search("axolotl", until=datetime(2099, 1, 1, tzinfo=UTC)).hits == ()
    assert lake.search("axolotl", since=datetime(2001, 1, 1, tzinfo=UTC)).hits == ()


def test_states_are_of_memories(lake: memlake.Lake) -> None:
    """Nothing else has one."""
    assert ids(lake.search("carrots", states=["disabled"])) == ["m-off"]
    assert ids(lake.search("user", states=["deleted", "active"])) == ["m-gone", "m-dog"]
    assert [hit.state for hit in lake.search("parrot").hits] == ["deleted"]


def test_a_model_is_one_that_answered_in_the_conversation(lake: memlake.Lake) -> None:
    """What the user said there counts as well; memories have none."""
    assert set(ids(lake.search("carrots", model="GPT-4o"))) == {"n1", "n2", "title:c-pets"}
    assert set(ids(lake.search("carrots", model="gpt-4o", role="user"))) == {"n1"}
    with pytest.raises(UsageError, match="no model is called 'gpt-4'") as refused:
        lake.search("carrots", model="gpt-4")
    assert refused.value.hint == "did you mean 'gpt-4o'? there are: gpt-4o"


@pytest.mark.parametrize("name", ["g-p-music", "g-p-mu", "G-P-MUSIC"])
def test_a_project_is_named_by_its_id(lake: memlake.Lake, name: str) -> None:
    """Or by the beginning of it."""
    assert counts(lake.search("instrument", project=name)) == {"messages": 1, "titles": 1, "memories": 0}
    assert counts(lake.search("carrots", project=name)) == {"messages": 0, "titles": 0, "memories": 0}


def test_a_project_has_a_name_and_memories(tmp_path: Path) -> None:
    """Where the provider tells them."""
    files = {
        "conversations.json": [
            claude.conversation("c1", claude.human("Which beans?"), project={"uuid": "p1", "name": "Garden"}),
            claude.conversation("c2", claude.human("Which beans, cook?")),
        ],
        "projects.json": [{"uuid": "p1", "name": "Garden", "docs": []}],
        "memories.json": [{"conversations_memory": "Likes beans.", "project_memories": {"p1": "Sows beans."}}],
    }
    written = {name: json.dumps(rows).encode() for name, rows in files.items()}
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, "c-2026-01-01", files=written)))

    assert counts(lake.search("beans")) == {"messages": 2, "titles": 0, "memories": 2}
    found = lake.search("beans", project="garden")
    assert [hit.quote for hit in found.hits] == ["Sows beans.", "Which beans?"]


def test_accounts_are_told_apart(tmp_path: Path) -> None:
    """By the key or its beginning; a search without one goes through all."""
    chats = [conversation(f"c-{name}", user("axolotl")) for name in ("one", "two")]
    exports = [
        export_folder(tmp_path, f"{name}-2026-01-01", conversations=[chat], user=name)
        for name, chat in zip(("one", "two"), chats, strict=True)
    ]
    lake = memlake.Lake(lake_of(tmp_path / "lake", *exports))
    keys = sorted({hit.account_key for hit in lake.search("axolotl").hits})

    assert len(keys) == 2
    assert [hit.account_key for hit in lake.search("axolotl", account=keys[0]).hits] == keys[:1]
    with pytest.raises(UsageError, match="no account is called 'x'"):
        lake.search("axolotl", account="x")


@pytest.mark.parametrize(
    ("options", "message", "hint"),
    [
        (SearchOptions(role="usr"), "no role is called 'usr'", "did you mean 'user'? there are: assistant, tool, user"),
        (SearchOptions(project="x"), "no project is called 'x'", "there are: g-p-music"),
        (SearchOptions(role="user", states=["active"]), "--role and --state leaves nothing", "--state is for memories"),
        (SearchOptions(places=["titles"], role="user"), "--role leaves nothing of titles", "messages, tools"),
        (SearchOptions(places=["messages"], role="tool"), "--role leaves nothing of messages", "--in tools"),
        (SearchOptions(limit=0), "a limit of 0 shows nothing", "--limit 10"),
    ],
)
def test_what_a_lake_cannot_be_limited_to_is_refused(
    lake: memlake.Lake, options: SearchOptions, message: str, hint: str
) -> None:
    """With what there is."""
    with pytest.raises(UsageError) as refused:
        lake.search(
            "dog",
            places=options.places,
            role=options.role,
            project=options.project,
            states=options.states,
            limit=options.limit,
        )
    assert message in refused.value.message
    assert hint in (refused.value.hint or "")


def test_words_that_nobody_said_have_near_ones(lake: memlake.Lake) -> None:
    """Where nothing was found; each word has its count."""
    answer = lake.search("carots dog")

    assert [(term.typed, term.message_count, term.similar) for term in answer.terms] == [
        ("carots", 0, ("carrots",)),
        ("dog", 3, ()),
    ]
    assert lake.search("dog").terms == ()
    assert [term.message_count for term in lake.search('"my dog" -> 猫 -xyzzy').terms] == [1, None, None, 0]


def test_several_words_are_near_only_together(lake: memlake.Lake) -> None:
    """What signs join, and a phrase, have a near one if each word that is missing does."""
    terms = lake.search('nodw.js dogg.xyzzy "mi carots" "dog cat"').terms

    assert [(term.typed, term.similar) for term in terms] == [
        ("nodw.js", ('"node js"',)),
        ("dogg.xyzzy", ()),
        ('"mi carots"', ()),
        ('"dog cat"', ()),
    ]


def test_limits_that_leave_nothing_are_told(lake: memlake.Lake) -> None:
    """Words are counted within them, and all that was asked for without them, in the places that were asked for."""
    late = lake.search("dog carrots", since=datetime(2030, 1, 1, tzinfo=UTC))
    titles = lake.search("dog", places=["titles"], project="g-p-mus")
    of_state = lake.search("dog", states=["deleted"])
    nowhere = lake.search("theremin dog", role="user")

    assert [term.message_count for term in late.terms] == [0, 0]
    assert [(one.found_in, one.count) for one in late.counts_without_limits] == [
        ("messages", 2),
        ("titles", 0),
        ("memories", 0),
    ]
    assert [(one.found_in, one.count) for one in titles.counts_without_limits] == [("titles", 0)]
    assert [term.message_count for term in of_state.terms] == [None]
    assert [one.count for one in of_state.counts_without_limits] == [3, 0, 1]
    assert [term.message_count for term in nowhere.terms] == [0, 2]
    assert lake.search("dog", role="user").counts_without_limits == ()
    assert lake.search("xyzzy").counts_without_limits == ()


def test_a_limit_shows_the_best(lake: memlake.Lake) -> None:
    """And counts all."""
    answer = lake.search("dog", limit=2)
    assert ids(answer) == ids(lake.search("dog"))[:2]
    assert counts(answer) == {"messages": 3, "titles": 0, "memories": 1}


def test_what_has_to_be_read_is_read_until_the_limit(tmp_path: Path) -> None:
    """Then the count is of those that were read."""
    chats = [conversation(f"c{number}", user(f"日本語 is {number}")) for number in range(300)]
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=chats)))

    first, whole = lake.search("日本語", limit=5), lake.search("日本語", limit=1_000)

    assert len(first.hits) == 5
    assert [one.is_exact for one in first.counts] == [False, True, True]
    assert (len(whole.hits), whole.counts[0].is_exact) == (300, True)
    assert len(lake.search("is ->", limit=5).hits) == 0


def test_an_empty_lake_has_nothing(tmp_path: Path) -> None:
    """No conversations, no memories; and no lake is an error."""
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, memories=[], user="one")))

    assert lake.search("dog -cat 猫").hits == ()
    assert lake.search("->").hits == ()
    with pytest.raises(LakeError, match="there is no lake"):
        memlake.Lake(tmp_path / "none").search("dog")


def test_what_changed_is_found(tmp_path: Path) -> None:
    """New memories and titles at once, new messages when the index has caught up, which the search does."""
    chat = conversation("c1", *numbered(user("my axolotl")), title="Old")
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, "e-2026-01-01", conversations=[chat])))
    assert ids(lake.search("axolotl")) == ["n1"]
    newer = conversation("c1", *numbered(user("my axolotl"), assistant("Axolotl!")), title="An axolotl")
    take_in(
        lake.folder,
        export_folder(tmp_path, "e-2026-02-01", conversations=[newer], memories=[memory("m1", "Has an axolotl.")]),
    )

    assert set(ids(lake.search("axolotl"))) == {"n1", "n2", "m1", "title:c1"}


def test_messages_of_several_records_are_read(tmp_path: Path) -> None:
    """What an export left out stays, and its text is that of the record that has it."""
    whole = conversation("c1", *numbered(user("first axolotl"), assistant("second axolotl"), user("third axolotl")))
    later = conversation("c1", *numbered(user("first axolotl"), user("fourth axolotl").saying()), title="Later")
    exports = [
        export_folder(tmp_path, f"e-2026-0{month}-01", conversations=[chat], user="one")
        for month, chat in ((1, whole), (2, later))
    ]
    lake = memlake.Lake(lake_of(tmp_path / "lake", *exports))

    quotes = {hit.quote for hit in lake.search("axolotl", places=["messages"]).hits}
    assert "first axolotl" in quotes
    assert "third axolotl" in quotes


def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    """Also where the files have their sizes, and only reading shows it."""
    chats = [conversation("c1", *numbered(user("my axolotl")))]
    lake = memlake.Lake(lake_of(tmp_path / "lake", export_folder(tmp_path, conversations=chats)))
    expected = lake.search("axolotl")
    for path in (lake.folder / "search").rglob("*"):
        if path.is_file() and path.name in ("messages.parquet", "conversations.parquet"):
            path.write_bytes(b"\0" * path.stat().st_size)

    assert lake.search("axolotl") == expected
    assert lake.search("axolotl") == expected
