"""An export whose every text tries to steer the terminal that shows it."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from support.zips import write_files

ESCAPES = "\x1b[31mred\x1b[0m \x1b]8;;http://x.example\x07link\x1b]8;;\x07 \x9b2J \x00 \x7f"
TURNED = "\u202edesrever\u202c \u2066apart\u2069 \u200fmark"
MARKUP = "[bold]b[/bold] :smile: <b>&amp;</b> a|b *c* `d` ![i](http://x.example/i.png)"
STEERING = f"{ESCAPES} {TURNED} {MARKUP}"


def hostile_export(folder: Path) -> Path:
    """Write the export; it holds one conversation, one memory, and a record that is none."""
    message = {
        "id": "m1\x1b[2J",
        "author": {"role": "user", "name": STEERING},
        "create_time": 1_735_732_800.0,
        "recipient": "all",
        "content": {"content_type": "text", "parts": [f"{STEERING}\nsecond line"]},
        "metadata": {},
    }
    conversation = {
        "id": "c-1",
        "conversation_id": "c-1",
        "title": f"{STEERING}\nforged: line",
        "create_time": 1_735_732_800.0,
        "update_time": 1_735_732_800.0,
        "current_node": "n1",
        "mapping": {
            "n0": {"id": "n0", "parent": None, "children": ["n1"], "message": None},
            "n1": {"id": "n1", "parent": "n0", "children": [], "message": message},
        },
    }
    memory = {
        "id": "mem-\x1b[2J",
        "content": f"{STEERING}\nsecond line",
        "enabled": True,
        "created_at": "2025-01-01T12:00:00Z",
        "updated_at": "2025-01-01T12:00:00Z",
    }
    files = {
        "conversations.json": [conversation],
        "memory.json": [memory, 7],
        "odd \x1b[31m.json": {"nobody": "knows"},
        "user.json": {
            "id": "user-Zq81LmXn20PvKc47RtYb59Wd",
            "email": "\x1b[5m[red]evil@example.org",
            "chatgpt_plus_user": True,
            "phone_number": None,
        },
    }
    name = "evil [red]\x1b[31m-2026-02-03"
    return write_files(folder / name, {file: json.dumps(content).encode() for file, content in files.items()})


def steering_characters(text: str) -> set[str]:
    """Return the characters in a text that a terminal may obey; line breaks are none."""
    bidi = {"L", "R", "AL", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {
        character
        for character in text
        if (unicodedata.category(character) == "Cc" and character != "\n")
        or (unicodedata.category(character) == "Cf" and unicodedata.bidirectional(character) in bidi)
    }
