"""What the HQ counts from the crossings of its posts, kept up to date with every one of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection


class Span(models.TextChoices):
    """How long a time a tally counts."""

    DAY = "d"
    MONTH = "m"


class Tally(Projection):
    """How many crossings of one kind a post (``node``) had in a day or a month.

    ``facet``: which dimensions of the traveller divide the count, as letters of
    `flows.dimensions`: none, one, or at a month two. ``value``, ``other``: what it is in the first
    and in the second.
    """

    span = models.CharField(max_length=1, choices=Span)
    start = models.DateField()
    direction = models.CharField(max_length=8)
    status = models.CharField(max_length=10)
    facet = models.CharField(max_length=2, blank=True)
    value = models.CharField(max_length=16, blank=True)
    other = models.CharField(max_length=16, blank=True)
    number = models.IntegerField()

    class Meta:
        # All columns, in the order in which the long table is read: a table of a year is summed
        # from the index alone, where the rows of one facet are next to each other.
        indexes: ClassVar = [
            models.Index(
                fields=[
                    "facet",
                    "span",
                    "start",
                    "node",
                    "direction",
                    "status",
                    "value",
                    "other",
                    "number",
                ],
                name="tally_of",
            ),
        ]
