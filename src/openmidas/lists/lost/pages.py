"""What the page of the lists shows of the lost and stolen documents."""

from __future__ import annotations

import msgspec

from openmidas.lists.in_use import EditionInUse
from openmidas.lists.lost.editions import changes_here, edition_here, kept_up
from openmidas.lists.lost.in_use import lost_in_use
from openmidas.lists.wording import word_age, word_limit


class LostRow(msgspec.Struct, frozen=True, kw_only=True):
    """The edition in use; and ``waiting``, the newest, where its file is not here.

    ``documents``: in the edition; ``changes``: how often something changed since.
    """

    use: EditionInUse | None
    age: str
    limit: str
    documents: int
    changes: int
    waiting: EditionInUse | None


def lost_row() -> LostRow | None:
    """The lost and stolen documents of this node; None where the headquarters has published none."""
    newest = next(iter(kept_up()), None)
    if newest is None:
        return None
    row = edition_here()
    waiting = lost_in_use(newest, []) if row != newest else None
    if row is None:
        return LostRow(use=None, age="", limit="", documents=0, changes=0, waiting=waiting)
    changes = changes_here(row)
    use = lost_in_use(row, changes)
    return LostRow(
        use=use,
        age=word_age(use),
        limit=word_limit(use.limit_days),
        documents=row.documents,
        changes=len(changes),
        waiting=waiting,
    )
