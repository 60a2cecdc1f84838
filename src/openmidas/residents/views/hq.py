"""Border residents at the headquarters: numbers by post, and nobody's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openmidas.residents.access import headquarters
from openmidas.residents.page import DAYS, numbers_by_post


@headquarters
@require_safe
def residents(request: HttpRequest) -> HttpResponse:
    """How many are registered at each post, and how often they crossed. Persons are looked up by purpose."""
    context = {"posts": numbers_by_post(), "days": DAYS}
    return render(request, "residents/hq.html", context)
