"""An item that stands in several lines: they say all of it, word for word, wherever each of them is."""

from __future__ import annotations

from collections.abc import Mapping

from memlake.packs.lines import NO_MEANING, reading


def pieces_of(readings: Mapping[str, int], label: str = "") -> dict[str, int]:
    """Return lines, as `reading` returns them, as pieces that a text may be made of; `label` may stand before each."""
    before = _squeezed(reading(label)) if label else ""
    pieces = {_squeezed(line).removeprefix(before).strip(NO_MEANING): place for line, place in readings.items()}
    return {piece: place for piece, place in pieces.items() if piece}


def tiled(text: str, pieces: Mapping[str, int]) -> tuple[int, ...]:
    """Return the places of the pieces that together are a text, in its order; none if any of it is in no piece.

    Between two of them spaces, dots and quotation marks do not count.
    """
    whole = _squeezed(reading(text))
    inside = [(piece, place) for piece, place in pieces.items() if piece in whole]
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for start, sign in enumerate(whole if inside else ""):
        if start not in reached:
            continue
        if sign in NO_MEANING:
            reached.setdefault(start + 1, reached[start])
        for piece, place in inside:
            if whole.startswith(piece, start):
                reached.setdefault(start + len(piece), (*reached[start], place))
    return reached.get(len(whole), ())


def _squeezed(text: str) -> str:
    return "".join(text.split())
