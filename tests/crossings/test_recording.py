"""Travellers of the paper register, and those who were only counted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction

from openmidas.crossings import counting, recording
from openmidas.crossings.counting import Count, record_count
from openmidas.crossings.entries import (
    OLDEST,
    CountReason,
    CrossingRecorded,
    CrossingsCounted,
    Outcome,
    RecordSource,
    RefusalReason,
)
from openmidas.crossings.inspection import (
    Conveyance,
    Direction,
    Document,
    Inspection,
    Journey,
    Severity,
    Traveller,
)
from openmidas.crossings.models import CountOnly, Crossing
from openmidas.crossings.recording import PaperLine, record_line
from openmidas.documents import PartialDate
from openmidas.journal import Actor
from openmidas.journal.models import Journal, new_id
from openmidas.journal.projecting import Origin, moment, project_content
from openmidas.nodes.services import node_day, node_time
from tests.conftest import HQ, POST
from tests.crossings.conftest import BOUBACAR, admit, codes, paper, scan
from tests.support.cast import at_node, refusal

pytestmark = pytest.mark.usefixtures("post")

OTHER = Actor(new_id(), "second_line")
YESTERDAY = timedelta(days=1)


def line(**changes: Any) -> PaperLine:
    usual = PaperLine(
        traveller=Traveller(surname="Mariam Keïta", birth=PartialDate(1991, 3), nationality="MLI"),
        document=Document(code="P", number="SP0000001", issuer="MLI"),
        journey=Journey(direction=Direction.EXIT),
        crossed_at=(node_time() - YESTERDAY).replace(second=0, microsecond=0),
        outcome=Outcome.ADMITTED,
    )
    return msgspec.structs.replace(usual, **changes)


def enter(*, id: UUID | None = None, actor: Actor = BOUBACAR, **changes: Any) -> Inspection:
    return record_line(actor, id or new_id(), line(**changes), again=True)


def enter_once(**changes: Any) -> Inspection:
    """As `enter`, unless it is there already."""
    return record_line(BOUBACAR, new_id(), line(**changes))


def written() -> int:
    return Journal.objects.get(node=POST).sequence


def guinean(name: str = "Mamadou Diallo", number: str = "G1") -> dict[str, Any]:
    return {
        "traveller": Traveller(surname=name, birth=PartialDate(1990), nationality="GIN"),
        "document": Document(code="P", number=number, issuer="GIN"),
        "journey": Journey(direction=Direction.ENTRY),
    }


class TestLines:
    def test_a_line_counts_on_the_day_when_it_was(self) -> None:
        entered = line()
        record_line(BOUBACAR, id := new_id(), entered)
        row = Crossing.objects.get(id=id)
        assert (row.recorded, row.status, row.lane) == ("paper", "admitted", "")
        assert row.at == entered.crossed_at
        assert row.day == node_day() - YESTERDAY
        assert row.officer == BOUBACAR.officer
        assert recording.line_of(row) == entered

    def test_somebody_on_a_list_is_found_now_and_was_not_stopped(self) -> None:
        sagnon = Traveller(surname="Boureima Sagnon", birth=PartialDate(1971, 3, 14), sex="M")
        found = enter(traveller=sagnon)
        hits = [one for one in found.findings if one.code == "list_hit"]
        assert [hit.severity for hit in hits] == [Severity.STOP]
        assert Crossing.objects.get(id=found.id).status == "admitted"

    def test_a_document_is_judged_by_the_day_of_the_crossing(self) -> None:
        yesterday = node_day() - YESTERDAY
        valid = Document(code="P", number="A1", issuer="MLI", expiry=_partial(yesterday))
        assert "document_expired" not in codes(enter(document=valid))
        expired = msgspec.structs.replace(valid, expiry=_partial(yesterday - YESTERDAY))
        assert "document_expired" in codes(enter(document=expired))

    def test_a_stay_is_counted_from_the_day_of_the_crossing(self) -> None:
        entered = enter(**guinean())
        row = Crossing.objects.get(id=entered.id)
        assert row.stay_until == node_day() - YESTERDAY + timedelta(days=89)

    def test_the_post_does_not_remember_it_as_of_now(self) -> None:
        admit(scan(paper()))
        assert "same_document" not in codes(enter())

    def test_a_refusal_says_why(self) -> None:
        with refusal("refusal.without_reason"):
            enter(outcome=Outcome.REFUSED)
        with refusal("reason.of_other_outcome"):
            enter(refusal=RefusalReason.NO_VISA)
        refused = enter(outcome=Outcome.REFUSED, refusal=RefusalReason.NO_VISA)
        row = Crossing.objects.get(id=refused.id)
        assert (row.status, row.refusal_reason) == ("refused", "no_visa")

    def test_neither_the_future_nor_a_distant_past(self) -> None:
        with refusal("recording.in_future"):
            enter(crossed_at=node_time() + timedelta(minutes=1))
        with refusal("recording.too_old"):
            enter(crossed_at=node_time() - OLDEST - timedelta(minutes=1))

    def test_what_cannot_be_stored_is_refused(self) -> None:
        with refusal("field.too_long"):
            enter(traveller=Traveller(surname="x" * 121))
        with refusal("field.unprintable"):
            enter(journey=Journey(origin="a\0b"))


class TestCorrecting:
    def test_the_same_line_again_changes_nothing(self) -> None:
        entered = line()
        first = record_line(BOUBACAR, id := new_id(), entered)
        before = written()
        assert record_line(BOUBACAR, id, entered) == first
        assert written() == before

    def test_the_next_line_cannot_overwrite_the_last_by_a_page_gone_stale(self) -> None:
        enter(id=(id := new_id()))
        with refusal("recording.saved_already"):
            enter(id=id, **guinean())
        assert Crossing.objects.get(id=id).surname == "Mariam Keïta"

    def test_the_officer_corrects_and_both_stay_in_the_journal(self) -> None:
        enter(id=(id := new_id()))
        before = written()
        record_line(BOUBACAR, id, line(**guinean()), correct=True)
        assert Crossing.objects.get().surname == "Mamadou Diallo"
        assert written() == before + 1

    def test_a_correction_leaves_a_line_in_the_shift_that_typed_it_in(self) -> None:
        enter(id=(id := new_id()))
        typed_at = Crossing.objects.get().typed_at
        record_line(BOUBACAR, id, line(**guinean()), correct=True)
        assert typed_at is not None
        assert Crossing.objects.get().typed_at == typed_at

    def test_what_was_corrected_may_come_after_what_corrects_it(self) -> None:
        enter(id=(id := new_id()))
        row = Crossing.objects.get()
        told = CrossingRecorded(
            inspection=row.inspected(),
            outcome=Outcome.ADMITTED,
            crossed_at=round(row.at.timestamp() * 1000),
            source=RecordSource.PAPER,
        )
        at = row.at + timedelta(seconds=1)
        project_content(Origin(POST, 1, 1, BOUBACAR, at, 1, at), told)
        assert Crossing.objects.get(id=id).typed_at == at

    def test_a_line_that_is_there_already_is_typed_again_on_purpose_alone(self) -> None:
        enter(id=(id := new_id()))
        with refusal("recording.there"):
            enter_once()
        record_line(
            BOUBACAR, id, line(outcome=Outcome.REFUSED, refusal=RefusalReason.NO_VISA), correct=True
        )
        enter_once(**guinean())
        record_line(OTHER, new_id(), line(), again=True)
        assert Crossing.objects.count() == 3

    def test_without_a_document_the_name_tells(self) -> None:
        enter(document=Document())
        with refusal("recording.there"):
            enter_once(document=Document())
        enter_once(document=Document(), traveller=Traveller(surname="Awa Diarra"))

    def test_nobody_corrects_a_colleagues_line(self) -> None:
        enter(id=(id := new_id()))
        with refusal("recording.not_yours"):
            record_line(OTHER, id, line(**guinean()), correct=True)
        assert recording.lines_to_correct(OTHER.officer) == []
        assert [row.id for row in recording.lines_to_correct(BOUBACAR.officer)] == [id]

    def test_nothing_that_was_checked_live_becomes_paper(self) -> None:
        (live,) = admit(scan(paper()))
        standing = scan(paper(number="SP0000007"))
        for id in (live, standing.id, new_id()):
            with refusal("recording.not_yours"):
                record_line(BOUBACAR, id, line(), correct=True)
        with refusal("recording.not_yours"):
            record_line(BOUBACAR, standing.id, line())
        assert Crossing.objects.get().recorded == "live"

    def test_after_a_day_it_is_history(self, monkeypatch: pytest.MonkeyPatch) -> None:
        enter(id=(id := new_id()))
        monkeypatch.setattr(recording, "CORRECTABLE", timedelta(seconds=-1))
        with refusal("recording.not_yours"):
            record_line(BOUBACAR, id, line(**guinean()), correct=True)
        assert recording.lines_to_correct(BOUBACAR.officer) == []


class TestCounts:
    @staticmethod
    def count(**changes: Any) -> Count:
        usual = Count(
            day=node_day(), direction=Direction.ENTRY, number=120, reason=CountReason.CROWD
        )
        return msgspec.structs.replace(usual, **changes)

    def test_a_count_is_kept_and_corrected_by_any_colleague(self) -> None:
        record_count(BOUBACAR, id := new_id(), self.count())
        before = written()
        record_count(BOUBACAR, id, self.count())
        assert written() == before
        record_count(OTHER, id, self.count(number=112), correct=True)
        row = CountOnly.objects.get()
        assert (row.number, row.officer) == (112, OTHER.officer)
        assert counting.count_of(row) == self.count(number=112)

    @pytest.mark.parametrize(
        ("changes", "there"),
        [
            ({}, True),
            ({"since": time(17), "until": time(19)}, True),
            ({"since": time(18), "until": time(19)}, False),
            ({"conveyance": Conveyance.BUS}, True),
            ({"direction": Direction.EXIT}, False),
        ],
    )
    def test_what_would_be_counted_twice_is_said(self, changes: Any, there: bool) -> None:
        hours = {"day": node_day() - timedelta(days=1), "since": time(14), "until": time(18)}
        record_count(BOUBACAR, new_id(), self.count(**hours))
        second = self.count(**{"day": hours["day"], **changes})
        if there:
            with refusal("count.there"):
                record_count(BOUBACAR, new_id(), second)
        record_count(BOUBACAR, new_id(), second, again=there)
        assert CountOnly.objects.count() == 2

    def test_counts_of_two_means_or_days_are_two_counts(self) -> None:
        record_count(BOUBACAR, new_id(), self.count(day=node_day() - timedelta(days=1)))
        record_count(BOUBACAR, new_id(), self.count(conveyance=Conveyance.BUS))
        record_count(BOUBACAR, new_id(), self.count(conveyance=Conveyance.FOOT))
        assert CountOnly.objects.count() == 3

    def test_a_correction_leaves_a_count_in_the_shift_that_wrote_it(self) -> None:
        record_count(BOUBACAR, id := new_id(), self.count())
        written_at = CountOnly.objects.get().at
        record_count(OTHER, id, self.count(number=112), correct=True)
        assert CountOnly.objects.get().at == written_at

    def test_what_was_corrected_may_come_after_what_corrects_it(self) -> None:
        told = CrossingsCounted(
            count=new_id(),
            day=node_day().isoformat(),
            direction=Direction.ENTRY,
            number=120,
            reason=CountReason.CROWD,
        )
        fewer = msgspec.structs.replace(told, number=112)
        for clock, content in ((2, fewer), (1, told)):
            at = moment(1_760_000_000_000 + clock)
            project_content(Origin(POST, 1, clock, BOUBACAR, at, clock, at), content)
        row = CountOnly.objects.get()
        assert (row.number, row.at) == (112, moment(1_760_000_000_001))

    def test_a_count_is_taken_back_by_zero(self) -> None:
        record_count(BOUBACAR, id := new_id(), self.count())
        record_count(BOUBACAR, id, self.count(number=0), correct=True)
        assert CountOnly.objects.get().number == 0

    @pytest.mark.parametrize("number", [-1, 0, counting.MOST_COUNTED + 1])
    def test_numbers_have_bounds(self, number: int) -> None:
        with refusal("count.number"):
            record_count(BOUBACAR, new_id(), self.count(number=number))

    def test_days_have_bounds(self) -> None:
        with refusal("recording.in_future"):
            record_count(BOUBACAR, new_id(), self.count(day=node_day() + YESTERDAY))
        with refusal("recording.too_old"):
            record_count(BOUBACAR, new_id(), self.count(day=date(2020, 1, 1)))

        with refusal("recording.in_future"):
            record_count(BOUBACAR, new_id(), self.count(since=time(0), until=time(23, 59)))

    def test_the_next_count_cannot_overwrite_the_last(self) -> None:
        record_count(BOUBACAR, id := new_id(), self.count())
        with refusal("recording.saved_already"):
            record_count(BOUBACAR, id, self.count(number=7))

    def test_hours_an_estimate_and_how_they_came_are_kept(self) -> None:
        told = self.count(
            day=node_day() - YESTERDAY,
            since=time(14),
            until=time(18),
            about=True,
            conveyance=Conveyance.FOOT,
            note="bridge",
        )
        record_count(BOUBACAR, new_id(), told)
        assert counting.count_of(CountOnly.objects.get()) == told

    @pytest.mark.parametrize("hours", [{"since": time(14)}, {"since": time(18), "until": time(18)}])
    def test_hours_are_both_there_and_in_order(self, hours: dict[str, time]) -> None:
        with refusal("count.hours"):
            record_count(BOUBACAR, new_id(), self.count(**hours))

    def test_another_nodes_count_is_not_ours(self) -> None:
        with transaction.atomic():
            CountOnly.objects.create(
                id=(id := new_id()), node=HQ, day=node_day(), direction="entry", number=1,
                reason="crowd", at=datetime.now(UTC), clock=0,
            )  # fmt: skip
        for other in (id, new_id()):
            with refusal("count.not_yours"):
                record_count(BOUBACAR, other, self.count(), correct=True)
        assert counting.counts_to_correct() == []


def test_only_posts_write_them() -> None:
    with at_node(HQ), pytest.raises(Exception, match="not_authorised"):
        record_count(BOUBACAR, new_id(), TestCounts.count())


def _partial(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
