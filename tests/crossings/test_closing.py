"""The sheet that closes a shift: its numbers, the mark of the journal, the last receipt."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmidas.crossings.closing import closing_sheet
from openmidas.crossings.counting import Count, record_count
from openmidas.crossings.entries import CountReason, Outcome
from openmidas.crossings.inspection import Direction, Document, Journey, Traveller
from openmidas.crossings.models import Crossing, Recorded
from openmidas.crossings.recording import PaperLine, record_line
from openmidas.journal import NodeKind
from openmidas.journal.models import Journal, new_id
from openmidas.journal.witnessed import HeldLogHead
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import node_time
from tests.crossings.conftest import BOUBACAR, admit, paper, scan
from tests.exchange.peers import befriend, receipt_by
from tests.journal.test_forgeries import hold
from tests.support.cast import Cast, client_of

pytestmark = pytest.mark.usefixtures("pages", "post")

AT = 1_760_000_000_000


def cross(number: str) -> None:
    admit(scan(paper(number=number)))


def own() -> Journal:
    return Journal.objects.get(node=this_node().id)


def test_it_counts_the_crossings_of_the_shift_alone() -> None:
    for number in ("SP0000001", "SP0000002", "SP0000003"):
        cross(number)
    first = Crossing.objects.order_by("at")[0]
    Crossing.objects.filter(id=first.id).update(at=first.at - timedelta(hours=9))
    assert (closing_sheet(8).entries, closing_sheet(12).entries) == (2, 3)
    Crossing.objects.exclude(id=first.id).update(status="refused")
    sheet = closing_sheet(8)
    assert (sheet.entries, sheet.refused, sheet.cancelled, sheet.counted) == (0, 2, 0, 0)


def test_what_is_typed_in_counts_by_when_it_was_typed_in() -> None:
    yesterday = node_time() - timedelta(days=1)
    line = PaperLine(
        traveller=Traveller(surname="Diallo", nationality="GIN"),
        document=Document(),
        journey=Journey(),
        crossed_at=yesterday,
        outcome=Outcome.ADMITTED,
    )
    record_line(BOUBACAR, new_id(), line)
    count = Count(
        day=timezone.localdate(yesterday - timedelta(hours=8)),
        direction=Direction.EXIT,
        number=60,
        reason=CountReason.CROWD,
    )
    record_count(BOUBACAR, new_id(), count)
    cross("SP0000001")
    Crossing.objects.filter(recorded=Recorded.LIVE).update(recorded=Recorded.REGISTER)
    sheet = closing_sheet(8)
    assert (sheet.from_paper, sheet.late, sheet.counted, sheet.counted_late) == (1, 1, 60, 60)
    Crossing.objects.update(typed_at=yesterday)
    assert closing_sheet(8).from_paper == 0


def test_it_bears_the_mark_of_the_journal_and_the_last_receipt(cast: Cast) -> None:
    pen, hq = befriend(NodeKind.HQ, name="Bamako")
    hold(receipt_by(pen, own().place(), AT))
    cross("SP0000001")
    HeldLogHead.objects.create(
        log=hq.id, epoch=1, size=1204, root=b"\xab" * 32, at=AT, signature=bytes(64)
    )
    client = client_of(cast.coumba)
    client.cookies["midas_language"] = "en"
    page = client.get(reverse("shift-closing")).content.decode()
    mark = own().hash.hex()
    assert f"{mark[:4]} {mark[4:8]} {mark[8:12]} {mark[12:16]}" in page
    assert "by Bamako" in page
    assert "2025-10-09 08:53" in page
    assert "Without a receipt yet" in page
    assert "1,204" in page
    assert "abab abab abab abab" in page


def test_a_post_that_was_never_heard_of_says_so(cast: Cast) -> None:
    client = client_of(cast.coumba)
    client.cookies["midas_language"] = "en"
    page = client.get(reverse("shift-closing"), {"hours": "nonsense"}).content.decode()
    assert "None yet: headquarters holds nothing of this journal." in page


def test_it_is_in_french_too(cast: Cast) -> None:
    client = client_of(cast.coumba)
    client.cookies["midas_language"] = "fr"
    assert "Fiche de clôture" in client.get(reverse("shift-closing")).content.decode()
