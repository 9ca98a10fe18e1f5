"""Write the monthly exports of one invented ChatGPT account over years, the same bytes in every run.

    python tests/bench/life.py --out .bench/history

Between two exports some memories are learnt, edited, switched, deleted and brought back, and some conversations
are begun, continued, renamed, archived, moved and deleted. How many there are stays the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise, zip_longest
from pathlib import Path
from random import Random

from account import JsonObject
from chatgpt_chat import Chat
from chatgpt_turns import add_forgetting, add_memory, add_short_turn
from vocabulary import Prose, make_vocabulary

OLDEST = 0  # the number of the conversation that stays, and of the memory that is edited in every month

_EXPORT_COUNT = 60
_FIRST_YEAR = 2021
_DAY_AND_TIME = (1, 9, 30)  # of every month's export
_EARLIER_SECONDS = 3 * 365 * 86_400.0  # from the first conversation to the first export
_SETTLING_SECONDS = 86_400.0  # nothing happens on the day before an export
_PROJECT_IDS = tuple(f"g-p-{number:032x}" for number in range(5))
_RECIPE = ("life.py", "account.py", "chatgpt_chat.py", "chatgpt_turns.py", "vocabulary.py")  # decide the bytes


def conversation_id(number: int) -> str:
    """Return the id of one of the account's conversations, which are numbered from 0."""
    return f"{number:08x}-0000-4000-8000-{number:012x}"


def memory_id(number: int) -> str:
    """Return the id of one of the account's memories, which are numbered from 0."""
    return f"mem_{number:012x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LifePlan:
    """Everything that decides the exports' bytes; the last two counts are those of each export."""

    export_count: int = _EXPORT_COUNT
    conversation_count: int = 5_000
    memory_count: int = 1_000
    seed: int = 1

    @property
    def recipe(self) -> str:
        """A hash that changes with this plan and with the code that carries it out."""
        recipe = b"".join(Path(__file__).with_name(name).read_bytes() for name in _RECIPE)
        return hashlib.sha256(recipe + repr(self).encode()).hexdigest()

    @property
    def export_times(self) -> tuple[datetime, ...]:
        """When the exports were made, oldest first."""
        months = (divmod(month, 12) for month in range(self.export_count))
        return tuple(datetime(_FIRST_YEAR + years, month + 1, *_DAY_AND_TIME, tzinfo=UTC) for years, month in months)


@dataclass(slots=True)
class Talk:
    """A conversation with what its owner did to it, written down once a change is over."""

    chat: Chat
    labels: JsonObject = field(default_factory=dict)
    record: bytes = b""

    def relabel(self, labels: JsonObject) -> None:
        """Change the title, the archived flag or the project."""
        self.labels |= labels
        self.write()

    def write(self) -> None:
        """Make the record anew."""
        self.record = _encoded(self.chat.record() | self.labels)


