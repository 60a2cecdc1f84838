"""The book at the post: the shift on duty, and earlier ones."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction
from openmidas.nodes.identity import this_node
from openmidas.posts.access import role_used, signed_in
from openmidas.posts.roles import Role
from openmidas.register import services
from openmidas.register.access import anybody, head_of_post, readable
from openmidas.register.figure_lines import let_cross
from openmidas.register.forms import BookForm, OccurrenceForm, RelaxForm
from openmidas.register.limits import WORDS
from openmidas.register.models import Shift
from openmidas.register.page import ShiftPage, occurrences, running_relaxations, shift_page, shown
from openmidas.register.sheet.filling import LANGUAGES

ON_A_PAGE = 50
WORDS_OF_A_LINE = 60


@anybody
@require_safe
def shift(request: HttpRequest) -> HttpResponse:
    """The shift on duty; where there is none, how to open one."""
    return current(request)


@head_of_post
@require_safe
def shifts(request: HttpRequest) -> HttpResponse:
    """All shifts of this post, the newest first."""
    here = Shift.objects.filter(node=this_node().id).order_by("-since", "-id")
    page = Paginator(here, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "register/shifts.html", {"page": page, "rows": shown(page)})


@anybody
@require_safe
def earlier(request: HttpRequest, id: UUID) -> HttpResponse:
    """One shift in full."""
    row = readable(signed_in(request), id)
    if row is None:
        raise Http404
    context = {**page_context(shift_page(row)), **_may(request), "languages": LANGUAGES}
    return render(request, "register/earlier.html", context)


def current(
    request: HttpRequest,
    *,
    relax: RelaxForm | None = None,
    occurrence: OccurrenceForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of the shift on duty, with the forms as somebody filled them in."""
    row = services.on_duty()
    context = {"problem": problem, "running": running_relaxations(), **_may(request)}
    if row is None:
        here = Shift.objects.filter(node=this_node().id).exclude(until=None)
        last = here.order_by("-until", "-id").first()
        typed = request.POST.get("words", "")[:WORDS]
        context |= {"last": shown([last])[0] if last else None, "typed": typed}
        return render(request, "register/none.html", context, status=status)
    page = shift_page(row)
    officer = signed_in(request)
    context |= page_context(page) | {
        "relax": relax or RelaxForm(auto_id="relax_%s"),
        "occurrence": occurrence or OccurrenceForm(lines=lines_of(row), auto_id="occurrence_%s"),
        "relax_id": id_of(request, relax),
        "occurrence_id": id_of(request, occurrence),
        "in_charge": services.in_charge(officer.id, role_used(request), row),
        "may_end": services.may_end(officer.id, role_used(request), row),
    }
    return render(request, "register/shift.html", context, status=status)


def page_context(page: ShiftPage) -> dict[str, object]:
    """What every page of one shift shows."""
    return {
        "page": page,
        "entries": let_cross(page.figures, Direction.ENTRY),
        "exits": let_cross(page.figures, Direction.EXIT),
        "refused": sum(one.number for one in page.figures.refused),
    }


def lines_of(row: Shift) -> list[tuple[str, str]]:
    """The lines of a shift and of the one before it, to be chosen from: the newest shift first."""
    before = Shift.objects.filter(node=row.node, until__lte=row.since).order_by("-until").first()
    return [
        (
            str(one.row.id),
            f"{one.number} · {timezone.localtime(one.row.happened_at):{form}} · "
            f"{Truncator(one.row.words).chars(WORDS_OF_A_LINE)}",
        )
        for shift, form in ((row, "%H:%M"), (before, "%Y-%m-%d %H:%M"))
        if shift is not None
        for one in occurrences(shift)
    ]


def _may(request: HttpRequest) -> dict[str, object]:
    return {"all": signed_in(request).has_role(Role.HEAD_OF_POST)}


def id_of(request: HttpRequest, form: BookForm | None) -> object:
    """The id of a form: the one that was posted, where it is shown again and that id is not spent."""
    again = form is not None and form.is_bound and not form.spent
    return request.POST.get("id") if again else issue_id()
