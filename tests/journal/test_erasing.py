"""What an order erases is gone from the journals for good; the chain holds; nothing brings it back."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction

from openmidas.journal import NodeKind
from openmidas.journal.erasing import Places, first_without_body, may_be_kept
from openmidas.journal.following import project_pending
from openmidas.journal.local import ErasureUnderWay, Quarantined, RefusedSegment
from openmidas.journal.models import ErasedPlace, Journal, JournalEntry, new_id
from openmidas.journal.rebuild import rebuild
from openmidas.journal.segments import pack, unpack
from openmidas.journal.store import lock_journal, open_journal, receive
from openmidas.journal.verify import verify_all
from openmidas.nodes.entries import EntriesErased, EpochOpened, ErasureReason
from openmidas.posts.entries import LookupMade, PostConfigured
from openmidas.posts.models import Lookup
from tests.support.tables import all_rows
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db

SECRET = "Mariam Keïta"


def looked_up(query: str = "somebody") -> LookupMade:
    return LookupMade(lookup=new_id(), purpose="case", reason="", query=query, results=1)


def order(*places: tuple[Pen, int]) -> EntriesErased:
    return EntriesErased(
        erasure=new_id(),
        places=tuple(Places(node=pen.node, epoch=1, sequences=(at,)) for pen, at in places),
        reason=ErasureReason.REQUEST,
    )


def a_post() -> Pen:
    """A post that has looked up somebody else, Mariam, and somebody else again."""
    post = Pen()
    for query in ("Awa", SECRET, "Binta"):
        post.write(looked_up(query))
    return post


def arrive(*segments: tuple[Pen, int, int | None], follow: bool = True) -> None:
    for pen, start, end in segments:
        open_journal(pen.node, 1, pen.kind, pen.public_key)
        with transaction.atomic():
            receive(pen.segment(start, end), lock_journal(pen.node, 1))
        if follow:
            follow_all()


def follow_all() -> None:
    for journal in Journal.objects.order_by("pk"):
        while project_pending(journal):
            pass


def at(pen: Pen, sequence: int) -> JournalEntry:
    return JournalEntry.objects.get(node=pen.node, sequence=sequence)


class TestOrder:
    def test_body_salt_and_kind_go_and_the_chain_holds(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        arrive((post, 0, None))
        header = bytes(at(post, 2).header)
        hq.write(order((post, 2)))
        arrive((hq, 0, None))
        erased = at(post, 2)
        assert (erased.body, erased.salt, erased.kind) == (None, None, "")
        assert bytes(erased.header) == header
        assert at(post, 1).body is not None
        verdicts = {one.node: one for one in verify_all({})}
        assert all(one.holds for one in verdicts.values())
        assert (verdicts[post.node].erased, verdicts[hq.node].erased) == (1, 0)

    def test_the_tables_follow_with_a_rebuild_and_until_then_it_is_under_way(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        arrive((post, 0, None))
        hq.write(order((post, 2)))
        arrive((hq, 0, None))
        under_way = ErasureUnderWay.objects.get()
        assert (under_way.entries, under_way.tables_follow) == (1, False)
        assert Lookup.objects.filter(query=SECRET).exists(), "said to be under way, not to be gone"
        rebuild()
        assert ErasureUnderWay.objects.get().tables_follow
        assert sorted(Lookup.objects.values_list("query", flat=True)) == ["Awa", "Binta"]
        tables = all_rows()
        rebuild()
        assert all_rows() == tables

    def test_what_the_hq_wrote_itself(self) -> None:
        hq = Pen(NodeKind.HQ)
        hq.write(PostConfigured(post=new_id(), name=SECRET, lanes=()))
        hq.write(order((hq, 1)))
        arrive((hq, 0, None))
        assert at(hq, 1).body is None

    def test_only_a_headquarters_gives_orders(self) -> None:
        post, other = a_post(), Pen()
        other.write(order((post, 2)))
        arrive((post, 0, None), (other, 0, None))
        assert at(post, 2).body is not None
        assert Quarantined.objects.get().code == "entry.not_authorised"

    def test_keys_and_orders_last(self) -> None:
        post, hq = Pen(), Pen(NodeKind.HQ)
        post.write(EpochOpened(name="Kidira", state="MLI", public_key=b""))
        hq.write(order((post, 1), (hq, 1)))
        hq.write(order((hq, 1)))
        arrive((hq, 0, None), (post, 0, None))
        assert at(post, 1).body is not None
        assert at(hq, 1).body is not None
        hq.write(order((post, 1)))
        arrive((hq, 2, None))
        assert at(post, 1).body is not None
        assert not ErasureUnderWay.objects.exists()

    def test_the_same_place_twice_and_a_place_that_nobody_has(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        arrive((post, 0, None))
        hq.write(order((post, 2), (post, 2)))
        hq.write(order((post, 2), (post, 9000)))
        arrive((hq, 0, None))
        assert ErasedPlace.objects.filter(of_node=post.node, sequence=2).count() == 2
        assert ErasureUnderWay.objects.count() == 1, "the second found nothing"

    def test_more_places_than_one_order_may_name_are_set_aside(self) -> None:
        hq, node = Pen(NodeKind.HQ), new_id()
        many = (Places(node=node, epoch=1, sequences=tuple(range(1, 900))),) * 2
        hq.write(EntriesErased(erasure=new_id(), places=many, reason=ErasureReason.RETENTION))
        arrive((hq, 0, None))
        assert Quarantined.objects.get().code == "entry.malformed"
        assert not ErasedPlace.objects.exists()


class TestArrival:
    def test_a_late_segment_and_the_same_again_bring_nothing_back(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        hq.write(order((post, 2)))
        arrive((hq, 0, None), (post, 0, None))
        assert at(post, 2).body is None
        assert at(post, 2).kind == ""
        assert not Lookup.objects.filter(query=SECRET).exists()
        arrive((post, 0, None))
        assert at(post, 2).body is None
        assert all(one.holds for one in verify_all({}))

    def test_any_order_of_arrival_ends_in_the_same_tables(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        hq.write(looked_up("by the headquarters"))
        hq.write(order((post, 2), (hq, 1)))
        hq.write(order((post, 2)))
        pieces = [(post, 0, 1), (post, 1, 3), (hq, 0, 1), (hq, 1, 3)]
        found = []
        orders = [
            each
            for each in itertools.permutations(pieces)
            if each.index(pieces[0]) < each.index(pieces[1])
            and each.index(pieces[2]) < each.index(pieces[3])
        ]
        assert len(orders) == 6
        for each, follow in itertools.product(orders, (True, False)):
            sid = transaction.savepoint()
            arrive(*each, follow=follow)
            follow_all()
            rebuild()
            found.append(all_rows())
            assert [one.body for one in JournalEntry.objects.filter(sequence=2)].count(None) == 1
            transaction.savepoint_rollback(sid)
        assert found[0]["posts_lookup"]
        assert all(tables == found[0] for tables in found)

    def test_a_rebuild_that_comes_to_the_order_before_the_worker_is_followed_by_another(
        self,
    ) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        arrive((post, 0, None))
        hq.write(order((post, 2)))
        arrive((hq, 0, None), follow=False)
        rebuild()
        assert Lookup.objects.filter(query=SECRET).exists()
        assert not ErasureUnderWay.objects.get().tables_follow
        rebuild()
        assert not Lookup.objects.filter(query=SECRET).exists()
        assert ErasureUnderWay.objects.get().tables_follow

    def test_an_entry_that_was_set_aside(self) -> None:
        post, hq = Pen(), Pen(NodeKind.HQ)
        post.write(PostConfigured(post=post.node, name=SECRET, lanes=()))
        arrive((post, 0, None))
        assert Quarantined.objects.count() == 1
        hq.write(order((post, 1)))
        arrive((hq, 0, None))
        assert not Quarantined.objects.exists()
        rebuild()
        assert not Quarantined.objects.exists()


class TestRefusedSegments:
    def keep(self, pen: Pen, raw: bytes) -> RefusedSegment:
        return RefusedSegment.objects.create(peer=pen.node, code="journal.fork", raw=raw)

    def test_loses_the_body_and_still_proves_what_was_signed(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        segment = post.segment()
        kept = self.keep(post, pack(segment))
        hq.write(order((post, 2)))
        arrive((hq, 0, None))
        kept.refresh_from_db()
        left = unpack(bytes(kept.raw))
        assert left.entries[1] == segment.entries[1].bare()
        assert (left.entries[0], left.entries[2], left.head) == (
            segment.entries[0],
            segment.entries[2],
            segment.head,
        )
        assert ErasureUnderWay.objects.get().tables_follow, "only the files are to be written anew"

    def test_of_what_cannot_be_read_nothing_is_kept(self) -> None:
        post, other, hq = a_post(), Pen(), Pen(NodeKind.HQ)
        torn, theirs = self.keep(post, pack(post.segment())[:-9]), self.keep(other, b"torn")
        hq.write(order((post, 2)))
        arrive((hq, 0, None))
        torn.refresh_from_db()
        theirs.refresh_from_db()
        assert (bytes(torn.raw), bytes(theirs.raw)) == (b"", b"torn")
        assert may_be_kept(b"torn", post.node) == b""

    def test_one_that_comes_later_is_kept_without_the_body(self) -> None:
        post, hq = a_post(), Pen(NodeKind.HQ)
        hq.write(order((post, 2)))
        arrive((hq, 0, None))
        raw = may_be_kept(pack(post.segment()), post.node)
        assert [one.body is None for one in unpack(raw).entries] == [False, True, False]


def test_a_body_that_was_erased_is_not_asked_back() -> None:
    post, hq = a_post(), Pen(NodeKind.HQ)
    arrive((post, 0, None))
    hq.write(order((post, 2)))
    arrive((hq, 0, None))
    assert first_without_body(post.node, 1) is None
    JournalEntry.objects.filter(node=post.node, sequence=3).update(body=None, salt=None)
    assert first_without_body(post.node, 1) == 3
