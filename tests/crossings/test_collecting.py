"""A post whose lease has run out: what it collects, the HQ opens, and both have it as crossings."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import msgspec
import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from openmidas.crossings.collecting import NOT_CHECKED, Sheet, collect_crossing
from openmidas.crossings.entries import CollectedOutcome, CrossingCollected, Outcome
from openmidas.crossings.erasing import places_of_crossing
from openmidas.crossings.inspection import (
    Direction,
    Document,
    Finding,
    Inspection,
    Journey,
    Traveller,
)
from openmidas.crossings.models import Crossing
from openmidas.crossings.second_line import resolve
from openmidas.documents import PartialDate
from openmidas.journal import Actor, JournalError, to_posts
from openmidas.journal.entry import decode_body
from openmidas.journal.local import Quarantined
from openmidas.journal.models import JournalEntry
from openmidas.journal.rebuild import rebuild
from openmidas.nodes.collecting import settling
from openmidas.nodes.collecting.chain import beginning, collect
from openmidas.nodes.collecting.entries import CollectedOpened, CollectedSealed
from openmidas.nodes.collecting.opening import open_collected
from openmidas.nodes.collecting.settling import Settled, prepare, settle
from openmidas.nodes.collecting.store import CollectingStore
from openmidas.nodes.entries import ErasureReason
from openmidas.nodes.erasing import order_erasure
from openmidas.nodes.identity import this_node
from openmidas.nodes.models import CollectedEntry, OpenedEntry
from openmidas.nodes.services import meet, record
from tests.conftest import HQ, POST, POST_HOME
from tests.crossings.conftest import AMINATA, BOUBACAR
from tests.support.cast import LANES, at_node, refusal

WALL = 1_760_000_000_000


@pytest.fixture
def store(post: None) -> Iterator[CollectingStore]:
    """The second store of a post that knows its HQ."""
    with at_node(HQ):
        card = this_node().card()
    meet(card)
    assert prepare(LANES)
    made = CollectingStore(POST_HOME)
    yield made
    made.path.unlink()


def sheet(outcome: CollectedOutcome = CollectedOutcome.ADMITTED, surname: str = "KEITA") -> Sheet:
    return Sheet(
        traveller=Traveller(surname=surname, birth=PartialDate(1991), nationality="MLI", sex="F"),
        document=Document(code="P", number="SP0000001", issuer="MLI"),
        journey=Journey(direction=Direction.EXIT),
        outcome=outcome,
        note="Le car de 8 h",
    )


def collected(store: CollectingStore, number: int = 1, **changes: str) -> list[UUID]:
    ids = [uuid4() for _ in range(number)]
    for id in ids:
        collect_crossing(store, AMINATA, id, sheet(**changes), wall=WALL)  # type: ignore[arg-type]
    return ids


def _collect(store: CollectingStore, id: UUID, findings: tuple[Finding, ...]) -> None:
    """As the page never does."""
    said = sheet()
    inspection = Inspection(
        id=id,
        lane=AMINATA.lane,
        opened_at=WALL,
        traveller=said.traveller,
        document=said.document,
        journey=said.journey,
        findings=findings,
    )
    store.add(
        uuid4(), CrossingCollected(inspection=inspection, outcome=said.outcome), AMINATA, WALL
    )


def opened_by_hq() -> int:
    with at_node(HQ):
        return open_collected()


class TestDrill:
    def test_what_was_collected_becomes_crossings_marked_as_such(
        self, store: CollectingStore
    ) -> None:
        (admitted,) = collected(store)
        (referred,) = collected(store, outcome=CollectedOutcome.REFERRED)
        assert settle() == Settled(taken=2, let_go=0, waiting=2)
        assert not Crossing.objects.exists(), "nobody here can read it"
        assert opened_by_hq() == 2
        row = Crossing.objects.get(id=admitted)
        assert (row.node, row.status, row.recorded) == (POST, "admitted", "collected")
        assert (row.surname, row.officer, row.lane) == ("KEITA", AMINATA.officer, LANES[0])
        assert (row.note, row.birth, row.direction) == ("Le car de 8 h", "1991", "exit")
        assert row.state == "look", "a traveller whom no list was asked about is never clear"
        assert Crossing.objects.get(id=referred).status == "referred"
        assert settle() == Settled(taken=0, let_go=2, waiting=0)
        assert store.count() == 0
        assert store.add(uuid4(), sheet_content(store), AMINATA, WALL) == 3

    def test_the_body_goes_back_to_this_post_only(self, store: CollectingStore) -> None:
        collected(store)
        settle()
        opened_by_hq()
        (given_back,) = JournalEntry.objects.filter(kind="collected.opened")
        assert given_back.node == HQ
        assert Crossing.objects.count() == 1
        body = msgspec.msgpack.decode(bytes(given_back.body or b""))
        assert body["audience"] == msgspec.to_builtins(to_posts([POST])) | {"posts": [str(POST)]}

    def test_the_second_line_decides_on_whom_was_referred(self, store: CollectingStore) -> None:
        (id,) = collected(store, outcome=CollectedOutcome.REFERRED)
        settle()
        opened_by_hq()
        resolve(BOUBACAR, id, Outcome.ADMITTED)
        assert Crossing.objects.get(id=id).status == "admitted"

    def test_a_rebuild_makes_the_same(self, store: CollectingStore) -> None:
        collected(store, 3)
        settle()
        opened_by_hq()
        before = list(Crossing.objects.order_by("id").values())
        rebuild()
        assert list(Crossing.objects.order_by("id").values()) == before

    def test_opened_again_by_a_restored_headquarters_nothing_is_doubled(
        self, store: CollectingStore
    ) -> None:
        """Its copy is older than the opening, which posts then bring back to it."""
        (id,) = collected(store)
        settle()
        opened_by_hq()
        before = Crossing.objects.values().get(id=id)
        first = msgspec.convert(
            decode_body(
                bytes(JournalEntry.objects.get(kind="collected.opened").body or b"")
            ).read(),
            CollectedOpened,
        )
        with at_node(HQ), transaction.atomic():
            record(first, actor=Actor(), audience=to_posts([POST]))
        assert Crossing.objects.values().get() == before
        assert OpenedEntry.objects.count() == 1
        assert settle() == Settled(taken=0, let_go=1, waiting=0)
        rebuild()
        assert Crossing.objects.values().get() == before

    def test_what_is_too_long_is_refused_and_not_collected(self, store: CollectingStore) -> None:
        with refusal("field.too_long"):
            collect_crossing(store, AMINATA, uuid4(), sheet(surname="A" * 200), wall=WALL)
        assert store.count() == 0


def sheet_content(store: CollectingStore) -> CollectedSealed:
    """Any content: the store seals what it is given."""
    about = store.about()
    entry, _ = collect(
        b"", beginning(POST, about.run, about.public_key), about.key, about.recipients
    )
    return CollectedSealed(
        run=about.run, header=entry.header, sealed=entry.sealed, signature=entry.signature
    )


class TestSettlingIsBrokenOff:
    @settings(max_examples=15)
    @given(
        batch=st.integers(1, 3),
        breaks=st.lists(st.tuples(st.sampled_from(("mark", "forget")), st.booleans()), max_size=4),
        number=st.integers(1, 5),
    )
    def test_nothing_is_lost_and_nothing_doubled(
        self, batch: int, breaks: list[tuple[str, bool]], number: int
    ) -> None:
        """In a transaction of its own, which is taken back: the machine dies before or after a step."""
        with transaction.atomic():
            with at_node(HQ):
                card = this_node().card()
            meet(card)
            store = CollectingStore(POST_HOME)
            store.path.unlink(missing_ok=True)
            prepare(LANES)
            ids = collected(store, number)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(settling, "AT_ONCE", batch)
                for where, before in breaks:
                    _settle_and_die(where, before=before)
                    opened_by_hq()
                settle()
                opened_by_hq()
                settle()
            assert set(Crossing.objects.values_list("id", flat=True)) == set(ids)
            assert JournalEntry.objects.filter(kind="collected.sealed").count() == number
            assert JournalEntry.objects.filter(kind="collected.opened").count() == number
            assert store.count() == 0
            store.path.unlink()
            transaction.set_rollback(True)

    @pytest.fixture(autouse=True)
    def _post(self, post: None) -> None:
        """A post at work."""

    def test_twice_at_once(self, store: CollectingStore) -> None:
        collected(store, 2)
        entries, about = store.entries(), store.about()
        assert settling._take(about, entries) == 2
        assert settling._take(about, entries) == 0


class DiedError(Exception):
    """The machine died here."""


def _settle_and_die(where: str, *, before: bool) -> None:
    name = {"mark": "mark_settled", "forget": "forget"}[where]
    real = getattr(CollectingStore, name)

    def die(store: CollectingStore, sequences: list[int]) -> None:
        if not before:
            real(store, sequences)
        raise DiedError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CollectingStore, name, die)
        try:
            settle()
        except DiedError:
            return


class TestWhatIsWrong:
    def test_a_body_that_was_changed_is_said_and_kept(self, store: CollectingStore) -> None:
        first, second = collected(store, 2)
        with _file(store) as db:
            db.execute("UPDATE entry SET sealed = (SELECT sealed FROM entry WHERE sequence = 2)")
        settle()
        assert opened_by_hq() == 1
        assert Crossing.objects.get().id == second
        problem = OpenedEntry.objects.exclude(problem="").get()
        assert problem.problem == "entry.body_changed"
        assert settle() == Settled(taken=0, let_go=1, waiting=1)
        assert not Crossing.objects.filter(id=first).exists()

    def test_what_follows_a_gap_waits_for_what_is_missing(self, store: CollectingStore) -> None:
        collected(store, 3)
        with _file(store) as db:
            db.execute("UPDATE entry SET settled = 1 WHERE sequence = 2")
        settle()
        assert opened_by_hq() == 1
        with _file(store) as db:
            db.execute("UPDATE entry SET settled = 0 WHERE sequence = 2")
        settle()
        assert opened_by_hq() == 2
        assert Crossing.objects.count() == 3

    def test_two_entries_at_one_place_of_a_run_are_a_fork(self, store: CollectingStore) -> None:
        collected(store)
        settle()
        with pytest.raises(JournalError, match=r"collected\.fork"), transaction.atomic():
            record(sheet_content(store), actor=Actor())

    def test_another_entry_at_a_place_that_the_journal_has_is_not_let_go(
        self, store: CollectingStore
    ) -> None:
        """The file was put back from a copy, and a place was given out a second time."""
        copy = store.path.read_bytes()
        collected(store)
        settle()
        store.path.write_bytes(copy)
        collected(store, surname="COULIBALY")
        assert settle().taken == 0
        assert len(store.entries(settled=False)) == 1

    def test_a_body_that_makes_no_rows_keeps_nobody_waiting(self, store: CollectingStore) -> None:
        """A post can seal what it likes: a crossing of another post, one that claims to be clear."""
        (of_another,) = collected(store)
        settle()
        opened_by_hq()
        Crossing.objects.filter(id=of_another).update(node=uuid4())
        _collect(store, of_another, (NOT_CHECKED,))
        _collect(store, uuid4(), ())
        (well,) = collected(store)
        settle()
        assert opened_by_hq() == 1
        problems = OpenedEntry.objects.exclude(problem="").values_list("problem", flat=True)
        assert sorted(problems) == ["entry.malformed", "row.not_owned"]
        assert Crossing.objects.filter(id=well, node=POST).exists()

    def test_only_what_may_be_collected_is_opened(self, store: CollectingStore) -> None:
        store.add(uuid4(), sheet_content(store), AMINATA, WALL)
        settle()
        assert opened_by_hq() == 0
        assert OpenedEntry.objects.get().problem == "collected.kind"

    def test_the_headquarters_cannot_put_words_into_a_posts_mouth(
        self, store: CollectingStore
    ) -> None:
        collected(store)
        settle()
        about = store.about()
        said = CollectedOpened(post=POST, run=about.run, sequence=1, body=b"x", salt=bytes(16))
        with at_node(HQ), pytest.raises(JournalError, match=r"body_changed"), transaction.atomic():
            record(said, actor=Actor())
        assert not Crossing.objects.exists()
        assert not Quarantined.objects.exists()

    def test_a_key_of_another_run_is_refused(self, store: CollectingStore) -> None:
        collected(store)
        with _file(store) as db:
            db.execute("UPDATE entry SET signature = zeroblob(64)")
        settle()
        assert opened_by_hq() == 0
        assert OpenedEntry.objects.get().problem == "head.not_signed"


def _file(store: CollectingStore):  # type: ignore[no-untyped-def]  # a connection, committed at the end
    import sqlite3

    return sqlite3.connect(store.path)


class TestErasing:
    def test_the_sealed_and_the_opened_go_together(self, store: CollectingStore) -> None:
        (id,) = collected(store)
        collected(store)
        settle()
        opened_by_hq()
        settle()
        with at_node(HQ):
            (place,) = places_of_crossing(id)
            order_erasure([place], ErasureReason.REQUEST, actor=Actor())
            rebuild()
            assert open_collected() == 0
        assert not Crossing.objects.filter(id=id).exists()
        assert Crossing.objects.count() == 1
        for kind in ("collected.sealed", "collected.opened"):
            assert JournalEntry.objects.filter(kind=kind).count() == 1
        assert CollectedEntry.objects.count() == OpenedEntry.objects.count() == 1


class TestPreparing:
    def test_without_a_headquarters_there_is_nobody_to_seal_to(self, post: None) -> None:
        assert not prepare(LANES)
        assert not CollectingStore(POST_HOME).exists
        assert settle() == Settled(taken=0, let_go=0, waiting=0)

    def test_again_it_keeps_its_run_and_takes_what_is_new(self, store: CollectingStore) -> None:
        before = store.about()
        prepare(("A", "B", "C"))
        assert store.about().run == before.run
        assert store.about().lanes == ("A", "B", "C")
        assert JournalEntry.objects.filter(kind="collecting.prepared").count() == 1

    def test_a_node_in_another_epoch_begins_another_run(
        self, store: CollectingStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What waits for the HQ stands in the journal, and must not keep an old run going."""
        (id,) = collected(store)
        settle()
        run = store.about().run
        store.change(msgspec.structs.replace(store.about(), epoch=store.about().epoch + 1))
        prepare(LANES)
        assert store.about().run != run
        assert opened_by_hq() == 1
        assert Crossing.objects.filter(id=id).exists()
