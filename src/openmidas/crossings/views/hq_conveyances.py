"""The HQ's pages of buses: those of all posts, and one with its travellers, after a look-up."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.crossings import overview as crossings_overview
from openmidas.crossings.conveyances import overview
from openmidas.crossings.conveyances.limits import PLATE
from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.crossings.conveyances.pictures import pictures_of_list, shown_at_hq
from openmidas.crossings.views.hq import headquarters, page_number
from openmidas.lists.views.opened import keep_open
from openmidas.posts import lookups
from openmidas.posts.access import actor
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused


class WantedForm(forms.Form):
    """Which conveyances to show."""

    plate = forms.CharField(
        label=_("Plate, or a part of it"),
        required=False,
        max_length=PLATE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    post = forms.TypedChoiceField(label=_("Post"), required=False, coerce=UUID, empty_value=None)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        validators=[
            MinValueValidator(crossings_overview.EARLIEST),
            MaxValueValidator(crossings_overview.LATEST),
        ],
    )
    differs = forms.BooleanField(label=_("Only with somebody missing or extra"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = [(str(id), name) for id, name in crossings_overview.post_names().items()]
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
        field.choices = [("", _("all")), *posts]

    def wanted(self) -> overview.Wanted:
        """What a valid form asks for."""
        return overview.Wanted(**self.cleaned_data)


@headquarters
@require_safe
def conveyances(request: HttpRequest) -> HttpResponse:
    """The conveyances of all posts, newest first, with how many were missing and extra."""
    form = WantedForm(request.GET)
    page = None
    if form.is_valid():
        page = overview.conveyances(form.wanted(), page_number(request))
    asked = {name: value for name, value in request.GET.items() if name in form.fields and value}
    context = {"form": form, "page": page, "asked": urlencode(asked)}
    status = 422 if page is None else 200
    return render(request, "crossings/hq/conveyances.html", context, status=status)


@headquarters
@require_http_methods(["GET", "POST"])
def conveyance(request: HttpRequest, id: UUID) -> HttpResponse:
    """One of them. Who was aboard is shown once the purpose is given and the look-up is written."""
    row = get_object_or_404(OpenedConveyance, id=id)
    form = OpenForm(request.POST or None)
    context: dict[str, object] = {
        "row": row,
        "listed": overview.one(row),
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        opened = overview.opened(row)
        if _looked_up(request, form, opened):
            keep_open(request, pictures_of_list(id))
            context |= {"opened": opened, "pictures": shown_at_hq(row)}
    status = 422 if form.errors else 200
    return render(request, "crossings/hq/conveyance.html", context, status=status)


def _looked_up(request: HttpRequest, form: OpenForm, opened: overview.Opened) -> bool:
    """Whether the look-up is allowed and on disk."""
    said = form.cleaned_data
    query = "conveyance " + ", ".join(str(row.id) for row in opened.told_of)
    try:
        lookups.made(actor(request), said["purpose"], said["reason"], query, opened.people)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True
