"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from openmidas.nodes.identity import this_node


def node(request: HttpRequest) -> dict[str, Any]:
    """The node that serves the page."""
    return {"node": this_node().config}
