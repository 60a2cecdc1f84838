"""The kiosk of a post: complaining, fetching the answer. Open to everybody, known to nobody."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
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
from openmidas.rights.public import count_try, for_the_public, public_page
from openmidas.rights.sealing import new_secret
from openmidas.rights.wording import KINDS, OUTCOMES, refusal


@open_to_all
@for_the_public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be done here."""
    return public_page(request, "home.html", {})


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest) -> HttpResponse:
    """The form of a complaint; sent, its number and the code word, once."""
    if request.method != "POST":
        return _form(request, Given(about=None, words="", language=get_language() or "fr"))
    given = _given(request)
    try:
        id = _id(request)
        again = was_made(id)
        number = complain(id, given)
    except Refused as refused:
        return _form(request, given, refused)
    last = node_day() + timedelta(days=clock.longest())
    context = {"number": number, "secret": given.secret, "days": clock.longest(), "last": last}
    return public_page(request, "sent.html", context | {"again": again})


@open_at(NodeKind.POST)
@for_the_public
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """The answers to one's complaint, by its ``number`` and ``secret``."""
    number, secret = request.POST.get("number", ""), request.POST.get("secret", "")
    context: dict[str, object] = {"number": number, "secret": secret}
    if request.method != "POST":
        return public_page(request, "answer.html", context)
    try:
        if number and secret:
            count_try(request)
        found = answers_to(number, secret)
    except Refused as refused:
        return public_page(request, "answer.html", context | {"problem": refusal(refused)}, 422)
    told = [(row.at, said.words, OUTCOMES.get(said.outcome or "", "")) for row, said in found]
    return public_page(request, "answer.html", context | {"asked": True, "answers": told})


def _given(request: HttpRequest) -> Given:
    about, language = request.POST.get("about", ""), request.POST.get("language", "")
    return Given(
        about=ComplaintKind(about) if about in KINDS else None,
        words=request.POST.get("words", ""),
        language=language if len(language) == 2 else get_language() or "fr",
        contact=request.POST.get("contact", ""),
        receipt=request.POST.get("receipt", ""),
        secret=request.POST.get("secret", ""),
    )


def _id(request: HttpRequest) -> UUID:
    """The id that the form was made with. Counted here: the empty form that is refused costs nothing."""
    try:
        id = UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise Refused("request.broken") from error
    count_try(request)
    return id


def _form(request: HttpRequest, given: Given, refused: Refused | None = None) -> HttpResponse:
    """The form, with what was typed. A page that was too old gets a new id and a new code word."""
    kept = refused is not None and refused.code != "request.broken"
    context = {
        "given": given,
        "kinds": KINDS,
        "id": request.POST.get("id", "") if kept else issue_id(),
        "secret": given.secret if kept else new_secret(),
        "days": clock.longest(),
        "most": limits.WORDS,
        "most_contact": limits.CONTACT,
        "problem": refusal(refused) if refused else "",
        "wrong": refused.code if refused else "",
    }
    return public_page(request, "complaint.html", context, 422 if refused else 200)
