"""Who may open which page. Every view says so itself; one that does not is closed to everybody.

::

    @allow(Role.PRIMARY, at=NodeKind.POST)
    def counter(request: HttpRequest) -> HttpResponse: ...

The decorators only declare. `AccessMiddleware` enforces, at one place and before any view runs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.cache import add_never_cache_headers

from openmidas.journal import Actor, NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.roles import Role

logger = logging.getLogger(__name__)

LANE_KEY = "lane"

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class Access(msgspec.Struct, frozen=True):
    """The rule of one view.

    ``open``: everybody, signed in or not. ``roles``: in the order in which one is taken as the role
    that an officer acts in. ``at``: the kind of node that has the page; None is both.
    """

    open: bool = False
    roles: tuple[Role, ...] = ()
    at: NodeKind | None = None


def allow(*roles: Role, at: NodeKind | None = None) -> Callable[[View], View]:
    """The view is for officers with one of these roles (``*Role``: all), at this kind of node.

    Signed out: the sign-in page. Another role: 403. Another kind of node: 404.
    """
    if not roles:
        raise ValueError("a view that is allowed to no role cannot be opened by anybody")
    return _declare(Access(roles=roles, at=at))


def open_to_all(view: View) -> View:
    """The view is for everybody: signing in, health, error pages."""
    return _declare(Access(open=True))(view)


def open_at(kind: NodeKind) -> Callable[[View], View]:
    """The view is for everybody at this kind of node: for callers who show who they are otherwise.

    Another kind of node: 404.
    """
    return _declare(Access(open=True, at=kind))


def access_of(view: Callable[..., Any]) -> Access | None:
    """The rule that a view declares, or None: then nobody gets in."""
    rule = getattr(view, "access", None)
    return rule if isinstance(rule, Access) else None


def signed_in(request: HttpRequest) -> Officer:
    """The officer who asks. Raises `PermissionDenied` when nobody is signed in."""
    if isinstance(request.user, Officer):
        return request.user
    raise PermissionDenied


def lane(request: HttpRequest) -> str:
    """The lane chosen when signing in; empty for somebody who does not work at a lane."""
    return str(request.session.get(LANE_KEY, ""))


def role_used(request: HttpRequest) -> Role:
    """The role in which the officer acts: the first of the view's roles that they hold.

    Raises `PermissionDenied` when there is none.
    """
    match = request.resolver_match
    rule = access_of(match.func) if match else None
    held = signed_in(request).roles
    for role in rule.roles if rule and rule.roles else tuple(Role):
        if role in held:
            return role
    raise PermissionDenied


def actor(request: HttpRequest) -> Actor:
    """Who acts, as journal entries say it. Raises `PermissionDenied` when nobody is signed in."""
    return Actor(signed_in(request).id, role_used(request), lane(request))


def from_script(request: HttpRequest) -> bool:
    """Whether a page's script asks (htmx, fetch): a whole page would be put inside another."""
    headers = request.headers
    return headers.get("HX-Request") == "true" or headers.get("Sec-Fetch-Dest") == "empty"


class AccessMiddleware:
    """Enforces the rule of the view, and keeps pages out of caches: lanes are shared machines.

    Stands before the CSRF check, so that a signed-out officer is told that, and not of a token.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """None lets the view run. Raises `PermissionDenied` (403) and `Http404`."""
        rule = access_of(view)
        if rule is None:
            logger.error("%s declares no access rule and stays closed", request.path)
            raise PermissionDenied
        if not rule.open and (refused := self._refused(request, rule)):
            return refused
        if rule.at is not None and rule.at is not this_node().kind:
            raise Http404
        return None

    @staticmethod
    def _refused(request: HttpRequest, rule: Access) -> HttpResponse | None:
        """Where a signed-out browser is sent. Raises `PermissionDenied` for another role."""
        if not isinstance(request.user, Officer):
            return _sign_in_first(request)
        if not request.user.has_role(*rule.roles):
            raise PermissionDenied
        return None


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if from_script(request):
        return render(request, "posts/signed_out.html", status=401)
    if request.method == "GET":
        return redirect_to_login(request.get_full_path(), resolve_url("sign-in"))
    return redirect("sign-in")


def _declare(rule: Access) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]  # a function carries its own rule
        return view

    return mark
