"""One crossing at the post: whether its traveller was counted in a displacement before."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openmidas.crossings.models import Crossing
from openmidas.crossings.views.counter import as_id
from openmidas.displacements import services
from openmidas.displacements.access import anybody
from openmidas.displacements.page import displacements_here, shown
from openmidas.displacements.totals import totals
from openmidas.displacements.wording import refusal
from openmidas.incidents.models import number_of
from openmidas.nodes.identity import this_node
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused

OFFERED = 10


@anybody
@require_http_methods(["GET", "POST"])
def of_crossing(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say in which ``displacement`` a traveller was counted; ``back``: take it back. Names nobody."""
    row = get_object_or_404(Crossing.objects.filter(node=this_node().id).defer("inspection"), id=id)
    mark = services.marks_of([id]).get(id)
    if request.method == "POST":
        try:
            displacement = as_id(request.POST.get("displacement", ""))
            if "back" in request.POST:
                services.unmark(actor(request), displacement, id)
            else:
                services.mark(actor(request), displacement, [id])
        except Refused as refused:
            messages.error(request, refusal(refused))
        else:
            messages.success(request, _("Saved."))
        return redirect("displacement-of-crossing", id=id)
    rows = list(displacements_here().filter(direction=row.direction)[:OFFERED])
    of = mark.displacement if mark is not None else None
    if of is not None and of not in {one.id for one in rows}:
        rows += displacements_here().filter(id=of)
    context = {
        "crossing": row,
        "number": number_of(id.hex),
        "mark": mark,
        "rows": shown(rows, totals(rows)),
    }
    return render(request, "displacements/crossing.html", context)
