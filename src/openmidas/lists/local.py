"""The lists as this machine searches them. No fact: it is made again from the editions."""

from __future__ import annotations

from django.db import models


class CompiledLists(models.Model):
    """The editions in use, compiled. ``key``: of which editions, and by what program (`compiled`).

    ``editions``: their ids, in the order that they were compiled in.
    """

    key = models.CharField(max_length=64, primary_key=True)
    editions = models.JSONField()
    data = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)


class UploadedList(models.Model):
    """A file of a State's own list between its upload and its proposals: for the officer who gave it.

    ``common``: MessagePack of the `Said` that holds for all of its listings. It goes when they are
    proposed, when the officer gives another, and at the latest after a day.
    """

    id = models.UUIDField(primary_key=True)
    list = models.UUIDField()
    officer = models.UUIDField(db_index=True)
    file_name = models.CharField(max_length=200)
    encoding = models.CharField(max_length=20, blank=True)
    data = models.BinaryField()
    common = models.BinaryField()
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)
