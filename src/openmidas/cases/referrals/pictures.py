"""Pictures of a referral: of its compartment, as its words are."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import transaction
from django.urls import reverse

from openmidas.cases.referrals.models import Referral
from openmidas.cases.referrals.services import held
from openmidas.journal import Actor
from openmidas.pictures.page import ShownPicture, shown_pictures
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach


def pictures_of_referral(referral: UUID) -> UUID:
    """What the pictures of a referral are about.

    Neither the crossing, whose pictures all of the interview room see, nor the bare id, which a form
    brings: no other page finds them.
    """
    return uuid5(referral, "pictures of referral")


@transaction.atomic
def attach_to_referral(
    actor: Actor, referral: UUID, id: UUID, picture: Redrawn, caption: str
) -> None:
    """Attach a picture to a referral of this post, also when it is closed.

    Raises `Refused` ``referral.unknown``, ``referral.not_yours``, and as `pictures.services.attach` does.
    """
    row = held(actor, referral)
    attach(actor, about=pictures_of_referral(row.id), id=id, picture=picture, caption=caption)


def shown_of_referral(row: Referral) -> list[ShownPicture]:
    """The pictures of a referral. Whether the officer may see them is the caller's to ask."""
    about = pictures_of_referral(row.id)
    return shown_pictures(
        about, row.node, lambda one: reverse("referral-picture", args=[row.id, one.id])
    )
