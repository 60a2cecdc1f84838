"""Pictures, as journals tell of them. Their bytes stay in the entries: here is only where."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection
from openmidas.pictures.entries import MOST_CAPTION


class Picture(Projection):
    """A picture that is attached to ``about``. ``digest``: its SHA-256, in hexadecimal."""

    about = models.UUIDField(db_index=True)
    caption = models.CharField(max_length=MOST_CAPTION)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pieces = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()


class PiecePlace(Projection):
    """Where in its node's journal a part of a picture stands."""

    picture = models.UUIDField()
    number = models.PositiveSmallIntegerField()
    epoch = models.PositiveIntegerField()
    sequence = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["picture", "number"], name="piece_of_picture")]
