"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from openmidas.nodes.identity import this_node
from openmidas.posts.wording import ROLE_NAMES
from openmidas.web.demo.country import node_of
from openmidas.web.demo.layout import PASSWORD
from openmidas.web.demo.progress import progress
from openmidas.web.demo.specimens import NAMED_SPECIMENS


def node(request: HttpRequest) -> dict[str, Any]:
    """The node that serves the page; in the demonstration also whom to sign in as, what to
    scan, and how far the history is loaded."""
    here = this_node()
    if not here.config.demo:
        return {"node": here.config}
    known = node_of(here.id)
    officers = [(one.username, ROLE_NAMES[one.role]) for one in known.officers] if known else []
    demo = {
        "officers": officers,
        "password": PASSWORD,
        "specimens": NAMED_SPECIMENS,
        "loading": progress,  # asked only by the pages that show it
    }
    return {"node": here.config, "demo": demo}
