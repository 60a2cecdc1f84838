"""A form of the page that collects, sent when officers have opened the post meanwhile: it is not lost.

Whoever stood at that page wrote a traveller down without any list; it is sealed as they were told, by
the cookie that they signed in with there, and comes into the journal with the rest of what was
collected. Nothing else is left of that page once the post is open.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.journal import NodeKind
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import this_home
from openmidas.posts.access import open_at
from openmidas.web.collecting import views
from openmidas.web.collecting.signing_in import forget, signed_in


@open_at(NodeKind.POST)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def collect_late(request: HttpRequest) -> HttpResponse:
    """Record the form that was sent, and say its number and that the post is open."""
    if not CollectingStore(this_home()).exists or signed_in(request) is None:
        return redirect("home")
    if request.method == "POST":
        return views.collect(request)
    saved = views.saved_number(request)
    if saved is None:
        return redirect("home")
    return render(request, "web/collect_late.html", {"saved": saved})


@open_at(NodeKind.POST)
@require_http_methods(["GET", "HEAD", "POST"])
def collect_sign_in_late(request: HttpRequest) -> HttpResponse:
    """With a password from now on."""
    return redirect("home")


@open_at(NodeKind.POST)
@require_POST
def collect_sign_out_late(request: HttpRequest) -> HttpResponse:
    """Nobody collects here any more."""
    response = redirect("home")
    forget(response)
    return response
