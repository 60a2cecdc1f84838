"""Residents in the tables: the same after a rebuild, changed by their own post alone, and erased by card."""

from __future__ import annotations

import argparse

import pytest
from django.db import transaction

from openmidas.crossings.cards import CardEnd
from openmidas.crossings.inspection import Traveller
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.kinds import entry_kinds
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.commanding import CommandFailed
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from openmidas.nodes.services import record
from openmidas.residents import entries, services
from openmidas.residents.entries import ResidentKind
from openmidas.residents.erasing import choose, places_of_resident
from openmidas.residents.models import Resident, ResidentFacts
from tests.conftest import HQ
from tests.residents.conftest import FACTS, Village
from tests.support.cast import at_node
from tests.support.tables import all_rows


@pytest.mark.django_db(transaction=True)
def test_rebuilt_residents_equal_the_live_ones(village: Village) -> None:
    row = village.register(facts=FACTS)
    village.driver()
    services.revoke(village.coumba, row.id, CardEnd.OTHER, "Carte coupée")
    live = all_rows()
    assert len(live["residents_resident"]) == 2
    rebuild()
    assert all_rows() == live


def test_posts_alone_write_them() -> None:
    written = {
        name: set(kind.authority)
        for name, kind in entry_kinds().items()
        if name.startswith("resident.")
    }
    assert len(written) == 4
    assert set(map(frozenset, written.values())) == {frozenset({NodeKind.POST})}


@pytest.mark.django_db
def test_a_headquarters_cannot_write_one(village: Village) -> None:
    content = entries.ResidentRegistered(
        resident=new_id(),
        number="R1234567890123",
        kind=ResidentKind.RESIDENT,
        traveller=Traveller(surname="Nobody", nationality="MLI"),
        village="Nowhere",
        until="2027-01-01",
    )
    with at_node(HQ), pytest.raises(JournalError), transaction.atomic():
        record(content, actor=Actor())


@pytest.mark.django_db
def test_all_of_a_resident_is_erased_by_the_card_and_nothing_else(village: Village) -> None:
    other = village.driver(facts=FACTS)
    row = village.register(facts=FACTS)
    services.revoke(village.coumba, row.id, CardEnd.ASKED)
    places = places_of_resident(row.number)
    kinds = [
        JournalEntry.objects.get(node=one.node, epoch=one.epoch, sequence=one.sequence).kind
        for one in places
    ]
    assert kinds == ["resident.registered", "resident.facts_kept", "resident.revoked"]
    assert places_of_resident(other.number)
    assert places_of_resident("R0000000000000") == []


@pytest.mark.django_db(transaction=True)
def test_an_erased_resident_is_gone_with_the_questions(village: Village) -> None:
    other = village.driver(facts=FACTS)
    row = village.register(facts=FACTS)
    with village.at_headquarters():
        options = _asked(str(row))
        order_erasure(choose(options), ErasureReason.REQUEST, actor=Actor())
        rebuild()
    assert list(Resident.objects.all()) == [other]
    assert [kept.id for kept in ResidentFacts.objects.all()] == [other.id]


@pytest.mark.django_db
def test_of_a_number_that_two_posts_gave_out_one_is_named(village: Village) -> None:
    row, other = village.register(), village.driver()
    Resident.objects.filter(id=other.id).update(number=row.number, node=HQ)
    with pytest.raises(CommandFailed, match="--resident-post"):
        choose(_asked(str(row)))
    assert len(places_of_resident(row.number, row.node)) == 1


def _asked(card: str) -> argparse.Namespace:
    return argparse.Namespace(resident=[card], resident_post=None)


@pytest.mark.django_db
def test_a_card_that_nobody_has_is_told(village: Village) -> None:
    with pytest.raises(CommandFailed, match="R000-0000-0000-01"):
        choose(_asked("R000-0000-0000-01"))
