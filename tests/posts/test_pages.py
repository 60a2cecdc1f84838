"""The pages about officers, and what officers set for themselves."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from openmidas.posts import services
from openmidas.posts.models import Officer
from openmidas.posts.preferences import DEFAULT_KEYS, preferences_of
from openmidas.posts.roles import Role
from openmidas.posts.standing import may_sign_in
from openmidas.posts.views.home import first_page
from tests.conftest import HQ, POST
from tests.support.cast import Cast, acting, at_node, client_of

pytestmark = pytest.mark.usefixtures("pages")


def enrol(client: Client, **fields: object) -> int:
    awa = {"username": "awa", "name": "Awa Diallo", "roles": ["primary"], **fields}
    return client.post(reverse("officer-enrol"), awa).status_code


def test_a_head_of_post_enrols_changes_suspends_and_reinstates(cast: Cast) -> None:
    client = client_of(cast.coumba)
    assert enrol(client) == 302
    awa = Officer.objects.get(username="awa")
    changed = {"name": "Awa Diallo Bah", "roles": ["primary", "second_line"]}
    assert client.post(reverse("officer-roles", args=[awa.id]), changed).status_code == 302
    awa.refresh_from_db()
    assert (awa.name, awa.roles) == ("Awa Diallo Bah", ["primary", "second_line"])
    assert client.post(reverse("officer-suspend", args=[awa.id]), {"reason": ""}).status_code == 422
    reason = {"reason": "Absent"}
    assert client.post(reverse("officer-suspend", args=[awa.id]), reason).status_code == 302
    assert not may_sign_in(awa)
    assert "Absent" in client.get(reverse("officer", args=[awa.id])).content.decode()
    assert client.post(reverse("officer-reinstate", args=[awa.id])).status_code == 302
    assert may_sign_in(awa)


def test_the_hq_enrols_at_a_post_and_confirms_what_a_post_did(cast: Cast) -> None:
    awa = services.enrol_officer(
        acting(cast.coumba), username="awa", name="Awa Diallo", roles=[Role.PRIMARY]
    )
    with at_node(HQ):
        client = client_of(cast.idrissa)
        assert enrol(client, username="lamine", post=str(POST)) == 302
        assert Officer.objects.get(username="lamine").post == POST
        page = client.get(reverse("officer", args=[awa.id])).content.decode()
        assert reverse("officer-confirm", args=[awa.id]) in page
        assert client.post(reverse("officer-confirm", args=[awa.id])).status_code == 302
        page = client.get(reverse("officer", args=[awa.id])).content.decode()
        assert reverse("officer-confirm", args=[awa.id]) not in page


def test_what_is_refused_is_said_in_words(cast: Cast) -> None:
    client = client_of(cast.coumba)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    taken = {"username": "aminata", "name": "Aminata Bah", "roles": ["primary"]}
    answer = client.post(reverse("officer-enrol"), taken)
    assert answer.status_code == 422
    assert "The user name aminata is taken" in answer.content.decode()
    itself = reverse("officer-suspend", args=[cast.coumba.id])
    answer = client.post(itself, {"reason": "A holiday"})
    assert answer.status_code == 422
    assert "Nobody can do this for themselves" in answer.content.decode()


def test_no_role_beyond_the_mandate_can_be_sent(cast: Cast) -> None:
    assert enrol(client_of(cast.coumba), roles=["administrator"]) == 422
    assert not Officer.objects.filter(username="awa").exists()


def test_a_head_of_post_sees_no_officer_of_another_node(cast: Cast) -> None:
    client = client_of(cast.coumba)
    page = client.get(reverse("officers")).content.decode()
    assert "Aminata Keïta" in page
    assert "Idrissa" not in page
    assert client.get(reverse("officer", args=[cast.idrissa.id])).status_code == 404


def test_the_list_of_officers_takes_as_many_queries_for_many_as_for_few(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        services.enrol_officer(
            acting(cast.coumba), username=f"awa{number}", name="Awa", roles=[Role.PRIMARY]
        )
    client = client_of(cast.coumba)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(reverse("officers"))


def test_the_language_is_remembered_for_the_officer(cast: Cast) -> None:
    client = client_of(cast.aminata)
    back = {"next": reverse("preferences")}
    assert client.post(reverse("language"), {"language": "en", **back})["Location"] == back["next"]
    assert "Your settings" in client.get(reverse("preferences")).content.decode()
    assert preferences_of(cast.aminata.id).language == "en"
    client.post(reverse("language"), {"language": "fr", **back})
    assert "Vos réglages" in client.get(reverse("preferences")).content.decode()


@pytest.mark.parametrize("language", ["xx", "pt", ""])
def test_only_languages_that_are_complete_can_be_chosen(cast: Cast, language: str) -> None:
    answer = client_of(cast.aminata).post(
        reverse("language"), {"language": language, "next": "//example.org"}
    )
    assert answer["Location"] == reverse("home")
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_keys_can_be_changed_but_not_doubled(cast: Cast) -> None:
    client = client_of(cast.aminata)
    url = reverse("preferences")
    assert client.post(url, {**DEFAULT_KEYS, "admit": "F8"}).status_code == 422
    assert client.post(url, {**DEFAULT_KEYS, "admit": "F13"}).status_code == 422
    assert preferences_of(cast.aminata.id).keys == DEFAULT_KEYS
    assert client.post(url, {**DEFAULT_KEYS, "admit": "F5"}).status_code == 302
    now = preferences_of(cast.aminata.id)
    assert (now.keys["admit"], now.keys["refer"], now.sounds) == ("F5", "F8", False)


def test_each_officer_begins_where_their_work_is(cast: Cast) -> None:
    assert first_page(cast.aminata) == reverse("counter")
    assert first_page(cast.idrissa) == reverse("situation")
    assert first_page(cast.kadiatou) == reverse("situation")
    assert client_of(cast.aminata).get(reverse("home"))["Location"] == reverse("counter")
