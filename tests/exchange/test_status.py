"""How the exchange stands, as the pages show it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from openmidas.exchange.contact import Concern, note_contact, note_problem, over
from openmidas.exchange.status import FRESH, PeerStatus, exchange_status
from openmidas.journal import NodeKind
from openmidas.journal.clock import MAX_LEAD
from openmidas.nodes.local import Peer
from tests.exchange.peers import befriend

pytestmark = pytest.mark.usefixtures("own_journal")


def hq_status() -> PeerStatus:
    status = exchange_status().hq
    assert status is not None
    return status


def test_a_post_without_an_hq_has_no_peers() -> None:
    status = exchange_status()
    assert (status.peers, status.hq) == ((), None)


def test_reachable_is_never_stale() -> None:
    _, hq = befriend(NodeKind.HQ)
    assert not hq_status().reachable
    note_contact(hq, waiting=4, ahead=0)
    assert hq_status().reachable
    assert (hq_status().to_go, hq_status().to_come) == (1, 4)
    Peer.objects.update(last_contact=timezone.now() - FRESH - timedelta(seconds=1))
    assert not hq_status().reachable


def test_a_contact_from_a_clock_that_was_ahead_is_not_fresh_for_ever() -> None:
    befriend(NodeKind.HQ)
    Peer.objects.update(last_contact=timezone.now() + timedelta(days=1))
    assert not hq_status().reachable


def test_a_broken_link_shows_at_once_and_until_the_next_contact() -> None:
    _, hq = befriend(NodeKind.HQ)
    note_contact(hq, waiting=0, ahead=None)
    note_problem(hq.id, "link.unreachable")
    assert not hq_status().reachable
    assert hq_status().problem == "link.unreachable"
    note_contact(Peer.objects.get(), waiting=0, ahead=None)
    assert hq_status().reachable
    assert hq_status().problem == ""


def test_a_refusal_is_a_problem_of_its_own_on_a_link_that_works() -> None:
    _, hq = befriend(NodeKind.HQ)
    note_problem(hq.id, "ours.chain.broken")
    note_contact(Peer.objects.get(), waiting=0, ahead=None)
    assert hq_status().reachable
    over(Peer.objects.get(), Concern.THEIRS)
    assert hq_status().problem == "ours.chain.broken"
    over(Peer.objects.get(), Concern.OURS)
    assert hq_status().problem == ""


def test_clocks_that_differ_are_flagged() -> None:
    _, hq = befriend(NodeKind.HQ)
    assert not hq_status().clock_differs
    note_contact(hq, waiting=0, ahead=-MAX_LEAD - 5000)
    assert hq_status().clock_differs


def test_a_quiet_link_spares_the_disk(django_assert_num_queries) -> None:
    _, hq = befriend(NodeKind.HQ)
    note_contact(hq, waiting=0, ahead=3)
    hq.refresh_from_db()
    with django_assert_num_queries(0):
        note_contact(hq, waiting=0, ahead=150)


def test_many_peers_cost_no_more_queries(django_assert_num_queries) -> None:
    for number in range(3):
        befriend(NodeKind.POST, name=str(number))
    with django_assert_num_queries(6):
        assert len(exchange_status().peers) == 3
