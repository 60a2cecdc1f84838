"""The post's book, as journals tell of it."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.journal.models import Projection
from openmidas.register.entries import Figures, Member, Waiting


class Shift(Projection):
    """A team's turn of work. ``node``: the post.

    ``until`` None: it is on duty; ``to``: who it handed over to, None where the post closed; ``waiting``,
    ``figures``: as told when it ended; ``closed_epoch``, ``closed_sequence``: the place of the entry
    that ended it, the journal's head at that moment.
    """

    since = models.DateTimeField()
    team = models.JSONField(default=list)
    follows = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    to = models.UUIDField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    waiting = models.JSONField(null=True)
    figures = models.JSONField(null=True)
    closed_epoch = models.PositiveIntegerField(null=True)
    closed_sequence = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["node", "since"], name="shift_node_since"),
            # Which shifts are on duty is found without reading years of the others.
            models.Index(
                fields=["node"], condition=models.Q(until__isnull=True), name="shift_on_duty"
            ),
        ]

    def members(self) -> tuple[Member, ...]:
        """The team."""
        return msgspec.convert(self.team, tuple[Member, ...])

    def left(self) -> Waiting:
        """What was left to whoever came next; nothing while it is on duty."""
        return msgspec.convert(self.waiting or {}, Waiting)

    def told(self) -> Figures | None:
        """Its numbers as told when it ended; None while it is on duty."""
        return None if self.figures is None else msgspec.convert(self.figures, Figures)


class Relaxation(Projection):
    """A time in which checks were relaxed. ``shift``: in which it was ordered; ``ended_at`` None: it
    lasts, whoever is on duty."""

    shift = models.UUIDField(db_index=True)
    ground = models.CharField(max_length=16)
    ordered_by = models.CharField(max_length=16)
    words = models.TextField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "at"], name="relaxation_node_at")]


class Occurrence(Projection):
    """A line of the book. ``corrects``: an earlier line of the same post that it puts right."""

    shift = models.UUIDField(db_index=True)
    happened_at = models.DateTimeField()
    words = models.TextField()
    corrects = models.UUIDField(null=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class LinkOutage(Projection):
    """A time in which a post was up and heard nothing of headquarters."""

    lost_at = models.DateTimeField()
    restored_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "restored_at"], name="link_outage_node")]
