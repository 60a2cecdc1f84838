"""At a post that is open again: what was noted while it was shut goes into its journal."""

from __future__ import annotations

from django.db import transaction

from openmidas.journal import Actor
from openmidas.journal.models import Journal
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import Unsealing
from openmidas.nodes.sealing.database import database_key, is_sealed
from openmidas.nodes.sealing.entries import PostUnsealed
from openmidas.nodes.sealing.noting import forget_notes, read_notes
from openmidas.nodes.services import record


def tell_unsealings() -> int:
    """Write down who opened this post; how many openings were new to the journal.

    Broken off anywhere, none is told twice and none is forgotten. Raises
    `openmidas.nodes.refusals.Refused` ``disk.full``.
    """
    node = this_node()
    if not is_sealed(node.home):
        return 0
    key = bytes.fromhex(database_key(node.home))
    notes = read_notes(node.home, node.id, key)
    if not notes:
        return 0
    told = sum(map(_tell, notes))
    forget_notes(node.home, node.id, key, {each.opening for each in notes})
    return told


@transaction.atomic
def _tell(note: PostUnsealed) -> bool:
    # The journal is held first: the worker and a command may tell the same opening at once.
    Journal.objects.select_for_update().get(node=this_node().id, epoch=this_node().epoch)
    if Unsealing.objects.filter(id=note.opening).exists():
        return False
    record(note, actor=Actor())
    return True
