"""Measure whether a generated export is like a real one: sizes, shares and ratios.

python tests/bench/honesty.py .bench/50M/….zip
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

CHUNK_BYTES = 1 << 20

# A citation's page also begins with its title, but not with a time after it.
_RECORD_START = re.compile(rb', ?(?=\{"title": ?"[^"]*", ?"create_time":)')
_RECORD_START_BYTES = 400  # longer than any match: how far a start can reach into the next chunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Honesty:
    """What an export's conversations weigh."""

    json_bytes: int
    conversation_count: int
    message_count: int
    largest_conversation_bytes: int
    text_share: float
    deflate_ratio: float
    messages_per_conversation: float
    mean_message_bytes: float


def conversation_records(path: Path) -> Iterator[bytes]:
    """Yield every conversation's bytes; memory holds the largest one. Only for generated exports."""
    with zipfile.ZipFile(path) as archive, archive.open("conversations.json") as member:
        pending, searched = b"", 0
        while chunk := member.read(CHUNK_BYTES):
            pending += chunk
            starts = [match.end() for match in _RECORD_START.finditer(pending, searched)]
            begin = 0
            for start in starts:
                yield pending[begin:start].strip(b"[, ")
                begin = start
            pending = pending[begin:]
            searched = max(0, len(pending) - _RECORD_START_BYTES)
        yield pending.removesuffix(b"]").strip(b"[, ")


def measure_honesty(path: Path) -> Honesty:
    """Weigh the conversations of a generated export."""
    record_bytes: list[int] = []
    message_count, text_bytes = 0, 0
    for record in conversation_records(path):
        record_bytes.append(len(record))
        for node in orjson.loads(record)["mapping"].values():
            if node["message"] is not None:
                message_count += 1
                text_bytes += len(_text_of(node["message"]["content"]).encode())
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("conversations.json")
    return Honesty(
        json_bytes=member.file_size,
        conversation_count=len(record_bytes),
        message_count=message_count,
        largest_conversation_bytes=max(record_bytes),
        text_share=round(text_bytes / member.file_size, 3),
        deflate_ratio=round(member.file_size / member.compress_size, 2),
        messages_per_conversation=round(message_count / len(record_bytes), 1),
        mean_message_bytes=round(text_bytes / message_count, 1),
    )


def _text_of(content: dict[str, object]) -> str:
    """Return what a person can read in a message."""
    parts = content.get("parts")
    thoughts = content.get("thoughts")
    texts = [part for part in parts if isinstance(part, str)] if isinstance(parts, list) else []
    texts += [thought["content"] for thought in thoughts] if isinstance(thoughts, list) else []
    texts += [value for key in ("text", "content") if isinstance(value := content.get(key), str)]
    return "\n".join(texts)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measure_honesty(Path(sys.argv[1]))), indent=2) + "\n")
