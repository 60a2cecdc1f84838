"""Systems that ask, and crossings to ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import pytest
from django.test import Client

from openmidas.api.rate import RATE
from openmidas.api.scopes import Scope
from openmidas.api.services import Admission, IssuedToken, admit_system
from openmidas.nodes.services import node_time
from tests.conftest import HQ
from tests.support.cast import Cast, acting, at_node

ALL = frozenset(Scope)
PURPOSE = "Visa decisions, by the law on foreigners of 2020"


@pytest.fixture
def at_hq(cast: Cast, pages: None) -> Iterator[Cast]:
    with at_node(HQ):
        yield cast


@pytest.fixture(autouse=True)
def nobody_asked_yet() -> None:
    RATE.forget()


class Admit(Protocol):
    """Makes a system; any part of its admission can be said."""

    def __call__(self, *scopes: Scope, **said: Any) -> IssuedToken: ...


@pytest.fixture
def admit_one(at_hq: Cast) -> Admit:
    def make(*scopes: Scope, **said: Any) -> IssuedToken:
        usual: dict[str, Any] = {
            "name": "Visa system",
            "responsible": "Ms Diarra, Ministry of Foreign Affairs",
            "purpose": PURPOSE,
            "scopes": frozenset(scopes or ALL),
            "expires": node_time() + timedelta(days=90),
        }
        return admit_system(acting(at_hq.idrissa), Admission(**usual | said))

    return make


class Asker:
    """A system's program: it asks an address and reads the JSON that comes."""

    def __init__(self, token: str, language: str = "en") -> None:
        self.client = Client(
            headers={"Authorization": f"Bearer {token}", "Accept-Language": language}
        )

    def ask(self, address: str, status: int = 200, **asked: str) -> Any:
        """What is answered at an address below /api/v1/, which must have this status."""
        response = self.client.get(f"/api/v1/{address}", asked or None)
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"].startswith("application/json")
        return response.json()

    def refused(self, address: str, status: int, **asked: str) -> str:
        """The code of what is wrong."""
        said = self.ask(address, status, **asked)
        assert said.keys() == {"code", "message"}
        assert said["message"]
        return str(said["code"])


@pytest.fixture
def asker(admit_one: Admit) -> Callable[..., Asker]:
    """A system with these scopes (all, where none is named), and its program."""

    def make(*scopes: Scope, **said: Any) -> Asker:
        return Asker(admit_one(*scopes, **said).text)

    return make


def ids(answer: Any) -> list[UUID]:
    """The crossings of an answer, in its order."""
    return [UUID(one["id"]) for one in answer["crossings"]]
