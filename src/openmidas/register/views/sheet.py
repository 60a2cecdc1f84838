"""The closing sheet of a shift as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from openmidas.posts.access import signed_in
from openmidas.register.access import anybody, readable
from openmidas.register.sheet.filling import LANGUAGES, fill
from openmidas.register.sheet.setting import set_sheet


@anybody
@require_safe
def sheet(request: HttpRequest, id: UUID, language: str) -> HttpResponse:
    """The sheet of a shift that has ended, in one of the languages that it is written in."""
    row = readable(signed_in(request), id)
    if row is None or row.until is None or language not in LANGUAGES:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="shift-{row.id}-{language}.pdf"'}
    return HttpResponse(set_sheet(fill(row, language)), "application/pdf", headers=headers)
