"""Signing in and out, and setting a password by a one-time code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.nodes.identity import this_node
from openmidas.posts.access import LANE_KEY, from_script, open_to_all
from openmidas.posts.codes import set_password_by_code
from openmidas.posts.forms import SetPasswordForm, SignInForm
from openmidas.posts.models import Officer, Post
from openmidas.posts.preferences import preferences_of
from openmidas.posts.refusals import PasswordRefused, Refused
from openmidas.posts.roles import Role
from openmidas.posts.views.account import remember_language
from openmidas.posts.wording import word

# A lane is a place, and so is its machine: the next officer finds the same lane chosen.
LANE_COOKIE = f"{settings.SESSION_COOKIE_NAME}_lane"
A_YEAR = 365 * 24 * 3600


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name, password, lane. Answers 422 with what was wrong; 429 after too many tries (axes)."""
    lanes = _lanes()
    if request.method == "GET":
        if isinstance(request.user, Officer):
            return redirect("home")
        form = SignInForm(lanes=lanes, initial={"lane": _usual_lane(request, lanes)})
        return _sign_in_page(request, form)
    form = SignInForm(request.POST, lanes=lanes)
    officer = _check(request, form) if form.is_valid() else None
    if officer is None:
        return _sign_in_page(request, form, status=422)
    return _let_in(request, officer, form.cleaned_data.get("lane", ""))


@open_to_all
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave; the sign-in page then has the same lane chosen for the next officer."""
    logout(request)
    return redirect("sign-in")


@open_to_all
@sensitive_post_parameters("code", "password", "repeated")
@require_http_methods(["GET", "POST"])
def set_password(request: HttpRequest) -> HttpResponse:
    """Set a password by a one-time code. Answers 422 with what was wrong."""
    form = SetPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _set(form):
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("sign-in")
    status = 422 if request.method == "POST" else 200
    return render(request, "posts/set_password.html", {"form": form}, status=status)


def _usual_lane(request: HttpRequest, lanes: Sequence[str]) -> str:
    """The lane that this machine had last; in the demonstration the first, where it had none."""
    first = lanes[0] if lanes and this_node().config.demo else ""
    return request.COOKIES.get(LANE_COOKIE, first)


def locked_out(request: HttpRequest, *_args: Any) -> HttpResponse:
    """Too many wrong passwords: wait a few minutes, or ask the head of post. Called by axes."""
    template = "posts/locked_out.html"
    return render(request, template, {"in_page": from_script(request)}, status=429)


@sensitive_variables()
def _check(request: HttpRequest, form: SignInForm) -> Officer | None:
    """The officer whose name and password fit, or None with the form saying what is wrong."""
    data = form.cleaned_data
    # One spelling, so that upper and lower case are not counted as different names.
    username = data["username"].strip().lower()
    officer = authenticate(request, username=username, password=data["password"])
    if not isinstance(officer, Officer):
        form.add_error(
            None,
            _("User name or password is wrong, or this officer may not sign in here at present."),
        )
        return None
    if "lane" in form.fields and not data["lane"] and officer.roles == [Role.PRIMARY]:
        form.add_error("lane", _("Choose the lane where you work."))
        return None
    return officer


def _let_in(request: HttpRequest, officer: Officer, lane: str) -> HttpResponse:
    logout(request)  # whoever was signed in before has left, and the journal says so
    request.session[LANE_KEY] = lane
    login(request, officer)
    response = redirect(_wanted_page(request) or "home")
    if lane:
        response.set_cookie(
            LANE_COOKIE,
            lane,
            max_age=A_YEAR,
            httponly=True,
            samesite="Strict",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )
    remember_language(response, preferences_of(officer.id).language)
    return response


def _wanted_page(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, request.is_secure()) else ""


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int = 200) -> HttpResponse:
    wanted = request.GET.get("next", "") or request.POST.get("next", "")
    context = {"form": form, "next": wanted}
    return render(request, "posts/sign_in.html", context, status=status)


@sensitive_variables()
def _set(form: SetPasswordForm) -> bool:
    data = form.cleaned_data
    try:
        set_password_by_code(data["username"], data["code"], data["password"])
    except PasswordRefused as refused:
        form.add_error("password", refused.reasons)
    except Refused as refused:
        form.add_error(None, word(refused))
    else:
        return True
    return False


def _lanes() -> list[str]:
    post = Post.objects.filter(id=this_node().id).first()
    return list(post.lanes) if post else []
