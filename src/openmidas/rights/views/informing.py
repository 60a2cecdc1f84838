"""What everybody may know: their rights, whether a receipt is genuine, how many complained."""

from __future__ import annotations

from pathlib import Path

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.receipts.issuing import check, state_keys
from openmidas.crossings.receipts.static_page import static_page
from openmidas.crossings.receipts.wording import lines_of
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import open_at, open_to_all
from openmidas.rights import figures
from openmidas.rights.limits import LEAST_PUBLISHED
from openmidas.rights.public import check_origin, for_the_public, public_page
from openmidas.rights.wording import SHORT_KINDS

SOUNDS = {".ogg": "audio/ogg", ".mp3": "audio/mpeg", ".opus": "audio/ogg"}
_FOLDER = "notices"


@open_to_all
@csp_update({"media-src": [SELF]})
@for_the_public
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The notice of rights and of what is recorded, to be read and, where somebody spoke it, heard."""
    return public_page(request, "notice.html", {"sound": _sound() is not None})


@open_to_all
@for_the_public
@require_safe
def sound(request: HttpRequest) -> HttpResponse:
    """The notice as it was spoken for this node, in the language of the address."""
    path = _sound()
    if path is None:
        raise Http404
    return HttpResponse(path.read_bytes(), content_type=SOUNDS[path.suffix])


@open_to_all
@for_the_public
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether the ``code`` of a receipt is genuine, as far as this node knows."""
    code = request.POST.get("code", "")
    context: dict[str, object] = {"code": code}
    if request.method == "POST":
        found = check(code)
        context["outcome"] = str(found.outcome)
        if found.receipt and found.certificate:
            language = get_language() or "fr"
            context["lines"] = lines_of(found.receipt, found.certificate.name, [language])
            context["state"] = found.certificate.state
    return public_page(request, "verify.html", context)


@open_to_all
@require_safe
def receipts_page(request: HttpRequest) -> HttpResponse:
    """The page that checks receipts without a link, to be kept on a telephone."""
    check_origin()
    page = static_page(this_node().config.state, state_keys())
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


def _sound() -> Path | None:
    """The file that was put into the node's folder for the language of the page."""
    folder = this_node().home.path(_FOLDER)
    paths = (folder / f"{get_language()}{suffix}" for suffix in SOUNDS)
    return next((path for path in paths if path.is_file()), None)
