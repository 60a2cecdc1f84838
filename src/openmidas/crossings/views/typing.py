"""Travellers without a readable document, typed with as few keys as can be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from openmidas.crossings import services
from openmidas.crossings.birth import NotADateError, read_birth, read_expiry
from openmidas.crossings.card_numbers import in_card_form
from openmidas.crossings.cards import known_card
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Document, HowRead, Traveller
from openmidas.crossings.services import Refused
from openmidas.crossings.views.counter import group, lane_after, posted_id, primary_line
from openmidas.crossings.words import SEXES, TYPED_DOCUMENTS, states_to_choose
from openmidas.documents import PartialDate, is_state
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor

REMEMBERED = "typed_nationality"

ERRORS: dict[str, Promise] = {
    "names": _("Type the traveller's names."),
    "birth": _("Birth date not understood. Try: 1974, March 1974, 12/03/1974, 30 years."),
    "sex": _("Choose one of the list."),
    "nationality": _("Choose one of the list."),
    "number": _("Type the number, or choose “No document”."),
    "expiry": _("Expiry date not understood. Try: 12/03/2029."),
}


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """What the officer typed, and what is wrong with it by field."""

    traveller: Traveller
    document: Document
    errors: tuple[str, ...]


@primary_line
@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest) -> HttpResponse:
    """The form; and what was typed: the lane as it then stands, or the form again with 422."""
    if request.method == "GET":
        known = {"nationality": request.session.get(REMEMBERED, this_node().config.state)}
        return _form(request, issue_id(), known)
    if card := card_number(request.POST):

        def show() -> None:
            services.scan(actor(request), posted_id(request), card, group=group(request))

        return lane_after(request, show)
    typed = read_typed(request.POST)
    if typed.errors:
        return _form(request, form_id(request), request.POST, typed.errors, status=422)
    request.session[REMEMBERED] = typed.traveller.nationality

    def save() -> None:
        services.type_in(
            actor(request),
            posted_id(request),
            typed.traveller,
            typed.document,
            group=group(request),
        )

    return lane_after(request, save)


def card_number(posted: Mapping[str, str]) -> str:
    """The number of a border resident's card, typed where the number belongs or in the first field.

    Beside a kind of document it is one only if this post gave it out: passports have such numbers, too.
    """
    typed = (in_card_form(str(posted.get(field, ""))) for field in ("number", "names"))
    number = next(filter(None, typed), "")
    return "" if posted.get("document") and known_card(number) is None else number


def read_typed(posted: Mapping[str, str], *, today: date | None = None) -> Typed:
    """Read the form's fields; never raises. ``today``: from which ages count, the node's day if None."""
    today = today or node_day()
    given = {name: str(posted.get(name, "")).strip() for name in (*ERRORS, "document")}
    errors: list[str] = []
    birth = _date(given, "birth", errors, today)
    expiry = _date(given, "expiry", errors, today) if given["document"] else None
    if not given["names"]:
        errors.append("names")
    if given["sex"] not in {"", *SEXES}:
        errors.append("sex")
    if given["nationality"] and not is_state(given["nationality"]):
        errors.append("nationality")
    if given["document"] and not given["number"]:
        errors.append("number")
    traveller = Traveller(
        surname=" ".join(given["names"].split()),
        birth=birth,
        sex=given["sex"],
        nationality=given["nationality"],
    )
    document = Document(how_read=HowRead.TYPED)
    if given["document"]:
        document = Document(
            code=given["document"][:2],
            number=given["number"].upper().replace(" ", ""),
            issuer=given["nationality"],
            expiry=expiry,
            how_read=HowRead.TYPED,
        )
    return Typed(
        traveller=traveller,
        document=document,
        errors=tuple(field for field in ERRORS if field in errors),
    )


def _date(
    given: Mapping[str, str], field: str, errors: list[str], today: date
) -> PartialDate | None:
    try:
        if field == "expiry":
            return read_expiry(given[field])
        return read_birth(given[field], today=today)
    except NotADateError:
        errors.append(field)
        return None


def form_id(request: HttpRequest) -> UUID:
    """The id that the form had: what is sent again after a mistake is the same traveller."""
    try:
        return posted_id(request)
    except Refused:
        return issue_id()


def _form(
    request: HttpRequest,
    form_id: UUID,
    values: Mapping[str, str],
    errors: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "id": form_id,
        "values": values,
        "errors": {field: ERRORS[field] for field in errors},
        "sexes": SEXES,
        "documents": TYPED_DOCUMENTS,
        "states": states_to_choose(),
    }
    return render(request, "crossings/counter/typing.html", context, status=status)
