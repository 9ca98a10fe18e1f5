"""What an assistant answers in place of its list, in words for people: whoever reads an answer tells it by these."""

from __future__ import annotations

HAS_NONE = "the assistant answered that it has no memories to list"
SHOWS_NONE = "the assistant answered that it cannot show what it remembers"
IS_OFF = "the assistant answered that its memory is off: switch it on, then ask again"
NO_LIST = "no memory list in this text"
