"""Who is in the country follows from the set of crossings, in whatever order they arrive."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

import msgspec
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmidas.crossings.entries import (
    CrossingRecorded,
    CrossingReferred,
    CrossingResolved,
    Outcome,
    ReferralReason,
)
from openmidas.crossings.inspection import HowRead, Purpose
from openmidas.crossings.models import Crossing
from openmidas.flows.entries import StayMatchDismissed, StayMatched, StayMatchReopened
from openmidas.flows.models import Presence, PresenceCount, UnmatchedExit
from openmidas.flows.stays.counts import Key, keys_of, limit_of
from openmidas.journal import Content, NodeKind
from openmidas.journal.local import Quarantined
from openmidas.journal.rebuild import rebuild
from tests.journal.test_rebuild import arrive, tables_after
from tests.support.stays import START, crossed
from tests.support.tables import all_rows
from tests.support.writers import Pen

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_hq")]
TABLES = ("flows_presence", "flows_presencecount", "flows_unmatchedexit", "flows_staymatch")


def told(*contents: Content) -> Pen:
    """One post writes all this, and it arrives."""
    post = Pen()
    for content in contents:
        post.write(content)
    arrive([post], seed=1)
    assert not Quarantined.objects.exists()
    return post


def present() -> dict[str, UUID]:
    return dict(Presence.objects.values_list("document_key", "crossing"))


class TestOneDocument:
    def test_who_entered_is_there_with_the_rule_of_the_entry(self) -> None:
        entry = crossed(until=date(2025, 5, 29))
        post = told(entry)
        row = Presence.objects.get()
        assert (row.document_key, row.issuer, row.nationality, row.sex, row.age_group) == (
            "A1234567", "GIN", "GIN", "M", "18-59",
        )  # fmt: skip
        assert (row.node, row.crossing, row.entered_at, row.entered) == (
            post.node, entry.inspection.id, START, date(2025, 3, 1),
        )  # fmt: skip
        assert (row.rule, row.until) == ("ecowas", date(2025, 5, 29))
        assert (row.seen_node, row.seen_at) == (post.node, START)

    def test_who_left_is_not(self) -> None:
        told(crossed(), crossed(direction="exit", minutes=5))
        assert present() == {}
        assert not UnmatchedExit.objects.exists()

    def test_an_exit_of_the_same_moment_counts_as_later(self) -> None:
        told(crossed(direction="exit"), crossed())
        assert present() == {}

    def test_the_last_entry_is_the_one(self) -> None:
        last = crossed(minutes=9)
        told(crossed(), last, crossed(direction="exit", minutes=5))
        assert present() == {"A1234567": last.inspection.id}

    def test_one_number_of_two_states_is_two_documents(self) -> None:
        told(crossed(), crossed(issuer="MLI"), crossed(direction="exit", minutes=1))
        assert [row.issuer for row in Presence.objects.all()] == ["MLI"]

    def test_nobody_is_there_who_was_not_let_cross(self) -> None:
        told(crossed(outcome=Outcome.REFUSED))
        assert present() == {}

    def test_a_refused_exit_ends_nothing_and_shows_where_somebody_was_seen_last(self) -> None:
        entry, refused = crossed(), crossed(direction="exit", minutes=5, outcome=Outcome.REFUSED)
        first, second = Pen(), Pen()
        first.write(entry)
        second.write(refused)
        arrive([first, second], seed=1)
        row = Presence.objects.get()
        assert (row.crossing, row.node) == (entry.inspection.id, first.node)
        assert (row.seen_node, row.seen_at) == (second.node, START + timedelta(minutes=5))

    def test_what_the_second_line_decides_counts_then(self) -> None:
        one = crossed().inspection
        post = told(CrossingReferred(inspection=one, reason=ReferralReason.ASKED))
        assert present() == {}
        post.write(CrossingResolved(crossing=one.id, outcome=Outcome.ADMITTED))
        _more(post, since=1)
        assert present() == {"A1234567": one.id}
        post.write(CrossingResolved(crossing=one.id, outcome=Outcome.REFUSED))
        _more(post, since=2)
        assert present() == {}
        assert not PresenceCount.objects.exists()

    def test_a_crossing_told_again_with_another_document_moves(self) -> None:
        entry = crossed()
        other = crossed("B7654321").inspection
        again = msgspec.structs.replace(entry, inspection=_with_id(other, entry.inspection.id))
        told(entry, again)
        assert present() == {"B7654321": entry.inspection.id}

    def test_without_a_document_people_are_counted_and_not_guessed(self) -> None:
        told(
            crossed("", issuer=""),
            crossed("", issuer=""),
            crossed("", "exit", issuer="", minutes=3),
            crossed("", issuer="", outcome=Outcome.REFUSED),
        )
        assert present() == {}
        assert dict(PresenceCount.objects.values_list("what", "number")) == {
            "entry_without": 2, "exit_without": 1,
        }  # fmt: skip


class TestUnmatchedExits:
    def test_a_document_that_never_entered(self) -> None:
        left = crossed(direction="exit")
        told(left)
        assert UnmatchedExit.objects.get().crossing == left.inspection.id
        assert present() == {}

    def test_no_longer_once_the_entry_arrives(self) -> None:
        told(crossed(direction="exit", minutes=9), crossed())
        assert not UnmatchedExit.objects.exists()

    def test_leaving_twice_in_a_row(self) -> None:
        left = crossed(direction="exit", minutes=9)
        told(crossed(), crossed(direction="exit", minutes=5), left)
        assert UnmatchedExit.objects.get().crossing == left.inspection.id


class TestMatches:
    def a_change_of_documents(self) -> tuple[CrossingRecorded, CrossingRecorded, Pen, Pen]:
        entry, left = crossed(), crossed("B7654321", "exit", minutes=60)
        post, hq = Pen(), Pen(NodeKind.HQ)
        post.write(entry)
        post.write(left)
        return entry, left, post, hq

    def test_a_confirmed_match_ends_the_stay(self) -> None:
        entry, left, post, hq = self.a_change_of_documents()
        hq.write(StayMatched(entry=entry.inspection.id, exit=left.inspection.id, reason="photo"))
        arrive([post, hq], seed=1)
        assert present() == {}
        assert not UnmatchedExit.objects.exists()
        assert not PresenceCount.objects.exists()

    @pytest.mark.parametrize("kind", [StayMatchDismissed, StayMatchReopened])
    def test_a_dismissed_one_and_one_taken_back_do_not(
        self, kind: type[StayMatchDismissed | StayMatchReopened]
    ) -> None:
        entry, left, post, hq = self.a_change_of_documents()
        pair = {"entry": entry.inspection.id, "exit": left.inspection.id}
        hq.write(StayMatched(**pair, reason="photo"))
        hq.write(kind(**pair, reason="another photo"))
        arrive([post, hq], seed=1)
        assert present() == {"A1234567": entry.inspection.id}
        assert UnmatchedExit.objects.get().crossing == left.inspection.id

    def test_who_enters_again_with_the_first_document_is_there(self) -> None:
        entry, left, post, hq = self.a_change_of_documents()
        again = crossed(minutes=90)
        post.write(again)
        hq.write(StayMatched(entry=entry.inspection.id, exit=left.inspection.id, reason="photo"))
        arrive([post, hq], seed=1)
        assert present() == {"A1234567": again.inspection.id}

    def test_the_order_of_arrival_does_not_matter(self) -> None:
        entry, left, post, hq = self.a_change_of_documents()
        other = Pen()
        other.write(crossed(minutes=30, until=date(2025, 4, 1)))
        hq.write(StayMatched(entry=entry.inspection.id, exit=left.inspection.id, reason="photo"))
        first = tables_after([post, other, hq], seed=1)
        assert not first["flows_presence"]
        for seed in range(2, 10):
            again = tables_after([post, other, hq], seed)
            assert [again[t] for t in TABLES] == [first[t] for t in TABLES], seed


def test_a_post_keeps_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    told(crossed(), crossed("", issuer=""))
    assert Crossing.objects.count() == 2
    assert not Presence.objects.exists()
    assert not PresenceCount.objects.exists()


Move = tuple[int, int, str, int, bool]
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2),  # the post
        st.integers(0, 2),  # the document; 0 is none
        st.sampled_from(["entry", "exit"]),
        st.integers(0, 6),  # the hour
        st.booleans(),  # whether let cross
    ),
    max_size=12,
)


@given(moves=MOVES, seed=st.integers(0, 9))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_presences_are_those_of_a_naive_computation(moves: list[Move], seed: int) -> None:
    posts = [Pen(), Pen(), Pen()]
    written = [(move, _written(posts, move)) for move in moves]
    sid = transaction.savepoint()
    arrive([post for post in posts if post.entries], seed)
    expected, alone = {}, set()
    for document in (1, 2):
        mine = [(m, c) for m, c in written if m[1] == document and m[4]]
        entries = [(m[3], c.inspection.id) for m, c in mine if m[2] == "entry"]
        exits = [(m[3], c.inspection.id) for m, c in mine if m[2] == "exit"]
        if entries and max(entries)[0] > max(exits, default=(-1,))[0]:
            expected[f"N000000{document}"] = max(entries)[1]
        elif exits:
            times = sorted([*((h, 1) for h, _ in exits), *((h, 0) for h, _ in entries)])
            if len(times) == 1 or times[-2][1] == 1:
                alone.add(max(exits)[1])
    assert present() == expected
    assert set(UnmatchedExit.objects.values_list("crossing", flat=True)) == alone
    _check_counts(written)
    transaction.savepoint_rollback(sid)


def _written(posts: list[Pen], move: Move) -> CrossingRecorded:
    post, document, direction, hour, admitted = move
    one = crossed(
        f"N000000{document}" if document else "",
        direction,
        minutes=60 * hour,
        outcome=Outcome.ADMITTED if admitted else Outcome.REFUSED,
        until=date(2025, 4, hour) if hour else None,
        rule="ecowas" if hour % 2 else "",
        nationality=("GIN", "MLI")[document % 2],
    )
    posts[post].write(one)
    return one


def _check_counts(written: list[tuple[Move, CrossingRecorded]]) -> None:
    counted: Counter[Key] = Counter(k for row in Presence.objects.all() for k in keys_of(row))
    assert {
        row.id: row.number for row in PresenceCount.objects.exclude(what__endswith="without")
    } == {key.id: number for key, number in counted.items()}
    without = Counter(move[2] for move, _ in written if move[1] == 0 and move[4])
    for direction in ("entry", "exit"):
        rows = PresenceCount.objects.filter(what=f"{direction}_without")
        assert sum(row.number for row in rows) == without[direction]
    assert not PresenceCount.objects.filter(number__lte=0).exists()


def test_a_stay_without_a_rule_is_not_one_without_a_limit() -> None:
    assert [limit_of("", None), limit_of("aes", None), limit_of("", date(2025, 1, 1))] == [
        "unknown", "none", "day",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("own_journal")
def test_a_rebuild_gives_the_same_rows() -> None:
    entry, left = crossed(until=date(2025, 4, 1)), crossed("B7654321", "exit", minutes=60)
    first, second, hq = Pen(), Pen(), Pen(NodeKind.HQ)
    first.write(entry)
    second.write(left)
    for number in range(4):
        second.write(crossed(f"C000000{number}", minutes=number))
        first.write(crossed(f"C000000{number}", "exit", minutes=2))
    first.write(crossed("", issuer=""))
    hq.write(StayMatched(entry=entry.inspection.id, exit=left.inspection.id, reason="photo"))
    arrive([first, second, hq], seed=5)
    before = all_rows()
    assert all(before[table] for table in TABLES[:2])
    rebuild()
    after = all_rows()
    assert [after[table] for table in TABLES] == [before[table] for table in TABLES]


def _with_id(inspection: msgspec.Struct, id: UUID) -> msgspec.Struct:
    return msgspec.structs.replace(inspection, id=id)


def _more(post: Pen, since: int) -> None:
    """What the post wrote since arrives too."""
    from openmidas.journal.following import project_pending
    from openmidas.journal.models import Journal
    from openmidas.journal.store import lock_journal, receive

    with transaction.atomic():
        receive(post.segment(since), lock_journal(post.node, 1))
    while project_pending(Journal.objects.get(node=post.node)):
        pass


@pytest.mark.parametrize("direction", ["entry", "exit"])
def test_a_border_residents_card_begins_no_stay(direction: str) -> None:
    said = crossed("R0926747712345", direction)
    told(_by_card(said))
    assert Crossing.objects.get().document_key == "R0926747712345"
    assert not Presence.objects.exists()
    assert not UnmatchedExit.objects.exists()


def test_a_stay_that_began_without_the_card_ends_with_it_in_any_order() -> None:
    entry, gone = crossed("R0926747712345"), crossed("R0926747712345", "exit", minutes=5)
    told(_by_card(gone))
    told(entry)
    assert not Presence.objects.exists()
    assert not UnmatchedExit.objects.exists()
    told(crossed("R0926747712345", minutes=9))
    assert Presence.objects.get().document_key == "R0926747712345"


def _by_card(said: CrossingRecorded) -> CrossingRecorded:
    """The same with a border resident's card that holds."""
    replace = msgspec.structs.replace
    inspection = said.inspection
    card = replace(inspection.document, how_read=HowRead.RESIDENT)
    journey = replace(inspection.journey, purpose=Purpose.RESIDENT)
    return replace(said, inspection=replace(inspection, document=card, journey=journey))
