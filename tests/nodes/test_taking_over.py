"""A new machine becomes a post: with its number and past, in its next epoch, and nothing of its own left."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from django.db import transaction

from openmidas.journal import Actor, NodeKind
from openmidas.journal.entry import NO_HASH, Header, decode_body
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.store import CLOSED
from openmidas.journal.verify import verify_all
from openmidas.nodes import taking_over
from openmidas.nodes.entries import EpochOpened
from openmidas.nodes.home import NodeConfig, NodeHome
from openmidas.nodes.identity import NodeCard, ThisNode, forget_this_node, this_node
from openmidas.nodes.keys import epochs_with_keys, public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.replacing import PastEpoch, PostIdentity
from openmidas.nodes.sealing.sealed import SEALED
from openmidas.nodes.services import (
    meet,
    open_own_journal,
    record,
    witness_keys,
    writer_keys,
)
from openmidas.nodes.taking_over import take_over
from openmidas.posts.entries import OfficerSignedIn
from tests.conftest import HQ_HOME
from tests.support.cast import refusal
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db

AT = 4_000_000_000_000  # in the year 2096: later than any clock that a test runs by


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ThisNode:
    """This process is a new machine that was made and prepared, and has done nothing else."""
    home = NodeHome(tmp_path / "new")
    home.write_config(
        NodeConfig(id=new_id(), kind=NodeKind.POST, state="MLI", name="midas-pc-9", web="[::]:81")
    )
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    forget_this_node()
    open_own_journal()
    return this_node()


def hq() -> NodeCard:
    """The HQ's card, in its second epoch."""
    return msgspec.structs.replace(ThisNode(HQ_HOME).card(), epoch=2)


def past_of(pen: Pen, entries: int) -> PastEpoch:
    for number in range(entries):
        pen.write(EpochOpened(name=str(number), state="MLI", public_key=b""))
    place = pen.place
    return PastEpoch(1, pen.public_key, NO_HASH, place.sequence, place.hash if entries else NO_HASH)


def identity(entries: int = 3) -> tuple[PostIdentity, Pen]:
    pen = Pen()
    told = PostIdentity(
        id=pen.node, name="Labbézanga", epoch=2, past=(past_of(pen, entries),),
        hq_past=(PastEpoch(1, b"k" * 32, NO_HASH, 9, b"h" * 32),), at=AT, clock=AT << 16,
    )  # fmt: skip
    return told, pen


def test_it_has_the_number_the_name_and_the_next_epoch_and_keeps_its_own_key(
    machine: ThisNode,
) -> None:
    told, _ = identity()
    take_over(told, hq())
    node = this_node()
    assert (node.id, node.epoch, node.config.name) == (told.id, 2, "Labbézanga")
    assert node.config.web == "[::]:81", "what the technician set up stays"
    assert public_bytes(node.key) == public_bytes(machine.key)
    assert epochs_with_keys(node.home) == [2]
    assert Peer.objects.get().id == hq().id


def test_the_epoch_names_the_last_receipt_and_is_no_earlier_than_it(machine: ThisNode) -> None:
    told, pen = identity()
    take_over(told, hq())
    first = JournalEntry.objects.get(node=told.id, epoch=2)
    body = decode_body(bytes(first.body or b""))
    content = body.read()
    assert isinstance(content, EpochOpened)
    assert (content.after_epoch, content.after, content.continues) == (1, 3, pen.place.hash)
    assert Header.decode(bytes(first.header)).previous == pen.place.hash
    assert body.at >= AT
    assert body.clock > AT << 16


def test_of_a_post_of_which_the_hq_holds_nothing(machine: ThisNode) -> None:
    told, _ = identity(0)
    take_over(told, hq())
    first = JournalEntry.objects.get(node=told.id, epoch=2)
    assert Header.decode(bytes(first.header)).previous == NO_HASH


def test_room_is_made_for_what_comes_back(machine: ThisNode) -> None:
    told, pen = identity()
    take_over(told, hq())
    old = Journal.objects.get(node=told.id, epoch=1)
    assert (bytes(old.public_key), old.sequence, old.stopped) == (pen.public_key, 0, CLOSED)
    assert Journal.objects.get(node=hq().id, epoch=1).node_kind == NodeKind.HQ
    assert all(one.holds for one in verify_all(witness_keys(), writer_keys=writer_keys()))


def test_nothing_is_left_of_the_machine_that_it_was(machine: ThisNode) -> None:
    told, _ = identity()
    take_over(told, hq())
    assert not JournalEntry.objects.filter(node=machine.id).exists()
    assert not Journal.objects.filter(node=machine.id).exists()


@pytest.mark.parametrize("broken_off", ["write_config", "_drop_other_keys"])
def test_broken_off_it_is_done_by_doing_it_again(
    machine: ThisNode, monkeypatch: pytest.MonkeyPatch, broken_off: str
) -> None:
    told, _ = identity()

    def dies(*_: object) -> None:
        raise OSError("the power went")

    with monkeypatch.context() as patch:
        where = NodeHome if broken_off == "write_config" else taking_over
        patch.setattr(where, broken_off, dies)
        with pytest.raises(OSError, match="power"):
            take_over(told, hq())
    forget_this_node()
    open_own_journal()  # as every start does
    take_over(told, hq())
    assert (this_node().id, epochs_with_keys(this_node().home)) == (told.id, [2])
    assert Journal.objects.filter(node=told.id, epoch=2).count() == 1
    assert JournalEntry.objects.filter(epoch=2).count() == 1
    assert not Journal.objects.filter(node=machine.id).exists()


def test_a_machine_that_somebody_has_worked_with_does_not_change(machine: ThisNode) -> None:
    with transaction.atomic():
        record(OfficerSignedIn(officer=new_id(), lane="1"), actor=Actor())
    told, _ = identity()
    with refusal("join.not_fresh"):
        take_over(told, hq())
    assert this_node().id == machine.id
    assert JournalEntry.objects.filter(node=machine.id).count() == 2


def test_a_post_that_has_joined_already_does_not_change(machine: ThisNode) -> None:
    meet(msgspec.structs.replace(hq(), exchange="10.0.0.1:8400"))
    told, _ = identity()
    with refusal("join.not_fresh"):
        take_over(told, hq())
    assert not Journal.objects.filter(node=told.id).exists()


def test_a_machine_that_was_sealed_under_its_own_number_does_not_change(machine: ThisNode) -> None:
    """Its phrases and shares are bound to that number: nothing would ever open it again."""
    machine.home.path(SEALED).write_bytes(b"{}")
    told, _ = identity()
    with refusal("join.sealed"):
        take_over(told, hq())
    assert this_node().id == machine.id
