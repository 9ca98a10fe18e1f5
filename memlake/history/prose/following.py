"""Statements followed from export to export: each is a memory that keeps its id while its words change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass, replace

import orjson

from memlake.hashing import sha256_hex, short_hash
from memlake.history.prose.alignment import Placed, align, groups
from memlake.history.prose.facts import Context, fact_change
from memlake.history.prose.folding import is_unspaced
from memlake.lake.prose import ProseExport, StatementRow
from memlake.text import normalise, text_key

ID_PREFIX = "prose-"
METHOD_VERSION = 3
"""Counts up whenever the same texts are followed otherwise: what was remembered of them is worth nothing then."""


@dataclass(frozen=True, slots=True)
class Memory:
    """One statement as of one export.

    `own` is how it stood when it last stood alone: what tells it apart in a merged statement. `shown` are the
    sentences that it was last shown in; `place` is where in this export, `None` if it is not there. It `is_gone` if
    this export or one before shows its text without it, and `is_leaving` if this is the first. `fact_texts` are its
    newest words for each state that its facts were in, `fact_state` is the number of the one that they are in.
    """

    memory_id: str
    own: Placed
    shown: tuple[Placed, ...]
    place: int | None = None
    fact_change: str | None = None
    is_gone: bool = False
    is_leaving: bool = False
    fact_state: int = 0
    fact_texts: tuple[str, ...] = ()


def follow(
    account_key: str, exports: Iterable[ProseExport], memo: MutableMapping[str, str] | None = None
) -> list[StatementRow]:
    """Return what each export of an account shows of each statement; the exports have to come oldest first.

    A memory's id is made of its account, its text's scope and its earliest words. Statements that were merged go on
    as memories with the same words; one that was split goes on with all of its sentences. `memo` keeps what each
    sequence of exports led to, so that only what is new has to be compared; keys that are of no use any more go.
    """
    memo = {} if memo is None else memo
    rows: list[StatementRow] = []
    key = f"{METHOD_VERSION}\n{account_key}"
    memories: tuple[Memory, ...] = ()
    used = {}
    for export in exports:
        key = _next_key(key, export)
        known = memo.get(key)
        memories = _next_state(account_key, memories, export) if known is None else _unpacked(known)
        used[key] = _packed(memories) if known is None else known
        rows += _rows(account_key, memories, export)
    memo.clear()
    memo.update(used)
    return rows


def _next_state(account_key: str, former: Sequence[Memory], export: ProseExport) -> tuple[Memory, ...]:
    """Find an export's statements among the memories that the exports before it showed."""
    statements = [Placed(one.content, one.scope, one.section) for one in export.statements]
    found = _Found(statements, [placed for memory in former if not memory.is_gone for placed in memory.shown])
    found.go_on([memory for memory in former if not memory.is_gone])
    found.repeat()
    found.come_back([memory for memory in former if memory.is_gone])
    found.repeat()
    began = _begun(account_key, former, statements, found)
    return tuple(_as_of(memory, export, statements, found) for memory in (*former, *began))


def _begun(account_key: str, former: Sequence[Memory], statements: Sequence[Placed], found: _Found) -> Iterable[Memory]:
    taken = {memory.memory_id for memory in former}
    began: dict[str, Memory] = {}
    for place in found.new_places():
        placed = statements[place]
        memory_id = _statement_id(account_key, placed)
        while memory_id in taken:
            memory_id = f"{ID_PREFIX}{short_hash(memory_id, 16)}"
        began.setdefault(memory_id, Memory(memory_id, own=placed, shown=(placed,)))
        found.places[memory_id].add(place)
    return began.values()


def _as_of(memory: Memory, export: ProseExport, statements: Sequence[Placed], found: _Found) -> Memory:
    places = sorted(found.places.get(memory.memory_id, ()))
    if places:
        shown = _without_repeats(statements[place] for place in places)
        fact_state, fact_texts = found.facts_of(memory, _text(shown))
        return Memory(
            memory.memory_id,
            own=_joined(shown) if found.is_alone_at(places) else memory.own,
            shown=shown,
            place=places[0],
            fact_change=found.changes.get(memory.memory_id),
            fact_state=fact_state,
            fact_texts=fact_texts,
        )
    is_gone = memory.is_gone or {placed.kind for placed in memory.shown} <= export.kinds
    return replace(memory, place=None, fact_change=None, is_gone=is_gone, is_leaving=is_gone and not memory.is_gone)


