"""The pages of declarations: what stays in a form, what a correction begins with, and the file of totals."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction
from openmidas.declarations.entries import GoodsKind, Load, Unit
from openmidas.declarations.models import Declarant, Declaration
from openmidas.declarations.services import Declarer
from tests.declarations.conftest import Market, herd, rice
from tests.support.cast import client_of, english

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def typed(**changes: Any) -> dict[str, Any]:
    usual = {
        "id": str(issue_id()),
        "direction": "exit",
        "number_cattle": "120",
        "number_sheep": "0",
        "herders": "4",
        "origin": "Kangaba",
        "vaccinated": "yes",
        "certificate": "CIT-ML-00412",
        "issued": "2026-10-01",
        "owner": "Bocar Diallo",
    }
    return {**usual, **changes}


def test_a_herd_is_declared_with_the_crossing_it_came_with(market: Market) -> None:
    crossing = market.crossed()
    client = client_of(market.cast.aminata)
    page = client.get(reverse("declare-herd"), {"crossing": str(crossing)}).content.decode()
    assert f'value="{crossing}" selected' in page
    client.post(reverse("declare-herd"), typed(crossing=str(crossing)))
    row = Declaration.objects.get()
    assert [(one.kind, one.number) for one in row.herd().animals] == [("cattle", 120)]
    assert Declarant.objects.get().crossing == crossing


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number_cattle": ""}, "Nothing is declared yet"),
        ({"number_cattle": "-5"}, "greater than or equal to 0"),
        ({"direction": ""}, "This field is required"),
        ({"certificate": ""}, "Write the number of the certificate, too."),
        ({"issued": "yesterday"}, "Enter a valid date"),
        ({"crossing": "nonsense"}, "Select a valid choice"),
        ({"id": "nonsense"}, "The request was not complete"),
    ],
)
def test_what_was_typed_stays(market: Market, changes: dict[str, str], said: str) -> None:
    client = english(client_of(market.cast.aminata))
    answer = client.post(reverse("declare-herd"), typed(**changes))
    page = answer.content.decode()
    assert answer.status_code in (409, 422)
    assert said in page
    assert 'value="Kangaba"' in page
    assert not Declaration.objects.exists()


def test_goods_are_declared_with_their_units(market: Market) -> None:
    sent = {
        "id": str(issue_id()),
        "direction": "entry",
        "conveyance": "motorcycle",
        "currency": "GNF",
    }
    kinds = ("food", "livestock", "fuel", "textiles", "building", "household", "other")
    sent |= {f"unit_{kind}": "kg" for kind in kinds} | {"quantity_fuel": "20,5", "unit_fuel": "l"}
    client_of(market.cast.boubacar).post(reverse("declare-goods"), sent)
    said = Declaration.objects.get().goods()
    assert [(one.kind, one.quantity, one.unit) for one in said.goods] == [("fuel", 20.5, "l")]


def test_a_correction_begins_with_what_was_declared(market: Market) -> None:
    row = market.declare(herd(), Declarer(owner="Bocar Diallo"))
    client = english(client_of(market.cast.aminata))
    url = f"{reverse('declare-herd')}?corrects={row.id}"
    page = client.get(url).content.decode()
    assert 'value="120"' in page
    assert 'value="Bocar Diallo"' in page
    client.post(url, typed(number_cattle="118"))
    shown = client.get(reverse("declaration", args=[row.id])).content.decode()
    assert "Another declaration took its place" in shown
    assert "Correct or take back" not in shown


def test_nothing_that_is_no_declaration_is_corrected(market: Market) -> None:
    client = client_of(market.cast.aminata)
    for asked in ("nonsense", str(issue_id())):
        assert client.get(reverse("declare-herd"), {"corrects": asked}).status_code == 404


def test_the_page_tells_what_is_missing_of_the_papers(market: Market) -> None:
    row = market.declare(herd())
    client = english(client_of(market.cast.coumba))
    page = client.get(reverse("declaration", args=[row.id])).content.decode()
    assert "No certificate of transhumance was shown." in page


def test_the_list_shows_what_is_asked_for(market: Market) -> None:
    market.declare(herd())
    market.declare(rice())
    client = english(client_of(market.cast.aminata))
    page = client.get(reverse("declarations"), {"what": "goods"}).content.decode()
    assert "Food and farm produce: 6 bags" in page
    assert "Cattle" not in page
    assert client.get(reverse("declarations"), {"days": "x"}).status_code == 422


def test_the_file_of_the_headquarters_has_numbers_and_nobody(market: Market) -> None:
    much = Load(kind=GoodsKind.FUEL, quantity=1_234_567.25, unit=Unit.LITRE)
    market.declare(rice(direction=Direction.EXIT, goods=(much,)))
    market.declare(herd(), Declarer(owner="Bocar Diallo"))
    with market.at_headquarters():
        client = english(client_of(market.cast.djibril))
        page = client.get(reverse("hq-declarations")).content.decode()
        file = client.get(reverse("hq-declarations-table"), {"what": "herd"}).content.decode()
        file += client.get(reverse("hq-declarations-table"), {"what": "goods"}).content.decode()
    assert "Kourémalé,Exit,Herd,Cattle,120,head" in file
    assert "Kourémalé,Exit,Goods,Fuel,1234567.25,litres" in file
    assert "Bocar" not in page + file
