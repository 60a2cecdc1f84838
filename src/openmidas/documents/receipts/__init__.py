"""Receipts of crossings: their numbers, and the code that any phone can check without a link.

Plain Python, of use without the rest of OpenMIDAS. The layout stands in ``docs/format.md``.
"""

from __future__ import annotations

from openmidas.documents.receipts.code import (
    Certificate,
    CrossingReceipt,
    Outcome,
    Verdict,
    certify,
    read_certificate,
    receipt_code,
    verify,
)
from openmidas.documents.receipts.number import (
    Numbered,
    mark_of,
    read_number,
    receipt_number,
    with_check,
    without_check,
)

__all__ = [
    "Certificate",
    "CrossingReceipt",
    "Numbered",
    "Outcome",
    "Verdict",
    "certify",
    "mark_of",
    "read_certificate",
    "read_number",
    "receipt_code",
    "receipt_number",
    "verify",
    "with_check",
    "without_check",
]
