"""What holds for every page for the public: its language stands in the address, and nobody is known.

No session, no cookie, no token: nothing on these pages acts for somebody who is signed in. That a form
of another site sends nothing here, the browser itself says (Sec-Fetch-Site).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from openmidas.nodes.identity import this_node
from openmidas.posts.models import Post
from openmidas.rights.throttle import Throttle
from openmidas.rights.wording import LANGUAGES

View = Callable[..., HttpResponse]
THROTTLE = Throttle()
_OURS = ("none", "same-origin")


def for_the_public(view: View) -> View:
    """A page in the language that its address says. Raises `Http404` for one that there is not."""

    @wraps(view)
    def shown(request: HttpRequest, language: str = "fr", **kwargs: Any) -> HttpResponse:
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
    if this_node().config.public and not getattr(settings, "PUBLIC_SITE", False):
        raise Http404


def public_page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a page with what all of them have: where this is, and the other languages."""
    post = Post.objects.filter(id=this_node().id).first()
    here = {"place": post.name if post else this_node().config.name, "spoken": LANGUAGES}
    return render(request, f"rights/public/{template}", {**here, **context}, status=status)


def count_try(request: HttpRequest) -> None:
    """Count what was sent from this address. Raises `Refused` ``public.too_many``."""
    THROTTLE.count(str(request.META.get("REMOTE_ADDR", "")))
