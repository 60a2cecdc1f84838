"""Version 1 of the API: its addresses, and what each answers.

Each view is for a system with a token (`callers.Token`), never for a session: what an officer's
browser may open does not open here, and no cookie is read or set. All of it only reads; what is
asked about a person comes in the body, as addresses end up in the logs of machines between.
"""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Body, NinjaAPI, Path, Query
from ninja.errors import HttpError, ValidationError

from openmidas.api import uses
from openmidas.api.callers import Token, caller, need
from openmidas.api.crossings import ToldCrossing, ToldCrossings, told_crossing, told_crossings
from openmidas.api.flows import ToldFlows, told_flows
from openmidas.api.posts import ToldHealths, ToldPosts, told_health, told_posts
from openmidas.api.problems import NotAnswered, Problem
from openmidas.api.questions import CrossingAsked, CrossingsAsked, FlowsAsked, only_known
from openmidas.api.scopes import Scope
from openmidas.api.screening import ScreenAsked, ToldScreening, told_screening
from openmidas.api.views.problems import answer_error

api = NinjaAPI(title="OpenMIDAS", version="1", openapi_url=None, docs_url=None)


def answers(what: Any, *more: int) -> dict[Any, Any]:
    """What an address may answer: what was asked, or why not."""
    return {200: what, **dict.fromkeys((401, 403, *more, 422, 429), Problem)}


@api.get(
    "crossings",
    url_name="api-crossings",
    operation_id="crossings",
    summary=_("Crossings"),
    description=_(
        "The crossings of all posts within 31 days, in the order in which they took place. A post "
        "without a link brings its crossings later, and they take their place by time: to keep a copy "
        "up to date, ask again for past days, and see “health” for what is still to come. A crossing "
        "that was referred changes once, when the second line decides."
    ),
    auth=Token(Scope.CROSSINGS),
    response=answers(ToldCrossings),
    by_alias=True,
    openapi_extra={"x-example": "?day=2026-11-25&direction=entry&limit=50"},
)
def crossings(request: HttpRequest, asked: Query[CrossingsAsked]) -> ToldCrossings:
    only_known(request, CrossingsAsked)
    system = caller(request)
    if asked.persons:
        need(system, Scope.PERSONS)
    told = told_crossings(asked)
    if asked.persons:
        ids = [one.id for one in told.crossings]
        uses.write_read(system.id, f"crossings?{request.GET.urlencode()}", ids)
    uses.count(system.id, _counted_as(asked.persons), len(told.crossings))
    return told


@api.get(
    "crossings/{crossing}",
    url_name="api-crossing",
    operation_id="crossing",
    summary=_("One crossing"),
    description=_("One crossing by its number."),
    auth=Token(Scope.CROSSINGS),
    response=answers(ToldCrossing, 404),
    by_alias=True,
    openapi_extra={"x-example": ""},
)
def one_crossing(
    request: HttpRequest,
    crossing: Annotated[UUID, Path(description=_("The crossing’s own number."))],
    asked: Query[CrossingAsked],
) -> ToldCrossing:
    only_known(request, CrossingAsked)
    system = caller(request)
    if asked.persons:
        need(system, Scope.PERSONS)
    told = told_crossing(crossing, asked.persons)
    if told is None:
        raise NotAnswered(404, "crossing.unknown")
    if asked.persons:
        uses.write_read(system.id, f"crossings/{crossing}", [crossing])
    uses.count(system.id, _counted_as(asked.persons), 1)
    return told


@api.get(
    "flows",
    url_name="api-flows",
    operation_id="flows",
    summary=_("Flows"),
    description=_(
        "How many crossed: the same table as on the page of the flows, of at most three years. Every "
        "total is the sum of its cells; the coverage stands with the numbers."
    ),
    auth=Token(Scope.FLOWS),
    response=answers(ToldFlows),
    by_alias=True,
    openapi_extra={
        "x-example": "?start=2026-11-01&end=2026-11-30&rows=nationality&columns=direction"
    },
)
def flows(request: HttpRequest, asked: Query[FlowsAsked]) -> ToldFlows:
    only_known(request, FlowsAsked)
    told = told_flows(asked)
    uses.count(caller(request).id, Scope.FLOWS, len(told.rows) * len(told.columns))
    return told


@api.get(
    "posts",
    url_name="api-posts",
    operation_id="posts",
    summary=_("Posts"),
    description=_("The posts of the State: what the ids in other answers stand for."),
    auth=Token(),
    response=answers(ToldPosts),
    by_alias=True,
    openapi_extra={"x-example": ""},
)
def posts(request: HttpRequest) -> ToldPosts:
    only_known(request)
    return told_posts()


@api.get(
    "health",
    url_name="api-health",
    operation_id="health",
    summary=_("Health of the posts"),
    description=_(
        "How each post is, as far as the headquarters knows: last contact, journal entries still to "
        "come, the age of its lists, its clock."
    ),
    auth=Token(Scope.HEALTH),
    response=answers(ToldHealths),
    by_alias=True,
    openapi_extra={"x-example": ""},
)
def health(request: HttpRequest) -> ToldHealths:
    only_known(request)
    told = told_health()
    uses.count(caller(request).id, Scope.HEALTH, len(told.posts))
    return told


@api.post(
    "screen",
    url_name="api-screen",
    operation_id="screen",
    summary=_("Screening"),
    description=_(
        "Whether a person may be on one of the public lists that the headquarters holds, how sure that "
        "is, and why. Every question is recorded as a look-up. It informs; a person decides."
    ),
    auth=Token(Scope.SCREENING),
    response=answers(ToldScreening),
    by_alias=True,
    openapi_extra={"x-example": '{"name": "Mamadou Diallo", "birth": "1974"}'},
)
def screen(request: HttpRequest, asked: Body[ScreenAsked]) -> ToldScreening:
    only_known(request)
    system = caller(request)
    told = told_screening(system, asked)
    uses.count(system.id, Scope.SCREENING, len(told.hits))
    return told


def _counted_as(persons: bool) -> Scope:
    return Scope.PERSONS if persons else Scope.CROSSINGS


for kind in (NotAnswered, ValidationError, HttpError, Exception):
    api.add_exception_handler(kind, answer_error)
