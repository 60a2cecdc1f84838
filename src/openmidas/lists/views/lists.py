"""What lists this node has: which edition is in use, how old it is, who stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.journal import NodeKind
from openmidas.lists.editions import edition_bytes
from openmidas.lists.lost.pages import lost_row
from openmidas.lists.models import EditionSource, ImportProblem
from openmidas.lists.national.pages import lists_for
from openmidas.lists.pages import ListRow, list_rows
from openmidas.lists.search import find_listings
from openmidas.lists.source_files import source_bytes
from openmidas.lists.wording import word_problem
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.forms import FindForm
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.screening import Edition, Listing

READERS = (
    Role.HQ_LISTS,
    Role.HQ_ANALYST,
    Role.ADMINISTRATOR,
    Role.OVERSIGHT,
    Role.HEAD_OF_POST,
)
SEARCHERS = (Role.HQ_LISTS, Role.HQ_ANALYST, Role.OVERSIGHT, Role.HEAD_OF_POST)
PROBLEMS_SHOWN = 500


@allow(*READERS)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Every list of this node: the edition in use, its age and limit, what is on its way."""
    own = lists_for(signed_in(request)) if this_node().is_hq else []
    context = {
        "lists": list_rows(),
        "lost": lost_row(),
        "may_import": _may_import(request),
        "own_lists": own,
        "show_own": bool(own) or _may_import(request),
    }
    return render(request, "lists/lists.html", context)


@allow(*READERS)
@require_http_methods(["GET", "POST"])
def one_list(request: HttpRequest, code: str) -> HttpResponse:
    """One list: its editions, who published them, what was not understood; and who stands on it.

    The search is a look-up: it asks for a purpose and is written down before it is answered.
    """
    found = list_rows(code)
    if not found:
        raise Http404
    may_search = _may_search(request, found[0])
    if request.method == "POST" and not may_search:
        raise PermissionDenied
    form = FindForm(request.POST or None)
    listings = _search(request, form, found[0]) if request.method == "POST" else None
    context = {
        "list": found[0],
        "problems": _problems(found[0]),
        "may_import": _may_import(request),
        "may_search": may_search and found[0].now is not None,
        "form": form,
        "listings": listings,
        "most": lookups.MOST_RESULTS,
    }
    return render(request, "lists/list.html", context, status=422 if form.errors else 200)


@allow(Role.HQ_LISTS, at=NodeKind.HQ)
@require_safe
def source(request: HttpRequest, edition: UUID) -> HttpResponse:
    """The file that an edition was read from, byte for byte."""
    kept = get_object_or_404(EditionSource, id=edition)
    named = content_disposition_header(as_attachment=True, filename=kept.file_name)
    return HttpResponse(
        source_bytes(kept),
        content_type="application/octet-stream",
        headers={"Content-Disposition": named},
    )


def _search(request: HttpRequest, form: FindForm, row: ListRow) -> Sequence[Listing] | None:
    if row.now is None or not form.is_valid():
        return None
    edition, asked = row.now.row, form.cleaned_data

    def search(text: str) -> list[Listing]:
        return find_listings(
            Edition.decode(edition_bytes(edition)), text, lookups.MOST_RESULTS, node_day()
        )

    try:
        return lookups.look_up(
            actor(request),
            asked["purpose"],
            asked["reason"],
            asked["text"],
            search,
            within=f"{row.code}: ",
        )
    except Refused as refused:
        form.refuse(refused)
        return None


def _problems(row: ListRow) -> list[tuple[ImportProblem, str]]:
    """Only the HQ has them."""
    if row.now is None:
        return []
    found = ImportProblem.objects.filter(edition=row.now.row.id).order_by("number")
    return [(problem, word_problem(problem.code)) for problem in found[:PROBLEMS_SHOWN]]


def _may_search(request: HttpRequest, row: ListRow) -> bool:
    """Into a list of the State's own look those whom its edition names; at the HQ, on its own page."""
    officer, readers = signed_in(request), row.editions[0].row.readers
    if readers is None:
        return officer.has_role(*SEARCHERS)
    return not this_node().is_hq and bool(set(readers) & set(officer.roles))


def _may_import(request: HttpRequest) -> bool:
    return this_node().is_hq and signed_in(request).has_role(Role.HQ_LISTS)
