"""The nodes of the State, as their journals tell of them."""

from __future__ import annotations

from django.db import models

from openmidas.journal.models import Projection


class EnrolledNode(Projection):
    """A node that the HQ has enrolled. ``id`` is the enrolled node's; ``node`` is the HQ that did it."""

    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=3)
    epoch = models.PositiveIntegerField()
    public_key = models.BinaryField()
    certificate = models.TextField()
    enrolled_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
