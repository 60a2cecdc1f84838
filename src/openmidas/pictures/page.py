"""Pictures as a page shows them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec

from openmidas.pictures.models import Picture
from openmidas.pictures.reading import percent_here
from openmidas.pictures.services import pictures_of
from openmidas.posts.models import Officer


class ShownPicture(msgspec.Struct, frozen=True, kw_only=True):
    """One picture. ``url``: where it is; ``percent``: how much of it is here; ``by``: who attached it."""

    id: UUID
    caption: str
    url: str
    percent: int
    width: int
    height: int
    by: str
    at: datetime

    @property
    def whole(self) -> bool:
        """Whether there is something to look at."""
        return self.percent == 100


def shown_pictures(about: UUID, node: UUID, url: Callable[[Picture], str]) -> list[ShownPicture]:
    """The pictures that are attached to something of a node. ``url``: where each is, on this page's side."""
    rows = pictures_of(about, node)
    here = percent_here(rows)
    names = dict(
        Officer.objects.filter(id__in=[row.officer for row in rows]).values_list("id", "name")
    )
    return [
        ShownPicture(
            id=row.id,
            caption=row.caption,
            url=url(row),
            percent=here[row.id],
            width=row.width,
            height=row.height,
            by=names.get(row.officer, "") if row.officer else "",
            at=row.at,
        )
        for row in rows
    ]
