"""The photograph in a chip: what it is worth, for the officer alone, and kept nowhere."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from openmidas.crossings import local, services
from openmidas.crossings.evidence.kept import UNSIGNED, Opened, Originality, Proof, ReadChip
from openmidas.crossings.evidence.portraits import Standing, standing_of
from openmidas.crossings.evidence.reading import ChipFiles
from openmidas.crossings.evidence.services import show_chip
from openmidas.crossings.inspection import State
from openmidas.journal.models import JournalEntry
from tests.crossings.conftest import AMINATA, cancel, paper, scan
from tests.support.chips import Chip, chip_of, trust
from tests.support.faces import face

DRAWN = chip_of(paper(), face=face())


@pytest.mark.usefixtures("post")
@pytest.mark.parametrize(
    ("chip", "trusted", "standing"),
    [
        (DRAWN, True, Standing.SIGNED),
        (DRAWN, False, Standing.UNPROVEN),
        (DRAWN.tampered(), True, Standing.CHANGED),
        (Chip(b"\x77\x02\x30\x00", DRAWN.groups), True, Standing.FORGED),
        (Chip(b"", DRAWN.groups), True, Standing.UNSIGNED),
        (chip_of(paper(surname="DIALLO", number="SP0000002"), face=face()), True, Standing.OTHER),
        (chip_of(paper()), True, Standing.UNREADABLE),
        (DRAWN.without(2), True, Standing.NONE),
    ],
)
def test_it_is_told_for_what_it_is_worth_and_kept_nowhere(
    chip: Chip, trusted: bool, standing: Standing
) -> None:
    if trusted:
        trust()
    inspection = scan(paper())

    _known, shown = show_chip(AMINATA, inspection.id, ChipFiles(chip.sod, chip.groups, Opened.PACE))

    assert shown.standing is standing
    assert bool(shown.picture) == (standing not in (Standing.UNREADABLE, Standing.NONE))
    stopped = services.standing("1")[0].state is State.STOP
    assert stopped == (standing in (Standing.CHANGED, Standing.FORGED, Standing.OTHER))
    (kept,) = local.Standing.objects.values_list("inspection", flat=True)
    cancel(inspection)
    bodies = [bytes(kept), *(bytes(entry.body or b"") for entry in JournalEntry.objects.all())]
    assert not any(b"JFIF" in body or b"/9j/" in body for body in bodies)


GENUINE = ReadChip(outcome=Proof.VALID, opened=Opened.PACE, compared=True)


@pytest.mark.parametrize(
    ("more", "standing"),
    [
        ({"steps": {"revocation": "unknown"}}, Standing.DOUBTFUL),
        ({"originality": Originality.UNKNOWN}, Standing.DOUBTFUL),
        ({"originality": Originality.UNKNOWN, "compared": False}, Standing.DOUBTFUL),
        ({"compared": False}, Standing.UNCOMPARED),
        ({"outcome": Proof.NOT_PERFORMED, "why": "time_unknown"}, Standing.UNCHECKED),
        ({"outcome": Proof.NOT_PERFORMED, "why": UNSIGNED}, Standing.UNSIGNED),
        ({"outcome": Proof.ISSUER_UNKNOWN}, Standing.UNPROVEN),
        ({"steps": {"revocation": "not_performed"}}, Standing.SIGNED),
        ({"differs": ("surname",)}, Standing.OTHER),
        ({"differs": ("surname",), "outcome": Proof.ISSUER_UNKNOWN}, Standing.OTHER),
        ({"differs": ("surname",), "originality": Originality.FAILED}, Standing.FORGED),
    ],
)
def test_it_is_worth_no_more_than_the_chip(more: dict[str, Any], standing: Standing) -> None:
    assert standing_of("same", msgspec.structs.replace(GENUINE, **more)) is standing
