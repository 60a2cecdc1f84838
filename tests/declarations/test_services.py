"""Declaring and correcting: done once, added up without what was corrected, erased with the crossing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec import structs

from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.inspection import Direction
from openmidas.declarations.entries import Animal, Animals, Certificate
from openmidas.declarations.erasing import places_of_declaration
from openmidas.declarations.models import Declarant, Declaration, DeclaredLine
from openmidas.declarations.page import totals
from openmidas.declarations.services import Declarer
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.kinds import entry_kinds
from openmidas.journal.models import JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import record
from tests.conftest import POST
from tests.declarations.conftest import CERTIFICATE, WHOSE, Market, herd, rice
from tests.support.cast import refusal
from tests.support.tables import all_rows

NAMES = ("herd.declared", "goods.declared", "declarant.named")


def written() -> list[str]:
    """The kinds of what was declared, in order."""
    found = JournalEntry.objects.filter(node=POST, kind__in=NAMES)
    return list(found.order_by("sequence").values_list("kind", flat=True))


def sums() -> list[tuple[str, float]]:
    return [(one.kind, one.quantity) for one in totals(3)]


@pytest.mark.django_db
class TestDeclaring:
    def test_keeps_all_of_a_herd(self, market: Market) -> None:
        said = herd()
        row = market.declare(said, WHOSE)
        assert row.herd() == structs.replace(said, certified=True)
        kept = Declarant.objects.get(id=row.id)
        assert (kept.owner, kept.shown()) == ("Bocar Diallo", CERTIFICATE)

    def test_numbers_alone_are_enough(self, market: Market) -> None:
        market.declare(rice())
        assert written() == ["goods.declared"]
        assert set(DeclaredLine.objects.values_list("code", "unit", "quantity")) == {
            ("food", "bag", 6.0),
            ("fuel", "l", 20.5),
        }

    def test_twice_is_once(self, market: Market) -> None:
        said = herd()
        assert market.declare(said) == market.declare(said)
        assert written() == ["herd.declared"]

    def test_the_same_form_with_something_else_is_refused(self, market: Market) -> None:
        said = herd()
        market.declare(said)
        with refusal("form.saved_already"):
            market.declare(herd(declaration=said.declaration, herders=9))
        with refusal("form.saved_already"):
            market.declare(said, Declarer(owner="Somebody"))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"animals": ()}, "declaration.nothing"),
            ({"animals": (Animals(kind=Animal.GOATS, number=1),) * 2}, "declaration.twice"),
            ({"animals": (Animals(kind=Animal.GOATS, number=0),)}, "request.broken"),
            ({"origin": "x" * 81}, "field.too_long"),
            ({"corrects": new_id()}, "declaration.unknown"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, market: Market, changes: dict[str, Any], code: str
    ) -> None:
        with refusal(code):
            market.declare(herd(**changes))
        assert not Declaration.objects.exists()

    @pytest.mark.parametrize("bad", ["\x1b[31m", "\a", "a\u202eb"])
    def test_what_cannot_be_printed_is_refused(self, market: Market, bad: str) -> None:
        with refusal("field.unprintable"):
            market.declare(herd(route=bad))
        for shown in (Certificate(number=bad), Certificate(number="1", issuer=bad)):
            with refusal("field.unprintable"):
                market.declare(herd(), Declarer(certificate=shown))

    def test_a_crossing_must_be_one_of_this_post(self, market: Market) -> None:
        with refusal("crossing.unknown"):
            market.declare(herd(), Declarer(crossing=new_id()))


@pytest.mark.django_db
class TestCorrecting:
    def test_a_correction_takes_the_place_of_the_first(self, market: Market) -> None:
        first = market.declare(herd())
        fewer = (Animals(kind=Animal.CATTLE, number=118),)
        market.declare(herd(corrects=first.id, animals=fewer))
        assert [quantity for _, quantity in sums()] == [118.0]

    def test_it_counts_in_the_month_of_the_first(self, market: Market) -> None:
        first = market.declare(herd())
        earlier = (first.day - timedelta(days=40)).replace(day=7)
        for rows in (Declaration.objects, DeclaredLine.objects):
            rows.update(day=earlier)
        again = market.declare(herd(corrects=first.id))
        third = market.declare(herd(corrects=again.id))
        assert (again.day, third.day) == (earlier, earlier)
        assert [one.month for one in totals(3)] == [earlier.replace(day=1)]

    def test_sent_twice_is_one(self, market: Market) -> None:
        first = market.declare(herd())
        said = herd(corrects=first.id)
        assert market.declare(said) == market.declare(said)

    def test_with_nothing_in_it_takes_it_back(self, market: Market) -> None:
        first = market.declare(herd())
        market.declare(herd(corrects=first.id, animals=()))
        assert sums() == []

    def test_what_was_corrected_is_not_corrected_again(self, market: Market) -> None:
        first = market.declare(herd())
        market.declare(herd(corrects=first.id))
        with refusal("declaration.corrected"):
            market.declare(herd(corrects=first.id))

    def test_goods_take_the_place_of_no_herd(self, market: Market) -> None:
        first = market.declare(herd())
        with refusal("declaration.unknown"):
            market.declare(rice(corrects=first.id))


@pytest.mark.django_db
def test_totals_can_be_asked_for_by_kind_and_direction(market: Market) -> None:
    market.declare(herd())
    market.declare(herd(direction=Direction.ENTRY))
    market.declare(rice())
    assert len(totals(3)) == 4
    assert len(totals(3, "herd")) == 2
    assert len(totals(3, "", "entry")) == 3


@pytest.mark.django_db
def test_whose_it_is_goes_with_the_crossing_and_the_numbers_stay(market: Market) -> None:
    crossing = market.crossed()
    row = market.declare(herd(), structs.replace(WHOSE, crossing=crossing))
    assert b"00412" not in bytes(row.said)
    kinds = {
        JournalEntry.objects.get(node=one.node, epoch=one.epoch, sequence=one.sequence).kind
        for one in places_of_crossing(crossing)
    }
    assert kinds == {"crossing.admitted", "declarant.named"}


@pytest.mark.django_db
def test_all_of_a_declaration_goes_with_its_corrections(market: Market) -> None:
    first = market.declare(herd(), WHOSE)
    again = market.declare(herd(corrects=first.id), WHOSE)
    market.declare(herd(), WHOSE)
    assert len(places_of_declaration(first.id)) == 4
    assert places_of_declaration(first.id) == places_of_declaration(again.id)
    assert places_of_declaration(new_id()) == []


@pytest.mark.django_db
def test_months_are_whole(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    market.declare(herd())
    DeclaredLine.objects.update(day=date(2025, 12, 1))
    monkeypatch.setattr("openmidas.declarations.page.node_day", lambda: date(2026, 1, 31))
    assert totals(1) == []
    assert [one.month for one in totals(2)] == [date(2025, 12, 1)]


@pytest.mark.django_db(transaction=True)
def test_rebuilt_declarations_equal_the_live_ones(market: Market) -> None:
    first = market.declare(herd(), WHOSE)
    market.declare(herd(corrects=first.id, animals=()))
    market.declare(rice())
    live = all_rows()
    assert len(live["declarations_declaration"]) == 3
    rebuild()
    assert all_rows() == live


def test_posts_alone_write_them() -> None:
    kinds = entry_kinds()
    assert {frozenset(kinds[name].authority) for name in NAMES} == {frozenset({NodeKind.POST})}


@pytest.mark.django_db
def test_a_headquarters_cannot_write_one(market: Market) -> None:
    with market.at_headquarters(), pytest.raises(JournalError):
        record(herd(), actor=Actor())
