"""All that an interview writes is about a traveller's crossing: it goes with it."""

from __future__ import annotations

from uuid import UUID

from openmidas.cases.interviews import entries
from openmidas.cases.refusal_form.entries import RefusalServed
from openmidas.crossings.erasing import tells_of_crossing
from openmidas.journal import Content
from openmidas.pictures.erasing import KINDS as PICTURES
from openmidas.pictures.erasing import about_of

KINDS = {
    "case.taken": entries.CaseTaken,
    "case.left": entries.CaseLeft,
    "case.noted": entries.CaseNoted,
    "case.checked": entries.CaseChecked,
    "care.recorded": entries.CareRecorded,
    "hold.begun": entries.HoldBegun,
    "hold.ended": entries.HoldEnded,
    "refusal.served": RefusalServed,
}


def crossing_of(content: Content) -> UUID | None:
    """Which crossing such an entry is about; None for any other content."""
    return (
        getattr(content, "crossing", None) if isinstance(content, tuple(KINDS.values())) else None
    )


for name in KINDS:
    tells_of_crossing(name, crossing_of)
for name in PICTURES:
    # What is about no crossing is not found by one: the id of an incident is nobody else's.
    tells_of_crossing(name, about_of)
