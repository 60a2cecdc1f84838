"""Opening, counting, correcting, marking and closing: each done once, by the post it belongs to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from openmidas.crossings.ids import issue_id
from openmidas.crossings.inspection import Direction
from openmidas.displacements import limits, services
from openmidas.displacements.entries import Need, People, Special
from openmidas.displacements.models import Displacement, DisplacementCount
from openmidas.displacements.services import Count
from openmidas.displacements.totals import together, totals, unregistered
from openmidas.incidents.entries import IncidentKind
from openmidas.journal.models import JournalEntry, new_id
from openmidas.nodes.services import node_day, node_time
from tests.conftest import HQ, POST
from tests.displacements.conftest import Camp
from tests.support.cast import at_node, refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def written() -> int:
    """How many entries of this room the post wrote."""
    return JournalEntry.objects.filter(node=POST, kind__startswith="displacement.").count()


class TestOpening:
    def test_keeps_what_is_said_and_the_incident_that_told_of_it(self, camp: Camp) -> None:
        incident = camp.report(kind=IncidentKind.HUMANITARIAN)
        words = "On foot\r\nand with donkeys"
        row = camp.opened(destination="Labbezanga", incident=incident.id, words=words)
        assert (row.origin, row.destination, row.cause) == ("Ménaka", "Labbezanga", "conflict")
        assert (row.incident, row.open, row.since) == (incident.id, True, node_day())

    def test_the_same_form_again_is_once(self, camp: Camp) -> None:
        row = camp.opened()
        camp.opened(id=row.id)
        assert written() == 1
        for changes in ({"origin": "Gao"}, {"direction": Direction.EXIT}, {"words": "On foot"}):
            with refusal("displacement.saved_already"):
                camp.opened(id=row.id, **changes)

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"origin": ""}, "displacement.origin_missing"),
            ({"origin": "x" * 81}, "field.too_long"),
            ({"words": "a\x00b"}, "field.unprintable"),
            ({"incident": new_id()}, "displacement.incident_unknown"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, camp: Camp, changes: dict[str, Any], code: str
    ) -> None:
        with refusal(code):
            camp.opened(**changes)
        assert not Displacement.objects.exists()

    def test_days_have_bounds(self, camp: Camp) -> None:
        with refusal("displacement.in_future"):
            camp.opened(since=node_day() + DAY)
        with refusal("displacement.too_old"):
            camp.opened(since=node_day() - limits.OLDEST - DAY)


class TestCounting:
    def test_counts_add_up_by_group_and_need(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row, special=Special(unaccompanied=4), needs=(Need.WATER, Need.FOOD))
        camp.counted(row, people=People(women=5, unseen=40), about=True)
        found = camp.totals(row)
        assert (found.balance.counted, found.about) == (95, 45)
        assert (found.counted["women"], found.counted["boys"]) == (35, 20)
        assert found.special["unaccompanied"] == 4
        assert DisplacementCount.objects.order_by("at")[0].needs == ["water", "food"]

    def test_a_count_that_is_sent_again_is_there_once(self, camp: Camp) -> None:
        row = camp.opened()
        id = camp.counted(row)
        services.close(camp.boubacar, row.id)
        camp.counted(row, id)
        assert camp.totals(row).balance.counted == 50
        with refusal("displacement.saved_already"):
            camp.counted(row, id, people=People(men=1))
        with refusal("displacement.saved_already"):
            camp.counted(row, id, since=node_time() - DAY)

    def test_a_correction_takes_the_place_of_a_count_and_keeps_it(self, camp: Camp) -> None:
        row = camp.opened()
        first = camp.counted(row)
        second = camp.counted(row, people=People(women=28), instead_of=first)
        assert camp.totals(row).balance.counted == 28
        assert DisplacementCount.objects.count() == 2
        with refusal("displacement.corrected_already"):
            camp.counted(row, instead_of=first)
        camp.counted(row, people=People(), instead_of=second)
        assert camp.totals(row).balance.counted == 0

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"people": People()}, "displacement.nobody"),
            ({"people": People(men=limits.MOST_PEOPLE + 1)}, "displacement.too_many"),
            ({"people": People(men=-1)}, "displacement.too_many"),
            ({"special": Special(wounded=51)}, "displacement.special_above"),
            ({"place": "x" * 81}, "field.too_long"),
            ({"instead_of": new_id()}, "displacement.corrected_already"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, camp: Camp, changes: dict[str, Any], code: str
    ) -> None:
        row = camp.opened()
        with refusal(code):
            camp.counted(row, **changes)
        assert not DisplacementCount.objects.exists()

    def test_times_have_bounds(self, camp: Camp) -> None:
        row, now = camp.opened(), node_time()
        with refusal("displacement.in_future"):
            camp.counted(row, until=now + DAY)
        with refusal("displacement.hours"):
            camp.counted(row, since=now, until=now - DAY)
        with refusal("displacement.too_old"):
            camp.counted(row, until=now - limits.OLDEST - DAY)

    def test_nothing_is_counted_once_it_is_over(self, camp: Camp) -> None:
        row = camp.opened()
        services.close(camp.boubacar, row.id)
        services.close(camp.boubacar, row.id)
        assert written() == 2
        with refusal("displacement.closed"):
            camp.counted(row)
        services.close(camp.boubacar, row.id, closed=False)
        camp.counted(row)

    def test_another_nodes_displacement_is_not_ours(self, camp: Camp) -> None:
        row = camp.opened()
        with at_node(HQ), refusal("displacement.unknown"):
            services.count(camp.djibril, row.id, issue_id(), Count(people=People(men=1)))


class TestRegistering:
    def test_who_was_counted_and_is_registered_stands_there_once(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row)
        camp.registered(row, 1, 2, 3)
        found = camp.totals(row).balance
        assert (found.counted, found.registered, found.to_register) == (50, 3, 47)
        assert found.people == 50

    def test_a_crossing_is_marked_once_and_of_one_displacement(self, camp: Camp) -> None:
        row, other = camp.opened(), camp.opened()
        (crossing,) = camp.registered(row, 1)
        assert services.mark(camp.boubacar, row.id, [crossing, crossing]) == 0
        with refusal("displacement.marked_elsewhere"):
            services.mark(camp.boubacar, other.id, [crossing])
        services.unmark(camp.boubacar, other.id, crossing)
        assert camp.totals(row).balance.registered == 1
        services.unmark(camp.boubacar, row.id, crossing)
        assert camp.totals(row).balance.registered == 0
        assert services.mark(camp.boubacar, other.id, [crossing]) == 1

    def test_only_crossings_of_this_post_are_marked(self, camp: Camp) -> None:
        row = camp.opened()
        with refusal("displacement.crossing_unknown"):
            services.mark(camp.boubacar, row.id, [new_id()])
        back = camp.opened(direction=Direction.EXIT)  # who returns was counted as they came
        with refusal("displacement.crossing_unknown"):
            services.mark(camp.boubacar, back.id, [camp.crossed("SP0000001")])
        with refusal("displacement.too_many_marks"):
            services.mark(camp.boubacar, row.id, [new_id() for _ in range(201)])

    def test_more_may_be_registered_than_were_counted(self, camp: Camp) -> None:
        row = camp.opened()
        camp.counted(row, people=People(men=1))
        camp.registered(row, 1, 2)
        found = camp.totals(row).balance
        assert (found.to_register, found.beyond, found.people) == (0, 1, 2)

    def test_a_period_has_who_was_counted_in_it_and_not_registered_since(self, camp: Camp) -> None:
        row, today = camp.opened(), node_day()
        camp.counted(row, people=People(men=2), until=node_time() - 3 * DAY)
        camp.counted(row)
        camp.registered(row, 1, 2, 3)
        assert unregistered(today, today) == {POST: 49}
        assert unregistered(today - 9 * DAY, today - DAY) == {}
        assert unregistered(today - 9 * DAY, today) == {POST: 49}

    def test_all_displacements_together_are_their_sum(self, camp: Camp) -> None:
        one, two = camp.opened(), camp.opened(origin="Ansongo")
        camp.counted(one)
        camp.counted(two, people=People(men=1))
        camp.registered(two, 1, 2)
        all = together(totals([one, two]).values())
        assert (all.balance.counted, all.balance.registered, all.balance.people) == (51, 2, 52)
        assert sum(day.counted for day in all.days) == 51
        assert sum(all.left.values()) == all.balance.to_register == 50
