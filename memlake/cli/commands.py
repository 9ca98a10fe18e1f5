"""Which commands there are, where they live, and the line that the first screen of help gives each."""

from __future__ import annotations

from typing import NamedTuple


class CommandHome(NamedTuple):
    """Where a command is defined (imported only when it is called), and what it does in one line."""

    module: str
    attribute: str
    summary: str


COMMANDS: dict[str, CommandHome] = {
    "ingest": CommandHome("memlake.cli.ingest", "ingest_command", "Bring exports into the lake"),
    "list": CommandHome("memlake.cli.listing", "list_command", "List what the assistant remembers"),
    "show": CommandHome("memlake.cli.browse", "show_command", "Show one memory or conversation"),
    "search": CommandHome("memlake.cli.search", "search_command", "Search in messages, titles and memories"),
    "lookup-sources": CommandHome(
        "memlake.cli.lookup", "lookup_command", "Find the chat and the words each memory came from"
    ),
    "diff": CommandHome("memlake.cli.diff", "diff_command", "Show what changed between two exports"),
    "archive": CommandHome("memlake.cli.archive", "archive_command", "Write all of it into a folder for keeps"),
    "query": CommandHome("memlake.cli.query", "query_command", "Answer a question that has a name"),
    "sql": CommandHome("memlake.cli.sql", "sql_command", "Answer a question in SQL"),
    "jq": CommandHome("memlake.cli.jq", "jq_command", "Run a jq program on memories, messages or files"),
    "shell": CommandHome("memlake.cli.shell", "shell_command", "Open the lake in DuckDB's own shell"),
    "history": CommandHome("memlake.cli.history", "history_command", "Show how memories lived over time"),
    "status": CommandHome("memlake.cli.lake", "status_command", "Tell what the lake holds and what it can answer"),
    "exports": CommandHome("memlake.cli.lake", "exports_group", "List the exports, or take one out again"),
    "verify": CommandHome("memlake.cli.archive", "verify_command", "Prove that an archive is whole"),
    "restore": CommandHome("memlake.cli.archive", "restore_command", "Make a new lake of an archive"),
    "pack": CommandHome("memlake.cli.pack", "pack_group", "Carry memories to another assistant"),
    "rebuild": CommandHome("memlake.cli.lake", "rebuild_command", "Read all exports again with this version"),
    "guide": CommandHome("memlake.cli.wording", "guide_command", "Tell how to get an export"),
    "prompt": CommandHome("memlake.cli.wording", "prompt_command", "Print what to ask the assistant for its memories"),
    "completion": CommandHome("memlake.cli.wording", "completion_command", "Let the Tab key complete commands"),
}
FIRST_OF_THE_OTHERS = "history"
"""Up to here help lists the commands that people come for, from here on the others."""
