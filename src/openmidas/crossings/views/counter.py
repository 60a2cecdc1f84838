"""The counter: every answer is the lane as it stands now, with the problem if there was one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from openmidas.crossings import services
from openmidas.crossings.entries import ReferralReason
from openmidas.crossings.ids import issued_here
from openmidas.crossings.inspection import (
    BY_READER,
    Conveyance,
    Direction,
    HowRead,
    Journey,
    Purpose,
)
from openmidas.crossings.page import counter_page
from openmidas.crossings.services import Refused
from openmidas.crossings.signals import signals
from openmidas.crossings.views.workstation_reader import asks_reader
from openmidas.crossings.wording import refusal
from openmidas.crossings.words import CONVEYANCES, DIRECTIONS, LANE_PURPOSES, REFERRAL_REASONS
from openmidas.journal import NodeKind
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.posts.access import actor, allow, lane, signed_in
from openmidas.posts.preferences import preferences_of, set_counter
from openmidas.posts.roles import Role

Code = TypeVar("Code")

CAMERA = {"img-src": ["data:"]}
"""The lines as the camera has them stand in the page itself: no address keeps them."""

primary_line = allow(Role.PRIMARY, at=NodeKind.POST)


@primary_line
@require_GET
def counter(request: HttpRequest) -> HttpResponseBase:
    """The page of the officer's lane."""
    here = lane(request)
    if not here:
        return render(request, "crossings/counter/no_lane.html", status=409)
    preferences = preferences_of(signed_in(request).id)
    context = {
        "page": counter_page(here, services.lane_journey(here), services.standing(here)),
        "signals": signals(),
        "keys": preferences.keys,
        "most_bytes": MOST_GIVEN,
        "sounds": preferences.sounds,
        "directions": DIRECTIONS,
        "purposes": LANE_PURPOSES,
        "conveyances": CONVEYANCES,
        "referral_reasons": REFERRAL_REASONS,
        "reader": settings.READER,
    }
    page = render(request, "crossings/counter/page.html", context)
    return asks_reader(request, page, CAMERA)


@primary_line
@require_POST
def scan(request: HttpRequest) -> HttpResponse:
    """What the reader sent: ``id`` of the page, ``raw``, ``how`` it came, ``group``."""

    def read() -> None:
        services.scan(
            actor(request),
            posted_id(request),
            posted(request, "raw"),
            how=_how(request),
            group=group(request),
        )

    return lane_after(request, read)


@primary_line
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """``action`` (admit, refer, cancel) for ``ids``, with the ``reason`` of a referral."""

    def do() -> None:
        ids = [as_id(id) for id in posted(request, "ids").split()]
        match posted(request, "action"):
            case "admit":
                services.admit(actor(request), ids)
            case "refer":
                reason = one_of(ReferralReason, request.POST.get("reason") or "findings")
                services.refer(actor(request), ids, reason)
            case "cancel":
                services.cancel(actor(request), ids)
            case _:
                raise Refused("request.broken")

    return lane_after(request, do)


@primary_line
@require_POST
def set_journey(request: HttpRequest) -> HttpResponse:
    """Where the travellers of this lane go, from now on."""

    def remember() -> None:
        services.set_journey(actor(request), posted_journey(request))

    return lane_after(request, remember)


@primary_line
@require_POST
def lane_now(request: HttpRequest) -> HttpResponse:
    """The lane as it stands, asked for once something else than a decision has changed it."""
    return lane_after(request, lambda: None)


@primary_line
@require_GET
def pulse(request: HttpRequest) -> HttpResponse:
    """The link to the HQ and the age of the lists, asked for every few seconds."""
    return render(request, "crossings/counter/signals.html", {"signals": signals()})


@primary_line
@require_POST
def set_sounds(request: HttpRequest) -> HttpResponse:
    """Sounds on or off, for this officer at this post."""
    on = request.POST.get("sounds") == "on"
    officer = signed_in(request).id
    set_counter(officer, sounds=on, keys=preferences_of(officer).keys)
    return HttpResponse(status=204)


def lane_after(request: HttpRequest, do: Callable[[], None]) -> HttpResponse:
    """Do it, and answer with the lane as it then stands; 409 with the reason when refused."""
    problem = None
    try:
        do()
    except Refused as refused:
        problem = refusal(refused)
    here = lane(request)
    context = {
        "page": counter_page(here, services.lane_journey(here), services.standing(here), problem),
        "keys": preferences_of(signed_in(request).id).keys,
    }
    status = 409 if problem else 200
    return render(request, "crossings/counter/lane.html", context, status=status)


def _how(request: HttpRequest) -> HowRead:
    """Which kind of reader the page heard. Raises `Refused` for what no reader is."""
    how = one_of(HowRead, request.POST.get("how") or HowRead.MRZ)
    if how not in BY_READER:
        raise Refused("request.broken")
    return how


def group(request: HttpRequest) -> bool:
    """Whether the officer gathers a group."""
    return request.POST.get("group") == "on"


def posted_id(request: HttpRequest) -> UUID:
    """The id that the page was rendered with. Raises `Refused` for one that was not issued here."""
    id = as_id(posted(request, "id"))
    if not issued_here(id):
        raise Refused("request.broken")
    return id


def posted_journey(request: HttpRequest) -> Journey:
    """Where somebody goes, why and how, as a form says it. Raises `Refused`."""
    return Journey(
        direction=one_of(Direction, posted(request, "direction")),
        purpose=one_of(Purpose, posted(request, "purpose")),
        conveyance=one_of(Conveyance, posted(request, "conveyance")),
        origin=request.POST.get("origin", "").strip(),
        destination=request.POST.get("destination", "").strip(),
    )


def posted(request: HttpRequest, field: str) -> str:
    """A field that a request must have. Raises `Refused`."""
    value = request.POST.get(field, "")
    if not value:
        raise Refused("request.broken")
    return value


def as_id(text: str) -> UUID:
    """An id. Raises `Refused`."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused("request.broken") from error


def one_of(codes: Callable[[str], Code], text: str) -> Code:
    """A code of an enumeration. Raises `Refused`."""
    try:
        return codes(text)
    except ValueError as error:
        raise Refused("request.broken") from error
