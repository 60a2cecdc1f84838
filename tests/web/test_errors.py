"""What officers see when something goes wrong, and what machines are told of the node's health."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from openmidas.posts.access import open_to_all
from openmidas.web.doorway import BUSY
from openmidas.web.urls import handler403, handler404, handler500, urlpatterns
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages")

__all__ = ["handler403", "handler404", "handler500"]  # of this file as a URL configuration


@open_to_all
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a mistake of ours")


def without_rule(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [*urlpatterns, path("broken/", broken), path("without-rule/", without_rule)]


@pytest.fixture
def more_pages(settings: Any) -> None:
    """The pages of the project and those above."""
    settings.ROOT_URLCONF = __name__


def test_a_page_that_says_nothing_of_access_is_closed(cast: Cast, more_pages: None) -> None:
    assert client_of(cast.idrissa).get("/without-rule/").status_code == 403


def test_another_role_reads_why_in_its_language(cast: Cast) -> None:
    client = client_of(cast.aminata)
    for language, words in (("en", "Not for your role"), ("fr", "Page hors de votre rôle")):
        client.cookies["midas_language"] = language
        answer = client.get(reverse("officers"))
        assert answer.status_code == 403
        assert words in answer.content.decode()


def test_an_unknown_page_is_said_to_be_unknown(cast: Cast) -> None:
    answer = client_of(cast.aminata).get("/no/such/page/", headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "This page does not exist here" in answer.content.decode()


def test_an_upload_that_was_not_read_is_told_when_to_come_again(cast: Cast) -> None:
    client = client_of(cast.idrissa)
    for language, words in (("en", "Nothing is lost"), ("fr", "Rien n’est perdu")):
        client.cookies["midas_language"] = language
        answer = client.post(reverse("home"), {}, **{BUSY: True})
        assert (answer.status_code, answer["Retry-After"]) == (503, "10")
        assert words in answer.content.decode()


def test_a_script_gets_a_piece_to_show_inside_its_page(cast: Cast) -> None:
    client = client_of(cast.aminata)
    answer = client.get(reverse("officers"), headers={"HX-Request": "true"})
    assert answer.status_code == 403
    assert 'role="alert"' in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_an_old_form_is_refused_and_says_that_nothing_was_changed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    answer = client.post(reverse("sign-in"), {"username": "aminata"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.content.decode()


def test_a_mistake_of_ours_is_admitted(db: None, more_pages: None) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "What was saved before is safe" in answer.content.decode()


def test_the_page_for_mistakes_needs_no_database(cast: Cast) -> None:
    client = client_of(cast.aminata)
    client.raise_request_exception = False
    with connection.execute_wrapper(_gone):
        answer = client.get(reverse("preferences"))
    assert answer.status_code == 500
    assert "<h1>" in answer.content.decode()


def test_health_says_what_machines_need(own_journal: None) -> None:
    found = Client().get(reverse("health")).json()
    assert found == {"node": "post", "database": True}, "and nothing that tells of the work"


def test_health_says_that_the_database_is_gone(own_journal: None) -> None:
    with connection.execute_wrapper(_gone):
        answer = Client().get(reverse("health"))
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def _gone(*_: object) -> None:
    raise DatabaseError("the disk is gone")
