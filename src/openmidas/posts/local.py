"""What stays on this machine: password hashes and an officer's own settings of the page."""

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


class Preference(models.Model):
    """How an officer likes the page: language, sounds, keys."""

    officer = models.UUIDField(primary_key=True)
    language = models.CharField(max_length=5, blank=True)
    sounds = models.BooleanField(default=True)
    keys = models.JSONField(default=dict)
