"""What a post sends after it was looked back is held against the same news."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from openmidas.cases.looking_back import late
from openmidas.cases.looking_back.jobs import look_back
from openmidas.cases.looking_back.limits import FOLLOWED
from openmidas.cases.looking_back.local import LateLook
from openmidas.cases.looking_back.models import LaterHit
from openmidas.crossings.entries import AdmissionReason, CrossingAdmitted, InspectionCancelled
from openmidas.crossings.inspection import Document
from openmidas.documents import PartialDate
from openmidas.exchange.taking import take_segment
from openmidas.exchange.worker import run_once
from openmidas.journal import NodeKind, Receipt
from openmidas.journal.segments import pack
from openmidas.nodes.services import node_time
from tests.cases.looking_back.conftest import crossed, published
from tests.cases.looking_back.made import inspection
from tests.exchange.peers import befriend
from tests.support.national import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def looked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Souleymane Sangaré was looked for; whatever arrives is settled at once."""
    monkeypatch.setattr(late, "SETTLED", timedelta(minutes=-5))
    monkeypatch.setattr(late, "SPAN", timedelta(days=3650))  # `Pen` writes in another year
    desk.listed()
    published(desk)
    look_back()
    return desk


def arrives(
    *, document: Document | None = None, cancelled: bool = False, **changes: object
) -> None:
    """A post that was away sends his crossing, or the scan that was cancelled."""
    one = inspection("SANGARE", "SOULEYMANE")
    traveller = msgspec.structs.replace(
        one.traveller, birth=PartialDate(1974, 3, 12), nationality="MLI", **changes
    )
    pen, peer = befriend(NodeKind.POST)
    whole = msgspec.structs.replace(one, traveller=traveller, document=document or one.document)
    if cancelled:
        pen.write(InspectionCancelled(inspection=whole))
    else:
        pen.write(CrossingAdmitted(inspection=whole, reason=AdmissionReason.CLEAR))
    assert isinstance(take_segment(peer, pack(pen.segment())), Receipt)
    while run_once():
        pass


def test_who_crossed_before_and_is_heard_of_later_is_found(looked: Desk) -> None:
    arrives()
    arrives(surname="KEITA")

    late.look_at_late()

    (hit,) = LaterHit.objects.all()
    assert hit.level == "strong"


def test_so_is_who_was_cancelled(looked: Desk) -> None:
    arrives(cancelled=True)
    late.look_at_late()
    assert LaterHit.objects.get().level == "strong"


def test_it_is_looked_at_once(looked: Desk) -> None:
    arrives()
    late.look_at_late()
    LaterHit.objects.all().delete()

    late.look_at_late()

    assert not LaterHit.objects.exists()


def test_what_has_just_arrived_waits(looked: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "SETTLED", timedelta(minutes=5))
    arrives()
    late.look_at_late()
    assert not LaterHit.objects.exists()


def test_after_a_month_it_ends(looked: Desk) -> None:
    LateLook.objects.update(since=node_time() - FOLLOWED - timedelta(days=1))
    arrives()

    late.look_at_late()

    assert not LaterHit.objects.exists()
    assert not LateLook.objects.exists()


def test_what_was_there_before_is_no_late_hit(looked: Desk) -> None:
    crossed()  # by no entry that arrived
    late.look_at_late()
    assert not LaterHit.objects.exists()
