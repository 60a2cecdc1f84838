"""Officers have opened the post while somebody wrote a traveller down: the form is taken all the same."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from openmidas.nodes.collecting.store import CollectingStore
from openmidas.web.collecting.signing_in import SignedIn, remember
from tests.web.collecting.conftest import AMINATA
from tests.web.collecting.test_pages import written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


@pytest.fixture
def page(store: CollectingStore) -> Client:
    """A browser that signed in at the page that collects."""
    client, answer = Client(headers={"accept-language": "en"}), HttpResponse()
    remember(answer, SignedIn(number="aminata", id=AMINATA, role="primary", lane="1"))
    client.cookies.update(answer.cookies)
    return client


def test_it_is_recorded_and_the_officer_is_told(store: CollectingStore, page: Client) -> None:
    answer = page.post("/collect/", written(), follow=True)
    assert "The post is open again" in answer.content.decode()
    assert "<strong>1</strong>" in answer.content.decode()
    assert store.count() == 1
    assert page.post("/collect/sign-out/")["Location"] == "/"
    assert page.post("/collect/", written())["Location"] == "/", "and nothing more after that"
    assert store.count() == 1


def test_what_is_wrong_in_it_can_be_put_right(store: CollectingStore, page: Client) -> None:
    answer = page.post("/collect/", written(surname="", given_names=""))
    assert answer.status_code == 422
    assert "Le car de 8 h" in answer.content.decode()
    assert page.post("/collect/", written()).status_code == 302
    assert store.count() == 1


def test_an_open_post_offers_no_other_way_to_collect(store: CollectingStore, page: Client) -> None:
    assert page.get("/collect/")["Location"] == "/"
    assert page.get("/collect/sign-in/")["Location"] == "/"
    assert Client().post("/collect/", written())["Location"] == "/"
    assert store.count() == 0
