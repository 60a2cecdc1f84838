"""What the HQ sees of buses: all of them without names, one with its travellers after a look-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.crossings.conveyances.models import OpenedConveyance
from openmidas.posts.models import Lookup
from tests.conftest import HQ, POST
from tests.support.cast import Cast, at_node, client_of, english

pytestmark = pytest.mark.usefixtures("pages")

WHY = {"purpose": "case", "reason": "2026/17"}


@pytest.fixture
def analyst(cast: Cast) -> Iterator[Client]:
    with at_node(HQ):
        yield english(client_of(cast.djibril))


def listed(client: Client, **asked: str) -> list[str]:
    """The ids of the conveyances that the list shows."""
    page = client.get(reverse("hq-conveyances"), asked).content.decode()
    assert "KEITA" not in page
    return [str(row.id) for row in OpenedConveyance.objects.order_by("-at") if str(row.id) in page]


def test_buses_are_found_by_plate_post_and_day(
    buses: tuple[OpenedConveyance, OpenedConveyance], analyst: Client
) -> None:
    first, second = (str(row.id) for row in buses)
    assert listed(analyst) == [second, first]
    assert listed(analyst, plate="ab 1234") == [second, first]
    assert listed(analyst, plate="ZZ") == []
    assert listed(analyst, post=str(POST)) == [second]
    assert listed(analyst, differs="on") == [first]
    assert listed(analyst, day="2001-01-01") == []
    assert analyst.get(reverse("hq-conveyances"), {"day": "x"}).status_code == 422


def test_who_was_aboard_is_told_after_a_look_up(
    buses: tuple[OpenedConveyance, OpenedConveyance], analyst: Client
) -> None:
    here = reverse("hq-conveyance", args=[buses[1].id])
    assert "KEITA" not in analyst.get(here).content.decode()
    refused = analyst.post(here, {"purpose": "other", "reason": "x"})
    assert "KEITA" not in refused.content.decode()
    assert not Lookup.objects.exists()
    page = analyst.post(here, WHY).content.decode()
    for told in ("KEITA OUMOU", "Awa Traore", "Aboard there, not here", "KEITA MARIAM"):
        assert told in page
    made = Lookup.objects.get()
    assert (made.query, made.results) == (f"conveyance {buses[1].id}, {buses[0].id}", 3)


def test_the_owner_of_a_car_is_told_after_a_look_up_alone(
    buses: tuple[OpenedConveyance, OpenedConveyance], analyst: Client
) -> None:
    OpenedConveyance.objects.update(company="Issa Barry")
    OpenedConveyance.objects.filter(id=buses[1].id).update(what="car")
    car, bus = (reverse("hq-conveyance", args=[buses[at].id]) for at in (1, 0))
    assert analyst.get(reverse("hq-conveyances")).content.decode().count("Issa Barry") == 1
    assert "Issa Barry" in analyst.get(bus).content.decode()
    assert "Issa Barry" not in analyst.get(car).content.decode()
    assert "Issa Barry" in analyst.post(car, WHY).content.decode()


def test_what_nobody_closed_is_not_open_for_ever(
    buses: tuple[OpenedConveyance, OpenedConveyance], analyst: Client
) -> None:
    pages = [reverse("hq-conveyances"), reverse("hq-conveyance", args=[buses[1].id])]
    for days, told in ((0, False), (2, True)):
        row = OpenedConveyance.objects.get(id=buses[1].id)
        OpenedConveyance.objects.filter(id=row.id).update(at=row.at - timedelta(days=days))
        for page in pages:
            assert ("not closed" in analyst.get(page).content.decode()) is told


def test_a_bus_that_no_other_post_had_says_so(
    buses: tuple[OpenedConveyance, OpenedConveyance], analyst: Client
) -> None:
    page = analyst.post(reverse("hq-conveyance", args=[buses[0].id]), WHY).content.decode()
    assert "No other post wrote of this plate in the day before" in page
    assert "Awa stayed behind" in page
