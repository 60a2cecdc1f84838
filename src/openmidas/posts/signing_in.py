"""Who may sign in at this node."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer, Suspension
from openmidas.posts.passwords import password_fits


def may_sign_in(officer: Officer) -> bool:
    """Whether the officer works at this node, within the time limit, and is not suspended."""
    now = timezone.now()
    if officer.post != this_node().id or (officer.until is not None and officer.until < now):
        return False
    in_force = Q(until=None) | Q(until__gt=now)
    return not Suspension.objects.filter(in_force, officer=officer.id, lifted=False).exists()


class OfficerBackend(BaseBackend):
    """Signs officers in by the password that they set at this node."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> Officer | None:
        if not username or password is None:
            return None
        candidates = Officer.objects.filter(username__iexact=username, post=this_node().id)
        for officer in candidates:
            if password_fits(officer.id, password) and may_sign_in(officer):
                return officer
        return None

    def get_user(self, user_id: UUID) -> Officer | None:
        officer = Officer.objects.filter(id=user_id).first()
        return officer if officer and may_sign_in(officer) else None
