"""Finds what is private in a memory: passwords and keys, health, money, and what a person's own patterns say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from memlake.errors import UsageError

CLASSES: Mapping[str, str] = {
    "health": "my health: illnesses, medicines, diagnoses, body, mind, disabilities, pregnancy",
    "finance": "my money: income, debts, accounts, cards, taxes, insurance, what I own or owe",
    "passwords": "passwords, PINs, keys, tokens, recovery codes and other secrets",
}
"""The classes that are always known, each as it is said to an assistant."""

Patterns = Mapping[str, Sequence[re.Pattern[str]]]
"""The name of a class, and what belongs to it."""


class PrivateSpan(NamedTuple):
    """A private part of a text: where, of which class, and why."""

    start: int
    end: int
    label: str
    reason: str


class Detector:
    """Knows the classes that are always known, and own ones."""

    def __init__(self, own: Patterns | None = None) -> None:
        self._own = own or {}

    def find(self, text: str) -> list[PrivateSpan]:
        """Return the private parts of a text in order; they never overlap."""
        return _apart([*self._own_spans(text), *_secrets(text)])

    def _own_spans(self, text: str) -> Iterator[PrivateSpan]:
        for name, patterns in self._own.items():
            for pattern in patterns:
                for found in pattern.finditer(text):
                    if found[0]:
                        yield PrivateSpan(found.start(), found.end(), name, f"fits a pattern of {name}")


def read_patterns(path: Path) -> dict[str, list[re.Pattern[str]]]:
    """Read a person's own classes: a TOML file of names, each with a list of regular expressions.

    Raises `UsageError`, with the class and the pattern, for what cannot be read.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(
            f"{path} cannot be read: {error}", hint='write it like: clients = ["Acme", "Globex"]'
        ) from error
    return {name: [_compiled(path, name, pattern) for pattern in patterns] for name, patterns in table.items()}


def _compiled(path: Path, name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise UsageError(f"{path}: {name}: {pattern!r} is no regular expression: {error}") from error


_SECRET = re.compile(r"(?i)\b(?:password|passwort|pin|contraseña|senha|mot de passe)\s*(?:is|ist|es|é|est|:|=)\s*(\S+)")


def _secrets(text: str) -> Iterator[PrivateSpan]:
    for found in _SECRET.finditer(text):
        yield PrivateSpan(found.start(1), found.end(1), "passwords", "a password")


def _apart(spans: Iterable[PrivateSpan]) -> list[PrivateSpan]:
    kept: list[PrivateSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = kept[-1]._replace(end=span.end)
    return kept
