"""Tampering behind the program's back: every kind of it is found, and the first bad entry named."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from django.db import transaction

from openmidas.journal import Actor, Place
from openmidas.journal.clock import COUNTER_BITS
from openmidas.journal.entry import (
    Header,
    commit,
    decode_body,
    encode_body,
    hash_header,
    new_salt,
)
from openmidas.journal.local import HeldReceipt
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.signing import sign_head, sign_receipt
from openmidas.journal.verify import verify_all, verify_journal
from openmidas.nodes.identity import ThisNode, this_node
from openmidas.nodes.local import Peer
from openmidas.nodes.models import EnrolledNode
from openmidas.nodes.services import enrol, record, writer_keys
from openmidas.posts.entries import LookupMade
from tests.conftest import POST_HOME
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db

WRITTEN = 9


@pytest.fixture
def journal(own_journal: None) -> Journal:
    for number in range(WRITTEN - 1):
        with transaction.atomic():
            record(
                LookupMade(
                    lookup=new_id(), purpose="case", reason="", query=str(number), results=0
                ),
                actor=Actor(),
            )
    return Journal.objects.get()


def entry(sequence: int) -> JournalEntry:
    return JournalEntry.objects.get(sequence=sequence)


def change_body() -> None:
    row = entry(5)
    assert row.body is not None
    row.body = bytes(row.body).replace(b"case", b"none")
    row.save()


def change_header() -> None:
    row = entry(5)
    header = Header.decode(bytes(row.header))
    row.header = msgspec.structs.replace(header, commitment=bytes(32)).encode()
    row.body = row.salt = None
    row.save()


def remove() -> None:
    entry(5).delete()


def swap() -> None:
    first, second = entry(5), entry(6)
    first.sequence, second.sequence = 6, 5
    first.save()
    second.save()


def swap_contents() -> None:
    first, second = entry(5), entry(6)
    first.body, second.body = second.body, first.body
    first.salt, second.salt = second.salt, first.salt
    first.save()
    second.save()


def cut_the_tail() -> None:
    entry(WRITTEN).delete()


def insert_twice() -> None:
    row = entry(5)
    row.pk = new_id()
    row.save()


def rewrite_from(sequence: int, back_date: int = 0, clock_too: bool = True) -> None:
    """A patient forger without the key: new contents, all hashes made to fit."""
    journal = Journal.objects.get()
    previous = hash_header(bytes(entry(sequence - 1).header))
    for row in JournalEntry.objects.filter(sequence__gte=sequence).order_by("sequence"):
        assert row.body is not None
        body = decode_body(bytes(row.body))
        earlier = body.clock - (back_date << COUNTER_BITS if clock_too else 0)
        raw = encode_body(msgspec.structs.replace(body, at=body.at - back_date, clock=earlier))
        salt = new_salt()
        header = Header(journal.node, 1, row.sequence, previous, commit(salt, raw)).encode()
        row.header, row.body, row.salt = header, raw, salt
        row.save()
        previous = hash_header(header)
    journal.hash = previous
    journal.save()


@pytest.mark.parametrize(
    ("tamper", "code", "last_good"),
    [
        (change_body, "entry.body_changed", 4),
        (change_header, "chain.broken", 5),
        (remove, "chain.gap", 4),
        (swap, "chain.gap", 4),
        (swap_contents, "entry.body_changed", 4),
        (cut_the_tail, "journal.cut", WRITTEN - 1),
        (insert_twice, "chain.gap", 5),
        (lambda: rewrite_from(5), "head.not_signed", WRITTEN),
        (lambda: rewrite_from(5, back_date=86_400_000), "entry.back_dated", 4),
        (lambda: rewrite_from(5, 86_400_000, clock_too=False), "entry.back_dated", 4),
    ],
)
def test_tampering_is_found(
    journal: Journal, tamper: Callable[[], None], code: str, last_good: int
) -> None:
    assert verify_journal(journal, {}).holds
    tamper()
    verdict = verify_journal(Journal.objects.get(), {})
    assert (verdict.code, verdict.verified) == (code, last_good)


def test_a_journal_that_grows_meanwhile_holds(journal: Journal) -> None:
    with transaction.atomic():  # after its row was read, as a node at work does
        record(
            LookupMade(lookup=new_id(), purpose="case", reason="", query="later", results=0),
            actor=Actor(),
        )
    verdict = verify_journal(journal, {})
    assert verdict.holds
    assert verdict.verified == verdict.sequence == WRITTEN + 1


def test_erased_bodies_still_verify(journal: Journal) -> None:
    JournalEntry.objects.filter(sequence__in=[3, 4]).update(body=None, salt=None)
    verdict = verify_journal(journal, {})
    assert verdict.holds
    assert verdict.erased == 2


class TestWithADatabaseAndNoKey:
    """Somebody who may write the tables and has no key of the node."""

    def test_a_journal_rewritten_under_another_key(self, journal: Journal) -> None:
        rewrite_from(5)
        forger = Pen()
        forged = Journal.objects.get()
        forged.public_key = forger.public_key
        forged.signature = sign_head(forged.place(), forger.key).signature
        forged.save()
        assert [verdict.code for verdict in verify_all({})] == [""]  # whole in itself
        verdicts = verify_all({}, writer_keys=writer_keys())
        assert [verdict.code for verdict in verdicts] == ["journal.other_key"]

    def test_a_journal_taken_away_as_a_whole(self, journal: Journal) -> None:
        JournalEntry.objects.all().delete()
        Journal.objects.all().delete()
        verdicts = verify_all({}, writer_keys=writer_keys())
        assert [(one.node, one.code) for one in verdicts] == [(journal.node, "journal.missing")]

    def test_a_post_given_another_key_at_the_hq(self, as_hq: None, own_journal: None) -> None:
        post = ThisNode(POST_HOME)
        enrol(post.card(), actor=Actor())
        assert {one.code for one in verify_all({}, writer_keys=writer_keys())} == {""}
        Journal.objects.filter(node=post.id).update(public_key=bytes(32))
        Peer.objects.update(public_key=bytes(32))
        EnrolledNode.objects.update(public_key=bytes(32))
        codes = {one.node: one.code for one in verify_all({}, writer_keys=writer_keys())}
        assert codes == {this_node().id: "", post.id: "journal.other_key"}


class TestWitness:
    """What the HQ has countersigned cannot be rewritten even with the post's own key."""

    def keep_receipt(self, hq: Pen, place: Place) -> None:
        receipt = sign_receipt(place, hq.node, 1_760_000_000_000, hq.key)
        HeldReceipt.objects.create(
            node=place.node,
            epoch=place.epoch,
            sequence=place.sequence,
            hash=place.hash,
            witness=hq.node,
            at=receipt.at,
            signature=receipt.signature,
        )

    def place(self, journal: Journal, sequence: int) -> Place:
        return Place(journal.node, 1, sequence, hash_header(bytes(entry(sequence).header)))

    def test_a_receipt_tells_until_when(self, journal: Journal) -> None:
        hq = Pen()
        self.keep_receipt(hq, self.place(journal, 6))
        verdict = verify_journal(journal, {hq.node: (hq.public_key,)})
        assert verdict.holds
        assert verdict.witnessed == 6

    def test_another_history_than_the_witnessed_one(self, journal: Journal) -> None:
        hq = Pen()
        self.keep_receipt(hq, self.place(journal, 6))
        rewrite_from(5)
        verdict = verify_journal(Journal.objects.get(), {hq.node: (hq.public_key,)})
        assert verdict.code == "receipt.other_history"

    def test_a_journal_set_back_behind_its_receipt(self, journal: Journal) -> None:
        """An old copy of the database is whole in itself; only the receipt gives it away."""
        hq = Pen()
        self.keep_receipt(hq, self.place(journal, WRITTEN))
        cut_the_tail()
        last = entry(WRITTEN - 1)
        Journal.objects.update(sequence=WRITTEN - 1, hash=hash_header(bytes(last.header)))
        verdict = verify_journal(Journal.objects.get(), {hq.node: (hq.public_key,)})
        assert verdict.code == "journal.cut"

    def test_a_receipt_nobody_signed(self, journal: Journal) -> None:
        hq, other = Pen(), Pen()
        self.keep_receipt(hq, self.place(journal, 6))
        verdict = verify_journal(journal, {hq.node: (other.public_key,)})
        assert verdict.code == "receipt.not_signed"
