"""Names in writing without capitals and spaces, told by katakana, Latin letters, quotation marks and titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from memlake.history.prose.folding import fold
from memlake.history.prose.overlap import kept_share
from memlake.history.prose.wordings import wording

_OTHER_WRITING = re.compile(r"[\u30a0-\u30ff]{2,}|[A-Za-z][A-Za-z0-9+#.]*")
_CJK_TITLED = re.compile(
    r"([\u3005\u4e00-\u9fff]{1,4}?)(?:さん|ちゃん|くん|君|教授|課長|部長|先生|店長|社長|市|県|町|村|区|駅|大学|病院|高校|株式会社)"
)
_CJK_QUOTED = re.compile(r"「([^」]{2,20})」")
_PREDICATIVE = re.compile(r"である|です|だ|。|$")
_CALLED = re.compile(r"名前|という|名は")
_KATAKANA = re.compile(r"[\u30a0-\u30ff]+")
_KEPT_AROUND_FOREIGN = 0.5


def unspaced_name_changed(before: str, after: str, language: str) -> tuple[str, str] | None:
    """Return a name that stands no longer in a statement and the one that replaced it; `None` if none did."""
    old, new = wording(before).plain, wording(after).plain
    gone = [name for name in unspaced_names(old) if name.text not in new]
    came = [name for name in unspaced_names(new) if name.text not in old]
    for script in ("katakana", "latin"):
        if lone := _lone(gone, came, script):
            leave_out = frozenset(map(fold, lone))
            if kept_share(before, after, language, leave_out) >= _KEPT_AROUND_FOREIGN:
                return lone
    for former in gone:
        for latter in came:
            if former.script == latter.script and former.is_in_place_of(latter):
                return former.text, latter.text
    return None


def _lone(gone: Sequence[UnspacedName], came: Sequence[UnspacedName], script: str) -> tuple[str, str] | None:
    """Return the two names in a script that no other one in it went or came with."""
    is_told = any(name.is_told for name in (*gone, *came))
    old, new = (
        {name.text for name in names if name.script == script and (is_told or not name.is_predicate)}
        for names in (gone, came)
    )
    return (old.pop(), new.pop()) if len(old) == len(new) == 1 else None


class UnspacedName(NamedTuple):
    """What may be a name, with the signs before and after it; `is_sure`: it has a title or quotation marks.

    One that `is_predicate` says what something is, as good as a verb, unless the text `is_told` to be about a name.
    """

    text: str
    lead: str = ""
    follower: str = ""
    is_sure: bool = False
    is_predicate: bool = False
    is_told: bool = False

    @property
    def script(self) -> str:
        """In what it is written: katakana, Latin letters, or other signs."""
        if _KATAKANA.fullmatch(self.text):
            return "katakana"
        return "latin" if self.text.isascii() else "other"

    def is_in_place_of(self, other: UnspacedName) -> bool:
        """Tell whether it stands where the other stood, or one of them is a name for sure."""
        if self.is_sure or other.is_sure:
            return True
        return self.lead == other.lead != "" or self.follower == other.follower != ""


def unspaced_names(plain: str) -> list[UnspacedName]:
    """Return what may be names in a statement."""
    unsure = [
        UnspacedName(
            name[0],
            plain[max(name.start() - 2, 0) : name.start()],
            plain[name.end() :][:1],
            is_predicate=_PREDICATIVE.match(plain, name.end()) is not None,
            is_told=_CALLED.search(plain) is not None,
        )
        for name in _OTHER_WRITING.finditer(plain)
    ]
    sure = (*_CJK_TITLED.findall(plain), *_CJK_QUOTED.findall(plain))
    return [*unsure, *(UnspacedName(name, is_sure=True) for name in sure)]
