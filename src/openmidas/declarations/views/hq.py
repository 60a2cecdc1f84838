"""Declarations at the headquarters: totals by month, post and kind, as a page and as CSV."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from openmidas.declarations.access import headquarters
from openmidas.declarations.forms import TotalsForm
from openmidas.declarations.page import Total, totals
from openmidas.nodes.services import node_day
from openmidas.screening.formats.cells import harmless


@headquarters
@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    """What was declared at all posts, by month, post, direction and kind."""
    form = TotalsForm(request.GET)
    found = _wanted(form)
    context = {"form": form, "totals": found, "asked": request.GET.urlencode()}
    status = 200 if form.is_valid() else 422
    return render(request, "declarations/hq.html", context, status=status)


@headquarters
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same as CSV: numbers, and of no person."""
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(
        [
            _("Month"),
            _("Post"),
            pgettext("declaration", "Direction"),
            pgettext("declaration", "What"),
            pgettext("declaration", "Kind"),
            _("Quantity"),
            _("Unit"),
        ]
    )
    for one in _wanted(TotalsForm(request.GET)):
        words = (one.post, one.direction, one.what, one.kind)
        cells = [harmless(word) for word in words]
        write.writerow([f"{one.month:%Y-%m}", *cells, one.plain, one.unit])
    name = f"declarations-{node_day().isoformat()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wanted(form: TotalsForm) -> list[Total]:
    """The totals that a form asks for; none of one that is not understood."""
    if not form.is_valid():
        return []
    wanted = form.cleaned_data
    return totals(form.back(), wanted["what"], wanted["direction"])
