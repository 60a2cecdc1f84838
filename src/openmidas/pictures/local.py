"""Pictures on their way into the journal: no fact, and no loss where the machine is replaced before."""

from __future__ import annotations

from django.db import models


class WaitingPicture(models.Model):
    """A picture whose pieces are not all written yet; ``id``: the picture's; ``written``: how many are."""

    id = models.UUIDField(primary_key=True)
    about = models.UUIDField()
    data = models.BinaryField()
    written = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField()
