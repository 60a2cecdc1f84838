"""Attachments: bytes that an entry names by their hash, and that travel beside the journals.

No fact: the fact is the entry. What is lost here is fetched again, or made again from its source.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Attachment(models.Model):
    """Bytes that are here whole. ``digest``: their SHA-256, in hexadecimal; ``size``: how many.

    ``packed``: them as they travel to whoever has nothing to build on; ``packing`` is the SHA-256 of
    that, ``length`` its bytes.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    packing = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField()
    packed = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)


class AttachmentDelta(models.Model):
    """An attachment as it travels to whoever has another, ``base``, made once at the HQ."""

    digest = models.CharField(max_length=64)
    base = models.CharField(max_length=64)
    packing = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField()
    packed = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "base"], name="one_delta_each")
        ]


class ArrivingAttachment(models.Model):
    """An attachment on its way: ``here`` of the ``length`` bytes of one packing have come.

    ``base``: what that packing builds on, empty if on nothing; ``alone``: one that built on something
    failed, so none such is asked for again.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    packing = models.CharField(max_length=64, blank=True)
    base = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)
    here = models.PositiveBigIntegerField(default=0)
    alone = models.BooleanField(default=False)


class ArrivingPiece(models.Model):
    """A run of the bytes of a packing on its way, from ``start`` on."""

    digest = models.CharField(max_length=64)
    start = models.PositiveBigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["digest", "start"], name="one_piece_each")
        ]
