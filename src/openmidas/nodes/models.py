"""The nodes of the State, as their journals tell of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from openmidas.journal.models import Projection
from openmidas.nodes.entries import LONGEST_CODE, LONGEST_REASON, LONGEST_VERSION


class EnrolledNode(Projection):
    """A node that the HQ has enrolled. ``id`` is the enrolled node's; ``node`` is the HQ that did it."""

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=3)
    epoch = models.PositiveIntegerField()
    public_key = models.BinaryField()
    certificate = models.TextField()
    enrolled_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    def __str__(self) -> str:
        return self.name


class Revocation(Projection):
    """The HQ trusted a post no more from ``at`` on. It stays when the post is enrolled again."""

    of = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()


class AcceptedStick(Projection):
    """A decision to take in a stick of a machine that was trusted no more. See `StickAccepted`."""

    of = models.UUIDField(db_index=True)
    made_at = models.DateTimeField()
    digest = models.BinaryField()
    reason = models.CharField(max_length=LONGEST_REASON)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class Erasure(Projection):
    """An order of the HQ to take away the bodies of entries. ``id`` is the order's.

    ``epoch``, ``sequence``: its own place in the HQ's journal. ``places``: how many it names; which
    they are stands in `journal.models.ErasedPlace`.
    """

    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    reason = models.CharField(max_length=16)
    places = models.PositiveIntegerField()
    officer = models.UUIDField(null=True)  # who ordered it, in which role
    role = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)


class QuarantineRetry(Projection):
    """Somebody at the HQ had what is set aside tried again: of all nodes, of one, or one entry."""

    of_node = models.UUIDField(null=True)
    epoch = models.PositiveIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField(db_index=True)


class NodeReport(Projection):
    """How a post said it was. Columns as in `nodes.entries.NodeReported`; ``node`` is the post."""

    at = models.DateTimeField()
    up_from = models.DateTimeField()
    up_until = models.DateTimeField()
    outage = models.BigIntegerField(default=0)  # milliseconds
    editions = models.JSONField(default=list)  # HeldEdition, as plain values
    verified = models.BigIntegerField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_problem = models.CharField(max_length=LONGEST_CODE, blank=True)
    mains = models.BooleanField(null=True)
    battery = models.PositiveSmallIntegerField(null=True)
    charge = models.CharField(max_length=LONGEST_VERSION, blank=True)
    disk_free = models.BigIntegerField(null=True)
    clock_error = models.BigIntegerField(null=True)
    program = models.CharField(max_length=LONGEST_VERSION, blank=True)
    sqlite = models.CharField(max_length=LONGEST_VERSION, blank=True)
    erased_epoch = models.PositiveIntegerField(default=0)
    erased = models.BigIntegerField(default=0)
    sealed = models.BooleanField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node", "at"], name="node_report_at"),
            models.Index(fields=["at"], condition=Q(outage__gt=0), name="node_report_outage"),
        ]


class LastReport(Projection):
    """Which report of a post is its last, and what span all of them cover. ``id`` is the post's."""

    report = models.UUIDField()
    at = models.DateTimeField()
    known_from = models.DateTimeField()
    known_until = models.DateTimeField()


class UpMonth(Projection):
    """When a post was up in a month: one bit for each slot of `nodes.slots`, the first one lowest.

    A year of a hundred posts is twelve hundred rows, whatever happened in it.
    """

    month = models.DateField(db_index=True)  # its first day, where this node is
    slots = models.BinaryField()


class Unsealing(Projection):
    """Officers opened a sealed post. Columns as in `sealing.entries.PostUnsealed`; ``node``: the post."""

    at = models.DateTimeField()
    officers = models.JSONField(default=list)  # their names, as the post knows them
    share = models.CharField(max_length=8)
    until = models.DateTimeField(null=True)
    failed = models.PositiveIntegerField(default=0)
    first_failed = models.DateTimeField(null=True)
    last_failed = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "at"], name="node_unsealing_at")]


class LeaseChange(Projection):
    """Somebody at the HQ said how long a post's lease is from then on, and why. 0 days: none."""

    post = models.UUIDField(db_index=True)
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()


class CollectingRun(Projection):
    """A run of entries that a post collects while it is shut, and the key that signs it."""

    public_key = models.BinaryField()


class CollectedEntry(Projection):
    """An entry of a run that has come into the post's journal. ``id``: `collecting.projections.place_id`.

    ``epoch``, ``sequence``: where it stands in that journal, with its sealed body; ``number``: its
    place in its run. ``at``: when it came into the journal.
    """

    run = models.UUIDField()
    number = models.BigIntegerField()
    header = models.BinaryField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["run", "number"], name="node_collected_place")]


class OpenedEntry(Projection):
    """What the HQ (``node``) found in a `CollectedEntry` of the same ``id``: a body, or a problem.

    ``epoch``, ``sequence``: where that stands in the HQ's journal. ``post``: who collected it.
    """

    post = models.UUIDField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()
    problem = models.CharField(max_length=64, blank=True)
