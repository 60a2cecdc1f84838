"""What was read of a document beside its lines, and what was not, for the pages that show a traveller."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from openmidas.crossings.evidence.checks import RECEIPTS, revocations_stale
from openmidas.crossings.evidence.kept import (
    STALE_REVOCATIONS,
    Agreement,
    Originality,
    Proof,
    ReadChip,
    ReadSeal,
)
from openmidas.crossings.evidence.wording import (
    AGREES,
    CHIP_COPY,
    CHIP_NOT_READ,
    CHIP_ORIGINAL,
    CHIP_SAID,
    CHIP_UNPROVEN,
    DIFFERS,
    LIST_STALE,
    NOT_COMPARED,
    NOT_KNOWN_REVOKED,
    NUMBER_AGREES,
    OF_DOCUMENT,
    OPENED,
    SEAL_NOT_READ,
    SEAL_SAID,
    seal_in_words,
)
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.words import Words

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
    genuine = CHIP_SAID[chip.outcome]
    more = [OPENED[chip.opened]]
    if chip.originality is Originality.PASSED:
        more.append(CHIP_ORIGINAL)
    unproven = chip.outcome is Proof.VALID and chip.originality is Originality.UNKNOWN
    if unproven:
        more.insert(0, CHIP_UNPROVEN)
    if chip.outcome is Proof.VALID and chip.steps.get("revocation") != "passed":
        more.append(LIST_STALE if revocations_stale(chip) else NOT_KNOWN_REVOKED)
    if chip.originality is Originality.FAILED:
        return SaidOf(_("Chip"), "stop", str(CHIP_COPY), _together(*more))
    if chip.differs:
        return SaidOf(_("Chip"), "stop", str(DIFFERS), _together(genuine, *more))
    if chip.outcome is Proof.INVALID:  # what it agrees with counts for nothing
        return SaidOf(_("Chip"), "stop", str(genuine), _together(*more))
    open_still = unproven or not chip.compared or revocations_stale(chip)
    doubtful = chip.outcome is Proof.VALID and open_still
    look = "look" if doubtful else _LOOKS[chip.outcome]
    return SaidOf(_("Chip"), look, str(genuine), _together(_compared(chip), *more))


def _compared(chip: ReadChip) -> Words:
    if chip.compared:
        return AGREES
    return NUMBER_AGREES if chip.number_agrees else NOT_COMPARED


def _together(*words: Words) -> str:
    return " · ".join(map(str, words))


def _seal(seal: ReadSeal) -> SaidOf:
    """What stops comes first, as with a chip: who signed may be unknown, whose document it is, is not."""
    kind, said = seal_in_words(seal.kind), str(SEAL_SAID[seal.outcome])
    document = str(OF_DOCUMENT.get(seal.document, ""))
    if seal.document is Agreement.OTHER and seal.outcome is not Proof.INVALID:
        return SaidOf(kind, "look" if seal.kind in RECEIPTS else "stop", document, said)
    if seal.outcome is Proof.VALID and seal.why:
        stale = seal.why == STALE_REVOCATIONS
        more = [document] if document else []
        more.append(str(LIST_STALE if stale else NOT_KNOWN_REVOKED))
        return SaidOf(kind, "look" if stale else _LOOKS[seal.outcome], said, _together(*more))
    return SaidOf(kind, _LOOKS[seal.outcome], said, document)
