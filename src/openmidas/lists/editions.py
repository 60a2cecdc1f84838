"""Which edition of each list is the one to use, and its bytes. Questions only; writing is in `services`.

Of a list, the edition published last counts, once it is whole: until then the one before stays. One
that travels apart is whole when its attachment is here, which is kept in one transaction.
The HQ refuses an older edition unless it is told to take it, so the last one is the newest as well.
"""

from __future__ import annotations

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from openmidas.exchange.attachments import attachment_bytes
from openmidas.exchange.local import Attachment
from openmidas.lists.models import EditionPart, ListEdition, Wholeness

Latest = frozenset[tuple[str, int]]
"""Lists by code, each with the logical clock of its latest whole edition."""


def whole_editions() -> QuerySet[ListEdition]:
    """The editions of which all bytes are here and add up."""
    here = Attachment.objects.filter(digest=OuterRef("digest"))
    return ListEdition.objects.filter(
        Q(wholeness=Wholeness.WHOLE) | Q(Exists(here), wholeness=Wholeness.APART)
    )


def usable_editions() -> QuerySet[ListEdition]:
    """All whole editions by list; of each list, the one to use comes first."""
    return whole_editions().order_by("list_code", "-clock", "-id")


def latest_clocks() -> Latest:
    """What changes when there is a newer edition; answered from indexes."""
    latest = whole_editions().order_by().values("list_code").annotate(last=Max("clock"))
    return frozenset(latest.values_list("list_code", "last"))


def latest_editions() -> list[ListEdition]:
    """Of each list the edition to use, by code."""
    latest: dict[str, ListEdition] = {}
    for edition in usable_editions():
        latest.setdefault(edition.list_code, edition)
    return list(latest.values())


def latest_edition(list_code: str) -> ListEdition | None:
    """The edition of this list to use, None when there is none."""
    return usable_editions().filter(list_code=list_code).first()


def edition_parts(edition: ListEdition) -> QuerySet[EditionPart]:
    """The parts of an edition that are here, in order. Other nodes' do not count: it is one's word."""
    parts = EditionPart.objects.filter(edition=edition.id, node=edition.node)
    return parts.filter(number__lt=edition.parts).order_by("number")


def edition_bytes(edition: ListEdition) -> bytes:
    """The bytes of a whole edition. Raises `JournalError` where its attachment is damaged."""
    if edition.wholeness == Wholeness.APART:
        return attachment_bytes(edition.digest)
    found = edition_parts(edition).values_list("data", flat=True)
    return b"".join(bytes(data) for data in found.iterator())
