"""The pages for the public: in four languages, for nobody in particular, and leading nowhere inside."""

from __future__ import annotations

import re
import shutil
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client, RequestFactory

from openmidas.crossings.models import Crossing
from openmidas.crossings.receipts.certifying import certify_posts, signs_with
from openmidas.crossings.receipts.issuing import receipts_of
from openmidas.documents.receipts import receipt_code
from openmidas.journal import Actor
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import revoke
from openmidas.rights import figures, limits, sounds, throttle
from openmidas.rights.answering import answer_complaint
from openmidas.rights.entries import ComplaintKind
from openmidas.rights.keeping import Keeping, Kept
from openmidas.rights.models import Complaint
from openmidas.rights.public import sender
from openmidas.rights.sealing import new_secret
from openmidas.rights.throttle import Sent
from tests.conftest import HQ, POST
from tests.crossings.conftest import admit, paper, scan
from tests.rights.conftest import SECRET, WORDS, Kiosk, complained, taken_in
from tests.support.cast import Cast, acting, at_node, client_of

PAGES = ("", "complaint/", "report/", "answer/", "receipt/", "rights/")


@pytest.fixture
def kiosk(pages: None, acquainted: Cast) -> Client:
    """A browser at the kiosk."""
    return Kiosk()


def form_of(answer: Any) -> dict[str, str]:
    """What the form of a complaint brings along."""
    page = answer.content.decode()
    found = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', page))
    return {**found, "about": "money", "words": WORDS, "language": "fr"}


def shown(page: str) -> list[str]:
    """Number and code word of a complaint that was sent."""
    return re.findall(r'class="mono">([^<]+)<', page)


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


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        ("/public/xx/", "fr", "pas une telle page"),
        ("/public/en/complaints/", "en", "There is no such page here"),
        ("/public/pt/nowhere/", "pt", "página"),
    ],
)
def test_a_page_that_there_is_not_at_a_post(
    kiosk: Client, address: str, language: str, told: str
) -> None:
    answer = kiosk.get(address)
    assert answer.status_code == 404
    assert not answer.cookies
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    links = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert all(link.startswith(("/public/", "/static/", "#")) for link in links)


