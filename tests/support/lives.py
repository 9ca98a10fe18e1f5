"""True lives of a memory list: what happened when, and the exports that tell a part of it.

    life = live(Plan(habits=…, steps=(Step(action="save", …), Request(listing="whole", …))))

A plan is made of numbers, so that any plan can be played: a step that has nothing to happen to is skipped. What the
provider writes into an export is a truth with gaps; `Life.facts` is the whole truth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from support.chatgpt import START, Json, Turn, assistant, bio_call, conversation, message, user
from support.lakes import export_folder, memory

import memlake

Action = Literal[
    "create", "save", "edit", "flip", "delete", "forget", "recreate", "switch", "empty", "snapshot", "say"
]  # fmt: skip
FactKind = Literal["created", "recreated", "edited", "enabled", "disabled", "deleted", "emptied", "returned"]
State = tuple[str, bool]
"""Text of a memory, and whether it is on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that happens some time after what came before; `pick` chooses the memory it happens to."""

    action: Action
    pick: int
    after_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A person asks for an export: what it holds, and how one can know when it was made."""

    listing: Literal["whole", "partial", "missing"]
    chats: Literal["classic", "slim", "missing"]
    dating: Literal["name", "option", "newest_record", "none"]
    pick: int
    after_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Which times the provider states in its lists, and what it calls an update."""

    has_created_at: bool
    updated_by: Literal["edits and flips", "edits", "nothing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a life is made of."""

    habits: Habits
    steps: tuple[Step | Request, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One true change, in seconds since 1970; `emptied` and `returned` are about the whole list, as anybody sees it."""

    kind: FactKind
    at: int
    memory_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """An export with what is true about it: `shown` are the memories in it, `alive` those that existed."""

    name: str
    made_at: int
    request: Request
    shown: dict[str, State]
    alive: frozenset[str]
    files: dict[str, bytes]

    @property
    def is_whole(self) -> bool:
        """Whether its list can be compared with others."""
        return self.request.listing == "whole" and self.request.dating != "none"

    @property
    def is_exact(self) -> bool:
        """Whether its date is the true one."""
        return self.request.dating in ("name", "option")


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What truly happened.

    `spoken` are the texts that a chat tells, `texts` all that a memory ever had, `past` the memories that there
    were from a time on, switched off or not.
    """

    facts: tuple[Fact, ...]
    exports: tuple[Export, ...]
    spoken: frozenset[str]
    texts: dict[str, set[str]]
    past: dict[int, dict[str, State]]

    def at(self, moment: float) -> dict[str, State]:
        """Return the memories that there truly were at a time."""
        return self.past[max(since for since in self.past if since <= moment)]

    def alike(self, memory_id: str, *contents: str | None) -> set[str]:
        """Return the memories that may be meant by an id or a text: in a chat only the text tells them apart."""
        texts = (self.texts.get(memory_id, set()) | {text for text in contents if text is not None}) & self.spoken
        return {memory_id} | {other for other, known in self.texts.items() if known & texts}


def live(plan: Plan, *, account: str = "user-1") -> Life:
    """Play a plan and return what happened."""
    world = _World(habits=plan.habits, account=account)
    for step in plan.steps:
        world.now += step.after_s
        if isinstance(step, Request):
            world.export(step)
        else:
            world.do(step)
    return Life(
        facts=tuple(world.facts),
        exports=tuple(world.exports),
        spoken=frozenset(world.spoken),
        texts=world.texts,
        past=world.past,
    )


def tell(lake: Path, exports: Sequence[Export]) -> dict[str, Export]:
    """Ingest exports one after the other; return them by their ids in the lake."""
    told: dict[str, Export] = {}
    for export in exports:
        exported_at = moment(export.made_at) if export.request.dating == "option" else None
        with TemporaryDirectory() as folder:
            path = export_folder(Path(folder), export.name, files=export.files)
            summary = memlake.ingest(path, lake=lake, exported_at=exported_at)
        assert not summary.refused, summary.refused
        told[summary.exports[0].export_id] = export
    return told


def moment(at: int) -> datetime:
    """Return a time of a life as memlake takes it."""
    return datetime.fromtimestamp(at, UTC)


@dataclass(slots=True, kw_only=True)
class _Memory:
    memory_id: str
    content: str
    created_at: int
    updated_at: int
    enabled: bool = True


@dataclass(slots=True, kw_only=True)
class _World:
    """A life in the making; while the list is switched off, only its settings can be changed."""

    habits: Habits
    account: str
    now: int = int(START)
    is_on: bool = True
    alive: dict[str, _Memory] = field(default_factory=dict)
    gone_texts: list[str] = field(default_factory=list)
    texts: dict[str, set[str]] = field(default_factory=dict)
    text_count: int = 0
    facts: list[Fact] = field(default_factory=list)
    turns: list[tuple[str, Turn]] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)
    past: dict[int, dict[str, State]] = field(default_factory=lambda: {0: {}})
    said_at: int = 0
    exports: list[Export] = field(default_factory=list)

    @property
    def visible(self) -> list[_Memory]:
        return list(self.alive.values()) if self.is_on else []

    def do(self, step: Step) -> None:
        was_empty = not self.visible
        if step.action in ("save", "forget", "snapshot", "say"):
            self.chat(step)
        else:
            self.change(step)
        if was_empty != (not self.visible):
            self.note("returned" if was_empty else "emptied")
        self.past[self.now] = _states(self.alive.values())

    def change(self, step: Step) -> None:
        """Do something in the settings."""
        chosen = _picked(list(self.alive.values()), step.pick)
        match step.action:
            case "create":
                self.add(self.fresh_text(), "created")
            case "recreate" if self.gone_texts:
                text = self.gone_texts[step.pick % len(self.gone_texts)]
                self.add(text, "recreated")
                if step.pick % 2 and self.is_on:
                    self.call(text, step.pick)
            case "edit" if chosen:
                self.edit(chosen)
            case "flip" if chosen:
                self.flip(chosen)
            case "delete" if chosen:
                self.delete(chosen)
            case "empty":
                for each in list(self.alive.values()):
                    self.delete(each)
            case "switch":
                self.is_on = not self.is_on

    def chat(self, step: Step) -> None:
        """Say something; the assistant's tool is there while the list is on, and who saves something switches it on."""
        chosen = _picked(self.visible, step.pick)
        if step.action == "save":
            self.is_on = True
            text = self.fresh_text()
            self.add(text, "created")
            self.call(text, step.pick)
        elif step.action == "forget" and chosen:
            self.delete(chosen)
            self.spoken.add(chosen.content)
            self.call(f"Forget that {chosen.content}", step.pick)
        elif step.action == "snapshot" and self.is_on:
            self.spoken.update(each.content for each in self.visible)
            self.turn(step.pick, _snapshot([self.entry(each) for each in self.visible]))
        else:
            self.turn(step.pick, user("Good evening."), assistant("Good evening to you."))

    def add(self, text: str, kind: FactKind) -> None:
        memory_id = f"m{len(self.texts) + 1}"
        self.alive[memory_id] = _Memory(memory_id=memory_id, content=text, created_at=self.now, updated_at=self.now)
        self.texts[memory_id] = {text}
        self.note(kind, memory_id)

    def edit(self, chosen: _Memory) -> None:
        chosen.content = self.fresh_text()
        chosen.updated_at = self.now
        self.texts[chosen.memory_id].add(chosen.content)
        self.note("edited", chosen.memory_id)

    def flip(self, chosen: _Memory) -> None:
        chosen.enabled = not chosen.enabled
        if self.habits.updated_by == "edits and flips":
            chosen.updated_at = self.now
        self.note("enabled" if chosen.enabled else "disabled", chosen.memory_id)

    def delete(self, chosen: _Memory) -> None:
        del self.alive[chosen.memory_id]
        self.gone_texts.append(chosen.content)
        self.note("deleted", chosen.memory_id)

    def note(self, kind: FactKind, memory_id: str | None = None) -> None:
        self.facts.append(Fact(kind=kind, at=self.now, memory_id=memory_id))

    def fresh_text(self) -> str:
        self.text_count += 1
        return f"User likes song number {self.text_count}."

    def call(self, text: str, pick: int) -> None:
        self.spoken.add(text)
        self.turn(pick, user("One more thing."), *bio_call(text), assistant("Very well."))

    def turn(self, pick: int, *turns: Turn) -> None:
        conversation_id = f"c{1 + pick % 2}"
        for turn in turns:
            key = f"n{len(self.turns) + 1}"
            self.turns.append((conversation_id, replace(turn, key=key, at=self.now - START)))
            if turn.role == "user":
                self.said_at = self.now

    def export(self, request: Request) -> None:
        """Make an export; one that its newest record dates comes after something was said since the one before."""
        last_made_at = self.exports[-1].made_at if self.exports else 0
        if request.dating == "newest_record" and self.said_at <= last_made_at:
            self.turn(request.pick, user("Good morning."))
            self.now += 1
        listed = self.visible if request.listing != "missing" else []
        shown = listed[: request.pick % (len(listed) + 1)] if request.listing == "partial" else listed
        name = f"e{len(self.exports) + 1:02}"
        self.exports.append(
            Export(
                name=f"{name}-{moment(self.now):%Y-%m-%d-%H-%M-%S}" if request.dating == "name" else name,
                made_at=self.now,
                request=request,
                shown=_states(shown),
                alive=frozenset(self.alive),
                files=self.files(request, shown),
            )
        )

    def files(self, request: Request, shown: list[_Memory]) -> dict[str, bytes]:
        """Return the files of an export; one without a date is like no other, else it would be a known one."""
        is_dated = request.dating in ("name", "option")
        phone_number = None if is_dated else f"+000{len(self.exports)}"
        account = {"id": self.account, "chatgpt_plus_user": False, "phone_number": phone_number}
        files = {"user.json": json.dumps(account).encode()}
        if request.listing != "missing":
            listed = json.dumps([self.element(each, has_times=request.dating != "none") for each in shown])
            cut = listed.removesuffix("]") + (", " if shown else "") + '{"id": "m'
            files["memory.json"] = (listed if request.listing == "whole" else cut).encode()
        if request.chats != "missing":
            files["conversations.json"] = json.dumps(self.conversations(request.chats)).encode()
        return files

    def element(self, each: _Memory, *, has_times: bool) -> Json:
        created_at = _iso(each.created_at) if self.habits.has_created_at and has_times else None
        has_updated_at = self.habits.updated_by != "nothing" and has_times
        updated: Json = {"updated_at": _iso(each.updated_at)} if has_updated_at else {}
        return memory(each.memory_id, each.content, created_at, enabled=each.enabled, **updated)

    def conversations(self, dialect: str) -> list[Json]:
        said: dict[str, list[Turn]] = {}
        for conversation_id, turn in self.turns:
            said.setdefault(conversation_id, []).append(turn)
        return [
            conversation(conversation_id, *turns, dialect=dialect, update_time=START + (turns[-1].at or 0))
            for conversation_id, turns in said.items()
        ]

    def entry(self, each: _Memory) -> str:
        stated = f"[{_iso(each.created_at)[:10]}]. " if self.habits.has_created_at else ""
        return stated + each.content


def _states(memories: Iterable[_Memory]) -> dict[str, State]:
    return {each.memory_id: (each.content, each.enabled) for each in memories}


def _picked(memories: list[_Memory], pick: int) -> _Memory | None:
    return memories[pick % len(memories)] if memories else None


def _snapshot(entries: list[str]) -> Turn:
    """Return the hidden message that puts a memory list before the model; the slim dialect leaves it out."""
    listing = "\n\n".join(f"{number}. {entry}" for number, entry in enumerate(entries, start=1))
    return message("system", {"content_type": "model_editable_context", "model_set_context": listing})


def _iso(at: int) -> str:
    return f"{moment(at):%Y-%m-%dT%H:%M:%SZ}"
