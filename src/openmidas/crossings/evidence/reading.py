"""Reading a chip's files or the code of a seal, with what this node trusts; nothing of them is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from openmidas.crossings.evidence.judging import judge_chip, judge_seal, unread_chip
from openmidas.crossings.evidence.kept import Opened, ReadChip, ReadSeal
from openmidas.crossings.evidence.portraits import NO_PORTRAIT, Portrait, portrait_of
from openmidas.crossings.inspection import Document, Inspection
from openmidas.crossings.receipts.issuing import crossing_of, state_keys
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.documents.chip import ChipProofs, Unreadable, read_chip_confined
from openmidas.documents.seals import (
    NotASeal,
    SealReading,
    Trust,
    read_codes,
    read_codes_confined,
)
from openmidas.issuers import trusted
from openmidas.nodes.identity import this_node
from openmidas.posts.refusals import Refused


class ChipFiles(Struct, frozen=True):
    """What a workstation read of a chip: the security object and the groups, whole files by their number.

    ``proofs``: what the chip answered when it was asked to prove that it is no copy; None: it was not asked.
    """

    sod: bytes
    groups: dict[Annotated[int, Meta(ge=1, le=16)], bytes]
    access: Opened
    proofs: ChipProofs | None = None


def read_chip_files(files: ChipFiles, shown: Inspection, at: datetime) -> tuple[ReadChip, Portrait]:
    """What a chip comes to, which is kept, and its photograph, which is not; ``shown``: for whom.

    It is read in a process of its own, within bounds, and never raises.
    """
    named = {f"DG{number}": group for number, group in files.groups.items()}
    if files.sod:
        named["SOD"] = files.sod
    try:
        read = read_chip_confined(named, trusted(), at=at, proofs=files.proofs)
    except Unreadable as error:
        return unread_chip(error.code, files.access), NO_PORTRAIT
    chip = judge_chip(read, shown.traveller, shown.document, files.access, today=at.date())
    return chip, portrait_of(read, chip)


def codes_of(picture: bytes) -> list[bytes]:
    """The codes in a picture. Raises `Refused` ``seal.no_picture``, ``seal.no_code``."""
    try:
        found = [code.data for code in read_codes(picture)]
    except NotASeal as error:
        raise Refused("seal.no_picture") from error
    if not found:
        raise Refused("seal.no_code")
    return found


def read_seals(codes: Sequence[bytes], document: Document, at: datetime) -> list[ReadSeal]:
    """The seals among some codes, judged: read in a process of their own, within bounds.

    Raises `Refused`: ``seal.none`` where none of them is one, ``seal.unread`` where a bound was reached.
    """
    trust = Trust(state_keys=state_keys(), store=trusted(), revoked=revoked_keys())
    try:
        readings = read_codes_confined(codes, trust, today=at.date())
    except NotASeal as error:
        raise Refused("seal.unread") from error
    seals = [read.seal for read in readings if read.seal is not None]
    if not seals:
        raise Refused("seal.none")
    return [judge_seal(seal, document, crossing=_crossing(seal)) for seal in seals]


def _crossing(seal: SealReading) -> UUID | None:
    """The crossing at this post that a receipt was given for."""
    known = crossing_of(seal.receipt.number, (this_node().id,)) if seal.receipt else None
    return known.id if known else None
