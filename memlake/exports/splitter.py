"""Cut a streamed JSON array into the verbatim bytes of its elements, fast and exactly.

Two ways lead to the same cuts. The *exact* way follows strings and brackets from byte to byte. The *fast* way
guesses: from an element cut exactly it learns how a boundary looks (`}, {"title": <scalar>, "create_time":`),
searches for the next such place and asks whether the bytes up to there are one JSON value. If they are, the
guess is proven, because JSON is unambiguous: one value, a comma, the beginning of the next. If they are not (the
same keys nested deeper, elements with other keys in between, a value that only a forgiving parser accepts), the
bytes looked at are cut the exact way and never guessed again, so that any input takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import orjson

WHITESPACE = b" \t\r\n"
_CUT_SHORT = "ends in the middle of the list"
BOM = b"\xef\xbb\xbf"
_GUESS_BYTES = 64 * 1024 * 1024
_HEAD_BYTES = 4 * 1024
_MAX_KEY_BYTES = 1024 * 1024
STRING = rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SPACE = re.compile(rb"[ \t\r\n]*+")
_STRING_REST = re.compile(rb'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
_INSIDE = re.compile(rb'(?:[^"{}\[\]]++|' + STRING + rb")*+", re.DOTALL)
_AT_TOP = re.compile(rb'(?:[^"{}\[\],]++|' + STRING + rb")*+", re.DOTALL)
_KEY = re.compile(rb"[ \t\r\n]*+(" + STRING + rb")[ \t\r\n]*+:[ \t\r\n]*+", re.DOTALL)
_SCALAR = rb"[ \t\r\n]*+(?:" + STRING + rb'[ \t\r\n]*+|[^"{}\[\],]++)'
_FIRST_PAIR = re.compile(
    rb'(\{[ \t\r\n]*+"[^"\\]*+"[ \t\r\n]*+:)(?:' + _SCALAR + rb',[ \t\r\n]*+("[^"\\]*+"))?+', re.DOTALL
)


class RecordTooLargeError(ValueError):
    """One record needs more memory than the caller allows."""


def is_json(data: bytes) -> bool:
    """Tell whether some bytes are exactly one JSON value by the letter of RFC 8259."""
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True


class StructureScanner:
    """Follows strings and brackets through JSON text that arrives in pieces: the exact way.

    `position` is where to go on in the text, `depth` counts open brackets from where the scan began.
    """

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self.depth = 0
        self._is_in_string = False

    def find_end(self, text: bytes | bytearray) -> int | None:
        """Return where the value ends that the scan began with: the place of a comma or a closing bracket.

        `None` asks for a longer text; nothing is looked at twice.
        """
        position, size = self.position, len(text)
        while position < size:
            if self._is_in_string:
                position = _end_of(_STRING_REST, text, position)
                if position == size or text[position] != _QUOTE:
                    break
                self._is_in_string = False
                position += 1
            position = _end_of(_INSIDE if self.depth else _AT_TOP, text, position)
            if position == size:
                break
            byte = text[position]
            if byte == _QUOTE:
                self._is_in_string = True
            elif byte in _OPENING:
                self.depth += 1
            elif not self.depth:
                self.position = position
                return position
            else:
                self.depth -= 1
            position += 1
        self.position = position
        return None


_QUOTE = ord('"')
_COMMA = ord(",")
_OPENING = b"{["


def _end_of(pattern: re.Pattern[bytes], text: bytes | bytearray, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


@dataclass(frozen=True, slots=True, kw_only=True)
class _Boundary:
    """How the end of one object and the beginning of the next look in this file.

    `pattern` begins with the last byte of the one and ends with the first key of the other (its second key is
    looked at, too); `gap_bytes` is the space and the comma behind that last byte.
    """

    pattern: re.Pattern[bytes]
    gap_bytes: int

    @classmethod
    def beside(cls, region: bytes) -> _Boundary | None:
        """Learn from an object that stands in `region` together with the space around it."""
        lead_bytes = _end_of(_SPACE, region, 0)
        trail = region[len(region.rstrip(WHITESPACE)) :]
        head = _FIRST_PAIR.match(region, lead_bytes)
        if head is None:
            return None
        pattern = re.escape(b"}" + trail + b"," + region[:lead_bytes] + head[1])
        if head[2]:
            pattern += rb"(?=" + _SCALAR + rb",[ \t\r\n]*+" + re.escape(head[2]) + rb")"
        return cls(pattern=re.compile(pattern, re.DOTALL), gap_bytes=len(trail) + 1)

    def find(self, text: bytearray, start: int) -> int:
        """Return where an element seems to end (after its last byte), or -1."""
        found = self.pattern.search(text, start)
        return found.start() + 1 if found else -1


class ElementSplitter:
    """Cuts one array; iterate over `elements()` once.

    `list_key` names the list to cut where it stands in an object (`a.b`: in the object `a` of it). `is_value` proves
    a guess: it must be true only of bytes that are one whole JSON value, so a caller who has met the same bytes
    before may say yes without parsing them. Raises `RecordTooLargeError`.
    """

    def __init__(
        self,
        chunks: Iterator[bytes],
        *,
        list_key: str | None = None,
        max_record_bytes: int,
        is_value: Callable[[bytes], bool] = is_json,
    ) -> None:
        self._chunks = chunks
        self._list_key = list_key
        self._max_record_bytes = max_record_bytes
        self._is_value = is_value
        self._text = bytearray()  # begins where the current element does
        self._exact_bytes = 0  # how far the text from its beginning is to be cut the exact way only
        self._boundary: _Boundary | None = None

    def elements(self) -> Generator[bytes, None, str | None]:
        """Yield each element without the space around it; return why the array is not whole, or `None`."""
        reason = yield from self._cut(is_wanted=bool)
        return reason or self._leave_list()

    def values(self) -> Generator[bytes, None, str | None]:
        """Yield what stands between the commas, also where that is nothing, and read no further than the array.

        Returns why it is not whole, or `None`.
        """
        reason = yield from self._cut(is_wanted=lambda _: True)
        return reason or (None if self._text.startswith(b"]") else _CUT_SHORT)

    def read_ahead(self) -> bytes:
        """Return what was read and stands behind the array, after its values."""
        return bytes(self._text[1:])

    def _cut(self, *, is_wanted: Callable[[bytes], bool]) -> Generator[bytes, None, str | None]:
        """Yield the wanted of what stands between the commas, and stop at the bracket that closes the array."""
        if reason := self._enter_list():
            return reason
        is_first = True
        while True:
            guess = self._guess()
            if guess is not None:
                yield guess
                continue
            end = self._exact_end()
            if end is None:
                if rest := self._whole_rest():
                    yield rest
                return _CUT_SHORT
            region = self._take(end)
            is_last = self._text[0] != _COMMA
            element = region.strip(WHITESPACE)
            if is_wanted(element) and not (is_first and is_last and not element):
                yield element
            if is_last:
                return None
            self._take(1)
            if not is_first and self._exact_bytes <= 0:
                self._boundary = _Boundary.beside(region) or self._boundary
            is_first = False

    def _guess(self) -> bytes | None:
        """Take the next element the fast way, or find out that it has to be the exact way."""
        if self._boundary is None or self._exact_bytes > 0:
            return None
        searched = 0
        while (end := self._boundary.find(self._text, searched)) < 0:
            searched = max(0, len(self._text) - _HEAD_BYTES)
            if len(self._text) >= min(_GUESS_BYTES, self._max_record_bytes) or not self._read_more():
                break
        if end >= 0:
            with memoryview(self._text) as view:
                element = bytes(view[_end_of(_SPACE, self._text, 0) : end])
            if self._is_value(element):
                self._drop(end + self._boundary.gap_bytes)
                return element
        self._exact_bytes = end if end >= 0 else len(self._text)
        return None

    def _exact_end(self) -> int | None:
        scanner = StructureScanner()
        while (end := scanner.find_end(self._text)) is None:
            if len(self._text) > self._max_record_bytes:
                raise RecordTooLargeError(f"holds a record larger than {self._max_record_bytes} bytes")
            if not self._read_more():
                return None
        return end

    def _whole_rest(self) -> bytes:
        """Return the last object of a list that is cut off right behind it."""
        rest = bytes(self._text).strip(WHITESPACE)
        return rest if rest.endswith(b"}") and self._is_value(rest) else b""

    def _enter_list(self) -> str | None:
        while len(self._text) < _HEAD_BYTES and self._read_more():
            pass
        if self._text.startswith(BOM):
            self._take(len(BOM))
        while (start := _end_of(_SPACE, self._text, 0)) == len(self._text):
            self._take(start)
            if not self._read_more():
                return "is empty"
        first = self._text[start : start + 1]
        self._take(start + 1)
        if first == b"[" and self._list_key is None:
            return None
        if first == b"{" and self._list_key is not None:
            return self._enter_member(self._list_key)
        return "is not a JSON list"

    def _enter_member(self, list_key: str) -> str | None:
        """Go to the list; its key has a dot where it stands in an object inside the object."""
        *outer_keys, inner_key = list_key.split(".")
        while True:
            while (key := _KEY.match(self._text)) is None or key.end() == len(self._text):
                if len(self._text) >= _MAX_KEY_BYTES or not self._read_more():
                    return f"holds no list named {list_key!r}"
            name, opening = key_text(key[1]), self._text[key.end()]
            if not outer_keys and opening == ord("[") and name == inner_key:
                self._take(key.end() + 1)
                return None
            if outer_keys and opening == ord("{") and name == outer_keys[0]:
                self._take(key.end() + 1)
                del outer_keys[0]
                continue
            end = self._exact_end()
            if end is None or self._text[end] != ord(","):
                return f"holds no list named {list_key!r}"
            self._take(end + 1)

    def _leave_list(self) -> str | None:
        """Read to the end of the file and judge what stands behind the list."""
        tail = bytes(self._text[1:])
        has_closed = self._text.startswith(b"]")
        for chunk in self._chunks:
            tail = (tail + chunk)[-_HEAD_BYTES:] if self._list_key else tail + chunk.strip(WHITESPACE)[:1]
        tail = tail.strip(WHITESPACE)
        if not has_closed:
            return _CUT_SHORT
        if self._list_key is None:
            return "goes on after the end of the list" if tail else None
        return None if tail.endswith(b"}") else "ends in the middle of an object"

    def _read_more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self._text += chunk
        return True

    def _take(self, count: int) -> bytes:
        with memoryview(self._text) as view:
            taken = bytes(view[:count])
        self._drop(count)
        return taken

    def _drop(self, count: int) -> None:
        del self._text[:count]
        self._exact_bytes -= count


def key_text(quoted: bytes) -> str:
    """Return the text of an object's key from its bytes with quotes."""
    try:
        return str(orjson.loads(quoted))
    except orjson.JSONDecodeError:
        return quoted[1:-1].decode("utf-8", "replace")
