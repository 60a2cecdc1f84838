"""Displacements at the HQ: of all posts, together and one by one, and as a file."""

from __future__ import annotations

import csv
import io
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from openmidas.displacements.access import headquarters
from openmidas.displacements.models import PEOPLE, SPECIAL, Displacement
from openmidas.displacements.page import displacement_page, displacements_here, numbers, shown
from openmidas.displacements.totals import together, totals
from openmidas.nodes.services import node_day
from openmidas.screening.formats.cells import harmless

MOST_SHOWN = 200
COLUMNS = (
    "displacement",
    "post",
    "origin",
    "destination",
    "since",
    "cause",
    "direction",
    "open",
    "counted",
    "of_them_estimated",
    "registered",
    "to_register",
    "registered_beyond_count",
    "people",
    *(f"counted_{name}" for name in (*PEOPLE, *SPECIAL)),
    *(f"registered_{name}" for name in PEOPLE),
)


@headquarters
@require_safe
def displacements(request: HttpRequest) -> HttpResponse:
    """The displacements of all posts, and the sum of all, shown or not."""
    rows = list(displacements_here())
    found = totals(rows)
    context = {
        "rows": shown(rows[:MOST_SHOWN], found),
        "numbers": numbers(together(found.values())),
    }
    return render(request, "displacements/hq/displacements.html", context)


@headquarters
@require_safe
def displacement(request: HttpRequest, id: UUID) -> HttpResponse:
    """One displacement of a post."""
    page = displacement_page(get_object_or_404(Displacement, id=id))
    return render(request, "displacements/hq/displacement.html", {"page": page})


@headquarters
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """A line for each displacement, as CSV. Nothing in it is of one person."""
    rows = list(displacements_here())
    found = totals(rows)
    text = io.StringIO()
    write = csv.writer(text)
    write.writerow(COLUMNS)
    for one in shown(rows, found):
        row, sums = one.row, found[one.row.id]
        line = (
            row.id,
            harmless(one.post),
            harmless(row.origin),
            harmless(row.destination),
            row.since.isoformat(),
            row.cause,
            row.direction,
            "yes" if row.open else "no",
            sums.balance.counted,
            sums.about,
            sums.balance.registered,
            sums.balance.to_register,
            sums.balance.beyond,
            sums.balance.people,
            *(sums.counted[name] for name in PEOPLE),
            *(sums.special[name] for name in SPECIAL),
            *(sums.registered[name] for name in PEOPLE),
        )
        write.writerow(line)
    name = f"displacements-{node_day().isoformat()}.csv"
    return HttpResponse(
        "\ufeff" + text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
