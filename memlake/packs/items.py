"""What a pack is made of: items, the parts that hold them, and what a target takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from memlake.packs.categories import Category
from memlake.packs.lines import CutAt
from memlake.text import text_key

_HASHED = ("text-", "prose-")
"""How ids begin that are hashes over the first text of a memory."""

_OF_NO_ACCOUNT = ":export-"
"""What stands between an assistant and a hash over a delivery, in the key of an account that has no other name."""

_MANY = 3

TargetName = Literal["claude", "chatgpt", "gemini", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryRef:
    """A memory of the lake."""

    account_key: str
    memory_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Where a memory stands in the list of its account, all states and from 1, as `memlake list --account` has it."""

    account_key: str
    number: int

    @property
    def tellable(self) -> ListPlace:
        """The place for what leaves the lake."""
        return replace(self, account_key=tellable_account(self.account_key))


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """One thing that is carried: the newest text of a memory, on one line, with placeholders for what is withheld.

    `saved_on` is a day, a month or a year, as far as it is known. `memories` has the memory with this text first, then
    those that say the same. `addressed` are the words with which it speaks to its reader: it is packed as quoted data.
    `is_about_another`: it is about another person, whom its text names. `is_uncertain`: nothing tells whether it was
    there at the time of the pack, or read so.
    """

    number: int
    text: str
    saved_on: str | None
    category: Category
    memories: tuple[MemoryRef, ...]
    placeholder_count: int
    addressed: str | None
    is_about_another: bool = False
    is_uncertain: bool = False

    @property
    def tellable(self) -> PackItem:
        """The item for what leaves the lake: no id of it is a hash over more than it tells.

        Guesses could be tested against such an id, at what is withheld or at what an earlier text said.
        """
        own = f"text-{text_key(self.text)}"
        told = [one for one in self.memories if one.memory_id == own or not one.memory_id.startswith(_HASHED)]
        named = tuple(replace(one, account_key=tellable_account(one.account_key)) for one in told)
        return replace(self, memories=() if self.placeholder_count else named)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPart:
    """One file of a pack, which a person pastes as a whole; `field`: into this field of the target's settings."""

    path: str
    text: str
    item_numbers: tuple[int, ...]
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverLong:
    """An item that is longer than the target takes: cut into pieces there, or (`None`) left whole elsewhere."""

    number: int
    piece_count: int
    cut_at: CutAt | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The parts of a pack in the order in which they are to be pasted."""

    parts: tuple[PackPart, ...]
    over_long: tuple[OverLong, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many lines one part may have, and how long one edit or field may be; `None`: nothing is known to hold."""

    max_items: int | None
    max_length: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a pack goes; `summary` and `description` are what its command says of it, in few words and in more.

    `assistant` is whose answer shows what has landed; `None`: any. `question` is asked beside the assistant's own
    prompt, or in place of one. `limits_note` says where the limits come from, `unit` what `Limits.max_length` limits.
    `steps` (with the parts that there are) and `review` are for the checklist, a line each; `settles_in_hours` is how
    long it may take until all has landed; `dropped` are the categories that the target is known to lose.
    """

    name: TargetName
    title: str
    summary: str
    description: str
    assistant: str | None
    limits: Limits
    limits_note: str
    compile: Callable[[Sequence[PackItem], Limits], Compiled]
    steps: Callable[[Sequence[PackPart]], tuple[str, ...]]
    review: tuple[str, ...]
    settles_in_hours: int
    unit: str = ""
    question: str = ""
    dropped: tuple[Category, ...] = ()
    dropped_note: str = ""


def tellable_account(account_key: str) -> str:
    """Return an account for what leaves the lake: only its assistant, where its key is a hash over all it holds."""
    return account_key.partition(_OF_NO_ACCOUNT)[0]


def named(parts: Sequence[PackPart]) -> str:
    """Return the names of parts in Markdown: all of a few, else the first and the last."""
    names = [f"`{part.path}`" for part in parts]
    return " and ".join(names) if len(names) < _MANY else f"{names[0]} to {names[-1]}"


def numbered_path(stem: str, number: int, count: int) -> str:
    """Return the name of one of several parts, so that they sort in their order."""
    return f"{stem}-{number:0{len(str(count))}}.txt"
