"""Print what a lake holds, as JSON: how many conversations, messages, bytes of text in these, and rejected records.

python tests/bench/database.py lake/memlake.duckdb
"""

from __future__ import annotations

import json
import sys

import duckdb

_HELD = """
select
    (select count(*) from conversations) as conversation_count,
    (select count(*) from messages) as message_count,
    (select coalesce(sum(strlen(text)), 0)::bigint from messages) as text_bytes,
    (select count(*) from rejects) as reject_count
"""

if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as connection:
        found = connection.execute(_HELD)
        names = [column[0] for column in found.description]
        held = dict(zip(names, found.fetchone() or (), strict=True))
    sys.stdout.write(json.dumps(held))
