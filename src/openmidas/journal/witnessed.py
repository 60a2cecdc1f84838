"""Local state of the witness: the HQ's log, the heads of logs and of neighbours, what contradicts itself."""

from __future__ import annotations

from typing import Annotated, ClassVar
from uuid import UUID

import msgspec
from django.db import models

from openmidas.journal.loghead import Epoch, Hash, LogHead
from openmidas.journal.models import new_id
from openmidas.journal.signing import Count, Head, Place, Time


class LogLeaf(models.Model):
    """At the HQ: one head of a journal in its log, by its number from 0."""

    index = models.BigIntegerField(primary_key=True)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    hash = models.BinaryField()

    def place(self) -> Place:
        """What the leaf is made of."""
        return Place(self.node, self.epoch, self.sequence, bytes(self.hash))


class LogNode(models.Model):
    """At the HQ: the hash over a whole subtree of its log. ``key``: see `openmidas.journal.log`."""

    key = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField()


class LoggedJournal(models.Model):
    """At the HQ: how far a journal stands in its log, and in which leaf."""

    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    index = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "epoch"], name="logged_journal")
        ]


class HeldLogHead(models.Model):
    """The latest head of a log by epoch: at the HQ of its own, at a post of the HQ's.

    ``shown``: at a post, the sequence of its own journal that was shown to be in the log.
    """

    log = models.UUIDField()
    epoch = models.PositiveIntegerField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    at = models.BigIntegerField()
    signature = models.BinaryField()
    shown = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["log", "epoch"], name="log_head_latest")
        ]

    def head(self) -> LogHead:
        """The head as it was signed."""
        return LogHead(
            self.log, self.epoch, self.size, bytes(self.root), self.at, bytes(self.signature)
        )


class CarriedHead(models.Model):
    """At a post: the signed head of a neighbour's journal, kept against its being rewritten.

    ``since``, ``given``: when it came, and when it was last given back to the HQ, milliseconds.
    """

    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    hash = models.BinaryField()
    signature = models.BinaryField()
    since = models.BigIntegerField()
    given = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "epoch", "sequence"], name="carried_place")
        ]

    def head(self) -> Head:
        """The head as its writer signed it."""
        place = Place(self.node, self.epoch, self.sequence, bytes(self.hash))
        return Head(place, bytes(self.signature))


class Version(msgspec.Struct, frozen=True):
    """One side of a contradiction, with what proves who said it.

    Of a log ``sequence`` is the size and ``hash`` the root. Without ``signature`` it is what stands
    in the node's own tables.
    """

    epoch: Epoch
    sequence: Count
    hash: Hash
    at: Time = 0
    signature: Annotated[bytes, msgspec.Meta(max_length=64)] = b""


class Contradiction(models.Model):
    """Two versions of what must be one, both kept. ``node``: whose journal or log it is.

    ``teller``: who brought the other version; ``told``: whether the HQ has been told; ``settled``:
    when somebody has looked into it, milliseconds.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    code = models.CharField(max_length=64)
    node = models.UUIDField()
    teller = models.UUIDField()
    ours = models.BinaryField()
    theirs = models.BinaryField()
    since = models.BigIntegerField()
    told = models.BooleanField(default=False)
    settled = models.BigIntegerField(null=True)

    def versions(self) -> tuple[Version, Version]:
        """What we hold, and what was brought."""
        return _read(bytes(self.ours)), _read(bytes(self.theirs))


DECLARED = ("log.lacks",)
"""What a node has said of itself before: that it was restored. Kept, and nobody has to look into it."""


def contradict(
    code: str, node: UUID, teller: UUID, ours: Version, theirs: Version, at: int
) -> bool:
    """Keep two versions of one thing; whether that was new. Of one teller the newest are kept."""
    settled = at if code in DECLARED else None
    sides = {"ours": msgspec.msgpack.encode(ours), "theirs": msgspec.msgpack.encode(theirs)}
    told = Contradiction.objects.filter(teller=teller)
    if told.filter(code=code, node=node, **sides).exists():
        return False
    Contradiction.objects.create(
        code=code, node=node, teller=teller, since=at, settled=settled, **sides
    )
    kept = told.order_by("-id").values_list("id", flat=True)
    told.filter(id__in=list(kept[MOST_OF_ONE:])).delete()
    return True


MOST_OF_ONE = 40
"""How many contradictions are kept of one teller: enough to look at, too few to fill a disk."""


def version_of(head: Head) -> Version:
    """A signed head as one side of a contradiction."""
    return Version(head.place.epoch, head.place.sequence, head.place.hash, 0, head.signature)


def version_of_log(head: LogHead) -> Version:
    """The head of a log as one side of a contradiction."""
    return Version(head.epoch, head.size, head.root, head.at, head.signature)


def _read(raw: bytes) -> Version:
    return msgspec.msgpack.decode(raw, type=Version)
