"""Whatever the program and the document: run by record gives what the whole gives, and what the program jq gives."""

from __future__ import annotations

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.jq import finished_by_record, finished_whole, jq_program, run_of

from memlake.query.jq.program import Program

NAMES = st.sampled_from(["a", "b", "id"])
TEXTS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x7f"), max_size=6)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**53) + 1, 2**53 - 1), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)
LISTS = st.lists(st.one_of(st.dictionaries(NAMES, VALUES, max_size=3), VALUES), max_size=6)
DOCUMENTS = st.lists(st.one_of(LISTS, VALUES), max_size=3)
HEADS = st.sampled_from([".[]", ".[]?", ".[].a", ".[].a?", ".[][]?", "def f: .a; .[]", "# c\n.[]"])
STEPS = st.sampled_from(
    [
        ".",
        ".a",
        ".a?",
        ".a, .b",
        ".[]?",
        "select(. != null)",
        "(.a // 1)?",
        "type",
        "tojson",
        "[.]",
        'try .a catch "no"',
        'if type == "number" then error("n") else . end',
        "if . == null then halt else . end",
        'if . == false then "f" | halt_error else . end',
        r'"\(.) x"',
        "first(.[]?)",
        "label $l | ., break $l",
        ". as $x | [$x, 1]",
        "reduce .[]? as $x (0; . + 1)",
        "empty",
    ]
)
PROGRAMS = st.builds(lambda head, steps: " | ".join([head, *steps]), HEADS, st.lists(STEPS, max_size=3))


def written(documents: list[object], *, is_ascii: bool) -> bytes:
    """Return documents as one text."""
    return "\n".join(json.dumps(document, ensure_ascii=is_ascii) for document in documents).encode()


@given(text=PROGRAMS, documents=DOCUMENTS, piece_bytes=st.integers(0, 40), is_ascii=st.booleans())
@settings(deadline=None, max_examples=200)
def test_by_record_gives_what_the_whole_gives(
    text: str, documents: list[object], piece_bytes: int, *, is_ascii: bool
) -> None:
    """Output and exit code, whatever the pieces."""
    data = written(documents, is_ascii=is_ascii)

    by_record = finished_by_record(run_of(text), data, piece_bytes=piece_bytes)

    assert Program(text).is_by_record
    assert by_record == finished_whole(run_of(text), data)


@given(text=PROGRAMS, documents=DOCUMENTS, is_exit_of_values=st.booleans())
@settings(deadline=None, max_examples=60)
def test_programs_give_what_the_program_jq_gives(
    text: str, documents: list[object], *, is_exit_of_values: bool
) -> None:
    """Where they print strings, booleans and integers below 2^53."""
    data = written(documents, is_ascii=True)
    assume(len(documents) == 1 or not is_exit_of_values)  # versions of jq differ on more and on none
    assume(len(documents) == 1 or "then halt " not in text)  # after it jq 1.6 stumbles over what it has not read
    run = run_of(text, is_exit_of_values=is_exit_of_values)

    assert finished_by_record(run, data, piece_bytes=20) == jq_program(*["-e"] * is_exit_of_values, text, text=data)
