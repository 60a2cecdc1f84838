"""Photos of the pages of the paper register: beside the form while a day is typed in, kept with that day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

import msgspec
from django.db.models import QuerySet
from django.urls import reverse

from openmidas.crossings.entries import OLDEST, OLDEST_YEARS
from openmidas.journal import Actor
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day, node_time
from openmidas.pictures.models import Picture
from openmidas.pictures.page import ShownPicture, shown_pictures
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach
from openmidas.posts.refusals import Refused

SHOWN = timedelta(days=7)
"""A page names many: a post sees it for as long as catching up takes, and no longer."""
_DAYS_BACK = 366
"""How far back the form looks for days that have pages; an older one is chosen by its date."""


class PaperPages(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown beside the form: the pages of ``day``, and which days have some at all."""

    day: date
    pictures: tuple[ShownPicture, ...]
    days: tuple[date, ...]


def pages_of(node: UUID, day: date) -> UUID:
    """What the photos of a post's paper register of a day are about."""
    return uuid5(node, f"pages of the paper register {day.isoformat()}")


def attach_page(actor: Actor, day: date | None, id: UUID, picture: Redrawn, caption: str) -> None:
    """Attach a photo of a page of the paper register.

    Raises `Refused`: ``paper.page_day`` (none given), ``recording.in_future``, ``recording.too_old``,
    and as `pictures.services.attach` does.
    """
    if day is None:
        raise Refused("paper.page_day")
    if day > node_day():
        raise Refused("recording.in_future")
    if day < node_day() - OLDEST:
        raise Refused("recording.too_old", years=str(OLDEST_YEARS))
    attach(actor, about=pages_of(this_node().id, day), id=id, picture=picture, caption=caption)


def still_shown(about: UUID, picture: UUID) -> bool:
    """Whether the pages of this post still show that picture of that day."""
    return _shown_here().filter(about=about, id=picture).exists()


def beside(day: date | None) -> PaperPages:
    """The pages of a day of this post; no day: of that which has the newest, else of today."""
    node, today = this_node().id, node_day()
    back = (today - timedelta(days=number) for number in range(_DAYS_BACK))
    abouts = {pages_of(node, one): one for one in back}
    with_pages = _shown_here().filter(about__in=abouts).order_by("at", "id")
    found = [abouts[about] for about in with_pages.values_list("about", flat=True)]
    day = day or (found[-1] if found else today)
    shown = set(_shown_here().filter(about=pages_of(node, day)).values_list("id", flat=True))
    return PaperPages(
        day=day,
        pictures=tuple(one for one in shown_of_day(node, day) if one.id in shown),
        days=tuple(sorted(set(found), reverse=True)),
    )


def shown_of_day(node: UUID, day: date) -> list[ShownPicture]:
    """All pages of a day of a post, as the page shows them that asks: at the post, or at the HQ."""
    if this_node().is_hq:
        return shown_pictures(
            pages_of(node, day),
            node,
            lambda one: reverse("hq-paper-page", args=[node, day.isoformat(), one.id]),
        )
    return shown_pictures(
        pages_of(node, day), node, lambda one: reverse("paper-page", args=[day.isoformat(), one.id])
    )


def number_of_pages(node: UUID, day: date) -> int:
    """How many pages of a day of a post are photographed."""
    return Picture.objects.filter(about=pages_of(node, day), node=node).count()


def _shown_here() -> QuerySet[Picture]:
    return Picture.objects.filter(node=this_node().id, at__gte=node_time() - SHOWN)
