"""Who asks: a system by its token, in bounds, and only for what its scopes open."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja.security import HttpBearer

from openmidas.api.models import System
from openmidas.api.problems import NotAnswered, NotYet
from openmidas.api.rate import RATE
from openmidas.api.scopes import Scope
from openmidas.api.services import Standing, standing_of, system_with
from openmidas.nodes.services import node_time

LONGEST_TOKEN = 200


class Token(HttpBearer):
    """Takes ``Authorization: Bearer …``. ``scope``: what the token must open; None: anything.

    The order matters: who has no token learns nothing, and a system that asks too much is told so
    before any work is done for it.
    """

    def __init__(self, scope: Scope | None = None) -> None:
        self.scope = scope
        super().__init__()
        self.openapi_security_schema["description"] = gettext_noop(
            "The token that the administrator of the headquarters handed over."
        )

    def authenticate(self, request: HttpRequest, token: str) -> System:
        """The system that asks. Raises `NotAnswered`: 401, 429 or 403."""
        system = system_with(token) if 0 < len(token) <= LONGEST_TOKEN else None
        if system is None:
            raise NotAnswered(401, "token.unknown")
        standing = standing_of(system, node_time())
        if standing is not Standing.VALID:
            raise NotAnswered(401, f"token.{standing}")
        if seconds := RATE.wait(system.id):
            raise NotYet(seconds)
        if self.scope is not None:
            need(system, self.scope)
        return system


def need(system: System, scope: Scope) -> None:
    """Raises `NotAnswered` (403) unless the system's token opens this."""
    if scope not in system.scopes:
        raise NotAnswered(403, "scope.missing", scope=scope)


def caller(request: HttpRequest) -> System:
    """The system that asks, once `Token` has let it in."""
    system = getattr(request, "auth", None)
    if not isinstance(system, System):
        raise NotAnswered(401, "token.missing")
    return system
