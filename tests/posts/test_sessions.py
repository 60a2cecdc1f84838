"""Whose uploads are read: those of whoever is signed in at this node."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from openmidas.posts.sessions import sending_officer
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages")


def sent(key: str) -> dict[str, Any]:
    return {"HTTP_COOKIE": f"a=1; {settings.SESSION_COOKIE_NAME}={key}"}


def test_an_officer_is_known_until_they_sign_out(cast: Cast) -> None:
    client = client_of(cast.boubacar)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert sending_officer(sent(key)) == cast.boubacar.id
    client.logout()
    assert sending_officer(sent(key)) is None


@pytest.mark.parametrize("environ", [{}, {"HTTP_COOKIE": "a=1"}, sent("guessed")])
def test_nobody_else_is(cast: Cast, environ: dict[str, Any]) -> None:
    assert sending_officer(environ) is None
