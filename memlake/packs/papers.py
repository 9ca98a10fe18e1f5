"""What lies beside a pack for the person who carries it: a checklist, and what to bring in by hand."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from memlake.archive.markdown.blocks import fenced
from memlake.archive.markdown.inline import plain
from memlake.packs.items import Compiled, PackItem, Target
from memlake.packs.plain import item_line

CHECKLIST_NAME = "checklist.md"
MANUAL_LIST_NAME = "manual-list.md"


def checklist(target: Target, items: Sequence[PackItem], compiled: Compiled, *, question: str, folder: Path) -> str:
    """Return what to do with the pack in a folder, when, and a tick list of its items.

    `question` makes the assistant tell what it remembers.
    """
    check = f"memlake pack check {shlex.quote(str(folder.resolve()))} ANSWER.txt"
    last = " after the last part" if len(compiled.parts) > 1 else ""
    return "\n".join(
        [
            f"# Carry this pack into {target.title}",
            "",
            *_steps(target, compiled),
            "## Then wait",
            "",
            f"Wait {target.settles_in_hours} hours{last}: what was brought in takes its time until it is remembered.",
            "",
            "## Ask what has landed",
            "",
            "Take the next export, or paste this into a **new** chat, and save the answer as a text file:",
            "",
            fenced(question.rstrip("\n"), "text"),
            "",
            "Then let memlake compare; ANSWER.txt is the file with the answer, or the export:",
            "",
            fenced(check, "sh"),
            "",
            "## Review",
            "",
            *(f"- [ ] {line}" for line in target.review),
            *(f"- [ ] {line}" for line in _remarks(items)),
            "",
            f"Is all of it there? {_numbered(items)}",
            "",
            *(f"- [ ] {item.number}. {plain(item_line(item))}" for item in items),
            "",
        ]
    )


def manual_list(target: Target, items: Sequence[PackItem]) -> str | None:
    """Return the items that the target tends to lose, to be brought in by hand; `None` if there are none."""
    at_risk = [item for item in items if item.category in target.dropped]
    if not at_risk:
        return None
    return "\n".join(
        [
            f"# What {target.title} tends to lose",
            "",
            f"{target.dropped_note} All of this is in the pack, too: {_counted(len(at_risk))}.",
            "Tick what has landed, and bring in the rest by hand: write it into the memory in the settings, or say in",
            'a chat "Please remember: …".',
            "",
            *(f"- [ ] {item.number}. {plain(item_line(item))}" for item in at_risk),
            "",
        ]
    )


def _steps(target: Target, compiled: Compiled) -> Iterator[str]:
    steps = [*target.steps(compiled.parts), f"Limits: {target.limits_note}."]
    yield from (f"{number}. {step}" for number, step in enumerate(steps, start=1))
    yield ""
    yield "The parts, in their order:"
    yield ""
    for part in compiled.parts:
        place = f', for the field "{part.field}"' if part.field else ""
        yield f"- [ ] `{part.path}`: {_counted(len(part.item_numbers))}{place}"
    yield ""


def _remarks(items: Sequence[PackItem]) -> Iterator[str]:
    numbers = [str(item.number) for item in items if item.addressed]
    if numbers:
        yield (
            f"Number {', '.join(numbers)}: written to steer an assistant, and so packed as quoted data. If it is not "
            "yours, delete it in the old assistant's memory, too."
        )
    numbers = [str(item.number) for item in items if item.placeholder_count]
    if numbers:
        yield f"Number {', '.join(numbers)}: something was withheld, and stands there as a placeholder in brackets."
    numbers = [str(item.number) for item in items if item.is_uncertain]
    if numbers:
        yield (
            f"Number {', '.join(numbers)}: the exports leave open whether it was there at the time of the pack, or in "
            "these words."
        )


def _numbered(items: Sequence[PackItem]) -> str:
    return f"The pack holds {_counted(len(items))}, numbered as in `pack.json`."


def _counted(count: int) -> str:
    return f"{count} {'memory' if count == 1 else 'memories'}"
