"""Which node gets what is written of an incident, and what goes ahead of a backlog."""

from __future__ import annotations

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.exchange.advance import urgent_entries
from openmidas.exchange.reading import for_peer
from openmidas.incidents import services
from openmidas.incidents.entries import Severity
from openmidas.journal import NodeKind
from openmidas.journal.entry import decode_body
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.local import Peer
from tests.conftest import HQ, POST
from tests.incidents.conftest import Place, said

pytestmark = pytest.mark.django_db


def reads(kind: str, peer: Peer) -> bool:
    """Whether this peer gets the body of the entry of this kind."""
    return for_peer(JournalEntry.objects.get(kind=kind).sealed(), peer).body is not None


def test_a_report_is_for_headquarters_alone(place: Place) -> None:
    place.report(severity=Severity.HIGH)
    for kind in ("incident.reported", "incident.alerted"):
        assert reads(kind, Peer(id=HQ, kind=NodeKind.HQ))
        assert not reads(kind, Peer(id=new_id(), kind=NodeKind.POST))


def test_what_headquarters_says_of_it_is_for_its_post_alone(place: Place) -> None:
    row = place.report()
    with place.at_headquarters():
        services.comment(place.djibril, row.id, issue_id(), "A team is on its way")
        assert reads("incident.commented", Peer(id=POST, kind=NodeKind.POST))
        assert not reads("incident.commented", Peer(id=new_id(), kind=NodeKind.POST))


def test_of_a_backlog_the_alert_goes_ahead_and_the_report_does_not(place: Place) -> None:
    place.report(told=said("A lorry"))
    place.report(severity=Severity.CRITICAL, told=said("Shots"))
    ahead = urgent_entries(Peer(id=HQ, kind=NodeKind.HQ), (POST, 1), 0, None)
    kinds = [decode_body(one.entries[0].body or b"").kind for one in ahead]
    assert kinds == ["incident.alerted"]
