"""Memories with their categories: what words tell, or what a person chose instead; and with what is private in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial
from typing import Any, NamedTuple, cast

from memlake.lake.choices import choices
from memlake.lake.connection import Database
from memlake.lake.links import MemoryKey
from memlake.packs.categories import Category, Sorted, categorise, is_kin, own_names
from memlake.packs.private import CLASSES, Detector
from memlake.packs.subjects import Subject, subject_of, with_subject
from memlake.query.memories import ListedMemory

CHOSEN = "you chose it"
_PROJECTS = "select account_key, project_id, name from projects where name is not null"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedMemory(ListedMemory):
    """A memory of the list, with its category and why it is that.

    `subject` is whom or what it is about by the titles above it, where that is not the user.
    """

    category: Category
    category_reason: str
    subject: str | None
    is_about_another: bool  # person

    @property
    def told(self) -> str:
        """The memory in words that say whom or what it is about."""
        return with_subject(self.subject, self.content)


class _Account(NamedTuple):
    """What an account's memories call its person, and what they tell of people."""

    names: frozenset[str]
    projects: Mapping[str, str]
    is_kin: Callable[[str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateMemory(SortedMemory):
    """A memory in which something is private: of which classes, and why, in the order of the text."""

    private_classes: Sequence[str]
    private_reasons: Sequence[str]


def sort_memories(database: Database, memories: Sequence[ListedMemory]) -> list[SortedMemory]:
    """Return memories with their categories, in their order: what somebody chose, else what their words tell."""
    chosen, accounts = choices(database), _accounts(database)
    return [_sorted_memory(memory, chosen, accounts[memory.account_key]) for memory in memories]


def of_categories(memories: Iterable[SortedMemory], categories: Collection[str]) -> Iterator[SortedMemory]:
    """Yield the memories of some categories; none named means all."""
    return (memory for memory in memories if not categories or memory.category in categories)


def private_memories(memories: Iterable[SortedMemory], classes: Collection[str]) -> Iterator[PrivateMemory]:
    """Yield the memories in which something of one of these classes is private."""
    detector = Detector()
    for memory in memories:
        found = [span for label in classes for span in detector.find(memory.content, [label])]
        if found:
            found.sort()
            yield PrivateMemory(
                **_values(memory, SortedMemory),
                private_classes=list(dict.fromkeys(span.label for span in found)),
                private_reasons=list(dict.fromkeys(span.reason for span in found)),
            )


def private_reasons(text: str) -> dict[str, list[str]]:
    """Return why something in a text is private, by the class of it; of none where nothing is."""
    detector = Detector()
    found = {label: detector.find(text, [label]) for label in CLASSES}
    return {label: list(dict.fromkeys(span.reason for span in spans)) for label, spans in found.items() if spans}


def _sorted_memory(memory: ListedMemory, chosen: Mapping[MemoryKey, str], account: _Account) -> SortedMemory:
    choice = chosen.get((memory.account_key, memory.memory_id))
    subject = subject_of(memory.scope, memory.section, names=account.names, projects=account.projects)
    is_of_project = (memory.scope or "").startswith("project:")
    is_kin_of = subject is not None and not is_of_project and account.is_kin(subject.name)
    is_another = is_kin_of or (subject is not None and subject.is_person)
    if choice is not None:
        told = Sorted(cast("Category", choice), CHOSEN)
    elif subject and is_another:
        told = _of_another(subject, is_kin_of=is_kin_of)
    else:
        told = categorise(with_subject(subject and subject.name, memory.content), names=account.names)
    return SortedMemory(
        **_values(memory, ListedMemory),
        category=told.category,
        category_reason=told.reason,
        subject=subject and subject.name,
        is_about_another=is_another,
    )


def _of_another(subject: Subject, *, is_kin_of: bool) -> Sorted:
    if is_kin_of:
        return Sorted("personal", f"about somebody of the family: “{subject.name}”")
    return Sorted("other", f"about somebody else: “{subject.name}”")


def _accounts(database: Database) -> dict[str, _Account]:
    """Return what the memories of each account say, all of them, and the names of its projects."""
    texts: dict[str, list[str]] = {}
    for account_key, content in database.query("select account_key, content from memories").rows:
        texts.setdefault(account_key, []).append(content)
    projects: dict[str, dict[str, str]] = {}
    for account_key, project_id, name in database.query(_PROJECTS).rows:
        projects.setdefault(account_key, {})[project_id] = name
    return {
        key: _Account(own_names(told), projects.get(key, {}), cache(partial(is_kin, texts=told)))
        for key, told in texts.items()
    }


def _values(memory: ListedMemory, kind: type[ListedMemory]) -> dict[str, Any]:
    return {field.name: getattr(memory, field.name) for field in fields(kind)}
