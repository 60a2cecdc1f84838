"""Incidents in the tables: the same after a rebuild, changed by their own node alone, and what is erased."""

from __future__ import annotations

from typing import Any

import pytest

from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.ids import issue_id
from openmidas.incidents import entries, services
from openmidas.incidents.entries import IncidentKind, Outcome, Severity, Told
from openmidas.incidents.linking import Links
from openmidas.incidents.models import Incident, IncidentLink, IncidentStep
from openmidas.incidents.raising.raising import Cause, raise_once
from openmidas.incidents.rules import SilentPost
from openmidas.journal import Actor, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import new_id
from openmidas.journal.projecting import Origin, moment, project_content
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from tests.conftest import HQ, POST
from tests.crossings.test_projections import arrive
from tests.incidents.conftest import Place, said
from tests.support.cast import at_node
from tests.support.tables import all_rows
from tests.support.writers import Pen

SILENT = SilentPost(kind=IncidentKind.TECHNICAL, severity=Severity.HIGH)


def reported() -> entries.IncidentReported:
    return entries.IncidentReported(
        incident=new_id(), kind=IncidentKind.BORDER, severity=Severity.LOW
    )


def update(said: entries.IncidentReported, **changes: Any) -> entries.IncidentUpdated:
    return entries.IncidentUpdated(step=new_id(), incident=said.incident, **changes)


def written(clock: int) -> Origin:
    """What an entry at this place of a post's journal comes with."""
    at = moment(1_760_000_000_000 + clock)
    return Origin(POST, 1, clock, Actor(), at, clock, at)


@pytest.mark.django_db(transaction=True)
def test_rebuilt_incidents_equal_the_live_ones(place: Place) -> None:
    row = place.report(links=Links(crossings=(place.crossed(),), plates=("AB 123",)))
    place.update(row, severity=Severity.HIGH, told=said("Worse", people=4))
    services.comment(place.boubacar, row.id, issue_id(), "Waiting for help")
    services.close(place.boubacar, row.id, issue_id(), Outcome.RESOLVED)
    services.reopen(place.boubacar, row.id, issue_id(), "Not over")
    raise_once(
        "silent_post", SILENT, Cause(key=("x",), post=POST, said={"since": "noon"}), edition="1"
    )
    live = all_rows()
    assert len(live["incidents_incidentstep"]) == 6
    rebuild()
    assert all_rows() == live


@pytest.mark.django_db
class TestFromAPost:
    def test_nobody_goes_on_with_anothers_incident(self) -> None:
        mine, other = Pen(), Pen()
        said = reported()
        mine.write(said)
        other.write(reported())
        other.write(
            entries.IncidentClosed(step=new_id(), incident=said.incident, outcome=Outcome.RESOLVED)
        )
        other.write(
            entries.IncidentUpdated(step=new_id(), incident=said.incident, severity=Severity.HIGH)
        )
        other.write(entries.IncidentLinked(link=new_id(), incident=said.incident, plate="AB 1"))
        with at_node(HQ):
            arrive(mine)
            arrive(other)
        row = Incident.objects.get(id=said.incident)
        assert (row.open, row.severity) == (True, "low")
        assert Quarantined.objects.filter(node=other.node, code="row.not_owned").count() == 3
        assert not IncidentLink.objects.exists()

    def test_an_older_step_that_comes_later_does_not_undo_a_newer_one(self) -> None:
        said = reported()
        project_content(written(1), said)
        closed = entries.IncidentClosed(
            step=new_id(), incident=said.incident, outcome=Outcome.RESOLVED
        )
        told = Told(words="Before that", people=3)
        project_content(written(4), closed)
        project_content(written(3), update(said, severity=Severity.HIGH))
        project_content(written(2), update(said, severity=Severity.MEDIUM, told=told))
        row = Incident.objects.get()
        assert (row.severity, row.people, row.open) == ("high", 3, False)

    def test_the_headquarters_writes_no_report(self) -> None:
        pen = Pen(NodeKind.HQ)
        pen.write(reported())
        with at_node(HQ):
            arrive(pen)
        assert not Incident.objects.exists()
        assert Quarantined.objects.exists()


@pytest.mark.django_db
class TestErasing:
    def test_a_link_goes_with_its_crossing_and_the_incident_stays(self, place: Place) -> None:
        mine, other = place.crossed(), place.crossed("SP0000002")
        place.report(links=Links(crossings=(mine, other), plates=("AB 123",)))
        with at_node(HQ):
            order_erasure(places_of_crossing(mine), ErasureReason.REQUEST, actor=Actor())
            rebuild()
        assert {link.crossing for link in IncidentLink.objects.all()} == {other, None}
        assert IncidentStep.objects.get().step == "reported"
