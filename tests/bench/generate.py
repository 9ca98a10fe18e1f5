"""Write a big, realistic, wholly invented ChatGPT export, the same bytes in every run.

    python tests/bench/generate.py --size 50M --out .bench
    python tests/bench/generate.py --size 50M --out .bench --changed 0.05

With `--changed` it is the same account's export one month later: that share of the conversations was
continued, a few are new, the others are byte for byte the same records.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from synthetic_chat import Chat, JsonObject
from turns import GIANT_TURN_COUNT, add_memory, add_turns, open_chat, usual_turn_count
from vocabulary import Vocabulary, make_vocabulary

MEMORY_COUNT = 500
NEW_SHARE = 0.01  # of next month's conversations are new
GIANT_FROM_BYTES = 500_000_000
GIANT_INDEX = 1_001

_MEAN_CONVERSATION_BYTES = 72_000
_SPAN_SECONDS = 3 * 365 * 86_400.0
_NEWEST_AT = datetime(2026, 4, 29, tzinfo=UTC).timestamp()
_CONTINUED_AT = datetime(2026, 5, 15, tzinfo=UTC).timestamp()
_BASE_DATE, _CHANGED_DATE = "2026-05-01-09-30-00", "2026-06-01-09-30-00"
_UNITS = {"K": 10**3, "M": 10**6, "G": 10**9}
_RECIPE = ("generate.py", "synthetic_chat.py", "turns.py", "vocabulary.py")  # what decides an export's bytes
_ENCODERS: dict[str, Callable[[object], str]] = {
    "escaped": json.dumps,
    "compact": partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPlan:
    """Everything that decides an export's bytes. `size_bytes` is that of `conversations.json`, roughly."""

    size_bytes: int
    changed_share: float = 0.0
    style: str = "escaped"
    seed: int = 1

    @property
    def file_name(self) -> str:
        """The export's name, which changes with this plan and with the code that carries it out."""
        recipe = b"".join(Path(__file__).with_name(name).read_bytes() for name in _RECIPE)
        digits = hashlib.sha256(recipe + repr(self).encode()).hexdigest()
        return f"{digits}-{_CHANGED_DATE if self.changed_share else _BASE_DATE}.zip"

    @property
    def conversation_count(self) -> int:
        """About how many conversations there will be."""
        return self.size_bytes // _MEAN_CONVERSATION_BYTES + 1

    @property
    def memory_count(self) -> int:
        """How many memories: the full number unless the export is tiny."""
        return min(MEMORY_COUNT, self.conversation_count * 4 // 5)


@dataclass(slots=True)
class Account:
    """Tells the conversations of one account, and gathers meanwhile what the smaller files will hold."""

    plan: ExportPlan
    memories: list[JsonObject] = field(default_factory=list)
    feedback: list[JsonObject] = field(default_factory=list)

    def records(self) -> Iterator[bytes]:
        """Yield the elements of `conversations.json`, newest conversation first."""
        vocabulary = make_vocabulary(self.plan.seed)
        encode = _ENCODERS[self.plan.style]
        if self.plan.changed_share:
            for index in range(-max(2, round(self.plan.conversation_count * NEW_SHARE)), 0):
                yield encode(self._chat(vocabulary, index).record()).encode()
        told_bytes, index = 0, 0
        while told_bytes < self.plan.size_bytes:
            chat = self._chat(vocabulary, index)
            record = encode(chat.record()).encode()
            told_bytes += len(record)
            yield encode(self._continued(chat).record()).encode() if self._is_continued(index) else record
            index += 1

    def _chat(self, vocabulary: Vocabulary, index: int) -> Chat:
        """Return conversation `index`; it does not depend on the other ones. Negative ones are next month's."""
        rng = Random(f"conversation {index} of {self.plan.seed}")  # noqa: S311 - repeatable, not secret
        age_seconds = _SPAN_SECONDS * index / self.plan.conversation_count
        chat = Chat(vocabulary, rng, started_at=(_NEWEST_AT if index >= 0 else _CONTINUED_AT) - age_seconds)
        open_chat(chat)
        is_giant = index == GIANT_INDEX and self.plan.size_bytes >= GIANT_FROM_BYTES
        add_turns(chat, GIANT_TURN_COUNT if is_giant else usual_turn_count(chat))
        self._gather(chat, index)
        return chat

    def _gather(self, chat: Chat, index: int) -> None:
        stride = max(1, self.plan.conversation_count * 9 // 10 // self.plan.memory_count)
        number, rest = divmod(index, stride)
        if rest == 0 and number < self.plan.memory_count:
            self.memories.append(add_memory(chat, number))
        if index % 40 == 0:
            self.feedback.append({"id": chat.leaf, "conversation_id": chat.conversation_id, "rating": "thumbs_up"})

    def _is_continued(self, index: int) -> bool:
        """Say for every n-th conversation that it was continued, so that the share is exact."""
        return int((index + 1) * self.plan.changed_share) > int(index * self.plan.changed_share)

    def _continued(self, chat: Chat) -> Chat:
        chat.now = _CONTINUED_AT + chat.rng.uniform(0, 86_400)
        add_turns(chat, 2)
        return chat


def write_export(plan: ExportPlan, folder: Path) -> Path:
    """Write the export into a folder, unless it is already there, and return its path."""
    path = folder / plan.file_name
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    account = Account(plan)
    with zipfile.ZipFile(unfinished, "w") as archive:
        with archive.open(_member("conversations.json"), "w", force_zip64=plan.size_bytes > _UNITS["G"]) as member:
            member.write(b"[")
            for number, record in enumerate(account.records()):
                member.write(record if number == 0 else b", " + record)
            member.write(b"]")
        for name, value in _small_files(account).items():
            archive.writestr(_member(name), _ENCODERS[plan.style](value))
    unfinished.replace(path)
    return path


def parse_size(text: str) -> int:
    """Return the bytes that `50M`, `500M` or `2G` mean."""
    unit = text[-1:].upper()
    return int(float(text[:-1]) * _UNITS[unit]) if unit in _UNITS else int(text)


def _small_files(account: Account) -> dict[str, object]:
    memories = account.memories
    if account.plan.changed_share:
        memories = memories[: -max(1, len(memories) // 50)]
    user = {"id": f"user-bench{account.plan.seed:08}", "email": "robin@example.org", "chatgpt_plus_user": True}
    return {
        "memory.json": memories,
        "user.json": user,
        "message_feedback.json": account.feedback,
    }


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, date_time=(2026, 5, 1, 9, 30, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def main() -> None:
    """Write one export and print its path."""
    parser = argparse.ArgumentParser(description="Write a big, realistic, invented ChatGPT export.")
    parser.add_argument("--size", type=parse_size, default=parse_size("50M"), help="of conversations.json: 50M, 2G")
    parser.add_argument("--out", type=Path, required=True, help="folder for the ZIP")
    parser.add_argument("--changed", type=float, default=0.0, help="next month's export, this share continued")
    parser.add_argument("--style", choices=sorted(_ENCODERS), default="escaped", help="compact: raw UTF-8, no spaces")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    plan = ExportPlan(size_bytes=options.size, changed_share=options.changed, style=options.style, seed=options.seed)
    sys.stdout.write(f"{write_export(plan, options.out)}\n")


if __name__ == "__main__":
    main()
