"""The targets that a pack can be made for."""

from __future__ import annotations

from collections.abc import Mapping

from memlake.packs import chatgpt, claude, gemini, plain
from memlake.packs.items import Target, TargetName

TARGETS: Mapping[TargetName, Target] = {
    target.name: target for target in (claude.TARGET, chatgpt.TARGET, gemini.TARGET, plain.TARGET)
}
