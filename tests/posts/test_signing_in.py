"""The sign-in page: who gets in, at which lane, and what the journal says of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry
from openmidas.posts import services
from openmidas.posts.entries import OfficerSignedIn
from openmidas.posts.models import Officer
from openmidas.posts.passwords import set_password
from tests.conftest import POST
from tests.support.cast import PASSWORD, Cast, acting, client_of

pytestmark = pytest.mark.usefixtures("pages")


def sign_in(client: Client, username: str, password: str = PASSWORD, **fields: str) -> int:
    data = {"username": username, "password": password, **fields}
    return client.post(reverse("sign-in"), data).status_code


def signed_in(client: Client) -> bool:
    return client.get(reverse("preferences")).status_code == 200


def kinds() -> list[str]:
    entries = JournalEntry.objects.filter(node=POST, kind__startswith="officer.signed")
    return list(entries.order_by("sequence").values_list("kind", flat=True))


@pytest.fixture
def aminata(cast: Cast) -> Officer:
    set_password(cast.aminata.id, PASSWORD)
    return cast.aminata


def test_an_officer_signs_in_at_a_lane_and_the_journal_says_so(aminata: Officer) -> None:
    client = Client()
    assert sign_in(client, "Aminata ", lane="2") == 302
    assert signed_in(client)
    entry = JournalEntry.objects.get(node=POST, kind="officer.signed_in")
    body = decode_body(bytes(entry.body or b""))
    assert body.read() == OfficerSignedIn(officer=aminata.id, lane="2")
    assert body.actor == acting(aminata, "2")


def test_the_next_officer_finds_the_same_lane_chosen(aminata: Officer) -> None:
    client = Client()
    sign_in(client, "aminata", lane="2")
    assert client.post(reverse("sign-out")).status_code == 302
    assert not signed_in(client)
    page = client.get(reverse("sign-in")).content.decode()
    assert '<option value="2" selected>' in page
    assert kinds() == ["officer.signed_in", "officer.signed_out"]


def test_who_signs_in_over_a_colleague_signs_the_colleague_out(
    cast: Cast, aminata: Officer
) -> None:
    client = client_of(cast.boubacar)
    sign_in(client, "aminata", lane="1")
    assert kinds() == ["officer.signed_in", "officer.signed_out", "officer.signed_in"]


def test_a_primary_officer_works_at_a_lane(aminata: Officer) -> None:
    client = Client()
    assert sign_in(client, "aminata") == 422
    assert sign_in(client, "aminata", lane="9") == 422
    assert not signed_in(client)


def test_the_second_line_needs_no_lane(cast: Cast) -> None:
    set_password(cast.boubacar.id, PASSWORD)
    client = Client()
    assert sign_in(client, "boubacar") == 302
    assert signed_in(client)


@pytest.mark.parametrize("username", ["aminata", "nobody"])
def test_a_wrong_password_is_refused_in_the_same_words_for_anybody(
    aminata: Officer, username: str
) -> None:
    client = Client(headers={"accept-language": "en"})
    answer = client.post(reverse("sign-in"), {"username": username, "password": "x", "lane": "1"})
    assert answer.status_code == 422
    assert "User name or password is wrong" in answer.content.decode()


def test_officers_of_the_hq_do_not_sign_in_at_a_post(cast: Cast) -> None:
    set_password(cast.idrissa.id, PASSWORD)
    client = Client()
    assert sign_in(client, "idrissa") == 422
    assert not signed_in(client)


def test_a_suspension_ends_the_session(cast: Cast) -> None:
    client = client_of(cast.aminata)
    assert signed_in(client)
    services.suspend(acting(cast.coumba), cast.aminata.id, reason="Absent")
    assert not signed_in(client)


def test_a_new_password_ends_the_session(aminata: Officer) -> None:
    client = client_of(aminata)
    set_password(aminata.id, "another one, much longer")
    assert not signed_in(client)


def test_five_wrong_passwords_make_that_machine_wait(aminata: Officer) -> None:
    client = Client(headers={"accept-language": "en"})
    wrong = [sign_in(client, name, "x", lane="1") for name in ["aminata", "AMINATA"] * 2]
    assert wrong == [422] * 4
    answer = client.post(reverse("sign-in"), {"username": "aminata", "password": "x", "lane": "1"})
    assert answer.status_code == 429
    assert "Too many wrong passwords" in answer.content.decode()
    assert sign_in(client, "aminata", lane="1") == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    assert sign_in(elsewhere, "aminata", lane="1") == 302


@pytest.mark.parametrize("spelling", ["amınata", "AMİNATA", "ａｍｉｎａｔａ"])
def test_a_name_has_no_spellings_that_the_throttle_takes_for_others(
    aminata: Officer, spelling: str
) -> None:
    # "ı" in capitals is "I" to PostgreSQL: what SQLite never finds must not be found there either.
    assert sign_in(Client(), spelling, lane="1") == 422
    assert sign_in(Client(), " AMINATA", lane="1") == 302


def test_the_page_that_was_asked_for_opens_after_signing_in(aminata: Officer) -> None:
    client = Client()
    asked = client.get(reverse("preferences"))
    assert asked["Location"] == f"{reverse('sign-in')}?next={reverse('preferences')}"
    fields = {"username": "aminata", "password": PASSWORD, "lane": "1"}
    answer = client.post(reverse("sign-in"), {**fields, "next": reverse("preferences")})
    assert answer["Location"] == reverse("preferences")


def test_nobody_is_sent_to_another_site(aminata: Officer) -> None:
    fields = {"username": "aminata", "password": PASSWORD, "lane": "1"}
    answer = Client().post(reverse("sign-in"), {**fields, "next": "https://example.org/"})
    assert answer["Location"] == reverse("home")


def test_a_script_of_a_signed_out_officer_gets_a_piece_and_no_page(cast: Cast) -> None:
    for header in ({"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}):
        answer = Client(headers=header).get(reverse("preferences"))
        assert answer.status_code == 401
        assert "<html" not in answer.content.decode()
        assert reverse("sign-in") in answer.content.decode()


def test_pages_stay_out_of_caches(cast: Cast) -> None:
    answer = client_of(cast.aminata).get(reverse("preferences"))
    assert "no-store" in answer["Cache-Control"]
