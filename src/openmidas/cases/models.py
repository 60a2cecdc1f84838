"""What journals tell of the second line's work: the answers to hits."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from openmidas.cases.entries import MOST_LISTING, Answer
from openmidas.crossings import limits
from openmidas.journal.models import Projection


class Resolutions(models.QuerySet["HitResolution"]):
    """Questions to the answers."""

    def that_count(self) -> Resolutions:
        """Of each hit, the last answer that each node gave; those before it stand in the history."""
        later = HitResolution.objects.filter(
            Q(clock__gt=OuterRef("clock")) | Q(clock=OuterRef("clock"), id__gt=OuterRef("id")),
            hit=OuterRef("hit"),
            node=OuterRef("node"),
        )
        return self.exclude(Exists(later))


class HitResolution(Projection):
    """One answer to a hit. ``node`` gave it; a later one of the same hit supersedes it.

    ``hit``: which hit, see `crossings.hits.hit_id`; ``crossing``: the inspection that it came from;
    ``number``, ``issuer``, ``birth``: whom it is remembered for; ``until``: the last day of that, None
    where it is not remembered; ``found_at``: when the traveller was scanned.
    """

    hit = models.UUIDField()
    crossing = models.UUIDField(db_index=True)
    list_code = models.CharField(max_length=32)
    listing = models.CharField(max_length=MOST_LISTING)
    edition = models.UUIDField()
    digest = models.CharField(max_length=64)
    level = models.CharField(max_length=8)
    score = models.FloatField()
    agreed = models.JSONField(default=list)
    number = models.CharField(max_length=limits.NUMBER, blank=True)
    issuer = models.CharField(max_length=limits.STATE, blank=True)
    birth = models.CharField(max_length=16, blank=True)
    answer = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Answer])
    reason = models.CharField(max_length=16)
    note = models.TextField(blank=True)
    until = models.DateField(null=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    found_at = models.DateTimeField()
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    objects = Resolutions.as_manager()

    class Meta:
        indexes: ClassVar = [
            # What is remembered of a traveller, within a scan.
            models.Index(fields=["number", "issuer", "birth"], name="resolution_bearer"),
            models.Index(fields=["hit", "clock"], name="resolution_hit"),
            models.Index(fields=["list_code", "listing"], name="resolution_listing"),
            models.Index(fields=["at"], name="resolution_at"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} {self.listing}: {self.answer}"


from openmidas.cases.figures.models import CounterHit  # noqa: E402, F401  Django looks here
from openmidas.cases.interviews.models import (  # noqa: E402, F401
    CareRecord,
    CaseChecklist,
    CaseNote,
    CaseTaking,
    Hold,
)
from openmidas.cases.looking_back.models import LaterHit, LookedBack  # noqa: E402, F401
from openmidas.cases.referrals.models import (  # noqa: E402, F401
    PublishedPathways,
    Referral,
    ReferralNote,
)
from openmidas.cases.refusal_form.models import ServedRefusal  # noqa: E402, F401
from openmidas.cases.settled.models import SettledHit  # noqa: E402, F401
from openmidas.cases.taking_over.models import (  # noqa: E402, F401
    HqDirection,
    TakeOver,
    TakeOverAnswer,
)
