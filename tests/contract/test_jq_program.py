"""`memlake jq` prints what the program jq prints, byte for byte, and exits as it does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.commandline import memlake_here
from support.jq import RECIPES, REVERSE_LOOKUP, finished, jq_program, run_of
from support.samples import CHATGPT_FOLDERS

MEMORIES = CHATGPT_FOLDERS[1] / "memory.json"
CONVERSATIONS = CHATGPT_FOLDERS[1] / "conversations.json"
PROGRAMS = [
    ".",
    ".[]",
    ".[]?",
    ".[].id",
    'map(.id) | join(",")',
    ".[] | .content | length, ascii_downcase",
    "def f: .id; .[] | f",
    ".[] | label $out | .id, break $out, 2",
    "limit(2; .[] | .id)",
    "[.[] | .created_at | fromdate]",
    ".[] | try error(.id) catch .",
    ".[] | .id, error",
    ".[] | .a.b.c",
    ".[0].content | @base64, @html, @sh, @json, @text",
    ".[] | .id, halt",
    ".[1] | .id | halt_error",
    "first(.[]) | halt_error(1)",
    ".[] | input_filename",
    ".[] | $__loc__",
    "input",
    "[inputs]",
    ".[] | $ENV | type, (env | type)",
    "group_by(.enabled) | map(length)",
    "",
    "def f: 1;",
    "# nothing",
    "$__prog_args",
    ".[",
]
OPTIONS = [
    ["-r"],
    ["-c"],
    ["-S"],
    ["-s"],
    ["-n"],
    ["-e"],
    ["-j"],
    ["-rc"],
    ["--tab"],
    ["--indent", "1"],
    ["--indent", "0"],
]
NOT_JSON = [b"[1,,2]", b"[1,]", b"[,1]", b"[1 2]", b"[1}", b"[1", b"{", b"[1]]", rb'["\ud83d"]']
ODD_DOCUMENTS = [
    b"",
    b" \n",
    b"3",
    b"null",
    b'"text"',
    b'{"a": {"id": 1}, "b": {"id": 2}}',
    b'[{"id": 1}]\n[{"id": 2}]\n',
    b'[{"id": 1}, 7] [{"id": 2}]',
    b'{"id": 1}\n{"id": 2}\n',
    b"[] {} [[]]",
    '[{"id": "é😀\\u00e9\\ud83d\\ude00\\u0000"}]'.encode(),
]


def same(text: bytes, *words: str) -> None:
    """Compare what both do with a text on standard input, read from a file here."""
    ours, _ = finished(run_of(words[-1], stdin=text))
    theirs = jq_program(*words, text=text)
    assert (ours.stdout, ours.exit_code) == (theirs.stdout, theirs.exit_code)


def check(file: Path, *words: str) -> None:
    """Compare what both do with a file, typed on the command line."""
    theirs = jq_program(*words, str(file), text=b"")
    ours = memlake_here("jq", *words, file, cwd=file.parent)
    assert (ours.stdout.encode(), ours.exit_code) == (theirs.stdout, theirs.exit_code), ours.stderr


@pytest.mark.parametrize("words", RECIPES)
def test_the_published_recipes_print_the_same(words: tuple[str, ...]) -> None:
    """Verbatim, over `memory.json`."""
    check(MEMORIES, *words)


@pytest.mark.parametrize("asked", ["sourdough", "the", "MISO"])
def test_the_published_reverse_lookup_prints_the_same(asked: str) -> None:
    """Verbatim, over `conversations.json`."""
    check(CONVERSATIONS, "-r", "--arg", "q", asked, REVERSE_LOOKUP)


@pytest.mark.parametrize("text", PROGRAMS)
def test_programs_print_the_same_and_exit_alike(text: str) -> None:
    """Those that fail, halt or are invalid, too."""
    check(MEMORIES, text)


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("text", [".", ".[]?", ".[]? | .id?", "[inputs] | length"])
def test_options_mean_the_same(options: list[str], text: str) -> None:
    """Together with programs of both kinds."""
    check(MEMORIES, *options, text)


def test_named_values_mean_the_same() -> None:
    """Of a name that is given twice the first counts."""
    words = ["--arg", "a", "1", "--argjson", "b", '{"x": [1, 2, "é"]}', "--arg", "a", "2", "$a, $b, $ARGS.named"]
    check(MEMORIES, *words)


@pytest.mark.parametrize("document", ODD_DOCUMENTS)
@pytest.mark.parametrize("text", [".", ".[]", ".[] | .id", ".[]? | .id?", "length", "empty"])
def test_odd_documents_give_the_same(document: bytes, text: str) -> None:
    """Several in a file, objects, scalars, nothing at all."""
    same(document, text)


@pytest.mark.parametrize("document", NOT_JSON)
@pytest.mark.parametrize("text", [".[]", "."])
def test_what_is_not_json_is_refused_by_both(document: bytes, text: str, tmp_path: Path) -> None:
    """Versions of jq exit with 2, 4 or 5 then; here it is 2."""
    file = tmp_path / "x.json"
    file.write_bytes(document)

    assert jq_program(text, text=document).exit_code != 0
    assert memlake_here("jq", text, file, cwd=tmp_path).exit_code == 2


def test_a_big_list_gives_the_same(tmp_path: Path) -> None:
    """Where several processes share the work."""
    records = [{"id": number, "text": "x" * 9_000, "odd": number % 2 == 1} for number in range(1_000)]
    file = tmp_path / "big.json"
    file.write_text(json.dumps(records), encoding="utf-8")

    check(file, ".[] | select(.odd) | .id, (.text | length)")
    check(file, '.[] | if .id == 900 then error("no") else .id end')
    check(file, '.[] | .id, if .id == 900 then "stop" | halt_error(7) else empty end')
