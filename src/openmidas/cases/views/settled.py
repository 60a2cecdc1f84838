"""The headquarters confirms for all posts what one of them found out, or takes that back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openmidas.cases.settled.pages import answer_rows, open_answers
from openmidas.cases.settled.services import settle, unsettle
from openmidas.cases.wording import refusal
from openmidas.journal import Actor, NodeKind
from openmidas.posts.access import actor, allow, signed_in
from openmidas.posts.refusals import Refused
from openmidas.posts.roles import Role

ON_A_PAGE = 50
READERS = (Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT)
readers = allow(*READERS, at=NodeKind.HQ)
analysts = allow(Role.HQ_ANALYST, at=NodeKind.HQ)


@readers
@require_safe
def settled(request: HttpRequest) -> HttpResponse:
    """The answers "not the same person" that hold at some post, and which of them at every post."""
    page = Paginator(open_answers(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "answers": list(answer_rows(page)),
        "may_settle": signed_in(request).has_role(Role.HQ_ANALYST),
    }
    return render(request, "cases/settled/answers.html", context)


@analysts
@require_POST
def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Every post is to remember this answer."""
    return _done(request, settle, id, _("Confirmed. It is on its way to the posts."))


@analysts
@require_POST
def take_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """No post is to go by this confirmation any more."""
    return _done(request, unsettle, id, _("Taken back. The posts go by their own answers again."))


def _done(
    request: HttpRequest, do: Callable[[Actor, UUID], None], id: UUID, said: str
) -> HttpResponse:
    try:
        do(actor(request), id)
    except Refused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, said)
    return redirect("hits-settled")
