"""Signing in and out are journal entries, whichever page or command does it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from openmidas.journal import Actor
from openmidas.nodes.services import record_reading
from openmidas.posts.access import lane
from openmidas.posts.entries import OfficerSignedIn, OfficerSignedOut
from openmidas.posts.models import Officer


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Officer, **_: Any) -> None:
    """Record who works at which lane from now on."""
    place = lane(request)
    with transaction.atomic():
        record_reading(OfficerSignedIn(officer=user.id, lane=place), actor=_acting(user, place))


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Officer | None, **_: Any) -> None:
    """Record that the officer left; nothing to record when the session had ended by itself."""
    if isinstance(user, Officer):
        with transaction.atomic():
            record_reading(OfficerSignedOut(officer=user.id), actor=_acting(user, lane(request)))


def _acting(officer: Officer, place: str) -> Actor:
    return Actor(officer.id, officer.roles[0], place)
