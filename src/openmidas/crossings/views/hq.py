"""The HQ's pages: the crossings of all posts, one crossing in full, and how the posts are."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings import hits, overview
from openmidas.crossings.kept_apart import decision_for
from openmidas.crossings.models import Crossing, Recorded, Status
from openmidas.crossings.page import shown_findings, shown_travellers
from openmidas.crossings.paper_pages import number_of_pages
from openmidas.crossings.post_health import post_health
from openmidas.crossings.reckoning import Reckoning, reckoning
from openmidas.crossings.telling import for_officer, withheld
from openmidas.crossings.words import (
    DIRECTIONS,
    OUTCOMES,
    states_to_choose,
)
from openmidas.journal import NodeKind
from openmidas.lists.national.owners import closed_to
from openmidas.nodes.services import node_day
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, from_script, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.invitations import OPEN, recent_invitations
from openmidas.posts.models import Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import QUARANTINE_READERS, Role
from openmidas.posts.wording import INVITATION_STATES

STATUS_WORDS = {status: OUTCOMES[status] for status in Status}

headquarters = allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)


class WantedForm(forms.Form):
    """Which crossings to show."""

    post = forms.TypedChoiceField(label=_("Post"), required=False, coerce=UUID, empty_value=None)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=[MinValueValidator(overview.EARLIEST), MaxValueValidator(overview.LATEST)],
    )
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("all")), *DIRECTIONS.items()]
    )
    status = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=[
            ("", pgettext_lazy("decisions, nationalities", "all")),
            *STATUS_WORDS.items(),
            (overview.OPEN_HIT, _("Admitted with an open hit")),
        ],
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(str(id), name) for id, name in overview.post_names().items()]
        states = states_to_choose()
        every = pgettext_lazy("decisions, nationalities", "all")
        regions = [(_("Region"), states.region), (_("World"), states.world)]
        offered: dict[str, list[Any]] = {
            "post": [("", _("all")), *posts],
            "nationality": [("", every), *regions],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
            field.choices = choices

    def wanted(self) -> overview.Wanted:
        """What a valid form asks for."""
        return overview.Wanted(**self.cleaned_data)


@headquarters
@require_safe
def crossings(request: HttpRequest) -> HttpResponse:
    """The crossings of all posts as they arrive, newest first, and the day so far by post.

    A script asks for the same address every few seconds and gets the tables alone.
    """
    form = WantedForm(request.GET)
    page = None
    if form.is_valid():
        page = overview.crossings(form.wanted(), page_number(request))
    days = overview.today_by_post()
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {
        "form": form,
        "page": page,
        "days": days,
        "total": overview.total(days),
        "reckoning": _reckoning(form),
        "asked": urlencode(asked),
    }
    template = "crossings_tables.html" if from_script(request) else "crossings.html"
    return render(request, f"crossings/hq/{template}", context, status=422 if page is None else 200)


def _reckoning(form: WantedForm) -> Reckoning:
    """How travellers became known: of the post and the day that were chosen, today where none was."""
    wanted = form.wanted() if form.is_valid() else overview.Wanted()
    return reckoning(wanted.day or node_day(), [wanted.post] if wanted.post else [])


@headquarters
@require_http_methods(["GET", "POST"])
def crossing(request: HttpRequest, id: UUID) -> HttpResponse:
    """One crossing. Who it was is shown once the purpose is given and the look-up is written."""
    row = get_object_or_404(Crossing, id=id)
    form = OpenForm(request.POST or None)
    context: dict[str, object] = {
        "crossing": row,
        "post": overview.post_names().get(row.node, str(row.node)),
        "form": form,
        "paper_pages": row.recorded == Recorded.PAPER and number_of_pages(row.node, row.day),
    }
    if request.method == "POST" and _looked_up(request, form, row):
        context |= _in_full(row, signed_in(request))
    status = 422 if form.errors else 200
    return render(request, "crossings/hq/crossing.html", context, status=status)


@headquarters
@require_safe
def nodes(request: HttpRequest) -> HttpResponse:
    """How each post is: contact, what is still to come, lists, clock, and what is wrong."""
    template = "nodes_table.html" if from_script(request) else "nodes.html"
    context = {
        "posts": post_health(),
        "invitations": [
            {"invitation": one, "open": state == OPEN, "state": INVITATION_STATES[state]}
            for one, state in recent_invitations()
        ],
        "may_add": signed_in(request).has_role(Role.ADMINISTRATOR),
        "may_see_aside": signed_in(request).has_role(*QUARANTINE_READERS),
    }
    return render(request, f"crossings/hq/{template}", context)


def _looked_up(request: HttpRequest, form: OpenForm, row: Crossing) -> bool:
    """Whether the look-up is allowed and on disk."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        lookups.made(actor(request), data["purpose"], data["reason"], f"crossing {row.id}", 1)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _in_full(row: Crossing, reader: Officer) -> dict[str, object]:
    """The crossing, as far as compartments and the owners of lists let this officer read it."""
    inspection, closed = row.inspected(), closed_to(reader)
    ids = [id for id in (row.officer, row.resolved_by) if id]
    names: dict[UUID | None, str] = dict(
        Officer.objects.filter(id__in=ids, post=row.node).values_list("id", "name")
    )
    return {
        "traveller": shown_travellers([inspection])[0],
        "findings": shown_findings((inspection,), for_officer(closed), hits.links(inspection)),
        "withheld": withheld(inspection.findings, closed),
        "decision": decision_for(row, reader),
        "editions": inspection.editions,
        "stay": inspection.stay,
        "officer": names.get(row.officer, ""),
        "resolver": names.get(row.resolved_by, ""),
    }


def page_number(request: HttpRequest) -> int:
    """Which page of a table is asked for, from 1."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
