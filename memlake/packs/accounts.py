"""Finds numbers of bank accounts and cards in a text: their check digits prove them, or the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_CARD = re.compile(r"(?<![\d.,-])(?:\d[ -]?){12,18}\d(?![\d-])")
_CALLED_CARD = re.compile(
    r"visa|mastercard|master card|amex|american express|maestro|\bcard\b|karte|tarjeta|carte|cartão|カード|\bexp\b",
    re.IGNORECASE,
)
_NEAR = 40
_CARD_BEGINNINGS = ("34", "37", "35", "36", "30", "4", "5", "2", "6")
_SHORTEST_IBAN = 15
_SIGNS = re.compile(r"[^A-Z0-9]")


class AccountNumber(NamedTuple):
    """A number of an account or a card: where it stands, and which of the two it is."""

    start: int
    end: int
    kind: str


def account_numbers(text: str) -> Iterator[AccountNumber]:
    """Yield the numbers of accounts (IBAN) and cards whose check digits are right, and what is called a card."""
    for found in _IBAN.finditer(text):
        end = _iban_end(found[0])
        if end:
            yield AccountNumber(found.start(), found.start() + end, "the number of an account (IBAN)")
    for found in _CARD.finditer(text):
        beside = text[max(0, found.start() - _NEAR) : found.end() + _NEAR]
        if _is_card(re.sub(r"\D", "", found[0])) or _CALLED_CARD.search(beside):
            yield AccountNumber(found.start(), found.end(), "the number of a card")


def _iban_end(written: str) -> int:
    """Return where an IBAN ends, which words may follow; 0 where it is none."""
    for end in range(len(written), _SHORTEST_IBAN - 1, -1):
        if written[end - 1].isalnum() and (end == len(written) or not written[end].isalnum()):
            digits = _SIGNS.sub("", written[:end].upper())
            if len(digits) >= _SHORTEST_IBAN and _is_iban(digits):
                return end
    return 0


def _is_iban(digits: str) -> bool:
    return int("".join(str(int(sign, 36)) for sign in digits[4:] + digits[:4])) % 97 == 1


def _is_card(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return digits.startswith(_CARD_BEGINNINGS) and sum(sum(divmod(value, 10)) for value in doubled) % 10 == 0
