"""The worker lets the tables follow the journals that were copied."""

from __future__ import annotations

import pytest
from django.db import transaction

from openmidas.exchange.worker import retry, run_once
from openmidas.journal import NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, new_id
from openmidas.journal.store import lock_journal, receive
from openmidas.nodes.entries import NodeEnrolled
from openmidas.nodes.models import EnrolledNode
from tests.exchange.peers import befriend
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("own_journal")


def an_enrolment() -> NodeEnrolled:
    return NodeEnrolled(
        enrolled=new_id(),
        node_kind=NodeKind.POST,
        name="Sona",
        state="MLI",
        epoch=1,
        public_key=b"",
        certificate="",
    )


def take_in(pen: Pen) -> None:
    with transaction.atomic():
        receive(pen.segment(), lock_journal(pen.node, 1))


def test_tables_follow_copied_journals_and_not_our_own() -> None:
    pen, _ = befriend(NodeKind.HQ)
    for _ in range(3):
        pen.write(an_enrolment())
    take_in(pen)
    assert run_once() == 3
    assert EnrolledNode.objects.count() == 3
    assert run_once() == 0


def test_what_was_set_aside_is_tried_again() -> None:
    pen, _ = befriend(NodeKind.HQ)
    pen.kind = NodeKind.POST  # as if this kind had not been theirs to write, before an upgrade
    Journal.objects.filter(node=pen.node).update(node_kind=NodeKind.POST)
    pen.write(an_enrolment())
    take_in(pen)
    run_once()
    assert Quarantined.objects.count() == 1
    Journal.objects.filter(node=pen.node).update(node_kind=NodeKind.HQ)
    assert retry() is None
    assert (Quarantined.objects.count(), EnrolledNode.objects.count()) == (0, 1)
