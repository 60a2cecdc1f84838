"""How a crossing was decided and why, as far as an officer of the HQ reads it: a compartment keeps some.

Rooms above know of files that compartments hold. They register themselves::

    register_files(compartments_with)
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from uuid import UUID

import msgspec

from openmidas.crossings.models import Crossing
from openmidas.crossings.telling import tells_hand_over, tells_reason
from openmidas.crossings.words import REASONS_APART, REFERRAL_REASONS
from openmidas.posts.compartments import compartments_of
from openmidas.posts.models import Officer

Files = Callable[[UUID], Collection[str]]

_files: list[Files] = []


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """How and why, for one reader. ``referral``: in words; ``kept_apart``: the rest is not for them."""

    referral: str
    admission_reason: str = ""
    refusal_reason: str = ""
    handed_to: str = ""
    note: str = ""
    open_hit_reason: str = ""
    kept_apart: bool = False


def register_files(files: Files) -> None:
    """A higher room knows which silent compartments hold a file of a crossing; twice does nothing."""
    if files not in _files:
        _files.append(files)


def tells(row: Crossing, officer: Officer) -> bool:
    """Whether an officer of the HQ reads what befell this traveller: what a compartment knows stays there.

    The reason of the referral can tell it, and to whom they were handed over, and that there is a file.
    """
    held = compartments_of(officer)
    return (
        tells_reason(row.reason, held)
        and tells_hand_over(row.handed_to, held)
        and all(held.issuperset(files(row.id)) for files in _files)
    )


def decision_for(row: Crossing, officer: Officer) -> Decision:
    """What this officer of the HQ reads of how a crossing was decided."""
    told = tells_reason(row.reason, compartments_of(officer))
    words = REFERRAL_REASONS if told else REASONS_APART
    referral = str(words.get(row.reason, row.reason))
    if not tells(row, officer):
        return Decision(referral=referral, kept_apart=True)
    return Decision(
        referral=referral,
        admission_reason=row.admission_reason,
        refusal_reason=row.refusal_reason,
        handed_to=row.handed_to,
        note=row.note,
        open_hit_reason=row.open_hit_reason,
    )
