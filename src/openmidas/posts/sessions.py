"""Which officer sends a request, asked before the request itself is read."""

from __future__ import annotations

from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from openmidas.posts.models import Officer


def sending_officer(environ: dict[str, Any]) -> UUID | None:
    """The officer, signed in here, of whom the session cookie of a request (WSGI) is; None for nobody.

    What they may do is for the page to say, once it has the request.
    """
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(request)
    return user.id if isinstance(user, Officer) else None
