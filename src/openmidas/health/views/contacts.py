"""Who travelled with whom: for the medical compartment, each time for a purpose; and as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.models import Crossing
from openmidas.crossings.words import CONVEYANCES, DIRECTIONS
from openmidas.health.access import (
    checked_here,
    contacts_of_file,
    crossing_here,
    for_members,
    is_member,
    name_of_file,
    readers,
)
from openmidas.health.contacts import Asked, Contact, contacts_of, explained, own_crossings
from openmidas.health.forms import ContactsForm, names_of, usual
from openmidas.health.page import met_by, posts_by_id
from openmidas.health.views.checks import ask_purpose
from openmidas.health.ways_out import COLUMNS
from openmidas.health.wording import WHY, cut_lines, cut_own
from openmidas.incidents.models import number_of
from openmidas.lists.views.opened import is_open, keep_open, why_opened
from openmidas.nodes.identity import this_node
from openmidas.posts import lookups
from openmidas.posts.access import actor, signed_in
from openmidas.screening.formats.cells import harmless

ON_A_PAGE = 100
MOST_LINES = 20_000
"""Lines of one table; who needs more asks for fewer days."""


@readers
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """Everybody who came with a traveller or near them. By POST: the purpose of the look-up.

    ``days``, ``minutes``: how far, if not as far as the definition says that was met.
    """
    if not is_member(signed_in(request)):
        context = {"at_hq": this_node().is_hq, "crossing": crossing_here(crossing).id}
        return render(request, "health/closed.html", context)
    row = checked_here(crossing)
    met = met_by(row)
    first = usual(met)
    file = contacts_of_file(crossing, first)
    if not is_open(request, file) or request.method == "POST":
        return ask_purpose(
            request,
            row,
            id=file,
            what=_query(row, first),
            results=_found(row, first).count() if request.method == "POST" else 0,
            then="health-contacts",
        )
    form = _form(request, first)
    if not form.is_valid():
        context = {"crossing": row, "number": number_of(row.id.hex), "form": form}
        return render(request, "health/contacts.html", context, status=422)
    asked = form.asked()
    own = own_crossings(row, asked.days)
    found = contacts_of(own.rows, asked)
    widened = contacts_of_file(crossing, asked)
    if not is_open(request, widened):
        why = why_opened(request, file)
        lookups.made(actor(request), *why, _query(row, asked), found.count())
        keep_open(request, widened)
    posts = posts_by_id()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "crossing": row,
        "number": number_of(row.id.hex),
        "form": form,
        "page": page,
        "rows": [
            (one, _why(one), posts.get(one.row.node, "–"))
            for one in explained(page, own.rows, asked)
        ],
        "own": own.rows,
        "cut": cut_own(own),
        "asked": f"days={asked.days}&minutes={asked.minutes}",
        "whose": names_of(met),
        "at_hq": this_node().is_hq,
    }
    return render(request, "health/contacts.html", context)


@readers
@require_safe
def table(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """The same as a table (CSV), for those who trace contacts. That it was taken is recorded."""
    crossing_here(crossing)
    for_members(request)  # before it is asked who was checked, which is not for others to know
    row = checked_here(crossing)
    first = usual(met_by(row))
    file = contacts_of_file(crossing, first)
    form = _form(request, first)
    if not is_open(request, file) or not form.is_valid():
        raise PermissionDenied
    asked = form.asked()
    own = own_crossings(row, asked.days)
    rows = list(contacts_of(own.rows, asked)[: MOST_LINES + 1])
    found = explained(rows[:MOST_LINES], own.rows, asked)
    why = why_opened(request, file)
    lookups.made(actor(request), *why, f"{_query(row, asked)}, table", len(found))
    notes = [cut_own(own)] if own.cut else []
    if len(rows) > MOST_LINES:
        notes.append(cut_lines(found))
    name = f"contacts-{number_of(crossing.hex)}.csv"
    response = HttpResponse(
        "\ufeff",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(response)
    for line in _lines(found):
        writer.writerow([harmless(cell) for cell in line])
    writer.writerows([note] for note in notes)
    return response


def _lines(found: list[Contact]) -> Iterator[list[str]]:
    """The head, and a line for each: the columns that the way out has, and why they are a contact."""
    yield [*COLUMNS, "contact", "minutes"]
    posts = posts_by_id()
    for one in found:
        cells = [_cell(one.row, column, posts) for column in COLUMNS]
        yield [*cells, _why(one), str(one.apart)]


def _cell(row: Crossing, column: str, posts: Mapping[UUID, str]) -> str:
    if column == "node":
        return posts.get(row.node, str(row.node))
    if column == "at":
        return f"{timezone.localtime(row.at):%Y-%m-%d %H:%M}"
    value = str(getattr(row, column) or "")
    words = {"direction": DIRECTIONS, "conveyance": CONVEYANCES}.get(column, {})
    return str(words.get(value, value))


def _why(one: Contact) -> str:
    return ", ".join(str(WHY[why]) for why in one.why) or pgettext("contact", "Not known")


def _found(row: Crossing, asked: Asked) -> QuerySet[Crossing]:
    return contacts_of(own_crossings(row, asked.days).rows, asked)


def _query(row: Crossing, asked: Asked) -> str:
    """What a look-up says: of whom, not by name, and how far."""
    return f"contacts {name_of_file(row)}, {asked.days} days, {asked.minutes} minutes"


def _form(request: HttpRequest, at_first: Asked) -> ContactsForm:
    given = {name: request.GET[name] for name in ("days", "minutes") if request.GET.get(name)}
    return ContactsForm({"days": at_first.days, "minutes": at_first.minutes} | given)
