"""What stays on this machine: how often each system has asked on days that the journal lacks yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class UseToday(models.Model):
    """Questions of one system in one scope on one day, until they are written (`api.uses`)."""

    system = models.UUIDField()
    scope = models.CharField(max_length=16)
    day = models.DateField()
    requests = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["system", "scope", "day"], name="use_today_once")
        ]
