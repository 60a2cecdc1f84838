"""From what was read of a chip or a seal to what is kept of it. Pure: nothing is asked of the node."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from openmidas.crossings.evidence.comparing import differences
from openmidas.crossings.evidence.kept import (
    NO_REVOCATIONS,
    UNSIGNED,
    Agreement,
    Opened,
    Originality,
    Proof,
    ReadChip,
    ReadSeal,
    SaidByReceipt,
)
from openmidas.crossings.inspection import Document, Traveller
from openmidas.crossings.reading import document_key
from openmidas.documents.chip import Authentication, ChipReading
from openmidas.documents.receipts import CrossingReceipt
from openmidas.documents.seals import ReceiptSeal, SealReading, Verdict

_MRZ_GROUP = 1
_LONGEST_KIND = 40
_LONGEST_LINE = 120


def judge_chip(
    chip: ChipReading, traveller: Traveller, document: Document, opened: Opened, *, today: date
) -> ReadChip:
    """What a chip came to, and whether it says what the document does.

    Of a document that was typed only what was typed exactly is compared, so the whole zone is not.
    """
    said = chip.authentication
    outcome = Proof(said.outcome)
    zone = chip.zone.reading if chip.zone else None
    held = zone is not None and not document.none
    differs = differences(traveller, document, zone, today=today) if zone else ()
    return ReadChip(
        outcome=outcome,
        opened=opened,
        steps={step.name: step.outcome for step in said.steps},
        why=_why_not(said),
        state=said.country if outcome is Proof.VALID else "",
        compared=held and bool(document.lines),
        number_agrees=held and "number" not in differs,
        differs=differs,
        originality=_originality(chip),
    )


def unread_chip(code: str, opened: Opened) -> ReadChip:
    """A chip whose files could not be read: ``code`` of `openmidas.documents.chip.Unreadable`."""
    return ReadChip(outcome=Proof.NOT_PERFORMED, opened=opened, why=code)


def _originality(chip: ChipReading) -> Originality:
    """*Not offered* only where the State's own signature says that there are no keys to prove it with."""
    if chip.originality != "not_performed":
        return Originality(chip.originality)
    found = {one.code for step in chip.proofs for one in step.findings}
    return Originality.NOT_OFFERED if found == {"proof_not_offered"} else Originality.NOT_ASKED


def _why_not(said: Authentication) -> str:
    """The step that failed first; or why nothing can be said."""
    if said.outcome == "invalid":
        return next((step.name for step in said.steps if step.outcome == "failed"), "")
    if said.outcome != "not_performed":
        return ""
    if said.step("structure").outcome == "not_performed":
        return UNSIGNED
    if said.groups.get(_MRZ_GROUP) != "same":
        return "zone_absent"
    return "store_broken" if said.step("chain").outcome == "not_performed" else "time_unknown"


def judge_seal(read: SealReading, document: Document, *, crossing: UUID | None = None) -> ReadSeal:
    """What a seal came to, and whether it is about the document that was read.

    ``crossing``: the one that a receipt was given for, where this node has it.
    """
    verdict = read.verdict
    outcome = Proof(verdict.outcome)
    valid = outcome is Proof.VALID
    return ReadSeal(
        outcome=outcome,
        kind=read.kind[:_LONGEST_KIND],
        why=_not_known_revoked(read) if valid else _first(verdict),
        signer=verdict.signer[:_LONGEST_LINE] if valid else "",
        document=_agreement(read, document),
        receipt=_told(read.receipt, read.post, crossing) if read.receipt and valid else None,
    )


def _first(verdict: Verdict) -> str:
    return next((found.code for found in verdict.findings), "")


def _not_known_revoked(read: SealReading) -> str:
    """Of a genuine seal: that the list of revoked certificates is stale, or that there is none.

    Receipts are the State's own, and their keys' revocations are in its journal.
    """
    if isinstance(read.seal, ReceiptSeal) or read.verdict.checks.revocation == "valid":
        return ""
    return _first(read.verdict) or NO_REVOCATIONS


def _agreement(read: SealReading, document: Document) -> Agreement:
    ours = document_key(document)
    if not ours:
        return Agreement.UNSAID
    if read.receipt is not None:
        ends = re.sub("[^0-9A-Z]", "", document.number.upper())
        if not read.receipt.digits:
            return Agreement.UNSAID
        return Agreement.SAME if ends.endswith(read.receipt.digits) else Agreement.OTHER
    named = {document_key(Document(number=number)) for number in read.numbers} - {""}
    if not named:
        return Agreement.UNSAID
    return Agreement.SAME if ours in named else Agreement.OTHER


def _told(receipt: CrossingReceipt, post: str, crossing: UUID | None) -> SaidByReceipt:
    return SaidByReceipt(
        number=receipt.number,
        post=post[:_LONGEST_LINE],
        at=receipt.at.isoformat(timespec="minutes"),
        direction="exit" if receipt.exit else "entry",
        until=receipt.stay_until.isoformat() if receipt.stay_until else "",
        crossing=crossing,
    )
