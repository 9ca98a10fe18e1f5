"""How jq lays out JSON: what libjq writes on one line, over several."""

from __future__ import annotations

import re

_PIECE = re.compile(r'\[\]|\{\}|[\[\]{},:]|"(?:[^"\\]+|\\.)*"|[^"\[\]{},:]+')


def laid_out(compact: str, indent: str) -> str:
    """Return JSON that has no space between its parts as jq lays it out, each level one indent deeper."""
    if compact[0] not in "[{":
        return compact
    line = "\n"
    pieces: list[str] = []
    for piece in _PIECE.findall(compact):
        match piece:
            case "[" | "{":
                line += indent
                pieces += piece, line
            case "]" | "}":
                line = line[: len(line) - len(indent)]
                pieces += line, piece
            case ",":
                pieces += piece, line
            case ":":
                pieces.append(": ")
            case _:
                pieces.append(piece)
    return "".join(pieces)
