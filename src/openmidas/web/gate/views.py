"""The page that asks for pass phrases. No database behind it, and nobody signed in."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from openmidas.nodes.home import this_home
from openmidas.nodes.sealing.sealed import SealedKey, SealFailed, Token, read_sealed, read_token
from openmidas.nodes.sealing.standing import standing
from openmidas.nodes.sealing.tokens import find_token
from openmidas.nodes.sealing.wording import word_seal, word_standing
from openmidas.web.gate.collecting import collects
from openmidas.web.gate.forms import UnsealForm
from openmidas.web.gate.opening import Opening
from openmidas.web.gate.wording import BUSY, OPEN, STEPS, WAIT

OPENING = Opening()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest) -> HttpResponse:
    """Ask for the pass phrases, or say how far the opening is."""
    now = standing()
    if OPENING.step is not None or now.is_open:
        return render(request, "web/gate_working.html", {"words": _words()})
    try:
        sealed = read_sealed(this_home())
    except SealFailed as failed:
        return render(request, "web/gate_broken.html", {"words": word_seal(failed)}, status=500)
    caller = OPENING.caller(_address(request))
    if request.method == "POST":
        form = UnsealForm(request.POST, request.FILES, need=sealed.need)
        if form.is_valid() and _begin(request, form, sealed):
            return redirect("home")
    else:
        names = {f"officer_{n}": name for n, name in enumerate(caller.names, start=1)}
        form = UnsealForm(need=sealed.need, initial=names)
    context = {
        "form": form,
        "standing": word_standing(now.reason),
        "failed": word_seal(caller.failed) if caller.failed and not form.is_bound else "",
        "token_in": find_token(sealed.node) is not None,
        "asks_hq": sealed.hq is not None,
        "collects": collects(),
    }
    return render(request, "web/gate.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, form: UnsealForm, sealed: SealedKey) -> bool:
    """Begin to open the post; what keeps us from it is said at the form."""
    address = _address(request)
    if pause := OPENING.pause(address):
        form.add_error(None, str(WAIT) % {"seconds": pause})
        return False
    try:
        token = _token(form, sealed)
    except SealFailed as failed:
        form.add_error("token", word_seal(failed))
        return False
    if not OPENING.begin(this_home(), form.phrases(), token, address):
        form.add_error(None, str(BUSY))
        return False
    return True


def _token(form: UnsealForm, sealed: SealedKey) -> Token | None:
    raw = form.cleaned_data["token"]
    return read_token(raw, sealed.node) if raw else find_token(sealed.node)


@never_cache
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    """How far the opening is, for the script of the page that waits for it."""
    working = OPENING.step is not None or standing().is_open
    return JsonResponse({"working": working, "words": _words() if working else ""})


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For the machines that watch: this post is there, and sealed."""
    said = msgspec.json.encode({"node": "post", "database": False, "state": standing().state})
    return HttpResponse(said, content_type="application/json", status=503)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of this page."""
    return set_language(request)


@require_safe
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Whatever was asked for has to wait."""
    return redirect("home")


def _words() -> str:
    step = OPENING.step
    return str(OPEN if step is None else STEPS[step])


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", _("unknown")))
