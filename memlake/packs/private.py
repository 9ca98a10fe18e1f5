"""Finds what is private in a memory: passwords and keys, health, money, and what a person's own patterns say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from memlake.errors import UsageError
from memlake.packs.accounts import account_numbers
from memlake.packs.secrets import secrets
from memlake.packs.topics import TOPICS, topic_sentences

CLASSES: Mapping[str, str] = {
    "health": "my health: illnesses, medicines, diagnoses, body, mind, disabilities, pregnancy",
    "finance": "my money: income, debts, accounts, cards, taxes, insurance, what I own or owe",
    "passwords": "passwords, PINs, keys, tokens, recovery codes and other secrets",
}
"""The classes that are always known, each as it is said to an assistant."""

Patterns = Mapping[str, Sequence[re.Pattern[str]]]
"""The name of a class of one's own, and what belongs to it."""

_NAME = re.compile(r"[\w-]{1,40}")
_EXAMPLE = 'write a name and a list of regular expressions on each line: clients = ["Acme", "Globex"]'


class PrivateSpan(NamedTuple):
    """A private part of a text: where, of which class, and why."""

    start: int
    end: int
    label: str
    reason: str


class Detector:
    """Knows the classes that are always known, and a person's own ones."""

    def __init__(self, own: Patterns | None = None) -> None:
        self._own = own or {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all classes."""
        return (*CLASSES, *(name for name in self._own if name not in CLASSES))

    def find(self, text: str, labels: Collection[str] | None = None) -> list[PrivateSpan]:
        """Return the private parts of a text, of some classes or all, in order.

        They never overlap: where two classes claim the same, it counts for the one that claims more, and together they
        cover all that either of them does.
        """
        wanted = self.labels if labels is None else labels
        return apart(span for span in self._all_spans(text, wanted) if span.label in wanted)

    def _all_spans(self, text: str, wanted: Collection[str]) -> Iterator[PrivateSpan]:
        if "passwords" in wanted:
            for secret in secrets(text):
                yield PrivateSpan(secret.start, secret.end, "passwords", secret.kind)
        if "finance" in wanted:
            for number in account_numbers(text):
                yield PrivateSpan(number.start, number.end, "finance", number.kind)
        for sentence in topic_sentences(text, [topic for topic in TOPICS if topic in wanted]):
            yield PrivateSpan(
                sentence.start, sentence.end, sentence.topic, f"tells about {sentence.topic}: {sentence.words}"
            )
        for name, patterns in self._own.items():
            for pattern in patterns:
                for found in pattern.finditer(text):
                    if found[0]:
                        yield PrivateSpan(found.start(), found.end(), name, f"fits your pattern {pattern.pattern}")


def read_patterns(path: Path) -> dict[str, list[re.Pattern[str]]]:
    """Read a person's own classes: a TOML file of names, each with a list of regular expressions, in any case.

    Names of classes that are always known add to these. Raises `UsageError`, which names the class and the pattern,
    for what cannot be used.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}", hint=_EXAMPLE) from error
    return {name: [_compiled(path, name, pattern) for pattern in _listed(path, name, table[name])] for name in table}


def _listed(path: Path, name: str, patterns: object) -> list[object]:
    if not _NAME.fullmatch(name) or not isinstance(patterns, list) or not patterns:
        raise UsageError(f"{path}: {name} is no class with a list of patterns", hint=_EXAMPLE)
    return patterns


def _compiled(path: Path, name: str, pattern: object) -> re.Pattern[str]:
    try:
        compiled = re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) and pattern else None
    except re.error as error:
        raise UsageError(f"{path}: {name}: {pattern!r} is no regular expression: {error}", hint=_EXAMPLE) from error
    if compiled is None or compiled.fullmatch(""):
        raise UsageError(f"{path}: {name}: {pattern!r} fits nothing, or everything", hint=_EXAMPLE)
    return compiled


def apart(spans: Iterable[PrivateSpan]) -> list[PrivateSpan]:
    """Return spans in order, those that overlap as one, which counts for the one that begins first or is longer."""
    kept: list[PrivateSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end, span.label)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=span.end)
    return kept
