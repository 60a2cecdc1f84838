"""The links at the top of a page: those that the officer may follow, no others."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest


class Link(msgspec.Struct, frozen=True):
    """A page in the navigation. ``here``: the page that is shown now belongs to it."""

    url: str
    label: str
    here: bool


def links_for(request: HttpRequest) -> list[Link]:
    """The pages that the officer of this request may open, in the order of the work."""
    return []
