"""Pictures of an incident: attached at the post, opened at headquarters for a purpose."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.crossings.ids import issue_id
from openmidas.incidents.entries import IncidentKind
from openmidas.incidents.models import Incident
from openmidas.lists.views.opened import is_open
from openmidas.pictures.models import Picture
from openmidas.pictures.redrawing import Redrawn
from openmidas.pictures.services import attach as attach_picture
from openmidas.posts.models import Lookup
from tests.incidents.conftest import Place
from tests.support.cast import client_of, english
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("pages")


def attach(client: Client, row: Incident) -> int:
    file = SimpleUploadedFile("IMG_0001.jpg", photo(), "image/jpeg")
    form = {"id": issue_id(), "caption": "The lorry", "picture": file}
    return client.post(reverse("incident-attach", args=[row.id]), form).status_code


def test_who_may_open_an_incident_attaches_to_it_and_sees_it(place: Place) -> None:
    room, lane = client_of(place.cast.boubacar), client_of(place.cast.aminata)
    own, other = place.report(actor=place.aminata), place.report()
    assert attach(lane, own) == 302
    assert attach(lane, other) == 404
    row = Picture.objects.get()
    address = reverse("incident-picture", args=[own.id, row.id])
    assert address in lane.get(reverse("incident", args=[own.id])).content.decode()
    assert room.get(address)["Content-Type"] == "image/jpeg"
    assert lane.get(reverse("incident-picture", args=[other.id, row.id])).status_code == 404


def test_an_incident_with_the_number_of_a_crossing_opens_nobodys_pictures(place: Place) -> None:
    """A form brings the number, and the lane knows those of its crossings."""
    crossing, picture = issue_id(), issue_id()
    seen = Redrawn(data=b"\xff\xd8 seen", width=16, height=9)
    attach_picture(place.boubacar, about=crossing, id=picture, picture=seen, caption="The visa")
    place.report(actor=place.aminata, id=crossing)
    lane = client_of(place.cast.aminata)
    page = lane.get(reverse("incident", args=[crossing])).content.decode()
    assert "The visa" not in page
    assert lane.get(reverse("incident-picture", args=[crossing, picture])).status_code == 404
    with place.at_headquarters():
        analyst = client_of(place.cast.djibril)
        opening = reverse("hq-incident-pictures", args=[crossing])
        analyst.post(opening, {"purpose": "case"})
        address = reverse("hq-incident-picture", args=[crossing, picture])
        assert analyst.get(address).status_code == 404
        assert not is_open(analyst.get(opening).wsgi_request, crossing)


def test_headquarters_says_why_before_it_looks(place: Place) -> None:
    row = place.report()
    attach(client_of(place.cast.boubacar), row)
    picture = Picture.objects.get()
    address = reverse("hq-incident-picture", args=[row.id, picture.id])
    with place.at_headquarters():
        analyst = english(client_of(place.cast.djibril))
        page = analyst.get(reverse("hq-incident", args=[row.id])).content.decode()
        assert "1 picture is attached" in page
        assert "The lorry" not in page
        assert analyst.get(address).status_code == 302
        opening = reverse("hq-incident-pictures", args=[row.id])
        assert analyst.post(opening, {"purpose": "other", "reason": ""}).status_code == 422
        assert not Lookup.objects.exists()
        page = analyst.post(opening, {"purpose": "case"}, follow=True).content.decode()
        assert "The lorry" in page
        assert Lookup.objects.get().query == f"pictures of incident {row.id}"
        assert analyst.get(address)["Content-Type"] == "image/jpeg"


def test_those_about_health_are_for_the_compartment(place: Place) -> None:
    row = place.report(kind=IncidentKind.HEALTH)
    attach(client_of(place.cast.boubacar), row)
    address = reverse("hq-incident-picture", args=[row.id, Picture.objects.get().id])
    with place.at_headquarters():
        analyst = english(client_of(place.cast.djibril))
        page = analyst.get(reverse("hq-incident", args=[row.id])).content.decode()
        assert "for the medical compartment" in page
        opening = reverse("hq-incident-pictures", args=[row.id])
        assert analyst.post(opening, {"purpose": "case"}).status_code == 404
        assert analyst.get(address).status_code == 404
