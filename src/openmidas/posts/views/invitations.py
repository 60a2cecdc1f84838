"""A new post: the administrator's page that gives a code, and the address at which it is used."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts import invitations, joining, taking_in
from openmidas.posts.access import actor, allow, open_to_all
from openmidas.posts.layout_form import LayoutForm
from openmidas.posts.layouts import PostLayout
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role
from openmidas.posts.wording import word

administrators = allow(Role.ADMINISTRATOR, at=NodeKind.HQ)
MESSAGE = "application/msgpack"


@administrators
@require_http_methods(["GET", "POST"])
@sensitive_variables()
def invite(request: HttpRequest) -> HttpResponse:
    """The layout of a post that is to come; then its code, once: it is stored nowhere."""
    form = LayoutForm(request.POST or None, layout=PostLayout(name="", lanes=("1",)))
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invitations.invite(actor(request), form.layout())
        except Refused as refused:
            form.add_error(None, word(refused))
        else:
            context = {"invitation": invitation, "address": request.get_host()}
            return render(request, "posts/invitation.html", context)
    status = 422 if request.method == "POST" else 200
    return render(request, "posts/invite.html", {"form": form}, status=status)


@administrators
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take an invitation back. Asked for by GET, by reloading or switching language: the posts."""
    if request.method == "POST":
        try:
            invitations.revoke(actor(request), id)
        except Refused as refused:
            messages.error(request, word(refused))
        else:
            messages.success(request, _("Done and recorded."))
    return redirect("hq-nodes")


@csrf_exempt  # who asks is a machine without a session, and proves by the code what it may
@open_to_all
@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """A post that has a code asks to be taken in (`posts.joining`). Answers 409 with a refusal."""
    try:
        if not this_node().is_hq:
            raise Refused("join.not_at_hq")
        if len(request.body) > joining.MOST_BYTES:
            raise Refused("join.malformed")
        answer = msgspec.msgpack.encode(taking_in.take_in(request.body))
    except Refused as refused:
        refusal = msgspec.msgpack.encode(joining.JoinRefusal(code=refused.code))
        return HttpResponse(refusal, status=409, content_type=MESSAGE)
    return HttpResponse(answer, content_type=MESSAGE)
