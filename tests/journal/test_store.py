"""The store: writing one's own journal, taking in others', and following them with tables."""

from __future__ import annotations

import msgspec
import pytest
from django.db import transaction

from openmidas.journal import Actor, JournalError, NodeKind, SealedEntry, Segment
from openmidas.journal.entry import Body, decode_body, encode_body
from openmidas.journal.following import project_pending
from openmidas.journal.kinds import Content, to_posts
from openmidas.journal.local import Quarantined
from openmidas.journal.models import Journal, JournalEntry, new_id
from openmidas.journal.quarantine import retry_quarantined
from openmidas.journal.store import ClockReading, append, lock_journal, open_journal, receive
from openmidas.journal.verify import verify_all
from openmidas.nodes.entries import EpochOpened, NodeEnrolled
from openmidas.nodes.identity import this_node
from openmidas.nodes.services import record, record_all, witness_keys
from openmidas.posts.entries import LookupMade, PostConfigured
from openmidas.posts.models import Lookup, Post
from tests.support.writers import Pen

pytestmark = pytest.mark.django_db


def a_lookup(query: str = "Diallo") -> LookupMade:
    return LookupMade(lookup=new_id(), purpose="case", reason="", query=query, results=0)


def body_of(pen: Pen) -> Body:
    """What the last entry of a pen says."""
    return decode_body(pen.entries[-1].body or b"")


def take_in(pen: Pen, segment: Segment | None = None) -> list[JournalEntry]:
    open_journal(pen.node, 1, pen.kind, pen.public_key)
    with transaction.atomic():
        return receive(segment or pen.segment(), lock_journal(pen.node, 1))


def follow(pen: Pen) -> None:
    journal = Journal.objects.get(node=pen.node)
    while project_pending(journal, batch=2):
        pass


@pytest.mark.usefixtures("own_journal")
class TestWriting:
    def test_entry_and_row_are_one_transaction(self) -> None:
        with transaction.atomic():
            record(a_lookup(), actor=Actor())
            assert Lookup.objects.count() == 1
            transaction.set_rollback(True)
        assert Lookup.objects.count() == 0
        assert Journal.objects.get().sequence == 1

    def test_many_at_once_are_written_one_after_the_other(self) -> None:
        lookups = [a_lookup(query) for query in ("Diallo", "Keïta", "Traoré")]
        with transaction.atomic():
            written = record_all(lookups, actor=Actor())
        assert [entry.sequence for entry in written] == [2, 3, 4]
        assert set(Lookup.objects.values_list("id", flat=True)) == {one.lookup for one in lookups}
        (verdict,) = verify_all(witness_keys())
        assert (verdict.holds, verdict.verified) == (True, 4)
        clocks = [decode_body(bytes(entry.body or b"")).clock for entry in written]
        assert sorted(set(clocks)) == clocks

    def test_many_at_once_are_written_all_or_none(self) -> None:
        wrong = PostConfigured(post=new_id(), name="x", lanes=())
        with pytest.raises(JournalError, match=r"entry\.not_authorised"), transaction.atomic():
            record_all([a_lookup(), wrong, a_lookup()], actor=Actor())
        assert Lookup.objects.count() == 0
        assert Journal.objects.get().sequence == 1
        with transaction.atomic():
            assert record_all([], actor=Actor()) == []

    def test_only_inside_a_transaction(self, transactional_db: None) -> None:
        with pytest.raises(RuntimeError, match="inside a transaction"):
            append(this_node(), a_lookup(), actor=Actor())

    def test_a_post_cannot_write_what_only_the_hq_may(self) -> None:
        with pytest.raises(JournalError, match=r"entry\.not_authorised"), transaction.atomic():
            record(PostConfigured(post=new_id(), name="x", lanes=()), actor=Actor())

    def test_time_never_falls_below_what_the_hq_signed(self) -> None:
        signed = 4_000_000_000_000
        with transaction.atomic():
            entry = append(
                this_node(), a_lookup(), actor=Actor(), time_known=ClockReading(signed, error=-7)
            )
        body = decode_body(bytes(entry.body or b""))
        assert (body.at, body.clock_error) == (signed, -7)
        with transaction.atomic():
            later = record(a_lookup(), actor=Actor())
        assert decode_body(bytes(later.body or b"")).at >= signed

    def test_audience_may_be_narrowed(self) -> None:
        posts = to_posts([new_id()])
        with transaction.atomic():
            entry = record(a_lookup(), actor=Actor(), audience=posts)
        assert decode_body(bytes(entry.body or b"")).audience == posts


