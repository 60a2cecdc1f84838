"""Forms of refusal that were given, as journals tell of them."""

from __future__ import annotations

from django.db import models

from openmidas.cases.refusal_form.entries import MOST_LANGUAGE
from openmidas.journal.models import Projection


class ServedRefusal(Projection):
    """One giving of the form. ``crossing`` is the inspection's id."""

    crossing = models.UUIDField(db_index=True)
    language = models.CharField(max_length=MOST_LANGUAGE)
    understood = models.CharField(max_length=12)
    signed = models.CharField(max_length=12)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
