"""The digital entry stamp for verifiers of other States: what a receipt says, as a seal of Doc 9303-13.

On the paper stands the receipt's own code, which any phone checks with one key of the State. A State whose
readers know only Doc 9303-13 is given the same words in this form, signed with a certificate of its kind.
"""

from __future__ import annotations

from datetime import date, datetime

from openmidas.documents.receipts import CrossingReceipt, read_number, with_check, without_check
from openmidas.documents.receipts.number import MARK_LETTERS
from openmidas.documents.seals.contents import contents_of
from openmidas.documents.seals.problems import NotASeal
from openmidas.documents.seals.profiles import STAMP
from openmidas.documents.seals.values import NO_LIMIT
from openmidas.documents.seals.vds import Vds

_EXIT, _ENTRY = "exit", "entry"


def stamp_fields(receipt: CrossingReceipt, *, post: str) -> dict[str, str]:
    """What a stamp says, by the names of its features."""
    fields = {
        "number": receipt.number.replace("-", ""),
        "at": receipt.at.isoformat(),
        "direction": _EXIT if receipt.exit else _ENTRY,
        "post": post,
    }
    if receipt.no_limit:
        fields["stay_until"] = NO_LIMIT
    elif receipt.stay_until:
        fields["stay_until"] = receipt.stay_until.isoformat()
    if receipt.digits:
        fields["document_ends_in"] = receipt.digits
    return fields


def read_stamp(seal: Vds) -> CrossingReceipt:
    """What a stamp says, whether it is genuine or not. Raises `NotASeal` where it is no whole stamp."""
    contents = contents_of(seal)
    if contents.kind != STAMP.name or contents.findings:
        raise NotASeal("not_a_stamp", "message")
    number = contents.text("number")
    if read_number(number) is None or without_check(number) is None:
        raise NotASeal("not_a_stamp", "message")
    until = contents.text("stay_until")
    limited = until not in ("", NO_LIMIT)
    return CrossingReceipt(
        number=with_check(number[:MARK_LETTERS], number[MARK_LETTERS:-1]),
        at=datetime.fromisoformat(contents.text("at")),
        exit=contents.text("direction") == _EXIT,
        stay_until=date.fromisoformat(until) if limited else None,
        no_limit=until == NO_LIMIT,
        digits=contents.text("document_ends_in"),
    )
