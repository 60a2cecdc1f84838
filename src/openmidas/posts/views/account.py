"""What officers set for themselves: the language, sounds, keys."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.posts.access import allow, open_to_all, signed_in
from openmidas.posts.forms import PreferencesForm
from openmidas.posts.models import Officer
from openmidas.posts.preferences import preferences_of, set_counter, set_language
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
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
    status = 422 if form.errors else 200
    return render(request, "posts/preferences.html", {"form": form}, status=status)
