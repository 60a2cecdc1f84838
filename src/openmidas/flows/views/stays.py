"""Who is in the country, and which stays lasted too long. Nobody is named on these pages."""

from __future__ import annotations

import csv
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from openmidas.crossings import overview
from openmidas.crossings.views.hq import headquarters
from openmidas.crossings.words import state_in_words, states_to_choose
from openmidas.flows.stays import over as stays_over
from openmidas.flows.stays.coverage import coverage
from openmidas.flows.stays.overview import in_country, overstays_now
from openmidas.nodes.services import node_day
from openmidas.screening.formats.cells import harmless

MOST_DAYS = 36_500


class WantedForm(forms.Form):
    """Which overstays to show."""

    post = forms.TypedChoiceField(
        label=_("Last known post"), required=False, coerce=UUID, empty_value=None
    )
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    days = forms.IntegerField(
        label=_("Days over, at least"), required=False, min_value=1, max_value=MOST_DAYS
    )

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

    def wanted(self) -> stays_over.Wanted:
        """What a valid form asks for."""
        data = self.cleaned_data
        return stays_over.Wanted(
            post=data["post"], nationality=data["nationality"], days=data["days"] or 1
        )


@headquarters
@require_safe
def stays(request: HttpRequest) -> HttpResponse:
    """Who is in the country now, in numbers."""
    context = {"now": in_country(node_day()), "coverage": coverage()}
    return render(request, "flows/stays.html", context)


@headquarters
@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """The overstays, the longest first, and what that can and cannot mean."""
    today = node_day()
    form = WantedForm(request.GET)
    page = None
    if form.is_valid():
        page = stays_over.overstays(form.wanted(), today, page_number(request))
    context = {
        "form": form,
        "page": page,
        "all": overstays_now(today),
        "today": today,
        "coverage": coverage(),
        "asked": _asked(request, form),
    }
    return render(request, "flows/stays_over.html", context, status=422 if page is None else 200)


@headquarters
@require_safe
def over_counts(request: HttpRequest) -> HttpResponse:
    """The numbers of the same overstays as a CSV file: by post and nationality, never by person."""
    form = WantedForm(request.GET)
    if not form.is_valid():
        return render(request, "flows/stays_over.html", {"form": form}, status=422)
    today = node_day()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="overstays-{today.isoformat()}.csv"'
    response.write("\ufeff")  # spreadsheets take a file without it for another encoding
    writer = csv.writer(response)
    writer.writerow(
        [_now("Last known post"), _now("Nationality"), _now("Name of the State"), _now("Overstays")]
    )
    for row in stays_over.over_counts(form.wanted(), today):
        name = state_in_words(row.nationality) if row.nationality else _now("nationality not known")
        writer.writerow([harmless(row.post), harmless(row.nationality), harmless(name), row.number])
    return response


def page_number(request: HttpRequest) -> int:
    """The page that is asked for; the first where that is no number."""
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _asked(request: HttpRequest, form: forms.Form) -> str:
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    return urlencode(asked)
