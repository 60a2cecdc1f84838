"""Who is collecting: kept in a signed cookie, since there is no database for sessions."""

from __future__ import annotations

from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from openmidas.journal import Actor
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.home import this_home

MOST_SECONDS = 4 * 3600
_SALT = "openmidas.web.collecting"


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """An officer at a lane, as the cookie has it."""

    number: str
    id: UUID
    role: str
    lane: str

    def actor(self) -> Actor:
        """As journal entries name them."""
        return Actor(self.id, self.role, self.lane)


def remember(response: HttpResponse, officer: SignedIn) -> None:
    """Have the browser say who it is, for half a shift at most and until it is closed."""
    response.set_signed_cookie(
        _name(),
        msgspec.json.encode(officer).decode(),
        salt=_SALT,
        httponly=True,
        samesite="Strict",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )


def forget(response: HttpResponse) -> None:
    """Nobody is signed in any more."""
    response.delete_cookie(_name(), samesite="Strict")


def signed_in(request: HttpRequest) -> SignedIn | None:
    """Who is collecting; None where nobody is, or where the post lets them collect no more."""
    said = request.get_signed_cookie(_name(), None, salt=_SALT, max_age=MOST_SECONDS)
    if said is None:
        return None
    officer = msgspec.json.decode(said, type=SignedIn)
    known = CollectingStore(this_home()).officer(officer.number)
    return officer if known is not None and known.id == officer.id else None


def _name() -> str:
    return f"{settings.SESSION_COOKIE_NAME}_collect"
