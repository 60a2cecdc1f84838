"""The map of an incident: around the post, or around the point where it lies far off."""

from __future__ import annotations

import pytest
from django.urls import reverse

from openmidas.incidents.entries import Place as Where
from openmidas.incidents.entries import Point, Told
from openmidas.incidents.mapping import map_of, map_to_pick
from tests.incidents.conftest import Place
from tests.support.cast import client_of, english

KOUREMALE = (11.957, -8.781)


def at(latitude: float, longitude: float) -> Told:
    return Told(place=Where(point=Point(latitude=latitude, longitude=longitude)))


@pytest.mark.django_db
class TestTheMap:
    def test_begins_at_the_post(self, place: Place) -> None:
        assert map_to_pick() is None
        place.lies(*KOUREMALE)
        found = map_to_pick()
        assert found is not None
        assert (found.at, [one.name for one in found.posts]) == (None, ["Kourémalé"])
        assert (found.posts[0].x, found.posts[0].y) == found.start

    @pytest.mark.parametrize(
        ("point", "bar"), [((12.3, -8.6), 50), ((13.9, -10.0), 200), ((36.8, 3.0), 50)]
    )
    def test_reaches_as_far_as_the_point(
        self, place: Place, point: tuple[float, float], bar: int
    ) -> None:
        place.lies(*KOUREMALE)
        found = map_of(place.report(told=at(*point)))
        assert found is not None
        assert found.at is not None
        assert found.drawn.bar_kilometres == bar

    def test_is_of_a_point_alone(self, place: Place) -> None:
        place.lies(*KOUREMALE)
        assert map_of(place.report(told=Told(place=Where(name="Wazamé")))) is None

    def test_a_point_needs_no_post(self, place: Place) -> None:
        found = map_of(place.report(told=at(12.3, -8.6)))
        assert found is not None
        assert (found.at, found.posts) == ((300, 300), ())


@pytest.mark.usefixtures("pages")
def test_the_pages_show_it(place: Place) -> None:
    place.lies(*KOUREMALE)
    row = place.report(told=at(12.3, -8.6))
    room = english(client_of(place.cast.boubacar))
    form = room.get(reverse("incident-report")).content.decode()
    assert 'role="application"' in form
    assert 'data-west="-10.1' in form
    assert "Where it happened" in room.get(reverse("incident", args=[row.id])).content.decode()
    french = client_of(place.cast.boubacar).get(reverse("incident-report")).content.decode()
    assert 'data-west="-10.1' in french
