"""What a node keeps about its peers: whom it exchanges with, and how that went."""

from __future__ import annotations

from django.db import models


class Peer(models.Model):
    """Another node that this one exchanges with, known by its certificate."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    epoch = models.PositiveIntegerField()
    public_key = models.BinaryField()
    certificate = models.TextField()
    fingerprint = models.CharField(max_length=64, unique=True)
    exchange = models.CharField(max_length=255, blank=True)  # host:port, of the HQ only
    last_contact = models.DateTimeField(null=True)
    last_problem = models.CharField(max_length=64, blank=True)
    last_problem_at = models.DateTimeField(null=True)
    clock_ahead = models.BigIntegerField(null=True)  # its clock minus ours, milliseconds
    waiting = models.BigIntegerField(default=0)  # entries it said it still has for us
    per_minute = models.PositiveIntegerField(null=True)  # entries it last took of a backlog of ours
    revoked = models.BooleanField(default=False)  # not trusted any more: nothing is exchanged
    # Of its closed epochs, how much it has: [epoch, sequence, whether it takes parts]. For sticks.
    lacks = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


class HeldShare(models.Model):
    """At the HQ: the share from outside of a sealed post, which the post must never keep on its disk.

    It opens nothing by itself. ``proof``: by which the HQ knows that enough officers asked for it;
    ``released``: how often it was given; ``refused_at``: when somebody asked who did not know.
    """

    id = models.UUIDField(primary_key=True)
    post = models.UUIDField(db_index=True)
    share = models.BinaryField()
    proof = models.BinaryField()
    deposited_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released = models.PositiveIntegerField(default=0)
    refused_at = models.DateTimeField(null=True)


class PostLease(models.Model):
    """At the HQ: until when a sealed post may be read. ``days``: how long it gets; 0: no longer."""

    post = models.UUIDField(primary_key=True)
    days = models.PositiveSmallIntegerField()
    until = models.DateTimeField(null=True)


class StickNote(models.Model):
    """A stick that was made for a peer, or that came from one.

    ``made_at``: when its file was made; ``new``: how many of its entries were new here; ``left``: how
    many more there were that did not fit; ``epoch``, ``reached``: how far its node's journal went when
    it was made; ``problem``: the code of what was not taken; ``officer``: who made it or took it in,
    None at the terminal.
    """

    peer = models.UUIDField(db_index=True)
    outgoing = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    new = models.PositiveIntegerField(default=0)
    left = models.PositiveBigIntegerField(default=0)
    epoch = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=64, blank=True)
    officer = models.UUIDField(null=True)


class Uptime(models.Model):
    """Since when this node is up, as far as no report says it yet. One row; times in milliseconds."""

    up_from = models.BigIntegerField()
    beat = models.BigIntegerField()  # the last moment that it was known to be up
    reported = models.BigIntegerField(default=0)


class JournalProof(models.Model):
    """What came of it when this node last proved its own journal. One row."""

    epoch = models.PositiveIntegerField()
    verified = models.BigIntegerField()
    code = models.CharField(max_length=120, blank=True)
    at = models.BigIntegerField()  # milliseconds


class RetryUnderWay(models.Model):
    """How far trying again has come that somebody asked for (`models.QuarantineRetry`, same id).

    ``after_…``: where the last batch ended; ``collected``: what is set aside was tried, and what posts
    collected and could not be opened has its turn; ``tried``, ``mended``: how many so far; ``ended``: when
    it was done.
    """

    id = models.UUIDField(primary_key=True)
    of_node = models.UUIDField(null=True)
    epoch = models.PositiveIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    after_node = models.UUIDField(null=True)
    after_epoch = models.PositiveIntegerField(null=True)
    after_sequence = models.BigIntegerField(null=True)
    collected = models.BooleanField(default=False)
    tried = models.PositiveIntegerField(default=0)
    mended = models.PositiveIntegerField(default=0)
    ended = models.DateTimeField(null=True)
