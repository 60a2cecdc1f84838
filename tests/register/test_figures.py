"""A shift in numbers: what it counts, and that its own is told for good when it ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import translation

from openmidas.cases.interviews import services as interviews
from openmidas.cases.interviews.entries import HoldGround
from openmidas.cases.interviews.models import Hold
from openmidas.cases.refusal_form.entries import Signed, Understood
from openmidas.cases.refusal_form.services import serve
from openmidas.crossings import services as lane
from openmidas.crossings.entries import CountReason, CrossingsCounted, Outcome
from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction, Document, Journey, Traveller
from openmidas.crossings.models import Crossing
from openmidas.crossings.recording import PaperLine, record_line
from openmidas.incidents import services as incidents
from openmidas.incidents.entries import IncidentKind, Severity
from openmidas.incidents.services import Report
from openmidas.journal.models import new_id
from openmidas.nodes.services import node_time, record
from openmidas.register.counting import figures, waiting
from openmidas.register.entries import Figures, Passed, Turned, Waiting
from openmidas.register.figure_lines import figure_lines
from openmidas.register.models import Shift
from openmidas.register.page import span_of
from tests.conftest import POST
from tests.crossings.conftest import paper
from tests.register.conftest import Book

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def now(shift: Shift) -> Figures:
    return figures(POST, span_of(shift))


def typed(book: Book) -> None:
    """A line of yesterday's paper register is typed in."""
    line = PaperLine(
        traveller=Traveller(surname="Diallo", nationality="GIN"),
        document=Document(),
        journey=Journey(),
        crossed_at=node_time() - 24 * HOUR,
        outcome=Outcome.ADMITTED,
    )
    record_line(book.boubacar, issue_id(), line, again=True)


def counted(book: Book, day: date) -> None:
    """Sixty are typed in who were only counted on a day."""
    content = CrossingsCounted(
        count=new_id(),
        day=day.isoformat(),
        direction=Direction.ENTRY,
        number=60,
        reason=CountReason.CROWD,
    )
    with transaction.atomic():
        record(content, actor=book.boubacar)


def test_who_came_and_how_that_stands(book: Book) -> None:
    earlier = book.crossed("SP0000009")
    Crossing.objects.filter(id=earlier).update(at=node_time() - 9 * HOUR)
    shift = book.opened()
    book.crossed()
    book.crossed("SP0000004")
    book.referred()
    book.refused()
    told = now(shift)
    assert told.passed == (
        Passed(direction="entry", status="admitted", number=2),
        Passed(direction="entry", status="referred", number=1),
        Passed(direction="entry", status="refused", number=1),
    )
    assert (told.refused, told.receipts) == ((Turned(reason="false_document", number=1),), 2)


def test_what_came_from_paper_stands_apart(book: Book) -> None:
    shift = book.opened()
    typed(book)
    assert (now(shift).passed, now(shift).paper, now(shift).paper_late) == ((), 1, 1)


def test_what_is_typed_in_after_a_shift_stands_on_the_next_sheet_and_on_no_other(
    book: Book,
) -> None:
    first = book.opened()
    typed(book)
    ended = book.closed(first).told()
    typed(book)
    counted(book, node_time().date() - 24 * HOUR)
    second = book.opened()
    typed(book)
    counted(book, node_time().date())
    told = now(second)
    assert ended is not None
    assert (ended.paper, ended.counted) == (1, 0)
    assert (told.paper, told.paper_late, told.counted, told.counted_late) == (2, 2, 120, 60)
    book.closed(second)
    assert now(book.opened()).paper == 0


def test_a_register_that_was_taken_over_is_no_work_of_the_shift(book: Book) -> None:
    shift = book.opened()
    Crossing.objects.filter(id=book.crossed()).update(recorded="register")
    assert (now(shift).passed, now(shift).paper) == ((), 0)


def test_what_led_to_no_crossing_of_its_own(book: Book) -> None:
    shift = book.opened()
    inspection = lane.scan(book.aminata, new_id(), paper(number="SP0000006"))
    lane.cancel(book.aminata, [inspection.id])
    counted(book, node_time().date())
    assert (now(shift).cancelled, now(shift).counted) == (1, 60)


def test_what_was_done_and_given(book: Book) -> None:
    shift = book.opened()
    crossing = book.refused()
    serve(book.boubacar, crossing, issue_id(), "Bambara", Understood.READ, Signed.SIGNED)
    grave = Report(kind=IncidentKind.SECURITY, severity=Severity.CRITICAL)
    incidents.report(book.aminata, issue_id(), grave)
    small = Report(kind=IncidentKind.BORDER, severity=Severity.LOW)
    incidents.report(book.aminata, issue_id(), small)
    told = now(shift)
    assert (told.forms, told.incidents, told.grave) == (1, 2, 1)


def test_persons_held_count_with_the_time_within_the_shift(book: Book) -> None:
    crossing = book.referred()
    interviews.take(book.boubacar, crossing)
    interviews.hold(book.boubacar, crossing, HoldGround.IDENTITY)
    Hold.objects.update(at=node_time() - 3 * HOUR)
    shift = book.opened(node_time() - HOUR)
    told = now(shift)
    assert (told.held.number, told.held.minutes, told.longest) == (1, 60, 60)
    assert told.interviews == 1
    interviews.let_go(book.boubacar, crossing)
    interviews.hold(book.boubacar, crossing, HoldGround.IDENTITY)
    assert now(shift).held.number == 1


def test_a_shift_that_ended_tells_what_it_told(book: Book) -> None:
    shift = book.opened()
    book.crossed()
    ended = book.closed(shift)
    told = ended.told()
    Crossing.objects.all().delete()
    assert told is not None
    assert (sum(one.number for one in told.passed), now(ended).passed) == (1, ())


def test_what_waits(book: Book) -> None:
    book.referred()
    incidents.report(
        book.aminata, issue_id(), Report(kind=IncidentKind.BORDER, severity=Severity.LOW)
    )
    assert waiting(POST) == Waiting(interviews=1, incidents=1)


def test_zero_is_told_as_zero() -> None:
    with translation.override("en"):
        lines = {one.label: one.value for one in figure_lines(Figures())}
    assert lines["Entry, let cross"] == lines["Exit, let cross"] == lines["Persons held"] == "0"
