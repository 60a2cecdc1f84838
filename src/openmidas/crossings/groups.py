"""Travellers who stand at a lane together: who may join, and what one changes for the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from openmidas.crossings.checks import ADULT, age_on, is_child
from openmidas.crossings.inspection import Inspection, Traveller
from openmidas.crossings.reading import document_key
from openmidas.journal.models import new_id
from openmidas.posts.refusals import Refused

MAX_GROUP = 100


def check_room(standing: Sequence[Inspection], *, group: bool) -> None:
    """Raises `Refused` ``lane.occupied`` or ``group.full``."""
    if standing and not (group and all(other.group for other in standing)):
        raise Refused("lane.occupied")
    if len(standing) >= MAX_GROUP:
        raise Refused("group.full", limit=str(MAX_GROUP))


def group_of(standing: Sequence[Inspection]) -> UUID:
    """The group that stands at the lane, or a new one."""
    return next((other.group for other in standing if other.group), None) or new_id()


def with_adult(inspection: Inspection, standing: Iterable[Inspection], today: date) -> bool:
    """Whether somebody else in the same group is certainly grown up."""
    return inspection.group is not None and any(
        other.id != inspection.id
        and other.group == inspection.group
        and _surely_adult(other.traveller, today)
        for other in standing
    )


def concerns(changed: Sequence[Inspection], other: Inspection, today: date) -> bool:
    """Whether somebody who came or left changes what is to be said of another at the lane.

    Only company does: an adult to a child, or a document that is here twice. So a bus of sixty is
    not checked sixty times.
    """
    child = is_child(other.traveller, today)
    key = document_key(other.document)
    return any(
        (child and _surely_adult(one.traveller, today))
        or (key and key == document_key(one.document))
        for one in changed
        if one.id != other.id
    )


def _surely_adult(traveller: Traveller, today: date) -> bool:
    return traveller.birth is not None and age_on(traveller.birth.latest(), today) >= ADULT
