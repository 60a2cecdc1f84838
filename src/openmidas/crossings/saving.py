"""Forms that are sent twice, and forms that somebody went back to and wrote anew."""

from __future__ import annotations

from uuid import UUID

from openmidas.journal.models import Projection
from openmidas.posts.refusals import Refused


def saved_already(model: type[Projection], id: UUID, **said: object) -> bool:
    """Whether a form of this ``id`` was saved with just this in it.

    Raises `Refused` ``form.saved_already`` where it was saved with something else: somebody went back
    to it and wrote anew, and that must not be lost unseen.
    """
    rows = model._default_manager.filter(id=id)
    if not rows.exists():
        return False
    if not rows.filter(**said).exists():
        raise Refused("form.saved_already")
    return True
