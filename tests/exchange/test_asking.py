"""The post's side: what it asks, and what it makes of the answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.db import transaction
from django.utils import timezone

from openmidas.exchange.asking import Digest, digest, keep_received, make_ask
from openmidas.exchange.contact import note_problem
from openmidas.exchange.messages import Ask, News, now
from openmidas.exchange.records import Received
from openmidas.exchange.status import exchange_status
from openmidas.journal import Actor, JournalError, NodeKind
from openmidas.journal.models import Journal
from openmidas.journal.segments import pack
from openmidas.nodes.identity import this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.services import record
from tests.exchange.peers import befriend, opened, receipt_by
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("own_journal")


def ask(hq: Peer, troubled: str = "") -> Ask:
    return make_ask(hq, round_trip=0, wants=True, refused="", troubled=troubled)


def hear(hq: Peer, asked: Ask | None = None, trip: int = 100, **values: Any) -> Digest:
    news = {"time": now(), "receipts": (), "segments": (), "waiting": 0} | values
    return digest(hq, asked or ask(hq), News(**news), trip)


def receipted(pen: Pen, hq: Peer, *, well: bool) -> None:
    """The HQ gives a receipt for all that we wrote, in a stream."""
    place = own().place()
    told = receipt_by(pen, place)
    received = Received(place.epoch, place.sequence, told.at, told.signature)
    keep_received(hq, received, well=well)


def own() -> Journal:
    return Journal.objects.get(node=this_node().id)


def problem_of(hq: Peer) -> str:
    return Peer.objects.get(id=hq.id).last_problem


def test_it_asks_from_where_both_journals_stand() -> None:
    pen, hq = befriend(NodeKind.HQ, entries=3)
    assert ask(hq).held == ()
    hear(hq, segments=(pack(pen.segment(0, 2)),), waiting=1)
    (held,) = ask(hq).held
    assert (held.place.sequence, held.witness) == (2, this_node().id)
    (head,) = ask(hq).heads
    assert head == own().head()


def test_it_asks_again_at_once_after_what_was_new() -> None:
    pen, hq = befriend(NodeKind.HQ, entries=3)
    asked = ask(hq)
    assert hear(hq, segments=(pack(pen.segment(0, 2)),), waiting=1).more
    again = ask(hq)
    assert not hear(hq, again, segments=(pack(pen.segment(0, 2)),), waiting=1).more, (
        "but not for repeats"
    )
    assert asked != again
    last = hear(hq, segments=(pack(pen.segment()),), waiting=0)
    assert last.more, "the HQ is to hear that it has arrived"
    assert not hear(hq, waiting=0).more


def test_a_receipt_is_kept_forward_only() -> None:
    pen, hq = befriend(NodeKind.HQ)
    first = receipt_by(pen, own().place())
    with transaction.atomic():
        record(opened("more"), actor=Actor())
    second = receipt_by(pen, own().place())
    for receipt, to_go in [(first, 1), (second, 0), (first, 0)]:
        hear(hq, receipts=(receipt,))
        status = exchange_status().hq
        assert status is not None
        assert status.to_go == to_go
    assert status.receipt == 2


def test_a_receipt_that_the_hq_did_not_sign_is_not_believed() -> None:
    pen, hq = befriend(NodeKind.HQ)
    true = receipt_by(pen, own().place())
    with pytest.raises(JournalError, match=r"receipt\.not_signed"):
        hear(hq, receipts=(msgspec.structs.replace(true, at=true.at + 1),))
    status = exchange_status().hq
    assert status is not None
    assert status.to_go == 1


def test_a_post_restored_from_a_backup_learns_it_from_the_hq() -> None:
    pen, hq = befriend(NodeKind.HQ)
    later = msgspec.structs.replace(own().place(), sequence=9)
    assert hear(hq, receipts=(receipt_by(pen, later),)).troubled == "journal.behind"
    assert problem_of(hq) == "ours.journal.behind"
    other = msgspec.structs.replace(own().place(), hash=bytes(32))
    assert hear(hq, receipts=(receipt_by(pen, other),)).troubled == "journal.fork"
    hear(hq, ask(hq, troubled="journal.fork"), receipts=(receipt_by(pen, own().place()),))
    assert problem_of(hq) == ""


def test_a_bad_segment_of_the_hq_is_refused_and_told() -> None:
    pen, hq = befriend(NodeKind.HQ, entries=2)
    bad = pen.segment()
    bad = msgspec.structs.replace(bad, entries=bad.entries[:1])
    assert hear(hq, segments=(pack(bad),)).refused == "head.not_signed"
    assert problem_of(hq) == "head.not_signed"
    hear(hq, segments=(pack(pen.segment()),))
    assert problem_of(hq) == ""


@pytest.mark.parametrize(("trip", "ahead"), [(2000, 61_000), (20_000, None)])
def test_the_hqs_clock_is_compared_where_the_answer_was_quick(trip: int, ahead: int | None) -> None:
    _, hq = befriend(NodeKind.HQ)
    hear(hq, trip=trip, time=now() + 60_000)
    found = Peer.objects.get(id=hq.id).clock_ahead
    assert (found is None) == (ahead is None)
    assert abs((found or 0) - (ahead or 0)) < 1000


def test_a_receipt_is_a_contact_however_long_a_backlog_lasts() -> None:
    """Nothing else is heard while it goes up: pings are for those who have nothing to say."""
    pen, hq = befriend(NodeKind.HQ)
    Peer.objects.filter(id=hq.id).update(last_contact=timezone.now() - timedelta(hours=1))
    receipted(pen, hq, well=True)
    found = exchange_status().hq
    assert found is not None
    assert (found.reachable, found.to_go) == (True, 0)


def test_what_is_wrong_with_one_journal_stays_said_while_another_is_taken() -> None:
    pen, hq = befriend(NodeKind.HQ)
    note_problem(hq.id, "ours.journal.fork")
    receipted(pen, hq, well=False)
    assert problem_of(hq) == "ours.journal.fork"
    receipted(pen, hq, well=True)
    assert problem_of(hq) == ""
