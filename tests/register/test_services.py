"""The book of a post: opened, handed over, closed; relaxed, written into; each once, and nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.crossings.models import Crossing
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import node_time
from openmidas.posts.services import suspend
from openmidas.register import services, writing
from openmidas.register.entries import Duty, Ground, Member, OrderedBy
from openmidas.register.models import Occurrence, Relaxation, Shift
from tests.register.conftest import Book
from tests.support.cast import acting, refusal

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def written() -> int:
    return JournalEntry.objects.filter(kind__startswith="shift.").count()


class TestOpening:
    def test_a_team_is_on_duty_from_then_on(self, book: Book) -> None:
        row = book.opened()
        assert services.on_duty() == row
        assert [one.duty for one in row.members()] == [Duty.IN_CHARGE, Duty.LANE]
        assert (row.opened_by, row.until, row.told()) == (book.cast.boubacar.id, None, None)

    def test_sent_twice_it_is_one(self, book: Book) -> None:
        row = book.opened()
        book.opened(id=row.id)
        assert (Shift.objects.count(), written()) == (1, 1)
        with refusal("shift.saved_already"):
            book.opened(id=row.id, team=book.team(book.cast.coumba))
        book.opened(row.since, id=row.id)
        with refusal("shift.saved_already"):
            book.opened(row.since - HOUR, id=row.id)

    def test_one_at_a_time(self, book: Book) -> None:
        book.opened()
        with refusal("shift.open_already"):
            book.opened()

    def test_it_may_have_begun_a_while_ago_and_not_before_the_last_ended(self, book: Book) -> None:
        now = node_time()
        with refusal("shift.in_future"):
            book.opened(now + HOUR)
        with refusal("shift.too_long_ago"):
            book.opened(now - 25 * HOUR)
        book.closed(book.opened(now - 5 * HOUR), until=now - 2 * HOUR)
        with refusal("shift.overlaps"):
            book.opened(now - 3 * HOUR)
        assert book.opened(now - HOUR).since == (now - HOUR).replace(
            microsecond=(now.microsecond // 1000) * 1000
        )

    def test_somebody_is_in_charge_and_one_only(self, book: Book) -> None:
        here = Member(officer=book.cast.aminata.id, duty=Duty.LANE)
        for team, code in (
            ((), "shift.without_team"),
            ((here,), "shift.one_in_charge"),
            ((*book.team(), *book.team(book.cast.coumba)), "shift.one_in_charge"),
            (book.team(book.cast.djibril), "shift.officer_unknown"),
        ):
            with refusal(code):
                services.open_shift(book.boubacar, issue_id(), team)

    def test_who_is_suspended_is_not_on_duty(self, book: Book) -> None:
        suspend(book.coumba, book.cast.aminata.id, reason="badge lost")
        with refusal("shift.officer_unknown"):
            book.opened()


class TestEnding:
    def test_handing_over_ends_one_and_begins_the_next_at_one_moment(self, book: Book) -> None:
        book.referred()
        first, then = book.handed_over(book.opened(), " Camion en panne à la barrière. ")
        assert (first.to, then.follows, first.until) == (then.id, first.id, then.since)
        assert (first.note, first.left().interviews) == ("Camion en panne à la barrière.", 1)
        assert services.on_duty() == then

    def test_it_bears_the_place_of_the_entry_that_ended_it(self, book: Book) -> None:
        row = book.closed(book.opened())
        entry = JournalEntry.objects.get(kind="shift.closed")
        assert (row.closed_epoch, row.closed_sequence) == (entry.epoch, entry.sequence)

    def test_sent_twice_it_is_once(self, book: Book) -> None:
        row, to = book.opened(), issue_id()
        for _ in range(2):
            services.hand_over(book.boubacar, row.id, to, book.team(book.cast.coumba), "note")
        assert written() == 3
        for _ in range(2):
            services.close(book.coumba, to, "night")
        assert written() == 4
        with refusal("shift.ended"):
            services.close(book.boubacar, to, "night")
        with refusal("shift.ended"):
            services.hand_over(book.boubacar, row.id, issue_id(), book.team())

    def test_one_that_was_forgotten_ends_when_it_ended(self, book: Book) -> None:
        now = node_time()
        row = book.opened(now - 10 * HOUR)
        with refusal("shift.ends_first"):
            book.closed(row, until=now - 11 * HOUR)
        with refusal("shift.in_future"):
            book.closed(row, until=now + HOUR)
        Shift.objects.filter(id=row.id).update(since=now - 90 * HOUR)
        ended = book.closed(row, until=now - 80 * HOUR)
        assert ended.until is not None
        assert ended.closed_at is not None
        assert ended.closed_at - ended.until > 79 * HOUR

    def test_another_moment_is_not_thrown_away(self, book: Book) -> None:
        now = node_time()
        row = book.closed(book.opened(now - 5 * HOUR), until=now - 2 * HOUR)
        book.closed(row, until=now - 2 * HOUR)
        with refusal("shift.saved_already"):
            book.closed(row, until=now - HOUR)

    def test_nobody_takes_a_shift_from_who_is_in_charge(self, book: Book) -> None:
        row = book.opened()
        with refusal("shift.not_yours"):
            services.hand_over(book.aminata, row.id, issue_id(), book.team(book.cast.aminata))
        with refusal("shift.not_yours"):
            services.close(book.aminata, row.id)
        assert services.on_duty() == row
        Shift.objects.filter(id=row.id).update(since=node_time() - 25 * HOUR)
        services.close(book.aminata, row.id)
        mine = book.opened(team=book.team(book.cast.aminata))
        services.hand_over(book.aminata, mine.id, issue_id(), book.team())

    def test_it_ends_after_what_happened_in_it(self, book: Book) -> None:
        now = node_time()
        row = book.opened(now - 10 * HOUR)
        Crossing.objects.filter(id=book.crossed()).update(at=now - 5 * HOUR)
        with refusal("shift.something_later"):
            book.closed(row, until=now - 6 * HOUR)
        # Who crossed long after one that was forgotten was let cross by others; its own lines stay in it.
        Shift.objects.filter(id=row.id).update(since=now - 30 * HOUR)
        writing.note_occurrence(book.aminata, issue_id(), "Panne", now - 7 * HOUR)
        with refusal("shift.something_later"):
            book.closed(row, until=now - 8 * HOUR)
        assert book.closed(row, until=now - 6 * HOUR).until is not None

    def test_of_another_post_or_none_nothing_ends(self, book: Book) -> None:
        with refusal("shift.unknown"):
            services.close(book.boubacar, issue_id())


class TestRelaxing:
    def relaxed(self, book: Book, **changes: object) -> Relaxation:
        id, actor = changes.pop("id", issue_id()), changes.pop("actor", book.boubacar)
        words = "Sortie sans questions pour les riverains"
        writing.relax(actor, id, Ground.CROWD, OrderedBy.IN_CHARGE, words)  # type: ignore[arg-type]  # as given
        return Relaxation.objects.get(id=id)

    def test_it_lasts_until_somebody_ends_it_whoever_is_on_duty(self, book: Book) -> None:
        first = book.opened()
        row = self.relaxed(book)
        book.handed_over(first)
        assert Relaxation.objects.get().ended_at is None
        for _ in range(2):
            writing.end_relaxation(book.coumba, row.id)
        assert Relaxation.objects.get().ended_by == book.cast.coumba.id
        assert JournalEntry.objects.filter(kind="shift.relaxation_ended").count() == 1

    def test_only_who_is_in_charge_or_the_head_of_post_orders_it(self, book: Book) -> None:
        with refusal("shift.none"):
            self.relaxed(book)
        book.opened()
        with refusal("shift.not_in_charge"):
            self.relaxed(book, actor=book.aminata)
        self.relaxed(book, actor=book.coumba)

    def test_sent_twice_it_is_one(self, book: Book) -> None:
        book.opened()
        row = self.relaxed(book)
        self.relaxed(book, id=row.id)
        assert Relaxation.objects.count() == 1
        with refusal("shift.saved_already"):
            self.relaxed(book, id=row.id, actor=book.coumba)
        with refusal("relaxation.unknown"):
            writing.end_relaxation(book.boubacar, issue_id())


class TestWriting:
    def test_a_line_stays_and_is_put_right_by_another(self, book: Book) -> None:
        book.opened()
        wrong, right = new_id(), new_id()
        writing.note_occurrence(book.aminata, wrong, "Visite du préfet à 10 h")
        for _ in range(2):
            writing.note_occurrence(book.aminata, right, "Du sous-préfet", corrects=wrong)
        assert [one.corrects for one in Occurrence.objects.order_by("at")] == [None, wrong]
        with refusal("shift.saved_already"):
            writing.note_occurrence(book.aminata, right, "Du maire", corrects=wrong)

    def test_another_moment_is_not_thrown_away(self, book: Book) -> None:
        book.opened()
        id, moment = new_id(), node_time() - HOUR
        for _ in range(2):
            writing.note_occurrence(book.aminata, id, "Panne", moment)
        with refusal("shift.saved_already"):
            writing.note_occurrence(book.aminata, id, "Panne", moment - HOUR)

    def test_what_cannot_be_written(self, book: Book) -> None:
        with refusal("shift.none"):
            writing.note_occurrence(book.aminata, issue_id(), "Panne")
        book.opened()
        with refusal("shift.words_missing"):
            writing.note_occurrence(book.aminata, issue_id(), " a ")
        with refusal("shift.in_future"):
            writing.note_occurrence(book.aminata, issue_id(), "Panne", node_time() + HOUR)
        with refusal("occurrence.unknown"):
            writing.note_occurrence(book.aminata, issue_id(), "Panne", corrects=issue_id())


def test_a_lane_officer_who_is_in_charge_may_relax(book: Book) -> None:
    row = book.opened(team=book.team(book.cast.aminata))
    assert services.in_charge(book.cast.aminata.id, acting(book.cast.aminata).role, row)
    assert not services.in_charge(book.cast.boubacar.id, acting(book.cast.boubacar).role, row)
