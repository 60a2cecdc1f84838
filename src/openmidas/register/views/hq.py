"""The books of all posts, at headquarters."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from openmidas.crossings.overview import post_names
from openmidas.nodes.services import node_day
from openmidas.register.access import headquarters
from openmidas.register.forms import DayForm
from openmidas.register.hq_page import day_of_posts
from openmidas.register.models import Shift
from openmidas.register.page import shift_page
from openmidas.register.views.post import page_context

DAY = timedelta(days=1)


@headquarters
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """The shifts of a day, post by post, with how much of the opening hours they attended."""
    names = post_names()
    today = node_day()
    asked = request.GET or {"day": today.isoformat()}
    form = DayForm(asked, posts=[(str(id), name) for id, name in names.items()])
    day, post = form.wanted(today)
    posts = names if post is None else {post: names[post]}
    context = {
        "form": form,
        "day": day,
        "before": day - DAY,
        "after": day + DAY if day < today else None,
        "chosen": post,
        "posts": day_of_posts(day, posts),
    }
    return render(
        request, "register/hq/shifts.html", context, status=200 if form.is_valid() else 422
    )


@headquarters
@require_safe
def shift(request: HttpRequest, id: UUID) -> HttpResponse:
    """One shift of a post in full."""
    row = get_object_or_404(Shift, id=id)
    return render(request, "register/hq/shift.html", page_context(shift_page(row)))
