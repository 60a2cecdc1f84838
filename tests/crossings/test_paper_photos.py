"""Photos of the paper register's pages: beside the form, kept with the day, gone with who stands on them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.crossings.paper_pages import pages_of
from openmidas.journal.models import JournalEntry
from openmidas.nodes.services import node_day
from openmidas.pictures.models import Picture
from openmidas.posts.models import Lookup
from tests.conftest import HQ, POST
from tests.crossings.test_erasing import erase
from tests.crossings.test_paper_pages import a_line, enter
from tests.support.cast import Cast, at_node, client_of, english
from tests.support.pictures import photo

pytestmark = pytest.mark.usefixtures("pages", "post")
DAY = timedelta(days=1)


@pytest.fixture
def client(cast: Cast) -> Client:
    return english(client_of(cast.boubacar))


@pytest.fixture
def yesterday(post: None) -> date:
    return node_day() - DAY


def attach(client: Client, day: date | str, data: bytes | None = None) -> tuple[int, str]:
    form = {
        "id": issue_id(),
        "day": str(day),
        "caption": "Page 12",
        "picture": SimpleUploadedFile("IMG_1.jpg", data or photo(), "image/jpeg"),
    }
    answer = client.post(reverse("paper-attach"), form, follow=True)
    return answer.status_code, answer.content.decode()


def typed(client: Client, beside: date, **changes: str) -> str:
    """A line that is typed beside the pages of a day; the page that follows."""
    return str(enter(client, a_line(pages=beside.isoformat(), **changes)).content.decode())


def address_of(day: date) -> str:
    return reverse("paper-page", args=[day.isoformat(), Picture.objects.get().id])


def test_a_page_stands_beside_the_form_and_stays_from_line_to_line(
    client: Client, yesterday: date
) -> None:
    assert "No picture is attached." in client.get(reverse("paper")).content.decode()
    status, page = attach(client, yesterday)
    assert status == 200
    assert Picture.objects.get().about == pages_of(POST, yesterday)
    for shown in (page, typed(client, yesterday), client.get(reverse("paper")).content.decode()):
        assert f'src="{address_of(yesterday)}"' in shown
        assert f"Pages of the register of {yesterday}" in shown
    wrong = typed(client, yesterday, names="")
    assert address_of(yesterday) in wrong
    assert client.get(address_of(yesterday))["Content-Type"] == "image/jpeg"
    assert client.get(address_of(yesterday - DAY)).status_code == 404


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "Give the day that the page is of."), ("2098-01-01", "lies in the past: look at day")],
)
def test_a_page_is_of_a_day_that_was(client: Client, day: str, said: str) -> None:
    status, page = attach(client, day)
    assert status == 409
    assert said in page
    assert 'value="Page 12"' in page
    assert not Picture.objects.exists()


def test_the_post_sees_it_for_a_week(client: Client, yesterday: date) -> None:
    attach(client, yesterday)
    row = Picture.objects.get()
    Picture.objects.update(at=row.at - timedelta(days=8))
    assert client.get(address_of(yesterday)).status_code == 404
    shown = client.get(reverse("paper"), {"pages": str(yesterday)}).content.decode()
    assert address_of(yesterday) not in shown


def test_only_who_types_the_register_in_sees_it(
    client: Client, cast: Cast, yesterday: date
) -> None:
    attach(client, yesterday)
    assert client_of(cast.aminata).get(address_of(yesterday)).status_code == 403
    assert client_of(cast.coumba).get(address_of(yesterday)).status_code == 200


def test_headquarters_opens_the_pages_of_a_day_for_a_purpose(
    client: Client, cast: Cast, yesterday: date
) -> None:
    attach(client, yesterday)
    typed(client, yesterday)
    with at_node(HQ):
        analyst = english(client_of(cast.djibril))
        here = reverse("hq-paper", args=[POST, str(yesterday)])
        picture = reverse("hq-paper-page", args=[POST, str(yesterday), Picture.objects.get().id])
        record = reverse("hq-crossing", args=[Crossing.objects.get().id])
        assert f'href="{here}"' in analyst.get(record).content.decode()
        assert analyst.get(picture)["Location"] == here
        assert picture not in analyst.get(here).content.decode()
        page = analyst.post(here, {"purpose": "case", "reason": "2026/17"}, follow=True)
        assert picture in page.content.decode()
        assert analyst.get(picture)["Content-Type"] == "image/jpeg"
        assert Lookup.objects.get().query == f"paper register {POST} {yesterday}"
        nothing = reverse("hq-paper", args=[POST, str(yesterday - DAY)])
        assert analyst.get(nothing).status_code == 404


@pytest.mark.parametrize("days", [0, 1], ids=["of the day", "of the day after, on the same page"])
def test_it_goes_with_whoever_was_typed_in_from_it(
    client: Client, yesterday: date, days: int
) -> None:
    page_day = yesterday - DAY
    attach(client, page_day)
    typed(client, page_day, day=str(page_day + days * DAY))
    crossing: UUID = Crossing.objects.get().id
    erase(places_of_crossing(crossing))
    assert not Picture.objects.exists()
    assert not JournalEntry.objects.filter(kind__startswith="picture.").exists()


def test_it_stays_when_somebody_else_goes(client: Client, yesterday: date) -> None:
    attach(client, yesterday)
    enter(client, a_line(day=str(yesterday - DAY), pages=str(yesterday - DAY)))
    erase(places_of_crossing(Crossing.objects.get().id))
    assert Picture.objects.exists()
