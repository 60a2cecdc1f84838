"""Who may open the pages of health checks, and who may read what stands there."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from openmidas.crossings.models import Crossing
from openmidas.health.contacts import Asked
from openmidas.health.models import HealthCheck
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow, signed_in
from openmidas.posts.compartments import compartments_of
from openmidas.posts.entries import Compartment
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

readers = allow(
    Role.SECOND_LINE, Role.HEAD_OF_POST, Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT
)
FILES = UUID("0e6a9c0f-7a0b-5f5e-8b9b-6d1f0b9a4c11")
"""The name space of what is opened here: any constant would do."""
interview_room = allow(Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)


def file_of(crossing: UUID) -> UUID:
    """What is kept open of a health file: opening a crossing elsewhere does not open it."""
    return uuid5(FILES, f"file {crossing}")


def contacts_of_file(crossing: UUID, asked: Asked) -> UUID:
    """What is kept open of a list of contacts: opening a file opens nobody else's names, and those of some
    days not those of more."""
    return uuid5(FILES, f"contacts {crossing} {asked.days} {asked.minutes}")


def name_of_file(row: Crossing) -> str:
    """What a look-up says of whose file was opened: who reads look-ups is outside the compartment.

    It comes from the number of the first check, which the compartment alone knows; but that number itself
    would lead on to the incident, and to the illness.
    """
    checks = HealthCheck.objects.filter(crossing=row.id, node=row.node).order_by("clock", "id")
    first = checks.values_list("id", flat=True).first()
    return "without a check" if first is None else str(uuid5(FILES, f"look-up {first}"))


def is_member(officer: Officer) -> bool:
    """Whether an officer is in the medical compartment today."""
    return Compartment.MEDICAL in compartments_of(officer)


def crossing_here(id: UUID) -> Crossing:
    """A crossing of this post; the HQ has those of all. Raises `Http404`."""
    node = this_node()
    row = Crossing.objects.filter(id=id).defer("inspection").first()
    if row is None or (row.node != node.id and not node.is_hq):
        raise Http404
    return row


def checked_here(id: UUID) -> Crossing:
    """One that health has checked: of nobody else contacts are looked for. Raises `Http404`."""
    row = crossing_here(id)
    if not HealthCheck.objects.filter(crossing=row.id, node=row.node).exists():
        raise Http404
    return row


def for_members(request: HttpRequest) -> None:
    """Raises `PermissionDenied` for whoever is not in the compartment."""
    if not is_member(signed_in(request)):
        raise PermissionDenied
