"""An invented account of Claude: its conversations, its projects, and the texts that tell what is remembered.

How big it is follows what is public about real exports: 294 conversations of 158 MB and 856 of 175 MB, 6,317 messages
in 442 conversations, up to 379 messages in one and none in every twentieth, a memory text of 45 kB.
"""

from __future__ import annotations

from functools import partial
from random import Random

from account import CONTINUED_AT, GIANT_FROM_BYTES, ExportPlan, JsonObject, Told, random_uuid, started_at
from claude_chat import ClaudeChat, iso_time
from claude_turns import GIANT_TURN_COUNT, add_memory_edit, add_turns, usual_turn_count
from vocabulary import Prose, make_vocabulary

RECIPE = ("claude_account.py", "claude_chat.py", "claude_turns.py")
GIANT_INDEX = 401

_MEAN_CONVERSATION_BYTES = 250_000
_EDIT_EVERY = 8  # conversations
_EMPTY_EVERY, _FIRST_EMPTY = 20, 11
_PROJECT_COUNT = 14
_ACCOUNT_STATEMENTS, _PROJECT_STATEMENTS = 80, 20
_SECTIONS = ("Work context", "Personal context", "Top of mind", "Brief history")
_PROJECT_SECTIONS = ("Purpose & context", "Current state", "On the horizon", "Key learnings & principles")
_REWORDED_SHARE, _DROPPED_SHARE = 0.2, 0.03  # of the statements, from one month to the next


def export_name(digits: str, plan: ExportPlan) -> str:
    """Return what such an export is called: an id, its date in seconds, and more digits."""
    export_id = f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:32]}"
    return f"data-{export_id}-{plan.exported_at.timestamp():.0f}-{digits[32:40]}-batch-0000.zip"


class ClaudeAccount:
    """Tells the conversations of one account."""

    def __init__(self, plan: ExportPlan) -> None:
        self._plan = plan
        self._rng = Random(f"account {plan.seed}")  # noqa: S311 - repeatable, not secret
        self._account_id = random_uuid(self._rng)
        self._edits: list[str] = []
        self.conversation_count = plan.size_bytes // _MEAN_CONVERSATION_BYTES + 1

    def tell(self, index: int) -> Told:
        """Return conversation `index`, and note what it says about the user."""
        rng = Random(f"conversation {index} of {self._plan.seed}")  # noqa: S311 - repeatable, not secret
        began_at = started_at(index, self.conversation_count)
        chat = ClaudeChat(make_vocabulary(self._plan.seed), rng, started_at=began_at, account_id=self._account_id)
        if index == GIANT_INDEX and self._plan.size_bytes >= GIANT_FROM_BYTES:
            add_turns(chat, GIANT_TURN_COUNT)
        elif index % _EMPTY_EVERY != _FIRST_EMPTY:
            add_turns(chat, usual_turn_count(chat))
        number, rest = divmod(index, _EDIT_EVERY)
        if rest == 0 and number >= 0:
            self._edits.append(add_memory_edit(chat, number))
        return Told(chat.record, partial(_go_on, chat))

    def small_files(self) -> dict[str, object]:
        """Return the account itself, its projects, and the texts of its memory."""
        prose = Prose(make_vocabulary(self._plan.seed), self._rng)
        projects = [self._project(prose) for _ in range(_PROJECT_COUNT)]
        known = [self._statement(prose) for _ in range(_ACCOUNT_STATEMENTS)] + self._edits[:_ACCOUNT_STATEMENTS]
        memory = {
            "account_uuid": self._account_id,
            "conversations_memory": self._memory_text(_SECTIONS, known),
            "project_memories": {
                str(project["uuid"]): self._memory_text(
                    _PROJECT_SECTIONS, [self._statement(prose) for _ in range(_PROJECT_STATEMENTS)]
                )
                for project in projects
            },
        }
        user = {
            "uuid": self._account_id,
            "full_name": "Robin Example",
            "email_address": "robin@example.org",
            "verified_phone_number": None,
        }
        return {"users.json": [user], "projects.json": projects, "memories.json": [memory]}

    def _project(self, prose: Prose) -> JsonObject:
        created_at = iso_time(started_at(self._rng.randrange(self.conversation_count), self.conversation_count))
        docs = [
            {
                "uuid": random_uuid(self._rng),
                "filename": f"{prose.title()}.md",
                "content": prose.text(self._rng.lognormvariate(9, 0.8)),
                "created_at": created_at,
            }
            for _ in range(self._rng.randrange(4))
        ]
        return {
            "uuid": random_uuid(self._rng),
            "name": prose.title(),
            "description": prose.text(120),
            "is_private": True,
            "is_starter_project": False,
            "prompt_template": prose.text(600),
            "created_at": created_at,
            "updated_at": created_at,
            "creator": {"uuid": self._account_id, "full_name": "Robin Example"},
            "docs": docs,
        }

    def _statement(self, prose: Prose) -> str:
        return f"Robin {prose.statement()}"

    def _memory_text(self, headings: tuple[str, ...], statements: list[str]) -> str:
        """Return the statements as the paragraphs below bold headings, next month's in partly other words."""
        if self._plan.changed_share:
            statements = _next_months(statements)
        size = -(-len(statements) // len(headings))
        return "\n\n".join(
            f"**{heading}**\n\n" + " ".join(f"{words}." for words in statements[place * size : (place + 1) * size])
            for place, heading in enumerate(headings)
        )


def _next_months(statements: list[str]) -> list[str]:
    """Return most statements as they were, some reworded and a few left out."""
    kept: list[str] = []
    for words in statements:
        rng = Random(words)  # noqa: S311 - repeatable, not secret
        chance = rng.random()
        if chance < _REWORDED_SHARE:
            first, *rest = words.split()
            kept.append(" ".join([first, *rng.sample(rest, len(rest) * 4 // 5)]))
        elif chance > _DROPPED_SHARE + _REWORDED_SHARE:
            kept.append(words)
    return kept


def _go_on(chat: ClaudeChat) -> None:
    chat.now = CONTINUED_AT + chat.rng.uniform(0, 86_400)
    add_turns(chat, 2)
