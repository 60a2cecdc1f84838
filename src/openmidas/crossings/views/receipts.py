"""Receipts to print: at the counter after a decision, and for those whom the second line let cross."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from openmidas.crossings.receipts.drawing import draw_code
from openmidas.crossings.receipts.issuing import Receipt, receipts_of
from openmidas.crossings.receipts.wording import (
    CHECK,
    COMPLAIN,
    NO_CODE,
    NOTHING_TO_PAY,
    TITLE,
    in_each,
    lines_of,
)
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow
from openmidas.posts.models import Post
from openmidas.posts.roles import Role

FIRST = "fr"
BESIDE = {"en": "English", "ar": "العربية", "pt": "Português"}
PAPERS = ("80", "58", "a4")


@allow(Role.PRIMARY, Role.SECOND_LINE, Role.HEAD_OF_POST, at=NodeKind.POST)
@require_GET
def receipts(request: HttpRequest, crossing: UUID) -> HttpResponse:
    """The receipts of a traveller and of who was decided on together: ``beside`` French, ``paper``."""
    given = receipts_of(crossing)
    if not given:
        raise Http404
    beside = _one_of(request.GET.get("beside", ""), tuple(BESIDE))
    languages = (FIRST, beside)
    post = Post.objects.filter(id=this_node().id).first()
    name = post.name if post else this_node().config.name
    context = {
        "receipts": [(one, lines_of(one.said, name, languages), _drawn(one)) for one in given],
        "title_of_paper": in_each(TITLE, languages),
        "nothing": in_each(NOTHING_TO_PAY, languages),
        "complain": in_each(COMPLAIN, languages),
        "check": in_each(CHECK, languages),
        "no_code": in_each(NO_CODE, languages),
        "beside": beside,
        "choices": BESIDE,
        "paper": _one_of(request.GET.get("paper", ""), PAPERS),
        "papers": PAPERS,
    }
    return render(request, "crossings/receipts/receipts.html", context)


def _drawn(receipt: Receipt) -> SafeString:
    return draw_code(receipt.code) if receipt.code else SafeString()


def _one_of(asked: str, known: tuple[str, ...]) -> str:
    return asked if asked in known else known[0]
