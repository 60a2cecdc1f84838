"""The links at the top of a page: those that the officer may follow, no others."""

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
    ("incidents", _("Incidents")),
    ("displacements", _("Displacements")),
    ("situation", _("Situation")),
    ("referrals", _("Referrals")),
    ("paper", _("Paper register")),
    ("hq-crossings", _("Crossings")),
    ("hq-incidents", _("Incidents")),
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


class Link(msgspec.Struct, frozen=True):
    """A page in the navigation. ``here``: the page that is shown now belongs to it."""

    url: str
    label: str
    here: bool


def links_for(request: HttpRequest) -> list[Link]:
    """The pages that the officer of this request may open, in the order of the work."""
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
