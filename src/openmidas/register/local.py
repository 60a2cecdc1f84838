"""What the book keeps that is no fact yet: when headquarters was last heard of."""

from __future__ import annotations

from django.db import models


class LinkSeen(models.Model):
    """The last moment, in milliseconds, at which the watch saw that headquarters was heard of. One row."""

    seen = models.BigIntegerField()
