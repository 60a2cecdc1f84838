"""The store behind the journals: this node's own and those that it copies."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7

from openmidas.journal.entry import NO_HASH, SealedEntry
from openmidas.journal.kinds import NodeKind
from openmidas.journal.signing import Head, Place


def new_id() -> UUID:
    """A UUIDv7: sorts by the moment it was made, so that tables and flash memory fill from one end."""
    return uuid7()


class Journal(models.Model):
    """One epoch of one node's journal, as far as this node has it.

    This row is the lock of its journal: whoever appends or receives holds it, and reads the head
    inside that transaction.
    """

    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    node_kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in NodeKind])
    public_key = models.BinaryField()
    continues = models.BinaryField(default=NO_HASH)  # the hash that the first header must name
    sequence = models.BigIntegerField(default=0)
    hash = models.BinaryField(default=NO_HASH)
    signature = models.BinaryField(default=b"")
    at = models.BigIntegerField(default=0)
    clock = models.BigIntegerField(default=0)
    projected = models.BigIntegerField(default=0)  # how far the tables follow this journal
    stopped = models.CharField(max_length=64, default="", blank=True)  # why it is not taken further

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "epoch"], name="journal_one_per_epoch")
        ]

    def place(self) -> Place:
        """The last place that is stored."""
        if self.sequence == 0:
            return Place(self.node, self.epoch, 0, bytes(self.continues))
        return Place(self.node, self.epoch, self.sequence, bytes(self.hash))

    def head(self) -> Head:
        """The last place with its writer's signature."""
        return Head(self.place(), bytes(self.signature))


class JournalEntry(models.Model):
    """One entry, byte for byte as it was written. ``id`` sorts by arrival at this node.

    (node, epoch, sequence) is unique because whoever stores holds the journal's row and continues
    from its head; where the table is partitioned, each partition has a unique index as well.

    ``arrived``: when it came here by this node's clock, in milliseconds; None for our own.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=64, default="", blank=True)  # empty: header only
    header = models.BinaryField()
    body = models.BinaryField(null=True)
    salt = models.BinaryField(null=True)
    arrived = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node", "epoch", "sequence"], name="journal_entry_place"),
            models.Index(fields=["kind"], name="journal_entry_kind"),
        ]

    def sealed(self) -> SealedEntry:
        """The exact bytes of the entry."""
        return SealedEntry(
            bytes(self.header),
            None if self.body is None else bytes(self.body),
            None if self.salt is None else bytes(self.salt),
        )


class Projection(models.Model):
    """A row that journal entries made and that can be made again from them.

    ``node`` owns the row: only entries of its journal change it. Rows hold no foreign keys that the
    database enforces, because journals arrive in any order.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    node = models.UUIDField()

    class Meta:
        abstract = True


class ErasedPlace(Projection):
    """A place in a journal whose entry lost its body by order, or never gets one.

    ``node`` is the HQ that ordered it; ``of_node``, ``epoch``, ``sequence``: the place. ``erasure``:
    the order. A place that was named by two orders has two rows.
    """

    erasure = models.UUIDField(db_index=True)
    of_node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["of_node", "epoch", "sequence"], name="journal_erased_place"),
        ]
