"""A node goes on in a new epoch; a post follows its HQ into one, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from openmidas.journal import Actor, JournalError, NodeKind, Place
from openmidas.journal.entry import decode_body
from openmidas.journal.models import Journal, JournalEntry
from openmidas.journal.signing import Succession, sign_succession
from openmidas.journal.store import receive
from openmidas.journal.verify import verify_all
from openmidas.nodes.entries import EpochFollowed, EpochOpened
from openmidas.nodes.epochs import continued_place, follow, raise_epoch, successions
from openmidas.nodes.home import NodeHome
from openmidas.nodes.identity import forget_this_node, this_node
from openmidas.nodes.keys import public_bytes
from openmidas.nodes.local import Peer
from openmidas.nodes.services import (
    OldCard,
    keys_of,
    meet,
    node_time,
    open_own_journal,
    record,
    witness_keys,
    writer_keys,
)
from tests.conftest import POST_HOME
from tests.exchange.peers import befriend, opened
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db

NEXT = Ed25519PrivateKey.generate()


@pytest.fixture
def own_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeHome]:
    """A post of its own, whose epoch can be raised; its journal is open."""
    home = NodeHome(tmp_path / "node")
    home.write_config(POST_HOME.config())
    monkeypatch.setenv("OPENMIDAS_HOME", str(home.folder))
    open_own_journal()
    yield home
    forget_this_node()


def note(name: str) -> None:
    with transaction.atomic():
        record(opened(name), actor=Actor())


def refused(code: str) -> pytest.RaisesExc[JournalError]:
    return pytest.RaisesExc(JournalError, check=lambda error: error.code == code)


class TestOpening:
    def test_a_new_epoch_names_what_it_continues_from(self, own_node: NodeHome) -> None:
        note("one")
        end = Journal.objects.get().place()
        raise_epoch(own_node)
        forget_this_node()
        open_own_journal()
        open_own_journal()  # harmless to repeat
        journal = Journal.objects.get(epoch=2)
        assert journal.sequence == 1
        assert continued_place(journal) == end
        first = JournalEntry.objects.get(epoch=2)
        content = decode_body(bytes(first.body or b"")).read()
        assert isinstance(content, EpochOpened)
        assert (
            content.public_key
            == public_bytes(this_node().key)
            != bytes(Journal.objects.get(epoch=1).public_key)
        )
        note("two")
        assert all(one.holds for one in verify_all(witness_keys(), writer_keys=writer_keys()))

    def test_who_was_not_stopped_writes_no_more_under_the_old_key(self, own_node: NodeHome) -> None:
        raise_epoch(own_node)
        before = this_node()  # as a process that still runs
        forget_this_node()
        open_own_journal()
        monkey = pytest.MonkeyPatch()
        with monkey.context() as patch, refused("journal.stopped"):
            patch.setattr("openmidas.nodes.services.this_node", lambda: before)
            note("late")

    def test_time_does_not_fall_back_with_a_new_epoch(self, own_node: NodeHome) -> None:
        later = 4_000_000_000_000
        Journal.objects.update(at=later)
        raise_epoch(own_node)
        forget_this_node()
        open_own_journal()
        assert node_time().timestamp() * 1000 >= later

    def test_it_can_tell_of_all_its_epochs(self, own_node: NodeHome) -> None:
        for _ in range(2):
            raise_epoch(own_node)
            forget_this_node()
            open_own_journal()
        told = successions()
        assert [(one.place.epoch, one.epoch) for one in told] == [(1, 2), (2, 3)]


@pytest.mark.usefixtures("own_journal")
class TestFollowing:
    def told(self, hq: Pen, at: int = 2, epoch: int = 2) -> Succession:
        return sign_succession(place(hq, at), epoch, public_bytes(NEXT), hq.key)

    def test_a_post_follows_its_hq_and_writes_it_down(self) -> None:
        hq, peer = held(4)
        assert follow(peer, self.told(hq)) is True
        assert follow(peer, self.told(hq)) is False
        followed = JournalEntry.objects.get(kind="epoch.followed")
        content = decode_body(bytes(followed.body or b"")).read()
        assert isinstance(content, EpochFollowed)
        assert (content.after, content.held) == (2, 4), "two entries were lost there"
        assert Peer.objects.get().epoch == 2
        assert keys_of(hq.node) == (public_bytes(NEXT), hq.public_key)
        assert writer_keys()[hq.node, 2] == public_bytes(NEXT)

    def test_an_epoch_may_go_on_from_further_than_we_have_come(self) -> None:
        hq, peer = befriend(NodeKind.HQ, 4)
        assert follow(peer, self.told(hq, at=3))

    def test_another_key_does_not_open_the_hqs_epoch(self) -> None:
        hq, peer = held(4)
        thief = Pen(NodeKind.HQ, hq.node)
        with refused("epoch.not_signed"):
            follow(peer, sign_succession(place(hq, 2), 2, public_bytes(NEXT), thief.key))

    def test_no_node_opens_an_epoch_for_another(self) -> None:
        _, peer = held(4)
        post, _ = befriend(NodeKind.POST, 2)
        with refused("epoch.of_another_node"):
            follow(peer, self.told(post))

    def test_what_is_signed_cannot_be_bent(self) -> None:
        hq, peer = held(4)
        told = self.told(hq)
        for bent in (
            msgspec.structs.replace(told, epoch=3),
            msgspec.structs.replace(told, place=place(hq, 3)),
            msgspec.structs.replace(told, public_key=Pen().public_key),
        ):
            with refused("epoch.not_signed"):
                follow(peer, bent)

    def test_two_machines_of_one_backup_are_seen(self) -> None:
        hq, peer = held(4)
        follow(peer, self.told(hq))
        with refused("epoch.two_keys"):
            follow(peer, sign_succession(place(hq, 2), 2, Pen().public_key, hq.key))

    def test_an_epoch_that_goes_on_from_another_history_is_a_fork(self) -> None:
        hq, peer = held(4)
        other = Place(hq.node, 1, 2, bytes(range(32)))
        with refused("journal.fork"):
            follow(peer, sign_succession(other, 2, public_bytes(NEXT), hq.key))

    def test_an_epoch_after_one_that_is_not_known_is_not_believed(self) -> None:
        hq, peer = held(4)
        unknown = msgspec.structs.replace(place(hq, 2), epoch=2)
        with refused("epoch.unknown_before"):
            follow(peer, sign_succession(unknown, 3, public_bytes(NEXT), hq.key))


@pytest.mark.usefixtures("own_journal")
def test_the_card_of_the_machine_before_is_not_taken_again() -> None:
    _, peer = befriend(NodeKind.POST)
    old = Peer.objects.get(id=peer.id)
    Peer.objects.update(epoch=2)
    from openmidas.nodes.identity import NodeCard

    card = NodeCard(
        id=old.id, kind=NodeKind.POST, state="MLI", name="x", epoch=1,
        public_key=bytes(old.public_key), certificate=old.certificate, exchange="",
    )  # fmt: skip
    with pytest.raises(OldCard):
        meet(card)


def held(entries: int) -> tuple[Pen, Peer]:
    """An HQ whose journal this post holds."""
    hq, peer = befriend(NodeKind.HQ, entries)
    with transaction.atomic():
        receive(hq.segment(), Journal.objects.select_for_update().get(node=hq.node))
    return hq, peer


def place(pen: Pen, at: int) -> Place:
    return pen.segment(0, at).head.place
