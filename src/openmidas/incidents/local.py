"""What rules raised on this machine: no fact, and told apart from no fact without saying what it was."""

from __future__ import annotations

from django.db import models


class RaisedBefore(models.Model):
    """A cause that an incident was raised for, or one of those who were counted for it.

    ``reference``: its digest under this node's own key, see `raising.remembering`. It stays when the entry
    of the incident is erased: the cause may be in the window of its rule still.
    """

    reference = models.CharField(max_length=64, primary_key=True)
    rule = models.CharField(max_length=32)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.rule} {self.reference[:8]}"
