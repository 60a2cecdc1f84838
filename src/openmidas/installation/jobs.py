"""What a post does for its own certificate, so that no one has to think of it."""

from __future__ import annotations

from datetime import timedelta

from openmidas.installation.own_authority import renew_own
from openmidas.journal import NodeKind
from openmidas.nodes.identity import this_node
from openmidas.nodes.jobs import every
from openmidas.nodes.services import node_time


@every(timedelta(hours=12), at=NodeKind.POST)
def renew_certificate() -> None:
    """Where the post's own authority signed it: made anew in time; the pages then start again with it."""
    renew_own(this_node().home, node_time())
