"""An invented account of ChatGPT: its conversations, its list of memories and the files beside them."""

from __future__ import annotations

from functools import partial
from random import Random

from account import CONTINUED_AT, GIANT_FROM_BYTES, ExportPlan, JsonObject, Told, started_at
from chatgpt_chat import Chat
from chatgpt_turns import GIANT_TURN_COUNT, add_memory, add_turns, open_chat, usual_turn_count
from vocabulary import make_vocabulary

RECIPE = ("chatgpt_account.py", "chatgpt_chat.py", "chatgpt_turns.py")
MEMORY_COUNT = 500
GIANT_INDEX = 1_001

_MEAN_CONVERSATION_BYTES = 72_000


def export_name(digits: str, plan: ExportPlan) -> str:
    """Return what such an export is called: 64 digits and its date."""
    return f"{digits}-{plan.exported_at:%Y-%m-%d-%H-%M-%S}.zip"


class ChatGptAccount:
    """Tells the conversations of one account."""

    def __init__(self, plan: ExportPlan) -> None:
        self._plan = plan
        self._memories: list[JsonObject] = []
        self._feedback: list[JsonObject] = []
        self.conversation_count = plan.size_bytes // _MEAN_CONVERSATION_BYTES + 1
        self._memory_count = min(MEMORY_COUNT, self.conversation_count * 4 // 5)  # all, unless the export is tiny

    def tell(self, index: int) -> Told:
        """Return conversation `index`, and note what the smaller files say of it."""
        rng = Random(f"conversation {index} of {self._plan.seed}")  # noqa: S311 - repeatable, not secret
        chat = Chat(make_vocabulary(self._plan.seed), rng, started_at=started_at(index, self.conversation_count))
        open_chat(chat)
        is_giant = index == GIANT_INDEX and self._plan.size_bytes >= GIANT_FROM_BYTES
        add_turns(chat, GIANT_TURN_COUNT if is_giant else usual_turn_count(chat))
        self._gather(chat, index)
        return Told(chat.record, partial(_go_on, chat))

    def small_files(self) -> dict[str, object]:
        """Return the list of memories, the account itself, and the thumbs."""
        memories = self._memories
        if self._plan.changed_share:
            memories = memories[: -max(1, len(memories) // 50)]
        user = {"id": f"user-bench{self._plan.seed:08}", "email": "robin@example.org", "chatgpt_plus_user": True}
        return {"memory.json": memories, "user.json": user, "message_feedback.json": self._feedback}

    def _gather(self, chat: Chat, index: int) -> None:
        stride = max(1, self.conversation_count * 9 // 10 // self._memory_count)
        number, rest = divmod(index, stride)
        if rest == 0 and number < self._memory_count:
            self._memories.append(add_memory(chat, number))
        if index % 40 == 0:
            self._feedback.append({"id": chat.leaf, "conversation_id": chat.conversation_id, "rating": "thumbs_up"})


def _go_on(chat: Chat) -> None:
    chat.now = CONTINUED_AT + chat.rng.uniform(0, 86_400)
    add_turns(chat, 2)
