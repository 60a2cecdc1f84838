"""The kiosk of a post: complaining, fetching the answer. Open to everybody, known to nobody."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings.ids import issue_id
from openmidas.journal import NodeKind
from openmidas.nodes.services import node_day
from openmidas.posts.access import open_at, open_to_all
from openmidas.posts.refusals import Refused
from openmidas.rights import clock, limits
from openmidas.rights.complaining import Given, answers_to, complain, was_made
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.keeping import Kept
from openmidas.rights.public import (
    KEEPING,
    THROTTLE,
    answered,
    for_the_public,
    form_id,
    form_id_or_new,
    public_page,
    sender,
    status_of,
    told,
)
from openmidas.rights.sealing import new_secret
from openmidas.rights.throttle import Sent
from openmidas.rights.wording import KINDS, OUTCOMES

_ONE_AFTER_THE_OTHER = threading.Lock()


@open_to_all
@for_the_public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here. ``done``: the answer with this id has been read, and is forgotten."""
    if "done" not in request.GET:
        return public_page(request, "home.html", {})
    with suppress(ValueError):
        KEEPING.forget(UUID(request.GET["done"]))
    return redirect("public-home", get_language() or "fr")


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest) -> HttpResponse:
    """The form of a complaint; sent, its number and the code word, until they are done."""
    if request.method != "POST":
        given = Given(about=None, words="", language=get_language() or "fr")
        return public_page(request, "complaint.html", {"id": issue_id(), **_form(given)})
    given = _given(request)
    try:
        id = form_id(request)
        # A form that was sent twice at once is shown one code word, the one that is sealed.
        with _ONE_AFTER_THE_OTHER:
            return answered(request, id, _sent(request, id, given))
    except Refused as refused:
        return _not_taken(request, given, refused)


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The answers to one's complaint, by its ``number`` and ``secret``."""
    number, secret = request.POST.get("number", "")[:80], request.POST.get("secret", "")[:80]
    if request.method != "POST":
        return public_page(request, "answer.html", {"id": issue_id()})
    id, typed = form_id_or_new(request), {"number": number, "secret": secret}
    try:
        # Counted first: code words are not tried side by side. One that fits costs nothing.
        with THROTTLE.counting(Sent.CODE_WORD, **sender(request)):
            found = answers_to(number, secret)
    except Refused as refused:
        again = Kept(
            template="answer.html", context=typed | told(refused), status=status_of(refused)
        )
        return answered(request, id, again, Sent.MISTAKE)
    if found:
        THROTTLE.give_back(Sent.CODE_WORD, **sender(request))
    answers = [(row.at, one.words, OUTCOMES.get(one.outcome or "", "")) for row, one in found]
    context = {"answers": answers} if found else typed | {"nothing": True}
    return answered(request, id, Kept(template="answer.html", context=context), Sent.LOOKED_UP)


def _given(request: HttpRequest) -> Given:
    """What was typed; of what is much too long, enough to be told so."""
    about, language = request.POST.get("about", ""), request.POST.get("language", "")
    return Given(
        about=ComplaintKind(about) if about in KINDS else None,
        words=request.POST.get("words", "")[: 2 * limits.WORDS],
        language=language if len(language) == 2 else get_language() or "fr",
        contact=request.POST.get("contact", "")[: 2 * limits.CONTACT],
        receipt=request.POST.get("receipt", "")[:80],
        unread="unread" in request.POST,
    )


def _sent(request: HttpRequest, id: UUID, given: Given) -> Kept:
    """The complaint is taken; what is shown of it. Raises `Refused`, as `complain` does."""
    if was_made(id):
        before = KEEPING.shown(id)
        if before is None:
            raise Refused("complaint.sent_before")
        return msgspec.structs.replace(before, context={**before.context, "again": True})
    # Made here and not with the form: what a form sends, a browser may keep.
    secret, days = new_secret(), clock.longest()
    with THROTTLE.counting(Sent.COMPLAINT, **sender(request)):
        number = complain(id, msgspec.structs.replace(given, secret=secret))
    last = node_day() + timedelta(days=days)
    shown = {"number": number, "secret": secret, "days": days, "last": last}
    return Kept(template="sent.html", context=shown)


def _not_taken(request: HttpRequest, given: Given, refused: Refused) -> HttpResponse:
    """The form, with what was typed. A page that was too old, or sent before, gets a new id."""
    anew = refused.code in ("request.broken", "complaint.sent_before")
    id = issue_id() if anew else form_id(request)
    context = _form(given) | told(refused)
    form = Kept(template="complaint.html", context=context, status=status_of(refused))
    return answered(request, id, form, Sent.MISTAKE)


def _form(given: Given) -> dict[str, object]:
    return {
        "given": given,
        "kinds": KINDS,
        "days": clock.longest(),
        "most": limits.WORDS,
        "most_contact": limits.CONTACT,
    }
