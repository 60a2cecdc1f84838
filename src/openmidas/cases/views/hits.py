"""The answers of this post, the last first: for finding one again that was wrong."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from openmidas.cases.access import interview_room
from openmidas.cases.hits import list_titles
from openmidas.cases.let_cross import LET_CROSS_DAYS, let_cross_here
from openmidas.cases.models import HitResolution
from openmidas.cases.page import given_answers
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_day

ON_A_PAGE = 50


@interview_room
@require_GET
def hits(request: HttpRequest) -> HttpResponse:
    """Every hit that was answered here, with the answer that counts. Travellers are not named."""
    rows = HitResolution.objects.that_count().filter(node=this_node().id).order_by("-at", "-id")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    titles = list_titles()
    context = {
        "let_cross": let_cross_here(),
        "let_cross_days": LET_CROSS_DAYS,
        "page": page,
        "today": node_day(),
        "answers": [
            (one, titles.get(one.row.list_code, one.row.list_code)) for one in given_answers(page)
        ],
    }
    return render(request, "cases/hits.html", context)
