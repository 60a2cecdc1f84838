"""A document that is newly reported lost is looked for among those that were shown before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from openmidas.cases.looking_back import late, running
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.models import LaterHit, LookedBack
from openmidas.cases.models import HitResolution
from openmidas.cases.settled.pages import open_answers
from openmidas.crossings.inspection import Document, Finding, Severity
from openmidas.crossings.models import Crossing
from openmidas.journal import Actor
from openmidas.journal.rebuild import rebuild
from openmidas.lists.lost.editions import edition_here, file_of
from openmidas.lists.lost.in_use import LOST_NUMBERS
from openmidas.lists.lost.publishing import LostSource, publish_changes
from openmidas.screening.lost import LostReport
from tests.cases.looking_back.conftest import crossed
from tests.cases.looking_back.made import named
from tests.cases.looking_back.test_cancelled import cancelled
from tests.cases.looking_back.test_late import arrives
from tests.support.cast import Cast, client_of, english
from tests.support.lost import MakeCsv, publish_text

pytest_plugins = ("tests.support.lost_fixtures",)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk", "no_files")]

HEAD = "number,type,issuer,date,reason\n"
STOLEN = "SP0000001,P,MLI,2026-03-12,stolen\n"
OTHER = "AB9999999,P,MLI,2019-03-12,lost\n"


@pytest.fixture(autouse=True)
def nothing_open() -> Iterator[None]:
    LOST_NUMBERS.forget()
    yield
    LOST_NUMBERS.forget()


@pytest.fixture
def listed(csv_of: MakeCsv) -> Any:
    """Publish an edition of these rows, or changes of it."""

    def make(rows: str, *, changes: bool = False, removed: bool = False) -> None:
        path: Path = csv_of(HEAD + rows)
        if changes:
            source = LostSource(paths=(path,), removed=removed)
            publish_changes(source, LostReport(), actor=Actor())
        else:
            publish_text(path)

    return make


def shown(**columns: Any) -> Crossing:
    """His passport, as its zone says."""
    row = crossed(**{"document_code": "P", **columns})
    named(row)
    row.refresh_from_db()
    return row


def told() -> tuple[int, int, int, int, int]:
    row = LookedBack.objects.order_by("-clock")[0]
    return row.listings, row.crossings, row.strong, row.possible, row.known


def test_of_an_edition_every_document_is_looked_for(listed: Any) -> None:
    his = shown()
    shown(document_number="SP0000002", document_key="SP0000002")
    listed(STOLEN + OTHER)

    look_back()

    (hit,) = LaterHit.objects.all()
    assert (hit.list_code, hit.crossing, hit.post, hit.level) == (
        "lost",
        his.id,
        his.node,
        "strong",
    )
    assert hit.agreed == ["number"]
    assert "SP0000001" not in hit.listing
    assert told() == (2, 2, 1, 0, 0)


def test_of_changes_those_alone_that_were_put_on(listed: Any) -> None:
    shown()
    newer = shown(document_number="SP0000002", document_key="SP0000002")
    listed(OTHER)
    look_back()

    listed("SP0000002,P,MLI,2026-11-01,lost\n", changes=True)
    look_back()

    assert [hit.crossing for hit in LaterHit.objects.all()] == [newer.id]
    assert told() == (1, 2, 1, 0, 0)


def test_what_was_taken_off_again_is_nobodys_hit(listed: Any) -> None:
    shown()
    listed(OTHER)
    listed(STOLEN, changes=True)
    listed(STOLEN, changes=True, removed=True)

    look_back()

    assert not LaterHit.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"document_issuer": "GIN"},  # another State: another document
        {"document_issuer": ""},  # not known: cannot be asked, as at the counter
        {"document_code": "ID"},  # a card has numbers of its own
        {"document_number": "", "document_key": ""},
    ],
)
def test_it_is_exact_as_at_the_counter(listed: Any, columns: dict[str, str]) -> None:
    shown(**columns)
    listed(STOLEN)
    look_back()
    assert not LaterHit.objects.exists()


def test_where_the_number_is_certainly_written_otherwise_it_is_possible(listed: Any) -> None:
    shown()
    listed("SPOOOOOO1,P,MLI,2026-03-12,stolen\n")
    look_back()
    assert LaterHit.objects.get().level == "possible"


def test_what_the_lane_was_told_is_no_news(listed: Any) -> None:
    his = shown()
    knew = Finding(code="lost_document", severity=Severity.STOP)
    inspection = msgspec.structs.replace(his.inspected(), findings=(knew,))
    Crossing.objects.update(inspection=msgspec.msgpack.encode(inspection))
    listed(STOLEN)

    look_back()

    assert not LaterHit.objects.exists()
    assert told() == (1, 1, 0, 0, 1)


def test_a_cancelled_scan_is_found_too(listed: Any) -> None:
    his = cancelled()
    listed(STOLEN)
    look_back()
    assert LaterHit.objects.get().crossing == his.id


def test_the_next_edition_with_another_key_finds_nobody_twice(listed: Any) -> None:
    shown()
    listed(STOLEN)
    look_back()

    listed(STOLEN + OTHER)
    look_back()

    assert LaterHit.objects.count() == 1
    assert told() == (2, 1, 1, 0, 0)


def test_an_edition_is_looked_for_once_and_a_rebuild_gives_the_same(listed: Any) -> None:
    shown()
    listed(STOLEN)
    look_back()
    look_back()
    hits, backs = list(LaterHit.objects.values()), list(LookedBack.objects.values())
    assert len(backs) == 1

    rebuild()

    assert list(LaterHit.objects.values()) == hits
    assert list(LookedBack.objects.values()) == backs


def test_a_file_that_cannot_be_read_is_tried_again_after_a_while(
    listed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "_unreadable", {})
    his = shown()
    listed(STOLEN)
    edition = edition_here()
    assert edition is not None
    path = file_of(edition)
    whole = path.read_bytes()
    path.write_bytes(b"nothing")
    LOST_NUMBERS.forget()
    look_back()
    assert not LookedBack.objects.exists()

    path.write_bytes(whole)
    LOST_NUMBERS.forget()
    look_back()
    assert not LookedBack.objects.exists()  # it is not asked for at every turn

    monkeypatch.setattr(running, "TRY_AGAIN", timedelta())
    look_back()
    assert LaterHit.objects.get().crossing == his.id


def test_what_posts_send_late_is_looked_at(listed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "SETTLED", timedelta(minutes=-5))
    monkeypatch.setattr(late, "SPAN", timedelta(days=3650))
    listed(STOLEN)
    look_back()
    arrives(document=Document(number="SP0000001", issuer="MLI", code="P"))

    late.look_at_late()

    assert LaterHit.objects.get().list_code == "lost"


def test_one_that_cannot_be_read_holds_up_no_other(
    listed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late, "SETTLED", timedelta(minutes=-5))
    listed(STOLEN)
    look_back()
    arrives(document=Document(number="SP0000001", issuer="MLI", code="P"))
    edition = edition_here()
    assert edition is not None
    file_of(edition).write_bytes(b"nothing")
    LOST_NUMBERS.forget()

    late.look_at_late()

    assert not LaterHit.objects.exists()


@pytest.mark.usefixtures("pages")
class TestThePage:
    @pytest.fixture
    def fanta(self, cast: Cast) -> Client:
        return english(client_of(cast.fanta))

    @pytest.fixture
    def hit(self, listed: Any) -> LaterHit:
        shown()
        one = Crossing.objects.get()
        document = msgspec.structs.replace(one.inspected().document, code="P")
        whole = msgspec.structs.replace(one.inspected(), document=document)
        Crossing.objects.update(inspection=msgspec.msgpack.encode(whole))
        listed(STOLEN)
        look_back()
        return LaterHit.objects.get()

    def opened(self, fanta: Client, hit: LaterHit) -> str:
        there = reverse("later-hit", args=[hit.id])
        answer = fanta.post(there, {"purpose": "lists", "reason": ""}, follow=True)
        return str(answer.content.decode())

    def test_of_all_names_the_list_and_no_number(self, fanta: Client, hit: LaterHit) -> None:
        page = fanta.get(reverse("looking-back")).content.decode()
        assert "Lost and stolen documents" in page
        assert hit.listing in page
        assert "SP0000001" not in page

    def test_says_why_and_since_when_and_asks_about_the_document(
        self, fanta: Client, hit: LaterHit
    ) -> None:
        page = strip_tags(self.opened(fanta, hit))  # characters of a number may be marked
        for said in ("Document reported stolen", "2026-03", "SP0000001", "The reported document"):
            assert said in page
        assert "The same person" not in page

    def test_takes_an_answer_that_nobody_is_remembered_by(
        self, fanta: Client, hit: LaterHit
    ) -> None:
        self.opened(fanta, hit)
        there = reverse("later-hit-answer", args=[hit.id])
        assert fanta.post(there, {"said": "not_same.face"}).status_code == 409
        page = fanta.post(there, {"said": "not_same.document"}, follow=True).content.decode()
        assert "Another document" in page
        row = HitResolution.objects.get()
        assert (row.list_code, row.until) == ("lost", None)
        assert (row.number, row.issuer, row.birth) == ("", "", "")
        assert not open_answers().exists()
        assert "Another document" in fanta.get(reverse("looking-back")).content.decode()

    def test_says_that_the_list_does_not_say_so_any_more(
        self, fanta: Client, hit: LaterHit, listed: Any
    ) -> None:
        listed(STOLEN, changes=True, removed=True)
        page = self.opened(fanta, hit)
        assert "The document is not on the list any more" in page
        there = reverse("later-hit-answer", args=[hit.id])
        assert fanta.post(there, {"said": "same.document"}).status_code == 302