class TestReceiving:
    def test_bytes_are_kept_exactly(self) -> None:
        pen = Pen()
        pen.write(a_lookup())
        (stored,) = take_in(pen)
        assert JournalEntry.objects.get(id=stored.id).sealed() == pen.entries[0]

    def test_repeats_are_harmless_and_resumes_continue(self) -> None:
        pen = Pen()
        for _ in range(4):
            pen.write(a_lookup())
        assert len(take_in(pen, pen.segment(0, 2))) == 2
        assert take_in(pen, pen.segment(0, 2)) == []
        assert len(take_in(pen, pen.segment(1, 4))) == 2
        follow(pen)
        assert Lookup.objects.count() == 4

    def test_a_gap_stores_nothing(self) -> None:
        pen = Pen()
        for _ in range(4):
            pen.write(a_lookup())
        with pytest.raises(JournalError, match=r"chain\.gap"):
            take_in(pen, pen.segment(1, 4))
        assert JournalEntry.objects.count() == 0

    def test_two_entries_at_one_place_are_a_fork(self) -> None:
        pen, clone = Pen(), Pen()
        clone.node, clone.key, clone.place = pen.node, pen.key, pen.place
        pen.write(a_lookup("one"))
        clone.write(a_lookup("other"))
        take_in(pen)
        with pytest.raises(JournalError, match=r"journal\.fork"):
            take_in(pen, clone.segment())

    def test_a_stolen_post_key_cannot_write_for_the_hq(self) -> None:
        """Authority is looked at where an entry is received, not only where it is written."""
        pen = Pen(NodeKind.POST)
        enrolled = NodeEnrolled(
            enrolled=new_id(),
            node_kind=NodeKind.POST,
            name="false",
            state="MLI",
            epoch=1,
            public_key=b"",
            certificate="",
        )
        pen.write(enrolled)
        pen.write(a_lookup())
        take_in(pen)
        follow(pen)
        assert Quarantined.objects.get().code == "entry.not_authorised"
        assert Lookup.objects.count() == 1, "its journal goes on"

    def test_a_row_is_changed_by_its_owner_only(self) -> None:
        hq, other = Pen(NodeKind.HQ), Pen(NodeKind.HQ)
        post = new_id()
        hq.write(PostConfigured(post=post, name="ours", lanes=("1",)))
        other.write(PostConfigured(post=post, name="taken", lanes=()))
        for pen in (hq, other):
            take_in(pen)
            follow(pen)
        assert Post.objects.get(id=post).name == "ours"
        assert Quarantined.objects.get().code == "row.not_owned"

    @pytest.mark.parametrize(
        ("kind", "version", "code"),
        [("dream.had", 1, "entry.kind_unknown"), ("lookup.made", 99, "entry.version_unknown")],
    )
    def test_what_is_not_known_yet_is_stored_and_waits(
        self, kind: str, version: int, code: str
    ) -> None:
        pen = Pen()
        pen.write(a_lookup(), kind=kind, version=version)
        pen.write(a_lookup())
        assert len(take_in(pen)) == 2
        follow(pen)
        assert Quarantined.objects.get().code == code
        assert Lookup.objects.count() == 1
        assert retry_quarantined() == (1, 0, None)

    def test_a_body_that_is_no_body_is_set_aside(self) -> None:
        pen = Pen()
        pen.write_raw(b"\xc1 rubbish")
        pen.write(a_lookup())
        take_in(pen)
        follow(pen)
        assert Quarantined.objects.get().code == "entry.malformed"
        assert Lookup.objects.count() == 1

    def test_a_number_that_no_column_takes_is_the_writers_doing(self) -> None:
        pen = Pen()
        pen.write(msgspec.structs.replace(a_lookup(), results=2**63))
        pen.write_raw(encode_body(msgspec.structs.replace(body_of(pen), clock=2**63)))
        pen.write(a_lookup())
        take_in(pen)
        follow(pen)
        codes = Quarantined.objects.values_list("code", flat=True)
        assert [*codes] == ["entry.malformed", "entry.malformed"]
        assert Lookup.objects.count() == 1

    def test_a_projection_that_fails_does_not_stop_the_journal(self) -> None:
        pen = Pen()
        too_long = msgspec.structs.replace(a_lookup(), results=-1)
        pen.write(too_long)
        pen.write(a_lookup())
        take_in(pen)
        follow(pen)
        assert Quarantined.objects.get().code == "projection.failed"
        assert Lookup.objects.count() == 1

    def test_headers_without_bodies_make_no_rows(self) -> None:
        pen = Pen()
        pen.write(a_lookup())
        take_in(pen, Segment((SealedEntry(pen.entries[0].header),), pen.segment().head))
        follow(pen)
        assert (Lookup.objects.count(), Quarantined.objects.count()) == (0, 0)
        assert Journal.objects.get().projected == 1


def test_every_kind_declares_its_struct_frozen() -> None:
    from openmidas.journal import entry_kinds

    assert len(entry_kinds()) >= 10
    for kind in entry_kinds().values():
        assert issubclass(kind.content, Content)
        assert kind.content.__struct_config__.frozen, kind.name
        assert kind.authority, kind.name
    assert EpochOpened in {kind.content for kind in entry_kinds().values()}
