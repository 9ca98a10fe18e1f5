"""The bench's fourth table: how soon a search answers in a big archive, beside jq on the same export.

As a program, this asks a lake that is open some questions of one kind, after some rare words, and prints as JSON
what one took (wall: the median):

    python tests/bench/search_cases.py rare lake
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from asked import REVERSE_LOOKUP, taken_in, unpacked
from cases import Case, Goal, markdown_table, narrate, run_rounds, table_rows, wall_ms
from honesty import measure_honesty
from ingest_cases import describe_export, generate
from measured import measure, measure_self_timed
from readings import READINGS

if TYPE_CHECKING:
    from memlake.jobs.search import OpenSearch

JQ = "jq, the published recipe"

_HERE = Path(__file__).parent
_PROVIDER = "chatgpt"
_ROUND_COUNT = 3
_ASKED = 40
_LIMIT_MS = 20
_OF_JQ = Goal(
    unit="‰ of jq's CPU", other=JQ, limit=50, figure=lambda mine, its: 1_000 * mine.cpu_seconds / its.cpu_seconds
)
_CHAT_COUNT, _TURN_COUNT = 1_000, 10
_CHARACTERS = (
    "日本語東京大阪京都山川海空花鳥風月春夏秋冬朝昼夜人心手足目耳犬猫馬魚車駅町村店家道橋門庭紙筆書読話聞見食飲"
)
_SYLLABLES = "のはをにがでともからまですしたいるれこそあどうなきくけ"
_PHRASE = re.compile(r"(?<= )[a-z]+ [a-z]+ [a-z]+(?= )")
_KINDS = {
    "rare": "a rare word",
    "common": "two common words",
    "phrase": "a phrase of three words",
    "prefix": "the beginning of a word",
    "unspaced": "three characters of Japanese",
    "limited": "a common word, without another, of the user, in one month",
}


def report_search(size: str, folder: Path, round_count: int | None) -> str:
    """Measure, and return the table with what a reader must know about the archive."""
    export = generate(_PROVIDER, size, folder)
    lake = taken_in(folder / "search-lake", export, _write_japanese(folder))
    narrate("indexing it")
    measure(tuple(map(str, _process(lake))))
    program = (sys.executable, _HERE / "search_cases.py")
    asked = (
        Case(
            name=f"search for {name}",
            command=(*program, kind, lake),
            goals=(wall_ms(_LIMIT_MS), _OF_JQ),
            run=measure_self_timed,
        )
        for kind, name in _KINDS.items()
    )
    command = ("jq", "-r", "--arg", "q", "kondermelo", REVERSE_LOOKUP, unpacked(export))
    jq = Case(name=JQ, command=command, goals=(wall_ms(),))
    cases = (jq, *asked, Case(name="memlake search, a process", command=_process(lake), goals=(wall_ms(),)))
    rows = list(table_rows(cases, run_rounds(cases, round_count or _ROUND_COUNT)))
    return f"{markdown_table(rows)}\n\n{describe_export(measure_honesty(export, READINGS[_PROVIDER]))}"


def _process(lake: Path) -> tuple[str | Path, ...]:
    return (sys.executable, "-m", "memlake", "--lake", lake, "search", "kondermelo")


def _write_japanese(folder: Path) -> Path:
    """Write an export of chats without spaces between words."""
    rng = Random("japanese")  # noqa: S311 - the bench needs repeatable, not secret, numbers
    chats = [_chat(number, [_sentences(rng) for _ in range(_TURN_COUNT)]) for number in range(_CHAT_COUNT)]
    target = folder / "japanese-2026-06-15.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(chats))
    return target


def _sentences(rng: Random) -> str:
    characters = (rng.choice(_CHARACTERS if rng.random() < 0.5 else _SYLLABLES) for _ in range(rng.randrange(60, 400)))
    return "".join("。" if place % 23 == 22 else character for place, character in enumerate(characters))


def _chat(number: int, texts: Sequence[str]) -> dict[str, object]:
    root: dict[str, object] = {"id": "n0", "message": None, "parent": None, "children": ["n1"]}
    nodes: dict[str, object] = {"n0": root}
    for place, text in enumerate(texts, start=1):
        message = {
            "id": f"j{number}-{place}",
            "author": {"role": "user" if place % 2 else "assistant"},
            "create_time": 1_770_000_000.0 + 1_000 * number + place,
            "content": {"content_type": "text", "parts": [text]},
            "recipient": "all",
        }
        children = [f"n{place + 1}"] if place < len(texts) else []
        nodes[f"n{place}"] = {"id": f"n{place}", "message": message, "parent": f"n{place - 1}", "children": children}
    began_at = 1_770_000_000.0 + 1_000 * number
    return {
        "id": f"japanese-{number}",
        "conversation_id": f"japanese-{number}",
        "title": texts[0][:12],
        "create_time": began_at,
        "update_time": began_at + 100,
        "current_node": f"n{len(texts)}",
        "mapping": nodes,
    }


def _questions(kind: str, lake: Path) -> list[str]:
    """Return different questions of a kind, from what the lake holds."""
    import memlake  # noqa: PLC0415 - the process that measures others stays small

    like = "like 'japanese-%'" if kind == "unspaced" else "not like 'japanese-%'"
    sample = (
        "select text from messages where length(text) > 200 and role = 'user' and is_hidden is not true "
        f"and conversation_id {like} order by hash(message_id) limit $count"
    )
    texts = [str(text) for text in memlake.Lake(lake).sql(sample, count=20 * _ASKED)["text"]]
    counts = Counter(word for text in texts for word in text.split() if word.isalpha() and word.islower())
    usual = sorted(counts, key=lambda word: (-counts[word], word))
    phrases = [found[0] for found in map(_PHRASE.search, texts) if found]
    makers: dict[str, Callable[[int], str]] = {
        "rare": lambda place: usual[-1 - place],
        "common": lambda place: f"{usual[place % 9]} {usual[9 + place]}",
        "phrase": lambda place: f'"{phrases[place]}"',
        "prefix": lambda place: f"{usual[len(usual) // 3 + place][:4]}*",
        "unspaced": lambda place: texts[place].partition("。")[2][2:5],
        "limited": lambda place: f"{usual[place]} -{usual[place + 1]}",
    }
    return [makers[kind](place) for place in range(_ASKED)]


def _ask(opened: OpenSearch, kind: str, question: str) -> None:
    from datetime import UTC, datetime  # noqa: PLC0415

    from memlake.query.search_scope import SearchOptions  # noqa: PLC0415

    since, until = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 31, tzinfo=UTC)
    options = SearchOptions(role="user", since=since, until=until) if kind == "limited" else SearchOptions()
    answer = opened.search(question, options)
    if not answer.hits and kind != "limited":
        raise SystemExit(f"nothing found for {question}")


def main() -> None:
    """Ask the lake that is named the kind of questions that is named."""
    from memlake.jobs.progress import SilentProgress  # noqa: PLC0415
    from memlake.jobs.search import open_search  # noqa: PLC0415

    kind, lake = sys.argv[1], Path(sys.argv[2])
    with open_search(lake, SilentProgress()) as opened:
        questions = _questions(kind, lake)
        for question in _questions("rare", lake)[:5]:
            _ask(opened, "rare", question)
        cpu_began = process_time()
        walls = []
        for question in questions:
            wall_began = perf_counter()
            _ask(opened, kind, question)
            walls.append(perf_counter() - wall_began)
        timed = {"cpu_seconds": (process_time() - cpu_began) / len(questions), "wall_seconds": median(walls)}
    sys.stdout.write(json.dumps(timed))


if __name__ == "__main__":
    main()
