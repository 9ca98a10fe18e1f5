"""How a text becomes the words that the search index holds: one way for messages, queries and scores.

Words keep what people type into a search: `snake_case`, `3.14`, `don't`, `C++`, `.NET`. Accents of Latin and Greek
letters do not count. Scripts that put no spaces between words become overlapping pairs of characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import polars as pl

from memlake.hashing import short_hash
from memlake.text import common_beginning

MAX_WORD_CHARS = 64
"""Longer ones are keys, hashes or encoded files, which nobody searches for: they are dropped."""

_READ_AT_ONCE = 4_000
_WORTH_SHARING = 2_000
_SHORTEST_BEGINNING = 2

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}ー\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
_NUMBER = r"\d+(?:[.,]\d+)+"
_LETTERS = rf"[\w--[_{_UNSPACED}]]+"
_ENDING = r"['\u{2019}](?:t|s|re|ve|ll|d|m)(?-u:\b{end-half})|\+\+|[+#](?-u:\b{end-half})"
_DOTTED = r"(?-u:\b{start-half})\.[a-z][\w--[_]]*"
_WORD = rf"{_NUMBER}|{_LETTERS}(?:_+{_LETTERS})*(?:{_ENDING})?|{_DOTTED}"
_BARE_DOTTED = r"(?-u:\b{start-half})\.([a-z][\w--[_]]*)"
_ONE_UNSPACED = f"[{_UNSPACED}]"
_MAY_BE_UNSPACED = rf"[{_UNSPACED}\u{{3200}}-\u{{33ff}}]"  # signs such as ㍿, which stand for several characters

_ACCENTS = r"([\p{Latin}\p{Greek}]|^)[\u{300}-\u{36f}]+"
_SPELLED_OUT = {
    "\u2019": "'",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "\u0131": "i",
    " ": "",
}

_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}


def tokens(texts: pl.Series) -> pl.Series:
    """Return the words of each text, lower case, as a list per text; a null has none.

    Words of unspaced scripts stand behind the others of their text, and so does the bare word of `.env` behind it.
    """
    if len(texts) < _WORTH_SHARING:
        return _tokens(texts)
    half = len(texts) // 2
    with ThreadPoolExecutor(max_workers=2) as pool:  # Polars works outside Python's lock, but on one text at a time
        return pl.concat(pool.map(_tokens, (texts[:half], texts[half:])))


def _tokens(texts: pl.Series) -> pl.Series:
    lower = texts.cast(pl.String).fill_null("").str.to_lowercase()
    lower = lower.str.replace_all(_BARE_DOTTED, ".$1 $1")
    is_unspaced = lower.str.contains(_MAY_BE_UNSPACED)
    if not is_unspaced.any():
        return _finished(lower.str.extract_all(_WORD))
    rows = pl.concat([is_unspaced.not_().arg_true(), is_unspaced.arg_true()])
    words = pl.concat([lower.filter(~is_unspaced).str.extract_all(_WORD), _unspaced(lower.filter(is_unspaced))])
    return _finished(words.gather(rows.arg_sort())).alias(texts.name)


def words_of_each(texts: Sequence[str]) -> list[list[str]]:
    """Return the words of each text."""
    found: list[list[str]] = tokens(pl.Series("word", texts, dtype=pl.String)).to_list() if texts else []
    return found


def words_among(texts: Sequence[str], wanted: frozenset[str]) -> list[frozenset[str]]:
    """Return which of some words each text has."""
    batches = (texts[begin : begin + _READ_AT_ONCE] for begin in range(0, len(texts), _READ_AT_ONCE))
    return [wanted.intersection(words) for batch in batches for words in words_of_each(batch)]


def words_of(text: str) -> list[str]:
    """Return the words of one text, such as a query."""
    found: list[str] = tokens(pl.Series([text], dtype=pl.String)).to_list()[0]
    return found


def are_unspaced(texts: Sequence[str]) -> list[bool]:
    """Tell for each text whether it has a character of a script that puts no spaces between words."""
    if all(map(str.isascii, texts)):
        return [False] * len(texts)
    found: list[bool] = (
        pl.Series("text", texts, dtype=pl.String).str.normalize("NFKC").str.contains(_ONE_UNSPACED).to_list()
    )
    return found


@cache
def analysis_version() -> str:
    """Return what changes whenever a text may give other words than before."""
    return short_hash(Path(__file__).read_text(encoding="utf-8"), 16)


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return what takes the endings off a word, for a language by its ISO 639-1 name.

    Takes words as `tokens` gives them. An unknown language, or one that tantivy has no stemmer for, leaves them alone.
    """
    import tantivy  # noqa: PLC0415 - only who searches waits for it

    name = _STEMMERS.get(language)
    if name is None:
        return str
    try:
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer(name)).build()
    except ValueError:  # older ones know fewer languages
        return str
    return cache(lambda word: (analyzer.analyze(word) or [word])[0])


def stem_beginning(word: str, stem: Callable[[str], str]) -> str | None:
    """Return what a word and its stem both begin with, as its other forms do; `None` if that is too little."""
    beginning = common_beginning((word, stem(word)))
    return beginning if len(beginning) >= _SHORTEST_BEGINNING else None


def same_stem(word: str, others: Iterable[str], stem: Callable[[str], str]) -> Iterator[str]:
    """Yield those words that are a word or have its stem."""
    wanted = stem(word)
    return (other for other in others if other == word or stem(other) == wanted)


def _unspaced(lower: pl.Series) -> pl.Series:
    """Return the words of texts with unspaced scripts: pairs of each run, a run of one character as it is.

    Written twice, the characters of 日本語 stand in pairs: 日 日本 本語 語.
    """
    composed = lower.str.normalize("NFKC")
    words = composed.str.replace_all(f"{_ONE_UNSPACED}{{2,}}", " ").str.extract_all(f"{_WORD}|{_ONE_UNSPACED}")
    pairs = composed.str.replace_all(_ONE_UNSPACED, "$0 $0").str.extract_all(f"{_ONE_UNSPACED}{{2}}")
    frame = pl.DataFrame({"words": words, "pairs": pairs})
    return frame.select(words=pl.concat_list("words", "pairs")).to_series()


def _finished(words: pl.Series) -> pl.Series:
    """Fold what is not ASCII; drop what is too long, and what was nothing but accents."""
    folded = pl.element().map_batches(_folded, return_dtype=pl.String, is_elementwise=True)
    is_kept = pl.element().str.len_chars().is_between(1, MAX_WORD_CHARS)
    return words.list.eval(folded).list.eval(pl.element().filter(is_kept))


def _folded(words: pl.Series) -> pl.Series:
    """Return words in one spelling: NFKC, without accents."""
    rows = (words.str.len_bytes() != words.str.len_chars()).arg_true()
    if rows.is_empty():
        return words
    decomposed = words.gather(rows).str.normalize("NFKD").str.replace_all(_ACCENTS, "$1")
    spelled = decomposed.str.replace_many(_SPELLED_OUT).str.normalize("NFC")
    return words.scatter(rows, spelled)
