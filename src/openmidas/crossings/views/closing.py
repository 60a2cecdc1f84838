"""The sheet that closes a shift: printed, signed, and kept where no program can change it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmidas.crossings.closing import LENGTHS, closing_sheet
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow, signed_in
from openmidas.posts.roles import Role

USUAL = 8


@allow(Role.HEAD_OF_POST, Role.SECOND_LINE, Role.PRIMARY, at=NodeKind.POST)
@require_GET
def closing(request: HttpRequest) -> HttpResponse:
    """The sheet of the shift that ends now."""
    asked = request.GET.get("hours", "")
    hours = int(asked) if asked in map(str, LENGTHS) else USUAL
    context = {
        "sheet": closing_sheet(hours),
        "hours": hours,
        "lengths": LENGTHS,
        "post": this_node().config.name,
        "officer": signed_in(request).name,
    }
    return render(request, "crossings/closing.html", context)
