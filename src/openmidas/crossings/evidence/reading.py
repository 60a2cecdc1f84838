"""Reading a chip's files or the code of a seal, with what this node trusts; nothing of them is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from openmidas.crossings.evidence.judging import judge_chip, judge_seal, receipt_in, unread_chip
from openmidas.crossings.evidence.kept import Opened, ReadChip, ReadSeal
from openmidas.crossings.inspection import Document, Inspection
from openmidas.crossings.receipts.issuing import check, crossing_of, state_keys
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.documents.chip import ChipProofs, Unreadable, read_chip_confined
from openmidas.documents.receipts import CrossingReceipt
from openmidas.documents.seals import (
    NotASeal,
    ReceiptSeal,
    Seal,
    Trust,
    Vds,
    check_seal,
    contents_of,
    read_codes,
    read_seal,
)
from openmidas.issuers import trusted
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused

MOST_SEAL_BYTES = 16 * 1024
"""More than the largest code holds."""


class ChipFiles(Struct, frozen=True):
    """What a workstation read of a chip: the security object and the groups, whole files by their number.

    ``proofs``: what the chip answered when it was asked to prove that it is no copy; None: it was not asked.
    """

    sod: bytes
    groups: dict[Annotated[int, Meta(ge=1, le=16)], bytes]
    access: Opened
    proofs: ChipProofs | None = None


def read_chip_files(files: ChipFiles, shown: Inspection, at: datetime) -> ReadChip:
    """What a chip comes to; ``shown``: for whom.

    It is read in a process of its own, within bounds, and never raises.
    """
    named = {f"DG{number}": group for number, group in files.groups.items()}
    if files.sod:
        named["SOD"] = files.sod
    try:
        read = read_chip_confined(named, trusted(), at=at, proofs=files.proofs)
    except Unreadable as error:
        return unread_chip(error.code, files.access)
    return judge_chip(read, shown.traveller, shown.document, files.access, today=at.date())


def codes_of(picture: bytes) -> list[bytes]:
    """The codes in a picture. Raises `Refused` ``seal.no_picture``, ``seal.no_code``."""
    try:
        found = [code.data for code in read_codes(picture)]
    except NotASeal as error:
        raise Refused("seal.no_picture") from error
    if not found:
        raise Refused("seal.no_code")
    return found


def read_seals(codes: Iterable[bytes], document: Document, at: datetime) -> list[ReadSeal]:
    """The seals among some codes, judged. Raises `Refused` ``seal.none`` where none of them is one."""
    seals = [seal for seal in map(_seal, codes) if seal is not None]
    if not seals:
        raise Refused("seal.none")
    return [_judged(seal, document, at) for seal in seals]


def _seal(code: bytes) -> Seal | None:
    if len(code) > MOST_SEAL_BYTES:
        return None
    try:
        return read_seal(code)
    except NotASeal:
        return None


def _judged(seal: Seal, document: Document, at: datetime) -> ReadSeal:
    trust = Trust(state_keys=state_keys(), store=trusted(), revoked=revoked_keys())
    verdict = check_seal(seal, trust, on=at.date())
    receipt, post = _receipt(seal)
    known = crossing_of(receipt.number, (this_node().id,)) if receipt else None
    return judge_seal(
        seal,
        verdict,
        document,
        today=at.date(),
        receipt=receipt,
        post=post,
        crossing=known.id if known else None,
    )


def _receipt(seal: Seal) -> tuple[CrossingReceipt | None, str]:
    """What a receipt says, and which post gave it; None of any other seal, and where it is not genuine."""
    match seal:
        case ReceiptSeal():
            verdict = check(seal.text)
            return verdict.receipt, verdict.certificate.name if verdict.certificate else ""
        case Vds():
            return receipt_in(seal), contents_of(seal).text("post")
        case _:
            return None, ""
