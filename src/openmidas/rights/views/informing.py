"""What everybody may know: their rights, whether a receipt is genuine, how many complained."""

from __future__ import annotations

from datetime import UTC

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.receipts.issuing import check, state_keys
from openmidas.crossings.receipts.revoked import revoked_keys
from openmidas.crossings.receipts.static_page import static_page
from openmidas.crossings.receipts.wording import lines_of
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_at, open_to_all
from openmidas.rights import figures
from openmidas.rights.keeping import Kept
from openmidas.rights.limits import LEAST_PUBLISHED, LONGEST_CODE
from openmidas.rights.public import (
    answered,
    check_origin,
    for_the_public,
    form_id_or_new,
    public_page,
)
from openmidas.rights.sounds import sound_in, sounds
from openmidas.rights.throttle import Sent
from openmidas.rights.wording import LANGUAGES, SHORT_KINDS, SPOKEN


@open_to_all
@csp_update({"media-src": [SELF]})
@for_the_public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice of rights and of what is recorded, to be read and, where somebody spoke it, heard."""
    here = [one.language for one in sounds()]
    context = {
        "sound": get_language() in here,
        "only_spoken": [(code, SPOKEN[code]) for code in here if code not in LANGUAGES],
    }
    return public_page(request, "notice.html", context)


@open_to_all
@for_the_public
@require_safe
def sound(request: HttpRequest, spoken: str) -> HttpResponseBase:
    """The notice as it was recorded for this node in a language."""
    found = sound_in(spoken) if spoken in SPOKEN else None
    if found is None:
        raise Http404
    return FileResponse(found.path.open("rb"), content_type=found.content_type)


@open_to_all
@for_the_public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the ``code`` of a receipt is genuine, as far as this node knows."""
    if request.method != "POST":
        return public_page(request, "verify.html", {"id": issue_id()})
    code = request.POST.get("code", "")[:LONGEST_CODE]
    found = check(code)
    context: dict[str, object] = {"code": code, "outcome": str(found.outcome)}
    if found.revoked:
        context["revoked_on"] = found.revoked.astimezone(UTC).date().isoformat()
    if found.receipt and found.certificate:
        language = get_language() or "fr"
        context["lines"] = lines_of(found.receipt, found.certificate.name, [language])
        context["state"] = found.certificate.state
    verdict = Kept(template="verify.html", context=context)
    return answered(request, form_id_or_new(request), verdict, Sent.LOOKED_UP)


@open_to_all
@require_safe
def receipts_page(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts without a link, to be kept on a telephone."""
    check_origin()
    page = static_page(this_node().config.state, state_keys(), revoked_keys())
    named = {"Content-Disposition": 'attachment; filename="midas-receipts.html"'}
    return HttpResponse(page, headers=named)


@open_at(NodeKind.HQ)
@for_the_public
@require_safe
def complaint_figures(request: HttpRequest) -> HttpResponse:
    """How many complaints there were, by post, month and kind."""
    context = {"rows": figures.published(), "kinds": SHORT_KINDS, "least": LEAST_PUBLISHED}
    return public_page(request, "figures.html", context)


@open_at(NodeKind.HQ)
@require_safe
def complaint_figures_file(request: HttpRequest) -> HttpResponse:
    """The same as CSV."""
    check_origin()
    named = {"Content-Disposition": 'attachment; filename="complaints.csv"'}
    return HttpResponse(figures.table(), content_type="text/csv; charset=utf-8", headers=named)
