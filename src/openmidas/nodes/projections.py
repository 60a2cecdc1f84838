"""From the nodes room's entries to rows."""

from __future__ import annotations

from openmidas.journal.projecting import Origin, projects, put
from openmidas.nodes.entries import NodeEnrolled
from openmidas.nodes.models import EnrolledNode


@projects(NodeEnrolled)
def node_enrolled(origin: Origin, content: NodeEnrolled) -> None:
    put(
        EnrolledNode,
        origin,
        content.enrolled,
        kind=content.node_kind,
        name=content.name,
        state=content.state,
        epoch=content.epoch,
        public_key=content.public_key,
        certificate=content.certificate,
        enrolled_at=origin.at,
    )
