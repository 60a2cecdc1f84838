"""Proving the HQ's log: every kind of tampering with its tables is found."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from openmidas.exchange.log_giving import write_log
from openmidas.journal import Actor
from openmidas.journal.models import Journal
from openmidas.journal.signing import sign_head
from openmidas.journal.verify_log import LogVerdict, verify_carried, verify_own_log
from openmidas.journal.witnessed import CarriedHead, HeldLogHead, LogLeaf, LogNode
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record, witness_keys
from tests.exchange.peers import opened
from tests.support.writers import Pen

pytestmark = pytest.mark.usefixtures("as_hq", "own_journal")

LEAVES = 11


@pytest.fixture
def log(as_hq: None, own_journal: None) -> None:
    for number in range(LEAVES):
        with transaction.atomic():
            record(opened(str(number)), actor=Actor())
        write_log()


def verdict() -> LogVerdict:
    return verify_own_log(this_node().id, witness_keys())


def swap_leaves() -> None:
    first, second = LogLeaf.objects.get(index=3), LogLeaf.objects.get(index=4)
    for leaf, other in ((first, second), (second, first)):
        LogLeaf.objects.filter(index=leaf.index).update(sequence=other.sequence, hash=other.hash)


def cut_the_tail() -> None:
    LogLeaf.objects.filter(index=LEAVES - 1).delete()


@pytest.mark.usefixtures("log")
def test_a_log_holds() -> None:
    found = verdict()
    assert (found.holds, found.size, found.epoch) == (True, LEAVES, 1)
    assert found.at == HeldLogHead.objects.get().at


def test_where_there_is_no_log_nothing_is_wrong() -> None:
    assert verdict() == LogVerdict(this_node().id)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (lambda: LogLeaf.objects.filter(index=4).update(hash=bytes(32)), "log.changed"),
        (lambda: LogLeaf.objects.filter(index=4).delete(), "log.cut"),
        (cut_the_tail, "log.cut"),
        (lambda: LogLeaf.objects.all().delete(), "log.cut"),
        (swap_leaves, "log.changed"),
        (lambda: LogNode.objects.filter(key=3).update(hash=bytes(32)), "log.damaged"),
        (lambda: LogNode.objects.filter(key=3).delete(), "log.damaged"),
        (lambda: HeldLogHead.objects.update(size=LEAVES - 1), "log.not_signed"),
        (lambda: HeldLogHead.objects.update(root=bytes(32)), "log.not_signed"),
        (lambda: HeldLogHead.objects.all().delete(), "log.cut"),
    ],
)
def test_tampering_is_found(tamper: Callable[[], object], code: str) -> None:
    tamper()
    assert verdict().code == code


@pytest.mark.usefixtures("log")
def test_a_journal_that_is_not_the_one_that_was_logged() -> None:
    """As with the HQ's own key: the journal is whole in itself, and the log says another."""
    from tests.journal.test_verify import rewrite_from

    rewrite_from(5)
    own = Journal.objects.get()
    own.signature = sign_head(own.place(), this_node().key).signature
    own.save()
    assert verdict().code == "log.other_history"


def test_a_carried_head_that_nobody_signed_is_counted() -> None:
    pen = Pen()
    pen.write(opened("x"))
    for sequence, signature in ((1, pen.segment().head.signature), (2, bytes(64))):
        CarriedHead.objects.create(
            node=pen.node,
            epoch=1,
            sequence=sequence,
            hash=pen.place.hash,
            signature=signature,
            since=0,
        )
    assert verify_carried({(pen.node, 1): pen.public_key}) == (2, 1)
