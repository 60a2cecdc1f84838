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
