"""The page of a post that only collects: a number is shown, and nothing can be read back."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from django.test import Client

from openmidas.crossings.entries import CrossingCollected
from openmidas.crossings.ids import issue_id
from openmidas.journal.entry import Body, decode_body
from openmidas.nodes.collecting.chain import open_sealed
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.web.demo.specimens import Specimen
from tests.web.collecting.conftest import AMINATA, HQ_KEY, PIN

ONLY = "Collecte seulement\N{NO-BREAK SPACE}: aucune liste n’est consultée."


def browser(language: str = "fr") -> Client:
    return Client(headers={"accept-language": language})


def signed_in(language: str = "fr") -> Client:
    client = browser(language)
    answer = client.post(
        "/collect/sign-in/", {"number": "Aminata", "pin": PIN, "lane": "1"}, follow=True
    )
    assert answer.status_code == 200
    return client


def written(**changes: str) -> dict[str, str]:
    usual = {
        "id": str(issue_id()),
        "surname": "Keïta",
        "given_names": "Mariam",
        "number": "sp 0000001",
        "nationality": "MLI",
        "birth": "1991",
        "sex": "F",
        "direction": "exit",
        "outcome": "referred",
        "note": "Le car de 8 h",
    }
    return usual | changes


def bodies(store: CollectingStore) -> list[Body]:
    """What the headquarters would find."""
    return [
        decode_body(open_sealed(each.header, each.sealed, [HQ_KEY]).body)
        for each in store.entries()
    ]


def crossing(store: CollectingStore) -> CrossingCollected:
    (body,) = bodies(store)
    return msgspec.convert(body.read(), CrossingCollected)


class TestRecording:
    def test_what_was_written_is_sealed_and_only_its_number_is_shown(
        self, collecting: CollectingStore
    ) -> None:
        client = signed_in()
        answer = client.post("/collect/", written(), follow=True)
        page = answer.content.decode()
        assert "numéro <strong>1</strong>" in page
        assert "Mariam" not in page
        assert "SP0000001" not in page
        (body,) = bodies(collecting)
        assert (body.actor.officer, body.actor.role, body.actor.lane) == (AMINATA, "primary", "1")
        said = crossing(collecting)
        assert (said.outcome, said.note) == ("referred", "Le car de 8 h")
        traveller, document = said.inspection.traveller, said.inspection.document
        assert (traveller.surname, traveller.given_names) == ("Keïta", "Mariam")
        assert (document.number, document.issuer, document.how_read) == (
            "SP0000001",
            "MLI",
            "typed",
        )
        assert said.inspection.journey.direction == "exit"
        assert said.inspection.state == "look"

    def test_the_lines_of_a_document_fill_what_was_not_typed(
        self, collecting: CollectingStore
    ) -> None:
        zone = Specimen(
            surname="KEITA",
            given_names="MARIAM",
            number="SP0000001",
            birth=date(1991, 3, 1),
            sex="F",
        ).mrz()
        nothing = dict.fromkeys(("surname", "number", "nationality", "birth", "sex"), "")
        client = signed_in()
        client.post("/collect/", written(zone=zone, given_names="Mariame", **nothing))
        said = crossing(collecting)
        assert said.inspection.traveller.name == "KEITA Mariame"
        assert said.inspection.document.how_read == "mrz"
        assert said.inspection.document.number == "SP0000001"

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"surname": "", "given_names": ""}, "surname"),
            ({"birth": "hier"}, "birth"),
            ({"zone": "ABC"}, "zone"),
            ({"nationality": "XYZ"}, "nationality"),
            ({"outcome": "refused"}, "outcome"),
        ],
    )
    def test_what_cannot_be_is_said_and_loses_nothing(
        self, collecting: CollectingStore, wrong: dict[str, str], field: str
    ) -> None:
        answer = signed_in().post("/collect/", written(**wrong))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'id="id_{field}_error"' in page
        assert "Le car de 8 h" in page
        assert collecting.count() == 0

    def test_no_decision_is_chosen_beforehand(self, collecting: CollectingStore) -> None:
        client = signed_in()
        page = client.get("/collect/").content.decode()
        (decision,) = re.findall(r'<select name="outcome".*?</select>', page, re.DOTALL)
        assert "required" in decision
        assert '<option value="" selected>Choisissez la décision</option>' in decision
        answer = client.post("/collect/", written(outcome=""))
        assert answer.status_code == 422
        assert "Indiquez ce que vous avez décidé." in answer.content.decode()
        assert collecting.count() == 0

    def test_the_same_form_twice_is_one_traveller(self, collecting: CollectingStore) -> None:
        client, form = signed_in(), written()
        for _ in range(2):
            answer = client.post("/collect/", form)
            assert answer.headers["Location"] == "/collect/?saved=1"
        assert collecting.count() == 1

    def test_an_id_that_was_not_issued_here_is_not_taken(self, collecting: CollectingStore) -> None:
        answer = signed_in().post("/collect/", written(id=str(uuid4())))
        assert answer.status_code == 422
        assert collecting.count() == 0

    def test_a_full_disk_is_said_and_nothing_is_believed_saved(
        self, collecting: CollectingStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: Any, **__: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        client = signed_in()
        monkeypatch.setattr(CollectingStore, "add", full)
        answer = client.post("/collect/", written())
        assert answer.status_code == 422
        assert "Rien n’a été enregistré" in answer.content.decode()


class TestWhatItSays:
    @pytest.mark.parametrize("address", ["/collect/", "/collect/sign-in/"])
    def test_that_no_list_is_consulted(self, collecting: CollectingStore, address: str) -> None:
        page = signed_in().get(address).content.decode()
        assert ONLY in page
        assert "Rien à signaler" not in page

    def test_in_english_too(self, collecting: CollectingStore) -> None:
        page = signed_in("en").get("/collect/").content.decode()
        assert "Collecting only: no list is consulted." in page
        assert not re.search(r"\bclear\b", page, re.IGNORECASE)

    def test_every_address_leads_to_it(self, collecting: CollectingStore) -> None:
        for address in ("/", "/counter/", "/find/", "/hq/crossings/"):
            assert browser().get(address).headers["Location"] == "/collect/"
        assert browser().get("/health/").status_code == 503

    def test_a_post_that_was_not_prepared_says_so(self, collecting: CollectingStore) -> None:
        collecting.path.unlink()
        for address in ("/collect/", "/collect/sign-in/"):
            answer = browser().get(address)
            assert answer.status_code == 503
            assert "papier" in answer.content.decode()

    def test_no_database_can_be_asked(self) -> None:
        from openmidas.web.collecting import settings as own

        assert own.DATABASES == {}


class TestSigningIn:
    def test_nobody_records_without(self, collecting: CollectingStore) -> None:
        answer = browser().post("/collect/", written())
        assert answer.headers["Location"] == "/collect/sign-in/"
        assert collecting.count() == 0

    @pytest.mark.parametrize("number", ["aminata", "nobody"])
    def test_a_wrong_pin_and_an_unknown_number_are_answered_alike(
        self, collecting: CollectingStore, number: str
    ) -> None:
        answer = browser().post("/collect/sign-in/", {"number": number, "pin": "111112"})
        assert answer.status_code == 422
        assert "ne vont pas ensemble" in answer.content.decode()

    def test_after_five_wrong_ones_the_right_one_waits(self, collecting: CollectingStore) -> None:
        client = browser()
        for _ in range(5):
            client.post("/collect/sign-in/", {"number": "aminata", "pin": "111112"})
        answer = client.post("/collect/sign-in/", {"number": "aminata", "pin": PIN})
        assert answer.status_code == 422
        assert "Réessayez dans 5 minutes" in answer.content.decode()

    def test_a_changed_cookie_is_nobody(self, collecting: CollectingStore) -> None:
        client = signed_in()
        (name,) = (name for name in client.cookies if name.endswith("_collect"))
        client.cookies[name] = client.cookies[name].value.replace("primary", "head_of_post")
        assert client.get("/collect/").headers["Location"] == "/collect/sign-in/"

    def test_who_may_collect_no_more_is_out_at_once(self, collecting: CollectingStore) -> None:
        client = signed_in()
        collecting.remove_officer("aminata")
        assert client.get("/collect/").headers["Location"] == "/collect/sign-in/"

    def test_signing_out(self, collecting: CollectingStore) -> None:
        client = signed_in()
        client.post("/collect/sign-out/")
        assert client.get("/collect/").headers["Location"] == "/collect/sign-in/"
