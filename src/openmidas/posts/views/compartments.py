"""At the HQ: who is in which compartment, letting somebody in, and taking that back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.journal import NodeKind
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_day
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.compartments import let_in, shut_out, who_may_be_in
from openmidas.posts.entries import Compartment
from openmidas.posts.models import CompartmentMember, Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.views.officers import post_names
from openmidas.posts.wording import COMPARTMENT_NAMES, word

ON_A_PAGE = 100
_NAMES = {compartment.value: name for compartment, name in COMPARTMENT_NAMES.items()}


class MembershipForm(forms.Form):
    """Whom to let in where, and until when. ``membership``: made with the form, sent twice it is one."""

    membership = forms.UUIDField(widget=forms.HiddenInput())
    officer = forms.TypedChoiceField(label=gettext_lazy("Officer"), coerce=UUID)
    compartment = forms.TypedChoiceField(
        label=gettext_lazy("Compartment"),
        coerce=Compartment,
        choices=[(one.value, COMPARTMENT_NAMES[one]) for one in Compartment],
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Empty: until it is taken back."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = post_names()
        field = self.fields["officer"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        field.choices = [
            ("", "–"),
            *(
                (str(one.id), f"{one.name} ({posts.get(one.post, '–')})")
                for one in who_may_be_in(Officer.objects.order_by("name", "id"))
            ),
        ]


@allow(Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
@require_safe
def compartments(request: HttpRequest) -> HttpResponse:
    """Everybody who is or was in a compartment, newest first, and the form that lets somebody in."""
    return _page(request, MembershipForm(initial={"membership": new_id()}))


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest) -> HttpResponse:
    """Let an officer in. Asked for by GET, by reloading or switching language: the page."""
    if request.method != "POST":
        return redirect("compartments")
    form = MembershipForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    data = form.cleaned_data
    try:
        let_in(
            actor(request),
            data["officer"],
            data["compartment"],
            membership=data["membership"],
            until=data["until"],
        )
    except Refused as refused:
        form.add_error(None, word(refused))
        return _page(request, form, 422)
    messages.success(request, _("Done and recorded."))
    return redirect("compartments")


@allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
@require_POST
def member_out(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take a membership back."""
    try:
        shut_out(actor(request), id)
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(request, _("Done and recorded."))
    return redirect("compartments")


def _page(request: HttpRequest, form: MembershipForm, status: int = 200) -> HttpResponse:
    found = CompartmentMember.objects.order_by("-opened_at", "-id")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page)
    officers = Officer.objects.in_bulk(
        {id for one in rows for id in (one.officer, one.opened_by, one.closed_by) if id}
    )
    posts = post_names()

    def name(id: UUID | None) -> str:
        return officers[id].name if id in officers else ""

    context = {
        "form": form,
        "page": page,
        "may_change": signed_in(request).has_role(Role.ADMINISTRATOR),
        "rows": [
            {
                "row": one,
                "officer": name(one.officer),
                "post": posts.get(officers[one.officer].post, "")
                if one.officer in officers
                else "",
                "compartment": _NAMES.get(one.compartment, one.compartment),
                "opened_by": name(one.opened_by),
                "closed_by": name(one.closed_by),
                "over": one.until is not None and one.until < node_day(),
            }
            for one in rows
        ],
    }
    return render(request, "posts/compartments.html", context, status=status)
