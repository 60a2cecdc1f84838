"""Displacements in the tables: the same after a rebuild, changed by their own post alone; erasing."""

from __future__ import annotations

import pytest

from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.inspection import Direction
from openmidas.displacements import entries, services
from openmidas.displacements.entries import Cause, People
from openmidas.displacements.models import Displacement, DisplacementCount, DisplacementMark
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.projecting import Origin, moment, project_content
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from tests.conftest import HQ, POST
from tests.crossings.test_projections import arrive
from tests.displacements.conftest import Camp
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen

AT = 1_760_000_000_000


def opened() -> entries.DisplacementOpened:
    return entries.DisplacementOpened(
        displacement=new_id(),
        origin="Ménaka",
        since="2026-11-20",
        cause=Cause.FLOOD,
        direction=Direction.ENTRY,
    )


def counted(said: entries.DisplacementOpened) -> entries.DisplacementCounted:
    return entries.DisplacementCounted(
        count=new_id(), displacement=said.displacement, people=People(men=3), until=AT
    )


def written(clock: int) -> Origin:
    """What an entry at this place of a post's journal comes with."""
    at = moment(AT + clock)
    return Origin(POST, 1, clock, Actor(), at, clock, at)


@pytest.mark.django_db(transaction=True)
def test_rebuilt_displacements_equal_the_live_ones(camp: Camp) -> None:
    row = camp.opened()
    first = camp.counted(row)
    camp.counted(row, instead_of=first)
    one, _two = camp.registered(row, 1, 2)
    services.unmark(camp.boubacar, row.id, one)
    services.close(camp.boubacar, row.id)
    live = all_rows()
    assert len(live["displacements_displacementmark"]) == 2
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
class TestFromAPost:
    def test_nobody_goes_on_with_anothers_displacement(self) -> None:
        mine, other = Pen(), Pen()
        said = opened()
        mine.write(said)
        other.write(counted(said))
        other.write(entries.DisplacementClosed(displacement=said.displacement))
        other.write(
            entries.DisplacementRegistered(
                mark=new_id(), crossing=new_id(), displacement=said.displacement
            )
        )
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        assert Displacement.objects.get().open
        assert Quarantined.objects.filter(node=other.node, code="row.not_owned").count() == 3
        assert not DisplacementCount.objects.exists()
        assert not DisplacementMark.objects.exists()

    def test_the_headquarters_writes_none(self) -> None:
        pen = Pen(NodeKind.HQ)
        pen.write(opened())
        with at_node(HQ):
            arrive(pen)
        assert not Displacement.objects.exists()
        assert Quarantined.objects.exists()

    def test_that_it_is_over_said_earlier_does_not_undo_what_was_said_later(self) -> None:
        said = opened()
        project_content(written(1), said)
        again = entries.DisplacementClosed(displacement=said.displacement, closed=False)
        project_content(written(3), again)
        project_content(written(2), entries.DisplacementClosed(displacement=said.displacement))
        assert Displacement.objects.get().open


@pytest.mark.django_db
def test_a_mark_goes_with_its_crossing_and_the_counts_stay(camp: Camp) -> None:
    row = camp.opened()
    camp.counted(row)
    one, two = camp.registered(row, 1, 2)
    with at_node(HQ):
        order_erasure(places_of_crossing(one), ErasureReason.REQUEST, actor=Actor())
        rebuild()
    assert {found.crossing for found in DisplacementMark.objects.all()} == {two}
    # Nobody knows any more that they were registered: they are people who were counted.
    assert camp.totals(row).balance.people == 50
