"""Displacements, as journals tell of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.displacements import limits
from openmidas.displacements.entries import People, Special
from openmidas.journal.models import Projection

PEOPLE = People.__struct_fields__
SPECIAL = Special.__struct_fields__


class Displacement(Projection):
    """People on the move together, counted at one post (``node``), see `entries.DisplacementOpened`."""

    origin = models.CharField(max_length=limits.PLACE)
    destination = models.CharField(max_length=limits.PLACE, blank=True)
    since = models.DateField()
    cause = models.CharField(max_length=16)
    direction = models.CharField(max_length=8)
    incident = models.UUIDField(null=True, db_index=True)
    words = models.TextField(blank=True)
    open = models.BooleanField(default=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["open", "at"], name="displacement_open")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}" if self.destination else self.origin


class DisplacementStanding(Projection):
    """Whether a displacement is over: the last entry that says so. ``id`` is the displacement's."""

    closed = models.BooleanField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()


class DisplacementCount(Projection):
    """One count. It stands unless another has it as ``instead_of``.

    ``day``: of ``until``, where this node is; ``needs``: codes of `entries.Need`.
    """

    displacement = models.UUIDField(db_index=True)
    women = models.PositiveIntegerField()
    men = models.PositiveIntegerField()
    adults = models.PositiveIntegerField()
    girls = models.PositiveIntegerField()
    boys = models.PositiveIntegerField()
    children = models.PositiveIntegerField()
    unseen = models.PositiveIntegerField()
    unaccompanied = models.PositiveIntegerField()
    wounded = models.PositiveIntegerField()
    pregnant = models.PositiveIntegerField()
    elderly = models.PositiveIntegerField()
    disabled = models.PositiveIntegerField()
    needs = models.JSONField(default=list)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField()
    day = models.DateField(db_index=True)
    place = models.CharField(max_length=limits.PLACE, blank=True)
    about = models.BooleanField()
    instead_of = models.UUIDField(null=True, db_index=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    @property
    def number(self) -> int:
        """All people of this count."""
        return sum(getattr(self, name) for name in PEOPLE)

    def people(self) -> People:
        """The people of this count by group."""
        return People(**{name: getattr(self, name) for name in PEOPLE})

    def special(self) -> Special:
        """Those of them with special needs."""
        return Special(**{name: getattr(self, name) for name in SPECIAL})


class DisplacementMark(Projection):
    """That a crossing is of somebody who was counted before. ``displacement`` None: taken back."""

    crossing = models.UUIDField(db_index=True)
    displacement = models.UUIDField(null=True, db_index=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()
