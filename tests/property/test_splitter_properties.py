"""Whatever the formatting, the nesting and the chunks: the splitter cuts exactly the elements."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from memlake.exports.splitter import ElementSplitter, is_json

KEYS = st.sampled_from(["title", "id", "m", "", '}, {"title": 1', "\\", "é", ","])
TEXTS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(['}, {"title": "a", "id":', '"', '\\"', "\\", "[{]},", '},{"id":1', "\u2028"]),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS)
SPACE = st.sampled_from(["", "", " ", "\n  ", "\t", "\r\n"])
SAME_KEYS = ("title", "id", "m")


def values() -> st.SearchStrategy[object]:
    """JSON values whose nested objects look like the elements."""
    return st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.dictionaries(KEYS, inner, max_size=4),
            st.tuples(inner, inner, inner).map(lambda items: dict(zip(SAME_KEYS, items, strict=True))),
        ),
        max_leaves=12,
    )


ARRAYS = st.lists(
    st.one_of(
        st.tuples(TEXTS, SCALARS, values()).map(lambda items: dict(zip(SAME_KEYS, items, strict=True))), values()
    ),
    max_size=8,
)


@st.composite
def written_arrays(draw: st.DrawFn) -> tuple[bytes, list[bytes]]:
    """Return a JSON array in some formatting and its elements, byte for byte."""
    elements = draw(ARRAYS)
    dump = draw(st.sampled_from(_STYLES))
    pieces = [dump(element) for element in elements]
    if draw(st.booleans()):
        before, after = draw(SPACE), draw(SPACE)
        joined = f"{before}[{before}" + f"{after},{before}".join(pieces) + f"{after}]{after}"
    else:
        joined = (
            "".join([draw(SPACE), "[", *(f"{draw(SPACE)}{piece}{draw(SPACE)}," for piece in pieces)]).removesuffix(",")
            + f"{draw(SPACE)}]"
        )
    return joined.encode(), [piece.encode() for piece in pieces]


def _spaced(value: object) -> str:
    return json.dumps(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _indented(value: object) -> str:
    return json.dumps(value, indent=2)


_STYLES: list[Callable[[object], str]] = [_spaced, _compact, _indented]


def split(
    text: bytes, chunk_bytes: int, *, list_key: str | None = None, is_value: Callable[[bytes], bool] = is_json
) -> tuple[list[bytes], str | None]:
    """Return the elements that the splitter finds, and its reason."""
    chunks = (text[start : start + chunk_bytes] for start in range(0, len(text), chunk_bytes))
    splitter = ElementSplitter(chunks, list_key=list_key, max_record_bytes=1_000_000, is_value=is_value)
    found: list[bytes] = []
    elements = splitter.elements()
    try:
        while True:
            found.append(next(elements))
    except StopIteration as end:
        return found, end.value


@settings(max_examples=200, deadline=None)
@given(array=written_arrays(), chunk_bytes=st.integers(1, 200))
def test_split_array_gives_its_elements_byte_for_byte(array: tuple[bytes, list[bytes]], chunk_bytes: int) -> None:
    """Any values, nesting, strings, formatting and chunk boundaries."""
    text, elements = array

    assert split(text, chunk_bytes) == (elements, None)


@settings(max_examples=80, deadline=None)
@given(array=written_arrays(), chunk_bytes=st.integers(1, 200))
def test_proof_of_a_guess_does_not_change_the_cuts(array: tuple[bytes, list[bytes]], chunk_bytes: int) -> None:
    """The exact way alone, with every guess refused, cuts where both ways together cut."""
    text, elements = array

    assert split(text, chunk_bytes, is_value=lambda _: False) == (elements, None)


@settings(max_examples=80, deadline=None)
@given(
    array=written_arrays(),
    key=TEXTS.filter(lambda key: "." not in key),  # a dot leads into an object
    chunk_bytes=st.integers(1, 200),
)
def test_list_inside_an_object_is_cut_like_a_list(array: tuple[bytes, list[bytes]], key: str, chunk_bytes: int) -> None:
    """The list stands behind others, one of which holds the same key deeper."""
    text, elements = array
    quoted = json.dumps(key).encode()
    outer = b'{"other": [{' + quoted + b": [1]}], " + b'"z": {}, ' + quoted + b" : " + text.strip() + b', "end": 1}'

    found = split(outer, chunk_bytes, list_key=key)

    assert found == (elements, None) or key in ("other", "z")


@settings(max_examples=100, deadline=None)
@given(array=written_arrays(), data=st.data())
def test_cut_off_array_keeps_the_elements_before_the_cut(array: tuple[bytes, list[bytes]], data: st.DataObject) -> None:
    """A prefix yields a prefix of the elements and is never called whole."""
    text, elements = array
    cut = data.draw(st.integers(0, len(text.rstrip()) - 1))

    found, reason = split(text[:cut], 64)

    assert reason is not None
    assert found == _ended_before(cut, text, elements)


def _ended_before(cut: int, text: bytes, elements: list[bytes]) -> list[bytes]:
    """Return the elements whose comma stands before the cut, or that are objects which end before it."""
    ended = []
    place = text.index(b"[") + 1
    for element in elements:
        end = text.index(element, place) + len(element)
        place = text.find(b",", end)
        is_whole = end <= cut and element.endswith(b"}") and is_json(element)
        if is_whole or 0 <= place < cut:
            ended.append(element)
    return ended


@settings(max_examples=100, deadline=None)
@given(text=st.binary(max_size=60), chunk_bytes=st.integers(1, 20))
def test_bytes_that_are_no_json_never_raise(text: bytes, chunk_bytes: int) -> None:
    """Garbage behind the opening bracket ends in a reason or in pieces of the text."""
    found, _ = split(b"[" + text, chunk_bytes)

    assert all(piece in text for piece in found)
