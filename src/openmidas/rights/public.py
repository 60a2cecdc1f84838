"""What holds for every page for the public: its language stands in the address, and nobody is known.

No session, no cookie, no token: nothing on these pages acts for somebody who is signed in. That a form
of another site sends nothing here, the browser itself says (Sec-Fetch-Site).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from ipaddress import IPv6Address, ip_address
from typing import Any, TypedDict
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt

from openmidas.crossings.ids import issue_id, issued_here
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Post
from openmidas.posts.refusals import Refused
from openmidas.rights.keeping import Keeping, Kept
from openmidas.rights.throttle import Sent, Throttle
from openmidas.rights.wording import LANGUAGES, refusal

View = Callable[..., HttpResponseBase]
THROTTLE = Throttle()
KEEPING = Keeping()
_OURS = ("none", "same-origin")


def for_the_public(view: View) -> View:
    """A page in the language that its address says. Raises `Http404` for one that there is not."""

    @wraps(view)
    def shown(request: HttpRequest, language: str = "fr", **kwargs: Any) -> HttpResponseBase:
        check_origin()
        if language not in LANGUAGES:
            raise Http404
        from_elsewhere = request.headers.get("Sec-Fetch-Site", "none") not in _OURS
        if from_elsewhere and request.method == "POST":
            raise PermissionDenied
        with override(language):
            answer = view(request, **kwargs)
        answer.headers["Content-Language"] = language
        answer.headers["Referrer-Policy"] = "no-referrer"
        add_never_cache_headers(answer)
        return answer

    return csrf_exempt(shown)


def check_origin() -> None:
    """Raises `Http404` where the node gives these pages an address of their own, and this is not it."""
    if not _served_here():
        raise Http404


def for_everybody(request: HttpRequest) -> bool:
    """Whether a page for the public was asked for, be there such a one or not."""
    return request.path.startswith("/public/") and _served_here()


def _served_here() -> bool:
    return not this_node().config.public or bool(getattr(settings, "PUBLIC_SITE", False))


def public_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page with what all of them have: where this is, and the other languages."""
    post = Post.objects.filter(id=this_node().id).first()
    here = {"place": post.name if post else this_node().config.name, "spoken": LANGUAGES}
    return render(request, f"rights/public/{template}", {**here, **context}, status=status)


class Sender(TypedDict):
    """From where something was sent, as `throttle.Throttle` asks."""

    address: str
    kiosk: bool


def sender(request: HttpRequest) -> Sender:
    """From where it was sent. The post's own screen is a kiosk, and those that ``node.toml`` names."""
    typed = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(typed)
    except ValueError:
        return Sender(address=typed, kiosk=False)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    kiosks = {ip_address(one) for one in this_node().config.kiosks}
    return Sender(address=str(address), kiosk=address.is_loopback or address in kiosks)


def form_id(request: HttpRequest) -> UUID:
    """The id that a form was made with. Raises `Refused` ``request.broken``."""
    try:
        id = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Refused("request.broken") from error
    if not issued_here(id):
        raise Refused("request.broken")
    return id


def form_id_or_new(request: HttpRequest) -> UUID:
    """The same for a form that records nothing: one without an id gets a new one."""
    try:
        return form_id(request)
    except Refused:
        return issue_id()


def answered(
    request: HttpRequest, id: UUID, answer: Kept, counted: Sent | None = None
) -> HttpResponse:
    """Show an answer at an address of its own, so that the browser keeps nothing of what was sent.

    ``counted``: as what it is bounded, where nothing else bounds it. Above that it is shown at once, and
    not kept: whoever floods the post does not get its memory.
    """
    try:
        if counted:
            THROTTLE.count(counted, **sender(request))
    except Refused:
        KEEPING.forget(id)
        return public_page(request, answer.template, {"id": id, **answer.context}, answer.status)
    KEEPING.keep(id, answer)
    return redirect("public-kept", get_language() or "fr", id)


def told(refused: Refused) -> dict[str, Any]:
    """What a form needs to tell why it was not taken, in whichever language it is looked at."""
    return {"problem": partial(refusal, refused), "wrong": refused.code}


def status_of(refused: Refused) -> int:
    """429 for what was too many, 422 for everything else."""
    return 429 if refused.code.endswith(".too_many") else 422
