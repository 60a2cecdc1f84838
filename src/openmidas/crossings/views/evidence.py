"""What a workstation read of a chip, and pictures or bytes of seals: judged, and told to the page's script.

An answer is JSON: ``outcome``, and ``html`` for the inside of the page's element ``#evidence``, of a chip
also ``portrait`` for the inside of ``#portrait``; or, where it is refused, ``error`` and ``message``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from openmidas.crossings.evidence import services
from openmidas.crossings.evidence.kept import Proof
from openmidas.crossings.evidence.page import evidence_of
from openmidas.crossings.evidence.portraits import Portrait
from openmidas.crossings.evidence.reading import ChipFiles
from openmidas.crossings.evidence.wording import PORTRAITS
from openmidas.crossings.inspection import Inspection
from openmidas.crossings.views.counter import primary_line
from openmidas.crossings.wording import refusal
from openmidas.documents.seals.confined import MOST_BYTES
from openmidas.pictures.redrawing import MOST_GIVEN
from openmidas.pictures.uploads import FIELD, takes_pictures
from openmidas.posts.access import actor
from openmidas.posts.refusals import Refused

MOST_CHIP_BYTES = 2 * 1024 * 1024
"""Of a chip as it is sent: several times what those of real States hold."""
_MOST_CODE_BYTES = 2 * MOST_BYTES

View = Callable[..., HttpResponse]
Decoded = TypeVar("Decoded")


class _Code(msgspec.Struct, frozen=True):
    """What a scanner of two-dimensional codes read."""

    data: bytes


def _takes(most: int) -> Callable[[View], View]:
    """The view is sent so many bytes at most, which the doorway lets through."""

    def decorate(view: View) -> View:
        @wraps(view)
        def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if int(request.META.get("CONTENT_LENGTH") or 0) > most:
                return _too_large(most)
            return view(request, *args, **kwargs)

        taking.takes_bytes = most  # type: ignore[attr-defined]  # for the doorway
        return taking

    return decorate


def _too_large(most: int) -> HttpResponse:
    return _refused(Refused("picture.too_large", megabytes=str(most // (1024 * 1024))), 413)


@primary_line
@_takes(MOST_CHIP_BYTES)
@require_POST
def chip(request: HttpRequest, inspection: UUID) -> HttpResponse:
    """A chip, for who stands here: ``sod``, ``groups``, ``access`` and ``proofs`` (`ChipFiles`)."""
    try:
        files = _decoded(request, ChipFiles, MOST_CHIP_BYTES)
        known, portrait = services.show_chip(actor(request), inspection, files)
    except Refused as refused:
        return _refused(refused)
    outcome = known.chip.outcome if known.chip else Proof.NOT_PERFORMED
    return _answer(known, outcome, portrait=_shown(portrait, known.traveller.name))


@primary_line
@takes_pictures(lambda request, inspection: _too_large(MOST_GIVEN))
@require_POST
def seal(request: HttpRequest, inspection: UUID) -> HttpResponse:
    """A ``picture`` of a seal, or as JSON the ``data`` of its code, for who stands here."""
    try:
        known, seen = services.show_seal(actor(request), inspection, **_given(request))
    except Refused as refused:
        return _refused(refused)
    return _answer(known, seen.outcome)


def _given(request: HttpRequest) -> dict[str, bytes]:
    if request.content_type == "application/json":
        data = _decoded(request, _Code, _MOST_CODE_BYTES).data
        if not data or len(data) > MOST_BYTES:
            raise Refused("seal.none")
        return {"data": data}
    file = request.FILES.get(FIELD)
    picture = file.read() if file is not None else b""
    if not picture:
        raise Refused("seal.no_picture")
    return {"picture": picture}


def _decoded(request: HttpRequest, kind: type[Decoded], most: int) -> Decoded:
    """The request's body. Raises `Refused` ``request.broken``."""
    body = request.read(most + 1)
    if len(body) > most:
        raise Refused("request.broken")
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise Refused("request.broken") from error


def _answer(known: Inspection, outcome: Proof, **more: str) -> HttpResponse:
    context = {"evidence": evidence_of(known)}
    html = render_to_string("crossings/evidence_said.html", context)
    return JsonResponse({"outcome": outcome, "html": html, **more})


def _shown(portrait: Portrait, name: str) -> str:
    """The photograph with what it is worth: in this answer alone, which no cache keeps."""
    look, words = PORTRAITS[portrait.standing]
    context = {"address": portrait.address, "name": name, "look": look, "words": words}
    return render_to_string("crossings/counter/portrait.html", context)


def _refused(refused: Refused, status: int = 409) -> HttpResponse:
    told = {"error": refused.code, "message": str(refusal(refused))}
    return JsonResponse(told, status=status)
