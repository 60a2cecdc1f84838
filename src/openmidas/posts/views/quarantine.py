"""At the HQ: what posts sent and could not be used yet, why, and trying it again.

Entries hold persons' data, and the program's own error may quote them: the list shows neither. One of
them is opened for a purpose, and the look-up is written before anything is shown.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.journal import NodeKind
from openmidas.journal.errors import UNREADABLE
from openmidas.journal.kinds import find_kind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry
from openmidas.journal.quarantine import Counts, set_aside
from openmidas.nodes.collecting.again import Unopened, unopened
from openmidas.nodes.names import node_names
from openmidas.nodes.quarantine import ask_again, last_retries, try_one
from openmidas.posts import lookups
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.forms import OpenForm
from openmidas.posts.models import Officer
from openmidas.posts.quarantine_wording import about, why
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import QUARANTINE_READERS, Role
from openmidas.posts.wording import word

ON_A_PAGE = 50
RETRIES_SHOWN = 8
MOST_SHOWN = 20_000
"""Signs of what an entry says that are shown."""

readers = allow(*QUARANTINE_READERS, at=NodeKind.HQ)
administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)


class WantedForm(forms.Form):
    """Of which post, and for which reason."""

    post = forms.TypedChoiceField(
        label=gettext_lazy("Post"), required=False, coerce=UUID, empty_value=None
    )
    reason = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, names: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101  declared so above
        posts = sorted((name, str(id)) for id, name in names.items())
        field.choices = [("", _("all")), *((id, name) for name, id in posts)]


@readers
@require_safe
def quarantine(request: HttpRequest) -> HttpResponse:
    """What is set aside: how many for each reason, and each with its post, place and reason."""
    names, counts, shut = node_names(), Counts(), unopened()
    form = WantedForm(request.GET, names=_known(counts, shut, names))
    nothing: dict[str, Any] = {"post": None, "reason": ""}
    wanted = form.cleaned_data if form.is_valid() else nothing
    post, code = wanted["post"], wanted["reason"]
    found = set_aside(post, code).order_by("-entry").defer("reason")
    pages = Paginator(found, ON_A_PAGE)
    pages.count = counts.of(post, code)  # known, so that the database does not count them once more
    page = pages.get_page(request.GET.get("page"))
    asked = {name: str(value) for name, value in wanted.items() if value}
    context = {
        "form": form,
        "post": post,
        "post_name": _name(post, names) if post else "",
        "reason": why(code).said if code else "",
        "all": counts.of(),
        "page": page,
        "rows": [_row(item, names) for item in page],
        "collected": [_collected(one, names) for one in shut if post in (None, one.node)],
        "reasons": [_reason(code, number, post) for code, number in counts.reasons(post)],
        "retries": _retries(names),
        "asked": urlencode(asked),
        "may_try": signed_in(request).has_role(Role.ADMINISTRATOR),
    }
    return render(request, "posts/quarantine.html", context)


@readers
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, id: UUID) -> HttpResponse:
    """One of them. What it says, and the program's error, once the purpose is given and written."""
    item, names = get_object_or_404(Quarantined, entry=id), node_names()
    form = OpenForm(request.POST or None)
    context: dict[str, Any] = {
        "row": _row(item, names),
        "form": form,
        "may_try": signed_in(request).has_role(Role.ADMINISTRATOR),
    }
    if request.method == "POST" and _looked_up(request, form, item, names):
        context |= {"opened": True, "apart": _is_confined(item)}
        if not context["apart"]:
            context |= {"error": item.reason, "content": _content(item)}
    return render(
        request, "posts/quarantine_entry.html", context, status=422 if form.errors else 200
    )


@administrators
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Have all that is set aside tried again, or all of one post."""
    names = node_names()
    form = WantedForm(request.POST, names=_known(Counts(), unopened(), names))
    if not form.is_valid():
        messages.error(request, _("Nothing of this post is set aside any more."))
        return redirect("quarantine")
    post = form.cleaned_data["post"]
    try:
        ask_again(actor(request), post)
    except Refused as refused:
        messages.error(request, word(refused))
    else:
        messages.success(
            request, _("They are tried again now. Below you see how many could be used.")
        )
    return redirect(_list_of(post))


@administrators
@require_POST
def retry_entry(request: HttpRequest, id: UUID) -> HttpResponse:
    """Try one again, now."""
    item = get_object_or_404(Quarantined, entry=id)
    try:
        went = try_one(actor(request), item)
    except Refused as refused:
        messages.error(request, word(refused))
        return redirect("quarantine-entry", id)
    if went:
        messages.success(request, _("It could be used: it counts from now on."))
        return redirect(_list_of(item.node))
    messages.error(request, _("It could not be used this time either. It stays here."))
    return redirect("quarantine-entry", id)


def _list_of(post: UUID | None) -> str:
    return reverse("quarantine") + (f"?post={post}" if post else "")


def _looked_up(
    request: HttpRequest, form: OpenForm, item: Quarantined, names: dict[UUID, str]
) -> bool:
    """Whether the look-up is allowed and on disk."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    asked = f"set aside: {_name(item.node, names)} {item.epoch}/{item.sequence}"
    try:
        lookups.made(actor(request), data["purpose"], data["reason"], asked, 1)
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def _is_confined(item: Quarantined) -> bool:
    """Whether what it says is for the members of a compartment, whom no role makes."""
    known = find_kind(item.kind)
    return known is not None and known.confined


def _content(item: Quarantined) -> str:
    """What the entry says, indented; empty where it cannot be read at all."""
    row = JournalEntry.objects.filter(id=item.entry).first()
    if row is None or row.body is None:
        return ""
    try:
        said = msgspec.msgpack.decode(bytes(row.body))
        text = msgspec.json.format(msgspec.json.encode(said)).decode()
    except (*UNREADABLE, TypeError):  # TypeError: keys that only MessagePack has
        return ""
    return text[:MOST_SHOWN]


def _row(item: Quarantined, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "item": item,
        "post": _name(item.node, names),
        "about": about(item.kind),
        "why": why(item.code),
    }


def _reason(code: str, number: int, post: UUID | None) -> dict[str, Any]:
    asked = {"reason": code} | ({"post": str(post)} if post else {})
    return {"code": code, "why": why(code), "number": number, "asked": urlencode(asked)}


def _retries(names: dict[UUID, str]) -> list[dict[str, Any]]:
    found = last_retries(RETRIES_SHOWN)
    ids = {order.officer for order, _how_far in found if order.officer}
    who = dict(Officer.objects.filter(id__in=ids).values_list("id", "name"))
    return [
        {
            "order": order,
            "how_far": how_far,
            "post": _name(order.of_node, names) if order.of_node else "",
            "officer": who.get(order.officer, "") if order.officer else "",
        }
        for order, how_far in found
    ]


def _known(counts: Counts, shut: list[Unopened], names: dict[UUID, str]) -> dict[UUID, str]:
    """The posts of which anything is set aside, or not opened."""
    return {id: _name(id, names) for id in counts.nodes | {one.node for one in shut}}


def _collected(one: Unopened, names: dict[UUID, str]) -> dict[str, Any]:
    return {"group": one, "post": _name(one.node, names), "why": why(one.problem)}


def _name(node: UUID, names: dict[UUID, str]) -> str:
    return names.get(node, str(node))
