"""JSON at the edge: fast where it is valid, forgiving where real exports are not."""

from __future__ import annotations

import json

import orjson

from memlake.text import replace_lone_surrogates

_BOM = b"\xef\xbb\xbf"
_NOT_DECODED = object()


class InvalidJsonError(ValueError):
    """Some bytes are not JSON; the message says why without quoting them."""


class JsonBytes:
    """Some bytes that should be JSON, decoded at most once, however many ask."""

    __slots__ = ("_value", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._value: object = _NOT_DECODED

    def value(self) -> object:
        """Return what the bytes mean; raises `InvalidJsonError` as `decode_json` does."""
        if self._value is _NOT_DECODED:
            self._value = decode_json(self.data)
        return self._value

    def is_json(self) -> bool:
        """Tell whether the bytes are one whole JSON value."""
        try:
            self.value()
        except InvalidJsonError:
            return False
        return True


def decode_json(data: bytes) -> object:
    """Return the value of a JSON text.

    Accepts a BOM, NaN and Infinity (as floats), raw control characters and lone surrogates (as U+FFFD).
    Raises `InvalidJsonError` for anything else that is not JSON, nesting beyond the parser's depth included.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return _decode_forgivingly(data, reason=error.msg)


def _decode_forgivingly(data: bytes, *, reason: str) -> object:
    data = data.removeprefix(_BOM)
    try:
        return _without_lone_surrogates(json.loads(data.decode("utf-8", "replace"), strict=False))
    except RecursionError:
        raise InvalidJsonError("nested too deeply") from None
    except ValueError:
        raise InvalidJsonError(f"not valid JSON ({reason})") from None


def _without_lone_surrogates(value: object) -> object:
    if isinstance(value, str):
        return replace_lone_surrogates(value)
    if isinstance(value, list):
        return [_without_lone_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {replace_lone_surrogates(key): _without_lone_surrogates(item) for key, item in value.items()}
    return value
