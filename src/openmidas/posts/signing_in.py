"""Who may sign in at this node."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from openmidas.nodes.identity import this_node
from openmidas.posts.models import Officer
from openmidas.posts.passwords import password_fits
from openmidas.posts.standing import may_sign_in


def officers_called(username: str) -> list[Officer]:
    """This node's officers of that name: one, but for a moment when HQ and post choose the same.

    Names are stored in small letters. The database must not find more spellings of a name than the
    throttle counts as one: to PostgreSQL, "ı" in capitals is "I".
    """
    return list(Officer.objects.filter(username=username.strip().lower(), post=this_node().id))


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
        candidates = officers_called(username)
        if not candidates:
            make_password(password)  # so that the time taken does not tell who works here
        for officer in candidates:
            if password_fits(officer.id, password) and may_sign_in(officer):
                return officer
        return None

    def get_user(self, user_id: UUID) -> Officer | None:
        officer = Officer.objects.filter(id=user_id).first()
        return officer if officer and may_sign_in(officer) else None
