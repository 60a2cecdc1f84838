"""Whether an officer sends a request, asked before the request itself is read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest, parse_cookie

from openmidas.posts.models import Officer


def officer_sends(environ: dict[str, Any]) -> bool:
    """Whether the session cookie of a request (WSGI) is of an officer who is signed in here.

    What they may do is for the page to say, once it has the request.
    """
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return isinstance(get_user(request), Officer)
