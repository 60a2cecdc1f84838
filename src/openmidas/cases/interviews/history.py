"""A traveller's earlier crossings at this post: asked for a purpose, and the asking is an entry."""

from __future__ import annotations

from collections.abc import Sequence

from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.posts import lookups
from openmidas.posts.lookups import MOST_RESULTS, Purpose


def earlier_crossings(actor: Actor, row: Crossing) -> Sequence[Crossing]:
    """The last crossings of the same document before this one, the newest first.

    Without a document nobody is told from namesakes, and nothing is shown. The look-up is on disk
    before the answer is given.
    """
    found: list[Crossing] = []
    if row.document_key:
        before = Crossing.objects.filter(
            node=row.node,
            document_key=row.document_key,
            document_issuer=row.document_issuer,
            at__lt=row.at,
        )
        found = list(before.exclude(id=row.id).order_by("-at", "-id")[:MOST_RESULTS])
    query = f"earlier crossings, crossing {row.id}"
    lookups.made(actor, Purpose.CASE, "", query, len(found))
    return found
