"""The home page of headquarters: the situation at all posts, refreshed by itself."""

from __future__ import annotations

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openmidas.crossings.words import state_in_words
from openmidas.flows.mapping import StateMap, state_map
from openmidas.flows.situation import PostSituation, Situation, situation
from openmidas.flows.situation_wording import HEARINGS
from openmidas.flows.templatetags.situation import MARKERS
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow, from_script
from openmidas.posts.roles import Role

POSTS_ON_A_PAGE = 40
"""Those that ask for a look come first, so that no trouble hides on a later page."""
FEW = 8
"""Up to so many posts, hits and refusals stand under the table; else under the map."""
MOST_NAMES = 25
"""With more posts than this, the map names only those that ask for a look."""


BESIDE_THE_MARK = 30
LETTER = 20
"""Units of the map that a name keeps from its mark, and that a letter of it takes."""


class Mark(msgspec.Struct, frozen=True):
    """A post on the map. ``said``: its name there; ``before``: there is no room for it behind."""

    post: PostSituation
    x: int
    y: int
    said: str
    before: bool


@allow(Role.HQ_ANALYST, Role.ADMINISTRATOR, Role.OVERSIGHT, at=NodeKind.HQ)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The whole page; to a script, which asks every few seconds, only what changes."""
    now = situation()
    drawn = state_map(this_node().config.state, get_language() or "fr")
    pages = Paginator(now.posts, POSTS_ON_A_PAGE)
    context = {
        "situation": now,
        "posts": pages.get_page(request.GET.get("page")),
        "map": drawn,
        "many": len(now.posts) > FEW,
        "marks": _marks(drawn, now) if drawn else [],
        "legend": [(key.value, MARKERS[key], word) for key, word in HEARINGS.items()],
        "state": state_in_words(this_node().config.state),
    }
    template = "situation_live.html" if from_script(request) else "situation.html"
    return render(request, f"flows/{template}", context)


def _marks(drawn: StateMap, now: Situation) -> list[Mark]:
    """The posts that have a place inside the drawing; those that ask for a look lie on top."""
    few = len(now.posts) <= MOST_NAMES
    marks = []
    for post in reversed(now.posts):
        spot = drawn.place(*post.place) if post.place else None
        if spot is not None:
            named = few or post.silent or post.troubled
            said = f"{post.name} · {HEARINGS[post.silence.hearing]}" if post.silent else post.name
            room = drawn.width - spot[0] - BESIDE_THE_MARK
            marks.append(Mark(post, *spot, said if named else "", len(said) * LETTER > room))
    return marks
