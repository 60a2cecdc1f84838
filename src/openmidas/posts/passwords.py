"""Password hashes, kept on this machine only."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac

from openmidas.posts.local import Credential


def set_password(officer: UUID, password: str) -> None:
    """Store the hash of a password that has passed the validators."""
    Credential.objects.update_or_create(
        officer=officer, defaults={"password": make_password(password)}
    )


def password_fits(officer: UUID, password: str) -> bool:
    """Whether this is the officer's password here. Takes its time for unknown officers, too."""
    credential = Credential.objects.filter(officer=officer).first()
    if credential is None:
        make_password(password)
        return False
    return check_password(password, credential.password)


def session_hash(officer: UUID) -> str:
    """Changes with the password, so that older sessions end."""
    credential = Credential.objects.filter(officer=officer).first()
    stored = credential.password if credential else ""
    return salted_hmac(
        "openmidas.posts.session", f"{officer}{stored}", algorithm="sha256"
    ).hexdigest()
