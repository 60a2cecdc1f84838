"""The book in the tables: the same after a rebuild, changed by its own post alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from openmidas.crossings.ids import issue_id
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.services import node_time, record
from openmidas.register import entries, services, writing
from openmidas.register.entries import Duty, Ground, Member, OrderedBy
from openmidas.register.models import LinkOutage, Relaxation, Shift
from tests.conftest import HQ
from tests.crossings.test_projections import arrive
from tests.register.conftest import Book
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen

AT = 1_760_000_000_000
TEAM = (Member(officer=new_id(), duty=Duty.IN_CHARGE),)


def opened() -> entries.ShiftOpened:
    return entries.ShiftOpened(shift=new_id(), since=AT, team=TEAM)


def closed(said: entries.ShiftOpened) -> entries.ShiftClosed:
    return entries.ShiftClosed(
        shift=said.shift, until=AT + 1, waiting=entries.Waiting(), figures=entries.Figures()
    )


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_book_equals_the_live_one(book: Book) -> None:
    first = book.opened(node_time() - timedelta(hours=8))
    book.refused()
    writing.relax(book.boubacar, issue_id(), Ground.CROWD, OrderedBy.HEADQUARTERS, "Sorties")
    writing.note_occurrence(book.aminata, issue_id(), "Visite du préfet")
    ended, then = book.handed_over(first, "Rien à signaler")
    writing.end_relaxation(book.coumba, Relaxation.objects.get().id)
    services.close(book.coumba, then.id)
    with transaction.atomic():
        record(entries.LinkRestored(outage=new_id(), lost_at=AT, restored_at=AT + 1), actor=Actor())
    live = all_rows()
    assert len(live["register_shift"]) == 2
    assert len(live["register_linkoutage"]) == 1
    rebuild()
    assert all_rows() == live
    assert ended.told() == Shift.objects.get(id=ended.id).told()


@pytest.mark.django_db
class TestFromAPost:
    def test_nobody_ends_anothers_shift_or_relaxation(self) -> None:
        mine, other, said = Pen(), Pen(), opened()
        relaxed = entries.ShiftRelaxed(
            relaxation=new_id(),
            shift=said.shift,
            ground=Ground.CROWD,
            ordered_by=OrderedBy.IN_CHARGE,
            words="Sorties",
        )
        mine.write(said)
        mine.write(relaxed)
        other.write(closed(said))
        other.write(entries.ShiftRelaxationEnded(relaxation=relaxed.relaxation))
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        assert Shift.objects.get().until is None
        assert Relaxation.objects.get().ended_at is None
        assert Quarantined.objects.filter(node=other.node, code="row.not_owned").count() == 2

    def test_the_headquarters_writes_into_no_book(self) -> None:
        pen = Pen(NodeKind.HQ)
        pen.write(opened())
        pen.write(entries.LinkRestored(outage=new_id(), lost_at=AT, restored_at=AT + 1))
        with at_node(HQ):
            arrive(pen)
        assert not Shift.objects.exists()
        assert not LinkOutage.objects.exists()
        assert Quarantined.objects.filter(node=pen.node).count() == 2
