"""What officers set for themselves: the language, sounds, keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow, open_to_all, signed_in
from openmidas.posts.collecting import has_pin, set_pin
from openmidas.posts.forms import PinForm, PreferencesForm
from openmidas.posts.models import Officer
from openmidas.posts.preferences import preferences_of, set_counter, set_language
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import POST_ROLES, Role
from openmidas.posts.wording import word

A_YEAR = 365 * 24 * 3600


@open_to_all
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, remembered for the officer and by the browser."""
    chosen = request.POST.get("language", "")
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "home"
    response = redirect(back)
    if chosen in dict(settings.LANGUAGES):
        if isinstance(request.user, Officer):
            set_language(request.user.id, chosen)
        remember_language(response, chosen)
    return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Have the browser ask for this language from now on; nothing for an empty one."""
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            httponly=True,
            samesite="Strict",
            secure=bool(settings.SESSION_COOKIE_SECURE),
        )


@allow(*Role)
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Sounds and keys of the counter."""
    officer = signed_in(request)
    current = preferences_of(officer.id)
    form = PreferencesForm(request.POST or None, initial={"sounds": current.sounds, **current.keys})
    if request.method == "POST" and form.is_valid():
        try:
            set_counter(officer.id, sounds=form.cleaned_data["sounds"], keys=form.keys())
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("preferences")
    return _preferences(request, form, PinForm())


@allow(*POST_ROLES, at=NodeKind.POST)
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN by which this officer would collect, were the post shut."""
    if request.method != "POST":
        return redirect("preferences")
    officer = signed_in(request)
    form = PinForm(request.POST)
    if form.is_valid():
        try:
            set_pin(officer, form.cleaned_data["pin"])
        except Refused as refused:
            form.add_error("pin", word(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("preferences")
    current = preferences_of(officer.id)
    counter = PreferencesForm(initial={"sounds": current.sounds, **current.keys})
    return _preferences(request, counter, form)


def _preferences(request: HttpRequest, form: PreferencesForm, pin_form: PinForm) -> HttpResponse:
    here = not this_node().is_hq
    context = {
        "form": form,
        "pin_form": pin_form if here else None,
        "has_pin": here and has_pin(signed_in(request)),
    }
    status = 422 if form.errors or pin_form.errors else 200
    return render(request, "posts/preferences.html", context, status=status)
