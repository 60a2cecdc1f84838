"""Which edition of the lost and stolen documents is to be used, what changed of it, where its file is.

The file is too large for the database and for the link: a stick brings it, and it lies in the node's
folder under its digest. It is of use only with the key, which is in the database. Which edition is in
use follows from the rows and from which file is here, so that putting the file in its place swaps it
in. What is here is this machine's own matter and no journal's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.db.models import QuerySet

from openmidas.exchange.attachments import Named, attachment_bytes, held, names_attachments
from openmidas.lists.lost.models import LostChange, LostEdition
from openmidas.nodes.identity import this_node
from openmidas.screening.lost import Changes, Overlay

FOLDER = "lost"
KEPT_UP = 2
"""Of so many editions changes are published: a post works with the one before until a stick comes."""


def folder() -> Path:
    """Where the files of editions lie; made where it is not there, for this account only."""
    path = this_node().home.path(FOLDER)
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def file_of(edition: LostEdition) -> Path:
    """Where the file of an edition lies, or would lie."""
    return this_node().home.path(FOLDER, f"{edition.digest}.lost")


def is_here(edition: LostEdition) -> bool:
    """Whether its file has been put in its place."""
    return file_of(edition).is_file()


def kept_up() -> list[LostEdition]:
    """The editions that changes are published of, the newest first."""
    return list(LostEdition.objects.order_by("-clock", "-id")[:KEPT_UP])


def all_editions() -> list[LostEdition]:
    """All that were published, the newest first: a few a year."""
    return list(LostEdition.objects.order_by("-clock", "-id"))


def edition_here(editions: Sequence[LostEdition] | None = None) -> LostEdition | None:
    """The newest edition whose file is here, of these or of all; None where there is none."""
    rows = all_editions() if editions is None else editions
    return next((edition for edition in rows if is_here(edition)), None)


def changes_of(edition: LostEdition) -> QuerySet[LostChange]:
    """Everything that changed of an edition, in order."""
    return LostChange.objects.filter(edition=edition.id, node=edition.node).order_by("number")


def changes_here(edition: LostEdition) -> list[LostChange]:
    """The changes of an edition that are here, up to the first one that is not."""
    rows = list(changes_of(edition))
    here = held(row.digest for row in rows)
    found: list[LostChange] = []
    for row in rows:
        if row.number != len(found) + 1 or row.digest not in here:
            break
        found.append(row)
    return found


def lay(overlay: Overlay, edition: LostEdition, change: LostChange) -> Overlay:
    """With these changes over the file as well. Raises `LostError`, `JournalError`."""
    read = Changes.decode(attachment_bytes(change.digest))
    return overlay.after(read, bytes(edition.key), edition.digest)


@names_attachments
def change_attachments() -> Iterator[Named]:
    """All changes of the editions that are kept up; needed are those of the one used and the newest."""
    editions = kept_up()
    used = edition_here()
    for edition in editions:
        current = edition == editions[0] or edition == used
        for row in changes_of(edition):
            yield Named(digest=row.digest, size=row.size, current=current)
