"""Password hashes, kept on this machine only."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac

from openmidas.posts.local import Credential


def set_password(officer: UUID, password: str) -> None:
    """Set a password without a code and without the validators: for the demo and tests only."""
    store_password(officer, make_password(password))


def store_password(officer: UUID, hashed: str) -> None:
    """Keep the hash (of `make_password`) of a password that has passed the validators."""
    Credential.objects.update_or_create(officer=officer, defaults={"password": hashed})


def password_fits(officer: UUID, password: str) -> bool:
    """Whether this is the officer's password here. Takes its time where none is set, too."""
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
