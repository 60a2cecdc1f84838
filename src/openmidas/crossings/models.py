"""Crossings and rules of stay, as journals tell of them."""

from __future__ import annotations

from typing import ClassVar

import msgspec
from django.db import models

from openmidas.crossings import limits
from openmidas.crossings.inspection import Inspection, State
from openmidas.crossings.rules import MAX_CODE, MAX_TITLE, RuleSet
from openmidas.journal.models import Projection
from openmidas.posts.models import LONGEST_LANE


class Status(models.TextChoices):
    """How far a crossing is."""

    ADMITTED = "admitted"
    REFERRED = "referred"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


class Recorded(models.TextChoices):
    """How a crossing came into the journal: decided on here, or written down later.

    ``collected``: decided on while the post was shut, with no list and no rule at hand.
    """

    LIVE = "live"
    PAPER = "paper"
    REGISTER = "register"
    COLLECTED = "collected"


class Crossing(Projection):
    """One traveller's entry or exit, or the refusal of it. ``id`` is the inspection's."""

    lane = models.CharField(max_length=LONGEST_LANE)
    direction = models.CharField(max_length=8)
    status = models.CharField(max_length=11, choices=Status)
    state = models.CharField(max_length=8, choices=[(s, s) for s in State])
    surname = models.CharField(max_length=limits.NAME, blank=True)
    given_names = models.CharField(max_length=limits.NAME, blank=True)
    name_key = models.TextField(blank=True)  # see `reading`
    sound_key = models.TextField(blank=True)  # see `reading`
    birth = models.CharField(max_length=16, blank=True)  # ISO, as far as known
    sex = models.CharField(max_length=limits.SEX, blank=True)
    age_group = models.CharField(max_length=5, blank=True)  # see `ages`; "" where unknown
    nationality = models.CharField(max_length=limits.STATE, blank=True)
    document_code = models.CharField(max_length=limits.DOCUMENT_CODE, blank=True)
    document_number = models.CharField(max_length=limits.NUMBER, blank=True)
    document_key = models.CharField(max_length=limits.NUMBER, blank=True)  # see `reading`
    document_issuer = models.CharField(max_length=limits.STATE, blank=True)
    document_expiry = models.CharField(max_length=16, blank=True)
    how_read = models.CharField(max_length=8)
    purpose = models.CharField(max_length=16)
    origin = models.CharField(max_length=limits.PLACE, blank=True)
    destination = models.CharField(max_length=limits.PLACE, blank=True)
    conveyance = models.CharField(max_length=16)
    group = models.UUIDField(null=True)
    conveyance_id = models.UUIDField(null=True)  # which bus they came with: see `conveyances`
    stay_rule = models.CharField(max_length=MAX_CODE, blank=True)
    stay_until = models.DateField(null=True)
    inspection = models.BinaryField()  # everything as it was decided on, MessagePack of Inspection
    reason = models.CharField(max_length=32, blank=True)  # of the referral
    refusal_reason = models.CharField(max_length=32, blank=True)
    admission_reason = models.CharField(max_length=32, blank=True)
    handed_to = models.CharField(max_length=16, blank=True)
    open_hits = models.JSONField(default=list)  # ids of hits that nobody had answered, as text
    open_hit_reason = models.CharField(max_length=16, blank=True)  # let cross all the same: why
    note = models.TextField(blank=True)
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()
    day = models.DateField()  # of `at`, where this node is
    recorded = models.CharField(max_length=9, choices=Recorded, default=Recorded.LIVE)
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
    typed_at = models.DateTimeField(
        null=True
    )  # first written down, where it was on paper; else None
    clock = models.BigIntegerField()  # of the last entry on it: an older one changes nothing
    # Where the entry stands that let them cross; None where no receipt is given. See `receipts`.
    receipt_epoch = models.PositiveIntegerField(null=True)
    receipt_sequence = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            # The last crossing of a document is found without reading the others.
            models.Index(
                fields=["document_key", "document_issuer", "at"], name="crossing_document"
            ),
            models.Index(fields=["node", "at"], name="crossing_node_at"),
            models.Index(fields=["at"], name="crossing_at"),
            models.Index(fields=["status"], name="crossing_status"),
            # A rare nationality is found without reading years of the others.
            models.Index(fields=["nationality", "at"], name="crossing_nationality_at"),
            # The few that were let cross while a hit stood open.
            models.Index(
                fields=["at"],
                condition=models.Q(open_hit_reason__gt=""),
                name="crossing_open_hit",
            ),
            # What a shift typed in from paper.
            models.Index(
                fields=["typed_at"],
                condition=models.Q(typed_at__isnull=False),
                name="crossing_typed",
            ),
            # Who came with one bus.
            models.Index(
                fields=["conveyance_id"],
                condition=models.Q(conveyance_id__isnull=False),
                name="crossing_aboard",
            ),
            # From the number on a receipt to the crossing.
            models.Index(
                fields=["receipt_sequence"],
                condition=models.Q(receipt_sequence__isnull=False),
                name="crossing_receipt",
            ),
            # What crossings are counted by: days are counted from this index alone.
            models.Index(
                fields=[
                    "day",
                    "node",
                    "direction",
                    "status",
                    "nationality",
                    "sex",
                    "age_group",
                    "purpose",
                    "conveyance",
                    "recorded",
                ],
                name="crossing_day",
            ),
        ]

    def inspected(self) -> Inspection:
        """What the officer had before them when they decided."""
        return msgspec.msgpack.decode(bytes(self.inspection), type=Inspection)


class CancelledInspection(Projection):
    """A scan that led to no decision. ``id`` is the inspection's."""

    lane = models.CharField(max_length=LONGEST_LANE)
    state = models.CharField(max_length=8)
    inspection = models.BinaryField()
    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    def inspected(self) -> Inspection:
        """What the officer had before them when they cancelled."""
        return msgspec.msgpack.decode(bytes(self.inspection), type=Inspection)


class CountOnly(Projection):
    """Travellers of a day who were counted and not recorded one by one, see `CrossingsCounted`.

    ``since``, ``until``: None for the whole day; ``conveyance``: empty where nothing is said of it.
    """

    day = models.DateField(db_index=True)
    direction = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=16)
    since = models.TimeField(null=True)
    until = models.TimeField(null=True)
    about = models.BooleanField(default=False)
    conveyance = models.CharField(max_length=16, blank=True)
    note = models.CharField(max_length=limits.COUNT_NOTE, blank=True)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()  # as of a crossing


class ErasedCount(Projection):
    """Crossings of a post (``post``; ``node`` is the HQ) that were erased: how many there were."""

    post = models.UUIDField()
    day = models.DateField(db_index=True)
    direction = models.CharField(max_length=8)
    status = models.CharField(max_length=11, choices=Status)
    number = models.PositiveIntegerField()


class PublishedRules(Projection):
    """A rule set that the HQ published. The newest by the logical clock is in force."""

    title = models.CharField(max_length=MAX_TITLE)
    dated = models.DateField()
    limit_days = models.PositiveIntegerField()
    rules = models.BinaryField()  # MessagePack of RuleSet
    officer = models.UUIDField(null=True)
    published_at = models.DateTimeField()
    clock = models.BigIntegerField()

    def rule_set(self) -> RuleSet:
        """The rules."""
        return msgspec.msgpack.decode(bytes(self.rules), type=RuleSet)


from openmidas.crossings.conveyances.models import (  # noqa: E402, F401  Django looks here
    ConveyanceDriver,
    Manifest,
    OpenedConveyance,
)
from openmidas.crossings.receipts.models import ReceiptCertificate  # noqa: E402, F401  Django looks here
