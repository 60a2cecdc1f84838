"""What was read of a document beside its lines, and what was not, for the pages that show a traveller."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from openmidas.crossings.evidence.kept import Agreement, Proof, ReadChip, ReadSeal
from openmidas.crossings.evidence.wording import (
    AGREES,
    CHIP_NOT_READ,
    CHIP_SAID,
    DIFFERS,
    NOT_COMPARED,
    OF_DOCUMENT,
    OPENED,
    SEAL_NOT_READ,
    SEAL_SAID,
    seal_in_words,
)
from openmidas.crossings.inspection import Inspection

_UNREAD = "unknown"
_LOOKS = {
    Proof.VALID: "clear",
    Proof.INVALID: "stop",
    Proof.ISSUER_UNKNOWN: "info",
    Proof.NOT_PERFORMED: _UNREAD,
}


class SaidOf(msgspec.Struct, frozen=True):
    """One line: what it is about, its drawing, what it came to, and what more there is to know."""

    name: str
    look: str
    said: str
    more: str = ""


def evidence_of(inspection: Inspection) -> list[SaidOf]:
    """A line for the chip and one for each seal; those that were not read say so. None without a document."""
    if inspection.document.none:
        return []
    seals = [_seal(seal) for seal in inspection.seals]
    return [_chip(inspection.chip), *(seals or [SaidOf(_("Seal"), _UNREAD, str(SEAL_NOT_READ))])]


def _chip(chip: ReadChip | None) -> SaidOf:
    if chip is None:
        return SaidOf(_("Chip"), _UNREAD, str(CHIP_NOT_READ))
    look = "stop" if chip.differs else _LOOKS[chip.outcome]
    compared = DIFFERS if chip.differs else AGREES if chip.compared else NOT_COMPARED
    more = f"{compared}; {OPENED[chip.opened]}"
    return SaidOf(_("Chip"), look, str(CHIP_SAID[chip.outcome]), more)


def _seal(seal: ReadSeal) -> SaidOf:
    other = seal.document is Agreement.OTHER
    more = str(OF_DOCUMENT.get(seal.document, ""))
    look = "look" if other and seal.outcome is Proof.VALID else _LOOKS[seal.outcome]
    return SaidOf(seal_in_words(seal.kind), look, str(SEAL_SAID[seal.outcome]), more)
