"""The home page of headquarters: the situation at all posts, refreshed by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from openmidas.crossings.words import state_in_words
from openmidas.flows.situation.labels import Box, names_beside
from openmidas.flows.situation.now import PostSituation, Situation, situation
from openmidas.flows.templatetags.situation import MARKERS
from openmidas.incidents.page import grave
from openmidas.journal import NodeKind
from openmidas.maps.states import StateMap, state_map
from openmidas.nodes.identity import this_node
from openmidas.posts.access import allow, from_script, signed_in
from openmidas.posts.roles import QUARANTINE_READERS, Role
from openmidas.posts.silence_wording import HEARINGS

POSTS_ON_A_PAGE = 30
"""Those that ask for a look come first, so that no trouble hides on a later page."""
FEW = 8
"""Up to so many posts, hits and refusals stand under the table; else under the map."""
MOST_NAMES = 25
"""With more posts than this, the map names only those that ask for a look."""


BESIDE_THE_MARK = 30
LETTER = 20
"""Units of the map that a name keeps from its mark, and that a letter of it takes."""


Spots = dict[UUID, tuple[int, int]]
"""Where posts stand on the map, by id."""


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
    posts = Paginator(now.posts, POSTS_ON_A_PAGE).get_page(request.GET.get("page"))
    spots = _spots(drawn, now) if drawn else {}
    marks = list(_marks(drawn, spots, list(posts), len(now.posts))) if drawn else []
    context = {
        "situation": now,
        "grave": grave(),
        "posts": posts,
        "map": drawn,
        "states": list(names_beside(drawn.around, map(_covered, marks))) if drawn else [],
        "many": len(now.posts) > FEW,
        "marks": marks,
        "others": _others(now, spots, {post.id for post in posts}),
        "legend": [(key.value, MARKERS[key], word) for key, word in HEARINGS.items()],
        "may_see_aside": signed_in(request).has_role(*QUARANTINE_READERS),
        "state": state_in_words(this_node().config.state),
    }
    template = "situation_live.html" if from_script(request) else "situation.html"
    return render(request, f"flows/{template}", context)


def _spots(drawn: StateMap, now: Situation) -> Spots:
    places = {post.id: post.place for post in now.posts if post.place}
    spots = {id: drawn.place(*place) for id, place in places.items()}
    return {id: spot for id, spot in spots.items() if spot}


def _marks(
    drawn: StateMap, spots: Spots, posts: Sequence[PostSituation], of: int
) -> Iterator[Mark]:
    """The posts of this page that have a place in the drawing; those that ask for a look on top."""
    for post in reversed(posts):
        if post.id not in spots:
            continue
        x, y = spots[post.id]
        said = f"{post.name} · {HEARINGS[post.silence.hearing]}" if post.silent else post.name
        named = of <= MOST_NAMES or post.silent or post.troubled
        room = drawn.width - x - BESIDE_THE_MARK
        yield Mark(post, x, y, said if named else "", before=len(said) * LETTER > room)


def _covered(mark: Mark) -> Box:
    """What a post and its name cover on the map."""
    around = BESIDE_THE_MARK
    name = len(mark.said) * LETTER
    left, right = (name, 0) if mark.before else (0, name)
    return Box(mark.x - around - left, mark.y - around, mark.x + around + right, mark.y + around)


def _others(now: Situation, spots: Spots, shown: set[UUID]) -> dict[str, str]:
    """The posts of other pages, without name and link: one path for each state, to keep it small."""
    paths: defaultdict[str, str] = defaultdict(str)
    for post in now.posts:
        if post.id in spots and post.id not in shown:
            x, y = spots[post.id]
            hearing = post.silence.hearing
            paths[hearing.value] += f"M{x} {y}{MARKERS[hearing]}"
    return dict(paths)
