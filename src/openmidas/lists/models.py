"""Editions of lists, as journals tell of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection
from openmidas.lists.national.models import (  # noqa: F401  Django finds the room's models here
    ListingProposal,
    NationalList,
    NationalListing,
)


def day_of(dated: datetime) -> date:
    """The day that a source dated its list, in universal time, as the source writes it."""
    return dated.astimezone(UTC).date()


class Wholeness(models.TextChoices):
    """Whether an edition can be used here."""

    ARRIVING = "arriving"
    WHOLE = "whole"
    APART = "apart"  # travels beside the journal: whole as soon as the attachment is here
    DAMAGED = "damaged"  # all parts are there and do not add up to what was published


class ListEdition(Projection):
    """An edition that the HQ published. Its bytes are an attachment, or stand in its parts.

    ``size``: of the attachment, 0 where there is none; ``readers``: roles that may look into it, where it
    is a list of the State's own, else None.
    """

    list_code = models.CharField(max_length=32)
    title = models.CharField(max_length=200)
    dated = models.DateTimeField()
    digest = models.CharField(max_length=64)
    says = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    parts = models.PositiveIntegerField()
    persons = models.PositiveIntegerField()
    entities = models.PositiveIntegerField()
    limit_days = models.PositiveIntegerField()
    problems = models.PositiveIntegerField()
    documents = models.PositiveIntegerField(default=0)
    readers = models.JSONField(null=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()
    wholeness = models.CharField(max_length=10, choices=Wholeness, default=Wholeness.ARRIVING)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["wholeness", "list_code", "clock"], name="edition_in_use")
        ]

    def __str__(self) -> str:
        return f"{self.list_code} {self.day.isoformat()}"

    @property
    def day(self) -> date:
        """The day that its source dated it."""
        return day_of(self.dated)


class EditionPart(Projection):
    """A run of the bytes of an edition; ``number`` counts from 0. ``id`` follows from the two."""

    edition = models.UUIDField()
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["edition", "number"], name="edition_part_place")]


class EditionSource(Projection):
    """The file that an edition was read from, at the HQ. ``id`` is the edition's.

    Its bytes stay in the journal: in the entries before the one at this epoch and sequence.
    """

    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    parts = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()


class ImportProblem(Projection):
    """A piece of a source that was not understood, at the HQ. Codes are worded in `lists.wording`."""

    edition = models.UUIDField()
    number = models.PositiveIntegerField()
    listing = models.CharField(max_length=64)
    field = models.CharField(max_length=120)
    code = models.CharField(max_length=32)
    text = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["edition", "number"], name="import_problem_place")
        ]


from openmidas.lists.lost.models import LostChange, LostEdition  # noqa: E402, F401  Django looks here
