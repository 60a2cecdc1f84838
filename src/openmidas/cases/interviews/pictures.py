"""Pictures of an interview: of a document's page, of a vehicle, of what was found."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from openmidas.cases.interviews.services import came_to_second_line
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.pictures.page import ShownPicture, shown_pictures
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach
from openmidas.posts.refusals import Refused


def attach_picture(actor: Actor, crossing: UUID, id: UUID, picture: Redrawn, caption: str) -> None:
    """Attach a picture to a traveller's interview, also after the decision.

    Raises `Refused` ``crossing.unknown``, and as `pictures.services.attach` does.
    """
    row = Crossing.objects.filter(id=crossing, node=this_node().id).first()
    if row is None or not came_to_second_line(row):
        raise Refused("crossing.unknown")
    attach(actor, about=crossing, id=id, picture=picture, caption=caption)


def shown_of_interview(crossing: UUID) -> list[ShownPicture]:
    """The pictures of an interview, for its page at the post."""
    return shown_pictures(
        crossing,
        this_node().id,
        lambda one: reverse("interview-picture", args=[crossing, one.id]),
    )
