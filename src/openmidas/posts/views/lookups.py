"""Looking up a person, and the log of who did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.posts import lookups as service
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.asked_for import asked_for, visible
from openmidas.posts.forms import FindForm
from openmidas.posts.models import Lookup, Officer
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.views.officers import post_names
from openmidas.posts.wording import PURPOSE_NAMES, role_names

ON_A_PAGE = 50
_PURPOSES = {purpose.value: name for purpose, name in PURPOSE_NAMES.items()}


@allow(Role.SECOND_LINE, Role.HEAD_OF_POST, Role.HQ_ANALYST, Role.OVERSIGHT)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a purpose, record the look-up, show what was found. By POST: names stay out of URLs."""
    form = FindForm(request.POST or None)
    found: Sequence[service.Found] | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            found = service.find(actor(request), data["purpose"], data["reason"], data["text"])
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "found": found, "most": service.MOST_RESULTS}
    return render(request, "posts/find.html", context, status=422 if form.errors else 200)


@allow(Role.HEAD_OF_POST, Role.OVERSIGHT, Role.ADMINISTRATOR)
@require_safe
def lookups(request: HttpRequest) -> HttpResponse:
    """Who looked up whom, when and why, newest first."""
    page = Paginator(Lookup.objects.order_by("-id"), ON_A_PAGE).get_page(request.GET.get("page"))
    entries = list(page)
    officers = _names(one.officer for one in entries if one.officer)
    posts = post_names()
    rows = [
        {
            "lookup": one,
            "asked": asked_for(one, signed_in(request)),
            "reason": visible(one.reason),
            "officer": officers.get((one.officer, one.node), "") if one.officer else "",
            "role": role_names([one.role])[0],
            "purpose": _PURPOSES.get(one.purpose, one.purpose),
            "post": posts.get(one.node, ""),
        }
        for one in entries
    ]
    return render(request, "posts/lookups.html", {"page": page, "rows": rows})


def _names(officers: Iterable[UUID]) -> dict[tuple[UUID, UUID], str]:
    """Names by officer and node: a node can name as actors only those who work there."""
    known = Officer.objects.filter(id__in=set(officers)).values_list("id", "post", "name")
    return {(id, post): name for id, post, name in known}