def test_a_mistake_of_ours_is_told_to_the_public_in_their_language(
    kiosk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.raise_request_exception = False
    monkeypatch.setattr("openmidas.rights.views.kiosk.clock.longest", lambda: 1 // 0)
    answer = kiosk.get("/public/en/complaint/")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "/help/" not in answer.content.decode()
    assert not answer.cookies


def test_a_complaint_is_made_and_the_same_again_shows_the_same(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    assert "secret" not in form
    sent = kiosk.post("/public/en/complaint/", form)
    assert sent.status_code == 200
    assert not sent.cookies
    assert "no-store" in sent.headers["Cache-Control"]
    text = sent.content.decode()
    assert Complaint.objects.get().number in text
    assert WORDS not in text
    again = kiosk.post("/public/en/complaint/", form).content.decode()
    assert shown(again) == shown(text)
    assert Complaint.objects.count() == 1
    # In another language, it is the same.
    assert shown(kiosk.get(f"/public/pt/shown/{form['id']}/").content.decode()) == shown(text)


def test_who_is_done_leaves_nothing_behind(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    text = kiosk.post("/public/en/complaint/", form).content.decode()
    (done,) = set(re.findall(r'href="(/public/en/\?done=[^"]+)"', text))
    assert kiosk.get(done).headers["Location"] == "/public/en/"
    gone = kiosk.get(f"/public/en/shown/{form['id']}/")
    assert gone.status_code == 404
    assert "is not shown again" in gone.content.decode()
    # A form that a browser kept: its words are a new complaint, if that is what somebody wants.
    again = kiosk.post("/public/en/complaint/", form)
    assert again.status_code == 422
    assert "This form was sent before." in again.content.decode()
    assert shown(text)[1] not in again.content.decode()
    kiosk.post("/public/en/complaint/", form_of(again))
    assert Complaint.objects.count() == 2


def test_an_answer_waits_for_minutes(kiosk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    kiosk.post("/public/en/complaint/", form)
    later = time.monotonic() + limits.KEPT_FOR.total_seconds() + 1
    monkeypatch.setattr("openmidas.rights.keeping.time.monotonic", lambda: later)
    assert kiosk.get(f"/public/en/shown/{form['id']}/").status_code == 404


def test_a_number_of_a_receipt_that_cannot_be_right_is_told_and_hinders_nobody(
    kiosk: Client,
) -> None:
    form = form_of(kiosk.get("/public/en/complaint/")) | {"receipt": "NOT-A-RECEIPT"}
    told = kiosk.post("/public/en/complaint/", form)
    assert told.status_code == 422
    text = told.content.decode()
    assert "the number of the receipt cannot be right" in text
    assert WORDS in text
    assert 'value="NOT-A-RECEIPT"' in text
    assert 'name="unread"' in text
    assert not Complaint.objects.exists()
    assert kiosk.post("/public/en/complaint/", form | {"unread": "on"}).status_code == 200
    without = form_of(kiosk.get("/public/en/complaint/")) | {"receipt": ""}
    assert kiosk.post("/public/en/complaint/", without).status_code == 200


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
    assert kiosk.post("/public/en/complaint/", {"id": "x"}).status_code == 422


def test_another_site_sends_nothing_here(kiosk: Client) -> None:
    form = form_of(kiosk.get("/public/en/complaint/"))
    sent = kiosk.post("/public/en/complaint/", form, HTTP_SEC_FETCH_SITE="cross-site")
    assert sent.status_code == 403
    assert not Complaint.objects.exists()


def test_nobody_sends_without_end_and_a_danger_is_told_all_the_same(
    kiosk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = throttle.Allowance(one=1, kiosk=2, others=2)
    monkeypatch.setattr(throttle, "ALLOWANCES", throttle.ALLOWANCES | {Sent.COMPLAINT: few})
    one, other, third = (Kiosk(REMOTE_ADDR=f"192.0.2.{place}") for place in (7, 8, 9))

    def complain(browser: Client) -> Any:
        form = form_of(browser.get("/public/en/complaint/"))
        return browser.post("/public/en/complaint/", form)

    # A form that is not complete is none that was sent.
    empty = form_of(one.get("/public/en/complaint/")) | {"about": ""}
    assert one.post("/public/en/complaint/", empty).status_code == 422
    assert complain(one).status_code == 200
    full = complain(one)
    assert full.status_code == 429
    assert "too many complaints came from here" in full.content.decode()
    assert WORDS in full.content.decode()
    assert complain(other).status_code == 200
    assert complain(third).status_code == 429  # it is all the others together
    assert [complain(kiosk).status_code for _ in range(3)] == [200, 200, 429]
    report = form_of(one.get("/public/en/report/")) | {"kind": "security"}
    assert one.post("/public/en/report/", report).status_code == 200


def test_a_report_that_is_too_many_says_whom_to_tell(
    kiosk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = throttle.Allowance(one=0, kiosk=0, others=0)
    monkeypatch.setattr(throttle, "ALLOWANCES", throttle.ALLOWANCES | {Sent.REPORT: none})
    report = form_of(kiosk.get("/public/en/report/")) | {"kind": "security"}
    answer = kiosk.post("/public/en/report/", report)
    assert answer.status_code == 429
    assert "Tell an officer now." in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_code_words_are_not_tried_without_end_and_a_right_one_costs_nothing(
    kiosk: Client, acquainted: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    two = throttle.Allowance(one=2, kiosk=2, others=2)
    monkeypatch.setattr(throttle, "ALLOWANCES", throttle.ALLOWANCES | {Sent.CODE_WORD: two})
    row = complained()
    taken_in()
    with at_node(HQ):
        answer_complaint(acting(acquainted.kadiatou), row.id, new_id(), "You were right.", None)
    right, wrong = ({"number": row.number, "secret": word} for word in (SECRET, new_secret()))
    for _ in range(4):
        assert b"You were right." in kiosk.post("/public/en/answer/", right).content
    assert kiosk.post("/public/en/answer/", {"number": "x", "secret": "y"}).status_code == 422
    for _ in range(2):
        assert b"No answer for this number" in kiosk.post("/public/en/answer/", wrong).content
    full = kiosk.post("/public/en/answer/", wrong)
    assert full.status_code == 429
    assert b"Try again in ten minutes" in full.content


def test_an_answer_is_gone_once_it_was_read(kiosk: Client, acquainted: Cast) -> None:
    row = complained()
    taken_in()
    with at_node(HQ):
        answer_complaint(acting(acquainted.kadiatou), row.id, new_id(), "You were right.", None)
    answer = kiosk.post("/public/en/answer/", {"number": row.number, "secret": SECRET})
    ((shown_at, _),) = answer.redirect_chain
    assert SECRET not in answer.content.decode()
    (done,) = set(re.findall(r'href="(/public/en/\?done=[^"]+)"', answer.content.decode()))
    kiosk.get(done)
    assert kiosk.get(shown_at).status_code == 404


def test_a_flood_does_not_get_the_memory(kiosk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    none = throttle.Allowance(one=0, kiosk=0, others=0)
    monkeypatch.setattr(throttle, "ALLOWANCES", throttle.ALLOWANCES | {Sent.MISTAKE: none})
    form = form_of(kiosk.get("/public/en/complaint/")) | {"about": ""}
    answer = kiosk.post("/public/en/complaint/", form)
    assert answer.redirect_chain == []
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    keeping = Keeping(most=2)
    ids = [new_id() for _ in range(3)]
    for id in ids:
        keeping.keep(id, Kept(template="home.html", context={}))
    assert [keeping.shown(id) is not None for id in ids] == [False, True, True]


def test_a_kiosk_is_the_posts_own_screen_and_those_that_it_names(
    kiosk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    node = this_node()
    named = msgspec.structs.replace(node.config, kiosks=("192.0.2.20",))
    monkeypatch.setattr(node, "config", named)
    factory = RequestFactory()
    for address, expected in (
        ("127.0.0.1", True),
        ("192.0.2.20", True),
        ("::ffff:192.0.2.20", True),
        ("192.0.2.21", False),
        ("", False),
    ):
        assert sender(factory.get("/", REMOTE_ADDR=address))["kiosk"] is expected
    assert node.config.wrong_field() is None
    assert msgspec.structs.replace(named, kiosks=("the hall",)).wrong_field() == "kiosks"


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
    with at_node(HQ):
        revoke(POST, "its machine was stolen", actor=Actor())
    late = msgspec.structs.replace(receipt.said, at=receipt.said.at + timedelta(hours=1))
    forged = receipt_code(this_node().key, signs_with() or b"", late)
    text = kiosk.post("/public/en/receipt/", {"code": forged}).content.decode()
    assert "verdict--revoked" in text
    assert "from a post that was revoked" in text
    assert receipt.said.number not in text
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
        assert (b"".join(heard.streaming_content), heard.headers["Content-Type"]) == (
            spoken.read_bytes(),
            "audio/ogg",
        )
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
    node = this_node()
    monkeypatch.setattr(node, "config", msgspec.structs.replace(node.config, public="0.0.0.0:8001"))
    assert kiosk.get("/public/fr/").status_code == 404
    assert kiosk.get("/public/receipts.html").status_code == 404
    settings.PUBLIC_SITE = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    assert kiosk.get("/public/fr/").status_code == 200
