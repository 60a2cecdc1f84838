"""Receipts of crossings as seals: the digital entry stamp that any phone checks (docs/format.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from openmidas.documents.receipts import Verdict, verify
from openmidas.documents.receipts.code import LABEL, LONGEST
from openmidas.documents.seals.problems import NotASeal


class ReceiptSeal(msgspec.Struct, frozen=True, tag="receipt"):
    """The code of a receipt. What it says is not believed before `check_receipt` has found it valid."""

    text: str


def read_receipt(text: str) -> ReceiptSeal:
    """The code of a receipt, spaces and line ends forgiven. Raises `NotASeal`."""
    bare = "".join(text.split()).upper()
    if not bare.startswith(LABEL) or len(bare) > LONGEST:
        raise NotASeal("not_a_seal")
    return ReceiptSeal(bare)


def check_receipt(
    seal: ReceiptSeal, state_keys: Iterable[bytes], revoked: Mapping[bytes, datetime] | None = None
) -> Verdict:
    """What it is worth, and what it says where it is valid. ``revoked``: as in `receipts.verify`."""
    return verify(seal.text, state_keys, revoked)