class Life:
    """What the account holds, month after month."""

    def __init__(self, plan: LifePlan) -> None:
        self._plan = plan
        self._rng = Random(f"life {plan.seed}")  # noqa: S311 - repeatable, not secret
        self._prose = Prose(make_vocabulary(plan.seed), self._rng)
        self._period = (0.0, 0.0)  # the seconds between which things happen now
        self._talks: dict[int, Talk] = {}
        self._memories: dict[int, JsonObject] = {}
        self._deleted_memories: dict[int, JsonObject] = {}
        self._begun_count = self._learnt_count = 0

    def exports(self) -> Iterator[dict[str, bytes]]:
        """Yield the files of each export, oldest first."""
        times = [time.timestamp() for time in self._plan.export_times]
        self._period = times[0] - _EARLIER_SECONDS, times[0]
        self._begin_talks(self._plan.conversation_count, memory_count=self._plan.memory_count)
        yield self._files()
        for self._period in pairwise(times):
            self._pass_month()
            yield self._files()

    def _files(self) -> dict[str, bytes]:
        user = {"id": f"user-life{self._plan.seed:08}", "email": "robin@example.org", "chatgpt_plus_user": True}
        return {
            "conversations.json": b"[%s]" % b", ".join(talk.record for talk in self._talks.values()),
            "memory.json": _encoded(list(self._memories.values())),
            "user.json": _encoded(user),
        }

    def _pass_month(self) -> None:
        few_memories, few_talks = self._plan.memory_count / 100, self._plan.conversation_count / 100
        self._edit_and_switch(few_memories)
        returned = self._some(self._deleted_memories, few_memories / 5)
        self._memories |= {number: self._deleted_memories.pop(number) for number in returned}
        deleted = self._some(self._memories, few_memories)
        self._deleted_memories |= {number: self._memories.pop(number) for number in deleted}
        self._continue_talks(few_talks * 2, forgotten=deleted[: len(deleted) // 3])
        self._relabel_talks(few_talks / 10)
        vanished = self._some(self._talks, few_talks)
        for number in vanished:
            del self._talks[number]
        self._begin_talks(len(vanished), memory_count=len(deleted) - len(returned))

    def _edit_and_switch(self, count: float) -> None:
        for number in (OLDEST, *self._some(self._memories, count)):
            self._memories[number] |= {"content": self._prose.statement(), "updated_at": _iso(self._moment())}
        for number in self._some(self._memories, count):
            self._memories[number] |= {"enabled": not self._memories[number]["enabled"]}

    def _continue_talks(self, count: float, *, forgotten: list[int]) -> None:
        """Go on with some of the newer conversations; in as many of them as it takes a memory is forgotten."""
        newer = sorted(self._talks)[-self._plan.conversation_count // 10 :]
        for number, forgotten_number in zip_longest(self._some(newer, count), forgotten):
            talk = self._talks[number]
            talk.chat.now = self._moment()
            if forgotten_number is None:
                add_short_turn(talk.chat)
            else:
                add_forgetting(talk.chat, str(self._deleted_memories[forgotten_number]["content"]))
            talk.write()

    def _relabel_talks(self, count: float) -> None:
        for number in self._some(self._talks, count):
            self._talks[number].relabel({"title": self._prose.title()})
        for number in self._some(self._talks, count):
            self._talks[number].relabel({"is_archived": True})
        for number in self._some(self._talks, count):
            self._talks[number].relabel({"gizmo_id": self._rng.choice(_PROJECT_IDS), "gizmo_type": "snorlax"})

    def _begin_talks(self, count: int, *, memory_count: int) -> None:
        """Begin conversations; in some of them, evenly spread, the assistant learns something."""
        for position, started_at in enumerate(sorted(self._moment() for _ in range(count))):
            number = self._begun_count
            rng = Random(f"conversation {number} of {self._plan.seed}")  # noqa: S311 - repeatable, not secret
            chat = Chat(make_vocabulary(self._plan.seed), rng, started_at)
            chat.conversation_id = conversation_id(number)
            add_short_turn(chat)
            if (position + 1) * memory_count // count > position * memory_count // count:
                self._learn(chat)
            self._talks[number] = Talk(chat)
            self._talks[number].write()
            self._begun_count += 1

    def _learn(self, chat: Chat) -> None:
        number = self._learnt_count
        self._memories[number] = add_memory(chat, number) | {"id": memory_id(number)}
        self._learnt_count += 1

    def _some(self, numbers: Iterable[int], count: float) -> list[int]:
        """Return about so many of the numbers, if there are so many; never the oldest."""
        younger = [number for number in numbers if number != OLDEST]
        return self._rng.sample(younger, min(len(younger), max(1, round(count))))

    def _moment(self) -> float:
        began_at, ended_at = self._period
        return self._rng.uniform(began_at, ended_at - _SETTLING_SECONDS)


def write_life(plan: LifePlan, folder: Path) -> list[Path]:
    """Write the exports into a folder, unless they are already there, and return their paths, oldest first."""
    paths = [folder / f"{plan.recipe}-{time:%Y-%m-%d-%H-%M-%S}.zip" for time in plan.export_times]
    if all(path.exists() for path in paths):
        return paths
    folder.mkdir(parents=True, exist_ok=True)
    for path, files in zip(paths, Life(plan).exports(), strict=True):
        unfinished = path.with_suffix(".part")
        with zipfile.ZipFile(unfinished, "w") as archive:
            for name, content in files.items():
                archive.writestr(_member(name), content, compresslevel=1)
        unfinished.replace(path)
    return paths


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=(2026, 1, 1, 9, 30, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _encoded(value: object) -> bytes:
    return json.dumps(value).encode()


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def main() -> None:
    """Write the exports and print their paths."""
    parser = argparse.ArgumentParser(description="Write the monthly exports of one invented ChatGPT account.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the ZIPs")
    parser.add_argument("--exports", type=int, default=_EXPORT_COUNT, help="how many, a month apart")
    options = parser.parse_args()
    for path in write_life(LifePlan(export_count=options.exports), options.out):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
