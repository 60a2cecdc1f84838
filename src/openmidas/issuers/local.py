"""What lies at the headquarters between giving a file and saying what becomes of it. No fact."""

from __future__ import annotations

from django.db import models


class GivenFile(models.Model):
    """A file of certificates, for the officer who gave it: until it is taken, and for a day at most.

    A download of ICAO's directory is several: its parts, and one row without data for all of it (``id`` and
    ``download`` are the same there). ``said``: what became of it when it was given, as
    `documents.chip.Imported` in MessagePack.
    """

    id = models.UUIDField(primary_key=True)
    officer = models.UUIDField(db_index=True)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    download = models.UUIDField(null=True, db_index=True)
    said = models.BinaryField(default=b"")
    at = models.DateTimeField(db_index=True)