class _Found:
    """Where in one export each memory is, and what changed in it."""

    def __init__(self, statements: Sequence[Placed], former: Iterable[Placed]) -> None:
        self._statements = statements
        self._former = list(dict.fromkeys(former))
        self._context = Context.of([placed.text for placed in (*self._former, *statements)])
        self.places: defaultdict[str, set[int]] = defaultdict(set)
        self.changes: dict[str, str] = {}

    def go_on(self, memories: Sequence[Memory]) -> None:
        """Find the memories that the exports before showed."""
        for group in groups(align(self._former, self._statements)):
            before = [self._former[place] for place in group.before]
            after = [self._statements[place] for place in group.after]
            members = [memory for memory in memories if not set(before).isdisjoint(memory.shown)]
            self.changes |= _changes(members, before, after, self._context)
            for memory, numbers in _shared_out(members, after):
                self.places[memory.memory_id] |= {group.after[number] for number in numbers}

    def come_back(self, memories: Sequence[Memory]) -> None:
        """Find memories that were gone among the statements that are left."""
        left = self.new_places()
        links = align([_joined(memory.shown) for memory in memories], [self._statements[place] for place in left])
        for group in groups(links):
            memory = memories[group.before[0]]
            after = [self._statements[left[number]] for number in group.after]
            self.changes |= _changes([memory], memory.shown, after, self._context)
            self.places[memory.memory_id] |= {left[number] for number in group.after}

    def repeat(self) -> None:
        """Let a sentence that a text says twice be the same memories in both places."""
        taken = sorted(set().union(*self.places.values()), reverse=True)
        first_places = {_reading(self._statements[place]): place for place in taken}
        for place in self.new_places():
            first = first_places.get(_reading(self._statements[place]))
            for places in self.places.values():
                if first in places:
                    places.add(place)

    def new_places(self) -> list[int]:
        """Return the places of statements that are no memory yet."""
        taken = set().union(*self.places.values())
        return [place for place in range(len(self._statements)) if place not in taken]

    def facts_of(self, memory: Memory, text: str) -> tuple[int, tuple[str, ...]]:
        """Return in which state the facts of a memory are, an earlier one or another, and the newest words for each."""
        state, texts = memory.fact_state, list(memory.fact_texts)
        if memory.memory_id in self.changes:
            alike = (number for number, told in enumerate(texts) if number != state and self._says_the_same(told, text))
            state = next(alike, len(texts))
        texts[state : state + 1] = [text]
        return state, tuple(texts)

    def _says_the_same(self, former: str, text: str) -> bool:
        return fact_change(former, text, self._context) is None

    def is_alone_at(self, places: Sequence[int]) -> bool:
        """Tell whether only one memory stands at these places."""
        return sum(not taken.isdisjoint(places) for taken in self.places.values()) == 1


def _changes(
    members: Sequence[Memory], before: Sequence[Placed], after: Sequence[Placed], context: Context
) -> dict[str, str]:
    """Return what changed in a group of statements, by the ids of those memories in whose own words it shows."""
    whole = fact_change(_text(before), _text(after), context)
    if whole is None:
        return {}
    own = {memory.memory_id: fact_change(_text(memory.shown), _text(after), context) for memory in members}
    concerned = {memory_id: change for memory_id, change in own.items() if change}
    return concerned or dict.fromkeys(own, whole)


def _shared_out(members: Sequence[Memory], after: Sequence[Placed]) -> Iterator[tuple[Memory, set[int]]]:
    """Yield in which of a group's statements each memory goes on: in all of them, unless merged ones part again."""
    everything = set(range(len(after)))
    if len(members) == 1 or len(after) == 1:
        yield from ((memory, everything) for memory in members)
        return
    links = align([memory.own for memory in members], after)
    unclaimed = everything - {link.after for link in links}
    for number, memory in enumerate(members):
        own = {link.after for link in links if link.before == number}
        yield memory, (own | unclaimed if number == 0 else own) or everything


def _rows(account_key: str, memories: Iterable[Memory], export: ProseExport) -> Iterator[StatementRow]:
    for memory in memories:
        if memory.place is not None:
            content = _text(memory.shown)
            yield StatementRow(
                account_key=account_key,
                memory_id=memory.memory_id,
                export_key=export.export_key,
                is_present=True,
                content=content,
                text_key=text_key(content),
                scope=memory.shown[0].scope,
                section=memory.shown[0].section,
                position=memory.place,
                fact_change=memory.fact_change,
                fact_state=memory.fact_state,
                record_key=export.statements[memory.place].record_key,
            )
        elif memory.is_leaving:
            nothing = dict.fromkeys(
                ("content", "text_key", "scope", "section", "position", "fact_change", "fact_state", "record_key")
            )
            yield StatementRow(account_key, memory.memory_id, export.export_key, is_present=False, **nothing)


def _statement_id(account_key: str, placed: Placed) -> str:
    return ID_PREFIX + short_hash("\n".join((account_key, *_reading(placed))), 16)


def _reading(placed: Placed) -> tuple[str, str]:
    """Return what is the same of two statements that read the same in one text."""
    return placed.scope, text_key(placed.text)


def _without_repeats(statements: Iterable[Placed]) -> tuple[Placed, ...]:
    return tuple({normalise(placed.text): placed for placed in reversed(list(statements))}.values())[::-1]


def _joined(statements: Sequence[Placed]) -> Placed:
    return replace(statements[0], text=_text(statements))


def _text(statements: Sequence[Placed]) -> str:
    """Return statements as one text, with a space between them where their writing has spaces."""
    text = ""
    for placed in statements:
        text += placed.text if not text or is_unspaced(text[-2:]) else f" {placed.text}"
    return text


def _next_key(key: str, export: ProseExport) -> str:
    told = [[one.content, one.scope, one.section] for one in export.statements]
    return sha256_hex(orjson.dumps([key, told, sorted(export.kinds)]))


def _packed(memories: Iterable[Memory]) -> str:
    return orjson.dumps(list(memories)).decode()


def _unpacked(packed: str) -> tuple[Memory, ...]:
    return tuple(
        Memory(
            **values
            | {
                "own": Placed(**values["own"]),
                "shown": tuple(Placed(**one) for one in values["shown"]),
                "fact_texts": tuple(values["fact_texts"]),
            }
        )
        for values in orjson.loads(packed)
    )
