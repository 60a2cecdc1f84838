"""The certificates of the posts, as the HQ's journal tells of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from openmidas.journal.models import Projection


class ReceiptCertificate(Projection):
    """What the HQ says of a post's key. ``node`` is the HQ; the last one of a key is used."""

    post = models.UUIDField()
    public_key = models.BinaryField()
    certificate = models.BinaryField()
    at = models.DateTimeField()
    clock = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["post", "clock"], name="certificate_post")]
