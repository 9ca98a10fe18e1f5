"""Exports that hypothesis draws: few ids, few texts and few dates, so that they contradict one another."""

from __future__ import annotations

from hypothesis import strategies as st
from support.chatgpt import Json, assistant, bio_call, conversation, numbered, user
from support.lakes import memory

TEXTS = ("User plays the cello.", "User has a dog.", "USER  plays the cello.", "User plays the cello.\nUser has a dog.")

conversation_ids = st.sampled_from(["c1", "c2", "c3"])
dates = st.sampled_from(["", "-2025-03-01", "-2025-03-02", "-2025-03-03"])


@st.composite
def conversations(draw: st.DrawFn) -> Json:
    """Draw one of a few conversations in one of its states: shorter or longer, with tool calls or without them."""
    saved = draw(st.sampled_from(TEXTS))
    said = [user("remember it"), *bio_call(saved), assistant("Noted."), user("and more"), assistant("Of course.")]
    told = numbered(*said)
    length = draw(st.integers(1, len(told)))
    return conversation(
        draw(conversation_ids),
        *told[:length],
        dialect=draw(st.sampled_from(["classic", "slim"])),
        title=draw(st.sampled_from(["First", "Second"])),
    )


memories = st.builds(
    memory,
    st.sampled_from(["m1", "m2"]),
    st.sampled_from(TEXTS),
    st.sampled_from([None, "2025-01-01T12:00:00Z", "2025-02-01T12:00:00Z"]),
    enabled=st.booleans(),
)


@st.composite
def exports(draw: st.DrawFn) -> dict[str, object]:
    """Draw what an export may hold, and whether it says when it was made and whose it is; no list is loose."""
    told = draw(st.none() | st.lists(conversations(), min_size=1, max_size=3))
    return {
        "name": f"export{draw(dates)}",
        "conversations": told,
        "memories": draw(st.none() | st.lists(memories, max_size=3)),
        "page": draw(st.none() | st.lists(st.sampled_from(TEXTS[:3]), max_size=2)),
        "user": draw(st.sampled_from(["user-1", "user-2"] if told is None else ["user-1", "user-2", None])),
    }
