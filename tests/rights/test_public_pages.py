"""The pages for the public: in four languages, for nobody in particular, and leading nowhere inside."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.certifying import certify_posts
from openmidas.crossings.receipts.issuing import receipts_of
from openmidas.journal.models import JournalEntry
from openmidas.nodes.identity import this_node
from openmidas.rights import figures, limits, sounds
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.models import Complaint
from openmidas.rights.sealing import new_secret
from tests.conftest import HQ
from tests.crossings.conftest import admit, paper, scan
from tests.rights.conftest import WORDS, complained, taken_in
from tests.support.cast import Cast, at_node, client_of

PAGES = ("", "complaint/", "report/", "answer/", "receipt/", "rights/")


@pytest.fixture
def kiosk(pages: None, acquainted: Cast) -> Client:
    """A browser at the kiosk."""
    return Client()


def form_of(answer: HttpResponse) -> dict[str, str]:
    """What the form of a complaint brings along."""
    page = answer.content.decode()
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    return {**found, "about": "money", "words": WORDS, "language": "fr"}


@pytest.mark.parametrize("language", ["fr", "en", "ar", "pt"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_apart(kiosk: Client, page: str, language: str) -> None:
    answer = kiosk.get(f"/public/{language}/{page}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert answer.headers["Content-Language"] == language
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    links = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert all(link.startswith(("/public/", "/static/", "#")) for link in links)


def test_every_page_of_the_public_has_words_of_its_own_in_every_language(kiosk: Client) -> None:
    for page in PAGES:
        texts = {kiosk.get(f"/public/{one}/{page}").content for one in ("fr", "en", "ar", "pt")}
        titles = {re.search(rb"<h1>(.*?)</h1>", text)[1] for text in texts}  # type: ignore[index]  # each has one
        assert len(titles) == 4


def test_a_language_that_there_is_not(kiosk: Client) -> None:
    assert kiosk.get("/public/xx/").status_code == 404


def test_a_complaint_is_made_and_the_same_again_shows_the_same(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    sent = kiosk.post("/public/en/complaint/", form)
    assert sent.status_code == 200
    assert not sent.cookies
    text = sent.content.decode()
    assert Complaint.objects.get().number in text
    assert form["secret"] in text
    assert WORDS not in text
    assert (
        Complaint.objects.get().number in kiosk.post("/public/en/complaint/", form).content.decode()
    )
    assert Complaint.objects.count() == 1


def test_who_went_back_and_wrote_more_is_told_that_the_first_was_sent(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    assert b"It was sent before" not in kiosk.post("/public/en/complaint/", form).content
    more = {**form, "words": f"{form['words']} And my bag."}
    assert b"It was sent before" in kiosk.post("/public/en/complaint/", more).content


def test_an_officer_who_is_signed_in_leaves_no_name(kiosk: Client, acquainted: Cast) -> None:
    officer = client_of(acquainted.coumba)
    officer.post("/public/en/complaint/", form_of(officer.get("/public/en/complaint/")))
    body = JournalEntry.objects.get(kind="complaint.made").body or b""
    assert str(acquainted.coumba.id).encode() not in bytes(body)


def test_what_was_typed_stays_when_something_is_missing(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    del form["about"]
    answer = kiosk.post("/public/en/complaint/", form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose what the complaint is about." in text
    assert WORDS in text
    assert form["secret"] in text
    assert kiosk.post("/public/en/complaint/", {"id": "x"}).status_code == 422


def test_another_site_sends_nothing_here(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    sent = kiosk.post("/public/en/complaint/", form, HTTP_SEC_FETCH_SITE="cross-site")
    assert sent.status_code == 403
    assert not Complaint.objects.exists()


def test_nobody_sends_without_end(kiosk: Client) -> None:
    for _ in range(limits.FROM_ONE):
        form = form_of(kiosk.get("/public/en/complaint/"))
        assert kiosk.post("/public/en/complaint/", form).status_code == 200
    form = form_of(kiosk.get("/public/en/complaint/"))
    assert "Wait ten minutes" in kiosk.post("/public/en/complaint/", form).content.decode()
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert other.post("/public/en/complaint/", form).status_code == 200


def test_a_receipt_is_checked_at_the_post(kiosk: Client, acquainted: Cast) -> None:
    with at_node(HQ):
        certify_posts()
    inspection = scan(paper())
    admit(inspection)
    assert Crossing.objects.get().status == "admitted"
    (receipt,) = receipts_of(inspection.id)
    text = kiosk.post("/public/en/receipt/", {"code": receipt.code}).content.decode()
    assert "verdict--valid" in text
    assert receipt.said.number in text
    wrong = receipt.code[:-9] + ("A" if receipt.code[-9] != "A" else "B") + receipt.code[-8:]
    assert "verdict--invalid" in kiosk.post("/public/en/receipt/", {"code": wrong}).content.decode()
    assert "verdict--unreadable" in kiosk.post("/public/fr/receipt/").content.decode()
    assert b"default-src 'none'" in kiosk.get("/public/receipts.html").content


def test_the_notice_is_heard_where_somebody_spoke_it(kiosk: Client, tmp_path: Path) -> None:
    assert kiosk.get("/public/fr/rights/fr.sound").status_code == 404
    assert "<audio" not in kiosk.get("/public/fr/rights/").content.decode()
    spoken = tmp_path / "voice"
    spoken.write_bytes(b"OggS" + bytes(24) + b"OpusHead")
    try:
        sounds.take("fr", spoken)
        assert kiosk.get("/public/fr/rights/").content.decode().count("<audio") == 1
        assert "<audio" not in kiosk.get("/public/pt/rights/").content.decode()
        heard = kiosk.get("/public/fr/rights/fr.sound")
        assert (heard.content, heard.headers["Content-Type"]) == (spoken.read_bytes(), "audio/ogg")
        # Who reads none of the written languages hears their own.
        sounds.take("bm", spoken)
        page = kiosk.get("/public/pt/rights/").content.decode()
        assert "Ouvir noutra língua" in page
        assert "/public/pt/rights/bm.sound" in page
        assert kiosk.get("/public/pt/rights/bm.sound").status_code == 200
        assert kiosk.get("/public/pt/rights/xx.sound").status_code == 404
    finally:
        shutil.rmtree(this_node().home.path("notices"))


def test_figures_find_nobody(pages: None, acquainted: Cast) -> None:
    for about, count in ((ComplaintKind.MONEY, 6), (ComplaintKind.VIOLENCE, 2)):
        for _ in range(count):
            complained(about=about, secret=new_secret())
    taken_in()
    with at_node(HQ):
        (row,) = figures.published()
        assert row.counts == (6, 0, None, 0, 0, 0)
        text = Client().get("/public/en/complaints/").content.decode()
        assert "&lt; 5" in text
        assert Client().get("/public/complaints.csv").content.decode().endswith(",6,0,,0,0,0\r\n")


def test_with_an_address_of_their_own_they_are_nowhere_else(
    kiosk: Client, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    import msgspec

    node = this_node()
    monkeypatch.setattr(node, "config", msgspec.structs.replace(node.config, public="0.0.0.0:8001"))
    assert kiosk.get("/public/fr/").status_code == 404
    assert kiosk.get("/public/receipts.html").status_code == 404
    settings.PUBLIC_SITE = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert kiosk.get("/public/fr/").status_code == 200
