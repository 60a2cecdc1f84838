"""The links at the top of a page: those that the officer may follow, no others.

They stand in one row of an old screen; what has no place there unfolds behind one word.
"""

from __future__ import annotations

from functools import cache

import msgspec
from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.translation import gettext_lazy as _

from openmidas.nodes.identity import this_node
from openmidas.posts.access import Access, access_of
from openmidas.posts.models import Officer

# In the order of the work. Who may open a page stands beside the page itself.
PAGES = (
    ("counter", _("Counter")),
    ("second-line", _("Second line")),
    ("hits", _("Hits")),
    ("conveyances", _("Buses")),
    ("incidents", _("Incidents")),
    ("displacements", _("Displacements")),
    ("situation", _("Situation")),
    ("referrals", _("Referrals")),
    ("residents", _("Border residents")),
    ("declarations", _("Herds and goods")),
    ("health-checks", _("Health checks")),
    ("paper", _("Paper register")),
    ("shift", _("Shift")),
    ("hq-crossings", _("Crossings")),
    ("hq-conveyances", _("Buses")),
    ("hq-interviews", _("Second line")),
    ("hq-incidents", _("Incidents")),
    ("hq-shifts", _("Shifts")),
    ("hq-residents", _("Border residents")),
    ("hq-declarations", _("Herds and goods")),
    ("hq-displacements", _("Displacements")),
    ("stays", _("In the country")),
    ("flows", _("Flows")),
    ("hq-nodes", _("Posts")),
    ("lists", _("Lists")),
    ("hit-figures", _("Hits")),
    ("find", _("Find a person")),
    ("complaints", _("Complaints")),
    ("lookups", _("Look-ups")),
    ("officers", _("Officers")),
    ("systems", _("Systems")),
    ("link", _("Link")),
    ("health-detail", _("Health")),
)


# How wide the row may be at 1366 pixels, beside the names of the post and of the officer, in letters;
# a link takes two more than its letters, and the word behind which the others stand as much as eight.
ROOM, GAP, UNFOLD = 100, 2, 8
ROOM_AT_LANE = 36
"""At the counter, where the lane and what is wrong with link, lists and rules stand in the row as well."""
NARROW, NARROW_AT_LANE = 52, 12
"""The same at 1024 pixels. The server does not know the screen: the style sheet hides what is too much."""


class Link(msgspec.Struct, frozen=True):
    """A page in the navigation. ``here``: the page that is shown now belongs to it."""

    url: str
    label: str
    here: bool


class Navigation(msgspec.Struct, frozen=True):
    """The pages an officer may open: those always in the row, those in the row of a wide screen only
    (``roomy``; on a narrow one they unfold as well), and those that unfold on every screen.
    """

    shown: list[Link]
    roomy: list[Link]
    folded: list[Link]

    @property
    def here(self) -> Link | None:
        """The folded page that is shown now: its name stands in the row all the same."""
        return _here(self.folded)

    @property
    def here_narrow(self) -> Link | None:
        """The same on a narrow screen."""
        return _here(self.roomy + self.folded)


def _here(links: list[Link]) -> Link | None:
    return next((link for link in links if link.here), None)


def navigation_for(request: HttpRequest) -> Navigation:
    """The pages that the officer of this request may open, in the order of the work."""
    links = _links(request)
    if not links:  # nobody is signed in; a shut post does not even have these pages
        return Navigation([], [], [])
    at_lane = request.path == _page("counter")[0]
    wide = _fitting(links, ROOM_AT_LANE if at_lane else ROOM)
    narrow = _fitting(links, NARROW_AT_LANE if at_lane else NARROW)
    return Navigation(links[:narrow], links[narrow:wide], links[wide:])


def _fitting(links: list[Link], room: int) -> int:
    """How many links stand in a row with so much room, beside the word behind which the others do."""
    if _width(links) <= room:
        return len(links)
    number = len(links)
    while number > 1 and _width(links[:number]) > room - UNFOLD:
        number -= 1
    return number


def _width(links: list[Link]) -> int:
    return sum(len(link.label) + GAP for link in links)


def _links(request: HttpRequest) -> list[Link]:
    officer = getattr(request, "user", None)
    if not isinstance(officer, Officer):
        return []
    links = []
    for name, label in PAGES:
        url, rule = _page(name)
        if rule and officer.has_role(*rule.roles) and rule.at in (None, this_node().kind):
            links.append((url, str(label)))
    # The address of one page may be the beginning of others'.
    here = max((url for url, _label in links if request.path.startswith(url)), key=len, default="")
    return [Link(url, label, url == here) for url, label in links]


@cache
def _page(name: str) -> tuple[str, Access | None]:
    url = reverse(name)
    return url, access_of(resolve(url).func)
