"""What the HQ counts from the crossings of its posts, kept up to date with every one of them."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models

from openmidas.crossings import limits
from openmidas.crossings.rules import MAX_CODE
from openmidas.journal.models import Projection

EVERYWHERE = UUID(int=0)
"""Stands for all posts of the State together."""


class Span(models.TextChoices):
    """How long a time a tally counts."""

    DAY = "d"
    MONTH = "m"


class AnyTally(Projection):
    """How many crossings of one kind there were in a day or a month.

    ``facet``: which dimensions of the traveller divide the count, as letters of
    `flows.dimensions`: none, one or two. ``value``, ``other``: what it is in the first and in the
    second.
    """

    span = models.CharField(max_length=1, choices=Span)
    start = models.DateField()
    direction = models.CharField(max_length=8)
    status = models.CharField(max_length=11)
    facet = models.CharField(max_length=2, blank=True)
    value = models.CharField(max_length=16, blank=True)
    other = models.CharField(max_length=16, blank=True)
    number = models.IntegerField()

    class Meta:
        abstract = True


class Tally(AnyTally):
    """The count of one post (``node``): by two dimensions of the traveller at a month only."""

    class Meta:
        # All columns, in the order in which the long table is read: a table of a year is summed
        # from the index alone, where the rows of one facet are next to each other.
        indexes: ClassVar = [
            models.Index(
                fields=[
                    "facet",
                    "span",
                    "start",
                    "node",
                    "direction",
                    "status",
                    "value",
                    "other",
                    "number",
                ],
                name="tally_of",
            ),
        ]


class CountryTally(AnyTally):
    """The count of all posts together on a day; ``node`` is `EVERYWHERE`.

    Most questions are about the country: a year is a sum of thousands of these rows, where it is
    one of a million by post.
    """

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["facet", "start", "direction", "status", "value", "other", "number"],
                name="country_tally_of",
            ),
        ]


class Presence(Projection):
    """A document whose holder is in the country: the last that is known of it is an entry.

    ``id`` stands for the document, ``node`` for the post of entry. ``until``: the last day of the
    stay; None with a ``rule``: without a limit of days. ``seen_node``, ``seen_at``: where and when it
    was shown last, whatever was decided. ``first``, ``last``: see `stays.blocks`.
    """

    document_key = models.CharField(max_length=limits.NUMBER)
    issuer = models.CharField(max_length=limits.STATE, blank=True)
    nationality = models.CharField(max_length=limits.STATE, blank=True)
    sex = models.CharField(max_length=limits.SEX, blank=True)
    age_group = models.CharField(max_length=5, blank=True)
    crossing = models.UUIDField(db_index=True)
    entered_at = models.DateTimeField()
    entered = models.DateField()
    seen_node = models.UUIDField()
    seen_at = models.DateTimeField()
    rule = models.CharField(max_length=MAX_CODE, blank=True)
    until = models.DateField(null=True)
    birth = models.CharField(max_length=16, blank=True)  # as in the crossing
    first = models.CharField(max_length=16, blank=True)
    last = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["until", "id"], name="presence_until"),
            models.Index(fields=["seen_node", "until", "id"], name="presence_seen_until"),
            models.Index(fields=["nationality", "until", "id"], name="presence_nation_until"),
            models.Index(fields=["document_key"], name="presence_document"),
            models.Index(fields=["first"], name="presence_first"),
            models.Index(fields=["last"], name="presence_last"),
        ]


class UnmatchedExit(Projection):
    """A document that left and was not seen entering before. ``id`` stands for the document.

    ``node`` is the post of exit; ``first``, ``last``: see `stays.blocks`.
    """

    document_key = models.CharField(max_length=limits.NUMBER)
    crossing = models.UUIDField(db_index=True)
    left_at = models.DateTimeField()
    birth = models.CharField(max_length=16, blank=True)
    first = models.CharField(max_length=16, blank=True)
    last = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["document_key"], name="unmatched_document"),
            models.Index(fields=["first"], name="unmatched_first"),
            models.Index(fields=["last"], name="unmatched_last"),
        ]


class Counted(models.TextChoices):
    """What of presences is counted as they come and go."""

    NOW = "now"  # by post of entry, nationality and kind of limit
    ENTERED = "entered"  # by post and day of entry
    UNTIL = "until"  # by post and last day of stay
    ENTRY_WITHOUT = "entry_without"  # entries without a document, by post
    EXIT_WITHOUT = "exit_without"


class Limit(models.TextChoices):
    """Whether a stay has a last day."""

    DAY = "day"
    NONE = "none"
    UNKNOWN = "unknown"  # no rule was found when its holder entered


class PresenceCount(Projection):
    """How many of one kind entered at a post (``node``), so that pages need not count rows."""

    what = models.CharField(max_length=16, choices=Counted)
    nationality = models.CharField(max_length=limits.STATE, blank=True)
    limit = models.CharField(max_length=8, blank=True, db_column="limit_of")
    day = models.DateField(null=True)
    number = models.IntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["what", "day"], name="presence_counted")]


class Outcome(models.TextChoices):
    """What a person decided on an entry and an exit that may be one traveller's."""

    MATCHED = "matched"
    DISMISSED = "dismissed"
    OPEN = "open"  # decided once, and taken back


class StayMatch(Projection):
    """An entry and an exit with different documents, and whether they are one traveller's.

    ``id`` stands for the two crossings. ``reason``: of the last word on it.
    """

    entry = models.UUIDField(db_index=True)
    exit = models.UUIDField(db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.CharField(max_length=255)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()


class Notable(Projection):
    """A crossing with a hit or a refusal, for the situation page. ``id`` is the crossing's.

    It holds nothing of the traveller; `node` is the post.
    """

    at = models.DateTimeField(db_index=True)
    day = models.DateField(db_index=True)  # of `at`, where this node is
    hits = models.PositiveIntegerField()
    level = models.CharField(max_length=16, blank=True)  # of the surest hit; see `screening`
    status = models.CharField(max_length=11)
    refusal_reason = models.CharField(max_length=32, blank=True)
