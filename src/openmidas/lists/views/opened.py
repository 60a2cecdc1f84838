"""Whose particulars are open on a page: shown for some minutes after a look-up is written down."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, QueryDict

from openmidas.nodes.services import node_time
from openmidas.posts import lookups
from openmidas.posts.access import actor
from openmidas.posts.forms import OpenForm
from openmidas.posts.lookups import Purpose
from openmidas.posts.refusals import Refused

MINUTES = 30
MOST = 50
_KEPT = "kept-"
_KEY = "opened_listings"
_WHY = "opened_why"


def open_form(request: HttpRequest) -> OpenForm:
    """The question why somebody's particulars are opened; keeping the list, if not told otherwise."""
    if request.method == "POST":
        return OpenForm(request.POST)
    return OpenForm(initial={"purpose": Purpose.LISTS})


def open_for(request: HttpRequest, form: OpenForm, id: UUID, what: str, results: int = 1) -> bool:
    """Write the look-up and open the particulars; False where the form says what is missing."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        lookups.made(actor(request), data["purpose"], data["reason"], what, results)
    except Refused as refused:
        form.refuse(refused)
        return False
    keep_open(request, id)
    why = request.session.get(_WHY, {}) | {str(id): (data["purpose"], data["reason"])}
    request.session[_WHY] = {one: said for one, said in why.items() if one in _opened(request)}
    return True


def why_opened(request: HttpRequest, id: UUID) -> tuple[Purpose, str]:
    """The purpose and the reason for which particulars that are open were opened here.

    Of what is open because the officer has just written it: their case.
    """
    purpose, reason = request.session.get(_WHY, {}).get(str(id), (Purpose.CASE, ""))
    return Purpose(purpose), reason


def keep_open(request: HttpRequest, id: UUID) -> None:
    """Somebody has just seen these particulars, or typed them."""
    opened = _opened(request)
    opened[str(id)] = node_time().timestamp()
    latest = sorted(opened.items(), key=lambda item: item[1])[-MOST:]
    request.session[_KEY] = dict(latest)


def is_open(request: HttpRequest, id: UUID) -> bool:
    """Whether this officer opened these particulars a short while ago."""
    at = _opened(request).get(str(id))
    return at is not None and node_time().timestamp() - at < MINUTES * 60


def written(request: HttpRequest) -> QueryDict:
    """What a form says whose particulars were closed before it was sent: it goes with the question why
    (``lists/kept.html``), and comes back with the answer (`kept`). In the page, not in the session: nothing
    of it stays here."""
    fields = request.POST.copy()
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def kept(request: HttpRequest) -> QueryDict:
    """The words of such a form, back with the answer to the question why; empty where there are none."""
    fields = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(_KEPT):
            fields.setlist(name.removeprefix(_KEPT), values)
    return fields


def id_again(back: QueryDict | None) -> str:
    """The id that a form had which comes back (`kept`): what was saved already is not saved twice."""
    return back.get("id", "") if back else ""


def _opened(request: HttpRequest) -> dict[str, float]:
    return dict(request.session.get(_KEY, {}))
