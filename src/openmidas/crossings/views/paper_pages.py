"""Photos of the pages of the paper register: beside the form at the post, at the HQ for a purpose."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openmidas.crossings.overview import post_names
from openmidas.crossings.paper_pages import (
    attach_page,
    beside,
    number_of_pages,
    pages_of,
    shown_of_day,
    still_shown,
)
from openmidas.crossings.views.counter import posted_id
from openmidas.crossings.views.hq import headquarters
from openmidas.crossings.views.paper import registrars, show
from openmidas.crossings.views.paper_fields import day_of
from openmidas.crossings.wording import refusal
from openmidas.lists.views.opened import is_open, open_for
from openmidas.nodes.identity import this_node
from openmidas.pictures.uploads import given_picture, picture_response, takes_picture
from openmidas.posts.access import actor
from openmidas.posts.forms import OpenForm
from openmidas.posts.refusals import Refused


@registrars
@takes_picture(back_to="paper")
@require_POST
def attach(request: HttpRequest) -> HttpResponse:
    """``picture``, ``caption``, the ``day`` of the page, and the ``id`` that the form was made with."""
    day = day_of(request.POST)
    try:
        id, caption = posted_id(request), request.POST.get("caption", "")
        attach_page(actor(request), day, id, given_picture(request), caption)
    except Refused as refused:
        problem = refusal(refused)
        return show(request, pages=beside(day), page_problem=problem, status=409)
    return redirect(f"{reverse('paper')}?pages={request.POST['day'].strip()}")


@registrars
@require_safe
def picture(request: HttpRequest, day: str, picture: UUID) -> HttpResponse:
    """One of them, at the post, as long as its pages show it."""
    about = pages_of(this_node().id, _day(day))
    if not still_shown(about, picture):
        raise Http404
    return picture_response(about, picture, this_node().id)


@headquarters
@require_http_methods(["GET", "POST"])
def at_hq(request: HttpRequest, post: UUID, day: str) -> HttpResponse:
    """The pages of a day of a post. By POST: the purpose for which they are opened."""
    of_day = _day(day)
    number = number_of_pages(post, of_day)
    if not number:
        raise Http404
    form = OpenForm(request.POST or None)
    about = pages_of(post, of_day)
    what = f"paper register {post} {of_day.isoformat()}"
    if request.method == "POST" and open_for(request, form, about, what, number):
        return redirect("hq-paper", post, of_day.isoformat())
    context: dict[str, object] = {
        "post": post_names().get(post, str(post)),
        "day": of_day,
        "number": number,
        "form": form,
    }
    if request.method == "GET" and is_open(request, about):
        context["pictures"] = shown_of_day(post, of_day)
    status = 422 if form.errors else 200
    return render(request, "crossings/hq/paper_pages.html", context, status=status)


@headquarters
@require_safe
def picture_at_hq(request: HttpRequest, post: UUID, day: str, picture: UUID) -> HttpResponse:
    """One of them, at the HQ, for whoever has said why."""
    about = pages_of(post, _day(day))
    if not is_open(request, about):
        return redirect("hq-paper", post, day)
    return picture_response(about, picture, post)


def _day(said: str) -> date:
    """Raises `Http404` for what is no day."""
    day = day_of({"day": said})
    if day is None:
        raise Http404
    return day
