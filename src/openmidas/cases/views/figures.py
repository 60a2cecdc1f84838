"""Figures of hits at the HQ: by list, by post, and the listings that only ever met others."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.cases.figures.limits import FEWEST_INNOCENT, PERIODS, USUAL_PERIOD
from openmidas.cases.figures.pages import COLUMNS, figures_page, table_lines
from openmidas.cases.views.looking_back import readers
from openmidas.cases.views.settled import READERS
from openmidas.nodes.services import node_day
from openmidas.posts.access import signed_in
from openmidas.posts.roles import Role
from openmidas.screening.formats.cells import harmless


@readers
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The figures of the last days, 90 if nothing else is asked for."""
    days = _days(request)
    officer = signed_in(request)
    context = {
        "page": figures_page(officer, days),
        "days": days,
        "periods": PERIODS,
        "fewest": FEWEST_INNOCENT,
        "keeps_lists": officer.has_role(Role.HQ_LISTS),
        "reads_answers": officer.has_role(*READERS),
    }
    return render(request, "cases/figures/figures.html", context)


@readers
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """The same as CSV, a line for each list at each post."""
    days = _days(request)
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(COLUMNS)
    for line in table_lines(signed_in(request), days):
        write.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    name = f"hits-{days}-{node_day().isoformat()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in PERIODS} else USUAL_PERIOD
