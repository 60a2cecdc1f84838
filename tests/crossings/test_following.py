"""Many journals of posts at an HQ: their tables follow together, in the way of nobody."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction

from openmidas.crossings.entries import (
    AdmissionReason,
    CrossingAdmitted,
    CrossingReferred,
    CrossingResolved,
    Outcome,
    ReferralReason,
)
from openmidas.crossings.inspection import Document, Inspection, Journey, Traveller
from openmidas.crossings.models import Crossing, Status
from openmidas.journal import following
from openmidas.journal.following import project_all
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.store import lock_journal, open_journal, receive
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")


def inspection(surname: str) -> Inspection:
    return Inspection(
        id=new_id(),
        lane="1",
        opened_at=0,
        traveller=Traveller(surname=surname),
        document=Document(),
        journey=Journey(),
    )


def admitted(who: Inspection) -> CrossingAdmitted:
    return CrossingAdmitted(inspection=who, reason=AdmissionReason.CLEAR)


def arrive(*pens: Pen) -> list[Journal]:
    for pen in pens:
        open_journal(pen.node, 1, pen.kind, pen.public_key)
        with transaction.atomic():
            receive(pen.segment(), lock_journal(pen.node, 1))
    return list(Journal.objects.filter(node__in=[pen.node for pen in pens]).order_by("pk"))


def written(*contents: CrossingAdmitted | CrossingReferred | CrossingResolved) -> Pen:
    pen = Pen()
    for content in contents:
        pen.write(content)
    return pen


def test_several_together_give_the_same_rows_as_one_by_one() -> None:
    doubtful = inspection("KEITA")
    refer = CrossingReferred(inspection=doubtful, reason=ReferralReason.IDENTITY_DOUBT)
    resolve = CrossingResolved(crossing=doubtful.id, outcome=Outcome.ADMITTED)
    pens = [written(refer, resolve), *(written(admitted(inspection("BAH"))) for _ in range(3))]
    journals = arrive(*pens)
    assert project_all(journals) == 5
    assert Crossing.objects.get(id=doubtful.id).status == Status.ADMITTED
    assert Crossing.objects.filter(surname="BAH").count() == 3
    assert not Journal.objects.filter(pk__in=[one.pk for one in journals], projected=0).exists()
    assert project_all(arrive(*pens)) == 0


def test_one_that_spoils_a_batch_delays_no_other_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_apart", set())
    theirs = inspection("BAH")
    honest, thief = written(admitted(theirs)), written(admitted(theirs))
    honest.write(admitted(inspection("SIDIBE")))
    first, second = arrive(honest, thief)
    assert project_all([first, second]) == 3
    assert Quarantined.objects.get().node == thief.node
    assert Crossing.objects.filter(node=honest.node).count() == 2
    assert following._apart == {second.pk}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
@pytest.mark.django_db(transaction=True)
def test_a_post_goes_on_bringing_while_its_tables_follow() -> None:
    pen = written(admitted(inspection("BAH")))
    (journal,) = arrive(pen)
    pen.write(admitted(inspection("SIDIBE")))
    with transaction.atomic():
        following._hold([journal])
        bringing = threading.Thread(target=_bring, args=(pen,))
        bringing.start()
        bringing.join(timeout=20)
        assert not bringing.is_alive(), "its receipt waits for the tables"
        assert Journal.objects.get(pk=journal.pk).sequence == 2
    with transaction.atomic():
        lock_journal(pen.node, 1, alone=True)
        follows = threading.Thread(target=_follow, args=(journal,))
        follows.start()
        follows.join(timeout=1)
        assert follows.is_alive(), "whoever changes what stands in a journal is alone with it"
    follows.join()
    assert Crossing.objects.count() == 2


def _bring(pen: Pen) -> None:
    arrive(pen)
    connections.close_all()


def _follow(journal: Journal) -> None:
    project_all([journal])
    connections.close_all()
