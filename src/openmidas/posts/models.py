"""Officers and the post's layout, as journals tell of them.

Passwords are elsewhere (`local.py`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from openmidas.journal.models import Projection
from openmidas.nodes.entries import LONGEST_REASON
from openmidas.posts.roles import Role

LONGEST_NAME = 120
LONGEST_LANE = 32


class Post(Projection):
    """How a post is laid out. ``id`` is the post's node id; ``node`` the HQ that configured it."""

    name = models.CharField(max_length=LONGEST_NAME)
    lanes = models.JSONField(default=list)
    minutes_same_document = models.PositiveIntegerField(default=10)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hours = models.JSONField(default=list)  # see `posts.entries.PostConfigured`
    silent_minutes = models.PositiveIntegerField(default=240)

    def __str__(self) -> str:
        return self.name


class PostLayoutChange(Projection):
    """One configuring of a post, for its history. ``id`` stands for the entry that says so."""

    post = models.UUIDField(db_index=True)
    name = models.CharField(max_length=LONGEST_NAME)
    lanes = models.JSONField(default=list)
    minutes_same_document = models.PositiveIntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hours = models.JSONField(default=list)
    silent_minutes = models.PositiveIntegerField()
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    clock = models.BigIntegerField()


class PostInvitation(Projection):
    """A post that the HQ expects: invited under a name until some time, and how that ended.

    ``ended``: a code of `posts.entries.InvitationEnd`, empty while it may still join.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    officer = models.UUIDField(null=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended = models.CharField(max_length=8, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    post = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name


class PostReplacement(Projection):
    """Another machine is to become a post: who proposed it, who approved it, and how it ended.

    ``code_expires_at``: None before it is approved; ``ended``: a code of
    `posts.entries.ReplacementEnd`, empty while it is open.
    """

    post = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=LONGEST_REASON)
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    code_expires_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    epoch = models.PositiveIntegerField(default=0)


class OfficerManager(BaseUserManager["Officer"]):
    """Finds officers by the name that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Officer:
        return self.get(username__iexact=username)


class Officer(AbstractBaseUser, Projection):
    """Somebody who works at a node. The row holds no password: it is a projection and travels."""

    password = None  # type: ignore[assignment]  # kept in posts.local.Credential, which never travels
    last_login = None  # sign-ins are journal entries
    username = models.CharField(max_length=64)
    name = models.CharField(max_length=LONGEST_NAME)
    roles = models.JSONField(default=list)
    post = models.UUIDField()
    until = models.DateTimeField(null=True)

    objects: ClassVar[OfficerManager] = OfficerManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        # One name, one officer, at each node; two nodes may choose the same name, and a projection
        # must not fail for it, so the services see to it and the database only indexes.
        indexes: ClassVar = [models.Index(fields=["username"], name="officer_username")]

    def __str__(self) -> str:
        return self.name

    def has_role(self, *roles: Role) -> bool:
        """Whether the officer holds any of these roles."""
        return not set(roles).isdisjoint(self.roles)

    def get_session_auth_hash(self) -> str:
        """Sessions end when the password changes."""
        from openmidas.posts.passwords import session_hash

        return session_hash(self.id)

    def get_session_auth_fallback_hash(self) -> Any:
        return iter(())


class Suspension(Projection):
    """An officer may not sign in. Owned by the node that suspended."""

    officer = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=255)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()


class Reinstatement(Projection):
    """A suspension is lifted: by the node that made it, or by the HQ. ``id`` stands for both."""

    suspension = models.UUIDField(db_index=True)
    officer = models.UUIDField()


class Confirmation(Projection):
    """The HQ keeps an officer whom a head of post has enrolled. ``id`` is the officer's."""

    post = models.UUIDField()


class OneTimeCode(Projection):
    """A code with which an officer may set a password, once."""

    officer = models.UUIDField(db_index=True)
    digest = models.CharField(max_length=200)
    expires_at = models.DateTimeField()


class UsedCode(Projection):
    """A one-time code that is spent. ``id`` is the code's; owned by the node where it was used."""

    officer = models.UUIDField()


class Lookup(Projection):
    """Somebody looked up a person: who, when, for what purpose. The oversight role reads these."""

    officer = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    purpose = models.CharField(max_length=32)
    reason = models.CharField(max_length=255, blank=True)
    query = models.CharField(max_length=255)
    results = models.PositiveIntegerField()
    at = models.DateTimeField()


class CompartmentMember(Projection):
    """An officer may read what a compartment holds. ``id`` is the membership's.

    ``compartment``: a code of `posts.entries.Compartment`; ``until``: the last day, None without a limit;
    ``closed_at``: when it was taken back, by ``closed_by``.
    """

    officer = models.UUIDField(db_index=True)
    compartment = models.CharField(max_length=16)
    until = models.DateField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
