"""The receipt's page, where it is offered, and the command that writes the page of the State."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from openmidas.cli import main
from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.issuing import number_of
from openmidas.lists.in_use import LISTS
from tests.conftest import HQ
from tests.crossings.conftest import paper, publish, publish_list, rules_of
from tests.crossings.receipts.conftest import certify
from tests.support.cast import Cast, at_node, client_of, english


@pytest.fixture
def lane(pages: None, cast: Cast, tmp_path: Path) -> Client:
    """Aminata at lane 1 of a post that signs."""
    LISTS.forget()
    publish(rules_of(timezone.localdate()))
    publish_list(tmp_path)
    certify()
    return english(client_of(cast.aminata))


def decided(lane: Client, action: str = "admit") -> tuple[UUID, str]:
    """Somebody who was scanned and decided on; what the lane's page says then."""
    id = issue_id()
    lane.post("/counter/scan/", {"id": str(id), "raw": paper(state="GIN", surname="DIALLO")})
    answer = lane.post("/counter/decide/", {"ids": str(id), "action": action})
    return id, answer.content.decode()


def test_the_lane_offers_the_receipt_and_needs_no_key_to_go_on(lane: Client) -> None:
    id, page = decided(lane)
    number = number_of(Crossing.objects.get(id=id))
    assert f'href="/counter/receipts/{id}/"' in page
    assert number in page
    assert 'data-state="idle"' in page
    assert number in lane.get("/counter/").content.decode()


def test_no_receipt_is_offered_for_whom_nobody_let_cross(lane: Client) -> None:
    id, page = decided(lane, "refer")
    assert "/counter/receipts/" not in page
    assert lane.get(f"/counter/receipts/{id}/").status_code == 404


def test_the_receipt_names_nobody_and_says_what_counts(lane: Client) -> None:
    id, _ = decided(lane)
    page = lane.get(f"/counter/receipts/{id}/").content.decode()
    crossing = Crossing.objects.get(id=id)
    for told in ("Kourémalé", "Rien à payer", "Nothing to pay", "…0001", str(crossing.stay_until)):
        assert told in page
    assert "DIALLO" not in page
    assert "SP0000001" not in page


@pytest.mark.parametrize(
    ("beside", "words"),
    [("ar", "لا يوجد ما يُدفع"), ("pt", "Nada a pagar"), ("xx", "Nothing to pay")],
)
def test_another_language_stands_beside_french(lane: Client, beside: str, words: str) -> None:
    id, _ = decided(lane)
    page = lane.get(f"/counter/receipts/{id}/", {"beside": beside, "paper": "58"}).content.decode()
    assert words in page
    assert "Rien à payer" in page
    assert "paper-58" in page


def test_the_second_line_gives_receipts_too(lane: Client, cast: Cast) -> None:
    id, _ = decided(lane, "refer")
    room = english(client_of(cast.boubacar))
    room.post(f"/second-line/{id}/resolve/", {"outcome": "admitted"})
    assert f"/counter/receipts/{id}/" in room.get(f"/second-line/{id}/").content.decode()
    assert room.get(f"/counter/receipts/{id}/").status_code == 200


def test_the_page_of_the_state_is_one_file(lane: Client, tmp_path: Path) -> None:
    path = tmp_path / "receipts.html"
    with at_node(HQ):
        assert main(["receipts", "page", "--out", str(path)]) == 0
    page = path.read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert not any(word in page for word in ("http://", "https://", "src=", "href="))
    assert main(["receipts", "page", "--out", str(tmp_path)]) == 1


@pytest.mark.usefixtures("own_journal")
def test_a_post_that_knows_no_headquarters_cannot_write_it(tmp_path: Path) -> None:
    assert main(["receipts", "page", "--out", str(tmp_path / "page.html")]) == 1
