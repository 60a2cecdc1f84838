"""At a post that is shut because its lease has run out, the page that collects is beside the gate."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import this_home
from openmidas.nodes.sealing.standing import State, standing
from openmidas.web.collecting import views
from openmidas.web.collecting.signing_in import signed_in

View = Callable[..., HttpResponse]


def collects() -> bool:
    """Whether this post can do nothing but collect, and has been prepared for it."""
    return standing().state is State.COLLECT_ONLY and CollectingStore(this_home()).exists


def while_collecting(view: View) -> View:
    """The view, at a post that only collects; at one that waits for pass phrases, the gate.

    What somebody who has signed in was writing when the lease was renewed is taken all the same.
    """

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if _is_written(view, request) or standing().state is State.COLLECT_ONLY:
            return view(request)
        return redirect("home")

    return guarded


def _is_written(view: View, request: HttpRequest) -> bool:
    if view is not views.collect or request.method != "POST":
        return False
    return CollectingStore(this_home()).exists and signed_in(request) is not None
