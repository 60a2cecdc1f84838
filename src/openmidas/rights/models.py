"""What journals tell of complaints."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection


class Complaint(Projection):
    """A complaint that was made at a post (``node``). ``number``: what the traveller was given."""

    number = models.CharField(max_length=16, db_index=True)
    sealed = models.BinaryField()
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.number


class ReceivedComplaint(Projection):
    """That the HQ (``node``) has opened a complaint, of the same ``id``. ``about`` empty: it could not."""

    about = models.CharField(max_length=16, blank=True)
    due = models.DateField()


class ComplaintAnswer(Projection):
    """One answer of the HQ (``node``). A complaint may have several."""

    complaint = models.UUIDField()
    sealed = models.BinaryField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["complaint", "at"], name="answer_complaint")]


class ClosedComplaint(Projection):
    """What the HQ (``node``) made of a complaint, of the same ``id``."""

    outcome = models.CharField(max_length=16)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()
