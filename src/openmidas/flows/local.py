"""What the HQ keeps of its own counting: whether it was right the last time somebody looked."""

from __future__ import annotations

from django.db import models


class TallyCheck(models.Model):
    """The last time that the tallies were held against the crossings. There is one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
    months = models.PositiveIntegerField()
    crossings = models.PositiveBigIntegerField()
    differences = models.PositiveBigIntegerField()
    examples = models.JSONField(default=list)  # of `checking.Difference`, the first few
