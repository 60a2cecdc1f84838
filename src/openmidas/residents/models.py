"""Border residents, as journals tell of them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import msgspec
from django.db import models

from openmidas.crossings.card_numbers import written
from openmidas.crossings.cards import CardState
from openmidas.crossings.inspection import Traveller
from openmidas.crossings.limits import NAME, NUMBER
from openmidas.journal.models import Projection
from openmidas.residents import limits
from openmidas.residents.entries import Fact


class Resident(Projection):
    """One border resident and the card. ``until``: its last day; ``revoked_on``: null while it holds.

    ``person``: MessagePack of `crossings.inspection.Traveller`; ``name_key``: see `crossings.reading`.
    """

    number = models.CharField(max_length=14, db_index=True)
    kind = models.CharField(max_length=8)
    person = models.BinaryField()
    name = models.CharField(max_length=2 * NAME + 1)
    name_key = models.TextField()
    village = models.CharField(max_length=limits.VILLAGE)
    plate = models.CharField(max_length=limits.PLATE, blank=True)
    document = models.CharField(max_length=NUMBER, blank=True)
    until = models.DateField()
    revoked_on = models.DateField(null=True)
    end = models.CharField(max_length=8, blank=True)
    words = models.TextField(blank=True)
    revoked_by = models.UUIDField(null=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()  # of what said last until when the card holds

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "village"], name="resident_village")]

    def __str__(self) -> str:
        return written(self.number)

    def traveller(self) -> Traveller:
        """Who it is, as travellers are checked."""
        return msgspec.msgpack.decode(bytes(self.person), type=Traveller)

    def state(self, day: date) -> CardState:
        """Whether the card holds on that day."""
        if self.revoked_on is not None:
            return CardState.REVOKED
        return CardState.LAPSED if self.until < day else CardState.VALID


class ResidentFacts(Projection):
    """What a resident is asked who forgot the card. ``id`` is the resident's; at their post only."""

    facts = models.JSONField()

    def asked(self) -> tuple[Fact, ...]:
        """The questions with their answers."""
        return msgspec.convert(self.facts, tuple[Fact, ...])
