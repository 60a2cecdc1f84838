"""The kiosk of a post: telling of a danger, an illness, people in need. Open to everybody."""

from __future__ import annotations

from datetime import datetime

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
from openmidas.rights.keeping import Kept
from openmidas.rights.public import (
    THROTTLE,
    answered,
    for_the_public,
    form_id,
    public_page,
    sender,
    status_of,
    told,
)
from openmidas.rights.reporting import Seen, tell
from openmidas.rights.throttle import Sent
from openmidas.rights.wording import DANGERS


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form; sent, the number that it can be asked for by."""
    if request.method != "POST":
        return public_page(request, "report.html", {"id": issue_id(), **_form(request)})
    try:
        id = form_id(request)
        with THROTTLE.counting(Sent.REPORT, **sender(request)):
            tell(id, _seen(request))
    except Refused as refused:
        return _not_taken(request, refused)
    sent = Kept(template="reported.html", context={"number": number_of(id.hex)})
    return answered(request, id, sent)


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


def _not_taken(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The form, with what was typed. A page that was too old, or sent already, gets a new id."""
    anew = refused.code in ("request.broken", "incident.saved_already")
    id = issue_id() if anew else form_id(request)
    context = _form(request) | told(refused)
    form = Kept(template="report.html", context=context, status=status_of(refused))
    return answered(request, id, form, Sent.MISTAKE)


def _form(request: HttpRequest) -> dict[str, object]:
    """What the form needs, with what was typed; of what is much too long, enough to be told so."""
    typed = {name: request.POST.get(name, "") for name in ("kind", "words", "place", "at")}
    return {
        "given": {name: text[: 2 * limits.REPORT] for name, text in typed.items()},
        "kinds": DANGERS,
        "most": limits.REPORT,
        "most_place": PLACE,
    }
