"""What the journal keeps that is no fact: receipts, what could not be projected, refused segments,
erasures that are under way.

What nodes witness of one another stands in `openmidas.journal.witnessed`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import new_id
from openmidas.journal.signing import Place, Receipt


class HeldReceipt(models.Model):
    """The latest receipt for a journal epoch by one witness: for our own journal from those who
    copy it, for journals that we copy the one that we gave."""

    id = models.UUIDField(primary_key=True, default=new_id)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    hash = models.BinaryField()
    witness = models.UUIDField()
    at = models.BigIntegerField()
    signature = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "epoch", "witness"], name="receipt_latest")
        ]

    def receipt(self) -> Receipt:
        """The receipt as it was signed."""
        place = Place(self.node, self.epoch, self.sequence, bytes(self.hash))
        return Receipt(place, self.witness, self.at, bytes(self.signature))


class Quarantined(models.Model):
    """An entry that could not be projected, with the reason. It is stored, and its journal goes on.

    ``code``: of the reason; ``reason``: what the program said, which may quote what the entry says;
    ``tried``: when it was last tried.
    """

    entry = models.UUIDField(primary_key=True)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    reason = models.TextField()
    since = models.DateTimeField(auto_now_add=True)
    tried = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node", "epoch", "sequence"], name="quarantined_place"),
            models.Index(fields=["node", "code"], name="quarantined_reason"),
        ]


class RefusedSegment(models.Model):
    """A segment that did not hold: who brought it, what was wrong, and its bytes for a closer look."""

    id = models.UUIDField(primary_key=True, default=new_id)
    peer = models.UUIDField()
    code = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    raw = models.BinaryField()
    since = models.DateTimeField(auto_now_add=True)


class AdvanceCopy(models.Model):
    """An entry that was sent ahead of its journal, signed by itself: provisional until that reaches it.

    ``matched``: the journal came and has the same entry there. The row stays until the tables follow.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    header = models.BinaryField()
    body = models.BinaryField()
    salt = models.BinaryField()
    arrived = models.DateTimeField(auto_now_add=True)
    matched = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node", "epoch", "sequence"], name="advance_copy_one_per_place"
            )
        ]


class ErasureUnderWay(models.Model):
    """An erasure that took bodies out of the journals here, and that the rest does not follow yet.

    ``id`` is the order's; ``node``, ``epoch``, ``sequence``: the place of the order itself.
    ``entries``: how many bodies went. ``tables_follow``: the tables were made again since, and only
    the files below are still to be written anew (`wiping`).
    """

    id = models.UUIDField(primary_key=True)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    tables_follow = models.BooleanField(default=False)
    since = models.DateTimeField(auto_now_add=True)
