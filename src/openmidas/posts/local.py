"""What stays on this machine: password hashes, secrets of invitations, settings of the page."""

from __future__ import annotations

from django.db import models


class Credential(models.Model):
    """An officer's password hash at this node. Never enters a journal."""

    officer = models.UUIDField(primary_key=True)
    password = models.CharField(max_length=255)
    set_at = models.DateTimeField(auto_now=True)


class CodeTries(models.Model):
    """Wrong tries of a one-time code: ten make it void."""

    code = models.UUIDField(primary_key=True)
    wrong = models.PositiveIntegerField(default=0)


class InvitationSecret(models.Model):
    """At the HQ: what an invited post must prove that it knows. ``id`` is the invitation's.

    ``key`` is made from the code and never leaves this machine; with it, somebody could join in the
    post's place as long as the invitation is open. ``layout``: JSON of `posts.layouts.PostLayout`.
    ``card``: the one that has joined; ``heard``: the numbers of requests that were answered, in
    hexadecimal, so that none is answered twice.

    Of a replacement (``id`` is its own) ``replaces`` is the post whose place the machine takes, and
    ``identity`` what it was told of that: the same again where the answer was lost.
    """

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=4, unique=True)
    key = models.BinaryField()
    layout = models.BinaryField(default=b"")
    replaces = models.UUIDField(null=True)
    identity = models.BinaryField(default=b"")
    officer = models.UUIDField(null=True)  # who invited, in which role
    role = models.CharField(max_length=20)
    expires_at = models.DateTimeField()
    wrong = models.PositiveIntegerField(default=0)
    ended = models.CharField(max_length=8, blank=True)  # as in `posts.models.PostInvitation`
    card = models.BinaryField(default=b"")
    heard = models.JSONField(default=list)


class Preference(models.Model):
    """How an officer likes the page: language, sounds, keys."""

    officer = models.UUIDField(primary_key=True)
    language = models.CharField(max_length=5, blank=True)
    sounds = models.BooleanField(default=True)
    keys = models.JSONField(default=dict)
