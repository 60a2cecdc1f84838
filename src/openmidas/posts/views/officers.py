"""The officers of a post, or of the State, and taking on a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from openmidas.nodes.identity import this_node
from openmidas.posts import services
from openmidas.posts.access import actor, allow
from openmidas.posts.forms import EnrolForm, known_posts
from openmidas.posts.models import Officer, Post
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import HEAD_MAY_GIVE, HQ_ROLES, POST_ROLES, Role
from openmidas.posts.standing import Standing, confirmed, standings
from openmidas.posts.wording import STANDING_NAMES, role_names, word

ON_A_PAGE = 50


@allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR)
@require_safe
def officers(request: HttpRequest) -> HttpResponse:
    """The officers that this node knows: at a post its own."""
    known = Officer.objects.order_by("name", "id")
    if not this_node().is_hq:
        known = known.filter(post=this_node().id)
    page = Paginator(known, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "posts/officers.html", {"page": page, "rows": rows(list(page))})


@allow(Role.HEAD_OF_POST, Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Take an officer on, then show the officer's page, where a code is issued."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            officer = services.enrol_officer(
                actor(request),
                username=data["username"],
                name=data["name"],
                roles=form.chosen(),
                post=data.get("post"),
            )
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            return redirect("officer", id=officer.id)
    status = 422 if form.errors else 200
    context = {"form": form, "limited": not this_node().is_hq}
    return render(request, "posts/enrol.html", context, status=status)


def rows(officers: list[Officer]) -> list[dict[str, Any]]:
    """Officers as the pages show them."""
    standing, kept, names = standings(officers), confirmed(officers), post_names()
    return [
        {
            "officer": officer,
            "roles": role_names(officer.roles),
            "post": names.get(officer.post, ""),
            "standing": STANDING_NAMES[standing[officer.id]],
            "active": standing[officer.id] is Standing.ACTIVE,
            "until": None if officer.id in kept else officer.until,
        }
        for officer in officers
    ]


def post_names() -> dict[UUID, str]:
    """The names of the nodes where officers work."""
    node = this_node()
    return {**dict(Post.objects.values_list("id", "name")), node.id: node.config.name}


def _form(request: HttpRequest) -> EnrolForm:
    node = this_node()
    if not node.is_hq:
        return EnrolForm(request.POST or None, allowed=HEAD_MAY_GIVE, posts=[])
    posts = [*known_posts(), (node.id, node.config.name)]
    return EnrolForm(
        request.POST or None,
        allowed=POST_ROLES | HQ_ROLES,
        posts=posts,
        initial={"post": request.GET.get("post", "")},
    )
