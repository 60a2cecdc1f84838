"""Admitting systems and shutting them out: what is refused, what is written, what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from openmidas.api.entries import SystemAdmitted
from openmidas.api.models import System
from openmidas.api.scopes import Scope
from openmidas.api.services import Standing, revoke_system, standing_of, system_with
from openmidas.journal import Actor, NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.kinds import kind_of
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import node_time
from tests.api.conftest import PURPOSE, Admit
from tests.support.cast import Cast, acting, refusal


def test_the_token_itself_is_kept_nowhere(admit_one: Admit) -> None:
    issued = admit_one(Scope.CROSSINGS)
    secret = issued.text.encode()
    entry = JournalEntry.objects.get(kind="system.admitted")
    assert secret not in bytes(entry.body or b"")
    row = System.objects.get(id=issued.system)
    assert issued.text not in str(vars(row))
    found = system_with(issued.text)
    assert found is not None
    assert found.id == issued.system
    assert system_with(issued.text[:-1]) is None


def test_no_two_tokens_are_alike(admit_one: Admit) -> None:
    tokens = {admit_one(name=f"System {n}").text for n in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == len("midas_") + 43 for token in tokens)


def test_who_admitted_and_why_stands_with_it(admit_one: Admit, at_hq: Cast) -> None:
    row = System.objects.get(id=admit_one(Scope.HEALTH).system)
    assert (row.purpose, row.scopes, row.admitted_by) == (PURPOSE, ["health"], at_hq.idrissa.id)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "name_malformed"),
        ({"name": "x" * 121}, "name_malformed"),
        ({"name": "a\nb"}, "name_malformed"),
        ({"responsible": ""}, "responsible_missing"),
        ({"purpose": "because"}, "purpose_missing"),
        ({"purpose": "x" * 501}, "purpose_missing"),
        ({"scopes": frozenset()}, "scopes_missing"),
        ({"scopes": frozenset({Scope.PERSONS, Scope.FLOWS})}, "persons_alone"),
    ],
)
def test_what_is_missing_is_told(admit_one: Admit, said: dict[str, Any], code: str) -> None:
    with refusal(f"system.{code}"):
        admit_one(**said)
    assert not System.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 367, 4000])
def test_a_token_is_valid_for_a_year_at_most(admit_one: Admit, days: int) -> None:
    with refusal("system.expiry_impossible"):
        admit_one(expires=node_time() + timedelta(days=days))


def test_two_systems_that_may_ask_have_two_names(admit_one: Admit, at_hq: Cast) -> None:
    first = admit_one()
    with refusal("system.name_taken"):
        admit_one(name="VISA SYSTEM")
    revoke_system(acting(at_hq.idrissa), first.system, "A new server")
    assert admit_one().system != first.system


@pytest.mark.parametrize("who", ["djibril", "fanta", "kadiatou"])
def test_only_the_administrator_admits_and_revokes(admit_one: Admit, at_hq: Cast, who: str) -> None:
    issued = admit_one()
    with refusal("mandate.missing"):
        revoke_system(acting(getattr(at_hq, who)), issued.system, "Out of curiosity")


def test_revoking_is_for_good(admit_one: Admit, at_hq: Cast) -> None:
    issued = admit_one()
    revoke_system(acting(at_hq.idrissa), issued.system, "The server was stolen")
    row = System.objects.get(id=issued.system)
    assert standing_of(row) is Standing.REVOKED
    assert (row.reason, row.revoked_by) == ("The server was stolen", at_hq.idrissa.id)
    with refusal("system.revoked_already"):
        revoke_system(acting(at_hq.idrissa), issued.system, "Again")
    with refusal("system.unknown"):
        revoke_system(acting(at_hq.idrissa), new_id(), "Another one")


def test_a_rebuild_gives_the_same_systems(admit_one: Admit, at_hq: Cast) -> None:
    revoke_system(acting(at_hq.idrissa), admit_one().system, "A new server")
    admit_one(Scope.FLOWS)
    before = list(System.objects.order_by("id").values())
    rebuild()
    assert list(System.objects.order_by("id").values()) == before


def test_nothing_of_it_leaves_the_hq_and_no_post_may_write_it(admit_one: Admit) -> None:
    admit_one()
    body = decode_body(bytes(JournalEntry.objects.get(kind="system.admitted").body or b""))
    for kind in NodeKind:
        assert not body.audience.admits(new_id(), kind)
    content = body.read()
    assert isinstance(content, SystemAdmitted)
    assert kind_of(content).authority == {NodeKind.HQ}
    assert body.actor != Actor()
