"""What people call the nodes."""

from __future__ import annotations

from uuid import UUID

from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode


def node_names() -> dict[UUID, str]:
    """What people call the nodes that this one knows."""
    names = dict(EnrolledNode.objects.values_list("id", "name"))
    names |= dict(Peer.objects.values_list("id", "name"))
    return names | {this_node().id: this_node().config.name}
