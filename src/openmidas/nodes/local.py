"""What a node keeps about its peers: whom it exchanges with, and how that went."""

from __future__ import annotations

from django.db import models


class Peer(models.Model):
    """Another node that this one exchanges with, known by its certificate."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    epoch = models.PositiveIntegerField()
    public_key = models.BinaryField()
    certificate = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    exchange = models.CharField(max_length=255, blank=True)  # host:port, of the HQ only
    last_contact = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=64, blank=True)
    last_problem_at = models.DateTimeField(null=True)
    clock_ahead = models.BigIntegerField(null=True)  # its clock minus ours, milliseconds
    waiting = models.BigIntegerField(default=0)  # entries it said it still has for us

    def __str__(self) -> str:
        return self.name
