"""What could not be projected, and trying it again: nothing of it is lost, and nothing waits for it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from openmidas.journal.kinds import NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.projecting import project_or_quarantine

Aside = tuple[UUID, int, int]
"""Node, epoch and sequence of an entry that was set aside."""

BATCH = 200
"""How many are tried before anything else gets its turn."""


def set_aside(node: UUID | None = None, code: str = "") -> QuerySet[Quarantined]:
    """What is set aside: of one node, for one reason, or all of it."""
    found = Quarantined.objects.all()
    if node is not None:
        found = found.filter(node=node)
    return found.filter(code=code) if code else found


class Counts:
    """How many are set aside, by node and by reason (its code): all from one question."""

    def __init__(self) -> None:
        found = Quarantined.objects.order_by().values_list("node", "code")
        counted = found.annotate(entries=Count("entry"))
        self._counts = {(node, code): entries for node, code, entries in counted}

    @property
    def nodes(self) -> set[UUID]:
        """The nodes that have any."""
        return {node for node, _code in self._counts}

    def of(self, node: UUID | None = None, code: str = "") -> int:
        """How many: of one node, for one reason, or all of them."""
        return sum(
            entries
            for (its_node, its_code), entries in self._counts.items()
            if node in (None, its_node) and code in ("", its_code)
        )

    def reasons(self, node: UUID | None = None) -> list[tuple[str, int]]:
        """How many for each reason, the most frequent first."""
        codes = {code for its_node, code in self._counts if node in (None, its_node)}
        found = [(code, self.of(node, code)) for code in codes]
        return sorted(found, key=lambda each: (-each[1], each[0]))


def by_node() -> dict[UUID, int]:
    """How many are set aside of each node that has any."""
    counted = Quarantined.objects.order_by().values_list("node").annotate(entries=Count("entry"))
    return dict(counted)


def retry_quarantined(
    after: Aside | None = None, most: int = BATCH, *, node: UUID | None = None
) -> tuple[int, int, Aside | None]:
    """Try again some of what was set aside (after an upgrade, a kind may be known), oldest first.

    ``after``: where the last call ended; ``node``: only what that one wrote. How many were tried, how
    many of them went, and where this call ended; None at the end.
    """
    found = set_aside(node).order_by("node", "epoch", "sequence")
    if after is not None:
        found = found.filter(behind(after))
    items = list(found[:most])
    mended = sum(_retry(item) for item in items)
    last = items[-1] if len(items) == most else None
    return len(items), mended, (last.node, last.epoch, last.sequence) if last else None


def retry_one(node: UUID, epoch: int, sequence: int) -> bool | None:
    """Try one again; whether it went, None where it is not set aside any more."""
    item = Quarantined.objects.filter(node=node, epoch=epoch, sequence=sequence).first()
    return None if item is None else _retry(item)


def behind(after: Aside) -> Q:
    """What stands behind a place: of a later node, or later in the journals of the same one."""
    node, epoch, sequence = after
    return (
        Q(node__gt=node)
        | Q(node=node, epoch__gt=epoch)
        | Q(node=node, epoch=epoch, sequence__gt=sequence)
    )


@transaction.atomic
def _retry(item: Quarantined) -> bool:
    """Whether it went. Holds the journal: another process may be trying the same one."""
    journal = Journal.objects.select_for_update().get(node=item.node, epoch=item.epoch)
    if not Quarantined.objects.filter(entry=item.entry).exists():
        return False
    entry = JournalEntry.objects.get(id=item.entry)
    went = project_or_quarantine(entry, NodeKind(journal.node_kind))
    if went:
        item.delete()
    return went
