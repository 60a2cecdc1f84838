"""The kiosk of a post: telling of a danger, an illness, people in need. Open to everybody."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.views.decorators.http import require_http_methods

from openmidas.crossings.ids import issue_id
from openmidas.incidents.entries import IncidentKind
from openmidas.incidents.limits import PLACE
from openmidas.incidents.models import number_of
from openmidas.journal import NodeKind
from openmidas.posts.access import open_at
from openmidas.posts.refusals import Refused
from openmidas.rights import limits
from openmidas.rights.public import count_try, for_the_public, public_page
from openmidas.rights.reporting import Seen, tell
from openmidas.rights.wording import DANGERS, refusal


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; sent, the number that it can be asked for by."""
    if request.method != "POST":
        return _form(request)
    try:
        id = _id(request)
        tell(id, _seen(request))
    except Refused as refused:
        return _form(request, refused)
    return public_page(request, "reported.html", {"number": number_of(id.hex)})


def _seen(request: HttpRequest) -> Seen:
    kind = request.POST.get("kind", "")
    return Seen(
        kind=IncidentKind(kind) if kind in DANGERS else None,
        words=request.POST.get("words", ""),
        place=request.POST.get("place", ""),
        at=_moment(request.POST.get("at", "")),
    )


def _moment(typed: str) -> datetime | None:
    """Raises `Refused` ``report.no_moment``."""
    if not typed.strip():
        return None
    try:
        moment = parse_datetime(typed.strip())
        if moment is not None:
            return make_aware(moment) if is_naive(moment) else moment
    except (ValueError, OverflowError):
        moment = None
    raise Refused("report.no_moment")


def _id(request: HttpRequest) -> UUID:
    try:
        id = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Refused("request.broken") from error
    count_try(request)
    return id


def _form(request: HttpRequest, refused: Refused | None = None) -> HttpResponse:
    """The form, with what was typed. A page that was too old, or sent already, gets a new id."""
    kept = refused is not None and refused.code not in ("request.broken", "incident.saved_already")
    context = {
        "given": {name: request.POST.get(name, "") for name in ("kind", "words", "place", "at")},
        "kinds": DANGERS,
        "id": request.POST.get("id", "") if kept else issue_id(),
        "most": limits.REPORT,
        "most_place": PLACE,
        "problem": refusal(refused) if refused else "",
        "wrong": refused.code if refused else "",
    }
    return public_page(request, "report.html", context, 422 if refused else 200)
