"""Who is answered: a token that is known and valid, for what it opens, and not too often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from openmidas.api import callers
from openmidas.api.models import System
from openmidas.api.rate import Rate
from openmidas.api.scopes import Scope
from openmidas.api.services import revoke_system
from openmidas.nodes.services import node_time
from tests.api.conftest import Admit, Asker
from tests.support.cast import Cast, acting, client_of

FLOWS = "flows?start=2026-11-01&end=2026-11-30&rows=post"
ADDRESSES = {
    "crossings": Scope.CROSSINGS, FLOWS: Scope.FLOWS, "health": Scope.HEALTH, "posts": None,
}  # fmt: skip
Make = Callable[..., Asker]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_answered_without_a_token(at_hq: Cast, address: str) -> None:
    response = Client().get(f"/api/v1/{address}")
    assert response.status_code == 401
    assert response.json()["code"] == "token.missing"
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_opens_nothing_and_none_begins(at_hq: Cast, asker: Make) -> None:
    assert client_of(at_hq.idrissa).get("/api/v1/crossings").status_code == 401
    program = asker()
    program.ask("crossings")
    assert not program.client.cookies


@pytest.mark.parametrize(
    "token", ["x", "midas_", "midas_" + "A" * 43, "é" * 20, "a b", "x" * 100_000, "\udcff"]
)
def test_a_token_of_ones_own_making_is_unknown(at_hq: Cast, token: str) -> None:
    raw = token.encode("utf-8", "surrogateescape").decode("latin-1")
    response = Client().get("/api/v1/posts", HTTP_AUTHORIZATION=f"Bearer {raw}")
    assert (response.status_code, response.json()["code"]) == (401, "token.unknown")


def test_an_expired_or_revoked_token_says_so(admit_one: Admit, at_hq: Cast) -> None:
    issued = admit_one()
    program = Asker(issued.text)
    System.objects.update(expires_at=node_time() - timedelta(seconds=1))
    assert program.refused("posts", 401) == "token.expired"
    revoke_system(acting(at_hq.idrissa), issued.system, "A new server")
    assert program.refused("posts", 401) == "token.revoked"


@pytest.mark.parametrize("address", [name for name, scope in ADDRESSES.items() if scope])
def test_a_token_opens_its_scopes_only(asker: Make, address: str) -> None:
    opened = ADDRESSES[address]
    others = {Scope.CROSSINGS, Scope.FLOWS, Scope.HEALTH} - {opened}
    assert asker(*others, name="another").refused(address, 403) == "scope.missing"
    asker(opened).ask(address)


def test_any_token_may_know_the_posts(asker: Make) -> None:
    for scope in (Scope.CROSSINGS, Scope.FLOWS, Scope.HEALTH):
        asker(scope, name=scope).ask("posts")


def test_too_many_questions_are_told_when_to_come_again(
    asker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callers, "RATE", Rate(most=2))
    program = asker()
    program.ask("posts")
    program.ask("posts")
    response = program.client.get("/api/v1/posts")
    assert (response.status_code, response.json()["code"]) == (429, "rate.exceeded")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    asker(name="Another system").ask("posts")


def test_the_minute_slides() -> None:
    now = [0.0]
    rate, system = Rate(most=2, clock=lambda: now[0]), System().id
    assert [rate.wait(system), rate.wait(system), rate.wait(system)] == [0, 0, 60]
    now[0] = 59.5
    assert rate.wait(system) == 1
    now[0] = 60
    assert [rate.wait(system), rate.wait(system), rate.wait(system)] == [0, 0, 60]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head", "trace"])
@pytest.mark.parametrize("address", ["crossings", "posts"])
def test_only_get_is_taken(asker: Make, method: str, address: str) -> None:
    response = getattr(asker().client, method)(f"/api/v1/{address}")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET")


@pytest.mark.parametrize("address", ["", "nothing", "crossings/", "crossings/1/2", "../v2/x"])
def test_nothing_there_is_told_as_programs_read_it(asker: Make, address: str) -> None:
    assert asker().refused(address, 404) == "address.unknown"


def test_messages_come_in_the_language_asked_for(at_hq: Cast) -> None:
    said = [
        Client(headers={"Accept-Language": language}).get("/api/v1/posts").json()["message"]
        for language in ("en", "fr-ML,fr;q=0.8", "")
    ]
    assert said[0].startswith("Send the token")
    assert said[1].startswith("Envoyez le jeton")
    assert said[2] == said[1]
