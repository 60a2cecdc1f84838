"""What was answered to somebody, until they are done with it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openmidas.posts.access import open_to_all
from openmidas.rights.public import KEEPING, for_the_public, public_page
from openmidas.rights.wording import NOTHING_LEFT


@open_to_all
@for_the_public
@require_safe
def kept(request: HttpRequest, id: UUID) -> HttpResponse:
    """An answer, or that there is nothing here any more."""
    found = KEEPING.shown(id)
    if found is None:
        return public_page(request, "problem.html", {"told": NOTHING_LEFT}, 404)
    here = {"id": id, "kept": id}
    return public_page(request, found.template, {**found.context, **here}, found.status)
