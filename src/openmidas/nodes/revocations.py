"""At an HQ that was restored: whom it had trusted no more, it trusts no more again.

The backup knows a stolen post as a good one. What the HQ wrote about it since comes back from its
posts, and who is let in must follow.
"""

from __future__ import annotations

from uuid import UUID

from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.nodes.entries import NodeEnrolled, NodeRevoked
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer


def heed_revocations() -> list[Peer]:
    """Trust no more those of whom our own journal says so last; who of them was trusted until now.

    Which word is the last is told by the entries' clocks: they come back in any order, and a post may
    have been enrolled again since.
    """
    said = JournalEntry.objects.filter(
        node=this_node().id, kind__in=("node.enrolled", "node.revoked")
    ).exclude(body=None)
    last: dict[UUID, tuple[int, bool]] = {}
    for entry in said.iterator():
        body = decode_body(bytes(entry.body or b""))
        content = body.read()
        if isinstance(content, NodeEnrolled):
            about, revoked = content.enrolled, False
        elif isinstance(content, NodeRevoked):
            about, revoked = content.revoked, True
        else:
            continue
        if about not in last or last[about][0] < body.clock:
            last[about] = (body.clock, revoked)
    distrusted = [node for node, (_clock, revoked) in last.items() if revoked]
    found = list(Peer.objects.filter(id__in=distrusted, revoked=False))
    Peer.objects.filter(id__in=[peer.id for peer in found]).update(revoked=True)
    return found
