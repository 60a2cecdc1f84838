"""What the HQ proposes to its analysts: derived from crossings at any time, so no fact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StayProposal(models.Model):
    """An entry and an exit with different documents that may be one traveller's.

    ``id`` as in `stays.pairs.Pair`. ``level``: of `openmidas.screening`, "strong" or "possible".
    ``crowded``: one of the two is as much alike to so many others that nobody is singled out.
    """

    id = models.UUIDField(primary_key=True)
    entry = models.UUIDField(db_index=True)
    exit = models.UUIDField(db_index=True)
    level = models.CharField(max_length=8)
    crowded = models.BooleanField(default=False)
    found_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            # "strong" sorts after "possible".
            models.Index(fields=["crowded", "-level", "-found_at", "id"], name="proposal_order"),
        ]


class ComparedCrossing(models.Model):
    """A presence or an unmatched exit (by its crossing) that has been compared with all others."""

    crossing = models.UUIDField(primary_key=True)
