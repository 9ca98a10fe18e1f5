"""Measure whether a generated export is like a real one: sizes, shares and ratios.

python tests/bench/honesty.py chatgpt .bench/chatgpt/50M/….zip
"""

from __future__ import annotations

import json
import sys
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson
from reading import Reading, conversation_records
from readings import READINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Honesty:
    """What an export's conversations weigh."""

    json_bytes: int
    conversation_count: int
    message_count: int
    most_messages: int
    largest_conversation_bytes: int
    text_share: float
    deflate_ratio: float
    messages_per_conversation: float
    mean_message_bytes: float
    mean_conversation_bytes: float


def measure_honesty(path: Path, reading: Reading) -> Honesty:
    """Weigh the conversations of a generated export."""
    record_bytes: list[int] = []
    message_counts: list[int] = []
    text_bytes = 0
    for record in conversation_records(path, reading):
        texts = [*reading.texts(orjson.loads(record))]
        record_bytes.append(len(record))
        message_counts.append(len(texts))
        text_bytes += sum(len(text.encode()) for text in texts)
    with zipfile.ZipFile(path) as archive:
        member = archive.getinfo("conversations.json")
    message_count = sum(message_counts)
    return Honesty(
        json_bytes=member.file_size,
        conversation_count=len(record_bytes),
        message_count=message_count,
        most_messages=max(message_counts),
        largest_conversation_bytes=max(record_bytes),
        text_share=round(text_bytes / member.file_size, 3),
        deflate_ratio=round(member.file_size / member.compress_size, 2),
        messages_per_conversation=round(message_count / len(record_bytes), 1),
        mean_message_bytes=round(text_bytes / message_count, 1),
        mean_conversation_bytes=round(sum(record_bytes) / len(record_bytes), 1),
    )


if __name__ == "__main__":
    weight = measure_honesty(Path(sys.argv[2]), READINGS[sys.argv[1]])
    sys.stdout.write(json.dumps(asdict(weight), indent=2) + "\n")
