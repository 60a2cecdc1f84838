"""What a chip or a seal adds to who stands at the lane: checked anew with it, and kept until the decision."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from openmidas.crossings.evidence.checks import check_chip, check_seals, stops
from openmidas.crossings.evidence.kept import MOST_SEALS, Proof, ReadChip, ReadSeal
from openmidas.crossings.evidence.portraits import Portrait
from openmidas.crossings.evidence.reading import ChipFiles, codes_of, read_chip_files, read_seals
from openmidas.crossings.inspecting import Checker
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.photographs import TURNS
from openmidas.crossings.standing import learn, one_standing
from openmidas.journal import Actor
from openmidas.posts.refusals import Refused


def show_chip(actor: Actor, inspection: UUID, files: ChipFiles) -> tuple[Inspection, Portrait]:
    """The chip of a document that lies open at the actor's lane was read.

    The inspection, and the photograph in the chip, which is in no part of it and kept nowhere. Raises
    `Refused`: ``scan.decided``, ``scan.unknown``, ``camera.busy``, ``request.broken`` (the actor is at no
    lane), ``chip.stopped``: a chip that stopped the traveller is not replaced by any other.
    """
    checker = Checker()
    shown = one_standing(_lane(actor), inspection)
    with TURNS.take(actor.lane):
        chip, portrait = read_chip_files(files, shown, checker.now)
    return learn(checker, actor, inspection, lambda one: _with_chip(one, chip)), portrait


def show_seal(
    actor: Actor, inspection: UUID, *, picture: bytes = b"", data: bytes = b""
) -> tuple[Inspection, ReadSeal]:
    """A seal on the document was read: as a ``picture`` that it is in, or as the ``data`` of its code.

    The inspection, and the worst of the seals that were seen now. Raises `Refused` as `show_chip` does but
    for ``chip.stopped``, and ``seal.no_picture``, ``seal.no_code``, ``seal.none``, ``seal.unread``,
    ``seal.many`` (there is no room for any of them beside others that are as bad).
    """
    checker = Checker()
    document = one_standing(_lane(actor), inspection).document
    with TURNS.take(actor.lane):
        codes = [data] if data else codes_of(picture)
        seals = read_seals(codes, document, checker.now)
    known = learn(checker, actor, inspection, lambda one: _with_seals(one, seals))
    return known, min(seals, key=_rank)


_WORST = (Proof.INVALID, Proof.NOT_PERFORMED, Proof.ISSUER_UNKNOWN, Proof.VALID)


def _lane(actor: Actor) -> str:
    if not actor.lane:
        raise Refused("request.broken")
    return actor.lane


def _with_chip(one: Inspection, chip: ReadChip) -> Inspection:
    """Nothing disappears because another document was laid on the reader, nor one reason behind another."""
    if stops(check_chip(one.chip)) and chip != one.chip:
        raise Refused("chip.stopped")
    return msgspec.structs.replace(one, chip=chip)


def _with_seals(one: Inspection, seals: Sequence[ReadSeal]) -> Inspection:
    """The worst stay where there is room for no more: what is harmless must not keep out what stops."""
    new = [seal for seal in seals if seal not in one.seals]
    every = (*one.seals, *dict.fromkeys(new))
    if len(every) > MOST_SEALS:
        every = tuple(sorted(every, key=_rank)[:MOST_SEALS])
        if not any(seal in every for seal in new):
            raise Refused("seal.many", most=str(MOST_SEALS))
    return msgspec.structs.replace(one, seals=every)


def _rank(seal: ReadSeal) -> tuple[int, int]:
    """How bad a seal is, the worst first: by what it does to the traveller, then by what it came to."""
    severity = min(finding.severity.rank for finding in check_seals([seal]))
    return severity, _WORST.index(seal.outcome)
