"""Everything that the API's description allows, and much that it does not: no 5xx, no other shape.

schemathesis makes the questions from the description itself; hostile headers and cursors come on
top. All of it runs in this process, against the whole application with its middleware.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from schemathesis.openapi import from_wsgi

from openmidas.api import callers
from openmidas.api.rate import Rate
from openmidas.api.scopes import Scope
from tests.api.conftest import Admit
from tests.crossings.test_hq_pages import admit, inspection, refuse
from tests.support.cast import Cast

pytestmark = [pytest.mark.long, pytest.mark.both, pytest.mark.timeout(300)]

ADDRESSES = ("crossings", "crossings/{crossing}", "flows", "posts", "health")
# What a question may be by its description and still not make sense: a range that ends before it
# begins, a cursor that nobody gave.
NOT_BY_SCHEMA = {"crossings", "flows"}
EXCLUSIVE = ("day", "from", "until", "cursor")
PLAIN = {"posts", "health"}  # they take nothing that could be wrong
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    derandomize=True,
)
Load = Callable[[str], "schemathesis.BaseSchema"]


@pytest.fixture
def filled(at_hq: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cast]:
    """A headquarters with crossings, and a rate that lets all questions through.

    The connection stays open between questions, as Django's own test client keeps it: the rows of
    a test stand in a transaction of its own.
    """
    monkeypatch.setattr(callers, "RATE", Rate(most=10**9))
    for nationality in ("MLI", "GIN", "D", ""):
        admit(at_hq, inspection(nationality=nationality))
        refuse(at_hq, inspection(nationality=nationality))
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield at_hq
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def load(filled: Cast) -> Load:
    def description(address: str) -> schemathesis.BaseSchema:
        accepted = [200, 401, 403, 404, *([422] if address in NOT_BY_SCHEMA else [])]
        checks = {"positive_data_acceptance": {"expected-statuses": accepted}}
        config = schemathesis.Config.from_dict({"checks": checks})
        return from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)

    return description


@pytest.mark.parametrize("scopes", [frozenset(Scope), frozenset({Scope.FLOWS})], ids=["all", "one"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_one_of_the_description(
    load: Load, admit_one: Admit, address: str, scopes: frozenset[Scope]
) -> None:
    """``left_out``: parameters that exclude each other come together too seldom by chance alone."""
    operation = load(address)[f"/api/v1/{address}"]["GET"]
    headers = {"Authorization": f"Bearer {admit_one(*scopes).text}"}
    answered: Counter[int] = Counter()

    @SETTINGS
    @given(case=operation.as_strategy(), left_out=st.sets(st.sampled_from(EXCLUSIVE)))
    def ask(case: schemathesis.Case, left_out: set[str]) -> None:
        for name in left_out & set(case.query or {}):
            del case.query[name]
        answered[case.call_and_validate(headers=headers).status_code] += 1

    ask()
    assert answered.keys() & ({200, 404} if scopes == set(Scope) else {200, 403})


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address not in PLAIN])
def test_what_the_description_does_not_allow_is_refused(
    load: Load, admit_one: Admit, address: str
) -> None:
    operation = load(address)[f"/api/v1/{address}"]["GET"]
    headers = {"Authorization": f"Bearer {admit_one().text}"}

    @SETTINGS
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))
    def ask(case: schemathesis.Case) -> None:
        # An empty list stands in no address: without it, nothing of the question may be wrong.
        assume(all(value not in ([], {}, None) for value in (case.query or {}).values()))
        case.call_and_validate(headers=headers)

    ask()


@pytest.mark.parametrize("allowed", [True, False], ids=["by description", "against it"])
@pytest.mark.parametrize("scopes", [frozenset(Scope), frozenset({Scope.FLOWS})], ids=["all", "one"])
def test_every_person_that_is_asked_about_is_answered(
    filled: Cast, admit_one: Admit, scopes: frozenset[Scope], allowed: bool
) -> None:
    """By the description a name may be empty, or a birth 30 February: that is told, and no failure."""
    accepted = {"expected-statuses": [200, 401, 403, 422]}
    config = schemathesis.Config.from_dict({"checks": {"positive_data_acceptance": accepted}})
    described = from_wsgi("/api/v1/openapi.json", get_wsgi_application(), config=config)
    mode = schemathesis.GenerationMode.POSITIVE if allowed else schemathesis.GenerationMode.NEGATIVE
    headers = {"Authorization": f"Bearer {admit_one(*scopes).text}"}
    answered: Counter[int] = Counter()

    @SETTINGS
    @given(case=described["/api/v1/screen"]["POST"].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        answered[case.call_and_validate(headers=headers).status_code] += 1

    ask()
    assert answered.keys() & ({200, 422} if scopes == set(Scope) else {403, 422})


HOSTILE = st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=300)
ANY_CURSOR = st.text("ABCDEFGHabcdefgh0123456789-_", max_size=100)


@pytest.mark.parametrize("header", ["Authorization", "Accept-Language", "Accept", "Cookie", "Host"])
def test_hostile_headers(filled: Cast, admit_one: Admit, header: str) -> None:
    token = f"Bearer {admit_one().text}"

    @SETTINGS
    @given(value=HOSTILE)
    def ask(value: str) -> None:
        headers = {"Authorization": token} | {header: value}
        response = Client(headers=headers).get("/api/v1/crossings")
        assert response.status_code in (200, 400, 401)

    ask()


def test_hostile_cursors(filled: Cast, admit_one: Admit) -> None:
    client = Client(headers={"Authorization": f"Bearer {admit_one().text}"})

    @SETTINGS
    @given(cursor=ANY_CURSOR | HOSTILE, order=st.sampled_from(["newest", "oldest"]))
    def ask(cursor: str, order: str) -> None:
        response = client.get("/api/v1/crossings", {"cursor": cursor, "order": order})
        assert response.status_code in (200, 422)
        if response.status_code == 422:
            assert response.json().keys() == {"code", "message"}

    ask()
