"""At the HQ: whom to tell that there is something new for it."""

from __future__ import annotations

from openmidas.journal import JournalError, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.models import Journal, JournalEntry
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer

_LOOKED_AT = 100
"""New entries that are looked at one by one; where there are more, there is something for everybody."""


class OwnNews:
    """How far our own journal has been told of. What was there before we began is asked for anyway."""

    def __init__(self) -> None:
        self._sequence = _head()

    def since(self) -> list[str]:
        """The fingerprints of the peers that new entries of our own are for.

        Those that may only have the headers get them along with what they ask for next.
        """
        head = _head()
        found = self._between(self._sequence, head) if head > self._sequence else []
        # Last: where the database fails, the next look is for the same entries.
        self._sequence = head
        return found

    def _between(self, before: int, head: int) -> list[str]:
        peers = list(Peer.objects.filter(revoked=False))
        if head - before > _LOOKED_AT:
            return [peer.fingerprint for peer in peers]
        node = this_node()
        new = JournalEntry.objects.filter(
            node=node.id, epoch=node.epoch, sequence__gt=before, sequence__lte=head
        )
        bodies = [bytes(body) for body in new.values_list("body", flat=True) if body is not None]
        return [peer.fingerprint for peer in peers if any(_is_for(peer, body) for body in bodies)]


def _head() -> int:
    node = this_node()
    journal = Journal.objects.filter(node=node.id, epoch=node.epoch).first()
    return journal.sequence if journal is not None else 0


def _is_for(peer: Peer, body: bytes) -> bool:
    try:
        return decode_body(body).audience.admits(peer.id, NodeKind(peer.kind))
    except JournalError:
        return False
